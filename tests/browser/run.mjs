// Opens a built site in Chromium and does what a reader does: from disk, and from a server under a sub-path.
//
//   node run.mjs SITE
//
// CHROMIUM names the browser (default /usr/bin/chromium). Says in plain words what is wrong and exits with 1;
// with 2 if it could not look at all.

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { look } from "./links.mjs";
import { serve } from "./serve.mjs";

const PHONE = { width: 320, height: 640 };
const DESK = { width: 1280, height: 900 };
/** Markers clicked on a page: enough to meet each kind, few enough for a long text. */
const MARKERS_A_PAGE = 8;
/** Pages of a kind that are opened, evenly out of all (what needs no browser is looked at on every page), and texts on
 *  which notes are clicked. */
const PAGES_A_KIND = 6;
const TEXTS_CLICKED = 4;
/** Milliseconds that a browser may take to scroll: the machine may have much else to do. */
const SCROLLED = 20_000;
/** Layout shift that is let pass: what a line or two make on a page whose faces came late. */
const MOST_SHIFT = 0.02;
/** Pages open at a time. */
const AT_ONCE = 3;
/** Milliseconds for one click; pages are on the disk, but the machine may have much else to do. */
const PATIENCE = 60_000;
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const faults = new Set();
const fault = (page, what) => faults.add(`${page}: ${what}`);

if (!process.argv[2] || !existsSync(join(process.argv[2], "index.html"))) {
  console.error("run.mjs: which site? It is the folder that holds index.html.");
  process.exit(2);
}
const site = realpathSync(process.argv[2]);
/** Where the site is looked at: first from disk. */
let root = pathToFileURL(site + "/").href;
const kindOf = (name) =>
  name.includes("/") && !name.endsWith("/index.html") ? name.replace(/[^/]*?(\.facsimile)?\.html$/, "*$1") : name;

/** Does a part of the test; what it cannot do there is a fault of the page. */
async function attempt(name, part) {
  try {
    return await part();
  } catch (error) {
    fault(name, `cannot be used: ${String(error.message).split("\n")[0]}`);
    return 0;
  }
}

/** A new page that reports whatever a reader's console would show, and whatever is loaded from elsewhere. */
async function open(context, name) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  watch(page, () => name);
  await go(page, name);
  return page;
}

/** Opens a page and waits until all of it is shown (static/postil.js). */
async function go(page, name) {
  await page.goto(root + name.split("/").map(encodeURIComponent).join("/"));
  while (await page.evaluate(() => document.documentElement.dataset.arriving)) await page.waitForTimeout(20);
}

