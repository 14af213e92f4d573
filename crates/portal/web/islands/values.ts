// How values are shown to people, in the language of the page.
import type { Text } from "./text";

/** A column of the typed table; `type` is one of the portal's field types. */
export interface Column {
  name: string;
  label: string;
  type: string;
}

export const isNumeric = (column: Column): boolean => column.type === "integer" || column.type === "number";

/** Texts of values that fit a type, as the API writes them when a column comes with its misfits. */
const FORMS: Record<string, RegExp> = {
  boolean: /^(true|false)$/,
  integer: /^-?\d+$/,
  number: /^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/,
  year: /^\d{1,4}$/,
  date: /^\d{4}-\d\d-\d\d$/,
  datetime: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
  time: /^\d\d:\d\d/,
};

/** Whether a value is a text that its column's type cannot hold: it came as it was in the file. */
export function isMisfit(column: Column, value: unknown): value is string {
  return typeof value === "string" && FORMS[column.type]?.test(value) === false;
}

/** Gives a function from a value as the API sends it to the text of a cell. */
export function formatter(language: string, text: Text): (column: Column, value: unknown) => string {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  const days = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

  return (column, value) => {
    if (value === null || value === undefined) return "";
    if (isMisfit(column, value)) return value;
    if (isNumeric(column)) return numbers.format(Number(value));
    if (column.type === "boolean") return text(String(value) === "true" ? "yes" : "no");
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
