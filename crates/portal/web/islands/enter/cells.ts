// The cells of the form: `c-{row}-{column}`.

export type Cell = HTMLInputElement | HTMLSelectElement;

/** Rows of a form, as the server takes them. */
const MOST_ROWS = 500;

export function cellAt(form: HTMLFormElement, row: number, column: number): Cell | null {
  return form.querySelector<Cell>(`#c-${row}-${column}`);
}

/** Row and column of a cell; null for other fields. */
export function placeOf(element: EventTarget | null): { row: number; column: number } | null {
  const match = element instanceof Element ? /^c-(\d+)-(\d+)$/.exec(element.id) : null;
  return match ? { row: Number(match[1]), column: Number(match[2]) } : null;
}

/** The columns shown, in their order. */
export function columnsOf(form: HTMLFormElement): number[] {
  const first = form.querySelector("tbody tr");
  return [...(first?.querySelectorAll<Cell>("input, select") ?? [])].flatMap((cell) => placeOf(cell)?.column ?? []);
}

/** Adds empty rows, like the last one, until there are so many; gives how many there are. */
export function reachRows(form: HTMLFormElement, wanted: number): number {
  const body = form.querySelector("tbody");
  const count = form.querySelector<HTMLInputElement>("input[name=rows]");
  if (!body || !count) return 0;
  let rows = body.rows.length;
  while (rows < Math.min(wanted, MOST_ROWS)) {
    const last = body.rows[rows - 1];
    if (!last) break;
    const copy = last.cloneNode(true) as HTMLTableRowElement;
    renumber(copy, rows);
    body.append(copy);
    rows += 1;
  }
  count.value = String(rows);
  return rows;
}

function renumber(row: HTMLTableRowElement, number: number): void {
  const head = row.querySelector("th");
  if (head) {
    head.id = `r-${number}`;
    head.textContent = (head.textContent ?? "").replace(/\d+/, String(number + 1));
  }
  for (const error of row.querySelectorAll(".cell-error")) error.remove();
  for (const cell of row.querySelectorAll<Cell>("input, select")) {
    const id = `c-${number}-${placeOf(cell)?.column ?? 0}`;
    const label = row.querySelector<HTMLLabelElement>(`label[for="${cell.id}"]`);
    if (label) label.htmlFor = id;
    cell.id = id;
    cell.name = id;
    cell.value = "";
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
    cell.removeAttribute("list");
  }
}
