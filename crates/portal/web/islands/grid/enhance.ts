// Puts a live grid in the place of a table made by the server. The table stays until the first rows have come: when
// anything fails before that, it was never touched.
import { addStyles, element } from "../dom";
import { formatter, type Column } from "../values";
import { place } from "./columns";
import css from "./grid.css";
import { GridQuery } from "./query";
import { PAGE, Rows } from "./rows";
import { gridText, type GridText } from "./text";
import { publishQuery } from "./url";
import { View } from "./view";

/** Room left for a scroll bar and borders. */
const SCROLL_BAR = 18;
let styled = false;

export async function enhance(box: HTMLElement): Promise<void> {
  const { rowsUrl, query: first = "", columns: described, lang = document.documentElement.lang } = box.dataset;
  if (rowsUrl === undefined || described === undefined) return;
  const columns = JSON.parse(described) as Column[];
  await new Live(box, rowsUrl, columns, GridQuery.parse(first), lang).start();
}

class Live {
  private readonly text: GridText;
  private readonly count = element("p", { role: "status" });
  private readonly retry: HTMLButtonElement;
  private readonly clear: HTMLButtonElement;
  private rows: Rows;
  private view: View | undefined;
  private answered = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly url: string,
    private readonly columns: Column[],
    private query: GridQuery,
    private readonly language: string,
  ) {
    this.text = gridText(language);
    this.retry = element("button", { type: "button", hidden: true }, this.text("retry"));
    this.clear = element("button", { type: "button", hidden: !query.filtered }, this.text("clear"));
    this.retry.addEventListener("click", () => this.again());
    this.clear.addEventListener("click", () => {
      this.ask(this.query.withoutFilters());
      this.view?.emptyFilters();
    });
    this.rows = this.newRows();
  }

  async start(): Promise<void> {
    await this.rows.ask(0);
    if (!this.answered) return;
    const format = formatter(this.language, this.text);
    const placed = place(this.columns, this.box.clientWidth - SCROLL_BAR, (column) => this.sample(column, format));
    this.view = new View(placed, this.rows, this.query, format, this.text, {
      sort: (column, add) => this.ask(this.query.toggleSort(column.name, add)),
      filter: (column, typed) => this.filter(column, typed),
    });
    if (!styled) addStyles(css);
    styled = true;
    // The server's count is of the query that the page came with; the grid's follows the filters.
    const before = this.box.previousElementSibling;
    if (before?.matches(".total[role=status]") === true) before.remove();
    this.box.replaceChildren(element("div", { class: "grid-bar" }, this.count, this.clear, this.retry), this.view.root);
    this.view.refresh();
    this.say();
    this.box.dispatchEvent(new CustomEvent("grid:ready", { bubbles: true }));
  }

  private newRows(): Rows {
    const rows: Rows = new Rows(this.url, this.query.toString(), (error) => {
      if (rows !== this.rows) return;
      this.retry.hidden = error === undefined;
      this.box.removeAttribute("aria-busy");
      if (error === undefined) this.answered = true;
      if (this.view?.holds(rows) === false && error === undefined) this.view.show(rows, this.query);
      else this.view?.refresh();
      this.say(error);
    });
    return rows;
  }

  /** Shows the rows of another query, once the first of them are here. */
  private ask(query: GridQuery): void {
    const before = this.query;
    this.rows.close();
    this.query = query;
    this.rows = this.newRows();
    this.clear.hidden = !query.filtered;
    this.box.setAttribute("aria-busy", "true");
    this.view?.order(query);
    publishQuery(this.box, before, query);
    void this.rows.ask(0);
  }

  private filter(column: Column, typed: string): boolean {
    const query = this.query.withFilter(column, typed);
    if (query === null) return false;
    if (query.toString() !== this.query.toString()) this.ask(query);
    return true;
  }

  private again(): void {
    this.retry.hidden = true;
    this.rows.retry();
    if (this.view?.holds(this.rows) === true) this.view.refresh();
    else void this.rows.ask(0);
  }

  private say(error?: unknown): void {
    if (error !== undefined) {
      this.count.textContent = this.text("failed");
      return;
    }
    const { total } = this.rows;
    const count = new Intl.NumberFormat(this.language).format(total);
    this.count.textContent = total === 0 ? this.text("noRows") : this.text(total === 1 ? "row" : "rows", { count });
  }

  private sample(column: Column, format: (column: Column, value: unknown) => string): string[] {
    const texts: string[] = [];
    for (let index = 0; index < PAGE; index += 1) {
      const row = this.rows.at(index);
      if (row !== undefined) texts.push(format(column, row[column.name]));
    }
    return texts;
  }
}
