// Searches a built site from disk in Firefox, more briefly than search.mjs in Chromium.
//
//   node search-firefox.mjs SITE
//
// FIREFOX names the browser (default /usr/bin/firefox-esr). Says what is wrong and exits with 1.

import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

import puppeteer from "puppeteer-core";

const root = pathToFileURL(realpathSync(process.argv[2]) + "/").href;
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr",
  headless: true,
  // Puppeteer lets files of one folder read each other; a reader's Firefox does not.
  extraPrefsFirefox: { "security.fileuri.strict_origin_policy": true, "privacy.file_unique_origin": true },
});
const page = await browser.newPage();
page.setDefaultTimeout(60000);
const said = [];
page.on("console", (message) => said.push(message.text()));
page.on("pageerror", (error) => said.push(error.message));

/** Waits until a function of the page is true; Puppeteer's own waiting ends when a query is put into the address. */
async function until(test, ...values) {
  for (const end = Date.now() + 60000; !(await page.evaluate(test, ...values).catch(() => false));) {
    if (Date.now() > end) throw new Error("waited in vain for " + test);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks a query in the page; the titles that it shows. */
async function ask(query) {
  await page.evaluate((query) => {
    const input = document.querySelector("input[type=search]");
    input.value = query;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, query);
  await until((q) => document.querySelector("[data-results]").dataset.query === q, query);
  return page.$$eval("[data-results] .search-hit h2", (titles) => titles.map((title) => title.textContent));
}

try {
  await page.goto(root + "search.html");
  assert.deepEqual(await ask("kerosene"), ["Of Lamps"]);
  assert.deepEqual(await ask("ecluse"), ["Les Écluses"]);
  assert.deepEqual(await ask("灯台"), ["灯台の話"]);
  assert.deepEqual(await ask('"lighthouse keeper"'), ["Keepers of the Coast"]);
  assert.equal((await ask("x".repeat(10000))).length, 0);
  assert.deepEqual(await ask("zirconium"), ["Of Lamps"]);
  const href = await page.$eval("[data-results] .search-excerpt a", (link) => link.href);
  await page.goto(href);
  await until(() => "shown" in document.documentElement.dataset);
  const words = await page.evaluate(() => {
    const copy = document.querySelector(".note-card, .note-beside.lit");
    return globalThis.CSS.highlights ? [...CSS.highlights.get("postil-search")].filter((range) => copy.contains(range.startContainer)).map(String) : [];
  });
  assert.deepEqual(words, ["zirconium"]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await until(() => document.querySelector("dialog.search-palette[open]") !== null);
  await page.keyboard.type("coast");
  await until(() => document.querySelector("#_palette-list").dataset.query === "coast");
  await page.keyboard.press("Enter");
  await until(() => /coast\.html/.test(location.href));
  assert.deepEqual(said, []);
} catch (error) {
  console.error(`Firefox: ${error.message}`);
  process.exitCode = 1;
}
await browser.close();
