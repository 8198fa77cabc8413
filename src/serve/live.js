// In every page that `postil serve` gives out, and in none that it writes: loads the page again when a build changed
// it, at the place where the reader is, and shows what the build had to tell.
"use strict";
{
  const place = "postil-place:" + location.pathname;
  const attempt = (what) => {
    try {
      return what();
    } catch {
      return null; // no storage: the browser's own memory of the place has to do
    }
  };
  const kept = attempt(() => sessionStorage.getItem(place));
  if (kept !== null) {
    attempt(() => sessionStorage.removeItem(place));
    addEventListener("load", () => scrollTo({ top: Number(kept), behavior: "instant" }));
  }

  const again = () => {
    attempt(() => sessionStorage.setItem(place, String(scrollY)));
    location.reload();
  };

  const here = decodeURIComponent(location.pathname).replace(/^\//, "").replace(/(^|\/)$/, "$1index.html");
  const concerns = (file) => file === here || file.startsWith("static/") || file.startsWith("search/");

  const panel = document.createElement("div");
  panel.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    details { position: fixed; inset: auto 1rem 1rem auto; z-index: 1000; max-inline-size: min(44rem, calc(100vw - 2rem));
      max-block-size: 60vh; overflow: auto; padding: .5rem .8rem; border-radius: .4rem; font: 14px/1.45 ui-monospace, monospace;
      background: #2b2320; color: #f6efe6; box-shadow: 0 2px 12px #0006; }
    summary { cursor: pointer; }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .6rem 0 0; font: inherit; }`);
  panel.shadowRoot.adoptedStyleSheets = [style];

  const show = (state) => {
    const lines = state.diagnostics.map((d) => {
      const at = d.line ? `${d.path}:${d.line}:${d.column}` : d.path;
      return `${at}: ${d.severity}: ${d.message}` + (d.hint ? `\n  hint: ${d.hint}` : "");
    });
    if (state.failure) lines.unshift(state.failure);
    if (state.more) lines.push(`and ${state.more} more, in the terminal`);
    panel.shadowRoot.replaceChildren();
    if (!lines.length) return panel.remove();
    const details = document.createElement("details");
    details.setAttribute("role", "status");
    details.open = Boolean(state.failure);
    const summary = document.createElement("summary");
    const count = state.diagnostics.length + state.more;
    summary.textContent = state.failure ? "Not built: this is the earlier site" : `${count} ${count === 1 ? "finding" : "findings"} in the archive`;
    details.append(summary);
    for (const line of lines) {
      const pre = document.createElement("pre");
      pre.textContent = line;
      details.append(pre);
    }
    panel.shadowRoot.append(details);
    document.body.append(panel);
  };

  let seen = null;
  new EventSource("/_postil/events").onmessage = (event) => {
    const state = JSON.parse(event.data);
    const missed = seen !== null && state.build !== seen + 1;
    const first = seen === null || state.build === seen;
    seen = state.build;
    if (!first && (missed || state.changed === null || state.changed.some(concerns))) again();
    else show(state);
  };
}
