// Choosing a territory: its name is completed from the browser's own list of suggestions.

/** Milliseconds without a key before asking. */
const PAUSE = 150;

interface Territory {
  key: string;
  label: string;
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-suggest]")) {
  const input = form.querySelector<HTMLInputElement>("input[name=q]");
  if (input) complete(form, input);
}

function complete(form: HTMLFormElement, input: HTMLInputElement): void {
  const list = document.createElement("datalist");
  list.id = "suggested-territories";
  form.append(list);
  input.setAttribute("list", list.id);
  let timer = 0;
  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    // What was taken from the list means one territory: there is nothing left to ask.
    if (/\[\w+:\w+\]$/.test(input.value)) {
      form.requestSubmit();
      return;
    }
    if (input.value.length >= 2) timer = window.setTimeout(() => void fill(list, form.dataset.suggest ?? "", input.value), PAUSE);
  });
}

async function fill(list: HTMLDataListElement, address: string, text: string): Promise<void> {
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`);
    if (!answer.ok) return;
    const { territories } = (await answer.json()) as { territories: Territory[] };
    list.replaceChildren(...territories.map(({ key, label }) => {
      const option = document.createElement("option");
      option.value = `${label} [${key}]`;
      option.label = label;
      return option;
    }));
  } catch {
    // Suggestions are a comfort: typing goes on without them.
  }
}
