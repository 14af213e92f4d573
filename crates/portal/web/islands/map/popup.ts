// The values of one row, read when asked for. Values only ever become text.
import { element } from "../dom";
import { formatter } from "../values";
import type { MapText } from "./text";

/** Values shown at once; the others unfold. */
const FIRST = 8;

type Row = Record<string, unknown>;

export async function rowValues(rowsUrl: string, id: number): Promise<Row | undefined> {
  const separator = rowsUrl.includes("?") ? "&" : "?";
  const answer = await fetch(`${rowsUrl}${separator}__id__exact=${id}&limit=1`, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return ((await answer.json()) as { rows: Row[] }).rows[0];
}

export function popupContent(row: Row, title: string, language: string, text: MapText): HTMLElement {
  const shown = formatter(language, text);
  const entries = Object.entries(row).filter(([name, value]) => !name.startsWith("__") && value !== null && value !== "" && !isGeometry(value));
  const list = (part: [string, unknown][]): HTMLElement => {
    const terms = element("dl", { class: "map-values" });
    for (const [name, value] of part) {
      const type = typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "text";
      terms.append(element("dt", {}, name), element("dd", {}, shown({ name, label: name, type }, value)));
    }
    return terms;
  };
  const content = element("div", { class: "map-row" }, element("p", { class: "map-title" }, title), list(entries.slice(0, FIRST)));
  if (entries.length > FIRST) {
    content.append(element("details", {}, element("summary", {}, text("more")), list(entries.slice(FIRST))));
  }
  return content;
}

const isGeometry = (value: unknown): boolean => typeof value === "object" && value !== null && "coordinates" in value;
