/* Three conveniences; every page works without them: the colours, the index sorted and narrowed in place,
   a card that shows a marker's note. Loaded in the head, so that the colours are set before anything shows. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* ---- colours: as the system has them, light, dark */
  const SCHEMES = ["auto", "light", "dark"];
  const KEY = "postil-scheme";
  let scheme = "auto";
  try {
    scheme = localStorage.getItem(KEY) || scheme;
  } catch { /* storage is forbidden: the choice lasts as long as the page */ }
  const paint = () => {
    if (scheme === "auto") delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
  };
  paint();

  function schemeButton(button) {
    const label = () => {
      button.textContent = scheme[0].toUpperCase() + scheme.slice(1);
      button.setAttribute("aria-label", `Colours: ${scheme}. Change`);
    };
    button.addEventListener("click", () => {
      scheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length];
      try {
        localStorage.setItem(KEY, scheme);
      } catch { /* as above */ }
      paint();
      label();
    });
    label();
    button.hidden = false;
  }

  /* ---- the index: each row bears its place in each of the orders that are pages, too */
  function index(table) {
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
    const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    const narrow = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let left = 0;
      for (const r of rows) {
        r.text ??= plain(r.row.textContent);
        r.row.hidden = !words.every((word) => r.text.includes(word));
        left += !r.row.hidden;
      }
      box.querySelector("[data-filter-count]").textContent = words.length ? `${left} of ${rows.length}` : "";
    };
    input.addEventListener("input", narrow);
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      input.value = "";
      narrow();
    });
    box.hidden = false;
    if (input.value) narrow(); /* kept by the browser on the way back */
  }

  /* ---- the card: one at a time, outside the article, gone with Escape */
  function noteCards(article) {
    const OPEN = 140, CLOSE = 260; /* ms: enough to pass over a marker, and to go over into the card */
    let card = null, owner = null, timer = 0, pointer = "mouse", quiet = false;

    const noteOf = (marker) => document.getElementById(decodeURIComponent(marker.hash.slice(1)));
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
      if (back) {
        quiet = true;
        marker.focus();
        quiet = false;
      }
      old.remove();
    }

    function place() {
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
      if (owner === marker || !note) return;
      close();
      card = document.createElement("aside");
      card.className = "note-card";
      card.dataset.generated = "";
      card.setAttribute("aria-label", `Note ${marker.textContent.trim()}`);
      card.lang = article.lang || root.lang;
      card.dir = article.dir;
      card.append(...note.cloneNode(true).childNodes);
      all("[role=doc-backlink]", card).forEach((link) => link.remove());
      all("[id]", card).forEach((element) => element.removeAttribute("id"));
      if (pointer === "touch") {
        const way = document.createElement("a");
        way.className = "to-note";
        way.href = marker.hash;
        way.textContent = "Go to the note";
        way.addEventListener("click", close);
        card.append(way);
      }
      card.addEventListener("pointerenter", () => clearTimeout(timer));
      card.addEventListener("pointerleave", leave);
      owner = marker;
      owner.setAttribute("aria-expanded", "true");
      document.body.append(card);
      place();
    }

    function leave(event) {
      if (event.pointerType !== "touch") later(close, CLOSE);
    }

    for (const marker of all("a[role=doc-noteref]", article)) {
      marker.addEventListener("pointerenter", (event) => {
        if (event.pointerType !== "touch") later(() => open(marker), OPEN);
      });
      marker.addEventListener("pointerleave", leave);
      marker.addEventListener("focus", () => {
        if (!quiet && pointer === "key") open(marker);
      });
      marker.addEventListener("blur", (event) => {
        if (!card?.contains(event.relatedTarget)) later(close, CLOSE);
      });
      marker.addEventListener("click", (event) => {
        if (pointer === "touch" && owner !== marker && noteOf(marker)) {
          event.preventDefault();
          open(marker);
        } else {
          close();
        }
      });
    }

    document.addEventListener("pointerdown", (event) => {
      pointer = event.pointerType;
      if (card && !card.contains(event.target) && !owner.contains(event.target)) close();
    }, true);
    document.addEventListener("keydown", (event) => {
      pointer = "key";
      if (!card) return;
      if (event.key === "Escape") close();
      if (event.key !== "Tab") return;
      /* The links of the card come after its marker and before what follows the marker. */
      const links = all("a[href]", card), at = links.indexOf(document.activeElement);
      if (document.activeElement === owner && !event.shiftKey && links.length) {
        event.preventDefault();
        links[0].focus();
      } else if (at >= 0 && at === (event.shiftKey ? 0 : links.length - 1)) {
        close(); /* the marker has the focus again; forwards, the key itself moves on from there */
        if (event.shiftKey) event.preventDefault();
      }
    }, true);
    addEventListener("resize", close);
  }

  document.addEventListener("DOMContentLoaded", () => {
    all("[data-theme-toggle]").forEach(schemeButton);
    all("table[data-sortable]").forEach(index);
    all("article").forEach(noteCards);
  });
})();
