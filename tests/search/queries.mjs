// What a reader would type, asked of a built site: how often the document that he would want comes first, and how often
// among the first three.
//
//   node queries.mjs SITE QUERIES FLOOR
//
// QUERIES is `queries.tsv`; SITE is built from the practice documents that it names. FLOOR is JSON with the least
// `first` and `three`; below it the status is 1.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";

const [, , site, queries, floorFile] = process.argv;
const core = fileURLToPath(new URL("../../static/search-core.js", import.meta.url));
runInThisContext(readFileSync(core, "utf8"));
const { Index } = globalThis.postilSearch;

/** A file of the index, as a browser would run it. */
async function load(name) {
  const text = new TextDecoder("utf-16le").decode(readFileSync(join(site, "search", name + ".js")));
  let data;
  globalThis.postilSearchData = (_, size, text) => { data = { size, text }; };
  runInThisContext(text);
  return data;
}

const index = new Index(load);
const figures = { queries: 0, first: 0, three: 0 };
for (const line of readFileSync(queries, "utf8").split("\n")) {
  if (!line || line.startsWith("#")) continue;
  const [query, wanted] = line.split("\t");
  const { hits, units } = await index.search(query);
  const found = await Promise.all(hits.slice(0, 10).map(async (hit) => (await index.show(hit, units)).url));
  const place = found.findIndex((url) => wanted.split("|").some((slug) => url === `texts/${slug}.html`));
  figures.queries++;
  if (place === 0) figures.first++;
  if (place >= 0 && place < 3) figures.three++;
  if (place !== 0) console.log(`${query}: ${place < 0 ? "not among ten" : `place ${place + 1}`}, first ${found[0]}`);
}
console.log(`${figures.queries} queries: ${figures.first} first, ${figures.three} among the first three`);
const floor = JSON.parse(readFileSync(floorFile, "utf8"));
const below = Object.entries(floor).filter(([name, least]) => figures[name] < least);
for (const [name, least] of below) console.error(`${name}: ${figures[name]}, floor ${least}`);
process.exit(below.length ? 1 : 0);
