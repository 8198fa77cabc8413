// How soon a reader sees the first result: medians, in Chromium and Firefox, from disk.
//
//   node benches/search-latency.mjs SITE chromium|firefox RARE-WORD [RUNS]
//
// SITE is built; RARE-WORD stands in few of its texts. `cold` is from the key to the first result on a page that has
// loaded nothing of the index yet; `opened` from the call of a page with the query in its address; `keys` is the slowest
// letter of a word typed behind a query that was answered. `processors` is what all processes of the browser ran for a
// cold query, with all its results shown: what it would last at most on a machine that has nothing else to do.

import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , site, name, rare, runs = "7"] = process.argv;
const modules = createRequire(new URL("../tests/browser/package.json", import.meta.url));
const puppeteer = modules("puppeteer-core").default ?? modules("puppeteer-core");
const browser = await puppeteer.launch(name === "firefox"
  ? {
    browser: "firefox",
    executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr",
    headless: true,
    // Puppeteer lets files of one folder read each other; a reader's Firefox does not.
    extraPrefsFirefox: { "security.fileuri.strict_origin_policy": true, "privacy.file_unique_origin": true },
  }
  : { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
const address = pathToFileURL(realpathSync(site) + "/search.html").href;
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

async function opened(url) {
  const page = await browser.newPage();
  page.setDefaultTimeout(120000);
  await page.goto(url);
  return page;
}
/** Milliseconds from the input of a query to its first result. */
const ask = (page, query) => page.evaluate((query) => new Promise((resolve) => {
  const results = document.querySelector("[data-results]"), input = document.querySelector("input[type=search]");
  const start = performance.now();
  const seen = new MutationObserver(() => {
    if (!results.querySelector(".search-hit:not([hidden])")) return;
    seen.disconnect();
    resolve(performance.now() - start);
  });
  seen.observe(results, { childList: true });
  input.value = query;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}), query);

/** Milliseconds that all threads of the browser have run; Linux alone says. */
function ran() {
  const children = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop().split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
    } catch { /* it is gone */ }
  }
  const all = [browser.process().pid];
  for (const pid of all) all.push(...(children.get(pid) ?? []));
  let sum = 0;
  for (const pid of all) {
    try {
      for (const task of readdirSync(`/proc/${pid}/task`)) sum += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1e6;
    } catch { /* as above */ }
  }
  return sum;
}

const kinds = { rare, common: "the", phrase: "\"of the\"", long: "\"that of the\"" };
const times = {};
for (let run = 0; run < Number(runs); run++) {
  for (const [kind, query] of Object.entries(kinds)) {
    const page = await opened(address);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const before = ran(), of = (times[kind] ??= { cold: [], processors: [], opened: [], keys: [] });
    of.cold.push(await ask(page, query));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    of.processors.push(ran() - before);
    const keys = [];
    for (let letters = 2; letters <= 6; letters++) keys.push(await ask(page, `${query} ${"watersi".slice(0, letters)}`));
    of.keys.push(Math.max(...keys));
    await page.close();
    const start = performance.now();
    const called = await opened(address + "?q=" + encodeURIComponent(query));
    await called.waitForSelector(".search-hit:not([hidden])");
    of.opened.push(performance.now() - start);
    await called.close();
  }
}
await browser.close();
console.log(`${name}, ${runs} runs, load ${loadavg()[0].toFixed(1)}`);
for (const [kind, all] of Object.entries(times)) {
  console.log(kind.padEnd(8), Object.entries(all).map(([what, list]) => `${what} ${median(list).toFixed(0)} ms`).join(", "));
}
