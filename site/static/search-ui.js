/* The search as a page and as a palette. Both show the same results; all text goes in as text. */
(() => {
  "use strict";
  const { Index, loader } = globalThis.postilSearch;
  const PAGE = 10;         /* results shown at first, and more each time */
  const IN_PALETTE = 6;
  const REMEMBERED = 8;
  const STORE = "postil-searches";

  /* ---- words: strings/LANG.yaml, what begins with `search-` */
  const lang = document.documentElement.lang || "en";
  const number = new Intl.NumberFormat(lang), plurals = new Intl.PluralRules(lang);
  function say(key, gaps = {}) {
    const said = globalThis.postilSearchStrings?.[key] ?? key;
    const text = typeof said === "string" ? said : said[plurals.select(gaps.n)] ?? said.other;
    return text.replace(/\{(\w+)\}/g, (whole, gap) => (gap === "n" ? number.format(gaps.n) : gaps[gap] ?? whole));
  }

  const indexes = new Map();
  function indexOf(root) {
    if (!indexes.has(root)) indexes.set(root, new Index(loader(root + "search/")));
    return indexes.get(root);
  }

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
    element.append(...children);
    return element;
  }
  function marked(text, marks) {
    const out = [];
    let at = 0;
    for (const [from, to] of marks) {
      out.push(text.slice(at, from), make("mark", {}, text.slice(from, to)));
      at = to;
    }
    out.push(text.slice(at));
    return out.filter((part) => part !== "");
  }

  /* ---- recent queries; without storage there are none */
  function recent() {
    try {
      const list = JSON.parse(localStorage.getItem(STORE) || "[]");
      return Array.isArray(list) ? list.filter((q) => typeof q === "string").slice(0, REMEMBERED) : [];
    } catch { return []; }
  }
  function remember(query) {
    const q = query.trim().slice(0, 200);
    if (q.length < 2) return;
    try { localStorage.setItem(STORE, JSON.stringify([q, ...recent().filter((r) => r !== q)].slice(0, REMEMBERED))); } catch { /* off */ }
  }
  function forget() { try { localStorage.removeItem(STORE); } catch { /* off */ } }

  /* ---- results */
  function address(root, shown, id) {
    const words = shown.words.map((w) => (/[^\p{L}\p{N}\p{M}]/u.test(w) ? '"' + w.replace(/["“”„«»]/g, " ") + '"' : w));
    const mark = shown.kind === "text" && words.length ? "?mark=" + encodeURIComponent(words.join(" ")).replace(/%20/g, "+") : "";
    return root + shown.url + mark + (id ? "#" + encodeURIComponent(id) : "");
  }
  function byline(shown) {
    return [shown.kind !== "text" && say("one-" + shown.kind), shown.authors.join(", "), shown.date && shown.date.slice(0, 4)].filter(Boolean).join(" · ");
  }
  function excerpt(e) {
    const parts = [];
    if (e.part === "note") parts.push(make("span", { class: "search-part" }, say("in-note") + " "));
    if (e.part === "heading") parts.push(make("span", { class: "search-part" }, say("in-heading") + " "));
    if (e.before) parts.push("… ");
    parts.push(...marked(e.text, e.marks));
    if (e.after) parts.push(" …");
    return parts;
  }
  function told(result) {
    if (result.nothing) return result.query.trim() ? say("no-word") : "";
    const parts = [], n = result.total;
    if (n) parts.push(say(result.partly ? "partly" : "found", { n }));
    else if (!result.others.length) parts.push(say("none"));
    for (const unit of result.units) if (unit.taken?.length) parts.push(say("taken", { word: unit.tokens[0].word, words: unit.taken.join(", ") }));
    if (result.cut) parts.push(say("long"));
    if (result.missing.length) parts.push(say("missing", { files: result.missing.slice(0, 3).join(", ") }));
    return parts.join(" ");
  }

  /* Runs a query at once; of those that come while one is being answered only the last is asked. */
  class Runner {
    constructor(index, show, fail) { Object.assign(this, { index, show, fail, turn: 0, running: false, next: null }); }
    stop() { this.turn++; this.next = null; }
    async ask(query, options) {
      const turn = ++this.turn;
      if (this.running) { this.next = [query, options]; return; }
      this.running = true;
      const start = performance.now();
      try {
        const result = await this.index.search(query, options);
        if (turn === this.turn) await this.show(result, () => turn === this.turn, start);
      } catch (error) {
        if (turn === this.turn) this.fail(error);
      }
      this.running = false;
      if (this.next) { const next = this.next; this.next = null; this.ask(...next); }
    }
  }

  /* Names and works, in a line. */
  async function beside(index, result) {
    return (await Promise.all(result.others.map((hit) => index.show(hit, result.units)))).filter(Boolean);
  }

  /* ---- the page */
  function page(form) {
    const root = "", index = indexOf(root);
    const input = form.querySelector("input[type=search]");
    const status = document.querySelector("[data-search-status]");
    const results = document.querySelector("[data-results]");
    const old = document.querySelector("[data-search-recent]");
    const scopes = [...form.querySelectorAll("[name=in]")];
    const filters = form.querySelector("[data-search-filters]");
    let shownCount = PAGE, facets = null;
    const controls = {};
    form.hidden = false;

    const parameters = new URLSearchParams(location.search);
    input.value = parameters.get("q") || "";
    let scope = "all";
    for (const radio of scopes) {
      if (radio.value === parameters.get("in")) scope = radio.value;
      radio.addEventListener("change", () => { scope = radio.value; ask(); });
    }
    for (const radio of scopes) radio.checked = radio.value === scope;
    const filter = {};
    for (const key of ["tag", "author", "from", "to"]) filter[key] = parameters.get(key) || "";

    function options() {
      const out = { scope, from: year(filter.from), to: year(filter.to) };
      const sets = [["tag", "tags"], ["author", "authors"]].filter(([key]) => filter[key])
        .map(([key, kind]) => new Set(facets?.[kind].find((f) => f.name === filter[key])?.items));
      if (sets.length) out.allowed = (item) => sets.every((set) => set.has(item));
      return out;
    }
    function year(text) { const n = Number.parseInt(text, 10); return Number.isFinite(n) ? n : 0; }
    function write() {
      const to = new URLSearchParams();
      if (input.value.trim()) to.set("q", input.value);
      if (scope !== "all") to.set("in", scope);
      for (const [key, value] of Object.entries(filter)) if (value) to.set(key, value);
      const query = to.toString();
      if (query.length < 2000) try { history.replaceState(null, "", location.pathname + (query ? "?" + query : "")); } catch { /* not from everywhere */ }
    }
    function ask() {
      shownCount = PAGE;
      write();
      recentList();
      if (!input.value.trim()) { runner.stop(); results.replaceChildren(); status.textContent = ""; return; }
      runner.ask(input.value, options());
    }
    const runner = new Runner(index, draw, () => { results.replaceChildren(); status.textContent = say("broken"); });

    async function draw(result, still, start) {
      const list = make("ol", { class: "search-hits" });
      const hits = result.hits.slice(0, shownCount);
      const items = hits.map(() => make("li", { class: "search-hit", hidden: true }));
      list.append(...items);
      /* What comes later has its place from the beginning: a line for names and works, hits one below the other. */
      const line = make("ul");
      const put = () => {
        if (!still()) return;
        results.replaceChildren(list);
        if (result.others.length) results.prepend(make("div", { class: "search-others" }, make("p", {}, say("others")), line));
        status.textContent = told(result);
        if (start) results.dataset.ms = (performance.now() - start).toFixed(0);
      };
      const fill = async (hit, i) => {
        const shown = await index.show(hit, result.units);
        if (!shown || !still()) return;
        const title = make("h2", {}, make("a", { href: address(root, shown, ""), lang: shown.lang, dir: "auto" }, ...marked(shown.title, shown.titleMarks)));
        items[i].append(title);
        if (byline(shown)) items[i].append(make("p", { class: "byline" }, byline(shown)));
        for (const e of shown.excerpts) {
          items[i].append(make("p", { class: "search-excerpt", lang: shown.lang, dir: "auto" }, make("a", { href: address(root, shown, e.id) }, ...excerpt(e))));
        }
      };
      /* The first by itself: nothing else is loaded before it is seen. */
      if (hits.length) await fill(hits[0], 0);
      items[0]?.removeAttribute("hidden");
      put();
      if (!still()) return;
      const others = beside(index, result);
      await Promise.all(hits.map((hit, i) => i && fill(hit, i)));
      for (const item of items) item.hidden = !item.firstChild;
      const named = (await others).map((shown) => make("a", { href: address(root, shown, ""), lang: shown.lang, dir: "auto" }, ...marked(shown.title, shown.titleMarks)));
      if (!still()) return;
      if (named.length) line.append(...named.map((link) => make("li", {}, link))); else line.parentNode?.remove();
      result.missing = [...index.missing];
      status.textContent = told(result);
      if (result.total > shownCount) {
        const more = make("button", { type: "button", class: "search-more" }, say("more"));
        more.addEventListener("click", async () => {
          const from = shownCount;
          shownCount += PAGE;
          await draw(result, still);
          results.querySelectorAll(".search-hit")[from]?.querySelector("a")?.focus();
        });
        results.append(more);
      }
      results.dataset.query = result.query;
    }

    function recentList() {
      old.replaceChildren();
      const list = recent();
      if (input.value.trim() || !list.length) return;
      const clear = make("button", { type: "button", class: "search-forget" }, say("forget"));
      clear.addEventListener("click", () => { forget(); recentList(); input.focus(); });
      old.append(make("h2", {}, say("recent")), make("ul", { class: "search-recent" }, ...list.map((q) => make("li", {}, make("a", { href: "?q=" + encodeURIComponent(q) }, q)))), clear);
    }

    async function setFilters() {
      if (filters.querySelector("label")) return;
      try { facets = await index.open().then(() => index.facets()); } catch { filters.append(make("p", {}, say("no-lists"))); return; }
      const choose = (key, kind, label) => {
        const select = make("select", {}, make("option", { value: "" }, say("any")), ...facets[kind].map((f) => make("option", { value: f.name }, f.name + " (" + f.items.length + ")")));
        select.value = filter[key];
        select.addEventListener("change", () => { filter[key] = select.value; ask(); });
        filters.append(make("label", {}, label + " ", select));
        controls[key] = select;
      };
      choose("tag", "tags", say("subject"));
      choose("author", "authors", say("author"));
      for (const [key, label] of [["from", say("from")], ["to", say("to")]]) {
        const field = make("input", { type: "number", min: "0", max: "9998", inputmode: "numeric", value: filter[key] });
        field.addEventListener("input", () => { filter[key] = field.value; ask(); });
        filters.append(make("label", {}, label + " ", field));
      }
    }

    input.addEventListener("input", (event) => { if (!event.isComposing) ask(); });
    input.addEventListener("compositionend", () => ask());
    form.addEventListener("submit", (event) => { event.preventDefault(); remember(input.value); ask(); });
    results.addEventListener("click", (event) => { if (event.target.closest("a")) remember(input.value); });
    filters.addEventListener("toggle", () => { if (filters.open) setFilters(); });
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const links = [...results.querySelectorAll("a")], at = links.indexOf(document.activeElement);
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (move && (at >= 0 || (document.activeElement === input && move > 0)) && links.length) {
        event.preventDefault();
        (links[at + move] || (move < 0 ? input : links[at])).focus();
      } else if (event.key === "Escape" && at >= 0) {
        input.focus();
      }
    });
    addEventListener("popstate", () => location.reload());

    (async () => {
      if (filter.tag || filter.author || filter.from || filter.to) { await setFilters(); filters.open = true; }
      if (input.value.trim()) ask(); else { recentList(); index.open().catch(() => { status.textContent = say("broken"); }); }
      if (!location.hash) input.focus();
    })();
  }

  /* ---- the palette */
  let dialog = null;
  globalThis.postilSearchPalette = (root) => {
    if (!dialog) dialog = palette(root);
    if (!dialog.open) dialog.showModal();
    const input = dialog.querySelector("input");
    input.focus();
    input.select();
    dialog.dispatchEvent(new Event("postil:opened"));
  };

  function palette(root) {
    const index = indexOf(root);
    const input = make("input", {
      type: "search", id: "_palette", role: "combobox", "aria-label": say("archive"), "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": "_palette-list", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go", placeholder: say("placeholder"),
    });
    const list = make("div", { id: "_palette-list", role: "listbox", "aria-label": say("results") });
    const status = make("p", { class: "search-status", role: "status" });
    const help = make("p", { class: "search-keys", "aria-hidden": "true" }, say("keys"));
    const box = make("dialog", { class: "search-palette", "aria-label": say("archive") }, input, list, status, help);
    let chosen = -1;
    const options = () => [...list.querySelectorAll("[role=option]")];
    document.body.append(box);

    function choose(i) {
      const all = options();
      chosen = all.length ? (i + all.length) % all.length : -1;
      all.forEach((option, k) => option.setAttribute("aria-selected", String(k === chosen)));
      if (chosen >= 0) { input.setAttribute("aria-activedescendant", all[chosen].id); all[chosen].scrollIntoView({ block: "nearest" }); }
      else input.removeAttribute("aria-activedescendant");
    }
    function fill(groups) {
      list.replaceChildren(...groups);
      options().forEach((option, i) => { option.id = "_palette-" + i; option.tabIndex = -1; });
      input.setAttribute("aria-expanded", String(options().length > 0));
    }
    const option = (attributes, ...children) => make("a", { role: "option", "aria-selected": "false", ...attributes }, ...children);

    function recentList() {
      fill(recent().map((q) => {
        const entry = option({ href: root + "search.html?q=" + encodeURIComponent(q), class: "search-recent-option" }, q);
        entry.addEventListener("click", (event) => { event.preventDefault(); input.value = q; ask(); input.focus(); });
        return entry;
      }));
      status.textContent = list.children.length ? say("recent") : "";
      choose(-1 - options().length); /* none is chosen before an arrow is pressed */
      chosen = -1;
      options().forEach((o) => o.setAttribute("aria-selected", "false"));
      input.removeAttribute("aria-activedescendant");
    }
    const runner = new Runner(index, async (result, still, start) => {
      const hits = result.hits.slice(0, IN_PALETTE);
      const [shown, named] = await Promise.all([Promise.all(hits.map((hit) => index.show(hit, result.units))), beside(index, result)]);
      if (!still()) return;
      result.missing = [...index.missing];
      const groups = shown.filter(Boolean).map((s) => {
        const by = byline(s);
        const title = option({ href: address(root, s, ""), class: "search-title", lang: s.lang, dir: "auto" }, ...marked(s.title, s.titleMarks), ...(by ? [make("span", { class: "byline" }, " " + by)] : []));
        const parts = s.excerpts.slice(0, 2).map((e) => option({ href: address(root, s, e.id), class: "search-excerpt", lang: s.lang, dir: "auto" }, ...excerpt(e)));
        return make("div", { role: "group", "aria-label": s.title }, title, ...parts);
      });
      if (named.length) {
        const links = named.map((s) => option({ href: address(root, s, ""), class: "search-other", lang: s.lang, dir: "auto" }, ...marked(s.title, s.titleMarks), make("span", { class: "byline" }, " " + byline(s))));
        groups.push(make("div", { role: "group", "aria-label": say("others") }, ...links));
      }
      if (result.total) groups.push(option({ href: root + "search.html?q=" + encodeURIComponent(input.value.slice(0, 1500)), class: "search-all" }, say("all", { n: result.total })));
      fill(groups);
      list.dataset.query = result.query;
      list.dataset.ms = (performance.now() - start).toFixed(0);
      status.textContent = told(result);
      choose(0);
    }, () => { fill([]); status.textContent = say("broken"); });
    function ask() {
      if (!input.value.trim()) { runner.stop(); recentList(); return; }
      runner.ask(input.value);
    }

    input.addEventListener("input", (event) => { if (!event.isComposing) ask(); });
    input.addEventListener("compositionend", () => ask());
    box.addEventListener("postil:opened", () => ask());
    box.addEventListener("click", (event) => {
      if (event.target === box) { box.close(); return; } /* the dark around it */
      if (event.target.closest("a:not(.search-recent-option)")) { remember(input.value); box.close(); }
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const all = options();
      if (event.key === "Escape") { /* which would only empty the field */
        event.preventDefault();
        box.close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (all.length) choose(chosen < 0 ? (event.key === "ArrowDown" ? 0 : all.length - 1) : chosen + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter") {
        event.preventDefault();
        const target = all[chosen];
        if (!target) return;
        if (event.ctrlKey || event.metaKey) { remember(input.value); window.open(target.href, "_blank", "noopener"); } else target.click();
      }
    });
    return box;
  }

  document.querySelectorAll("[data-search-form]").forEach(page);
})();
