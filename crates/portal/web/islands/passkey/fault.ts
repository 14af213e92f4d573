// What went wrong, in the reader's words.
import english from "../locales/en/passkey.json";
import french from "../locales/fr/passkey.json";
import { sentences } from "../text";
import { Refused } from "./server";

/** Shows in `place` why it didn't work; a person who gave up knows it already. */
export function show(place: HTMLElement, error: unknown, language: string): void {
  const say = sentences(language, { fr: french, en: english });
  const named = error instanceof DOMException ? error.name : "";
  if (error instanceof Refused && error.message) place.textContent = error.message;
  else if (named === "NotAllowedError" || named === "AbortError") place.textContent = say("cancelled");
  else if (named === "InvalidStateError") place.textContent = say("already");
  else place.textContent = say("failed");
  place.hidden = false;
}
