// A static server for one folder under a sub-path, on loopback, as any host would serve it.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".svg": "image/svg+xml", ".woff2": "font/woff2", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8",
};

/** Serves `folder` under `base` (`/some/where/`); says where, and how to end it. */
export async function serve(folder, base) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(base) && normalize(path.slice(base.length) || "index.html");
    const body = inside && !inside.startsWith("..") && (await readFile(join(folder, inside)).catch(() => null));
    response.writeHead(body ? 200 : 404, { "content-type": TYPES[extname(inside || "")] ?? "application/octet-stream" });
    response.end(body || undefined);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    root: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(done);
    }),
  };
}
