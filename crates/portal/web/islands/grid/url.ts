// Keeps the address of the page, and the links that follow the filters, on the rows that are shown.
import type { GridQuery } from "./query";

/** Says that other rows are shown: in the address bar, in `a[data-follows-query]`, and as an event `grid:query`. */
export function publishQuery(box: HTMLElement, before: GridQuery, now: GridQuery): void {
  const url = replaced(new URL(window.location.href), before, now);
  window.history.replaceState(window.history.state, "", url);
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-follows-query]")) {
    link.href = replaced(new URL(link.href), before, now).href;
  }
  box.dispatchEvent(new CustomEvent("grid:query", { bubbles: true, detail: { query: now.toString() } }));
}

function replaced(url: URL, before: GridQuery, now: GridQuery): URL {
  for (const name of before.keys()) url.searchParams.delete(name);
  // A page number means nothing for other rows.
  for (const name of ["offset", "cursor", "page"]) url.searchParams.delete(name);
  for (const [name, value] of new URLSearchParams(now.toString())) url.searchParams.append(name, value);
  return url;
}
