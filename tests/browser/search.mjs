// Searches a built site from disk in Chromium, as a reader does.
//
//   node search.mjs SITE TRUTH BROKEN
//
// TRUTH is JSON: of some texts of SITE the address, what stands between words, and blocks of folded words. BROKEN is a copy of SITE
// with files of the index missing and cut. CHROMIUM names the browser. Says what is wrong and exits with 1.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [, , site, truthFile, broken] = process.argv;
const address = (folder, name) => pathToFileURL(join(folder, name)).href;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});

const cases = [];
const test = (name, part) => cases.push([name, part]);

/** A page that remembers what it loads and what its console says. */
async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  if (options.script) await context.addInitScript(options.script);
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  page.said = [];
  page.loaded = [];
  page.on("console", (m) => page.said.push(m.text()));
  page.on("pageerror", (e) => page.said.push(e.message));
  page.on("request", (r) => page.loaded.push(r.url()));
  await page.goto(url);
  return page;
}
const searchPage = (query, options) => open(address(site, "search.html") + (query ? "?q=" + encodeURIComponent(query) : ""), options);

/** Asks a query in the page; the titles and excerpts that it shows. */
async function ask(page, query) {
  await page.fill("input[type=search]", query);
  await page.waitForFunction((q) => document.querySelector("[data-results]").dataset.query === q, query);
  return shown(page);
}
const shown = (page) => page.evaluate(() => [...document.querySelectorAll("[data-results] .search-hit")].map((hit) => ({
  title: hit.querySelector("h2").textContent,
  href: hit.querySelector("h2 a").getAttribute("href"),
  excerpts: [...hit.querySelectorAll(".search-excerpt")].map((e) => e.textContent),
  links: [...hit.querySelectorAll(".search-excerpt a")].map((a) => a.getAttribute("href")),
  marks: [...hit.querySelectorAll("mark")].map((m) => m.textContent),
})));
const status = (page) => page.textContent("[data-search-status]");
const titles = (hits) => hits.map((h) => h.title);

test("an ordinary page loads no part of the index and one small script", async () => {
  const page = await open(address(site, "texts/lamps.html"));
  assert.deepEqual(page.loaded.filter((u) => u.includes("/search/")), []);
  assert.deepEqual(page.loaded.filter((u) => /static\/search/.test(u)).map((u) => u.split("/").pop()), ["search.js"]);
  assert.ok(readFileSync(join(site, "static/search.js")).length < 4000);
});

test("words, prefixes, other forms, slips", async () => {
  const page = await searchPage();
  let hits = await ask(page, "kerosene");
  assert.deepEqual(titles(hits), ["Of Lamps"]);
  assert.ok(hits[0].marks.every((m) => m.toLowerCase() === "kerosene"));
  assert.ok(titles(await ask(page, "kero")).includes("Of Lamps"), "a prefix while it is typed");
  assert.deepEqual(titles(await ask(page, "lighthouses")), ["Keepers of the Coast", "Of Lamps"], "another form");
  assert.ok(titles(await ask(page, "lighthuose")).includes("Of Lamps"), "a slip");
  assert.match(await status(page), /taken for/);
  hits = await ask(page, "lamps");
  assert.equal(hits[0].title, "Of Lamps", "titles first");
  assert.deepEqual(titles(await ask(page, "wick keeper")), ["Of Lamps"], "all words");
  assert.ok(!titles(await ask(page, "lighthouse -keeper")).includes("Keepers of the Coast"), "an unwanted word");
  assert.deepEqual(page.said, []);
});

test("accents, stems by language, alphabets, scripts without spaces", async () => {
  const page = await searchPage();
  const finds = async (query, title) => assert.ok(titles(await ask(page, query)).includes(title), `${query} finds ${title}, not ${titles(await shown(page))}`);
  await finds("ecluse", "Les Écluses");
  await finds("écluses", "Les Écluses");
  await finds("bateaux", "Les Écluses");
  await finds("strasse", "Die Straße");
  await finds("laternen", "Die Straße");
  const other = (await ask(page, "note")).filter((hit) => hit.title !== "Die Straße").flatMap((hit) => hit.marks);
  assert.ok(!other.some((mark) => mark.toLowerCase() === "not"), "the stem of another language's word is not this language's");
  await finds("елка", "Ёлка в лесу");
  await finds("деревьями", "Ёлка в лесу");
  await finds("λογος", "Ὁ λόγος");
  await finds("ΛΌΓΟΣ", "Ὁ λόγος");
  await finds("灯台", "灯台の話");
  await finds("海", "灯台の話");
  await finds("灯台守は毎晩", "灯台の話");
  await finds("図書館", "图书馆");
  await finds("图书馆的", "图书馆");
  await finds("المنارة", "المنارة");
  await finds("מגדלור", "מגדלור");
  await finds("प्रकाश", "प्रकाश");
  assert.deepEqual(titles(await ask(page, "台灯")), [], "signs in another order");
  assert.deepEqual(page.said, []);
});

