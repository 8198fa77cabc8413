// The whole round of a reader's annotation, from disk: mark, write, save as a file, put it into the archive, build
// again, see it in a fresh browser, take the file in again without change.
//
//   node annotate.mjs ARCHIVE POSTIL CHARACTERS
//
// ARCHIVE is built and holds texts/ferry.html; POSTIL is the program; CHARACTERS is the length of its text as the
// program counts it. Says in plain words what is wrong and exits with 1.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [archive, postil, characters] = process.argv.slice(2);
const url = pathToFileURL(join(archive, "site/texts/ferry.html")).href;
const faults = [];
const check = (holds, what) => { if (!holds) faults.push(what); };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});

async function open(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("console", (m) => { if (m.type() === "error") faults.push(`console says: ${m.text()}`); });
  page.on("pageerror", (e) => faults.push(`script fails: ${e.message}`));
  page.on("request", (r) => { if (!/^(file|data|blob):/.test(r.url())) faults.push(`loads ${r.url()}`); });
  await go(page, url);
  return page;
}

/** Opens a page and waits until all of it is shown (static/postil.js). */
async function go(page, url) {
  await page.goto(url);
  while (await page.evaluate(() => document.documentElement.dataset.arriving)) await page.waitForTimeout(20);
}

/** Selects from the first of these words to the last of those. */
const select = (page, from, to) => page.evaluate(([from, to]) => {
  const article = document.querySelector("article");
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let started = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!started && node.data.includes(from)) {
      range.setStart(node, node.data.indexOf(from));
      started = true;
    }
    if (started && node.data.includes(to)) {
      range.setEnd(node, node.data.indexOf(to) + to.length);
      break;
    }
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
}, [from, to]);

const marked = (page, selector) => page.evaluate((selector) =>
  [...document.querySelectorAll(selector)].map((m) => m.textContent).join("|"), selector);

const MARKS = [
  ["The miller", "for the rope", "An *expensive* rope. <script>alert(1)</script>", "money, rope"],
  ["eaten by goats", "both of his bills", "Over a note’s sign.", ""],
  ["walked across", "a stranger’s boots", "From one paragraph into the next.", "travel"],
  ["ferry_over", "Boots", "In a piece of code.", ""],
];

const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
const page = await open(context);
const counted = await page.evaluate(() => String(postil.characters()));
check(counted === characters, `the browser counts ${counted} characters, the program ${characters}`);
const links = await page.locator("article a[role=doc-noteref]").count();
for (const [from, to, note, tags] of MARKS) {
  const selected = await select(page, from, to);
  check(selected.startsWith(from), `the selection is “${selected}”`);
  await page.locator(".annotate-bar").waitFor();
  await page.locator(".annotate-bar [data-do=note]").click();
  await page.locator(".annotate-card textarea").fill(note);
  await page.locator(".annotate-card [name=tags]").fill(tags);
  await page.locator(".annotate-card [name=author]").fill("Ada Example");
  await page.locator(".annotate-card [type=submit]").click();
}
const own = await marked(page, "mark.own");
check(own.includes("for the rope") && own.includes("stranger’s boots"), `marked is ${own}`);
check((await page.locator("article a[role=doc-noteref]").count()) === links, "a note’s sign is gone");
check((await page.locator("mark a[role=doc-noteref]").count()) === 0, "a note’s sign is in a mark");

// By keyboard, undone, and deleted.
await select(page, "nobody in particular", "nobody in particular");
await page.locator(".annotate-bar").waitFor();
await page.keyboard.press("3");
check((await marked(page, "mark.own.mark-blue")) === "nobody in particular", "a key does not mark");
await page.keyboard.press("Control+z");
check((await marked(page, "mark.own.mark-blue")) === "", "it cannot be undone");
await page.reload();
check((await marked(page, "mark.own")) === own, "the marks are forgotten on the way");

