// The head of the grid: a button that sorts and a box that filters, for each column.
import { element } from "../dom";
import type { GridText } from "./text";
import { isNumeric, type Column } from "../values";
import type { Placed } from "./columns";
import type { GridQuery } from "./query";

/** What the head asks for. */
export interface Wishes {
  sort(column: Column, add: boolean): void;
  /** Gives false when the text isn't understood. */
  filter(column: Column, typed: string): boolean;
}

const TYPING_MS = 350;

export function headCell(placed: Placed, index: number, query: GridQuery, text: GridText, wishes: Wishes): HTMLElement {
  const { column, left, width } = placed;
  const cell = element("div", {
    role: "columnheader",
    "aria-colindex": index + 1,
    "aria-sort": query.direction(column.name),
    class: "grid-header",
  });
  cell.style.left = `${left}px`;
  cell.style.width = `${width}px`;

  const label = text("sort", { column: column.label });
  const button = element("button", { type: "button", class: "grid-sort", title: label, "data-column": column.name }, column.label);
  button.addEventListener("click", (event) => wishes.sort(column, event.shiftKey));
  cell.append(button);
  if (column.type !== "geometry") cell.append(filterBox(column, query, text, wishes));
  return cell;
}

function filterBox(column: Column, query: GridQuery, text: GridText, wishes: Wishes): HTMLElement {
  const name = { "aria-label": text("filter", { column: column.label }), class: "grid-filter", "data-filter": column.name };
  if (column.type === "boolean") {
    const choice = element("select", name);
    choice.append(new Option(text("all"), ""), new Option(text("yes"), "true"), new Option(text("no"), "false"));
    choice.value = query.filterText(column);
    choice.addEventListener("change", () => wishes.filter(column, choice.value));
    return choice;
  }
  const example = hint(column, text);
  const box = element("input", { ...name, type: "search", placeholder: example, autocomplete: "off", spellcheck: "false" });
  box.value = query.filterText(column);
  let timer = 0;
  const apply = (): void => {
    window.clearTimeout(timer);
    const understood = wishes.filter(column, box.value);
    box.setAttribute("aria-invalid", String(!understood));
    box.title = understood ? "" : text("badFilter", { example });
  };
  box.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(apply, TYPING_MS);
  });
  box.addEventListener("change", apply);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") apply();
    event.stopPropagation();
  });
  return box;
}

function hint(column: Column, text: GridText): string {
  if (isNumeric(column) || column.type === "year") return text("number");
  return text(column.type === "date" || column.type === "datetime" ? "date" : "contains");
}
