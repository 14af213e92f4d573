// What was dropped or pasted, as files: folders are gone through, copied cells become a small file.

/** Files of a folder and of those within; more than this many are a mistake. */
const MOST = 200;

/** Files that systems leave in folders. */
const isLitter = (name: string): boolean => /^(\.|~\$|thumbs\.db$|desktop\.ini$)/i.test(name);

export const worthSending = (files: Iterable<File>): File[] => [...files].filter((file) => !isLitter(file.name));

export async function dropped(transfer: DataTransfer): Promise<File[]> {
  // The entries must be taken before the first wait: the list is emptied when the event ends.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return worthSending(transfer.files);
  const found: File[] = [];
  for (const entry of entries) await walk(entry, found);
  return worthSending(found);
}

async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= MOST) return;
  if (entry.isFile) {
    found.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const child of part) await walk(child, found);
  }
}

/** Files of the clipboard, or cells copied from a spreadsheet: lines whose values are separated by tabs. */
export function pasted(transfer: DataTransfer | null, name: string): File[] {
  if (!transfer) return [];
  const files = worthSending(transfer.files);
  const text = transfer.getData("text/plain");
  // A spreadsheet puts a picture of the cells beside them: the cells are wanted.
  if (text.includes("\t") && text.trim().includes("\n")) return [new File([text], name, { type: "text/tab-separated-values" })];
  return files;
}
