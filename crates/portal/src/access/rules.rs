//! The rules, route by route.

use catalog::account::Role;

use super::Access::{self, Member, Person, Public, SignedIn};
use super::Rule;
use crate::pace::Pace;

const fn get(path: &'static str, access: Access) -> Rule {
    Rule { method: "GET", path, access, pace: Pace::Free }
}

const fn post(path: &'static str, access: Access) -> Rule {
    Rule { method: "POST", path, access, pace: Pace::Write }
}

const fn put(path: &'static str, access: Access) -> Rule {
    Rule { method: "PUT", path, access, pace: Pace::Write }
}

const fn delete(path: &'static str, access: Access) -> Rule {
    Rule { method: "DELETE", path, access, pace: Pace::Write }
}

/// The rules, by area.
pub const RULES: &[&[Rule]] =
    &[PAGES, ASSISTANT, MACHINES, API, DRAFTS, UPLOADS, TABULAR, ADRESSE, ACCOUNTS, SIGN_IN, GEO, ADDRESSES];

const PAGES: &[Rule] = &[
    get("/", Public),
    get("/datasets", Public),
    get("/datasets/{slug}", Public),
    get("/datasets/{slug}/history", Public),
    get("/datasets/{slug}/resources/{id}", Public),
    get("/datasets/{slug}/resources/{id}/api", Public),
    get("/embed/{id}", Public),
    get("/organizations", Public),
    get("/organizations/{slug}", Public),
    get("/licences", Public),
    get("/schemas", Public),
    get("/schemas/{owner}/{name}", Public),
    get("/schemas/{owner}/{name}/template.xlsx", Public),
    get("/schemas/{owner}/{name}/schema.json", Public),
    get("/enter", Member(Role::Contributor)),
    get("/enter/communes", Public),
    get("/enter/{owner}/{name}", Member(Role::Contributor)),
    post("/enter/{owner}/{name}", Member(Role::Contributor)),
    // A question, asked at each pause of typing.
    post("/enter/{owner}/{name}/check", Member(Role::Contributor)).paced(Pace::Free),
    get("/territory", Public),
    // A choice that the browser keeps: nothing changes here.
    post("/territory", Public).paced(Pace::Free),
    get("/territory/suggest", Public),
    get("/about", Public),
    get("/accessibility", Public),
    get("/legal", Public),
    get("/assets/{hash}/{name}", Public),
];

const ASSISTANT: &[Rule] = &[
    get("/publish", Person),
    post("/publish", Person).paced(Pace::Upload),
    get("/publish/received/{work}", Person),
    get("/publish/received/{work}/progress", Person),
    get("/publish/{draft}", Person),
    get("/publish/{draft}/progress", Person),
    post("/publish/{draft}/discard", Person),
    post("/publish/{draft}/replace", Person).paced(Pace::Upload),
    get("/publish/{draft}/file", Person),
    post("/publish/{draft}/file", Person),
    post("/publish/{draft}/schema", Person),
    get("/publish/{draft}/check", Person),
    post("/publish/{draft}/check", Person),
    get("/publish/{draft}/check/list.csv", Person),
    get("/publish/{draft}/personal", Person),
    post("/publish/{draft}/personal", Person),
    get("/publish/{draft}/locate", Person),
    post("/publish/{draft}/locate", Person),
    get("/publish/{draft}/locate/around", Person),
    get("/publish/{draft}/describe", Person),
    post("/publish/{draft}/describe", Person),
    get("/publish/{draft}/preview", Person),
    post("/publish/{draft}/preview", Person),
];

const MACHINES: &[Rule] = &[
    get("/feed.atom", Public),
    get("/datasets/{slug}/feed.atom", Public),
    get("/sitemap.xml", Public),
    get("/opensearch.xml", Public),
    get("/robots.txt", Public),
    get("/.well-known/security.txt", Public),
    get("/health", Public),
    get("/files/{sha256}/{name}", Public),
];

const API: &[Rule] = &[
    get("/api/v1", Public),
    get("/api/v1/openapi.json", Public),
    get("/api/v1/datasets", Public),
    get("/api/v1/datasets/{slug}", Public),
    get("/api/v1/datasets/{slug}/history", Public),
    get("/api/v1/datasets/{slug}/quality", Public),
    get("/api/v1/licences", Public),
    get("/api/v1/licences/combine", Public),
    get("/api/v1/organizations", Public),
    get("/api/v1/organizations/{slug}", Public),
    get("/api/v1/history", Public),
    get("/api/v1/resources/{id}", Public),
    get("/api/v1/resources/{id}/versions", Public),
    get("/api/v1/resources/{id}/versions/{number}", Public),
    get("/api/v1/resources/{id}/rows", Public),
    get("/api/v1/resources/{id}/profile", Public),
    get("/api/v1/resources/{id}/exceptions", Public),
    get("/api/v1/resources/{id}/{file}", Public),
    get("/api/v1/resources/{id}/tiles/{z}/{x}/{file}", Public),
    get("/api/v1/resources/{id}/versions/{number}/rows", Public),
    get("/api/v1/resources/{id}/versions/{number}/profile", Public),
    get("/api/v1/resources/{id}/versions/{number}/exceptions", Public),
    get("/api/v1/resources/{id}/versions/{number}/{file}", Public),
    get("/api/v1/resources/{id}/versions/{number}/tiles/{z}/{x}/{file}", Public),
    get("/api/v1/sql", Public),
    // A question, although it is posted.
    post("/api/v1/sql", Public).paced(Pace::Free),
    post("/api/v1/publish", Member(Role::Publisher)).paced(Pace::Upload),
];

