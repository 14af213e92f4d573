// A page that waits for work: asks how far it is, and goes on when it is done.

interface Status {
  /** Where to go; while the work goes on there is none. */
  next?: string;
  phase?: string;
  count?: string;
  percent?: number;
}

const PAUSE = 500;
const LONGEST_PAUSE = 5_000;

export async function follow(box: HTMLElement): Promise<void> {
  const address = box.dataset.wait;
  if (!address) return;
  for (let pause = PAUSE; ; ) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const status = await ask(address);
    if (status === null) {
      pause = Math.min(pause * 2, LONGEST_PAUSE);
      continue;
    }
    pause = PAUSE;
    if (status.next) {
      location.replace(status.next);
      return;
    }
    show(box, status);
  }
}

async function ask(address: string): Promise<Status | null> {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
    // Signed out, or gone: the page itself says so.
    if (answer.status >= 400 && answer.status < 500) return { next: location.href };
    return answer.ok ? ((await answer.json()) as Status) : null;
  } catch {
    return null;
  }
}

function show(box: HTMLElement, status: Status): void {
  const write = (selector: string, text: string | undefined): void => {
    const line = box.querySelector(selector);
    if (line && text !== undefined && line.textContent !== text) line.textContent = text;
  };
  write("[data-wait-phase]", status.phase);
  write("[data-wait-count]", status.count);
  const bar = box.querySelector("progress");
  if (bar && status.percent !== undefined) bar.value = status.percent / 100 * bar.max;
}
