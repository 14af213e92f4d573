//! API tokens.

use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use uuid::Uuid;

use super::change::Change;
use super::entity::token;
use super::{Records, accounts, check, column, organizations, secret};
use crate::account::{Actor, NewToken, Role, Scope, Token};
use crate::error::{Error, Result};
use crate::model::{Action, Listing, Page};

/// Begins every secret, so that leak scanners can tell what they found.
const PREFIX: &str = "cocagne_";
/// The last use is recorded at most once in this time.
const USE_GRAIN_MS: i64 = 60_000;
/// Tokens of one person that are valid at once.
const MOST_OF_A_PERSON: u64 = 100;

/// A token to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "see Token")]
pub struct TokenDraft {
    pub name: String,
    pub owner: Owner,
    pub scope: Scope,
    pub expires_at: Option<Timestamp>,
}

/// Whose a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// The whole installation's.
    Installation,
    /// An organisation's, by slug or identifier.
    Organization(String),
    /// The person's who creates it, for all their organisations.
    Person,
}

/// Which tokens are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owned {
    /// All of the installation.
    All,
    /// An organisation's own.
    ByOrganization(Uuid),
    /// A person's own.
    ByPerson(Uuid),
}

impl Records {
    /// All tokens, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tokens(&self, page: Page) -> Result<Listing<Token>> {
        self.tokens_of(Owned::All, page).await
    }

    /// Some tokens, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tokens_of(&self, owned: Owned, page: Page) -> Result<Listing<Token>> {
        let whose = match owned {
            Owned::All => Condition::all(),
            Owned::ByOrganization(id) => {
                Condition::all().add(token::Column::Organization.eq(id)).add(token::Column::Account.is_null())
            }
            Owned::ByPerson(id) => Condition::all().add(token::Column::Account.eq(id)),
        };
        let query = token::Entity::find().filter(whose);
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

    /// Creates a token.
    ///
    /// # Errors
    /// When the organisation doesn't exist, the expiry is past, or the actor may not administer what the token is for;
    /// a personal token is created by the person, signed in.
    pub async fn create_token(&self, draft: TokenDraft, actor: &Actor) -> Result<NewToken> {
        let name = check::line("name", &draft.name, 100)?;
        let mut change = self.change(actor).await?;
        let (organization, account) = whose(&change, &draft.owner, actor).await?;
        if draft.expires_at.is_some_and(|at| at <= change.at) {
            return Err(Error::invalid("expires", "is past: give a later moment"));
        }
        let secret = format!("{PREFIX}{}", secret::generate()?);
        let row = token::Model {
            id: Uuid::now_v7(),
            name,
            secret_hash: secret::hash(&secret),
            organization,
            account,
            scope: draft.scope.as_str().to_owned(),
            created_at: change.at.as_millisecond(),
            expires_at: draft.expires_at.map(Timestamp::as_millisecond),
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
    /// When it doesn't exist or the actor neither owns it nor may administer what it is for.
    pub async fn revoke_token(&self, id: Uuid, actor: &Actor) -> Result<Token> {
        let mut change = self.change(actor).await?;
        let row = token::Entity::find_by_id(id).one(&change.transaction).await?;
        let row = row.ok_or_else(|| Error::not_found("token", id))?;
        match (row.account, row.organization) {
            (Some(owner), _) if actor.is_person(owner) => {}
            (None, Some(organization)) => change.need_role(organization, Role::Administrator)?,
            _ => change.need_administrator()?,
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
        if !secret.strip_prefix(PREFIX).is_some_and(secret::is_secret) {
            return Ok(None);
        }
        let hash = secret::hash(secret);
        let row = token::Entity::find().filter(token::Column::SecretHash.eq(hash)).one(&self.database).await?;
        let Some(token) = row.map(Token::try_from).transpose()? else { return Ok(None) };
        let now = column::now();
        if !token.is_valid(now) {
            return Ok(None);
        }
        if token.last_used_at.is_none_or(|at| now.as_millisecond() - at.as_millisecond() >= USE_GRAIN_MS) {
            token::Entity::update_many()
                .col_expr(token::Column::LastUsedAt, now.as_millisecond().into())
                .filter(token::Column::Id.eq(token.id))
                .exec(&self.database)
                .await?;
        }
        let Some(owner) = token.account else { return Ok(Some(Actor::token(&token))) };
        let owner = accounts::by_id(&self.database, owner).await?;
        Ok(owner.map(|owner| Actor::personal_token(&token, &owner)))
    }
}

/// Organisation and account of a new token, when the actor may create it.
async fn whose(change: &Change<'_>, owner: &Owner, actor: &Actor) -> Result<(Option<Uuid>, Option<Uuid>)> {
    match owner {
        Owner::Installation => {
            change.need_administrator()?;
            Ok((None, None))
        }
        Owner::Organization(key) => {
            let organization = organizations::required(&change.transaction, key).await?.id;
            change.need_role(organization, Role::Administrator)?;
            Ok((Some(organization), None))
        }
        Owner::Person => {
            let person = actor.account().filter(|account| actor.is_person(*account));
            let person = person.ok_or_else(|| change.refusal("the person, signed in"))?;
            let valid = token::Entity::find()
                .filter(token::Column::Account.eq(person))
                .filter(token::Column::RevokedAt.is_null())
                .count(&change.transaction)
                .await?;
            if valid >= MOST_OF_A_PERSON {
                let detail = format!("has {valid} tokens: revoke one first");
                return Err(Error::Conflict { what: "user", key: person.to_string(), detail });
            }
            Ok((None, Some(person)))
        }
    }
}

impl TryFrom<token::Model> for Token {
    type Error = Error;

    fn try_from(row: token::Model) -> Result<Self> {
        let scope = Scope::parse(&row.scope);
        Ok(Self {
            id: row.id,
            name: row.name,
            organization: row.organization,
            account: row.account,
            scope: scope.ok_or_else(|| Error::Record(format!("{:?} is not a scope", row.scope)))?,
            created_at: column::instant(row.created_at)?,
            expires_at: column::optional_instant(row.expires_at)?,
            revoked_at: column::optional_instant(row.revoked_at)?,
            last_used_at: column::optional_instant(row.last_used_at)?,
        })
    }
}