function watch(page, current) {
  const fault = (what) => faults.add(`${current()}: ${what}`);
  page.on("console", (message) => fault(`console says: ${message.text()}`));
  page.on("pageerror", (error) => fault(`script fails: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(root) && !url.startsWith("data:")) fault(`loads ${url}`);
  });
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") fault(`cannot load ${request.url()}`); // aborted: we left
  });
}

/** Opens pages on a phone: nothing scrolls sideways, nothing fails. */
async function phones(browser, names) {
  const context = await browser.newContext({ viewport: PHONE });
  const waiting = [...names];
  const visit = async () => {
    const page = await context.newPage();
    let name;
    watch(page, () => name);
    while ((name = waiting.shift())) {
      await go(page, name);
      const [width, widest] = await page.evaluate(() => {
        const width = document.documentElement.scrollWidth;
        if (width <= innerWidth) return [width];
        const over = (e) => e.getBoundingClientRect().right > innerWidth + 1;
        const widest = [...document.querySelectorAll("body *")].filter(over).pop();
        return [width, widest && `${widest.tagName.toLowerCase()}.${widest.className}`];
      });
      if (width > PHONE.width) fault(name, `scrolls sideways on a phone: ${width} px (${widest})`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visit));
  await context.close();
}

/** On a phone the titles in a picture stand within it, none cut off by its edge. */
async function pictures(browser) {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  for (const name of ["timeline.html", "map.html"]) {
    const page = await open(context, name);
    const cut = await page.evaluate(() => [...document.querySelectorAll(".figure svg .name")].filter((label) => {
      const box = label.getBoundingClientRect();
      return box.width && box.right > label.closest(".figure").getBoundingClientRect().right;
    }).map((label) => label.textContent));
    if (cut.length) fault(name, `cuts titles off on a phone: ${cut.join(", ")}`);
    await page.close();
  }
  await context.close();
}

/** So many of a list, evenly out of it. */
const some = (list, most) => list.filter((_, i) => Math.floor((i * most) / list.length) !== Math.floor(((i - 1) * most) / list.length));

/** Whether what an address named is the target, and to be seen: a browser scrolls there with its next picture or so. */
async function shown(page, id) {
  for (const end = Date.now() + SCROLLED; ; await page.waitForTimeout(50)) {
    const now = await seen(page, id);
    if ((now.target && now.visible) || Date.now() > end) return now;
  }
}
const seen = (page, id) =>
  page.evaluate((id) => {
    const element = document.getElementById(id);
    const seen = (e) => {
      const box = e?.getBoundingClientRect();
      return !!box && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    };
    const beside = seen(document.querySelector(".note-beside.placed.chosen")) && location.hash === `#${id}`;
    return { target: beside || !!element?.matches(":target"), visible: beside || seen(element) };
  }, id);

/** From the marker to its note, and back by the note's way back to this very marker. */
async function notes(context, name, most) {
  const page = await open(context, name);
  const markers = await page.evaluate(() =>
    [...document.querySelectorAll("a[role=doc-noteref]")].map((a) => [a.id, decodeURIComponent(a.hash.slice(1))]));
  const step = Math.max(1, Math.floor(markers.length / most));
  for (const [marker, note] of markers.filter((_, i) => i % step === 0).slice(0, most)) {
    await page.locator(`[id="${marker}"]`).click();
    const there = await shown(page, note);
    if (!there.target) fault(name, `the click on marker ${marker} does not lead to note ${note}`);
    if (!there.visible) fault(name, `note ${note} is not to be seen after a click on its marker`);
    const back = page.locator(`[id="${note}"] a[role=doc-backlink][href="#${marker}"]`);
    if ((await back.count()) !== 1) {
      fault(name, `note ${note} has ${await back.count()} ways back to marker ${marker}`);
      continue;
    }
    await back.click();
    const here = await shown(page, marker);
    if (!here.target || !here.visible) fault(name, `the way back from note ${note} does not lead to marker ${marker}`);
  }
  await page.close();
  return markers.length;
}

/** The card: by pointer, by keyboard, by touch; it holds the note, stands outside the article, and closes. */
async function card(browser, name) {
  const context = await browser.newContext({ viewport: { width: 900, height: 900 } }); // no room beside the text
  const page = await open(context, name);
  const marker = page.locator("a[role=doc-noteref]").first();
  const box = page.locator(".note-card");
  await marker.scrollIntoViewIfNeeded();
  await marker.hover();
  await box.waitFor({ timeout: PATIENCE }).catch(() => fault(name, "no card on hover"));
  if (await box.count()) {
    const wrong = await page.evaluate(() => {
      const card = document.querySelector(".note-card");
      const marker = document.querySelector("a[role=doc-noteref]");
      const note = document.getElementById(decodeURIComponent(marker.hash.slice(1))).cloneNode(true);
      note.querySelectorAll("[role=doc-backlink]").forEach((link) => link.remove());
      const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
      if (card.closest("article")) return "stands in the article";
      if (!card.matches("[data-generated]")) return "is not marked as generated";
      if (card.querySelector("[id]")) return "repeats ids";
      return words(card) === words(note) ? "" : `holds “${words(card)}” and not “${words(note)}”`;
    });
    if (wrong) fault(name, `the card ${wrong}`);
    await box.hover();
    await page.waitForTimeout(500);
    if (!(await box.count())) fault(name, "the card closes when the pointer enters it");
    await page.keyboard.press("Escape");
    if (await box.count()) fault(name, "Escape does not close the card");
  }
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.querySelector("a[role=doc-noteref]").focus());
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  if (!(await box.count())) fault(name, "no card when a marker gets the focus by keyboard");
  await page.keyboard.press("Escape");
  const focus = await page.evaluate(() => document.activeElement === document.querySelector("a[role=doc-noteref]"));
  if (!focus) fault(name, "the focus is not on the marker after Escape");
  await context.close();

  const touch = await browser.newContext({ viewport: PHONE, hasTouch: true, isMobile: true });
  const phone = await open(touch, name);
  await phone.locator("a[role=doc-noteref]").first().tap();
  const tapped = phone.locator(".note-card");
  if (!(await tapped.count())) fault(name, "no card on a tap");
  else {
    const inside = await tapped.evaluate((e) => {
      const box = e.getBoundingClientRect();
      return box.left >= 0 && box.right <= innerWidth;
    });
    if (!inside) fault(name, "the card does not fit on a phone");
    await tapped.locator("a.to-note").tap();
    if (!(await phone.evaluate(() => document.querySelector(":target")))) fault(name, "the card does not lead to the note");
  }
  await touch.close();
}

