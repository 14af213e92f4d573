// The grid as elements: only the rows and columns in view exist. The focus stays on the grid itself, which names the
// active cell, so that nothing is lost when a row leaves the page.
import { element } from "../dom";
import type { GridText } from "./text";
import { isMisfit, isNumeric, type Column } from "../values";
import { touched, type Placed } from "./columns";
import { headCell, type Wishes } from "./head";
import { move, type Place } from "./keys";
import type { GridQuery } from "./query";
import type { Row, Rows } from "./rows";
import { MAX_TRACK, Scroller, type Track } from "./scroll";

const ROW = 36;
const OVERSCAN = 8;
/** Rows up to which the grid is as high as its rows. */
const SHORT = 15;
let grids = 0;

export class View {
  readonly root: HTMLElement;
  private readonly head = element("div", { role: "row", "aria-rowindex": 1, class: "grid-head-row" });
  private readonly body = element("div", { role: "rowgroup", class: "grid-body" });
  private readonly scroller: Scroller;
  private readonly id = `grid-${(grids += 1)}`;
  private shownRows = new Map<number, HTMLElement>();
  private shownColumns: [number, number] = [0, 0];
  private active: Place = { row: 0, column: 0 };
  private frame = 0;

  constructor(
    private readonly columns: Placed[],
    private rows: Rows,
    private query: GridQuery,
    private readonly format: (column: Column, value: unknown) => string,
    private readonly text: GridText,
    private readonly wishes: Wishes,
  ) {
    const label = `${text("grid")}. ${text("keys")}`;
    this.root = element(
      "div",
      { role: "grid", tabindex: 0, class: "grid", "aria-label": label, "aria-colcount": columns.length, "aria-readonly": "true" },
      element("div", { role: "rowgroup", class: "grid-head" }, this.head),
      this.body,
    );
    const width = `${(columns.at(-1)?.left ?? 0) + (columns.at(-1)?.width ?? 0)}px`;
    this.head.style.width = width;
    this.body.style.width = width;
    this.scroller = new Scroller(this.root, () => this.track());
    this.root.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("click", (event) => this.click(event));
    new ResizeObserver(() => this.draw()).observe(this.root);
  }

  /** Whether these are the rows shown. */
  holds(rows: Rows): boolean {
    return rows === this.rows;
  }

  /** Shows other rows, from the first one. */
  show(rows: Rows, query: GridQuery): void {
    this.rows = rows;
    this.active = { ...this.active, row: 0 };
    this.forgetRows();
    this.order(query);
    this.resize();
    this.scroller.moveTo(0);
    this.draw();
  }

  /** Says in the heads how the rows are, or will be, in order. */
  order(query: GridQuery): void {
    this.query = query;
    for (const header of this.head.children) {
      const name = header.querySelector<HTMLElement>("[data-column]")?.dataset["column"];
      if (name !== undefined) header.setAttribute("aria-sort", query.direction(name));
    }
  }

  /** Empties the filter boxes. */
  emptyFilters(): void {
    this.head.replaceChildren();
    this.draw();
  }

  /** Draws again after rows came. */
  refresh(): void {
    for (const [index, row] of this.shownRows) {
      if (row.classList.contains("is-waiting") && this.rows.at(index) !== undefined) {
        row.remove();
        this.shownRows.delete(index);
      }
    }
    this.resize();
    this.draw();
  }

  private resize(): void {
    this.root.classList.toggle("is-short", this.rows.total <= SHORT);
    this.body.style.height = `${Math.min(this.rows.total * ROW, MAX_TRACK)}px`;
    this.root.setAttribute("aria-rowcount", String(this.rows.total + 1));
  }

  private track(): Track {
    const room = this.root.clientHeight - this.head.offsetHeight;
    const virtual = Math.max(0, this.rows.total * ROW - room);
    return { virtual, track: Math.min(virtual, this.root.scrollHeight - this.root.clientHeight) };
  }

  private scrolled(): void {
    this.scroller.follow();
    window.cancelAnimationFrame(this.frame);
    this.frame = window.requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const room = Math.max(0, this.root.clientHeight - this.head.offsetHeight);
    const first = Math.max(0, Math.floor(this.scroller.position / ROW) - OVERSCAN);
    const last = Math.min(this.rows.total - 1, Math.ceil((this.scroller.position + room) / ROW) + OVERSCAN);
    this.drawColumns();
    for (const [index, row] of this.shownRows) {
      if (index < first || index > last) {
        row.remove();
        this.shownRows.delete(index);
      }
    }
    for (let index = first; index <= last; index += 1) this.drawRow(index);
    this.mark();
    if (last >= first) this.rows.view(first, last);
  }

