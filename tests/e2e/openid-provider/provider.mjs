// An OpenID Connect provider with a few people in it, for the end-to-end tests: a certified library, its own sign-in
// page, and faults that it commits when asked to. Reads commands from its standard input, one JSON object a line, and
// answers each with a line.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

/** Nobody's real names; the password is the login. */
const PEOPLE = {
  jeanne: { email: "jeanne.roux@bram.example", given_name: "Jeanne", usual_name: "Roux", siret: "21110076300012" },
  paul: { email: "paul.marc@ailleurs.example", given_name: "Paul", usual_name: "Marc", siret: "21110076300012" },
  odile: { email: "odile.faure@bram.example", given_name: "Odile", usual_name: "Faure", siret: "21110076300012" },
  nour: { email: "nour.sans@bram.example", email_verified: false, given_name: "Nour", usual_name: "Sans" },
};
const SECRET = "a-secret-of-the-tests-that-is-long-enough-for-hs256";

// The library tells its notices where answers go.
console.log = console.info = console.error;

const state = { handler: null, keys: null, options: {}, sabotage: "", seen: [] };
const server = createServer((request, response) => {
  if (state.handler) return state.handler(request, response);
  response.writeHead(503).end("down");
});
server.listen(0, "127.0.0.1", () => say({ port: server.address().port }));

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  if ("portal" in command) state.options = command;
  if ("portal" in command || command.rotate) await start();
  if ("sabotage" in command) state.sabotage = command.sabotage;
  if ("down" in command) command.down ? (state.handler = null) : await start(state.keys);
  say({ seen: state.seen.splice(0) });
}
process.exit(0);

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** Begins anew with these keys, or with new ones. */
async function start(keys) {
  state.keys = keys ?? (await newKeys());
  const provider = new Provider(issuer(), configuration());
  provider.use(watch);
  provider.use(interact(provider));
  state.handler = provider.callback();
}

function issuer() {
  return `http://127.0.0.1:${server.address().port}`;
}

async function newKeys() {
  const kid = () => `key-${Date.now()}-${Math.random().toString(36).slice(2)}`;
  const made = {};
  for (const alg of ["RS256", "ES256"]) {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    made[alg] = { key: privateKey, jwk: { ...(await exportJWK(privateKey)), kid: kid(), alg, use: "sig" } };
  }
  return made;
}

function configuration() {
  const { portal, algorithm = "RS256", authentication = "client_secret_post", signedUserInfo = true } = state.options;
  return {
    jwks: { keys: Object.values(state.keys).map(({ jwk }) => jwk) },
    clients: [
      {
        client_id: "cocagne",
        client_secret: SECRET,
        redirect_uris: [`${portal}/sign-in/openid/return`],
        post_logout_redirect_uris: [`${portal}/sign-out/openid`],
        token_endpoint_auth_method: authentication,
        id_token_signed_response_alg: algorithm,
        ...(signedUserInfo ? { userinfo_signed_response_alg: algorithm } : {}),
      },
    ],
    acrValues: ["eidas1"],
    scopes: ["openid"],
    claims: {
      openid: ["sub"],
      given_name: ["given_name"],
      usual_name: ["usual_name"],
      email: ["email", "email_verified"],
      profile: ["given_name", "family_name"],
      uid: ["uid"],
      siret: ["siret"],
      idp_id: ["idp_id"],
      acr: null,
    },
    enabledJWA: {
      idTokenSigningAlgValues: ["RS256", "ES256", "HS256"],
      userinfoSigningAlgValues: ["RS256", "ES256", "HS256"],
    },
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    pkce: { required: () => state.options.pkce ?? true },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ["of-the-tests"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => claims(id) }),
    loadExistingGrant,
    ttl: { AccessToken: 60, AuthorizationCode: 30, IdToken: 60, Interaction: 600, Session: 3600, Grant: 3600 },
  };
}

function claims(id) {
  const person = PEOPLE[id] ?? {};
  // A provider that isn't ProConnect says of each address whether it's verified.
  const verified = state.options.vouches ? { email_verified: true } : {};
  return { sub: `sub-of-${id}`, uid: id, idp_id: "tests", family_name: person.usual_name, ...verified, ...person };
}

/** Nobody is asked whether the portal may know their name: that is not what is tested. */
async function loadExistingGrant(ctx) {
  const { client, session, params, provider } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(params.scope);
  await grant.save();
  return grant;
}

