//! API tokens on a page: a person's own, or an organisation's.

use catalog::account::{Scope, Token};
use catalog::records::{Owner, TokenDraft};
use jiff::{Span, Timestamp};
use uuid::Uuid;

use super::fields::Fields;
use crate::State;
use crate::i18n::Text;
use crate::pages::Reader;
use crate::problem::Problem;

/// Days that a token may last, as they are offered; the first is proposed.
const DAYS: [i64; 3] = [90, 365, 30];

/// Tokens as they are read.
pub struct Table {
    /// Where new ones are posted; `/{id}/revoke` under it revokes.
    pub action: String,
    pub lines: Vec<Line>,
    pub scopes: Vec<Choice>,
    pub durations: Vec<Choice>,
    /// The one just made.
    pub made: Option<Made>,
}

pub struct Line {
    pub revoke: String,
    pub name: String,
    pub scope: String,
    pub until: String,
    pub used: String,
    /// Whether it still opens anything.
    pub valid: bool,
    pub state: String,
}

/// An option of a list.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A token just made: its secret is shown this once.
pub struct Made {
    pub name: String,
    pub secret: String,
}

impl Table {
    /// The tokens that still say something: revoked ones are gone from the page.
    pub fn new(t: &Text, action: &str, tokens: &[Token], now: Timestamp) -> Self {
        let shown = tokens.iter().filter(|token| token.revoked_at.is_none());
        let scope = |scope: Scope| Choice {
            value: scope.as_str().to_owned(),
            label: t.get(&format!("scope-{}", scope.as_str())),
            chosen: scope == Scope::Publish,
        };
        let days = |days: i64| Choice {
            value: days.to_string(),
            label: t.count("token-days", &days.unsigned_abs()),
            chosen: days == DAYS[0],
        };
        let never = Choice { value: String::new(), label: t.get("token-no-expiry"), chosen: false };
        Self {
            action: action.to_owned(),
            lines: shown.map(|token| line(t, action, token, now)).collect(),
            scopes: Scope::ALL.map(scope).into(),
            durations: DAYS.into_iter().map(days).chain([never]).collect(),
            made: None,
        }
    }
}

fn line(t: &Text, action: &str, token: &Token, now: Timestamp) -> Line {
    let valid = token.is_valid(now);
    let day = |at: &Option<Timestamp>, none: &str| at.as_ref().map_or_else(|| t.get(none), |at| t.day(at));
    Line {
        revoke: format!("{action}/{}/revoke", token.id),
        name: token.name.clone(),
        scope: t.get(&format!("scope-{}", token.scope.as_str())),
        until: day(&token.expires_at, "token-no-expiry"),
        used: day(&token.last_used_at, "token-never-used"),
        valid,
        state: t.get(if valid { "token-valid" } else { "token-expired" }),
    }
}

/// Creates a token from a form; gives it, or what is wrong with the form in words.
pub async fn create(
    reader: &Reader,
    state: &State,
    owner: Owner,
    fields: &Fields,
) -> Result<Result<Made, String>, Problem> {
    let t = reader.t;
    let name = fields.line("name");
    if name.is_empty() || name.chars().count() > 100 {
        return Ok(Err(t.get("token-name-wrong")));
    }
    let Some(scope) = Scope::parse(fields.get("scope")) else { return Ok(Err(t.get("token-scope-wrong"))) };
    let expires_at = match fields.line("days") {
        "" => None,
        days => match days.parse::<i64>().ok().filter(|days| (1..=3_650).contains(days)) {
            Some(days) => reader.now.checked_add(Span::new().hours(days * 24)).ok(),
            None => return Ok(Err(t.get("token-days-wrong"))),
        },
    };
    let draft = TokenDraft { name: name.to_owned(), owner, scope, expires_at };
    let new = state.platform.records.create_token(draft, reader.visitor.actor()?).await?;
    Ok(Ok(Made { name: new.token.name, secret: new.secret }))
}

/// Revokes the token with this identifier.
pub async fn revoke(reader: &Reader, state: &State, id: &str) -> Result<(), Problem> {
    let id = Uuid::try_parse(id).map_err(|_| Problem::not_found("token", id))?;
    state.platform.records.revoke_token(id, reader.visitor.actor()?).await?;
    Ok(())
}