  private drawColumns(): void {
    const view = touched(this.columns, this.root.scrollLeft, this.root.scrollLeft + this.root.clientWidth);
    if (view[0] === this.shownColumns[0] && view[1] === this.shownColumns[1] && this.head.hasChildNodes()) return;
    this.shownColumns = view;
    // Boxes that people type in must survive a scroll: headers are added and removed one by one.
    const wanted = new Map(this.columns.slice(...view).map((placed, at) => [String(view[0] + at + 1), placed]));
    for (const header of [...this.head.children]) {
      if (!wanted.delete(header.getAttribute("aria-colindex") ?? "")) header.remove();
    }
    for (const [index, placed] of wanted) {
      const cell = headCell(placed, Number(index) - 1, this.query, this.text, this.wishes);
      const next = [...this.head.children].find((other) => Number(other.getAttribute("aria-colindex")) > Number(index));
      this.head.insertBefore(cell, next ?? null);
    }
    this.forgetRows();
  }

  private forgetRows(): void {
    for (const row of this.shownRows.values()) row.remove();
    this.shownRows.clear();
  }

  private drawRow(index: number): void {
    let row = this.shownRows.get(index);
    if (row === undefined) {
      row = this.rowElement(index);
      this.shownRows.set(index, row);
      const next = this.shownRows.get(index + 1);
      this.body.insertBefore(row, next ?? null);
    }
    row.style.transform = `translateY(${index * ROW + this.scroller.shift}px)`;
  }

  private rowElement(index: number): HTMLElement {
    const values = this.rows.at(index);
    const row = element("div", { role: "row", "aria-rowindex": index + 2, class: values ? "grid-row" : "grid-row is-waiting" });
    if (index % 2 === 1) row.classList.add("is-odd");
    for (let column = this.shownColumns[0]; column < this.shownColumns[1]; column += 1) {
      row.append(this.cell(index, column, values));
    }
    return row;
  }

  private cell(row: number, index: number, values: Row | undefined): HTMLElement {
    const cell = element("div", { role: "gridcell", "aria-colindex": index + 1, id: `${this.id}-${row}-${index}`, class: "grid-cell" });
    const placed = this.columns[index];
    if (placed === undefined) return cell;
    cell.style.left = `${placed.left}px`;
    cell.style.width = `${placed.width}px`;
    if (isNumeric(placed.column)) cell.classList.add("is-number");
    if (values === undefined) {
      cell.append(element("span", { class: "grid-skeleton", "aria-hidden": "true" }));
      return cell;
    }
    const value = values[placed.column.name];
    const shown = this.format(placed.column, value);
    cell.textContent = shown;
    if (shown.length > 12) cell.title = shown;
    if (isMisfit(placed.column, value)) this.flag(cell, value);
    return cell;
  }

  /** Marks a cell that shows a text which isn't of its column's type. */
  private flag(cell: HTMLElement, raw: string): void {
    cell.classList.add("is-exception");
    cell.title = `${this.text("exception")} : ${raw}`;
    cell.append(element("span", { class: "grid-hidden" }, ` (${this.text("exception")})`));
  }

  private mark(): void {
    this.body.querySelector(".is-active")?.classList.remove("is-active");
    const cell = document.getElementById(`${this.id}-${this.active.row}-${this.active.column}`);
    if (cell === null) this.root.removeAttribute("aria-activedescendant");
    else this.root.setAttribute("aria-activedescendant", cell.id);
    cell?.classList.add("is-active");
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.root || event.altKey) return;
    const page = Math.max(1, Math.floor((this.root.clientHeight - this.head.offsetHeight) / ROW) - 1);
    const to = move(event, this.active, this.rows.total, this.columns.length, page);
    if (to === null || this.rows.total === 0) return;
    event.preventDefault();
    this.active = to;
    this.reveal(to);
    this.draw();
  }

  private click(event: MouseEvent): void {
    const id = (event.target as Element).closest("[role=gridcell]")?.id.split("-");
    if (id === undefined) return;
    this.active = { row: Number(id.at(-2)), column: Number(id.at(-1)) };
    this.mark();
  }

  private reveal({ row, column }: Place): void {
    const room = this.root.clientHeight - this.head.offsetHeight;
    const [top, bottom] = [row * ROW, (row + 1) * ROW];
    if (top < this.scroller.position) this.scroller.moveTo(top);
    else if (bottom > this.scroller.position + room) this.scroller.moveTo(bottom - room);
    const placed = this.columns[column];
    if (placed === undefined) return;
    if (placed.left < this.root.scrollLeft) this.root.scrollLeft = placed.left;
    const over = placed.left + placed.width - this.root.clientWidth;
    if (over > this.root.scrollLeft) this.root.scrollLeft = over;
  }
}
