// Signing in with a passkey: by its button, or among the suggestions of the field for the address.
import { get, offeredInFields, supported } from "./credential";
import { show } from "./fault";
import { Refused, post } from "./server";

export function signIn(place: HTMLElement): void {
  const button = place.querySelector("button");
  const fault = place.querySelector<HTMLElement>("[role=alert]");
  if (!supported() || !button || !fault) return;
  button.parentElement?.removeAttribute("hidden");
  const { options = "", finish = "", next = "", lang = "fr" } = place.dataset;
  let waiting = new AbortController();

  async function attempt(mediation: CredentialMediationRequirement): Promise<void> {
    waiting.abort();
    waiting = new AbortController();
    const answer = await get(await post(options, {}), mediation, waiting.signal);
    const { next: there } = await post(finish, { answer, next });
    location.assign(String(there));
  }

  button.addEventListener("click", async () => {
    fault.hidden = true;
    button.disabled = true;
    try {
      await attempt("optional");
    } catch (error) {
      show(fault, error, lang);
    } finally {
      button.disabled = false;
    }
  });

  void suggest(attempt, fault, lang);
}

/** Waits in the field for the address, as long as the page is there; silent unless a passkey was chosen and refused. */
async function suggest(
  attempt: (mediation: CredentialMediationRequirement) => Promise<void>,
  fault: HTMLElement,
  language: string,
): Promise<void> {
  if (!document.querySelector("input[autocomplete~=webauthn]") || !(await offeredInFields())) return;
  try {
    await attempt("conditional");
  } catch (error) {
    if (error instanceof Refused) show(fault, error, language);
  }
}
