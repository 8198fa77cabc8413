/* For a text: notes beside it where there is room, else in a card; contents that follow and fold; keys between notes.
   Copies of notes stand outside the article, bear `data-generated` and no ids. Without this script markers are links. */
(() => {
  "use strict";
  const root = document.documentElement;
  const article = document.querySelector("article");
  if (!article) return;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const markers = all("a[role=doc-noteref]", article);
  const noteOf = (marker) => document.getElementById(decodeURIComponent(marker.hash.slice(1)));

  /** The note without what only its place in the list needs. */
  function copyOf(note, into) {
    into.dataset.generated = "";
    into.append(...note.cloneNode(true).childNodes);
    for (const link of all("[role=doc-backlink]", into)) link.remove();
    for (const element of all("[id]", into)) element.removeAttribute("id");
    return into;
  }

  /* ---- beside the text. Only the notes whose markers are near the window are copied and placed, behind a picture: all
     places are read at once and written at once. The list at the end is what is read aloud, so the copies are hidden from that. */
  const beside = document.querySelector("[data-beside]");
  const notes = new Map(); /* note → its copy */
  const near = new Set(); /* of what notes stand beside */
  let anchors = [];
  const MOST = 60, PORTION = 8; /* notes placed, copies made at a time */
  const GAP = 14, LONG = 230, SHORT = 84, DRIFT = 260, FAR = 900; /* pixels */
  const mark = (anchor, yes) => near[yes ? "add" : "delete"](anchor);
  const roomy = () => getComputedStyle(beside).display !== "none";

  /** The copy of a marker's note: beside the first near marker that leads to it. */
  function make(marker) {
    const note = noteOf(marker);
    if (!note || notes.has(note)) return notes.get(note);
    const box = document.createElement("div");
    box.className = "note-beside";
    box.lang = article.lang || root.lang;
    box.dir = article.dir;
    box.setAttribute("aria-hidden", "true");
    const inner = copyOf(note, document.createElement("div"));
    inner.className = "inner";
    if (marker.matches(".reader-sign")) box.classList.add("by-reader", ...[...marker.classList].filter((c) => c.startsWith("mark-")));
    for (const link of all("a, [tabindex]", inner)) link.tabIndex = -1;
    box.append(inner);
    beside.append(box);
    box.addEventListener("pointerenter", () => light(note, true));
    box.addEventListener("pointerleave", () => light(note, false));
    box.classList.toggle("chosen", `#${note.id}` === location.hash);
    const made = { note, box, inner, open: false, cap: LONG };
    notes.set(note, made);
    return made;
  }

  /** The near markers in their order; of a crowd of them only those from the window's top on. */
  function nearest() {
    const list = anchors.filter((anchor) => near.has(anchor));
    if (list.length <= MOST) return list;
    const from = list.findIndex((marker) => marker.getBoundingClientRect().top > -GAP);
    return from < 0 ? list.slice(-MOST) : list.slice(from, from + MOST);
  }

  /** Places the copies: each beside its marker or below the one above it. Where many crowd, long ones are folded. What
   *  is not copied yet is copied last, and has its place in the next picture, when it has been laid out. */
  function place(portion = PORTION) {
    if (root.dataset.arriving) return soon(0); /* static/postil.js is not done */
    if (!roomy()) return;
    const placed = new Map(), missing = [];
    for (const marker of nearest()) {
      const note = noteOf(marker), n = notes.get(note);
      if (note && !n) missing.push(marker);
      else if (n && !placed.has(n)) placed.set(n, marker);
    }
    const list = [...placed.keys()];
    const origin = beside.getBoundingClientRect().top;
    const facts = document.querySelector(".facts")?.getBoundingClientRect();
    const start = facts && facts.height ? facts.bottom - origin + GAP : 0;
    for (const n of list) {
      n.want = placed.get(n).getBoundingClientRect().top - origin - 2;
      n.full = n.inner.scrollHeight;
      n.cap = LONG;
    }
    const tall = (n) => (n.open || n.full <= n.cap * 1.25 ? n.full : n.cap + 24);
    const lay = () => {
      let free = start;
      for (const n of list) {
        n.top = Math.max(n.want, free);
        free = n.top + tall(n) + GAP;
      }
    };
    lay();
    /* Folds from the top of each crowd until the rest stands near its markers. */
    let fold = 0, won = 0, free = start;
    list.forEach((n, i) => {
      if (n.top > free) [fold, won] = [i, 0]; /* a new crowd */
      free = n.top + tall(n) + GAP;
      for (; fold < i && n.top - n.want - won >= DRIFT; fold += 1) {
        const before = tall(list[fold]);
        list[fold].cap = SHORT;
        won += before - tall(list[fold]);
      }
    });
    lay();
    for (const n of notes.values()) if (!placed.has(n)) n.box.classList.remove("placed");
    for (const n of list) {
      const folded = tall(n) < n.full;
      n.box.style.top = `${Math.round(n.top)}px`;
      n.box.classList.toggle("folded", folded);
      n.inner.style.maxHeight = folded ? `${n.cap}px` : "";
      n.box.classList.toggle("placed", n.top - n.want < FAR);
      if ((folded || n.open) && !n.button) {
        n.button = document.createElement("button");
        n.button.type = "button";
        n.button.tabIndex = -1;
        n.button.addEventListener("click", () => {
          n.open = !n.open;
          place();
        });
        n.box.append(n.button);
      }
      if (n.button) {
        n.button.hidden = !folded && !n.open;
        n.button.textContent = postil.say(n.open ? "sayLess" : "sayMore");
      }
    }
    missing.slice(0, portion).forEach(make);
    if (missing.length) soon(0);
  }

  /** Places at once what belongs to this window: who has just scrolled may click before the next picture. */
  function placeNow() {
    for (const anchor of anchors) {
      const { top, bottom } = anchor.getBoundingClientRect();
      mark(anchor, bottom > -innerHeight && top < 2 * innerHeight);
    }
    place(MOST);
    place();
  }

  function light(note, yes) {
    notes.get(note)?.box.classList.toggle("lit", yes);
    for (const marker of markers) if (noteOf(marker) === note) marker.classList.toggle("lit", yes);
  }

  /** True if the note is to be seen beside the text, whole. */
  function isBeside(note) {
    const n = notes.get(note);
    if (!n?.box.classList.contains("placed") || n.box.classList.contains("folded") || !roomy()) return false;
    const box = n.box.getBoundingClientRect();
    return box.width > 0 && box.top < innerHeight - 40 && box.bottom > 0 && box.bottom <= innerHeight + 40;
  }

  /** The copy of the note that the address names is marked, too. */
  function choose() {
    for (const n of notes.values()) n.box.classList.toggle("chosen", `#${n.note.id}` === location.hash);
  }

  /* Behind a picture all is laid out, and read for nothing. */
  let waiting = 0, drawing = 0;
  const soon = (wait) => {
    clearTimeout(waiting);
    cancelAnimationFrame(drawing);
    waiting = setTimeout(() => {
      drawing = requestAnimationFrame(() => { waiting = setTimeout(place); });
    }, wait);
  };
  if (beside && window.IntersectionObserver) {
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) mark(target, isIntersecting);
      soon(0);
    }, { rootMargin: "100% 0px" });
    /** Readers' notes come and go (static/annotate.js), and what stands beside with them. */
    const watch = () => {
      observer.disconnect();
      near.clear();
      for (const [note, { box }] of notes) {
        if (note.isConnected && !box.matches(".by-reader")) continue;
        box.remove();
        notes.delete(note);
      }
      anchors = all("a[role=doc-noteref], a.reader-sign", article);
      anchors.forEach((anchor) => observer.observe(anchor));
    };
    watch();
    article.addEventListener("postil:notes", watch);
    addEventListener("resize", () => soon(80));
    document.fonts?.addEventListener("loadingdone", () => soon(0));
    document.addEventListener("toggle", () => soon(0), true); /* of `details` above a marker */
    addEventListener("hashchange", choose);
  }

  /* ---- the card: one at a time, outside the article, gone with Escape */
  const OPEN = 140, CLOSE = 260; /* ms: to pass over a marker, and over into the card */
  let card = null, owner = null, timer = 0, pointer = "mouse", quiet = false;
  const later = (what, wait) => {
    clearTimeout(timer);
    timer = setTimeout(what, wait);
  };

  function close() {
    clearTimeout(timer);
    if (!card) return;
    const [old, marker] = [card, owner];
    const back = old.contains(document.activeElement);
    card = owner = null;
    marker.removeAttribute("aria-expanded");
    marker.removeAttribute("aria-details");
    if (back) {
      quiet = true;
      marker.focus();
      quiet = false;
    }
    old.remove();
  }

  function settle() {
    const edge = 8, gap = 10, width = root.clientWidth;
    card.style.maxWidth = `${width - 2 * edge}px`;
    const m = owner.getClientRects()[0], c = card.getBoundingClientRect();
    const left = Math.max(edge, Math.min(m.left + (m.width - c.width) / 2, width - c.width - edge));
    const above = m.top - c.height - gap, below = m.bottom + gap;
    const top = below + c.height > root.clientHeight && above > 0 ? above : below;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  function open(marker) {
    clearTimeout(timer);
    const note = noteOf(marker);
    if (owner === marker || !note || isBeside(note)) return;
    close();
    card = copyOf(note, document.createElement("aside"));
    card.className = "note-card";
    card.id = "_card";
    card.setAttribute("aria-label", postil.say("sayNote", { label: marker.textContent.trim() }));
    card.lang = article.lang || root.lang;
    card.dir = article.dir;
    if (pointer === "touch") {
      const way = document.createElement("a");
      way.className = "to-note";
      way.href = marker.hash;
      way.textContent = postil.say("sayToNote");
      way.addEventListener("click", close);
      card.append(way);
    }
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", leave);
    card.addEventListener("focusout", (event) => {
      if (card && event.relatedTarget && !card.contains(event.relatedTarget) && event.relatedTarget !== owner) close();
    });
    owner = marker;
    owner.setAttribute("aria-expanded", "true");
    owner.setAttribute("aria-details", "_card");
    document.body.append(card);
    settle();
    card.tabIndex = card.scrollHeight > card.clientHeight ? 0 : -1;
  }

  function leave(event) {
    if (event.pointerType !== "touch") later(close, CLOSE);
  }

  const markerOf = (event) => event.target.closest?.("a[role=doc-noteref]");
  article.addEventListener("pointerover", (event) => {
    const marker = markerOf(event);
    if (!marker || event.pointerType === "touch" || marker.contains(event.relatedTarget)) return;
    light(noteOf(marker), true);
    later(() => open(marker), OPEN);
  });
  article.addEventListener("pointerout", (event) => {
    const marker = markerOf(event);
    if (!marker || marker.contains(event.relatedTarget)) return;
    light(noteOf(marker), false);
    leave(event);
  });
  article.addEventListener("focusin", (event) => {
    const marker = markerOf(event);
    if (!marker || quiet || pointer !== "key") return;
    light(noteOf(marker), true);
    open(marker);
  });
  article.addEventListener("focusout", (event) => {
    const marker = markerOf(event);
    if (!marker) return;
    light(noteOf(marker), false);
    if (!card?.contains(event.relatedTarget)) later(close, CLOSE);
  });
  article.addEventListener("click", (event) => {
    const marker = markerOf(event), note = marker && noteOf(marker);
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const pressed = event.detail > 0; /* not by key: the list is what is read aloud */
    if (beside) placeNow();
    const stands = isBeside(note);
    if (pointer === "touch" && pressed && owner !== marker && !stands) {
      event.preventDefault();
      return open(marker);
    }
    close();
    if (!stands || !pressed || location.hash === marker.hash) return;
    /* It is seen already: it is marked, the reader stays; a second click goes to the list. */
    event.preventDefault();
    history.pushState(null, "", marker.hash);
    choose();
  });

  /* A note that a hit of the search asks for is opened where it is called. */
  document.addEventListener("postil:show-note", ({ target }) => {
    const marker = markers.find((m) => noteOf(m)?.contains(target));
    if (!marker) return;
    marker.scrollIntoView({ block: "center" });
    if (isBeside(noteOf(marker))) light(noteOf(marker), true);
    else open(marker);
  });

  document.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    if (card && !card.contains(event.target) && !owner.contains(event.target)) close();
  }, true);
  document.addEventListener("keydown", (event) => {
    pointer = "key";
    if (!card) return;
    if (event.key === "Escape") close();
    if (event.key !== "Tab") return;
    /* The card, if it scrolls, and its links come between its marker and what follows that. */
    const links = [card, ...all("a[href]", card)].filter((e) => e.tabIndex >= 0), at = links.indexOf(document.activeElement);
    if (document.activeElement === owner && !event.shiftKey && links.length) {
      event.preventDefault();
      links[0].focus();
    } else if (at >= 0 && at === (event.shiftKey ? 0 : links.length - 1)) {
      close(); /* the marker has the focus again; forwards, the key moves on */
      if (event.shiftKey) event.preventDefault();
    }
  }, true);
  addEventListener("resize", close);

  /* ---- contents: the section being read is marked, and its branch of a long table unfolded */
  const contents = document.querySelector(".contents");
  const MANY = 14; /* entries that stand unfolded */
  if (contents && window.IntersectionObserver) {
    const details = contents.querySelector("details");
    const items = all("li", contents).map((li) => ({
      li,
      link: li.firstElementChild,
      depth: Number(li.className.slice(-1)),
      head: document.getElementById(decodeURIComponent(li.firstElementChild.hash.slice(1))),
    }));
    const tops = items.filter((i) => i.depth === 1).length;
    const outer = tops > 1 ? 1 : 2; /* a single outermost heading unfolds what it holds */
    const onSide = matchMedia("(min-width: 76rem)");
    const unfold = () => { if (onSide.matches) details.open = true; };
    onSide.addEventListener("change", unfold);
    unfold();
    let current = null;
    const follow = (item) => {
      if (item === current) return;
      current?.link.removeAttribute("aria-current");
      current = item;
      item?.link.setAttribute("aria-current", "true");
      if (items.length > MANY) fold();
      if (item && onSide.matches) {
        const box = contents.getBoundingClientRect(), at = item.link.getBoundingClientRect();
        if (at.top < box.top + 20 || at.bottom > box.bottom - 20) contents.scrollTop += at.top - box.top - box.height / 3;
      }
    };
    /** Shows an entry if it is outermost, or its parent is in the branch being read. */
    const fold = () => {
      const open = new Set();
      let at = items.indexOf(current);
      for (let depth = 9; at >= 0; at -= 1) {
        if (items[at].depth < depth) {
          open.add(items[at]);
          depth = items[at].depth;
        }
      }
      const path = [];
      for (const item of items) {
        while (path.length && path.at(-1).depth >= item.depth) path.pop();
        const parent = path.at(-1);
        item.li.classList.toggle("folded", item.depth > outer && !!parent && !open.has(parent));
        path.push(item);
      }
    };
    if (items.length > MANY) fold();
    /* The last heading above a third of the window: the observed area reaches up without end. */
    const passed = new Map();
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) passed.set(entry.target, entry.isIntersecting);
      follow(items.findLast((i) => passed.get(i.head)) ?? null);
    }, { rootMargin: "9999999px 0px -66% 0px" });
    for (const { head } of items) if (head) observer.observe(head);
  }

  /* ---- faces of the letters further down: there when the reader comes to them, and on paper */
  const blocks = all(".prose > *", article), letters = new Set(), styles = ["", "italic ", "600 "];
  const A_WHILE = 8; /* ms: a reader may begin to scroll */
  const spell = (idle) => {
    const began = performance.now(), goesOn = () => idle.timeRemaining() > 2 && performance.now() - began < A_WHILE;
    if (root.dataset.arriving) return requestIdleCallback(spell);
    if (blocks.length) {
      while (blocks.length && goesOn()) for (const letter of blocks.pop().textContent) letters.add(letter);
    } else {
      const { fontFamily } = getComputedStyle(article);
      document.fonts.load(`${styles.pop()}1em ${fontFamily}`, [...letters].join("")).catch(() => { /* others stand in */ });
    }
    if (styles.length) requestIdleCallback(spell);
  };
  window.requestIdleCallback?.(spell);

  /* ---- links to sections, for whoever points at a heading */
  article.addEventListener("pointerover", (event) => {
    const head = event.target.closest("h1[id], h2[id], h3[id], h4[id]");
    if (!head || head.querySelector(".to-here") || head.closest("[role=doc-endnotes]")) return;
    const link = document.createElement("a");
    link.className = "to-here";
    link.dataset.generated = "";
    link.href = `#${encodeURIComponent(head.id)}`;
    link.tabIndex = -1;
    link.setAttribute("aria-hidden", "true");
    link.textContent = "§";
    head.append(link);
  });

  /* ---- keys */
  const blockOf = (marker) => marker.closest(".piece > *, .prose > *") ?? marker;
  const step = (by) => {
    if (!markers.length) return;
    const here = markers.indexOf(document.activeElement);
    const line = innerHeight * 0.3;
    const below = markers.findIndex((m) =>
      blockOf(m).getBoundingClientRect().bottom > line && m.getBoundingClientRect().top > line);
    const next = here >= 0 ? here + by : by > 0 ? below : (below < 0 ? markers.length : below) - 1;
    const marker = markers[Math.max(0, Math.min(markers.length - 1, next))];
    pointer = "key";
    close();
    marker.scrollIntoView({ block: "center" });
    marker.focus({ preventScroll: true });
  };
  postil.keys.n = () => step(1);
  postil.keys.p = () => step(-1);
  postil.keys.t = () => {
    if (!contents) return;
    contents.querySelector("details").open = true;
    contents.scrollIntoView({ block: "nearest" });
    (contents.querySelector("[aria-current]") ?? contents.querySelector("a")).focus();
  };
})();
