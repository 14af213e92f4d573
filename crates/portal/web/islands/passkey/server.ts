// What the portal is asked, and what it answers.

/** A refusal, with the portal's own sentence. */
export class Refused extends Error {}

/** Posts JSON; gives the JSON of the answer. */
export async function post(url: string, body: unknown, csrf = ""): Promise<Record<string, unknown>> {
  const headers: Record<string, string> = { "content-type": "application/json", accept: "application/json" };
  if (csrf) headers["x-csrf-token"] = csrf;
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok) throw new Refused(typeof answer.message === "string" ? answer.message : "");
  return answer;
}
