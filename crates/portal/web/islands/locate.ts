// Enhances `[data-locate]`: the map of the doubtful addresses, beside their list. The list is whole without it.
import type * as Engine from "./map/engine";

for (const box of document.querySelectorAll<HTMLElement>("[data-locate]")) {
  const url = box.dataset["engineUrl"] ?? new URL("./map-engine.js", import.meta.url).href;
  (import(url) as Promise<typeof Engine>)
    .then(({ startLocating }) => startLocating(box))
    .catch((error: unknown) => {
      box.classList.add("is-broken");
      console.error("locate:", error);
    });
}
