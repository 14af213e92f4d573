//! `token`: by what right a program publishes.

use catalog::{
    account::{Actor, Scope, Token},
    model::Page,
    records::{Owner, TokenDraft},
};
use clap::{Args, Subcommand};
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

use crate::{exit::Failure, installation::Installation, output::Output};

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Adds a token and prints its secret, once.
    Add(Add),
    /// Lists tokens, without their secrets.
    List(List),
    /// Revokes a token.
    Remove(Remove),
}

#[derive(Debug, Args)]
struct Add {
    /// What the token is for.
    #[arg(long)]
    name: String,
    /// The only organisation that it may act for; by default all.
    #[arg(long)]
    organization: Option<String>,
    /// What it may be used for: read-drafts, publish, administer; each gives what the ones before it give.
    #[arg(long, default_value = "publish", value_parser = scope)]
    scope: Scope,
    /// Last day on which it can be used, such as 2027-12-31, or days from now, such as 90; by default it doesn't expire.
    #[arg(long, alias = "days", value_parser = expiry)]
    expires: Option<Timestamp>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    installation: Installation,
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    installation: Installation,
}

#[derive(Debug, Args)]
struct Remove {
    /// Identifier.
    id: uuid::Uuid,
    #[command(flatten)]
    installation: Installation,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    match arguments.action {
        Action::Add(add) => add.run().await,
        Action::List(list) => list.run().await,
        Action::Remove(remove) => {
            let records = remove.installation.open().await?.records;
            records.revoke_token(remove.id, &Actor::command_line()).await?;
            Ok(())
        }
    }
}

impl Add {
    async fn run(self) -> Result<(), Failure> {
        let records = self.installation.open().await?.records;
        let owner = self.organization.map_or(Owner::Installation, Owner::Organization);
        let draft = TokenDraft { name: self.name, owner, scope: self.scope, expires_at: self.expires };
        let created = records.create_token(draft, &Actor::command_line()).await?;
        self.output.print(&created, |created| created.secret.clone())
    }
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let records = self.installation.open().await?.records;
        let tokens = records.tokens(Page::WHOLE).await?.items;
        self.output.print_all(&tokens, |token| {
            format!("{}\t{}\t{}\t{}", token.id, token.name, token.scope.as_str(), state(token))
        })
    }
}

/// What becomes of a token, in one word for programs.
fn state(token: &Token) -> &'static str {
    match (token.revoked_at, token.is_valid(Timestamp::now())) {
        (Some(_), _) => "revoked",
        (None, true) => "valid",
        (None, false) => "expired",
    }
}

fn scope(name: &str) -> Result<Scope, String> {
    Scope::parse(name).ok_or_else(|| "read-drafts, publish or administer".to_owned())
}

/// A day is over when it is in universal time; a number counts days from now.
fn expiry(text: &str) -> Result<Timestamp, String> {
    let wrong = || format!("{text:?} is neither a day such as 2027-12-31 nor a number of days");
    if let Ok(days) = text.parse::<i64>() {
        let hours = Span::new().try_hours(days.saturating_mul(24)).map_err(|_| wrong())?;
        return Timestamp::now().checked_add(hours).map_err(|_| wrong());
    }
    let day: Date = text.parse().map_err(|_| wrong())?;
    let next = day.tomorrow().map_err(|_| wrong())?;
    Ok(next.to_zoned(TimeZone::UTC).map_err(|_| wrong())?.timestamp())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_expiry_is_a_day_or_a_number_of_days() {
        let ninety = expiry("90").unwrap().as_second() - Timestamp::now().as_second();
        assert!((ninety - 90 * 86_400).abs() < 60);
        assert_eq!(expiry("2027-12-31").unwrap().to_string(), "2028-01-01T00:00:00Z");
        for wrong in ["", "soon", "2027-02-30", "99999999999999999999"] {
            assert!(expiry(wrong).is_err(), "{wrong}");
        }
    }
}
