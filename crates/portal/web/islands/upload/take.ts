// A form with a file: sent as soon as one is chosen, dropped or pasted; large ones in parts, with progress.
import { element } from "../dom";
import { dropped, pasted, worthSending } from "./collect";
import { uploadText, type UploadText } from "./text";
import { Refused, send } from "./tus";

/** Bytes up to which a form carries the file itself: one exchange, and nothing to resume. */
const SMALL = 2 * 1024 * 1024;
const ENDPOINT = "/uploads";

export function takeFiles(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) return;
  const text = uploadText(form.dataset.lang ?? "fr");
  const take = (files: File[]): void => {
    begin(form, input, files, text).catch((error: unknown) => {
      console.warn("upload:", error);
      say(form, error instanceof Refused ? text("refused", { status: String(error.status) }) : text("failed"), true);
      form.removeAttribute("aria-busy");
    });
  };
  input.addEventListener("change", () => {
    if (input.files?.length) take(worthSending(input.files));
  });
  const zone = form.querySelector<HTMLElement>(".drop-zone");
  if (zone) listenForDrops(zone, form, text, take);
}

/** The whole page takes what is dropped: whoever misses the frame by an inch would otherwise leave the page. */
function listenForDrops(zone: HTMLElement, form: HTMLFormElement, text: UploadText, take: (files: File[]) => void): void {
  const over = (is: boolean): void => void zone.classList.toggle("is-over", is);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) over(false);
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer) return;
    dropped(event.dataTransfer).then(
      (files) => (files.length > 0 ? take(files) : say(form, text("nothing"), true)),
      () => say(form, text("nothing"), true),
    );
  });
  document.addEventListener("paste", (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    const files = pasted(event.clipboardData, text("pasted"));
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}

async function begin(form: HTMLFormElement, input: HTMLInputElement, files: File[], text: UploadText): Promise<void> {
  if (files.length === 0 || form.getAttribute("aria-busy") === "true") return;
  const limit = Number(form.dataset.limit ?? Number.POSITIVE_INFINITY);
  const large = files.find((file) => file.size > limit);
  if (large) {
    say(form, text("tooLarge", { name: large.name, limit: String(Math.floor(limit / 1_000_000)) }), true);
    return;
  }
  form.setAttribute("aria-busy", "true");
  if (files.reduce((sum, file) => sum + file.size, 0) <= SMALL) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.multiple = files.length > 1;
    input.files = transfer.files;
    say(form, text("sending", { name: files[0]?.name ?? "", percent: "0" }), false);
    form.submit();
    return;
  }
  await sendInParts(form, input, files, text);
}

async function sendInParts(form: HTMLFormElement, input: HTMLInputElement, files: File[], text: UploadText): Promise<void> {
  const csrf = form.querySelector<HTMLInputElement>("input[name=csrf]")?.value ?? "";
  for (const file of files) {
    const location = await send(file, ENDPOINT, csrf, {
      progress: (share) => {
        const percent = Math.round(share * 100);
        say(form, text("sending", { name: file.name, percent: String(percent) }), false, percent);
      },
      interrupted: () => say(form, text("resuming"), false),
    });
    const id = location.split("/").filter(Boolean).pop() ?? "";
    form.append(element("input", { type: "hidden", name: "upload", value: id }));
    say(form, text("sent", { name: file.name }), false, 100);
  }
  input.disabled = true;
  form.submit();
}

function say(form: HTMLFormElement, sentence: string, warns: boolean, percent?: number): void {
  const box = form.querySelector<HTMLElement>(".drop-progress");
  if (!box) return;
  box.hidden = false;
  const line = box.querySelector("[role=status]");
  if (line && line.textContent !== sentence) line.textContent = sentence;
  line?.classList.toggle("late", warns);
  const bar = box.querySelector("progress");
  if (!bar) return;
  bar.hidden = warns;
  if (percent === undefined) bar.removeAttribute("value");
  else bar.value = percent;
}
