// The server checks what is typed, with the same engine as files; here its findings are put beside their cells.
import { cellAt, placeOf } from "./cells";

/** Milliseconds without a key before a check. */
const PAUSE = 500;

interface Finding {
  row: number | null;
  column: number | null;
  message: string;
}

export function watch(form: HTMLFormElement): void {
  let timer = 0;
  let asked: AbortController | null = null;
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(async () => {
      asked?.abort();
      asked = new AbortController();
      const findings = await ask(form, asked.signal);
      if (findings) show(form, findings);
    }, PAUSE);
  });
}

/** What is wrong; null when the server can't be asked: the button still can. */
async function ask(form: HTMLFormElement, signal: AbortSignal): Promise<Finding[] | null> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  try {
    const answer = await fetch(form.dataset.check ?? "", { method: "POST", body, signal, headers: { accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as { findings: Finding[] }).findings : null;
  } catch {
    return null;
  }
}

function show(form: HTMLFormElement, findings: Finding[]): void {
  for (const error of form.querySelectorAll(".cell-error")) error.remove();
  for (const cell of form.querySelectorAll("[aria-invalid]")) {
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
  }
  // A row begun is not a row forgotten: its empty cells, and the cell at hand, are judged when it is left.
  const at = placeOf(document.activeElement)?.row;
  for (const { row, column, message } of findings) {
    if (row === null || column === null) continue;
    const cell = cellAt(form, row, column);
    if (!cell || cell.hasAttribute("aria-invalid") || cell === document.activeElement) continue;
    if (row === at && cell.value === "") continue;
    const note = document.createElement("p");
    note.className = "cell-error";
    note.id = `e-${cell.id}`;
    note.textContent = message;
    cell.setAttribute("aria-invalid", "true");
    cell.setAttribute("aria-describedby", note.id);
    cell.after(note);
  }
}