// A passage can be copied, linked to and cited.
await select(page, "eaten by goats", "both of his bills");
await page.locator(".annotate-bar").waitFor();
const copied = await page.evaluate(() => getSelection().toString());
check(copied.startsWith("eaten by goats"), "the selection is lost to the toolbar");
/** Whether a box lies over one of the boxes of what it is about. */
const covers = (box, about) => page.evaluate(([box, about]) => {
  const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const words = about ? [...document.querySelectorAll(about)].flatMap((e) => [...e.getClientRects()]) : [...getSelection().getRangeAt(0).getClientRects()];
  return words.some((rect) => over(rect, document.querySelector(box).getBoundingClientRect()));
}, [box, about]);
for (const height of [900, 420]) {
  await page.setViewportSize({ width: 900, height });
  await page.evaluate(() => getSelection().anchorNode.parentElement.scrollIntoView({ block: "end" }));
  await select(page, "eaten by goats", "both of his bills");
  await page.waitForTimeout(500); // it stood there already
  check(!(await covers(".annotate-bar")), `the toolbar covers what is being marked, in a window ${height} px high`);
}
await page.setViewportSize({ width: 1280, height: 900 });
await page.evaluate(() => {
  Object.defineProperty(navigator, "clipboard", { value: { writeText: async (t) => { window.copied = t; } } });
});
await page.locator("[data-do=cite]").click();
const citation = await page.evaluate(() => window.copied);
check(/goats.*Ada Weir.*The Ferry.*The Rope/.test(citation), `the citation is ${citation}`);
await select(page, "eaten by goats", "eaten by goats");
await page.locator(".annotate-bar").waitFor();
await page.locator("[data-do=link]").click();
check((await page.evaluate(() => window.copied)).endsWith("#:~:text=eaten%20by%20goats"), "the link is no text fragment");

// Saved as a file, put into the archive, built.
await page.locator(".annotate-tray summary").click();
const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-do=save]").click()]);
mkdirSync(join(archive, "annotations"), { recursive: true });
const file = join(archive, "annotations", "ada.jsonld");
await download.saveAs(file);
const saved = JSON.parse(readFileSync(file, "utf8"));
check(saved.items.length === MARKS.length, `${saved.items.length} annotations are saved`);
for (const item of saved.items) {
  const quote = item.target.selector.find((s) => s.type === "TextQuoteSelector");
  check(quote.prefix.length >= 32 && quote.suffix.length >= 32, "less than 32 characters around a quotation");
}
const run = (...args) => {
  const ran = spawnSync(postil, args, { encoding: "utf8" });
  return { status: ran.status, said: ran.stdout + ran.stderr };
};
const built = run("build", archive);
check(built.status === 0 && !/annotation/.test(built.said), `the build says: ${built.said}`);
await context.close();

// A fresh browser sees them, and takes the file in without change.
const fresh = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const second = await open(fresh);
check((await second.locator("mark.own").count()) === 0, "a fresh browser has marks of its own");
const shown = await second.evaluate(() => {
  const byKey = {};
  for (const m of document.querySelectorAll("mark[data-marks]")) {
    for (const key of m.dataset.marks.split(" ")) byKey[key] = (byKey[key] ?? "") + m.textContent + " ";
  }
  return Object.values(byKey).map((t) => t.replace(/\s+/g, " "));
});
check(shown.length === MARKS.length, `${shown.length} marks are shown`);
for (const [from, to] of MARKS) {
  check(shown.some((t) => t.startsWith(from) && t.trim().endsWith(to)), `no mark from “${from}” to “${to}”: ${shown}`);
}
check((await second.locator("article a[role=doc-noteref]").count()) === links, "a note’s sign is gone from the page");
await second.locator("article a[role=doc-noteref]").first().click();
check(new URL(second.url()).hash.startsWith("#fn"), "a note’s sign leads nowhere");
check((await second.locator(".reader-note").count()) === MARKS.length, "the notes are not listed");
check((await second.locator(".reader-note em").first().textContent()) === "expensive", "a note is not Markdown");
await second.locator("a.reader-sign").first().click();
check((await second.locator(".reading-card").textContent()).includes("expensive"), "no card shows the note");
await second.keyboard.press("Escape");
check((await second.locator(".annotate-card").count()) === 0, "Escape does not close the card");
await second.locator("input[type=file]").setInputFiles(file);
await second.waitForFunction(() => document.querySelector(".annotate-status").textContent.includes("known already"));
check((await second.locator("mark.own").count()) === 0, "what the archive shows is taken in twice");
const again = run("import", file, archive);
check(new RegExp(`nothing new, ${MARKS.length} known`).test(again.said), `importing says: ${again.said}`);
const rebuilt = run("build", archive);
check(/ 0 written/.test(rebuilt.said), `building again says: ${rebuilt.said}`);
await go(second, pathToFileURL(join(archive, "site/annotations.html")).href);
check((await second.textContent("main")).includes("An expensive rope"), "annotations.html does not show them");

