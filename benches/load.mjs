// How long a page of a built site keeps its reader waiting while it loads: the longest task of its main thread, and how
// far what is already shown is moved (layout shift), in Chromium with the processor slowed to a quarter.
//
//   node benches/load.mjs SITE PAGE [RUNS] [WIDTH…]
//
// PAGE is such as `texts/essay.html`; RUNS (default 9) are loads of either kind, each in a browser of its own with nothing
// in its cache; WIDTHs (default 390 1280) are the windows. Chromium calls a task of over 50 ms long. Two figures, median
// and greatest of the runs:
//
// * `computed`: four times what the longest task ran on the processor at full speed. It hardly depends on what else the
//   machine does.
// * `slowed`: what the longest task lasted by the clock, slowed down by Chromium itself. Whatever else runs on the machine
//   is in it: without a processor left for the page alone it says nothing.

import { createRequire } from "node:module";
import { readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const SLOWER = 4;
const SETTLED = 2500; // milliseconds after the load: all that a page does of itself is done
const [, , site, name, runs = "9", ...widths] = process.argv;
const modules = createRequire(new URL("../tests/browser/package.json", import.meta.url));
const puppeteer = modules("puppeteer-core").default ?? modules("puppeteer-core");
const address = pathToFileURL(join(realpathSync(site), name)).href;

/** One load at this speed: the page's tasks from the longest on, each with what it was spent on, and the layout shift. */
async function load(width, slower) {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
  });
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.evaluateOnNewDocument(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) window.shifted += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.emulateCPUThrottling(slower);
  const trace = join(tmpdir(), `postil-load-${process.pid}.json`);
  await page.tracing.start({ path: trace, categories: ["devtools.timeline", "toplevel", "disabled-by-default-devtools.timeline"] });
  await page.goto(address);
  await new Promise((resolve) => setTimeout(resolve, SETTLED));
  await page.tracing.stop();
  const shift = await page.evaluate(() => window.shifted);
  await browser.close();
  const { traceEvents: events } = JSON.parse(readFileSync(trace, "utf8"));
  rmSync(trace);
  return { shift, tasks: tasksOf(events, slower === 1 ? (e) => (e.tdur * SLOWER) / 1000 : (e) => e.dur / 1000) };
}

/** The tasks of the thread that laid the page out, from when its first byte is there; `cost` is the milliseconds of one. */
function tasksOf(events, cost) {
  const own = events.find((e) => e.name === "ParseHTML" && e.args?.beginData?.url === address);
  const ours = events.filter((e) => e.ph === "X" && e.pid === own.pid && e.tid === own.tid);
  return ours.filter((e) => e.name === "RunTask" && e.ts + e.dur >= own.ts).map((task) => {
    const parts = new Map();
    for (const e of ours) {
      if (e.ts < task.ts || e.ts + e.dur > task.ts + task.dur || cost(e) < 2 || /RunTask|mojo/.test(e.name)) continue;
      const called = e.name === "Layout" && e.args?.beginData?.stackTrace ? "Layout, forced by a script" : e.name;
      parts.set(called, (parts.get(called) ?? 0) + cost(e));
    }
    return { ms: cost(task), at: (task.ts - own.ts) / 1000, parts: [...parts].sort((a, b) => b[1] - a[1]) };
  }).sort((a, b) => b.ms - a.ms);
}

for (const width of widths.length ? widths.map(Number) : [390, 1280]) {
  for (const [how, slower] of [["computed", 1], ["slowed", SLOWER]]) {
    const all = [];
    for (let run = 0; run < Number(runs); run += 1) all.push(await load(width, slower));
    all.sort((a, b) => a.tasks[0].ms - b.tasks[0].ms);
    const middle = all[all.length >> 1].tasks[0].ms, { tasks } = all.at(-1);
    const shift = Math.max(...all.map((l) => l.shift)).toFixed(5);
    console.log(`${width} px, ${how}: longest task ${middle.toFixed(0)} ms, at most ${tasks[0].ms.toFixed(0)} ms; layout shift at most ${shift}`);
    for (const { ms, at, parts } of tasks.slice(0, 2)) {
      console.log(`  ${ms.toFixed(0)} ms, ${at.toFixed(0)} ms after the first byte: ${parts.slice(0, 6).map(([what, ms]) => `${what} ${ms.toFixed(0)}`).join(", ")}`);
    }
  }
}
