// Opens the texts of a site as readers with other eyes do: a window zoomed to twice and four times its size, the largest
// letters, forced colours, more contrast, less motion, on paper; with storage that is full; by keyboard alone.
//
//   node hard.mjs SITE
//
// CHROMIUM names the browser. Says in plain words what is wrong and exits with 1.

import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
const PATIENCE = 120_000; // milliseconds: the machine may have much else to do
const site = realpathSync(process.argv[2]);
const root = pathToFileURL(site + "/").href;
const faults = new Set();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
const texts = readdirSync(join(site, "texts")).filter((n) => n.endsWith(".html") && !n.includes(".facsimile.")).map((n) => `texts/${n}`);

/** Opens a page in a window of its own and looks at it; whatever its console says is a fault. */
async function look(name, options, part) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const fault = (what) => faults.add(`${name}: ${what}`);
  page.on("console", (message) => fault(`console says: ${message.text()}`));
  page.on("pageerror", (error) => fault(`script fails: ${error.message}`));
  try {
    if (options.before) await context.addInitScript(options.before);
    await page.goto(root + name.split("/").map(encodeURIComponent).join("/"));
    while (await page.evaluate(() => document.documentElement.dataset.arriving)) await page.waitForTimeout(20);
    await part(page, fault);
  } catch (error) {
    fault(`cannot be used: ${error.message.split("\n")[0]}`);
  }
  await context.close();
}

/** No sideways scroll, and no word of the text cut off at its edge. */
const fits = (how) => async (page, fault) => {
  const wrong = await page.evaluate(() => {
    if (document.documentElement.scrollWidth > innerWidth) return `is ${document.documentElement.scrollWidth} px wide in ${innerWidth}`;
    const edge = document.querySelector(".prose").getBoundingClientRect();
    /* Of the words: what surrounds a marker to be tapped may reach beyond them. */
    const words = document.createRange();
    const isCut = (e) => {
      words.selectNodeContents(e);
      const box = e.getBoundingClientRect();
      return words.getBoundingClientRect().right > box.right + 1 || box.right > edge.right + 1;
    };
    const cut = [...document.querySelectorAll(".text-head h1, .prose > :is(p, h2)")].find(isCut);
    return cut ? `cuts “${cut.textContent.slice(0, 20)}…”` : "";
  });
  if (wrong) fault(`${how}: ${wrong}`);
};

for (const name of texts) {
  /* A window of 1280 pixels at 200 % and at 400 %. */
  await look(name, { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }, fits("at 200 %"));
  await look(name, {
    viewport: { width: 320, height: 256 },
    before: () => localStorage.setItem("postil-size", "3"),
  }, fits("at 400 % with the largest letters"));
}