// What the archive shows is changed, taken back and answered on the page, undone, saved, and so for everyone.
await go(second, url);
await second.locator(".note-beside.by-reader.placed").first().waitFor().catch(() => faults.push("no reader’s note stands beside the text"));
const act = async (nth, what) => {
  await second.locator("a.reader-sign[data-note]").nth(nth).click();
  await second.locator(`.reading-card [data-do=${what}]`).click();
};
const write = async (note) => {
  await second.locator(".annotate-card textarea").fill(note);
  await second.locator(".annotate-card [type=submit]").click();
};
await act(0, "edit");
check((await second.locator(".annotate-card textarea").inputValue()) === MARKS[0][2], "a published note does not come as it was written");
await write("A *cheap* rope.");
check((await marked(second, ".reader-notes .is-changed .yours")) === "A *cheap* rope.", "a changed note does not say so");
await act(1, "delete");
check((await second.locator("mark.is-gone").count()) > 0, "a mark that was deleted stays");
await second.keyboard.press("Control+z");
check((await second.locator("mark.is-gone").count()) === 0, "deleting what is published cannot be undone");
await act(1, "delete");
await act(2, "answer");
await write("Whose boots?");
check((await marked(second, ".reader-notes .yours.answer")) === "Whose boots?", "an answer is not shown");
await second.reload();
check((await marked(second, ".reader-notes .yours.answer")) === "Whose boots?", "an answer is forgotten on the way");
if (!(await second.locator("[data-do=save]").isVisible())) await second.locator(".annotate-tray summary").click();
const [update] = await Promise.all([second.waitForEvent("download"), second.locator("[data-do=save]").click()]);
await update.saveAs(join(archive, "annotations", "later.jsonld"));
const third = run("build", archive);
check(third.status === 0 && !/annotation/.test(third.said), `the build with changes says: ${third.said}`);
await go(second, url);
check((await second.locator(".reader-note").count()) === MARKS.length, `${await second.locator(".reader-note").count()} notes are left, not one less and an answer`);
check((await marked(second, ".reader-note .said")).includes("A cheap rope."), "the changed note is not published");
check((await marked(second, ".reader-note.depth-1 .said")).includes("Whose boots?"), "the answer does not stand below what it answers");
check((await second.locator(".yours").count()) === 0 && (await second.locator(".annotate-tray").isHidden()), "what was published is kept as unsaved");
await fresh.close();

// On a phone the form is a sheet at the window's foot, and the words that it is about stay to be seen above it, the last
// of a text as well.
const small = await browser.newContext({ viewport: { width: 390, height: 700 } });
const phone = await open(small);
for (const [from, to] of [["The miller", "for the rope"], ["nobody in particular", "nobody in particular"]]) {
  await select(phone, from, to);
  await phone.locator(".annotate-bar [data-do=note]").click();
  const { words, sheet } = await phone.evaluate(() => {
    const box = (e) => { const { top, bottom, left, right } = e.getBoundingClientRect(); return { top, bottom, left, right }; };
    return { words: box([...document.querySelectorAll("mark.own")].pop()), sheet: box(document.querySelector(".annotate-card")) };
  });
  check(sheet.left === 0 && sheet.right === 390 && sheet.bottom === 700, `the form is no sheet at the foot: ${JSON.stringify(sheet)}`);
  check(words.top >= 0 && words.bottom <= sheet.top, `the form hides “${from}”: ${JSON.stringify({ words, sheet })}`);
  await phone.locator(".annotate-card [type=submit]").click();
}
check(await phone.evaluate(() => document.body.style.paddingBlockEnd === ""), "the room for the form stays when it is gone");
await small.close();

// Storage that is forbidden: the marks last as long as the page.
const forbidden = await browser.newContext();
await forbidden.addInitScript(() => {
  Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
});
const fourth = await open(forbidden);
await select(fourth, "nobody in particular", "nobody in particular");
await fourth.locator(".annotate-bar").waitFor();
await fourth.locator(".annotate-bar .mark-green").click();
check((await marked(fourth, "mark.own.mark-green")) === "nobody in particular", "nothing can be marked without storage");
await browser.close();

if (faults.length) {
  console.error(faults.map((line) => `- ${line}`).join("\n"));
  process.exit(1);
}
console.log("the whole round: nothing wrong");
