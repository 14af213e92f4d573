// What the marks mean, and the way to the same rows without a map.
import { element } from "../dom";
import type { MapText } from "./text";

/** Kinds of marks that a legend may explain. */
export type Kind = "points" | "cluster" | "lines" | "areas";

export function legend(kinds: Kind[], list: string, text: MapText): HTMLElement {
  const items = kinds.map((kind) => element("li", {}, element("span", { class: `map-key is-${kind}`, "aria-hidden": "true" }), text(kind)));
  return element(
    "div",
    { class: "map-legend", role: "group", "aria-label": text("legend") },
    element("ul", {}, ...items),
    element("a", { href: list }, text("list")),
  );
}
