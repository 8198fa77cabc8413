/* Marks and notes of the reader's own, made in the browser and kept in its storage until they are saved as a file
   for the archive's folder `annotations`. Nothing is sent anywhere; it works from disk, and where storage is
   forbidden or full the marks last as long as the page.

   1. text: the article's own words, counted as the builder counts them
   2. store: the marks of this text, and their undoing
   3. paint: marks over the words, and their list
   4. toolbar, card and tray
   5. files: out and in */
(() => {
  "use strict";
  const COLOURS = ["yellow", "green", "blue", "red"];
  const CONTEXT = ["http://www.w3.org/ns/anno.jsonld", { postil: "urn:x-postil:" }];
  const AROUND = 48; /* characters of text kept before and behind a quotation */
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const own = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  /** A text of the page's language (static/annotate-strings.js), its gaps filled; `n` decides the plural. */
  const plurals = new Intl.PluralRules(document.documentElement.lang || "en");
  function t(key, gaps = {}) {
    const said = globalThis.postilMarkStrings?.[key] ?? key;
    const text = typeof said === "string" ? said : said[plurals.select(gaps.n)] ?? said.other;
    return text.replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);
  }

  /* ---- 1. the text: as `block_text` has it, body first, then every note */
  const LEAF = /^(P|H[1-6]|PRE|TD|TH|FIGCAPTION|DT|DD|CAPTION)$/;
  const INLINE = /^(A|ABBR|B|BDI|BDO|CITE|CODE|DEL|DFN|EM|I|INS|KBD|MARK|Q|S|SAMP|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|VAR|BR|WBR|IMG|INPUT)$/;
  const SKIPPED = "[data-generated],[role=doc-noteref],.noteref-missing,.note-label";

  /** Pieces of text nodes with the place of each in the text, in UTF-16 units, and the text. */
  function read(article) {
    const pieces = [];
    let text = "";
    let pending = false;
    const add = (node, from, words) => {
      if (!words) return;
      pieces.push({ node, from, to: from + words.length, at: text.length });
      text += words;
      pending = true;
    };
    const end = (always) => {
      if (pending || always) text += "\n";
      pending = false;
    };
    const isBlock = (node) => node?.nodeType === 1 && !INLINE.test(node.nodeName);
    function words(node, leaf) {
      let data = node.data;
      let from = 0;
      const next = node.nextSibling, before = node.previousSibling;
      if (before?.nodeName === "BR" && data[0] === "\n") { /* one line end, told by both */ }
      if (next?.nodeType === 1 && next.matches("[role=doc-backlink],.note-state")) data = data.replace(/ $/, "");
      if (before?.nodeType === 1 && before.matches("input,[role=doc-backlink]")) from = data.startsWith(" ") ? 1 : 0;
      const loose = !data.trim() && !leaf;
      if (loose && (!pending || !next || isBlock(next) || isBlock(before))) return;
      if (!leaf && isBlock(next)) data = data.replace(/\n+$/, "");
      if (!leaf && isBlock(before)) while (from < data.length && data[from] === "\n") from++;
      add(node, from, data.slice(from));
    }
    function walk(element, leaf) {
      for (const node of element.childNodes) {
        if (node.nodeType === 3) words(node, leaf);
        else if (node.nodeType === 1 && !node.matches(SKIPPED)) {
          if (node.nodeName === "IMG") text += node.alt;
          else if (node.nodeName === "SECTION" && node.matches("[role=doc-endnotes]")) continue;
          else if (INLINE.test(node.nodeName)) walk(node, leaf);
          else if (LEAF.test(node.nodeName)) {
            end(false);
            walk(node, true);
            end(true);
          } else {
            end(false);
            walk(node, false);
            end(false);
          }
        }
      }
    }
    walk(article, false);
    const starts = [0];
    for (const note of all("[role=doc-endnotes] .note-body", article)) {
      starts.push(text.length);
      walk(note, false);
      end(false);
    }
    return { text, pieces, starts };
  }

  /** Characters as the file counts them, of UTF-16 units. */
  const characters = (text, units) => [...text.slice(0, units)].length;
  const units = (text, count) => {
    let at = 0;
    while (count-- > 0 && at < text.length) at += text.codePointAt(at) > 0xffff ? 2 : 1;
    return at;
  };

  /** The stretch of text that a range of the document covers; null if it holds none. */
  function covered(reading, range) {
    let start = -1, end = -1;
    for (const piece of reading.pieces) {
      if (!range.intersectsNode(piece.node)) continue;
      const from = piece.node === range.startContainer ? Math.max(piece.from, range.startOffset) : piece.from;
      const to = piece.node === range.endContainer ? Math.min(piece.to, range.endOffset) : piece.to;
      if (from >= to) continue;
      if (start < 0) start = piece.at + from - piece.from;
      end = piece.at + to - piece.from;
    }
    if (start < 0) return null;
    /* The body, or one note: what goes over its end is cut there. */
    const limit = reading.starts.find((s) => s > start) ?? reading.text.length;
    end = Math.min(end, limit);
    while (start < end && /\s/.test(reading.text[start])) start++;
    while (end > start && /\s/.test(reading.text[end - 1])) end--;
    return start < end ? { start, end } : null;
  }

  /** Where a mark of this reader's stands now: to the letter, or not at all. */
  function located(reading, { quote, position }) {
    const { text } = reading;
    const at = position ? units(text, position.start) : -1;
    const hit = (i) => ({ start: i, end: i + quote.exact.length });
    if (at >= 0 && text.startsWith(quote.exact, at)) return hit(at);
    let best = null, score = -1, twice = false;
    for (let i = text.indexOf(quote.exact); i >= 0; i = text.indexOf(quote.exact, i + 1)) {
      let same = 0;
      while (same < quote.prefix.length && text[i - 1 - same] === quote.prefix.at(-1 - same)) same++;
      const behind = i + quote.exact.length;
      let more = 0;
      while (more < quote.suffix.length && text[behind + more] === quote.suffix[more]) more++;
      if (same + more > score) [best, score, twice] = [i, same + more, false];
      else if (same + more === score) twice = true;
    }
    return best === null || twice ? null : hit(best);
  }

  /* ---- 2. the store */
  function store(article) {
    const prefix = "postil-annotations:";
    const key = `${prefix}${article.dataset.archive}:${article.dataset.source}`;
    let items = [], past = [], lasting = true;
    const load = () => {
      try {
        items = JSON.parse(localStorage.getItem(key) || "[]");
        if (!Array.isArray(items)) items = [];
      } catch { items = []; }
    };
    const save = () => {
      try {
        if (items.length) localStorage.setItem(key, JSON.stringify(items));
        else localStorage.removeItem(key);
        lasting = true;
      } catch { lasting = false; }
    };
    load();
    return {
      get items() { return items; },
      get lasting() { return lasting; },
      get undoable() { return past.length > 0; },
      change(next) {
        past.push(JSON.stringify(items));
        if (past.length > 100) past.shift();
        items = next;
        save();
      },
      /** As `change`, and not to be undone. */
      settle(next) {
        items = next;
        save();
      },
      undo() {
        if (past.length) items = JSON.parse(past.pop());
        save();
      },
      load,
      /** The annotations of this archive's other texts that are kept here. */
      elsewhere() {
        const out = [];
        try {
          for (let i = 0; i < localStorage.length; i++) {
            const name = localStorage.key(i);
            if (name !== key && name.startsWith(`${prefix}${article.dataset.archive}:`)) out.push(...JSON.parse(localStorage.getItem(name)));
          }
        } catch { /* what cannot be read is not there */ }
        return out;
      },
      /** Puts annotations of other texts where those will find them. */
      keep(source, added) {
        const name = `${prefix}${article.dataset.archive}:${source}`;
        try {
          const known = JSON.parse(localStorage.getItem(name) || "[]");
          const ids = new Set(known.map((a) => a.id));
          const fresh = added.filter((a) => !ids.has(a.id));
          if (fresh.length) localStorage.setItem(name, JSON.stringify([...known, ...fresh]));
          return fresh.length;
        } catch {
          return 0;
        }
      },
      key,
    };
  }

  const list = (value) => (value == null ? [] : Array.isArray(value) ? value : [value]);
  const bodies = (annotation) => list(annotation.body).filter((b) => b && typeof b === "object");
  const isTag = (body) => list(body.purpose).includes("tagging");
  const noteOf = (annotation) => bodies(annotation).filter((b) => !isTag(b)).map((b) => b.value ?? "").join("\n\n");
  const tagsOf = (annotation) => bodies(annotation).filter(isTag).map((b) => String(b.value ?? ""));
  const selectorsOf = (annotation) => list(annotation.target?.selector);
  const quoteOf = (annotation) => {
    const quote = selectorsOf(annotation).find((s) => s.type === "TextQuoteSelector");
    return quote && { exact: quote.exact ?? "", prefix: quote.prefix ?? "", suffix: quote.suffix ?? "" };
  };
  const positionOf = (annotation) => selectorsOf(annotation).find((s) => s.type === "TextPositionSelector");
  const colourOf = (annotation) => (COLOURS.includes(annotation.target?.styleClass) ? annotation.target.styleClass : "yellow");
  const nameOf = (agent) => (typeof agent === "string" ? agent : list(agent)[0]?.name ?? "");

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
    return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
  const stamp = (time) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
  /** Now, and in any case later than that. */
  const now = (than = "") => {
    const time = stamp(Date.now());
    return time > than || !Date.parse(than) ? time : stamp(Date.parse(than) + 1000);
  };
  const dateOf = (annotation) => annotation.deleted ?? annotation.modified ?? annotation.created ?? "";
  /** True if the annotation was taken back: what is left says so. */
  const isGrave = (annotation) => list(annotation.type).includes("Tombstone");
  /** What it is about: a text, or the annotation that it answers. */
  const sourceOf = (annotation) => (typeof annotation.target === "string" ? annotation.target : annotation.target?.source);

  function annotate(article) {
    /** The text as it stands, read when it is first asked for and again after every change. */
    let known = null;
    const reading = () => (known ??= read(article));
    const marks = store(article);
    let author = "";
    try { author = localStorage.getItem("postil-author") || ""; } catch { /* asked for again */ }
    /* What the archive holds already: id → its item in the list behind the text, which says all of it. A later version
       of it, or its tombstone, that is kept here takes its place with the next build. */
    const published = new Map(all(".reader-note[data-urn]").map((e) => [e.dataset.urn, e]));
    const said = (id) => {
      try {
        return JSON.parse(published.get(id).dataset.said);
      } catch {
        return null;
      }
    };
    const keyOf = (id) => published.get(id)?.id.replace("_note-", "");
    const isKnown = (annotation) => (published.has(annotation.id)
      ? dateOf(said(annotation.id) ?? annotation) >= dateOf(annotation)
      : isGrave(annotation)); /* what was taken back is gone */
    const unsaved = () => marks.items.filter((a) => !isKnown(a));
    const current = (id) => marks.items.find((a) => a.id === id) ?? said(id);
    const answersTo = (id) => marks.items.filter((a) => sourceOf(a) === id);

    /* ---- 3. paint */
    function unpaint() {
      for (const mark of all("mark[data-own]", article)) mark.replaceWith(...mark.childNodes);
      for (const sign of all("a.reader-sign[data-own]", article)) sign.remove();
      article.normalize();
      known = null;
    }
    function paint() {
      if (article.querySelector("mark[data-own]")) unpaint();
      for (const annotation of marks.items) {
        if (published.has(annotation.id) || isGrave(annotation) || !quoteOf(annotation)) continue;
        const place = located(reading(), { quote: quoteOf(annotation), position: positionOf(annotation) });
        if (!place) continue;
        const noted = noteOf(annotation) !== "";
        let last = null;
        for (const piece of reading().pieces) {
          const from = Math.max(place.start, piece.at), to = Math.min(place.end, piece.at + piece.to - piece.from);
          if (from >= to) continue;
          let node = piece.node;
          if (!reading().text.slice(from, to).trim() && !LEAF.test(node.parentNode.nodeName)) continue;
          const start = piece.from + from - piece.at, end = piece.from + to - piece.at;
          if (end < node.data.length) node.splitText(end);
          if (start > 0) node = node.splitText(start);
          const mark = own("mark", "", { class: `mark-${colourOf(annotation)} own`, "data-own": annotation.id });
          if (noted) mark.classList.add("noted");
          node.replaceWith(mark);
          mark.append(node);
          last = mark;
        }
        if (noted && last) {
          last.closest("a, mark")?.after(own("a", "✎", {
            class: `reader-sign mark-${colourOf(annotation)}`, "data-own": annotation.id, "data-generated": "",
            href: `#${ownId(annotation.id)}`, "aria-label": t("own-note"),
          }));
        }
        known = null;
      }
      changes();
      tray();
      article.dispatchEvent(new Event("postil:notes")); /* static/reading.js puts them beside the text */
    }
    /** What was changed here of what the archive shows: said below it, and its marks let go where it was deleted. */
    function changes() {
      const gone = new Set();
      for (const [id, item] of published) {
        const mine = marks.items.find((a) => a.id === id && !isKnown(a));
        item.querySelectorAll(":scope > .yours").forEach((e) => e.remove());
        item.classList.toggle("is-gone", !!mine && isGrave(mine));
        item.classList.toggle("is-changed", !!mine && !isGrave(mine));
        if (mine && isGrave(mine)) {
          gone.add(keyOf(id));
          item.append(own("p", t("deleted-unsaved"), { class: "yours" }));
        } else if (mine) item.append(own("p", noteOf(mine) || t("no-note-now"), { class: "yours" }));
        for (const answer of answersTo(id)) item.append(own("p", noteOf(answer), { class: "yours answer" }));
      }
      for (const mark of all("mark[data-marks]", article)) {
        mark.classList.toggle("is-gone", mark.dataset.marks.split(" ").every((key) => gone.has(key)));
      }
    }

    const ownId = (id) => `_own-${id.replace(/[^\w-]/g, "-")}`;
    const change = (next) => {
      marks.change(next);
      paint();
    };
    /** Puts this version in the place of the one that is kept here, or beside what is. */
    const put = (next) => change(marks.items.some((a) => a.id === next.id)
      ? marks.items.map((a) => (a.id === next.id ? next : a))
      : [...marks.items, next]);
    const remove = (id) => {
      const rest = marks.items.filter((a) => a.id !== id);
      const shown = said(id);
      change(shown ? [...rest, { id, type: "Tombstone", deleted: now(dateOf(shown)), target: shown.target }] : rest);
      say(t("deleted"));
    };
    const undo = () => {
      if (!marks.undoable) return;
      marks.undo();
      paint();
      say(t("undone"));
    };

    function make(place, colour) {
      const { text } = reading();
      let from = Math.max(0, place.start - AROUND), to = Math.min(text.length, place.end + AROUND);
      if (/[\uDC00-\uDFFF]/.test(text[from] ?? "")) from--;
      if (/[\uDC00-\uDFFF]/.test(text[to] ?? "")) to++;
      const start = characters(text, place.start);
      const annotation = {
        id: newId(),
        type: "Annotation",
        motivation: "highlighting",
        created: now(),
        target: {
          source: article.dataset.source,
          "postil:fingerprint": article.dataset.fingerprint,
          "postil:title": article.dataset.title,
          styleClass: colour,
          selector: [
            { type: "TextQuoteSelector", exact: text.slice(place.start, place.end), prefix: text.slice(from, place.start), suffix: text.slice(place.end, to) },
            { type: "TextPositionSelector", start, end: start + characters(text.slice(place.start, place.end), Infinity) },
          ],
        },
      };
      if (author) annotation.creator = { type: "Person", name: author };
      change([...marks.items, annotation]);
      return annotation.id;
    }
    /** This annotation with another note, other tags, another colour. */
    function write(annotation, note, tags, colour, name) {
      const a = structuredClone(annotation);
      const kept = bodies(a).filter((b) => !isTag(b) && list(b.purpose)[0] !== "commenting" && b.purpose);
      const body = [...kept];
      if (note.trim()) body.push({ type: "TextualBody", purpose: "commenting", format: "text/markdown", value: note.trim() });
      for (const tag of tags) body.push({ type: "TextualBody", purpose: "tagging", value: tag });
      if (body.length) a.body = body;
      else delete a.body;
      delete a.bodyValue;
      if (a.motivation !== "replying") a.motivation = note.trim() ? "commenting" : "highlighting";
      if (a.target?.selector) a.target.styleClass = colour;
      if (name && nameOf(a.creator) !== name) a.creator = { type: "Person", name };
      if (current(a.id)) a.modified = now(dateOf(annotation));
      return a;
    }
    /** An answer to an annotation: kept when it is written. */
    const answer = (id) => edit({ id: newId(), type: "Annotation", motivation: "replying", created: now(), target: id }, false, rectsOf(id));

    /* ---- 4. toolbar, card, tray */
    const status = own("p", "", { class: "annotate-status", role: "status", "data-generated": "" });
    let fading = 0;
    function say(text) {
      status.textContent = text;
      clearTimeout(fading);
      fading = setTimeout(() => { status.textContent = ""; }, 6000);
    }
    const bar = own("div", "", { class: "annotate-bar", role: "toolbar", "aria-label": t("bar"), "data-generated": "", hidden: "" });
    const button = (label, what, attributes = {}) => {
      const element = own("button", label, { type: "button", ...attributes });
      element.addEventListener("click", what);
      return element;
    };
    let chosen = null; /* the stretch of text that the toolbar is for */
    for (const colour of COLOURS) {
      bar.append(button("", () => mark(colour), { class: `swatch mark-${colour}`, "aria-label": t("in-colour", { colour: t(colour) }), title: t("in-colour", { colour: t(colour) }) }));
    }
    bar.append(
      button(t("note"), () => mark("yellow", true), { "data-do": "note", title: t("write") }),
      button(t("tag"), () => mark("yellow", true, true), { "data-do": "tag" }),
      button(t("link"), () => copy(passageLink(), t("link-copied")), { "data-do": "link", title: t("copy-link") }),
      button(t("cite"), () => copy(citation(), t("cite-copied")), { "data-do": "cite", title: t("copy-cite") }),
    );
    /* The selection stays while a button is pressed, so that it can still be copied. */
    bar.addEventListener("pointerdown", (event) => event.preventDefault());

    function mark(colour, writing, tagging) {
      if (!chosen) return;
      const id = make(chosen, colour);
      hide();
      getSelection().removeAllRanges();
      if (writing) edit(current(id), tagging);
      else say(t("marked"));
    }
    function hide() {
      bar.hidden = true;
      chosen = null;
    }
    function offer() {
      const selection = getSelection();
      const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
      if (!range || !range.intersectsNode(article) || range.commonAncestorContainer.parentElement?.closest(".annotate-card")) return hide();
      chosen = covered(reading(), range);
      if (!chosen) return hide();
      bar.hidden = false;
      place(bar, [...range.getClientRects()]);
    }
    /** Puts a box where it covers nothing of what it is about, whose boxes these are: below or above it; one that may
     *  stand `beside`, in the margin where there is one; a bar for which there is no room at all stands at the window's lower
     *  edge, a card is scrolled to. */
    function place(element, rects, beside) {
      const edge = 8, gap = 10, width = document.documentElement.clientWidth;
      const top = Math.min(...rects.map((r) => r.top)), bottom = Math.max(...rects.map((r) => r.bottom));
      const margin = beside && document.querySelector("[data-beside]")?.getBoundingClientRect();
      element.style.maxWidth = `${margin?.width > 200 ? margin.width : width - 2 * edge}px`;
      if (beside && sheet.matches) return above(element, top, bottom);
      const box = element.getBoundingClientRect();
      const last = rects.findLast((r) => r.bottom === bottom) ?? rects[0];
      let left = last.left + last.width / 2 - box.width / 2;
      let y = bottom + gap;
      if (margin?.width > 200) {
        left = margin.left;
        y = Math.min(Math.max(top, edge), innerHeight - box.height - edge);
      } else if (!beside && y + box.height > innerHeight) {
        y = top - box.height - gap >= 0 ? top - box.height - gap : Math.max(edge, innerHeight - box.height - edge);
      }
      element.style.left = `${Math.max(edge, Math.min(left, width - box.width - edge)) + scrollX}px`;
      element.style.top = `${y + scrollY}px`;
      if (beside) element.scrollIntoView({ block: "nearest" });
    }

    /** On a phone a card is a sheet at the window's foot: the words that it speaks of are scrolled to above it. */
    const sheet = matchMedia("(max-width: 46rem)"); /* as in annotate.css */
    function above(element, top, bottom) {
      const edge = 12;
      element.style.maxWidth = "";
      document.body.style.paddingBlockEnd = `${element.offsetHeight}px`; /* else the last lines could not come so far */
      const room = innerHeight - element.offsetHeight - edge;
      if (bottom > room) scrollBy({ top: Math.min(bottom - room, top - edge), behavior: "instant" });
      else if (top < edge) scrollBy({ top: top - edge, behavior: "instant" });
    }

    async function copy(text, done) {
      try {
        await navigator.clipboard.writeText(text);
        say(done);
      } catch {
        /* The older way, where a page from disk may not use the newer one. */
        const area = own("textarea", "", { class: "annotate-copy", "aria-hidden": "true" });
        area.value = text;
        document.body.append(area);
        area.select();
        const worked = document.execCommand("copy");
        area.remove();
        say(worked ? done : t("by-hand", { text }));
      }
      hide();
    }
    function passageLink() {
      const words = reading().text.slice(chosen.start, chosen.end).replace(/\s+/g, " ");
      const coded = (text) => encodeURIComponent(text).replace(/-/g, "%2D");
      const parts = words.split(" ");
      const lines = /\n/.test(reading().text.slice(chosen.start, chosen.end));
      const fragment = parts.length > 12 || lines
        ? `${coded(parts.slice(0, 5).join(" "))},${coded(parts.slice(-5).join(" "))}`
        : coded(words);
      return `${location.href.split("#")[0]}#:~:text=${fragment}`;
    }
    /** Author, title, part, printed page. */
    function citation() {
      const { authors, title, date, archive } = article.dataset;
      const words = reading().text.slice(chosen.start, chosen.end).replace(/\s+/g, " ");
      const first = reading().pieces.find((p) => p.at + p.to - p.from > chosen.start).node;
      const before = (element) => element.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING;
      const part = all("h2, h3, h4", article).filter((h) => !h.matches("[data-generated]") && (before(h) || h.contains(first))).pop();
      const page = all(".place", article).filter((p) => before(p) && /\d|^[ivxlc]+$/i.test(p.textContent)).pop();
      const own = part && [...part.childNodes].filter((n) => n.nodeType === 3 || !n.matches(SKIPPED + ",sup")).map((n) => n.textContent).join("").trim();
      const where = [authors, `“${title}”`, own && `“${own.replace(/\s+/g, " ")}”`, date && `(${date})`, page && `p. ${page.textContent.replace(/^p\.?\s*/i, "").trim()}`];
      return `“${words}” – ${where.filter(Boolean).join(", ")}. ${archive}, ${location.href.split("#")[0]}`;
    }

    let card = null, back = null;
    function closeCard() {
      card?.remove();
      card = null;
      document.body.style.paddingBlockEnd = "";
      back?.focus?.();
      back = null;
    }
    function openCard(at, label) {
      closeCard();
      back = document.activeElement;
      card = own("div", "", { class: "annotate-card", role: "dialog", "aria-label": label, "data-generated": "" });
      document.body.append(card);
      return () => place(card, at, true);
    }
    /** The boxes of the words that an annotation marks, or of what stands for it. */
    const rectsOf = (id) => {
      const marks = all(`mark[data-own="${CSS.escape(id)}"], mark[data-marks~="${CSS.escape(keyOf(id) ?? "")}"]`, article);
      return (marks.length ? marks : [published.get(id) ?? trayBox]).flatMap((e) => [...e.getClientRects()]);
    };
    function edit(annotation, tagging, at) {
      if (!annotation || isGrave(annotation)) return;
      const { id } = annotation;
      const placed = openCard(at ?? rectsOf(id), sourceOf(annotation)?.startsWith("urn:") ? t("own-answer") : t("own-note"));
      const form = own("form");
      const field = (label, input) => {
        const wrap = own("label", label);
        wrap.append(input);
        return wrap;
      };
      const note = own("textarea", "", { rows: "4", name: "note" });
      note.value = noteOf(annotation);
      const tags = own("input", "", { type: "text", name: "tags", autocomplete: "off" });
      tags.value = tagsOf(annotation).join(", ");
      const who = own("input", "", { type: "text", name: "author", autocomplete: "name" });
      who.value = nameOf(annotation.creator) || author;
      let colour = colourOf(annotation);
      const swatches = own("div", "", { class: "swatches", role: "radiogroup", "aria-label": t("colour") });
      for (const name of COLOURS) {
        const swatch = button("", () => {
          colour = name;
          for (const other of swatches.children) other.setAttribute("aria-checked", other === swatch);
        }, { class: `swatch mark-${name}`, role: "radio", "aria-label": t(name), "aria-checked": name === colour });
        swatches.append(swatch);
      }
      form.append(
        field(t("field-note"), note), field(t("field-tags"), tags), field(t("field-name"), who),
        ...(annotation.target?.selector ? [swatches] : []),
        own("button", t("keep"), { type: "submit", class: "main" }), button(t("cancel"), closeCard),
        ...(current(id) ? [button(t("delete"), () => { closeCard(); remove(id); }, { class: "delete" })] : []),
      );
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        author = who.value.trim();
        try { localStorage.setItem("postil-author", author); } catch { /* asked for again */ }
        put(write(annotation, note.value, tags.value.split(",").map((t) => t.trim().replace(/\s+/g, " ")).filter(Boolean), colour, author));
        closeCard();
        say(t("kept"));
      });
      card.append(form);
      placed();
      (tagging ? tags : note).focus();
    }
    function show(keys, at) {
      const notes = keys.map((key) => document.getElementById(`_note-${key}`)).filter(Boolean);
      if (!notes.length) return;
      const placed = openCard(at, t("readers-note"));
      card.classList.add("reading-card");
      for (const note of notes) {
        const copy = own("div", "", { class: note.className });
        copy.append(...note.cloneNode(true).childNodes);
        all("[id]", copy).forEach((e) => e.removeAttribute("id"));
        const way = own("a", t("in-list"), { href: `#${note.id}`, class: "to-note" });
        way.addEventListener("click", closeCard);
        const { urn } = note.dataset;
        const does = own("p", "", { class: "does" });
        if (current(urn) && !isGrave(current(urn))) {
          does.append(
            button(t("answer"), () => answer(urn), { "data-do": "answer" }), button(t("edit"), () => edit(current(urn)), { "data-do": "edit" }),
            button(t("delete"), () => { closeCard(); remove(urn); }, { class: "delete", "data-do": "delete" }),
          );
        }
        does.append(way);
        copy.append(does);
        card.append(copy);
      }
      card.tabIndex = -1;
      placed();
      card.focus({ preventScroll: true });
    }

    const trayBox = own("aside", "", { class: "annotate-tray", "aria-label": t("own-marks"), "data-generated": "" });
    function tray() {
      const here = unsaved();
      const elsewhere = marks.elsewhere().length;
      trayBox.replaceChildren();
      trayBox.hidden = !here.length && !elsewhere && !marks.undoable;
      const more = elsewhere ? t("elsewhere", { n: elsewhere }) : "";
      const details = own("details", "", { open: "" });
      if (!tray.open) details.removeAttribute("open");
      details.addEventListener("toggle", () => { tray.open = details.open; });
      details.append(own("summary", t("unsaved", { n: here.length }) + more));
      const items = own("ol", "", { role: "list" });
      for (const annotation of here) {
        const item = own("li", "", { class: `mark-${colourOf(annotation)}`, id: ownId(annotation.id) });
        const answered = current(sourceOf(annotation)) ?? null;
        const quote = (quoteOf(annotation) ?? quoteOf(answered ?? {}))?.exact.replace(/\s+/g, " ") ?? "";
        const what = isGrave(annotation) ? `${t("was-deleted")} ` : answered ? `${t("was-answered")} ` : published.has(annotation.id) ? `${t("was-changed")} ` : "";
        item.append(button(what + (quote.length > 90 ? `${quote.slice(0, 88)}…` : quote || t("whole")), () => {
          const id = answered?.id ?? annotation.id;
          (article.querySelector(`mark[data-own="${CSS.escape(id)}"]`) ?? published.get(id))?.scrollIntoView({ block: "center" });
          edit(annotation);
        }, { class: "quote" }));
        if (noteOf(annotation)) item.append(own("p", noteOf(annotation), { class: "said" }));
        const tags = tagsOf(annotation);
        if (tags.length) item.append(own("p", tags.join(", "), { class: "tags" }));
        if (quoteOf(annotation) && !isGrave(annotation) && !located(reading(), { quote: quoteOf(annotation), position: positionOf(annotation) })) {
          item.append(own("p", t("lost"), { class: "lost" }));
        }
        items.append(item);
      }
      details.append(items);
      if (!marks.lasting) details.append(own("p", t("not-lasting"), { class: "lost" }));
      const pick = own("input", "", { type: "file", accept: ".jsonld,.json,application/ld+json,application/json", hidden: "", "aria-label": t("a-file") });
      pick.addEventListener("change", () => [...pick.files].forEach(take));
      const undoing = button(t("undo"), undo, { "data-do": "undo" });
      undoing.disabled = !marks.undoable;
      details.append(
        button(t("save"), save, { class: "main", "data-do": "save" }),
        undoing,
        button(t("take"), () => pick.click(), { "data-do": "take" }), pick,
      );
      details.append(own("p", t("how"), { class: "how" }));
      trayBox.append(details);
    }
    tray.open = false;

    /* ---- 5. files */
    function save() {
      const items = [...marks.elsewhere(), ...unsaved()];
      if (!items.length) return say(t("nothing"));
      const text = JSON.stringify({ "@context": CONTEXT, type: "AnnotationPage", items }, null, 2) + "\n";
      const link = own("a", "", { download: `annotations-${now().replace(/[:T]/g, "-").replace("Z", "")}.jsonld` });
      link.href = URL.createObjectURL(new Blob([text], { type: "application/ld+json" }));
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      say(t("saved", { n: items.length }));
    }
    async function take(file) {
      let value;
      try {
        value = JSON.parse(await file.text());
      } catch {
        return say(t("no-json", { file: file.name }));
      }
      const found = entries(value).filter((a) => a && typeof a === "object" && (a.target || isGrave(a)));
      const mine = [], others = new Map();
      let known = 0, changed = 0;
      for (const annotation of found) {
        delete annotation["@context"];
        annotation.id ??= newId();
        const target = annotation.target ?? {};
        const source = sourceOf(annotation);
        const here = source === article.dataset.source || target["postil:fingerprint"] === article.dataset.fingerprint
          || published.has(source) || published.has(annotation.id) || found.some((a) => a.id === source);
        if (isKnown(annotation)) known++;
        else if (here) {
          const own = marks.items.find((a) => a.id === annotation.id);
          if (!own) mine.push(annotation);
          else if (JSON.stringify(own) === JSON.stringify(annotation)) known++;
          else {
            /* Two versions: both are kept, the one taken in under a name of its own. */
            mine.push({ ...annotation, id: newId(), "postil:versionOf": annotation.id });
            changed++;
          }
        } else if (source) {
          others.set(source, [...(others.get(source) ?? []), annotation]);
        }
      }
      let away = 0;
      for (const [source, some] of others) away += marks.keep(source, some);
      if (mine.length) change([...marks.items, ...mine]);
      else tray();
      const told = [t("taken", { n: mine.length }), away && t("taken-away", { n: away }), known && t("taken-known", { n: known }), changed && t("taken-beside", { n: changed })];
      say(`${file.name}: ${told.filter(Boolean).join(", ")}.`);
    }
    function entries(value) {
      if (Array.isArray(value)) return value;
      if (!value || typeof value !== "object") return [];
      return value.items ? entries(value.items) : value.first?.items ? entries(value.first.items) : [value];
    }

    document.body.append(bar, trayBox, status);
    let settling = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(settling);
      settling = setTimeout(offer, 150);
    });
    addEventListener("resize", () => { if (!bar.hidden) offer(); });
    article.addEventListener("click", (event) => {
      const sign = event.target.closest("a.reader-sign");
      if (sign) {
        event.preventDefault();
        if (sign.dataset.own) return edit(current(sign.dataset.own));
        return show([sign.dataset.note], [...sign.getClientRects()]);
      }
      if (event.target.closest("a") || !getSelection().isCollapsed) return;
      const mine = event.target.closest("mark[data-own]");
      if (mine) return edit(current(mine.dataset.own));
      const theirs = event.target.closest("mark[data-marks]");
      if (theirs) show(theirs.dataset.marks.split(" "), [...theirs.getClientRects()]);
    });
    document.addEventListener("pointerdown", (event) => {
      if (card && !card.contains(event.target) && !event.target.closest("mark, a.reader-sign")) closeCard();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key === "Escape" && (card || !bar.hidden)) {
        closeCard();
        hide();
        return;
      }
      if (typing) return;
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z" && marks.undoable) {
        event.preventDefault();
        return undo();
      }
      if (event.ctrlKey || event.metaKey || event.altKey || !chosen) return;
      const colour = COLOURS["1234".indexOf(event.key)];
      if (event.key.length === 1 && colour) mark(colour);
      else if (event.key === "n") mark("yellow", true);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }, true);
    addEventListener("storage", (event) => {
      if (event.key !== marks.key) return;
      marks.load();
      paint();
    });
    /* What the archive shows by now need not be kept. */
    const left = unsaved();
    if (left.length !== marks.items.length) marks.settle(left);
    paint();
    postil.characters = () => characters(reading().text, Infinity); /* as the file counts them; a test compares */
  }

  document.addEventListener("DOMContentLoaded", () => {
    const article = document.querySelector("article[data-source]");
    if (article) annotate(article);
  });
})();
