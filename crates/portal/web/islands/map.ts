// Enhances every `[data-map]`: see README.md for the attributes. The engine is asked for when a map comes near the
// view; until then, and when anything fails, the page keeps what the server put in the box.
import type * as Engine from "./map/engine";

const engine = (box: HTMLElement): Promise<typeof Engine> => {
  const url = box.dataset["engineUrl"] ?? new URL("./map-engine.js", import.meta.url).href;
  return import(url) as Promise<typeof Engine>;
};

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      const box = entry.target as HTMLElement;
      engine(box)
        .then(({ start }) => start(box))
        .catch((error: unknown) => {
          box.classList.add("is-broken");
          console.error("map:", error);
        });
    }
  },
  { rootMargin: "200px" },
);

for (const box of document.querySelectorAll<HTMLElement>("[data-map]")) seen.observe(box);