test("a hit opens its paragraph with the words marked", async () => {
  const page = await searchPage("kerosene");
  await page.waitForSelector("[data-results] .search-excerpt a");
  const href = (await shown(page))[0].links[0];
  assert.match(href, /^texts\/lamps\.html\?mark=kerosene#p-/);
  await page.click("[data-results] .search-excerpt a");
  await page.waitForFunction(() => document.documentElement.dataset.marked);
  const found = await page.evaluate(() => {
    const target = document.getElementById(location.hash.slice(1));
    const box = target.getBoundingClientRect();
    return {
      text: target.textContent, seen: box.top < innerHeight && box.bottom > 0,
      marked: [...CSS.highlights.get("postil-search")].map((r) => r.toString()),
      touched: document.querySelector("article mark") !== null,
    };
  });
  assert.match(found.text, /kerosene/i);
  assert.ok(found.seen && !found.touched);
  assert.ok(found.marked.length && found.marked.every((m) => m.toLowerCase() === "kerosene"));
  assert.deepEqual(page.said, []);
});

test("a hit in a note opens the note where it is called", async () => {
  for (const width of [700, 1500]) {
    const page = await searchPage("zirconium", { viewport: { width, height: 900 } });
    await page.waitForSelector("[data-results] .search-excerpt a");
    const [hit] = await shown(page);
    assert.match(hit.links[0], /#fn-/);
    assert.match(hit.excerpts[0], /^Note: /);
    await page.click("[data-results] .search-excerpt a");
    await page.waitForFunction(() => "shown" in document.documentElement.dataset);
    const seen = await page.evaluate(() => {
      const inside = (box) => box.height > 0 && box.top < innerHeight && box.bottom > 0;
      const copy = document.querySelector(".note-card, .note-beside.lit"), marker = document.querySelector("a[role=doc-noteref]");
      const marked = [...CSS.highlights.get("postil-search")].filter((range) => copy?.contains(range.startContainer));
      return { copy: inside(copy.getBoundingClientRect()), marker: inside(marker.getBoundingClientRect()), words: marked.map(String) };
    });
    assert.deepEqual(seen, { copy: true, marker: true, words: ["zirconium"] }, `${width} wide`);
    assert.deepEqual(page.said, []);
  }
});

test("works, names and what readers wrote", async () => {
  const page = await searchPage("Quillfeather");
  await page.waitForSelector("[data-results] .search-others a");
  const others = await page.$$eval("[data-results] .search-others a", (links) => links.map((a) => a.textContent + " " + a.getAttribute("href")));
  assert.ok(others.some((o) => /^Wicks and Keepers works\//.test(o)), `the work, not ${others}`);
  assert.ok(others.some((o) => /Quillfeather names\//.test(o)), `the name, not ${others}`);
  assert.ok(titles(await shown(page)).includes("Of Lamps"), "and the text that cites it");
  await page.click("[data-search-scopes] input[value=work]");
  await page.waitForFunction(() => /works\//.test(document.querySelector("[data-results] .search-hit a")?.getAttribute("href")));
  assert.equal((await shown(page)).length, 1);
  await page.click("[data-search-scopes] input[value=annotation]");
  await page.fill("input[type=search]", "marginal");
  await page.waitForFunction(() => document.querySelector("[data-results]").dataset.query === "marginal");
  const [note] = await shown(page);
  assert.equal(note.title, "Keepers of the Coast");
  assert.match(note.links[0], /^texts\/coast\.html#/);
  assert.equal(titles(await ask(page, "coast")).length, 0, "its title is the text's");
  await page.click("[data-search-scopes] input[value=all]");
  assert.equal(titles(await ask(page, "coast"))[0], "Keepers of the Coast");
  await ask(page, "marginal");
  await page.waitForSelector("[data-results] .search-excerpt a");
  await page.click("[data-results] .search-excerpt a");
  await page.waitForURL(/texts\/coast/);
  assert.ok(await page.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null), "its address is on the page");
  assert.deepEqual(page.said, []);
});

test("on a phone nothing moves while results, names and works come", async () => {
  const observe = () => {
    window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((shift) => shift.value))).observe({ type: "layout-shift", buffered: true });
  };
  for (const query of ["Quillfeather", "keepers", "wicks"]) {
    const page = await searchPage(query, { viewport: { width: 390, height: 844 }, script: observe });
    await page.waitForFunction((q) => document.querySelector("[data-results]").dataset.query === q, query);
    await page.waitForTimeout(200);
    const moved = await page.evaluate(() => window.shifts.reduce((sum, shift) => sum + shift, 0));
    assert.ok(moved <= 0.01, `it moves by ${moved} for ${query}`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, `it scrolls sideways for ${query}`);
  }
});

test("scopes and filters, kept in the address", async () => {
  const page = await searchPage("zirconium");
  await page.waitForSelector("[data-results] .search-hit");
  await page.click("[data-search-scopes] input[value=text]");
  await page.waitForFunction(() => /Nothing/.test(document.querySelector("[data-search-status]").textContent));
  await page.click("[data-search-scopes] input[value=notes]");
  await page.waitForSelector("[data-results] .search-hit");
  assert.match(page.url(), /in=notes/);
  const filtered = await open(address(site, "search.html") + "?q=lighthouse&author=Ada+Example");
  await filtered.waitForSelector("[data-results] .search-hit");
  assert.deepEqual(titles(await shown(filtered)), ["Of Lamps"]);
  const years = await open(address(site, "search.html") + "?q=lighthouse&from=1990&to=1995");
  await years.waitForSelector("[data-results] .search-hit");
  assert.deepEqual(titles(await shown(years)), ["Keepers of the Coast"]);
  const tags = await open(address(site, "search.html") + "?q=lighthouse&tag=shores");
  await tags.waitForSelector("[data-results] .search-hit");
  assert.deepEqual(titles(await shown(tags)), ["Keepers of the Coast"]);
  assert.deepEqual([...filtered.said, ...years.said, ...tags.said], []);
});

test("the palette: keys, roles, recent queries", async () => {
  const page = await open(address(site, "texts/lamps.html"));
  await page.keyboard.press("/");
  await page.waitForSelector("dialog.search-palette[open]");
  assert.equal(await page.inputValue("#_palette"), "", "the key itself is not typed");
  await page.keyboard.type("lighthouse");
  await page.waitForFunction(() => document.querySelector("#_palette-list").dataset.query === "lighthouse");
  const state = () => page.evaluate(() => {
    const input = document.getElementById("_palette"), chosen = document.querySelector("[role=option][aria-selected=true]");
    return { active: input.getAttribute("aria-activedescendant"), chosen: chosen?.id, expanded: input.getAttribute("aria-expanded"), all: document.querySelectorAll("[role=option]").length };
  });
  let now = await state();
  assert.deepEqual([now.active, now.expanded], [now.chosen, "true"]);
  assert.ok(now.all > 2);
  await page.keyboard.press("ArrowDown");
  const next = await state();
  assert.notEqual(next.chosen, now.chosen);
  assert.equal(next.active, next.chosen);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.querySelector("dialog[open]")), null);
  await page.keyboard.press("Control+k");
  await page.waitForSelector("dialog.search-palette[open]");
  await page.fill("#_palette", "coast");
  await page.waitForFunction(() => document.querySelector("#_palette-list").dataset.query === "coast");
  await page.keyboard.press("Enter");
  await page.waitForURL(/texts\/coast\.html/);
  await page.keyboard.press("/");
  await page.waitForSelector("dialog [role=option]");
  assert.match(await page.textContent("#_palette-list"), /coast/, "the query is remembered");
  assert.deepEqual(page.said, []);
});

test("a page has its own field for the keys, and typing is typing", async () => {
  const page = await searchPage();
  await page.focus("h1 ~ *", { timeout: 100 }).catch(() => {});
  await page.fill("input[type=search]", "and");
  await page.press("input[type=search]", "/");
  assert.equal(await page.inputValue("input[type=search]"), "and/");
  assert.equal(await page.evaluate(() => document.querySelector("dialog[open]")), null);
  await ask(page, "lighthouse");
  await page.press("input[type=search]", "ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement.closest("[data-results]") !== null), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "_query");
});

test("odd queries", async () => {
  const page = await searchPage();
  const odd = [
    "x".repeat(10000), "lamp ".repeat(2000), "the of and", "a", ".*[a-z]+(?=\\d)|^$", "\"unbalanced lamp", "“lamp", "-", "--lamp", "\"\"", "   ", "🏮",
    "المنارة القديمة", "lamp\u202e", "<img src=x onerror=alert(1)>", "%", "&q=x#y",
  ];
  for (const query of odd) {
    await page.fill("input[type=search]", query);
    if (query.trim()) await page.waitForFunction((q) => document.querySelector("[data-results]").dataset.query === q, await page.inputValue("input[type=search]"));
    assert.equal(await page.evaluate(() => document.querySelector("[data-results] img")), null);
  }
  await ask(page, "lamp ".repeat(2000));
  assert.match(await status(page), /long/);
  assert.ok((await ask(page, "lighthouse")).length > 0, "it goes on working");
  assert.deepEqual(page.said, []);
});

test("the place of a hit in a long text", async () => {
  const page = await searchPage("turmeric");
  await page.waitForSelector("[data-results] .search-excerpt a");
  const [hit] = await shown(page);
  assert.equal(hit.title, "A Log of Barges");
  assert.match(hit.excerpts[0], /last barge carried turmeric/);
  const { length } = page.loaded.filter((u) => /search\/0\/x/.test(u));
  assert.equal(length, 2, "its beginning and the place");
});

test("an open quotation finds what its closed one will", async () => {
  const page = await searchPage();
  assert.deepEqual(titles(await ask(page, '"lighthouse kee')), ["Keepers of the Coast"]);
  assert.deepEqual(titles(await ask(page, '"lighthouse keeper"')), ["Keepers of the Coast"]);
  assert.equal((await ask(page, '"the l')).length > 0, true);
});

test("storage off", async () => {
  const page = await searchPage("lighthouse", { script: () => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("off", "SecurityError"); } }) });
  await page.waitForSelector("[data-results] .search-hit");
  await page.press("input[type=search]", "Enter");
  await page.fill("input[type=search]", "");
  assert.deepEqual(page.said, []);
});

test("JavaScript off", async () => {
  const page = await open(address(site, "search.html"), { javaScriptEnabled: false });
  assert.equal(await page.isVisible("input[type=search]"), false);
  assert.ok(await page.isVisible("a[href='tags/shores.html']"));
  assert.ok(await page.isVisible("main a[href='index.html']"));
  assert.ok(await page.isVisible("main a[href='names/index.html']"));
  assert.ok(await page.isVisible("main a[href^='works/']"));
});

test("files of the index missing or cut", async () => {
  const page = await open(address(broken, "search.html") + "?q=lighthouse");
  await page.waitForFunction(() => /could not be read/.test(document.querySelector("[data-search-status]").textContent));
  const whole = await open(address(broken, "no-index/search.html") + "?q=lighthouse");
  await whole.waitForFunction(() => /missing or damaged/.test(document.querySelector("[data-search-status]").textContent));
});

test("phrases are exact", async () => {
  const page = await searchPage();
  const truth = JSON.parse(readFileSync(truthFile, "utf8"));
  let seed = 20260101;
  const random = (n) => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return seed % n; };
  const phrases = [];
  while (phrases.length < 240) {
    const { blocks, between } = truth[random(truth.length)], words = blocks[random(blocks.length)];
    const length = 2 + random(3);
    if (words.length < length + 1) continue;
    const at = random(words.length - length);
    const phrase = words.slice(at, at + length);
    if (phrases.length % 6 === 5) phrase.reverse(); /* most of these stand nowhere */
    phrases.push({ phrase, text: phrase.join(between) });
  }
  const found = await page.evaluate(async (phrases) => {
    const index = new postilSearch.Index(postilSearch.loader("search/"));
    const out = [];
    for (const { text } of phrases) {
      const result = await index.search('"' + text + '"');
      out.push(await Promise.all((result.partly ? [] : result.hits).map(async (hit) => (await index.show(hit, result.units)).url)));
    }
    return out;
  }, phrases);
  let missed = 0, extra = 0, hits = 0;
  phrases.forEach(({ phrase }, i) => {
    const inside = (words) => words.some((_, at) => phrase.every((word, k) => words[at + k] === word));
    const wanted = truth.filter((text) => text.blocks.some(inside)).map((text) => text.url);
    hits += wanted.length;
    missed += wanted.filter((url) => !found[i].includes(url)).length;
    extra += found[i].filter((url) => !wanted.includes(url)).length;
  });
  assert.deepEqual({ missed, extra }, { missed: 0, extra: 0 });
  assert.ok(hits > 200);
});

let failed = 0;
for (const [name, part] of cases) {
  try {
    await part();
  } catch (error) {
    failed++;
    console.error(`${name}: ${error.message}`);
  }
  for (const context of browser.contexts()) await context.close();
}
await browser.close();
process.exit(failed ? 1 : 0);
