// A block copied from a spreadsheet comes as lines of cells separated by tabs, quoted when they hold either.
import { cellAt, columnsOf, placeOf, reachRows, type Cell } from "./cells";

/** Fills cells from the one that is pasted into, to the right and down. A single value is pasted as usual. */
export function pasted(form: HTMLFormElement, event: ClipboardEvent): void {
  const place = placeOf(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!place || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
  event.preventDefault();
  const block = split(text);
  const columns = columnsOf(form);
  const first = columns.indexOf(place.column);
  reachRows(form, place.row + block.length);
  let last: Cell | null = null;
  block.forEach((cells, down) => {
    cells.forEach((value, right) => {
      const cell = cellAt(form, place.row + down, columns[first + right] ?? -1);
      if (!cell) return;
      set(cell, value.trim());
      last = cell;
    });
  });
  form.dispatchEvent(new Event("input", { bubbles: true }));
  (last as Cell | null)?.focus();
}

/** A value that isn't in a list is added to it, so that nothing pasted is lost; the check says what is wrong. */
function set(cell: Cell, value: string): void {
  if (cell instanceof HTMLSelectElement && ![...cell.options].some((option) => option.value === value)) {
    cell.add(new Option(value, value));
  }
  cell.value = value;
}

/** Lines of cells. */
export function split(text: string): string[][] {
  let row: string[] = [];
  const rows = [row];
  let cell = "";
  let quoted = false;
  const end = () => {
    row.push(cell);
    cell = "";
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === "\t") end();
    else if (character === "\n") {
      end();
      row = [];
      rows.push(row);
    } else if (character !== "\r") cell += character;
  }
  end();
  // The line end after the last row opens no other.
  if (rows.length > 1 && row.length === 1 && row[0] === "") rows.pop();
  return rows;
}
