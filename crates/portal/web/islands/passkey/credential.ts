// Between the JSON of WebAuthn Level 3 and what browsers take. Newer browsers do this themselves.

type Json = Record<string, unknown>;

/** Whether this browser has passkeys at all. */
export function supported(): boolean {
  return window.isSecureContext && "PublicKeyCredential" in window && navigator.credentials !== undefined;
}

/** Whether passkeys are offered while one fills in the address. */
export async function offeredInFields(): Promise<boolean> {
  return supported() && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
}

/** Asks the device for a new passkey. */
export async function create(options: Json): Promise<Json> {
  const publicKey = parsesJson("parseCreationOptionsFromJSON")
    ? PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON)
    : (decoded(options) as unknown as PublicKeyCredentialCreationOptions);
  return encoded(await navigator.credentials.create({ publicKey }));
}

/** Asks the device for a passkey of this site; `conditional`: when its user chooses it among the suggestions of a field. */
export async function get(options: Json, mediation: CredentialMediationRequirement, signal: AbortSignal): Promise<Json> {
  const publicKey = parsesJson("parseRequestOptionsFromJSON")
    ? PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON)
    : (decoded(options) as unknown as PublicKeyCredentialRequestOptions);
  return encoded(await navigator.credentials.get({ publicKey, mediation, signal }));
}

function parsesJson(name: "parseCreationOptionsFromJSON" | "parseRequestOptionsFromJSON"): boolean {
  return typeof PublicKeyCredential[name] === "function";
}

/** The members that are bytes: the challenge, and identifiers. */
function decoded(options: Json): Json {
  const user = options.user as Json | undefined;
  const list = (name: string): Json =>
    Array.isArray(options[name]) ? { [name]: (options[name] as Json[]).map((one) => ({ ...one, id: bytes(one.id) })) } : {};
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(user ? { user: { ...user, id: bytes(user.id) } } : {}),
    ...list("excludeCredentials"),
    ...list("allowCredentials"),
  };
}

function encoded(found: Credential | null): Json {
  const credential = found as PublicKeyCredential | null;
  if (!credential) throw new DOMException("no credential", "NotAllowedError");
  if (typeof credential.toJSON === "function") return credential.toJSON() as unknown as Json;
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const texts: Json = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const) {
    if (response[name]) texts[name] = text(response[name]);
  }
  if (typeof response.getTransports === "function") texts.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: texts,
  };
}

/** From base64url. */
function bytes(value: unknown): ArrayBuffer {
  const binary = atob(String(value).replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer;
}

/** To base64url, without padding. */
function text(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