/// Drafts, for programs. Whose draft it is, the domain asks.
const DRAFTS: &[Rule] = &[
    get("/api/v1/drafts", Member(Role::Reader)),
    post("/api/v1/drafts", Member(Role::Contributor)).paced(Pace::Upload),
    get("/api/v1/drafts/{id}", Member(Role::Reader)),
    Rule { method: "PATCH", path: "/api/v1/drafts/{id}", access: Member(Role::Contributor), pace: Pace::Write },
    delete("/api/v1/drafts/{id}", Member(Role::Contributor)),
    get("/api/v1/drafts/{id}/check", Member(Role::Reader)),
    get("/api/v1/drafts/{id}/addresses", Member(Role::Reader)),
    get("/api/v1/drafts/{id}/description", Member(Role::Reader)),
    post("/api/v1/drafts/{id}/submit", Member(Role::Contributor)),
    post("/api/v1/drafts/{id}/return", Member(Role::Publisher)),
    post("/api/v1/drafts/{id}/publish", Member(Role::Publisher)),
];

/// Files in pieces: who may contribute somewhere may send one; it is given to nobody but who sent it.
const UPLOADS: &[Rule] = &[
    post("/uploads", Member(Role::Contributor)).paced(Pace::Upload),
    Rule { method: "HEAD", path: "/uploads/{id}", access: Member(Role::Contributor), pace: Pace::Free },
    Rule { method: "PATCH", path: "/uploads/{id}", access: Member(Role::Contributor), pace: Pace::Upload },
    post("/uploads/{id}", Member(Role::Contributor)).paced(Pace::Upload),
    delete("/uploads/{id}", Member(Role::Contributor)),
];

const TABULAR: &[Rule] = &[
    get("/tabular/health", Public),
    get("/tabular/health/", Public),
    get("/tabular/api/aggregation-exceptions", Public),
    get("/tabular/api/aggregation-exceptions/", Public),
    get("/tabular/api/resources/{id}", Public),
    get("/tabular/api/resources/{id}/", Public),
    get("/tabular/api/resources/{id}/profile", Public),
    get("/tabular/api/resources/{id}/profile/", Public),
    get("/tabular/api/resources/{id}/swagger", Public),
    get("/tabular/api/resources/{id}/swagger/", Public),
    get("/tabular/api/resources/{id}/data", Public),
    get("/tabular/api/resources/{id}/data/", Public),
    get("/tabular/api/resources/{id}/data/{format}", Public),
    get("/tabular/api/resources/{id}/data/{format}/", Public),
];

/// Questions about addresses; those of files are posted, and change nothing.
const ADRESSE: &[Rule] = &[
    get("/adresse/openapi.json", Public),
    get("/adresse/health", Public),
    get("/adresse/health/", Public),
    get("/adresse/search", Public).paced(Pace::Address),
    get("/adresse/search/", Public).paced(Pace::Address),
    get("/adresse/reverse", Public).paced(Pace::Address),
    get("/adresse/reverse/", Public).paced(Pace::Address),
    post("/adresse/search/csv", Public).paced(Pace::AddressFile),
    post("/adresse/search/csv/", Public).paced(Pace::AddressFile),
    post("/adresse/reverse/csv", Public).paced(Pace::AddressFile),
    post("/adresse/reverse/csv/", Public).paced(Pace::AddressFile),
    post("/adresse/search/ndjson", Public).paced(Pace::AddressFile),
    post("/adresse/search/ndjson/", Public).paced(Pace::AddressFile),
    post("/adresse/reverse/ndjson", Public).paced(Pace::AddressFile),
    post("/adresse/reverse/ndjson/", Public).paced(Pace::AddressFile),
];

const ACCOUNTS: &[Rule] = &[
    get("/sign-in", Public),
    post("/sign-in", Public).paced(Pace::SignIn),
    get("/sign-in/forgotten", Public),
    post("/sign-in/forgotten", Public).paced(Pace::Invitation),
    post("/sign-out", Person),
    get("/invitation/{secret}", Public).paced(Pace::Invitation),
    post("/invitation/{secret}", Public).paced(Pace::Invitation),
    get("/account", Person),
    post("/account/name", Person),
    post("/account/password", Person).paced(Pace::SignIn),
    post("/account/sessions/end", Person),
    post("/account/sessions/{id}/end", Person),
    post("/account/tokens", Person),
    post("/account/tokens/{id}/revoke", Person),
    get("/organizations/{slug}/members", Member(Role::Administrator)),
    post("/organizations/{slug}/members/{account}", Member(Role::Administrator)),
    post("/organizations/{slug}/invitations", Member(Role::Administrator)).paced(Pace::Invitation),
    post("/organizations/{slug}/invitations/{id}/revoke", Member(Role::Administrator)),
    post("/organizations/{slug}/tokens", Member(Role::Administrator)),
    post("/organizations/{slug}/tokens/{id}/revoke", Member(Role::Administrator)),
    get("/api/v1/me", SignedIn),
    get("/api/v1/tokens", SignedIn),
    post("/api/v1/tokens", SignedIn),
    delete("/api/v1/tokens/{id}", SignedIn),
];

