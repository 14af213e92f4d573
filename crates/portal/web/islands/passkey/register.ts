// Adding a passkey to one's account.
import { create, supported } from "./credential";
import { show } from "./fault";
import { post } from "./server";

export function register(form: HTMLFormElement): void {
  if (!supported()) {
    for (const missing of document.querySelectorAll<HTMLElement>("[data-passkey-missing]")) missing.hidden = false;
    return;
  }
  form.hidden = false;
  const button = form.querySelector("button");
  const fault = form.querySelector<HTMLElement>("[role=alert]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!button || !fault || button.disabled) return;
    button.disabled = true;
    fault.hidden = true;
    const { options = "", finish = "", csrf = "", lang = "fr" } = form.dataset;
    try {
      const name = String(new FormData(form).get("name") ?? "");
      const answer = await create(await post(options, {}, csrf));
      const { next } = await post(finish, { name, answer }, csrf);
      location.assign(String(next));
    } catch (error) {
      show(fault, error, lang);
      button.disabled = false;
    }
  });
}
