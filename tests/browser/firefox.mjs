// Opens a built site from disk in Firefox and does what a reader does, more briefly than run.mjs in Chromium.
//
//   node firefox.mjs SITE
//
// FIREFOX names the browser (default /usr/bin/firefox-esr). Exits with 1 if something is wrong, and says what.

import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import puppeteer from "puppeteer-core";

const site = realpathSync(process.argv[2]);
const root = pathToFileURL(site + "/").href;
const faults = new Set();

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr",
  headless: true,
  defaultViewport: null, // see `open`
  // Puppeteer lets files of one folder read each other; a reader's Firefox does not.
  extraPrefsFirefox: { "security.fileuri.strict_origin_policy": true, "privacy.file_unique_origin": true },
});
const page = await browser.newPage();
let name = "";
const fault = (what) => faults.add(`${name}: ${what}`);
page.on("console", (message) => fault(`console says: ${message.text()}`));
page.on("pageerror", (error) => fault(`script fails: ${error.message}`));
page.on("request", (request) => {
  if (!/^(file|data|blob|about):/.test(request.url())) fault(`loads ${request.url()}`);
});
const open = async (which, width = 900) => {
  name = which;
  // Puppeteer turns the screen as well, which this Firefox cannot; the size is set all the same.
  await page.setViewport({ width, height: 800 }).catch((error) => {
    if (!/setScreenOrientationOverride/.test(error.message)) throw error;
  });
  await soon(`is not ${width} px wide`, (width) => innerWidth === width, width);
  await page.goto(root + which.split("/").map(encodeURIComponent).join("/"));
  await soon("does not arrive", () => !document.documentElement.dataset.arriving);
};
const count = (selector) => page.evaluate((s) => document.querySelectorAll(s).length, selector);
/** Waits for what the test asks of the page. (Puppeteer's own way of waiting needs an `eval`, which the pages forbid.) */
const soon = async (what, test, value) => {
  for (const end = Date.now() + 8000; Date.now() < end; await new Promise((later) => setTimeout(later, 50))) {
    if (await page.evaluate(test, value)) return;
  }
  fault(what);
};

try {
  const pages = ["index.html", "authors.html", "timeline.html", "map.html", "tags/index.html", "status.html"];
  for (const which of pages.filter((p) => existsSync(join(site, p)))) {
    await open(which, 320);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 320) fault(`scrolls sideways on a phone: ${width} px`);
  }
  for (const file of readdirSync(join(site, "texts")).sort()) {
    await open(`texts/${file}`);
    if (!(await count("a[role=doc-noteref]"))) continue;
    const fonts = await page.evaluate(() => document.fonts.ready.then(() => document.fonts.check("1em Literata")));
    if (!fonts) fault("the text's face is not loaded from disk");
    const marker = await page.$("a[role=doc-noteref]");
    await marker.scrollIntoView();
    await marker.hover();
    await soon("no card on hover", () => !!document.querySelector(".note-card"));
    await page.keyboard.press("Escape");
    if (await count(".note-card")) fault("Escape does not close the card");
    await page.mouse.move(1, 1);
    const [id, note] = await page.evaluate(() => {
      const marker = document.querySelector("a[role=doc-noteref]");
      marker.click();
      return [marker.id, decodeURIComponent(marker.hash.slice(1))];
    });
    const target = () => page.evaluate(() => document.querySelector(":target")?.id);
    if ((await target()) !== note) fault("a marker does not lead to its note");
    await page.evaluate((id) => document.querySelector(`[role=doc-backlink][href="#${CSS.escape(id)}"], [role=doc-backlink][href="#${id}"]`)?.click(), id);
    if ((await target()) !== id) fault("the way back does not lead to the marker");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("?");
    if (!(await count("dialog.help[open]"))) fault("`?` shows no help");
    await page.keyboard.press("Escape");
    await open(`texts/${file}`, 1400);
    await soon("puts no note beside the text", () => !!document.querySelector(".note-beside.placed"));
    await page.click(".open-settings");
    await page.click(".settings [value=dark]");
    await page.reload();
    if ((await page.evaluate(() => document.documentElement.dataset.scheme)) !== "dark") fault("the reader's choice is forgotten");
    break;
  }
} catch (error) {
  fault(`cannot be used: ${error.message}`);
}
await browser.close();
if (faults.size) {
  console.error([...faults].map((line) => `- ${line}`).join("\n"));
  process.exit(1);
}
console.log("Firefox: nothing wrong");
