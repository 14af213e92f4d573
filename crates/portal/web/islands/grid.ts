// Enhances every `[data-grid]`: see README.md for the attributes.
import { enhance } from "./grid/enhance";

for (const box of document.querySelectorAll<HTMLElement>("[data-grid]")) {
  enhance(box).catch((error: unknown) => console.error("grid:", error));
}
