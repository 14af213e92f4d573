// Rows from the API: pages at offsets, a bounded number kept, stale requests cancelled.

/** Rows asked for at once. */
export const PAGE = 100;
/** Pages kept. */
const KEPT = 80;
/** Rest before asking, so that a fast scroll asks for where it stops and not for what it passes. */
const REST_MS = 60;

export type Row = Record<string, unknown>;

interface Answer {
  rows: Row[];
  total: number;
}

export class Rows {
  total = 0;
  private readonly pages = new Map<number, Row[]>();
  private readonly asked = new Map<number, AbortController>();
  private readonly failed = new Set<number>();
  private timer = 0;

  /** `changed` is called after an answer or a failure; the error is given in the second case. */
  constructor(
    private readonly url: string,
    private readonly query: string,
    private readonly changed: (error?: unknown) => void,
  ) {}

  /** A row by its place in the answer, if it is here. */
  at(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Says which rows are in view: missing ones are asked for, requests for others are cancelled. */
  view(first: number, last: number): void {
    const [low, high] = [Math.floor(first / PAGE), Math.floor(Math.max(first, last) / PAGE)];
    for (const [page, request] of this.asked) {
      if (page < low - 1 || page > high + 1) {
        request.abort();
        this.asked.delete(page);
      }
    }
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      for (let page = low; page <= high; page += 1) {
        if (!this.pages.has(page) && !this.asked.has(page) && !this.failed.has(page)) void this.ask(page);
        else this.touch(page);
      }
    }, REST_MS);
  }

  /** Asks for one page now. Throws nothing: `changed` is told. */
  async ask(page: number): Promise<void> {
    this.failed.delete(page);
    const request = new AbortController();
    this.asked.set(page, request);
    try {
      this.keep(page, await this.fetch(page, request.signal));
      this.changed();
    } catch (error) {
      if (request.signal.aborted) return;
      this.failed.add(page);
      this.changed(error);
    } finally {
      if (this.asked.get(page) === request) this.asked.delete(page);
    }
  }

  /** Forgets failures, so that the pages are asked for again. */
  retry(): void {
    this.failed.clear();
  }

  /** Cancels everything. */
  close(): void {
    window.clearTimeout(this.timer);
    for (const request of this.asked.values()) request.abort();
  }

  private async fetch(page: number, signal: AbortSignal): Promise<Answer> {
    const separator = this.url.includes("?") ? "&" : "?";
    const query = this.query === "" ? "" : `${this.query}&`;
    const url = `${this.url}${separator}${query}offset=${page * PAGE}&limit=${PAGE}&raw=1`;
    const answer = await fetch(url, { signal, headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    return (await answer.json()) as Answer;
  }

  private keep(page: number, answer: Answer): void {
    this.total = answer.total;
    this.pages.set(page, answer.rows);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= KEPT) break;
      this.pages.delete(oldest);
    }
  }

  /** Makes a page the last one to be dropped. */
  private touch(page: number): void {
    const rows = this.pages.get(page);
    if (rows === undefined) return;
    this.pages.delete(page);
    this.pages.set(page, rows);
  }
}