const text = texts.find((name) => name.endsWith("margin.html")) ?? texts[0];
const DESK = { viewport: { width: 1280, height: 900 } };
await look(text, { ...DESK, forcedColors: "active" }, async (page, fault) => {
  const marker = await page.evaluate(() => {
    document.querySelector("a[role=doc-noteref]").classList.add("lit");
    return getComputedStyle(document.querySelector("a[role=doc-noteref]")).outlineStyle;
  });
  if (marker === "none") fault("in forced colours a marker that is lit looks like any other");
});
await look(text, { ...DESK, contrast: "more" }, async (page, fault) => {
  const [ink, paper] = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.documentElement);
    return [color, backgroundColor];
  });
  if (ink !== "rgb(0, 0, 0)" || paper !== "rgb(255, 255, 255)") fault(`more contrast is ${ink} on ${paper}`);
});
await look(text, { ...DESK, reducedMotion: "reduce" }, async (page, fault) => {
  const moving = await page.evaluate(() => document.getAnimations().length);
  if (moving) fault(`${moving} things move though the reader wants none to`);
});
await look(text, DESK, async (page, fault) => {
  const paper = await page.pdf({ preferCSSPageSize: true });
  if (!paper.subarray(0, 5).equals(Buffer.from("%PDF-"))) fault("does not become a PDF");
});
/* On paper a link's address stands behind its words, and not a second time where they are the address. */
await look(texts.find((name) => name.endsWith("/long.html")) ?? text, DESK, async (page, fault) => {
  await page.emulateMedia({ media: "print" });
  const links = await page.evaluate(() => [...document.querySelectorAll(".prose a[href^=http]")].map((a) =>
    [a.textContent.trim(), a.getAttribute("href"), getComputedStyle(a, "::after").content]));
  if (!links.length) fault("on paper: has no link to look at");
  for (const [words, href, behind] of links) {
    const wanted = words === href ? behind === "none" : behind.includes(href);
    if (!wanted) fault(`on paper: behind “${words.slice(0, 30)}” stands ${behind.slice(0, 40)}`);
  }
});
/* Storage that is full: a choice lasts as long as the page. */
await look(text, {
  ...DESK,
  before: () => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; },
}, async (page, fault) => {
  await page.locator(".open-settings").click();
  await page.locator(".settings label", { has: page.locator("[value=dark]") }).click();
  if ((await page.evaluate(() => document.documentElement.dataset.scheme)) !== "dark") fault("no colours with a full storage");
});
/* In the words of its own language: no Latin letter in what the page says of itself around an Arabic text. */
await look(text, DESK, async (page, fault) => {
  const foreign = await page.evaluate(() => {
    if (document.documentElement.lang !== "ar") return [];
    const own = ".masthead :is(a, button), .skip, .settings :is(legend, label, button), .help :is(h2, dd, p, button), .byline > *, .facts :is(summary, dt), .contents summary, .after :is(summary, h2), .neighbours span, [role=doc-endnotes] h2[data-generated]";
    return [...document.querySelectorAll(own)].map((e) => e.textContent.trim()).filter((words) => /[A-Za-z]/.test(words));
  });
  if (foreign.length) fault(`says in a foreign language: ${foreign.join(", ")}`);
});
/* Right to left: the page runs so, and its lines begin at the right. */
await look(text, DESK, async (page, fault) => {
  const wrong = await page.evaluate(() => {
    const box = (selector) => document.querySelector(selector)?.getBoundingClientRect();
    if (document.documentElement.dir !== "rtl") return "";
    if (box(".facts").right > box(".prose").left) return "the facts are not at the left";
    const note = box(".note-beside.placed");
    return note && note.right > box(".prose").left ? "a note stands over the text" : "";
  });
  if (wrong) fault(`from right to left: ${wrong}`);
});
/* By keyboard alone: what has the focus is seen, and shows that it has it. */
await look(text, DESK, async (page, fault) => {
  const seen = new Set();
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const box = e.getBoundingClientRect(), style = getComputedStyle(e);
      return {
        what: `${e.localName}.${e.className} “${e.textContent.trim().slice(0, 20)}”`,
        shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
        marked: style.outlineStyle !== "none" || style.boxShadow !== "none" || style.opacity === "0",
      };
    });
    if (!at) break;
    seen.add(at.what);
    if (!at.shown) fault(`the focus is on ${at.what}, which is not to be seen`);
    else if (!at.marked) fault(`nothing shows that the focus is on ${at.what}`);
  }
  if (seen.size < 10) fault(`only ${seen.size} things can be reached by key`);
});
/* A jump in a long text arrives, whatever lies between and is not laid out yet. */
for (const how of ["address", "link"]) {
  await look(texts.find((name) => name.endsWith("/many.html")) ?? text, DESK, async (page, fault) => {
    const astray = await page.evaluate(async (how) => {
      const wait = () => new Promise((resolve) => setTimeout(resolve, 400));
      const blocks = [...document.querySelectorAll(".prose > p[id]")];
      for (const at of [0.5, 0.9, 0.2]) {
        const block = blocks[Math.floor(blocks.length * at)];
        if (how === "address") location.hash = block.id;
        else document.body.appendChild(Object.assign(document.createElement("a"), { href: `#${block.id}` })).click();
        await wait();
        const { top } = block.getBoundingClientRect();
        if (top < -1 || top > innerHeight / 2) return `${block.id}: it stands at ${Math.round(top)} px`;
      }
      return "";
    }, how);
    if (astray) fault(`a jump by ${how} does not arrive at ${astray}`);
  });
}
/* A marker that is clicked the moment it has been scrolled to leads to its note all the same, beside it or in the list. */
await look(texts.find((name) => name.endsWith("/many.html")) ?? text, DESK, async (page, fault) => {
  const markers = await page.locator("a[role=doc-noteref]").count();
  for (let i = 20; i < markers; i += 20) {
    const missed = await page.evaluate(async (i) => {
      const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      const marker = document.querySelectorAll("a[role=doc-noteref]")[i];
      marker.scrollIntoView({ block: "start" });
      await wait(200);
      marker.scrollIntoView({ block: "center" });
      marker.dispatchEvent(new MouseEvent("click", { detail: 1, bubbles: true, cancelable: true }));
      const note = document.getElementById(decodeURIComponent(marker.hash.slice(1)));
      const seen = (e) => {
        const box = e?.getBoundingClientRect();
        return !!box && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
      };
      /* Twice, a while apart: what stands beside the text may yet make room. */
      let there = false;
      for (let tries = 0, held = 0; tries < 20 && held < 2; tries += 1) {
        await wait(150);
        there = location.hash === marker.hash
          && (seen(document.querySelector(".note-beside.placed.chosen")) || (note.matches(":target") && seen(note)));
        held = there ? held + 1 : 0;
      }
      return there ? "" : note.id;
    }, i);
    if (missed) fault(`a click right behind scrolling does not lead to ${missed}`);
  }
});
await browser.close();

if (faults.size) {
  console.error([...faults].map((line) => `- ${line}`).join("\n"));
  process.exit(1);
}
console.log(`${texts.length} texts through other eyes: nothing wrong`);
