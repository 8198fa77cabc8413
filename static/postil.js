/* For every page: the reader's own settings, and the keys. Every page works without it. Loaded in the head, so that
   what the reader chose is there before anything shows. Other scripts use what `postil` holds. */
(() => {
  "use strict";
  const root = document.documentElement;
  const PREFIX = "postil-";
  const DEFAULTS = { scheme: "auto", width: "middle", size: "0", reader: "", keys: "on" };
  const LEAST = -2, MOST = 3; /* steps of size that the style sheet knows */

  /* ---- kept by the browser; where storage is forbidden or full, a choice lasts as long as the page */
  const kept = {};
  for (const [name, value] of Object.entries(DEFAULTS)) {
    kept[name] = value;
    try {
      kept[name] = localStorage.getItem(PREFIX + name) ?? value;
    } catch { /* forbidden */ }
  }
  root.dataset.scripted = "";
  const paint = () => {
    for (const name of ["scheme", "width", "size", "reader"]) {
      if (kept[name] === DEFAULTS[name]) delete root.dataset[name];
      else root.dataset[name] = kept[name];
    }
  };
  paint();

  /* A page is laid out in pictures, one behind the other, when its faces are there: what stands around the text, its
     first lines, what is further on, and last what stands beside it. All at once would keep a slow phone busy, and move
     what is being read. Late faces are not waited for, nor where the reader comes to a place in the text, or back. */
  const PATIENCE = 200; /* ms */
  if (!location.hash && performance.getEntriesByType("navigation")[0]?.type === "navigate") {
    const behindPicture = (then) => requestAnimationFrame(() => setTimeout(then));
    const arrived = () => { delete root.dataset.arriving; };
    root.dataset.arriving = "faces";
    behindPicture(() => {
      const style = getComputedStyle(root);
      const faces = ["--text", "--hand"].flatMap((hand) => ["", "italic ", "600 "].map((face) =>
        document.fonts.load(`${face}1em ${style.getPropertyValue(hand)}`)));
      faces.push(document.fonts.load("1em Raised", "¹"));
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
      Promise.race([late, Promise.allSettled(faces).then(() => document.fonts.ready)]).then(() => behindPicture(() => {
        const next = ([step, ...steps]) => {
          if (!step) return arrived();
          root.dataset.arriving = step;
          behindPicture(() => next(steps));
        };
        next(["frame", "first", "near", "far", "all"]);
      }));
    });
    setTimeout(arrived, 10 * PATIENCE); /* a page that nobody sees makes no picture */
  }

  /* A long text is laid out before a jump in it, not guessed (static/postil.css). */
  const layAll = () => { root.dataset.whole = ""; };
  if (location.hash) layAll();
  document.addEventListener("click", ({ target }) => { if (target.closest?.("a[href^='#']")) layAll(); });
  addEventListener("hashchange", () => {
    if ("whole" in root.dataset) return;
    layAll();
    document.querySelector(":target")?.scrollIntoView();
  });

  function set(name, value) {
    kept[name] = value;
    try {
      if (value === DEFAULTS[name]) localStorage.removeItem(PREFIX + name);
      else localStorage.setItem(PREFIX + name, value);
    } catch { /* as above */ }
    paint();
    dispatchEvent(new Event("resize")); /* what stands beside the text finds its place again */
  }

  /* ---- the panel */
  function panel() {
    const form = document.getElementById("_settings");
    const tools = document.querySelector("[data-tools]");
    if (!form || !tools) return;
    const button = tools.querySelector(".open-settings");
    tools.hidden = false;
    const show = () => {
      for (const name of ["scheme", "width"]) {
        for (const input of form.elements[name]) input.checked = input.value === kept[name];
      }
      form.elements.reader.checked = kept.reader !== "";
      form.elements.keys.checked = kept.keys === "on";
    };
    const open = (yes) => {
      form.hidden = !yes;
      button.setAttribute("aria-expanded", String(yes));
      if (yes) {
        form.style.top = `${tools.getBoundingClientRect().bottom + scrollY + 6}px`;
        show();
        form.querySelector("input:checked")?.focus();
      }
    };
    button.addEventListener("click", () => open(form.hidden));
    form.addEventListener("change", ({ target }) => {
      if (target.type === "radio") set(target.name, target.value);
      else if (target.name === "reader") set("reader", target.checked ? "on" : "");
      else if (target.name === "keys") set("keys", target.checked ? "on" : "off");
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const step of form.querySelectorAll("[data-step]")) {
      step.addEventListener("click", () => {
        set("size", String(Math.max(LEAST, Math.min(MOST, Number(kept.size) + Number(step.dataset.step)))));
      });
    }
    document.addEventListener("pointerdown", (event) => {
      if (!form.hidden && !form.contains(event.target) && !tools.contains(event.target)) open(false);
    });
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget) && !tools.contains(event.relatedTarget)) open(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || form.hidden) return;
      open(false);
      button.focus();
    });

    const help = document.getElementById("_help");
    form.querySelector("[data-help]").addEventListener("click", () => {
      open(false);
      help.showModal();
    });
    help.querySelector("[data-close]").addEventListener("click", () => help.close());
    keys["?"] = () => (help.open ? help.close() : help.showModal());
  }

  /* ---- single keys: dead while somebody types or a key with them means something else, and when switched off */
  const keys = {
    i: () => { location.href = document.querySelector(".archive a").href; },
    r: () => { if (document.querySelector("article")) set("reader", kept.reader ? "" : "on"); },
  };
  document.addEventListener("keydown", (event) => {
    if (kept.keys !== "on" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) return;
    if (document.querySelector("dialog[open]") && event.key !== "?") return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action(event);
  });

  /** What other scripts may use: the words of the page, the settings, and room for their own single keys. */
  window.postil = {
    keys,
    say: (name, gaps = {}) =>
      (document.querySelector("[data-tools]")?.dataset[name] ?? "").replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all),
    setting: (name) => kept[name],
  };
  document.addEventListener("DOMContentLoaded", panel);
})();
