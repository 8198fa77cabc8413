// Opens a page of every kind of a site through other eyes: zoomed to twice its size, in a window of 320 pixels, in more
// contrast, in forced colours, by a screen reader; and with all opened that can be opened, in the light and in the dark.
//
//   node eyes.mjs SITE
//
// CHROMIUM names the browser. Says in plain words what is wrong and exits with 1.

import { readFileSync, readdirSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
const PATIENCE = 120_000; // milliseconds: the machine may have much else to do
const MOST_SHIFT = 0.01;
const PHONE = { viewport: { width: 390, height: 844 } };
const DESK = { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" };
const site = realpathSync(process.argv[2]);
const root = pathToFileURL(site + "/").href;
const faults = new Set();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/* One page of a kind; of texts the one with most notes that is not beyond measure. */
const all = readdirSync(site, { recursive: true }).filter((n) => n.endsWith(".html")).sort();
const kinds = new Map();
for (const name of all) {
  const kind = name.includes("/") && !name.endsWith("/index.html") ? name.replace(/[^/]*?(\.facsimile)?\.html$/, "*$1") : name;
  if (!kinds.has(kind)) kinds.set(kind, name);
}
const notesOf = (name) => readFileSync(join(site, name), "utf8").split("doc-noteref").length - 1;
const texts = all.filter((n) => /^texts\/[^.]+\.html$/.test(n)).map((name) => [notesOf(name), name]).filter(([n]) => n < 200).sort((a, b) => b[0] - a[0]);
if (texts.length) kinds.set("texts/*", texts[0][1]);
const text = kinds.get("texts/*");
const names = [...kinds.values()];
const word = readFileSync(join(site, text), "utf8").match(/<h1[^>]*>([^<]*)/)?.[1].split(" ").pop() ?? "a";
const found = `search.html?q=${encodeURIComponent(word)}`;
if (kinds.has("search.html")) names.push(found);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/** Opens a page in a window of its own and looks at it; whatever its console says is a fault. */
async function look(name, options, part) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const fault = (what) => faults.add(`${name}: ${what}`);
  page.on("console", (message) => fault(`console says: ${message.text()}`));
  page.on("pageerror", (error) => fault(`script fails: ${error.message}`));
  await context.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) window.shifted += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  try {
    await page.goto(root + name);
    while (await page.evaluate(() => document.documentElement.dataset.arriving)) await page.waitForTimeout(20);
    if (name === found) await page.waitForFunction(() => document.querySelector("[data-results]").dataset.query);
    await part(page, fault);
  } catch (error) {
    fault(`cannot be used: ${error.message.split("\n")[0]}`);
  }
  await context.close();
}

/** No sideways scroll. */
const fits = (how) => async (page, fault) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  const room = page.viewportSize().width;
  if (wide > room) fault(`${how}: is ${wide} px wide in ${room}`);
};

/** axe-core finds nothing in what is open. */
async function accessible(page, fault, how) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({
    resultTypes: ["violations"],
    preload: false, // it would fetch style sheets, which the pages forbid
    rules: { "heading-order": { enabled: false } }, // of the source's own headings; no rule of WCAG
  }));
  for (const { id, nodes } of violations) fault(`axe, ${how}: ${id}: ${nodes.length} × such as ${nodes[0].target} ${nodes[0].failureSummary.split("\n")[1] ?? ""}`);
}

/** A screen reader hears a table: rows, what each is about, and its cells. */
async function tables(page, fault) {
  const shown = await page.locator("table:visible").count();
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const heard = nodes.filter((n) => !n.ignored);
  const count = (...roles) => heard.filter((n) => roles.includes(n.role?.value)).length;
  if (count("table") < shown) fault(`of ${shown} tables ${count("table")} are heard`);
  const [rows, seen] = [count("row"), await page.locator("tr:visible").count()];
  if (shown && rows < seen) fault(`of ${seen} rows ${rows} are heard`);
  if (shown && !count("rowheader", "columnheader")) fault("no table says what its rows or columns are about");
  for (const cell of heard.filter((n) => n.role?.value === "cell" && n.name?.value && /^\d+$/.test(n.name.value))) {
    if (page.url().endsWith("/status.html")) fault(`a cell says “${cell.name.value}” and not of what`);
  }
}

for (const name of names) {
  await look(name, { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }, fits("at 200 %"));
  await look(name, { viewport: { width: 320, height: 256 } }, fits("at 400 %"));
  await look(name, PHONE, async (page, fault) => {
    await tables(page, fault);
    await page.waitForTimeout(200);
    const shifted = await page.evaluate(() => window.shifted);
    if (shifted > MOST_SHIFT) fault(`moves while it loads: ${shifted}`);
  });
  for (const colorScheme of ["light", "dark"]) {
    await look(name, { ...DESK, colorScheme, contrast: "more" }, (page, fault) => accessible(page, fault, `${colorScheme}, more contrast`));
    await look(name, { ...DESK, colorScheme, forcedColors: "active" }, (page, fault) => accessible(page, fault, `${colorScheme}, forced colours`));
    await look(name, { ...DESK, colorScheme }, async (page, fault) => {
      await page.evaluate(() => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
      await accessible(page, fault, `${colorScheme}, all unfolded`);
    });
  }
}
/* What comes over a page: the reader's settings, the keys, a note's card, the palette of the search. */
for (const colorScheme of ["light", "dark"]) {
  const over = [
    ["the settings", (page) => page.locator(".open-settings").click(), ".settings:visible"],
    ["the keys", (page) => page.keyboard.press("?"), ".help:visible"],
    ["a card", (page) => page.locator("a[role=doc-noteref]").first().hover(), ".note-card"],
    ["the palette", (page) => page.keyboard.press("Control+k"), ".search-palette[open]"],
  ];
  for (const [what, bring, seen] of over) {
    if ((what === "a card" && !notesOf(text)) || (what === "the palette" && !kinds.has("search.html"))) continue;
    await look(text, { ...DESK, viewport: { width: 900, height: 900 }, colorScheme }, async (page, fault) => {
      await bring(page);
      await page.locator(seen).first().waitFor().catch(() => fault(`${what} does not come`));
      await accessible(page, fault, `${colorScheme}, ${what}`);
    });
  }
}
/* A tag of another direction: what stands behind it stays behind it. */
if (kinds.has("tags/index.html")) {
  await look("tags/index.html", DESK, async (page, fault) => {
    const wrong = await page.evaluate(() => {
      if (document.documentElement.dir === "rtl") return "";
      const turned = [...document.querySelectorAll("main li")].filter((li) => /\p{Script=Arabic}/u.test(li.querySelector("a")?.textContent ?? ""));
      const astray = turned.find((li) => li.querySelector(".count").getBoundingClientRect().left < li.querySelector("a").getBoundingClientRect().right - 1);
      return astray?.textContent ?? "";
    });
    if (wrong) fault(`the count stands before its tag in “${wrong.trim()}”`);
  });
}
await browser.close();

if (faults.size) {
  console.error([...faults].map((line) => `- ${line}`).join("\n"));
  process.exit(1);
}
console.log(`${names.length} kinds of pages through other eyes: nothing wrong`);
