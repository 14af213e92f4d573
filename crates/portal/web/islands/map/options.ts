// What the page says about a map, in the attributes of its box.

export interface Options {
  /** Absolute template of vector tiles, with `{z}`, `{x}` and `{y}`. */
  tiles: string;
  geojson: string;
  /** Rows of the API, for the values of one row. */
  rowsUrl: string;
  rows: number;
  /** West, south, east, north. */
  bbox: [number, number, number, number] | null;
  base: string;
  worker: string;
  list: string;
  language: string;
}

export function readOptions(box: HTMLElement): Options {
  const data = box.dataset;
  const tiles = absolute(data["tilesUrl"] ?? "");
  const list = new URL(window.location.href);
  list.searchParams.set("view", "table");
  return {
    tiles,
    geojson: placesOnly(absolute(data["geojsonUrl"] ?? "")),
    rowsUrl: data["rowsUrl"] ?? tiles.replace(/\/tiles\/.*$/, "/rows"),
    rows: Number(data["rows"] ?? "0"),
    bbox: readBox(data["bbox"] ?? ""),
    base: data["baseUrl"] ?? new URL("./base.geojson", import.meta.url).href,
    worker: data["workerUrl"] ?? new URL("./map-worker.js", import.meta.url).href,
    list: data["listUrl"] ?? list.href,
    language: data["lang"] ?? document.documentElement.lang,
  };
}

/** The map needs where each row is and its number; its values are read when it is opened. */
function placesOnly(url: string): string {
  if (url === "") return "";
  const places = new URL(url);
  places.searchParams.set("select", "__id");
  return places.href;
}

/** A worker has no page to resolve against, and `URL` would escape the braces of a template. */
const absolute = (url: string): string => (url.startsWith("/") ? window.location.origin + url : url);

function readBox(text: string): Options["bbox"] {
  const [west, south, east, north] = text.split(",").map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) return null;
  return [west, south, east, north].every(Number.isFinite) ? [west, south, east, north] : null;
}
