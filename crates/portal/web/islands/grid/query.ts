// The part of a URL that says which rows are shown, in the portal's one grammar:
// `column__contains=x`, `column__greater=5` (inclusive), `sort=-a,b`.
import { isNumeric, type Column } from "../values";

export type Direction = "ascending" | "descending" | "none";

/** Comparisons that a filter box can show and change. Others stay in the URL, untouched, until the box is used. */
const SHOWN = ["contains", "exact", "greater", "less", "strictly_greater", "strictly_less"] as const;

/** Rows shown: every parameter of the query in its order. */
export class GridQuery {
  constructor(private readonly params: URLSearchParams) {}

  /** The parameters of a page's URL without the ones that aren't about rows. */
  static parse(text: string): GridQuery {
    const params = new URLSearchParams(text.replace(/^\?/, ""));
    for (const name of ["offset", "limit", "cursor", "page", "page_size", "raw", "view", "lang"]) params.delete(name);
    return new GridQuery(params);
  }

  toString(): string {
    return this.params.toString();
  }

  keys(): string[] {
    return [...new Set(this.params.keys())];
  }

  /** Whether a filter (not only an order or a choice of columns) is set. */
  get filtered(): boolean {
    return this.keys().some((name) => !["sort", "select"].includes(name));
  }

  direction(column: string): Direction {
    const keys = (this.params.get("sort") ?? "").split(",");
    if (keys.includes(column)) return "ascending";
    return keys.includes(`-${column}`) ? "descending" : "none";
  }

  /** Sorts by a column: ascending, descending, then as in the file. With `add`, after the other keys. */
  toggleSort(column: string, add: boolean): GridQuery {
    const next = this.copy();
    const now = this.direction(column);
    const others = add ? (this.params.get("sort") ?? "").split(",").filter((key) => key && key.replace(/^-/, "") !== column) : [];
    if (now === "none") others.push(column);
    if (now === "ascending") others.push(`-${column}`);
    if (others.length > 0) next.params.set("sort", others.join(","));
    else next.params.delete("sort");
    return next;
  }

  /** Text of a column's filter box, or an empty text when the filter is of another kind. */
  filterText(column: Column): string {
    const get = (comparison: (typeof SHOWN)[number]) => this.params.get(`${column.name}__${comparison}`);
    const exact = get("exact");
    if (exact !== null) return column.type === "text" ? `=${exact}` : exact;
    const contains = get("contains");
    if (contains !== null) return contains;
    const [low, high] = [get("greater"), get("less")];
    if (low !== null && high !== null) return `${low}..${high}`;
    if (low !== null) return `>= ${low}`;
    if (high !== null) return `<= ${high}`;
    const [above, below] = [get("strictly_greater"), get("strictly_less")];
    if (above !== null) return `> ${above}`;
    return below === null ? "" : `< ${below}`;
  }

  /** The query with a column's filter as typed; `null` when the text isn't understood. */
  withFilter(column: Column, typed: string): GridQuery | null {
    const conditions = parseFilter(column, typed.trim());
    if (conditions === null) return null;
    const next = this.copy();
    for (const name of [...next.params.keys()]) {
      if (name.startsWith(`${column.name}__`)) next.params.delete(name);
    }
    for (const [comparison, value] of conditions) next.params.append(`${column.name}__${comparison}`, value);
    return next;
  }

  /** The query without any filter, in the same order. */
  withoutFilters(): GridQuery {
    const next = new URLSearchParams();
    for (const name of ["select", "sort"]) {
      const value = this.params.get(name);
      if (value !== null) next.set(name, value);
    }
    return new GridQuery(next);
  }

  private copy(): GridQuery {
    return new GridQuery(new URLSearchParams(this.params));
  }
}

type Condition = [comparison: string, value: string];

/** What a typed filter means for a column's type; an empty text means no condition. */
export function parseFilter(column: Column, typed: string): Condition[] | null {
  if (typed === "") return [];
  if (isNumeric(column) || column.type === "year") return range(typed, number);
  if (column.type === "date" || column.type === "datetime") return dates(column, typed);
  if (column.type === "boolean") return [["exact", typed]];
  return typed.startsWith("=") ? [["exact", typed.slice(1)]] : [["contains", typed]];
}

const SIGNS: Record<string, string> = {
  ">=": "greater",
  "≥": "greater",
  "<=": "less",
  "≤": "less",
  ">": "strictly_greater",
  "<": "strictly_less",
  "=": "exact",
};

function range(typed: string, read: (text: string) => string | null): Condition[] | null {
  const between = typed.split(/\s*(?:\.\.|…)\s*/);
  if (between.length === 2) {
    const [low, high] = [read(between[0] ?? ""), read(between[1] ?? "")];
    return low === null || high === null ? null : [["greater", low], ["less", high]];
  }
  const [, sign = "=", rest = ""] = /^(>=|<=|[<>=≥≤])?\s*(.*)$/.exec(typed) ?? [];
  const value = read(rest);
  return value === null ? null : [[SIGNS[sign] ?? "exact", value]];
}

/** Takes `1 234,5` as well as `1234.5`. */
function number(text: string): string | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? plain : null;
}

/** Takes a year, a month, a day, or a comparison with a day. */
function dates(column: Column, typed: string): Condition[] | null {
  const part = /^(\d{4})(?:-(\d\d))?$/.exec(typed);
  const end = column.type === "datetime" ? "T23:59:59" : "";
  if (part) {
    const [, year = "", month] = part;
    const last = month ? new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() : 31;
    return [["greater", `${year}-${month ?? "01"}-01`], ["less", `${year}-${month ?? "12"}-${last}${end}`]];
  }
  const conditions = range(typed, day);
  if (column.type !== "datetime" || conditions === null) return conditions;
  return conditions.flatMap(([comparison, value]): Condition[] => {
    if (comparison === "exact") return [["greater", value], ["less", value + end]];
    return [[comparison, comparison === "less" || comparison === "strictly_greater" ? value + end : value]];
  });
}

/** Takes `2024-01-31` and `31/01/2024`. */
function day(text: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  return french ? `${french[3]}-${french[2]?.padStart(2, "0")}-${french[1]?.padStart(2, "0")}` : null;
}
