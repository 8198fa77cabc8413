/* All of the search that an ordinary page loads: the keys that open it, and the way to mark what was found. */
(() => {
  "use strict";
  const here = document.currentScript.src.replace(/[^/]*$/, "");
  const root = here.replace(/static\/$/, "");
  const loaded = new Map();

  function script(name) {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        const element = document.createElement("script");
        element.src = here + name;
        element.onload = resolve;
        element.onerror = () => { loaded.delete(name); element.remove(); reject(new Error(name)); };
        document.head.append(element);
      }));
    }
    return loaded.get(name);
  }
  function style() {
    if (document.querySelector('link[href$="static/search.css"]')) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = here + "search.css";
    document.head.append(link);
  }

  async function open() {
    const field = document.querySelector("[data-search-form] input[type=search]");
    if (field) { field.focus(); field.select(); return; }
    try {
      style();
      if (!globalThis.postilSearchStrings) await script("search-strings.js");
      if (!globalThis.postilSearch) await script("search-core.js");
      if (!globalThis.postilSearchPalette) await script("search-ui.js");
      globalThis.postilSearchPalette(root);
    } catch {
      location.href = root + "search.html"; /* which says what is missing */
    }
  }

  const typing = (target) => target instanceof Element && (target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])") !== null);
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const k = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !typing(event.target);
    if (!k && !slash) return;
    if (document.querySelector("dialog[open]")) { if (k) event.preventDefault(); return; }
    event.preventDefault();
    open();
  });

  if (new URLSearchParams(location.search).has("mark") && globalThis.CSS?.highlights && document.querySelector("article")) {
    style();
    script("search-core.js").then(() => script("search-mark.js")).catch(() => {});
  }
})();
