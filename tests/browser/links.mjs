// What can be told of a built site without a browser: every page has a title, a language and one first heading; ids are
// there once; every link leads to something that is there, by a relative way; every page can be reached.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (text) => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, figures, name) =>
  hex ? String.fromCodePoint(parseInt(hex, 16)) : figures ? String.fromCodePoint(Number(figures)) : ENTITIES[name] ?? all);
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The start tags of a page that postil wrote: attributes in double quotes, `>` only at their ends. */
function* tags(html) {
  const bare = html.replace(/<!--[^]*?-->/g, "").replace(/(<(script|style)\b[^>]*>)[^]*?<\/\2>/g, "$1");
  for (const [, name, rest] of bare.matchAll(/<([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi)) {
    const attributes = {};
    for (const [, key, value] of rest.matchAll(/([^\s=">/]+)(?:="([^"]*)")?/g)) attributes[key] = plain(value ?? "");
    yield { name: name.toLowerCase(), attributes };
  }
}

function facts(html) {
  const out = { links: [], ids: [], heads: 0, refresh: false, lang: "", title: /<title>\s*[^<\s]/.test(html) };
  for (const { name, attributes: a } of tags(html)) {
    if (a.id !== undefined) out.ids.push(a.id);
    if (name === "h1") out.heads += 1;
    if (name === "html") out.lang = a.lang;
    if (name === "meta" && a["http-equiv"] === "refresh") out.refresh = true;
    if ((name === "a" || name === "area") && a.href !== undefined) out.links.push(a.href);
  }
  return out;
}

/** Looks at every page that can be reached from index.html, tells `fault(page, what)` and gives the pages' names. */
export function look(site, fault) {
  const names = ["index.html"];
  const seen = new Set(names);
  const ids = new Map();
  const wanted = [];
  for (const name of names) {
    const page = facts(readFileSync(join(site, name), "utf8"));
    if (!page.title) fault(name, "has no title");
    if (!page.lang) fault(name, "does not say its language");
    if (page.heads !== 1 && !page.refresh) fault(name, `has ${page.heads} first headings, not one`);
    const own = new Set();
    for (const id of page.ids) {
      if (own.has(id)) fault(name, `id "${id}" is there twice`);
      own.add(id);
    }
    ids.set(name, own);
    for (const link of page.links) {
      if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue; // to follow one is the reader's own decision
      if (link.startsWith("/")) {
        fault(name, `links to ${link}, which is not relative`);
        continue;
      }
      const [path, hash] = link.split("#");
      const file = decoded(path.split("?")[0]);
      const target = file ? posix.join(posix.dirname(name), file) : name;
      if (target.startsWith("..")) fault(name, `links to ${link}, outside the site`);
      else if (target.endsWith("/") || !existsSync(join(site, target))) fault(name, `links to ${link}, which is not there`);
      else if (target.endsWith(".html")) {
        if (!seen.has(target)) names.push(target);
        seen.add(target);
        if (hash) wanted.push([name, target, decoded(hash)]);
      }
    }
  }
  for (const [name, target, hash] of wanted) {
    if (!ids.get(target)?.has(hash)) fault(name, `links to #${hash} of ${target}, which is not there`);
  }
  for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
    const name = relative(site, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/");
    if (!entry.isFile() || !name.endsWith(".html") || seen.has(name) || name.startsWith("files/")) continue;
    if (!facts(readFileSync(join(site, name), "utf8")).refresh) fault(name, "cannot be reached by clicking from index.html");
  }
  return names;
}
