// How values are shown to people, in the language of the page.
import type { Text } from "./text";

/** A column of the typed table; `type` is one of the portal's field types. */
export interface Column {
  name: string;
  label: string;
  type: string;
}

export const isNumeric = (column: Column): boolean => column.type === "integer" || column.type === "number";

/** Gives a function from a value as the API sends it to the text of a cell. */
export function formatter(language: string, text: Text): (column: Column, value: unknown) => string {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  const days = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

  return (column, value) => {
    if (value === null || value === undefined) return "";
    if (isNumeric(column) && typeof value === "number") return numbers.format(value);
    if (column.type === "boolean" && typeof value === "boolean") return text(value ? "yes" : "no");
    if (column.type === "date" && typeof value === "string") return moment(value, days);
    if (column.type === "datetime" && typeof value === "string") return moment(value, moments);
    if (typeof value === "object") {
      const type = "type" in value ? value.type : undefined;
      return typeof type === "string" ? text("geometry", { type }) : JSON.stringify(value);
    }
    return String(value);
  };
}

function moment(value: string, format: Intl.DateTimeFormat): string {
  const iso = value.includes("T") ? (/(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`) : `${value}T00:00:00Z`;
  const time = Date.parse(iso);
  return Number.isNaN(time) ? value : format.format(time);
}
