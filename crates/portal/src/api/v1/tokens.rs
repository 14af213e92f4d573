//! API tokens for programs: who asks, the tokens there are, new ones, revoked ones.

use axum::{
    Json,
    extract::{FromRequest as _, Path, Request, State as Extract},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use catalog::{
    account::{Role, Scope},
    records::{Owned, Owner, TokenDraft},
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::listing;
use crate::{
    State,
    problem::{Kind, Problem},
    session::Visitor,
};

/// A token that is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    name: String,
    /// Slug or identifier; without one the token is the person's who asks, or the whole installation's.
    #[serde(default)]
    organization: Option<String>,
    #[serde(default = "publish")]
    scope: Scope,
    #[serde(default)]
    expires_at: Option<Timestamp>,
}

fn publish() -> Scope {
    Scope::Publish
}

/// Who asks, and what they may do where.
pub async fn me(Extract(state): Extract<State>, visitor: Visitor, request: Request) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let actor = visitor.actor()?;
    let mut roles = Vec::new();
    for id in actor.organizations(Role::Reader).unwrap_or_default() {
        if let (Some(found), Some(role)) =
            (state.platform.records.organization(&id.to_string()).await?, actor.role_in(id))
        {
            roles.push(json!({ "organization": found.slug, "name": found.name, "role": role }));
        }
    }
    let email = visitor.user.as_ref().map(|user| user.email.as_str());
    Ok(Json(json!({
        "actor": actor.name(),
        "email": email,
        "administrator": actor.may_administer(),
        "everywhere": actor.organizations(Role::Reader).is_none().then(|| actor.role_in(Uuid::nil())).flatten(),
        "roles": roles,
    }))
    .into_response())
}

/// Tokens of an organisation; without one, those of the person who asks, or all for who may administer all.
pub async fn list(Extract(state): Extract<State>, visitor: Visitor, request: Request) -> Result<Response, Problem> {
    let parameters = listing::Parameters::read(request.uri(), &["organization", "offset", "limit"])?;
    let page = parameters.page(&state)?;
    let records = &state.platform.records;
    let actor = visitor.actor()?;
    let owned = match (parameters.text("organization"), &visitor.user) {
        (Some(key), _) => {
            let found = records.organization(key).await?.ok_or_else(|| Problem::not_found("organization", key))?;
            need(actor.has_role(found.id, Role::Administrator), "an administrator of the organisation")?;
            Owned::ByOrganization(found.id)
        }
        (None, Some(person)) => Owned::ByPerson(person.id),
        (None, None) => {
            need(actor.may_administer(), "an administrator of the installation, or a parameter `organization`")?;
            Owned::All
        }
    };
    let found = records.tokens_of(owned, page).await?;
    let base = state.base_url(request.headers());
    Ok(Json(json!({
        "tokens": found.items,
        "total": found.total,
        "offset": page.offset,
        "limit": page.limit,
        "next": listing::next(&base, request.uri(), page, found.total),
    }))
    .into_response())
}

/// Creates a token; the answer holds its secret, this once.
pub async fn create(Extract(state): Extract<State>, visitor: Visitor, request: Request) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let body = Json::<Value>::from_request(request, &state).await;
    let Json(body) = body.map_err(|error| match error.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(Kind::UnsupportedMediaType, "send `application/json`"),
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Kind::TooLarge, error.body_text()),
        _ => Problem::new(Kind::BadRequest, error.body_text()),
    })?;
    let wanted: Wanted =
        serde_json::from_value(body).map_err(|error| Problem::new(Kind::BadRequest, error.to_string()))?;
    let owner = match (wanted.organization, &visitor.user) {
        (Some(key), _) => Owner::Organization(key),
        (None, Some(_)) => Owner::Person,
        (None, None) => Owner::Installation,
    };
    let draft = TokenDraft { name: wanted.name, owner, scope: wanted.scope, expires_at: wanted.expires_at };
    let new = state.platform.records.create_token(draft, visitor.actor()?).await?;
    Ok((StatusCode::CREATED, Json(new)).into_response())
}

/// Revokes a token.
pub async fn revoke(
    Extract(state): Extract<State>,
    visitor: Visitor,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let known = Uuid::try_parse(&id).map_err(|_| Problem::not_found("token", &id))?;
    let token = state.platform.records.revoke_token(known, visitor.actor()?).await?;
    Ok(Json(token).into_response())
}

fn need(has: bool, whom: &str) -> Result<(), Problem> {
    if has { Ok(()) } else { Err(Problem::new(Kind::Forbidden, format!("{whom} is needed"))) }
}
