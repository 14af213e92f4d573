// Resumable uploads (tus 1.0): a file goes in parts; after a break the server says how much it has.

const PART = 4 * 1024 * 1024;
const ATTEMPTS = 8;
const VERSION = { "Tus-Resumable": "1.0.0" };

export class Refused extends Error {
  constructor(readonly status: number) {
    super(`refused with ${status}`);
  }
}

/** What happens during an upload. */
export interface Listener {
  progress(share: number): void;
  interrupted(): void;
}

/** Sends a file; gives the address of the finished upload. */
export async function send(file: File, endpoint: string, csrf: string, listener: Listener): Promise<string> {
  const key = `upload ${file.name} ${file.size} ${file.lastModified}`;
  let location = recall(key);
  let offset = location === null ? null : await offsetOf(location).catch(() => null);
  if (location === null || offset === null) {
    location = await create(file, endpoint, csrf);
    offset = 0;
    keep(key, location);
  }
  let failures = 0;
  while (offset < file.size) {
    try {
      offset = await sendPart(file, location, offset, csrf, listener);
      failures = 0;
    } catch (error) {
      if (error instanceof Refused && error.status < 500 && error.status !== 409) {
        forget(key);
        throw error;
      }
      failures += 1;
      if (failures >= ATTEMPTS) throw error;
      listener.interrupted();
      await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** failures, 15_000)));
      offset = (await offsetOf(location).catch(() => null)) ?? offset;
    }
  }
  forget(key);
  return location;
}

async function create(file: File, endpoint: string, csrf: string): Promise<string> {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const headers = { ...VERSION, "Upload-Length": String(file.size), "Upload-Metadata": `filename ${name}`, "X-CSRF-Token": csrf };
  const answer = await fetch(endpoint, { method: "POST", headers, credentials: "same-origin" });
  const location = answer.headers.get("Location");
  if (!answer.ok || location === null) throw new Refused(answer.status);
  return new URL(location, document.baseURI).pathname;
}

async function offsetOf(location: string): Promise<number | null> {
  const answer = await fetch(location, { method: "HEAD", headers: VERSION, credentials: "same-origin", cache: "no-store" });
  const offset = answer.headers.get("Upload-Offset");
  return answer.ok && offset !== null ? Number(offset) : null;
}

/** Sends one part; `fetch` doesn't tell how far a body is, `XMLHttpRequest` does. */
function sendPart(file: File, location: string, offset: number, csrf: string, listener: Listener): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PATCH", location);
    for (const [name, value] of Object.entries(VERSION)) request.setRequestHeader(name, value);
    request.setRequestHeader("Upload-Offset", String(offset));
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.setRequestHeader("X-CSRF-Token", csrf);
    request.upload.onprogress = (event) => listener.progress((offset + event.loaded) / file.size);
    request.onerror = () => reject(new Error("the connection broke"));
    request.onload = () => {
      const reached = Number(request.getResponseHeader("Upload-Offset") ?? Number.NaN);
      if (request.status === 204 && Number.isFinite(reached) && reached > offset) resolve(reached);
      else reject(new Refused(request.status));
    };
    request.send(file.slice(offset, offset + PART));
  });
}

// Storage may be forbidden: then an upload resumes only as long as the page is open.
function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, location: string): void {
  try {
    localStorage.setItem(key, location);
  } catch {
    /* nothing is lost but the resuming after a reload */
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    /* as above */
  }
}
