/* Marks in an article what a search found there. The text itself is left as it is: the marks are highlights of the
   browser's. What is generated (numbers of notes) is no part of a phrase and is passed over. */
(() => {
  "use strict";
  const { parse, marks } = globalThis.postilSearch;
  /* The space ends the last word, which is then no beginning of others. */
  const { units } = parse(new URLSearchParams(location.search).get("mark") + " ");
  const BLOCK = "p, li, h1, h2, h3, h4, h5, h6, td, th, pre, dt, dd, figcaption, blockquote, div, article";
  const highlight = new Highlight();
  CSS.highlights.set("postil-search", highlight);

  function* blocks(root) {
    const passed = (element) => element && element !== root && root.contains(element);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      passed(node.parentElement.closest("[data-generated], [role=doc-noteref]")) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    let block = null, nodes = [];
    while (walker.nextNode()) {
      const own = walker.currentNode.parentElement.closest(BLOCK);
      if (own !== block && nodes.length) { yield nodes; nodes = []; }
      block = own;
      nodes.push(walker.currentNode);
    }
    if (nodes.length) yield nodes;
  }

  function mark(nodes) {
    const text = nodes.map((node) => node.data).join("");
    for (const [from, to] of marks(text, units)) {
      const range = document.createRange();
      let at = 0, open = false;
      for (const node of nodes) {
        const end = at + node.length;
        if (!open && from < end) { range.setStart(node, from - at); open = true; }
        if (open && to <= end) { range.setEnd(node, to - at); break; }
        at = end;
      }
      highlight.add(range);
    }
  }

  function show() {
    target.dispatchEvent(new CustomEvent("postil:show-note", { bubbles: true }));
    for (const copy of document.querySelectorAll(".note-card, .note-beside.lit .inner")) [...blocks(copy)].forEach(mark);
    document.documentElement.dataset.shown = "";
  }

  /* A long text a little at a time, so that it can be read and scrolled meanwhile. */
  const all = [...document.querySelectorAll("article")].flatMap((article) => [...blocks(article)]);
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (target) {
    all.filter((nodes) => target.contains(nodes[0])).forEach(mark);
    for (let outer = target.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    if (target.closest("[role=doc-endnotes], [role=doc-footnote]")) {
      /* When the browser has gone to the note in its list, the page goes on to where it is called. */
      if (document.readyState === "complete") show(); else addEventListener("load", () => setTimeout(show));
    }
  }
  let next = 0;
  (function some() {
    for (const end = performance.now() + 12; next < all.length && performance.now() < end; next++) {
      if (!target?.contains(all[next][0])) mark(all[next]);
    }
    if (next < all.length) setTimeout(some);
    else document.documentElement.dataset.marked = String(highlight.size);
  })();
})();