/** Beside the text: a copy of every note, generated, without ids, none on another; the marker lights its note up. */
async function beside(context, name) {
  const page = await open(context, name);
  await page.waitForFunction(() => document.querySelector(".note-beside.placed"), null, { timeout: PATIENCE })
    .catch(() => fault(name, "puts no note beside the text"));
  const wrong = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll(".note-beside.placed")];
    if (boxes.some((b) => b.closest("article") || b.querySelector("[id]"))) return "copies stand in the article or repeat ids";
    if (!document.querySelector("[data-beside][data-generated]")) return "copies are not marked as generated";
    const places = boxes.map((b) => b.getBoundingClientRect()).sort((a, b) => a.top - b.top);
    const hit = places.findIndex((b, i) => i > 0 && b.top < places[i - 1].bottom - 1);
    return hit > 0 ? `copy ${hit} stands on the one before it` : "";
  });
  if (wrong) fault(name, `beside the text: ${wrong}`);
  const marker = page.locator("a[role=doc-noteref]").first();
  await marker.hover();
  if (!(await page.locator(".note-beside.lit, .note-card").count())) {
    await page.waitForTimeout(400);
    if (!(await page.locator(".note-beside.lit, .note-card").count())) fault(name, "a marker does not light its note up");
  }
  if (await page.locator(".note-beside.lit").count()) {
    const before = await page.evaluate(() => scrollY);
    await marker.click();
    await page.waitForTimeout(100);
    if ((await page.evaluate(() => scrollY)) !== before) fault(name, "a click on a marker leads away from the note beside it");
    if (!(await page.locator(".note-beside.chosen").count())) fault(name, "a click on a marker does not mark the note beside it");
  }
  await page.close();
}

/** Single keys: `n` and `p` go between markers, `?` explains; dead while typing and when switched off. */
async function keyboard(browser, name) {
  const context = await browser.newContext({ viewport: DESK });
  const page = await open(context, name);
  const at = () => page.evaluate(() => document.activeElement?.id);
  const ids = await page.evaluate(() => [...document.querySelectorAll("a[role=doc-noteref]")].map((a) => a.id));
  await page.evaluate((id) => document.getElementById(id).focus(), ids[0]);
  if (ids.length > 1) {
    await page.keyboard.press("n");
    if ((await at()) !== ids[1]) fault(name, "`n` does not lead to the next marker");
    await page.keyboard.press("p");
    if ((await at()) !== ids[0]) fault(name, "`p` does not lead to the marker before");
  }
  await page.keyboard.press("?");
  const help = page.locator("dialog.help");
  if (!(await help.isVisible())) fault(name, "`?` shows no help");
  await page.keyboard.press("Escape");
  if (await help.isVisible()) fault(name, "Escape does not close the help");
  await page.locator(".open-settings").click();
  await page.locator("[name=keys]").uncheck();
  await page.keyboard.press("Escape");
  if (await page.locator(".settings").isVisible()) fault(name, "Escape does not close the settings");
  await page.keyboard.press("?");
  if (await help.isVisible()) fault(name, "single keys cannot be switched off");
  await context.close();
  const typing = await browser.newContext({ viewport: DESK });
  const index = await open(typing, "index.html");
  const input = index.locator("[data-filter] input");
  if (await input.isVisible()) {
    await input.focus();
    await index.keyboard.type("?i");
    if ((await input.inputValue()) !== "?i") fault("index.html", "single keys are alive while somebody types");
  }
  await typing.close();
}

