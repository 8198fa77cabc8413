/* Two conveniences: copying a fix, and lighting up what belongs together in a facsimile. Both pages work without. */
(() => {
  "use strict";

  function copyButton(button) {
    const text = button.previousElementSibling.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = button.textContent;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = button.dataset.copied;
      } catch { /* no clipboard (a page from disk may have none): the text is selected instead */
        getSelection().selectAllChildren(button.previousElementSibling);
        try {
          document.execCommand("copy");
          button.textContent = button.dataset.copied;
        } catch {
          button.textContent = button.dataset.selected;
        }
      }
      setTimeout(() => { button.textContent = said; }, 1500);
    });
  }

  function facsimile(page) {
    const half = (name) => page.querySelector(`.half.${name}`);
    const [source, text] = [half("source"), half("text")];
    let lit = [];
    const light = (elements) => {
      lit.forEach((e) => e.classList.remove("lit"));
      lit = elements.filter(Boolean);
      lit.forEach((e) => e.classList.add("lit"));
    };
    const linesOf = (section) => section.dataset.lines.split(" ").filter(Boolean).flatMap((run) => {
      const [first, last] = run.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => document.getElementById(`L${first + i}`));
    });
    const into = (pane, element) => {
      if (!element || getComputedStyle(pane).overflowY === "visible") return;
      const box = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) {
        pane.scrollTop += box.top - frame.top - frame.height / 4;
      }
    };
    const show = (section, move) => {
      const lines = linesOf(section);
      light([section, ...lines]);
      into(move, move === source ? lines[0] : section);
    };
    text.addEventListener("click", (event) => {
      const section = event.target.closest("section[data-lines]");
      if (section && !event.target.closest("a.there")) show(section, source);
    });
    source.addEventListener("click", (event) => {
      const line = event.target.closest("li[data-paragraph]");
      const section = line && document.getElementById(`P${line.dataset.paragraph}`);
      if (section) show(section, text);
    });
    const arrived = () => {
      const target = document.getElementById(location.hash.slice(1));
      if (target?.matches("section[data-lines]")) show(target, source);
      const section = target?.dataset.paragraph && document.getElementById(`P${target.dataset.paragraph}`);
      if (section) show(section, text);
    };
    /* A place that was linked to shows its half, whatever the switch says; the switch lets go of it. */
    page.querySelectorAll(".switch input").forEach((input) => input.addEventListener("change", () => { location.hash = ""; }));
    addEventListener("hashchange", arrived);
    arrived();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("button[data-copy]").forEach(copyButton);
    document.querySelectorAll("main.facsimile").forEach(facsimile);
  });
})();
