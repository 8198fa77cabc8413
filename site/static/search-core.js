/* Reads the index that `src/index/search` writes, and answers queries. It touches the page only to load scripts. */
(() => {
  "use strict";

  /* ---- words: the same as in src/index/search/words.rs */
  const LONGEST = 48;
  const RUN = /[\p{Alphabetic}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]+/gu;
  const NO_WORD = /[^\p{Alphabetic}\p{N}\p{M}]/gu;
  const INSIDE = /[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/u;
  const STRIPPED = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0640\u064b-\u0655\u0670\u00ad\u200b-\u200d\u2060\ufeff]/g;
  const SPACELESS = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{323af}]/u;
  const SPELLED = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ς": "σ", "ى": "ي", "ة": "ه" };
  const SPELL = /[ßæœøđðþłħıςىة]/g;
  const ASCII = /^[\x00-\x7f]*$/;

  function fold(word) {
    if (ASCII.test(word)) return word.toLowerCase().slice(0, LONGEST);
    const folded = word.normalize("NFKD").replace(STRIPPED, "").toLowerCase()
      .replace(SPELL, (c) => SPELLED[c]).normalize("NFKC").replace(NO_WORD, "");
    return folded.length > LONGEST ? [...folded].slice(0, LONGEST).join("") : folded;
  }

  /* The words of a text, each with its place. Of scripts without spaces: pairs of signs; `last` for the sign that
     ends a run, `alone` if it is all of it. */
  function words(text) {
    const out = [];
    for (const match of text.matchAll(RUN)) {
      if (ASCII.test(match[0])) {
        out.push({ word: fold(match[0]), at: match.index, end: match.index + match[0].length });
        continue;
      }
      let at = match.index, signs = [], spaceless = null;
      const close = (end) => {
        if (spaceless === null || at === end) return;
        if (!spaceless) {
          const word = fold(text.slice(at, end));
          if (word) out.push({ word, at, end });
        } else {
          signs.push(end);
          const folded = signs.map((stop, i) => [fold(text.slice(i ? signs[i - 1] : at, stop)), i ? signs[i - 1] : at, stop])
            .filter((sign) => sign[0]);
          folded.forEach(([sign, from, stop], i) => {
            const next = folded[i + 1];
            out.push({ word: next ? sign + next[0] : sign, at: from, end: stop, spaceless: true, last: !next, alone: folded.length === 1 });
          });
        }
        at = end;
        signs = [];
      };
      let place = match.index;
      for (const c of match[0]) {
        const is = SPACELESS.test(c);
        if (spaceless === null) spaceless = is;
        else if (is !== spaceless && !INSIDE.test(c)) { close(place); spaceless = is; }
        else if (spaceless && !INSIDE.test(c)) signs.push(place);
        place += c.length;
      }
      close(place);
    }
    return out;
  }

  /* ---- queries */
  const MOST_WORDS = 24;
  const QUOTES = /["“”„«»「」『』]/;

  /* What is asked for: units, each a word or a phrase, wanted or (`-word`) unwanted. `typing` is true while the last
     word may go on. */
  function parse(query) {
    const parts = query.slice(0, 4000).split(QUOTES);
    const units = [];
    let count = 0, cut = query.length > 4000;
    parts.forEach((part, i) => {
      const quoted = i % 2 === 1, open = i === parts.length - 1;
      let found = words(part);
      if (count + found.length > MOST_WORDS) { found = found.slice(0, Math.max(0, MOST_WORDS - count)); cut = true; }
      count += found.length;
      const typing = open && !cut && found.length > 0 && !/\s$/.test(part);
      const group = (some, exact, prefix, not) => {
        /* The last sign of a run of several is part of the pair before it. */
        const kept = some.map((w, offset) => ({ word: w.word, offset, prefix: Boolean(w.alone), w }))
          .filter((t) => !(t.w.last && !t.w.alone && t.offset === some.length - 1));
        if (!kept.length) return;
        if (prefix && !kept[kept.length - 1].w.spaceless) kept[kept.length - 1].prefix = true;
        const tokens = kept.map(({ word, offset, prefix: p }) => ({ word, offset, prefix: p }));
        units.push({ tokens, exact, not, key: (not ? "-" : "") + (exact ? "=" : "") + tokens.map((t) => t.word + (t.prefix ? "*" : "")).join(" ") });
      };
      if (quoted) return group(found, true, typing, false);
      for (let k = 0; k < found.length;) {
        let to = k + 1;
        if (found[k].spaceless) while (to < found.length && !found[to - 1].last) to++;
        const before = part.slice(Math.max(0, found[k].at - 2), found[k].at);
        const not = /^(\s?-)$/.test(before) && (before.length === 2 || found[k].at === 1);
        group(found.slice(k, to), to - k > 1, typing && to === found.length, not);
        k = to;
      }
    });
    const seen = new Set();
    return { units: units.filter((u) => !seen.has(u.key) && seen.add(u.key)), cut };
  }

  /* ---- the files: see src/index/search/file.rs */
  const BITS = 15, FIRST = 0x3000;
  function bytesOf({ text, size }) {
    const out = new Uint8Array(size);
    let held = 0, bits = 0, at = 0;
    for (let i = 0; at < size; i++) {
      held = held << BITS | (text.charCodeAt(i) - FIRST);
      for (bits += BITS; bits > 7 && at < size; bits -= 8) out[at++] = held >>> (bits - 8);
      held &= (1 << bits) - 1;
    }
    return out;
  }
  const decoder = new TextDecoder();

  /* Without a `Blob` or a `Response`, which Chromium asks another process for. */
  async function inflate(data) {
    const stream = new DecompressionStream("deflate-raw"), writer = stream.writable.getWriter();
    writer.write(bytesOf(data)).catch(() => {}); /* what is wrong with the data, the reader says */
    writer.close().catch(() => {});
    const reader = stream.readable.getReader(), chunks = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
    }
    if (chunks.length === 1) return chunks[0];
    const out = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) { out.set(chunk, at); at += chunk.length; }
    return out;
  }

  /* Reads numbers of seven bits a byte. */
  class Reader {
    constructor(bytes) { this.bytes = bytes; this.at = 0; }
    number() {
      const { bytes } = this;
      let value = bytes[this.at++];
      if (value < 128) return value;
      value &= 127;
      for (let shift = 7; ; shift += 7) {
        const byte = bytes[this.at++];
        value += (byte & 127) * 2 ** shift;
        if (!(byte > 127)) return value;
      }
    }
  }

  /* Loads a file as a script; the script calls `postilSearchData`. */
  const waiting = new Map();
  globalThis.postilSearchData = (name, size, text) => waiting.get(name)?.({ size, text });
  function loader(folder) {
    return (name) => new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const done = (settle, value) => { waiting.delete(name); script.remove(); settle(value); };
      waiting.set(name, (data) => done(resolve, data));
      script.onerror = () => done(reject, new Error(name + " is missing"));
      script.onload = () => waiting.has(name) && done(reject, new Error(name + " is damaged"));
      script.src = folder + name + ".js";
      document.head.append(script);
    });
  }

  /* Order of code points, as the index is sorted; JavaScript's own is that of UTF-16. */
  function before(a, b) {
    const n = Math.min(a.length, b.length);
    for (let i = 0; i < n; i++) {
      let x = a.charCodeAt(i), y = b.charCodeAt(i);
      if (x === y) continue;
      if (x >= 0xd800 && x < 0xe000) x += 0x2000; else if (x >= 0xe000) x -= 0x800;
      if (y >= 0xd800 && y < 0xe000) y += 0x2000; else if (y >= 0xe000) y -= 0x800;
      return x < y;
    }
    return a.length < b.length;
  }
  function shardOf(shards, word) {
    let low = 0, high = shards.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(word, shards[middle])) high = middle; else low = middle + 1;
    }
    return Math.max(0, low - 1);
  }

  /* ---- the index */
  const KINDS = ["text", "work", "name", "annotation"];

  class Segment {
    constructor(number, { items, passages, shards }, table, together) {
      this.number = number;
      this.shards = shards;
      this.items = items;
      this.passages = passages;
      this.together = together;
      for (const field of ["kind", "titleWords", "headings", "bodies", "notes", "year", "file", "inFile"]) this[field] = new Uint32Array(items);
      this.first = new Uint32Array(items + 1);
      this.itemOf = new Uint32Array(passages);
      let file = -1, inFile = 0, further = 0;
      for (let i = 0; i < items; i++) {
        for (const field of ["kind", "titleWords", "headings", "bodies", "notes", "year"]) this[field][i] = table.number();
        if (table.number() || file < 0) { file += 1 + further; inFile = 0; }
        this.file[i] = file;
        this.inFile[i] = inFile++;
        const count = 2 + this.headings[i] + this.bodies[i] + this.notes[i];
        further = Math.ceil(count / together) - 1;
        this.first[i + 1] = this.first[i] + count;
        this.itemOf.fill(i, this.first[i], this.first[i + 1]);
      }
    }
    /* Where a passage behind the title and the authors stands. */
    part(item, passage) {
      const k = passage - this.first[item] - 2 - this.headings[item];
      return k < 0 ? "heading" : k < this.bodies[item] ? "text" : "note";
    }
  }

  function readShard(bytes) {
    const head = new Reader(bytes);
    const size = head.number(), file = head.number();
    let places = head.number(), postings = head.at + size;
    const stems = new Map(), forms = new Map(), elsewhere = new Map();
    for (const line of decoder.decode(bytes.subarray(head.at, postings)).split("\n")) {
      if (!line) continue;
      const fields = line.split(" ");
      if (line[0] === "=") { elsewhere.set(fields[0].slice(1), fields.slice(1)); continue; }
      const entries = [];
      for (let i = 1; i + 2 < fields.length; i += 3) {
        const length = parseInt(fields[i + 1], 36), times = parseInt(fields[i + 2], 36);
        const entry = { stem: fields[0], form: fields[i], times, postings: bytes.subarray(postings, postings += length), file, from: places, keys: null };
        places += times;
        entries.push(entry);
        const same = forms.get(entry.form);
        if (same) same.push(entry); else forms.set(entry.form, [entry]);
      }
      stems.set(fields[0], entries);
    }
    return { stems, forms, elsewhere };
  }

  /* Calls `each` with every passage of an entry and how often the word is in it. */
  function eachPosting(entry, each) {
    const reader = new Reader(entry.postings), end = entry.postings.length;
    for (let next = 0; reader.at < end;) {
      const value = reader.number(), further = value & 3;
      const passage = next + Math.floor(value / 4);
      next = passage + 1;
      each(passage, further < 3 ? further + 1 : reader.number() + 4);
    }
  }

  /* How much a word counts for that is not the one that was asked for but shares its stem, begins with it, or is
     taken for a slip of it. */
  const STEM = 0.7, PREFIX = 0.4, NEAR = 0.5;
  const MOST_FORMS = 60, MOST_EXACT = 400;
  const MOST_MATCHES = 64;
  /* Occurrences that the last word of an open quotation is read with; its rarer forms are left out beyond these. */
  const MOST_PLACES = 600_000;

  class Index {
    constructor(load) {
      this.loadFile = load;
      this.promises = new Map();
      this.missing = new Set();
      this.matches = new Map();
    }

    /* One promise a file; a failed one is forgotten, so that it is tried again. */
    get(name, read) {
      let promise = this.promises.get(name);
      if (!promise) {
        promise = this.loadFile(name).then(read);
        promise.catch(() => this.promises.delete(name));
        this.promises.set(name, promise);
      }
      return promise;
    }
    open() {
      return this.get("index", async (data) => {
        const table = new Reader(await inflate(data));
        const size = table.number();
        const { segments, together } = JSON.parse(decoder.decode(table.bytes.subarray(table.at, table.at += size)));
        this.segments = segments.map((summary, i) => new Segment(i, summary, table, together));
        this.firsts = [];
        let items = 0;
        for (const segment of this.segments) { this.firsts.push(items); items += segment.items; }
        this.items = items;
        return this;
      });
    }
    facets() {
      return this.get("facets", async (packed) => {
        const data = JSON.parse(decoder.decode(await inflate(packed)));
        const read = (names) => names.map(([name, steps]) => { let i = 0; return { name, items: steps.map((s) => i += s) }; });
        return { tags: read(data.tags), authors: read(data.authors) };
      });
    }
    /* A file of a segment that cannot be had is told of, and the rest goes on. */
    async part(name, read) {
      try {
        const value = await this.get(name, read);
        this.missing.delete(name);
        return value;
      } catch { this.missing.add(name); return null; }
    }
    shard(segment, i) { return this.part(segment.number + "/t" + i, async (data) => readShard(await inflate(data))); }
    places(segment, i) { return this.part(segment.number + "/p" + i, bytesOf); }
    texts(segment, file) { return this.part(segment.number + "/x" + file, async (data) => JSON.parse(decoder.decode(await inflate(data)))); }
    /* Where each passage begins, of all places of the segment numbered through. */
    starts(segment) {
      return this.part(segment.number + "/w", async (data) => {
        const steps = await inflate(data), out = new Uint32Array(steps.length + 1);
        for (let i = 0; i < steps.length; i++) out[i + 1] = out[i] + steps[i];
        return out;
      });
    }

    /* The entries of a word in a segment, each with its weight. */
    async entries(segment, token, exact) {
      const { word, prefix } = token, found = new Map();
      const add = (entry, weight) => { if (!found.has(entry)) found.set(entry, [entry, weight]); };
      const home = shardOf(segment.shards, word);
      const last = prefix ? Math.min(shardOf(segment.shards, word + "\u{10ffff}"), home + (word.length < 2 && !SPACELESS.test(word) ? 0 : 2)) : home;
      const range = [];
      for (let i = home; i <= last; i++) range.push(i);
      const shards = await Promise.all(range.map((i) => this.shard(segment, i)));
      const wanted = [], prefixed = []; /* stems to be looked for elsewhere: [stem, form, weight] */
      shards.forEach((shard, k) => {
        if (!shard) return;
        if (k === 0) { /* where the word itself would be */
          for (const entry of shard.forms.get(word) || []) add(entry, 1);
          for (const stem of shard.elsewhere.get(word) || []) wanted.push([stem, word]);
        }
        if (!prefix) return;
        for (const [form, entries] of shard.forms) if (form.startsWith(word)) prefixed.push(...entries);
        for (const [form, stems] of shard.elsewhere) if (form !== word && form.startsWith(word)) for (const stem of stems) wanted.push([stem, form]);
      });
      await Promise.all(wanted.slice(0, exact ? MOST_EXACT : MOST_FORMS).map(async ([stem, form]) => {
        const shard = await this.shard(segment, shardOf(segment.shards, stem));
        for (const entry of shard?.stems.get(stem) || []) {
          if (entry.form === form) add(entry, form === word ? 1 : PREFIX);
        }
      }));
      if (!exact) {
        const stems = new Set([...found.values()].filter((f) => f[1] === 1).map((f) => f[0].stem));
        if (!found.size && !prefixed.length && word.length > 3 && shards[0]) {
          /* A form that no document has: the stems of the forms that begin as it does, as far as an ending goes. */
          let most = Math.max(4, word.length - 4);
          for (const [form, entries] of shards[0].forms) {
            const same = common(form, word);
            if (same < most || form.length > same + 3) continue;
            if (same > most) { stems.clear(); most = same; }
            for (const entry of entries) stems.add(entry.stem);
          }
        }
        for (const stem of stems) {
          const shard = await this.shard(segment, shardOf(segment.shards, stem));
          for (const entry of shard?.stems.get(stem) || []) add(entry, STEM);
        }
      }
      prefixed.sort((a, b) => b.times - a.times);
      for (const entry of prefixed.slice(0, exact ? MOST_EXACT : MOST_FORMS)) add(entry, PREFIX);
      return [...found.values()];
    }

    /* A slip of the finger: forms of the shard that are one edit away. */
    async near(segment, word) {
      const shard = await this.shard(segment, shardOf(segment.shards, word)), out = [];
      for (const [form, entries] of shard?.forms || []) {
        if (Math.abs(form.length - word.length) < 2 && oneEdit(form, word)) for (const entry of entries) out.push([entry, NEAR]);
      }
      return out;
    }

    /* How often each passage has the words of a phrase one after the other, where it begins. The rarest word goes first, so
       that little is kept of the others. */
    async phrase(segment, unit) {
      const lists = await Promise.all(unit.tokens.map(async (token) => {
        const found = (await this.entries(segment, token, true)).map(([entry]) => entry)
          .filter((entry) => token.prefix ? entry.form.startsWith(token.word) : entry.form === token.word)
          .sort((a, b) => b.times - a.times);
        let times = 0;
        const entries = found.filter((entry, i) => (times += entry.times) <= MOST_PLACES || i === 0 || !token.prefix);
        return { offset: token.offset, entries, times };
      }));
      const out = new Float32Array(segment.passages);
      if (lists.some((list) => !list.entries.length)) return out;
      lists.sort((a, b) => a.times - b.times);
      const files = [...new Set(lists.flatMap((list) => list.entries.map((entry) => entry.file)))];
      const [starts, ...loaded] = await Promise.all([this.starts(segment), ...files.map((file) => this.places(segment, file))]);
      const places = new Map(files.map((file, i) => [file, loaded[i]]));
      if (!starts) return out;
      let begins = null;
      for (const { offset, entries } of lists) {
        const all = entries.filter((entry) => places.get(entry.file)).map((entry) => keys(entry, places.get(entry.file), starts));
        if (begins === null) {
          begins = all.length === 1 ? all[0].map((key) => key - offset) : union(all, offset);
        } else {
          const kept = all.map((list) => both(begins, list, offset));
          begins = kept.length === 1 ? kept[0] : union(kept, 0);
        }
        if (!begins.length) return out;
      }
      let passage = 0;
      for (const begin of begins) {
        if (begin >= starts[passage + 1]) passage = passageAt(starts, begin, passage);
        out[passage]++;
      }
      return out;
    }

    /* What a unit finds in a segment; kept, because the next keystroke asks for most of it again. */
    match(segment, unit) {
      const key = segment.number + " " + unit.key;
      let found = this.matches.get(key);
      if (found) this.matches.delete(key); /* and to the end: the oldest goes first */
      else {
        const missing = this.missing.size;
        found = this.find(segment, unit);
        found.then(() => { if (this.missing.size > missing) this.matches.delete(key); }, () => this.matches.delete(key));
      }
      this.matches.set(key, found);
      if (this.matches.size > MOST_MATCHES) this.matches.delete(this.matches.keys().next().value);
      return found;
    }

    async find(segment, unit) {
      if (unit.tokens.length > 1) return { times: await this.phrase(segment, unit), forms: [] };
      const token = unit.tokens[0];
      const entries = await this.entries(segment, token, unit.exact);
      return { entries, forms: entries.map(([entry]) => entry.form) };
    }

    /* Answers a query: items in order, each with its best passages. `options`: scope (`text`, `notes`, `work`,
       `name`, `annotation`), allowed (item of the archive → boolean), from and to (years). */
    async search(query, options = {}) {
      await this.open();
      const { units, cut } = parse(query);
      const result = { query, units, cut, hits: [], others: [], total: 0, partly: false, nothing: !units.length, missing: [] };
      if (!units.length) return result;
      const found = await Promise.all(units.map((unit) => Promise.all(this.segments.map((segment) => this.match(segment, unit)))));
      await Promise.all(units.map(async (unit, u) => {
        const word = unit.tokens[0].word;
        if (unit.not || unit.exact || unit.tokens.length > 1 || word.length < 4 || found[u].some((f) => f.entries?.length)) return;
        found[u] = await Promise.all(this.segments.map(async (segment) => {
          const entries = await this.near(segment, word);
          return { entries, forms: entries.map(([entry]) => entry.form) };
        }));
        unit.taken = [...new Set(found[u].flatMap((f) => f.forms))].slice(0, 3);
      }));
      units.forEach((unit, u) => { unit.forms = new Set(found[u].flatMap((f) => f.forms)); });
      rank(this, units, found, options, result);
      result.missing = [...this.missing];
      return result;
    }

    /* What there is to show of a hit. */
    async show(hit, units) {
      const { segment, item } = hit;
      const texts = await this.texts(segment, segment.file[item]);
      if (!texts) return null;
      const [url, title, authors, date, lang, passages] = texts[segment.inFile[item]];
      const further = async (k) => {
        const file = Math.floor(k / segment.together);
        return file ? (await this.texts(segment, segment.file[item] + file))?.[k % segment.together] : passages[k];
      };
      const shown = { url, title, authors, date, lang, kind: hit.kind, titleMarks: marks(title, units), excerpts: [] };
      const seen = new Set();
      for (const passage of bestPassages(hit)) {
        const excerpt = bestExcerpt(await further(passage - segment.first[item]) || [], units);
        if (!excerpt || seen.has(excerpt.text)) continue;
        seen.add(excerpt.text);
        shown.excerpts.push({ ...excerpt, part: segment.part(item, passage) });
      }
      const found = [{ text: title, marks: shown.titleMarks }, ...shown.excerpts];
      shown.words = [...new Set(found.flatMap(({ text, marks }) => marks.map(([from, to]) => text.slice(from, to).toLowerCase())))].slice(0, 16);
      return shown;
    }
  }

  function common(a, b) {
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    return i;
  }
  function oneEdit(a, b) {
    if (a.length > b.length) [a, b] = [b, a];
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    if (a.length === b.length) return a.slice(i + 1) === b.slice(i + 1) || (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2));
    return a.slice(i) === b.slice(i + 1);
  }

  /* Every place of a word, numbered through the segment; kept for the next keystroke. */
  function keys(entry, places, starts) {
    if (entry.keys) return entry.keys;
    const out = new Uint32Array(entry.times);
    let n = 0, at = entry.from;
    eachPosting(entry, (passage, times) => {
      const start = starts[passage];
      for (let k = 0; k < times; k++) out[n++] = start + places[at++];
    });
    return entry.keys = out;
  }
  /* Those of `begins` that have a place of `list` behind them, so far. Of lists of very different lengths the longer one
     is only looked into. */
  function both(begins, list, offset) {
    const out = new Uint32Array(Math.min(begins.length, list.length));
    const few = begins.length * 16 < list.length, many = list.length * 16 < begins.length;
    let n = 0;
    for (let i = 0, j = 0; i < begins.length && j < list.length;) {
      const begin = begins[i], place = list[j] - offset;
      if (begin === place) { out[n++] = begin; i++; j++; }
      else if (begin < place) i = many ? lowerBound(begins, place, i) : i + 1;
      else j = few ? lowerBound(list, begin + offset, j) : j + 1;
    }
    return out.subarray(0, n);
  }
  function union(lists, offset) {
    const out = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
    let at = 0;
    for (const list of lists) { out.set(list, at); at += list.length; }
    for (let i = 0; offset && i < at; i++) out[i] -= offset;
    return out.sort();
  }
  /* The first of the ascending numbers from `low` on that is not less; near `low` it is found soonest. */
  function lowerBound(numbers, wanted, low) {
    let step = 1;
    while (low + step < numbers.length && numbers[low + step] < wanted) { low += step; step *= 2; }
    let high = Math.min(numbers.length, low + step + 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] < wanted) low = middle + 1; else high = middle;
    }
    return low;
  }
  function passageAt(starts, place, from) {
    return lowerBound(starts, place + 1, from) - 1;
  }

  /* ---- ranking */
  const SATURATED = 1.2;      /* BM25's k1 */
  const SHOWN_PASSAGES = 3, OTHERS = 5;
  const WEIGHT = { title: 5, authors: 3, heading: 1.6, best: 1.6, whole: 1, note: 0.8 };

  /* How often each passage of a segment has what a unit found there; kept with that for the next keystroke. */
  function timesOf(segment, found) {
    if (found.times) return found.times;
    const list = found.times = new Float32Array(segment.passages);
    for (const [entry, weight] of found.entries) eachPosting(entry, (passage, n) => { list[passage] += n * weight; });
    return list;
  }

  /* Which items of a segment are asked for at all. */
  function allowedOf(index, segment, { scope = "all", allowed, from, to }) {
    const out = new Uint8Array(segment.items).fill(1);
    const kind = KINDS.indexOf(scope === "notes" ? "text" : scope), first = index.firsts[segment.number];
    if (kind < 0 && !allowed && !from && !to) return out;
    for (let i = 0; i < segment.items; i++) {
      const year = segment.year[i] - 1;
      if ((kind >= 0 && segment.kind[i] !== kind) || (allowed && !allowed(first + i))) out[i] = 0;
      else if ((from && !(year >= from)) || (to && !(year >= 0 && year <= to))) out[i] = 0;
    }
    return out;
  }

  /* Which of the allowed items have what a unit found, in the parts that are asked for. */
  function itemsWith(segment, times, allowed, scope) {
    const out = new Uint8Array(segment.items);
    for (let i = 0; i < segment.items; i++) {
      if (!allowed[i]) continue;
      const notes = segment.first[i + 1] - segment.notes[i];
      const from = scope === "notes" ? notes : segment.first[i], to = scope === "text" ? notes : segment.first[i + 1];
      for (let p = from; p < to; p++) if (times[p]) { out[i] = 1; break; }
    }
    return out;
  }

  function rank(index, units, found, options, result) {
    const wanted = units.map((u, i) => i).filter((i) => !units[i].not);
    if (!wanted.length) return;
    const { scope = "all" } = options;
    const states = index.segments.map((segment, s) => {
      const allowed = allowedOf(index, segment, options);
      const times = units.map((unit, u) => timesOf(segment, found[u][s]));
      return { segment, times, has: times.map((list) => itemsWith(segment, list, allowed, scope)) };
    });
    /* Among texts a word is as rare as it is in texts, however many names there are. */
    const counts = scope === "all" ? (segment, i) => segment.kind[i] === 0 : () => true;
    let n = 0, passages = 0;
    const df = units.map(() => 0), anywhere = units.map(() => false);
    for (const { segment, has } of states) {
      for (let i = 0; i < segment.items; i++) {
        const counted = counts(segment, i);
        if (counted) { n++; passages += segment.first[i + 1] - segment.first[i]; }
        for (const u of units.keys()) if (has[u][i]) { anywhere[u] = true; if (counted) df[u]++; }
      }
    }
    const idf = df.map((of, u) => (anywhere[u] ? Math.log(1 + (n - of + 0.5) / (of + 0.5)) + 0.05 : 0));
    const all = wanted.reduce((sum, u) => sum + idf[u], 0);
    const measure = { idf, wanted, all, usual: Math.max(1, passages / Math.max(1, n)), scope };
    const coverOf = ({ has }, i) => {
      let cover = 0;
      for (const u of wanted) if (has[u][i]) cover += idf[u];
      return cover;
    };
    /* Every word must be there; where no item has them all, those that have the weightiest of them. */
    let bar = wanted.every((u) => anywhere[u]) ? all : Infinity, best = 0;
    for (const state of states) for (let i = 0; i < state.segment.items; i++) best = Math.max(best, coverOf(state, i));
    if (best < bar - 1e-6) { result.partly = best > 0; bar = best * 0.6; }
    if (!best) return;
    const hits = [], unwanted = units.map((u, i) => i).filter((i) => units[i].not);
    for (const state of states) {
      const { segment, times, has } = state;
      for (let i = 0; i < segment.items; i++) {
        const cover = coverOf(state, i);
        if (!cover || cover < bar - 1e-6 || unwanted.some((u) => has[u][i])) continue;
        const score = scoreItem(segment, i, times, measure) * cover / all;
        hits.push({ segment, item: i, kind: KINDS[segment.kind[i]], score, times, measure });
      }
    }
    hits.sort((a, b) => b.score - a.score || a.segment.number - b.segment.number || a.item - b.item);
    /* Where all is looked for, names and works stand beside the texts and not before them. */
    const beside = (hit) => scope === "all" && (hit.kind === "work" || hit.kind === "name");
    result.hits = hits.filter((hit) => !beside(hit));
    result.others = hits.filter(beside).slice(0, OTHERS);
    result.total = result.hits.length;
  }

  /* The passages of an item that are asked for, without its title and its authors: from, to. */
  function passagesOf(segment, item, scope) {
    const from = segment.first[item] + 2, to = segment.first[item + 1], notes = to - segment.notes[item];
    return scope === "notes" ? [notes, to] : scope === "text" ? [from, notes] : [from, to];
  }
  function scorePassage(times, { idf, wanted, all }, p) {
    let score = 0, cover = 0;
    for (const u of wanted) {
      const t = times[u][p];
      if (!t) continue;
      score += idf[u] * t * (SATURATED + 1) / (t + SATURATED);
      cover += idf[u];
    }
    return score * (0.4 + 0.6 * cover / all);
  }

  function scoreItem(segment, item, times, measure) {
    const { idf, wanted, usual, scope } = measure;
    const first = segment.first[item], [from, to] = passagesOf(segment, item, scope);
    const bodies = first + 2 + segment.headings[item], notes = segment.first[item + 1] - segment.notes[item];
    let heading = 0, best = 0, title = 0, authors = 0;
    if (scope !== "notes") {
      authors = scorePassage(times, measure, first + 1);
      title = scorePassage(times, measure, first);
      let inTitle = 0;
      for (const u of wanted) if (times[u][first]) inTitle++;
      title *= 0.4 + 0.6 * Math.sqrt(Math.min(1, inTitle / Math.max(1, segment.titleWords[item])));
    }
    for (let p = from; p < to; p++) {
      const score = scorePassage(times, measure, p);
      if (p < bodies) heading = Math.max(heading, score);
      else best = Math.max(best, p < notes ? score : score * WEIGHT.note);
    }
    let whole = 0;
    const length = 4 * (0.3 + 0.7 * (to - first) / usual);
    for (const u of wanted) {
      let sum = scope === "notes" ? 0 : times[u][first] + times[u][first + 1];
      for (let p = from; p < to; p++) sum += times[u][p];
      whole += idf[u] * sum / (sum + length) * (SATURATED + 1);
    }
    return WEIGHT.title * title + WEIGHT.authors * authors + WEIGHT.heading * heading + WEIGHT.best * best + WEIGHT.whole * whole;
  }

  /* The passages of a hit that are shown. */
  function bestPassages({ segment, item, times, measure }) {
    const [from, to] = passagesOf(segment, item, measure.scope), notes = segment.first[item + 1] - segment.notes[item];
    const top = [];
    for (let p = from; p < to; p++) {
      const score = scorePassage(times, measure, p) * (p < notes ? 1 : WEIGHT.note);
      if (score) top.push([score, p]);
    }
    return top.sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, SHOWN_PASSAGES).map((t) => t[1]);
  }

  /* ---- what is shown */
  const EXCERPT = 220;

  /* [from, to] of what a query finds in a text. */
  function marks(text, units) {
    const found = words(text), out = [];
    const is = (token, w) => w && (token.prefix ? w.word.startsWith(token.word) : w.word === token.word);
    found.forEach((w, i) => {
      for (const unit of units) {
        if (unit.not) continue;
        if (unit.tokens.length > 1) {
          if (unit.tokens.every((token) => is(token, found[i + token.offset]))) {
            const last = unit.tokens[unit.tokens.length - 1], end = found[i + last.offset];
            out.push([w.at, pairEnd(found, i + last.offset, last) ?? end.end]);
          }
        } else if (unit.forms?.has(w.word) || is(unit.tokens[0], w)) {
          out.push([w.at, pairEnd(found, i, unit.tokens[0]) ?? w.end]);
        }
      }
    });
    out.sort((a, b) => a[0] - b[0]);
    const joined = [];
    for (const [from, to] of out) {
      const last = joined[joined.length - 1];
      if (last && from <= last[1]) last[1] = Math.max(last[1], to); else joined.push([from, to]);
    }
    return joined;
  }
  /* A pair of signs ends with its second one. */
  function pairEnd(found, i, token) {
    const w = found[i];
    return w.spaceless && !w.last && [...token.word].length > 1 ? found[i + 1]?.end : undefined;
  }

  function bestExcerpt(passage, units) {
    let best = null;
    passage.forEach(([id, text], i) => {
      const found = marks(text, units);
      if (!found.length) return;
      const kinds = new Set(found.map(([from, to]) => fold(text.slice(from, to))));
      /* the stretch of the usual length that has the most different words marked */
      let start = 0, most = -1;
      found.forEach(([from], k) => {
        const inside = found.slice(k).filter(([, to]) => to <= from + EXCERPT * 0.8);
        const value = new Set(inside.map(([a, b]) => text.slice(a, b).toLowerCase())).size + inside.length / 100;
        if (value > most) { most = value; start = from; }
      });
      const value = kinds.size + most;
      if (!best || value > best.value) best = { value, id, text, found, start, i };
    });
    if (!best) return null;
    const { id, text, found } = best;
    let from = Math.max(0, best.start - 50), to = Math.min(text.length, from + EXCERPT);
    if (to === text.length) from = Math.max(0, to - EXCERPT);
    if (from > 0) { const space = text.indexOf(" ", from); if (space >= 0 && space < best.start) from = space + 1; }
    if (to < text.length) { const space = text.lastIndexOf(" ", to); if (space > best.start + 20) to = space; }
    if (from > 0 && isLow(text, from)) from--;
    if (to < text.length && isLow(text, to)) to++;
    return {
      id,
      text: text.slice(from, to),
      marks: found.filter(([a, b]) => a >= from && b <= to).map(([a, b]) => [a - from, b - from]),
      before: from > 0,
      after: to < text.length,
    };
  }
  function isLow(text, i) { const c = text.charCodeAt(i); return c >= 0xdc00 && c < 0xe000; }

  globalThis.postilSearch = { Index, loader, parse, words, fold, marks };
})();
