// Opens every page of a site of hostile documents, whose policy was taken out, and looks whether anything is live; then
// asks the search for them, as a page and as a palette, and looks at what it shows.
//
//   node hostile.mjs SITE
//
// CHROMIUM names the browser. Exits with 1 and says what ran, asked, loaded or could.

import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

/** Pages open at a time. */
const AT_ONCE = 4;
/** Milliseconds for a page; they are on the disk, but the machine may have much else to do. */
const PATIENCE = 180_000;
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const site = realpathSync(process.argv[2]);
const root = pathToFileURL(site + "/").href;
const faults = new Set();

function* pages(folder) {
  for (const entry of readdirSync(join(site, folder), { withFileTypes: true })) {
    const path = folder + entry.name;
    if (entry.isDirectory()) {
      if (path !== "files" && path !== "static") yield* pages(path + "/");
    } else if (path.endsWith(".html")) {
      yield path;
    }
  }
}

/** What on the page could run or load, seen from inside. Serialised: it may use nothing from around it. */
function live(root) {
  const found = [];
  const schemes = ["http:", "https:", "mailto:", "ftp:", "tel:", "doi:", "urn:"];
  if (window.__owned) found.push(`ran: ${window.__owned}`);
  const never = "iframe,frame,object,embed,applet,base,svg script,math,foreignObject,animate,set,meta[http-equiv=refresh],article style,article form,article link,article meta,article script,article input:not([type=checkbox][disabled])";
  for (const element of document.querySelectorAll(never)) found.push(`<${element.localName}> is there`);
  for (const script of document.querySelectorAll("script")) {
    const data = ["application/ld+json", "application/json"].includes(script.type);
    if (script.src ? !script.src.startsWith(root + "static/") && !script.src.startsWith(root + "search/") && !script.src.startsWith(root + "data/") : !data) found.push("a script of another kind");
    if (data) JSON.parse(script.textContent);
  }
  /* What static/reading.js sets on its own copies of notes: their places and heights. */
  const placed = (element, value) =>
    (element.matches("[data-beside] > .note-beside") && /^top: -?\d+px;$/.test(value)) ||
    (element.matches("[data-beside] > .note-beside > .inner") && /^max-height: \d+px;$/.test(value));
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name === "style" && (value === "" || placed(element, value))) continue;
      if (/^on/i.test(name) || name === "style" || name === "srcdoc") found.push(`${element.localName} has ${name}=${value}`);
      if (!["href", "src", "action", "formaction", "poster", "background", "data", "xlink:href", "ping", "srcset", "cite"].includes(name)) continue;
      let url;
      try {
        url = new URL(value, location.href);
      } catch {
        continue; // no address: it leads nowhere
      }
      const inside = url.href.startsWith(root) || (url.protocol === "file:" && url.href.split(/[?#]/)[0] === root);
      const loads = element.localName === "img" || element.localName === "link" || element.localName === "script";
      if (!inside && (loads || !schemes.includes(url.protocol))) found.push(`${element.localName} ${name}=${value} leads to ${url.href}`);
    }
  }
  return found;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
const context = await browser.newContext();
await context.addInitScript(() => {
  window.owned = (what) => (window.__owned = String(what ?? "a script"));
});
const all = [...pages("")];
const waiting = [...all];

async function look() {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  let name = "";
  const fault = (what) => faults.add(`${name}: ${what}`);
  page.on("dialog", (dialog) => (fault(`asked: ${dialog.message()}`), dialog.dismiss()));
  page.on("popup", () => fault("opened a window"));
  page.on("download", () => fault("began a download"));
  page.on("request", (request) => {
    if (!request.url().startsWith(root)) fault(`loaded ${request.url().slice(0, 100)}`);
  });
  page.on("framenavigated", (frame) => {
    if (name && frame === page.mainFrame() && decodeURIComponent(frame.url()) !== root + name && !frame.url().startsWith("about:blank")) fault(`went to ${frame.url()}`);
  });
  while ((name = waiting.shift())) {
    await page.goto(root + name.split("/").map(encodeURIComponent).join("/"));
    for (const what of await page.evaluate(live, root)) fault(what);
  }
  await page.close();
}

/** What the index is asked for: words of the hostile documents, each of all it may hold. */
const QUERIES = ["owned", "script", "\"owned 1\"", "constructor", "img src onerror", "invoice", "weir", "miller", "mills", "7"];

/** Waits until a query of the search is answered in `list`. */
const answered = (page, list, query) => page.waitForFunction(([list, query]) => document.querySelector(list)?.dataset.query === query, [list, query]);

async function search() {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  let name = "search.html";
  const fault = (what) => faults.add(`${name}: ${what}`);
  page.on("dialog", (dialog) => (fault(`asked: ${dialog.message()}`), dialog.dismiss()));
  page.on("pageerror", (error) => fault(`fails: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(root)) fault(`loaded ${request.url().slice(0, 100)}`);
  });
  const shown = { signs: 0, hits: 0 };
  const see = async (list) => {
    for (const what of await page.evaluate(live, root)) fault(what);
    const text = await page.locator(list).textContent();
    shown.hits += await page.locator(`${list} a`).count();
    shown.signs += text.split("<script>").length - 1;
  };
  await page.goto(root + name);
  await page.click("[data-search-filters] summary");
  await page.waitForSelector("[data-search-filters] select");
  const scopes = await page.$$eval("[name=in]", (all) => all.map((radio) => radio.value));
  for (const scope of scopes) {
    const before = shown.hits;
    for (const query of QUERIES) {
      name = `search.html, ${query} in ${scope}`;
      await page.goto(`${root}search.html?q=${encodeURIComponent(query)}&in=${scope}`);
      await answered(page, "[data-results]", query);
      await see("[data-results]");
    }
    if (shown.hits === before) fault("nothing is found");
  }
  const [tags, authors] = await (async () => {
    await page.click("[data-search-filters] summary");
    await page.waitForSelector("[data-search-filters] select");
    return page.$$eval("[data-search-filters] select", (all) => all.map((s) => [...s.options].map((o) => o.value).filter(Boolean)));
  })();
  for (const [key, values] of [["tag", tags], ["author", authors]]) {
    const hostile = values.filter((value) => /[<"'{]/.test(value));
    if (!hostile.length) fault(`no ${key} is hostile`);
    for (const value of hostile) {
      name = `search.html, ${key} ${value}`;
      await page.goto(`${root}search.html?q=words&${key}=${encodeURIComponent(value)}`);
      await answered(page, "[data-results]", "words");
      await see("[data-results]");
    }
  }
  await page.goto(root + "index.html");
  for (const query of QUERIES) {
    name = `the palette, ${query}`;
    if (!(await page.locator("#_palette").isVisible().catch(() => false))) await page.keyboard.press("Control+k");
    await page.fill("#_palette", query);
    await answered(page, "#_palette-list", query);
    await see("#_palette-list");
  }
  name = "the search";
  if (!shown.signs) fault("no hostile words are among what it shows");
  await page.close();
  return shown.hits;
}

await Promise.all(Array.from({ length: AT_ONCE }, look));
const hits = await search();
await browser.close();
for (const fault of [...faults].sort()) console.log(fault);
console.log(`${all.length} pages opened without their policy and ${hits} links of the search looked at, ${faults.size} faults`);
process.exit(faults.size ? 1 : 0);
