// Enhances `[data-addresses-map]`, the addresses of a base or a street on a map, and `[data-place-form]`, a form whose
// positions are placed on a map. Both are whole without it: the list opens every address, the fields take coordinates.
import type * as Engine from "./map/engine";

const engine = (box: HTMLElement): Promise<typeof Engine> => {
  const url = box.dataset["engineUrl"] ?? new URL("./map-engine.js", import.meta.url).href;
  return import(url) as Promise<typeof Engine>;
};

const failed = (error: unknown): void => console.error("addresses:", error);

for (const section of document.querySelectorAll<HTMLElement>("[data-addresses-map]")) {
  engine(section).then(({ startAddresses }) => startAddresses(section)).catch(failed);
}
for (const form of document.querySelectorAll<HTMLElement>("[data-place-form]")) {
  engine(form).then(({ startPlacing }) => startPlacing(form)).catch(failed);
}