/** Keeps what the tests ask about, and commits the fault that they asked for. */
async function watch(ctx, next) {
  if (ctx.path === "/auth" && ctx.method === "GET") state.seen.push({ authorize: { ...ctx.query } });
  if (ctx.path === "/session/end" && ctx.method === "GET") state.seen.push({ end: { ...ctx.query } });
  await next();
  if (ctx.path === "/token" && ctx.status === 200) await spoilTokens(ctx);
  if (ctx.path === "/me" && ctx.status === 200) await spoilUserInfo(ctx);
  const location = ctx.response.get("location") ?? "";
  if (location.includes("/sign-in/openid/return") && state.sabotage === "issuer-of-return") {
    ctx.set("location", location.replace(/iss=[^&]*/, "iss=https%3A%2F%2Fother.example"));
  }
  if (location.includes("/sign-in/openid/return") && state.sabotage === "no-issuer-of-return") {
    ctx.set("location", location.replace(/&iss=[^&]*/, ""));
  }
}

function payload(jwt) {
  return JSON.parse(Buffer.from(jwt.split(".")[1], "base64url"));
}

function seconds() {
  return Math.floor(Date.now() / 1000);
}

async function sign(claims, { key, kid } = {}) {
  const { jwk, key: own } = state.keys.RS256;
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: kid ?? jwk.kid }).sign(key ?? own);
}

async function spoilTokens(ctx) {
  const spoil = {
    signature: (jwt) => `${jwt.slice(0, -8)}AAAAAAAA`,
    nonce: (jwt) => sign({ ...payload(jwt), nonce: "another" }),
    audience: (jwt) => sign({ ...payload(jwt), aud: "another" }),
    issuer: (jwt) => sign({ ...payload(jwt), iss: "https://other.example" }),
    expired: (jwt) => sign({ ...payload(jwt), exp: seconds() - 300 }),
    future: (jwt) => sign({ ...payload(jwt), iat: seconds() + 600 }),
    "slow-clock": (jwt) => sign({ ...payload(jwt), iat: seconds() - 80, exp: seconds() - 20 }),
    acr: (jwt) => sign({ ...payload(jwt), acr: "eidas0" }),
    party: (jwt) => sign({ ...payload(jwt), azp: "another" }),
    "access-token": (jwt) => sign({ ...payload(jwt), at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }),
    unsigned: (jwt) => `${Buffer.from('{"alg":"none"}').toString("base64url")}.${jwt.split(".")[1]}.`,
    "with-the-secret": (jwt) =>
      new SignJWT(payload(jwt)).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(SECRET)),
    "unknown-key": async (jwt) =>
      sign(payload(jwt), { key: (await generateKeyPair("RS256")).privateKey, kid: "never-published" }),
    nonsense: () => "nonsense",
    missing: () => undefined,
  }[state.sabotage];
  if (spoil) ctx.body = { ...ctx.body, id_token: await spoil(ctx.body.id_token) };
  if (state.sabotage === "not-json") Object.assign(ctx, { body: "<html>", type: "text/html" });
  if (state.sabotage === "endless") Object.assign(ctx, { body: Buffer.alloc(8 << 20, 32), type: "application/json" });
}

async function spoilUserInfo(ctx) {
  if (state.sabotage === "other-person") ctx.body = await sign({ ...payload(ctx.body), sub: "sub-of-somebody" });
  if (state.sabotage === "unsigned-user-info") Object.assign(ctx, { body: payload(ctx.body), type: "application/json" });
  if (state.sabotage === "forged-user-info") ctx.body = `${ctx.body.slice(0, -8)}AAAAAAAA`;
  if (state.sabotage === "no-user-info") ctx.status = 500;
}

/** The provider's own sign-in page. */
function interact(provider) {
  return async (ctx, next) => {
    if (!ctx.path.startsWith("/interaction/")) return next();
    if (ctx.method !== "POST") {
      ctx.body = page();
      return;
    }
    const form = new URLSearchParams(await text(ctx.req));
    const login = form.get("login") ?? "";
    let result = { error: "access_denied", error_description: "the person gave up" };
    if (!form.has("cancel")) {
      if (!(login in PEOPLE) || form.get("password") !== login) {
        ctx.body = page("These don't go together.");
        return;
      }
      result = { login: { accountId: login, acr: "eidas1" } };
    }
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  };
}

async function text(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function page(fault = "") {
  return `<!doctype html><html lang="en"><title>Provider of the tests</title><main><h1>Provider of the tests</h1><p>${fault}</p>
<form method="post"><label>Login <input name="login"></label><label>Password <input name="password" type="password"></label>
<button>Sign in at the provider</button><button name="cancel" value="1">Give up</button></form></main></html>`;
}
