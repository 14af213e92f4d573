//! API tokens.

use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::entity::token;
use super::{Records, check, column, organizations};
use crate::account::{Actor, NewToken, Role, Token};
use crate::error::{Error, Result};
use crate::model::{Action, Listing, Page};

/// Begins every secret, so that leak scanners can tell what they found.
const PREFIX: &str = "cocagne_";
/// The last use is recorded at most once in this time.
const USE_GRAIN_MS: i64 = 60_000;

impl Records {
    /// Tokens, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tokens(&self, page: Page) -> Result<Listing<Token>> {
        let query = token::Entity::find();
        let total = query.clone().count(&self.database).await?;
        let rows = query
            .order_by_desc(token::Column::Id)
            .offset(page.offset)
            .limit(page.limit.min(Page::LARGEST))
            .all(&self.database)
            .await?;
        let items = rows.into_iter().map(Token::try_from).collect::<Result<_>>()?;
        Ok(Listing { items, total })
    }

    /// Creates a token for one organisation (slug or identifier) or for all.
    ///
    /// # Errors
    /// When the organisation doesn't exist, the expiry is past, or the actor may not administer it.
    pub async fn create_token(
        &self,
        name: &str,
        organization: Option<&str>,
        expires_at: Option<Timestamp>,
        actor: &Actor,
    ) -> Result<NewToken> {
        let name = check::line("name", name, 100)?;
        let mut change = self.change(actor).await?;
        let organization = match organization {
            Some(key) => Some(organizations::required(&change.transaction, key).await?.id),
            None => None,
        };
        match organization {
            Some(id) => change.need_role(id, Role::Administrator)?,
            None => change.need_administrator()?,
        }
        if expires_at.is_some_and(|at| at <= change.at) {
            return Err(Error::invalid("expires", "is past: give a later moment"));
        }
        let secret = format!("{PREFIX}{}", hexadecimal(&random_bytes()?));
        let row = token::Model {
            id: Uuid::now_v7(),
            name,
            secret_hash: hash(&secret),
            organization,
            created_at: change.at.as_millisecond(),
            expires_at: expires_at.map(Timestamp::as_millisecond),
            revoked_at: None,
            last_used_at: None,
        };
        row.clone().into_active_model().insert(&change.transaction).await?;
        let token = Token::try_from(row)?;
        change.note(Action::TokenCreated, token.id, None, &token).await?;
        change.commit().await?;
        Ok(NewToken { token, secret })
    }

    /// Makes a token useless, for ever.
    ///
    /// # Errors
    /// When it doesn't exist or the actor may not administer its organisation.
    pub async fn revoke_token(&self, id: Uuid, actor: &Actor) -> Result<Token> {
        let mut change = self.change(actor).await?;
        let row = token::Entity::find_by_id(id).one(&change.transaction).await?;
        let row = row.ok_or_else(|| Error::not_found("token", id))?;
        match row.organization {
            Some(organization) => change.need_role(organization, Role::Administrator)?,
            None => change.need_administrator()?,
        }
        if row.revoked_at.is_some() {
            return row.try_into();
        }
        let mut revoked = row.into_active_model();
        revoked.revoked_at = Set(Some(change.at.as_millisecond()));
        let row = revoked.update(&change.transaction).await?;
        change.note(Action::TokenRevoked, id, None, &serde_json::json!({ "name": row.name })).await?;
        change.commit().await?;
        row.try_into()
    }

    /// Who bears this secret; `None` when it's unknown, expired or revoked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn authenticate(&self, secret: &str) -> Result<Option<Actor>> {
        if !secret.starts_with(PREFIX) || secret.len() != PREFIX.len() + 64 {
            return Ok(None);
        }
        let row = token::Entity::find().filter(token::Column::SecretHash.eq(hash(secret))).one(&self.database).await?;
        let now = column::now().as_millisecond();
        let valid = |row: &token::Model| row.revoked_at.is_none() && row.expires_at.is_none_or(|at| at > now);
        let Some(row) = row.filter(valid) else { return Ok(None) };
        if row.last_used_at.is_none_or(|at| now - at >= USE_GRAIN_MS) {
            token::Entity::update_many()
                .col_expr(token::Column::LastUsedAt, now.into())
                .filter(token::Column::Id.eq(row.id))
                .exec(&self.database)
                .await?;
        }
        Ok(Some(Actor::token(&row.try_into()?)))
    }
}

/// The secret has 256 random bits: a plain hash can't be searched.
fn hash(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret.as_bytes()))
}

fn random_bytes() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random.fill(&mut bytes).map_err(|_| Error::Record("the system gives no random bytes".to_owned()))?;
    Ok(bytes)
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
        text
    })
}

impl TryFrom<token::Model> for Token {
    type Error = Error;

    fn try_from(row: token::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            name: row.name,
            organization: row.organization,
            created_at: column::instant(row.created_at)?,
            expires_at: column::optional_instant(row.expires_at)?,
            revoked_at: column::optional_instant(row.revoked_at)?,
            last_used_at: column::optional_instant(row.last_used_at)?,
        })
    }
}
