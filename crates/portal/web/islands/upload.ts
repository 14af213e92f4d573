// Enhances every `form[data-upload]` and `[data-wait]`: see README.md for the attributes.
import { takeFiles } from "./upload/take";
import { follow } from "./upload/wait";

document.documentElement.classList.add("has-script");
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-upload]")) takeFiles(form);
for (const box of document.querySelectorAll<HTMLElement>("[data-wait]")) {
  follow(box).catch((error: unknown) => console.error("wait:", error));
}
