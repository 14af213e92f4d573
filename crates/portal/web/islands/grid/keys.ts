// Keys that move the active cell, as in the ARIA grid pattern.

export interface Place {
  row: number;
  column: number;
}

/** Where a key leads, or `null` when the key isn't one of the grid's. */
export function move(event: KeyboardEvent, at: Place, rows: number, columns: number, page: number): Place | null {
  const end = event.ctrlKey || event.metaKey;
  const to = target(event.key, at, end, { rows, columns, page });
  if (to === null) return null;
  return { row: within(to.row, rows), column: within(to.column, columns) };
}

function target(key: string, at: Place, end: boolean, size: { rows: number; columns: number; page: number }): Place | null {
  switch (key) {
    case "ArrowDown":
      return { ...at, row: end ? size.rows : at.row + 1 };
    case "ArrowUp":
      return { ...at, row: end ? 0 : at.row - 1 };
    case "ArrowRight":
      return { ...at, column: end ? size.columns : at.column + 1 };
    case "ArrowLeft":
      return { ...at, column: end ? 0 : at.column - 1 };
    case "PageDown":
      return { ...at, row: at.row + size.page };
    case "PageUp":
      return { ...at, row: at.row - size.page };
    case "Home":
      return { row: end ? 0 : at.row, column: 0 };
    case "End":
      return { row: end ? size.rows : at.row, column: size.columns };
    default:
      return null;
  }
}

const within = (value: number, count: number): number => Math.max(0, Math.min(value, count - 1));