/** Printed: the notes are there, nothing to click is. */
async function print(context, name) {
  const page = await open(context, name);
  await page.emulateMedia({ media: "print" });
  const wrong = await page.evaluate(() => {
    const seen = (selector) => [...document.querySelectorAll(selector)].some((e) => e.getClientRects().length);
    if (!seen("[role=doc-endnotes] li")) return "shows no notes";
    const control = ["button", "input", ".masthead nav", ".contents", ".beside", "[role=doc-backlink]"].find(seen);
    return control ? `shows ${control}` : "";
  });
  if (wrong) fault(name, `printed, it ${wrong}`);
  await page.close();
}

/** axe-core finds nothing, with all its rules, in the light and in the dark. */
async function accessible(browser, names) {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: DESK, colorScheme, reducedMotion: "reduce" });
    for (const name of names) {
      const page = await open(context, name);
      await page.evaluate(source);
      const found = await page.evaluate(() => axe.run({
        resultTypes: ["violations"],
        preload: false, // it would fetch style sheets, which the pages forbid
        rules: { "heading-order": { enabled: false } }, // of the source's own headings; no rule of WCAG
      }));
      for (const { id, nodes } of found.violations) {
        fault(name, `axe, ${colorScheme}: ${id}: ${nodes.length} × such as ${nodes[0].target} ${nodes[0].failureSummary.split("\n")[1] ?? ""}`);
      }
      await page.close();
    }
    await context.close();
  }
}

/** What is shown stays where it is while a page loads. (More than a hair only where the machine has so much else to do
 *  that the faces come later than the page waits for them.) */
async function still(browser, names) {
  for (const viewport of [PHONE, DESK]) {
    const context = await browser.newContext({ viewport });
    await context.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) window.shifted += shift.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    for (const name of names) {
      const page = await open(context, name);
      await page.waitForTimeout(200);
      const shifted = await page.evaluate(() => window.shifted);
      if (shifted > MOST_SHIFT) fault(name, `moves while it loads, ${viewport.width} px wide: ${shifted}`);
      await page.close();
    }
    await context.close();
  }
}

/** Storage that throws, fonts that do not come, a hash to nothing: the page is there, and so is its card. */
async function bad(browser, name) {
  const context = await browser.newContext({ viewport: { width: 900, height: 900 } });
  await context.addInitScript(() => {
    for (const method of ["getItem", "setItem", "removeItem"]) {
      Storage.prototype[method] = () => { throw new DOMException("forbidden", "SecurityError"); };
    }
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => fault(name, `without storage and fonts: ${error.message}`));
  await page.route(/\.woff2$/, (route) => route.abort());
  await page.goto(`${root}${name}#nothing-of-the-kind-%E0%A4%A`);
  await page.locator("a[role=doc-noteref]").first().hover();
  await page.locator(".note-card").waitFor().catch(() => fault(name, "no card without storage and fonts"));
  await page.locator(".open-settings").click();
  await page.locator(".settings label", { has: page.locator("[value=dark]") }).click();
  if ((await page.evaluate(() => document.documentElement.dataset.scheme)) !== "dark") fault(name, "no colours without storage");
  await context.close();
}

/** Sorted in place, the index stands as the page that is sorted so. */
async function index(context) {
  const order = (page) => page.evaluate(() => [...document.querySelectorAll("[data-sortable] .title > a")].map((a) => a.getAttribute("href")));
  const page = await open(context, "index.html");
  for (const [column, name] of [["author", "by-author.html"], ["date", "by-date.html"], ["length", "by-length.html"], ["title", "index.html"]]) {
    await page.locator(`[data-sortable] thead .${column} a`).click();
    const sorted = await open(context, name);
    if (String(await order(page)) !== String(await order(sorted))) fault("index.html", `sorts otherwise than ${name}`);
    await sorted.close();
  }
  const input = page.locator("[data-filter] input");
  if (await input.isVisible()) {
    await input.fill("no text has these words zzqx");
    if (await page.locator("[data-sortable] tbody tr:visible").count()) fault("index.html", "cannot be narrowed");
  }
  await page.close();
}

/** What a reader chose is so on the next page. */
async function settings(browser) {
  const context = await browser.newContext({ viewport: DESK, colorScheme: "light" });
  const page = await open(context, "index.html");
  const look = () => page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return [style.backgroundColor, style.fontSize].join();
  });
  const before = await look();
  await page.locator(".open-settings").click();
  await page.locator(".settings label", { has: page.locator("[value=dark]") }).click();
  await page.locator("[data-step='1']").click();
  const chosen = await look();
  if (chosen.split(",").some((part, i) => before.split(",")[i] === part && !part.includes(" "))) fault("index.html", "colours or size cannot be chosen");
  await page.reload();
  if ((await look()) !== chosen) fault("index.html", "the reader's choice is forgotten");
  await context.close();
}