const SIGN_IN: &[Rule] = &[
    post("/sign-in/passkey/options", Public),
    post("/sign-in/passkey", Public).paced(Pace::SignIn),
    get("/sign-in/openid", Public).paced(Pace::Write),
    get("/sign-in/openid/return", Public).paced(Pace::SignIn),
    get("/sign-out/openid", Public),
    get("/account/passkeys", Person),
    post("/account/passkeys", Person),
    post("/account/passkeys/options", Person),
    post("/account/passkeys/{id}/name", Person),
    post("/account/passkeys/{id}/remove", Person),
    get("/account/identities", Person),
    post("/account/identities/add", Person),
    post("/account/identities/{id}/remove", Person),
];

const GEO: &[Rule] = &[
    get("/geo/communes", Public),
    get("/geo/communes/", Public),
    get("/geo/communes/{code}", Public),
    get("/geo/communes/{code}/", Public),
    get("/geo/communes_associees_deleguees", Public),
    get("/geo/communes_associees_deleguees/", Public),
    get("/geo/communes_associees_deleguees/{code}", Public),
    get("/geo/communes_associees_deleguees/{code}/", Public),
    get("/geo/epcis", Public),
    get("/geo/epcis/", Public),
    get("/geo/epcis/{code}", Public),
    get("/geo/epcis/{code}/", Public),
    get("/geo/epcis/{code}/communes", Public),
    get("/geo/epcis/{code}/communes/", Public),
    get("/geo/departements", Public),
    get("/geo/departements/", Public),
    get("/geo/departements/{code}", Public),
    get("/geo/departements/{code}/", Public),
    get("/geo/departements/{code}/communes", Public),
    get("/geo/departements/{code}/communes/", Public),
    get("/geo/regions", Public),
    get("/geo/regions/", Public),
    get("/geo/regions/{code}", Public),
    get("/geo/regions/{code}/", Public),
    get("/geo/regions/{code}/departements", Public),
    get("/geo/regions/{code}/departements/", Public),
    get("/geo/definition.yml", Public),
];

/// Address bases of towns. Whose base it is, the domain asks.
const ADDRESSES: &[Rule] = &[
    get("/api/v1/addresses", Member(Role::Reader)),
    get("/api/v1/addresses/{commune}", Member(Role::Reader)),
    get("/api/v1/addresses/{commune}/bal.csv", Member(Role::Reader)),
    post("/api/v1/addresses/{commune}/publish", Member(Role::Publisher)).paced(Pace::Upload),
    get("/api/v1/addresses/{commune}/streets", Member(Role::Reader)),
    post("/api/v1/addresses/{commune}/streets", Member(Role::Contributor)),
    get("/api/v1/addresses/{commune}/streets/{id}", Member(Role::Reader)),
    put("/api/v1/addresses/{commune}/streets/{id}", Member(Role::Contributor)),
    Rule {
        method: "PATCH",
        path: "/api/v1/addresses/{commune}/streets/{id}",
        access: Member(Role::Contributor),
        pace: Pace::Write,
    },
    delete("/api/v1/addresses/{commune}/streets/{id}", Member(Role::Contributor)),
    get("/api/v1/addresses/{commune}/streets/{id}/numbers/{number}", Member(Role::Reader)),
    put("/api/v1/addresses/{commune}/streets/{id}/numbers/{number}", Member(Role::Contributor)),
    get("/addresses", Member(Role::Reader)),
    post("/addresses", Member(Role::Contributor)).paced(Pace::Upload),
    get("/addresses/{commune}", Member(Role::Reader)),
    post("/addresses/{commune}/streets", Member(Role::Contributor)),
    post("/addresses/{commune}/remove", Member(Role::Publisher)),
    get("/addresses/{commune}/publish", Member(Role::Reader)),
    post("/addresses/{commune}/publish", Member(Role::Publisher)),
    get("/addresses/{commune}/publish/progress", Member(Role::Reader)),
    get("/addresses/{commune}/history", Member(Role::Reader)),
    post("/addresses/{commune}/history/{event}/undo", Member(Role::Contributor)),
    get("/addresses/{commune}/bal.csv", Member(Role::Reader)),
    get("/addresses/{commune}/map.geojson", Member(Role::Reader)),
    get("/addresses/{commune}/streets/{id}", Member(Role::Reader)),
    post("/addresses/{commune}/streets/{id}", Member(Role::Contributor)),
    get("/addresses/{commune}/streets/{id}/numbers/{number}", Member(Role::Reader)),
    post("/addresses/{commune}/streets/{id}/numbers/{number}", Member(Role::Contributor)),
];
