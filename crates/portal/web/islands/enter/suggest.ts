// Communes by the beginning of their name or code, in the browser's own list of suggestions.

/** Milliseconds without a key before asking. */
const PAUSE = 150;

interface Commune {
  code: string;
  name: string;
  parent: string | null;
}

export function suggestCommunes(form: HTMLFormElement): void {
  const list = document.createElement("datalist");
  list.id = "suggested-communes";
  form.append(list);
  let timer = 0;
  form.addEventListener("input", (event) => {
    const cell = event.target;
    if (!(cell instanceof HTMLInputElement) || cell.dataset.suggest !== "commune" || cell.value.length < 2) return;
    cell.setAttribute("list", list.id);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void fill(list, form.dataset.suggest ?? "", cell), PAUSE);
  });
}

async function fill(list: HTMLDataListElement, address: string, cell: HTMLInputElement): Promise<void> {
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(cell.value)}`);
    if (!answer.ok) return;
    const { communes } = (await answer.json()) as { communes: Commune[] };
    // A column of codes is completed with codes, a column of names with names.
    const codes = /insee|code|cog/i.test(form(cell));
    list.replaceChildren(...communes.map(({ code, name, parent }) => {
      const option = document.createElement("option");
      option.value = codes ? code : name;
      option.label = codes ? name : `${name} (${parent ?? code})`;
      return option;
    }));
  } catch {
    // Suggestions are a comfort: typing goes on without them.
  }
}

/** What the column is called. */
function form(cell: HTMLInputElement): string {
  return cell.closest("td")?.querySelector("label")?.textContent ?? "";
}
