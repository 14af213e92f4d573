// Places of columns: widths from a sample of texts, then which columns a view touches.
import type { Column } from "../values";

const CHARACTER = 9.5;
const NARROWEST = 104;
const WIDEST = 360;
const SLACK = 400;

export interface Placed {
  column: Column;
  left: number;
  width: number;
}

/** Gives each column a width that fits its label and most of its sampled texts; together they fill the room. */
export function place(columns: Column[], room: number, sample: (column: Column) => string[]): Placed[] {
  const widths = columns.map((column) => {
    const lengths = sample(column).map((text) => text.length).sort((a, b) => a - b);
    const usual = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
    return Math.min(WIDEST, Math.max(NARROWEST, Math.max(usual, column.label.length + 3) * CHARACTER + 24));
  });
  const spare = Math.max(0, room - widths.reduce((sum, width) => sum + width, 0)) / columns.length;
  let left = 0;
  return columns.map((column, index) => {
    const width = Math.floor((widths[index] ?? NARROWEST) + spare);
    const placed = { column, left, width };
    left += width;
    return placed;
  });
}

/** Indexes of the first column and of the one after the last that `[from, to]` pixels touch. */
export function touched(placed: Placed[], from: number, to: number): [number, number] {
  const first = placed.findIndex(({ left, width }) => left + width >= from - SLACK);
  if (first < 0) return [0, 0];
  let end = first;
  while (end < placed.length && (placed[end]?.left ?? 0) <= to + SLACK) end += 1;
  return [first, end];
}
