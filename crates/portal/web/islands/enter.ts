// Typing data in: checks while one types, takes blocks of cells pasted from a spreadsheet, completes communes.
import { pasted } from "./enter/paste";
import { suggestCommunes } from "./enter/suggest";
import { watch } from "./enter/check";

for (const form of document.querySelectorAll<HTMLFormElement>("form.enter")) {
  form.addEventListener("paste", (event) => pasted(form, event));
  suggestCommunes(form);
  watch(form);
}
