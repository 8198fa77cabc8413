/* The index, sorted and narrowed in place: each row bears its place in each of the orders that are pages, too. */
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function listing(table) {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, ranks: row.dataset.ranks.split(" ").map(Number) }));
    const heads = all("thead th:has(a)", table);
    const first = ["ascending", "ascending", "descending", "ascending"];
    heads.forEach((head, column) => {
      head.querySelector("a").addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const again = head.getAttribute("aria-sort") === first[column];
        const sign = again ? -1 : 1;
        const other = first[column] === "ascending" ? "descending" : "ascending";
        rows.sort((a, b) => sign * (a.ranks[column] - b.ranks[column]));
        heads.forEach((h) => h.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", again ? other : first[column]);
        body.append(...rows.map((r) => r.row));
      });
    });

    const box = document.querySelector("[data-filter]");
    const input = box?.querySelector("input");
    if (!input || rows.length < 2) return;
    const count = box.querySelector("[data-filter-count]");
    const chosen = new Set();
    const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    const narrow = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let left = 0;
      for (const r of rows) {
        r.text ??= plain(r.row.textContent);
        r.tags ??= new Set(all(".subjects a:not(.annotated)", r.row).map((a) => a.textContent));
        r.row.hidden = !(words.every((word) => r.text.includes(word)) && [...chosen].every((tag) => r.tags.has(tag)));
        left += !r.row.hidden;
      }
      count.textContent = words.length || chosen.size ? postil.say("sayNarrowed", { left, all: rows.length }) : "";
    };
    input.addEventListener("input", narrow);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      input.value = "";
      narrow();
    });
    for (const button of all(".filter-tags button", box)) {
      button.addEventListener("click", () => {
        const tag = button.textContent;
        if (!chosen.delete(tag)) chosen.add(tag);
        button.setAttribute("aria-pressed", String(chosen.has(tag)));
        narrow();
      });
    }
    box.hidden = false;
    if (input.value) narrow(); /* kept by the browser on the way back */
  }
  all("table[data-sortable]").forEach(listing);
})();