let chromium;
try {
  ({ chromium } = await import("playwright-core"));
} catch {
  console.error(`run.mjs: playwright-core is missing; run "npm ci" in ${fileURLToPath(new URL(".", import.meta.url))}`);
  process.exit(2);
}
const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
if (!existsSync(executablePath)) {
  console.error(`run.mjs: there is no browser at ${executablePath}`);
  process.exit(2);
}
const names = look(site, fault);
const kinds = new Map();
for (const name of names) kinds.set(kindOf(name), [...(kinds.get(kindOf(name)) ?? []), name]);

const browser = await chromium.launch({ executablePath, args: FLAGS });
const context = await browser.newContext({ viewport: DESK });
await attempt("phones", () => phones(browser, [...kinds.values()].flatMap((all) => some(all, PAGES_A_KIND))));

let clicked = 0;
let withNotes = null;
for (const name of some(kinds.get("texts/*") ?? [], TEXTS_CLICKED)) {
  const markers = await attempt(name, () => notes(context, name, MARKERS_A_PAGE));
  clicked += Math.min(markers, MARKERS_A_PAGE);
  if (markers && !withNotes) withNotes = name;
}
const firsts = [...kinds.values()].map((some) => (withNotes && some.includes(withNotes) ? withNotes : some[0]));
const plain = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
/** What is looked at wherever the site lies. */
async function everywhere() {
  if (withNotes) {
    for (const part of [beside, print]) await attempt(withNotes, () => part(context, withNotes));
    for (const part of [card, keyboard]) await attempt(withNotes, () => part(browser, withNotes));
    await attempt(withNotes, () => notes(plain, withNotes, MARKERS_A_PAGE));
  }
  await attempt("index.html", () => index(context));
  await attempt("index.html", () => settings(browser));
  for (const name of firsts) {
    await attempt(name, async () => {
      const page = await open(plain, name);
      if (!(await page.locator("h1").first().isVisible())) fault(name, "shows no heading without scripts");
      await page.close();
    });
  }
}
await everywhere();
if (withNotes) await attempt(withNotes, () => bad(browser, withNotes));
await attempt("pictures", () => pictures(browser));
await attempt("still", () => still(browser, firsts));
await attempt("axe-core", () => accessible(browser, firsts));

const server = await serve(site, "/some/where/");
root = server.root;
await everywhere();
for (const name of firsts) await attempt(name, async () => (await open(context, name)).close());
await server.close();
await browser.close();

if (faults.size) {
  console.error([...faults].map((line) => `- ${line}`).join("\n"));
  console.error(`${faults.size} faults on ${names.length} pages`);
  process.exit(1);
}
console.log(`${names.length} pages of ${kinds.size} kinds, ${clicked} markers clicked: nothing wrong`);
