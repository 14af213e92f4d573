//! `token`: by what right a program publishes.

use std::time::{Duration, SystemTime};

use catalog::{account::Actor, model::Page};
use clap::{Args, Subcommand};

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
    /// The only organisation that it may publish for; by default all.
    #[arg(long)]
    organization: Option<String>,
    /// Days until it expires; by default it doesn't.
    #[arg(long)]
    days: Option<u32>,
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
        let expires = self.days.map(|days| SystemTime::now() + Duration::from_secs(u64::from(days) * 86_400));
        let expires = expires.map(jiff::Timestamp::try_from).transpose().map_err(Failure::misuse)?;
        let records = self.installation.open().await?.records;
        let organization = self.organization.as_deref();
        let created = records.create_token(&self.name, organization, expires, &Actor::command_line()).await?;
        self.output.print(&created, |created| created.secret.clone())
    }
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let records = self.installation.open().await?.records;
        let tokens = records.tokens(Page::WHOLE).await?.items;
        self.output.print_all(&tokens, |token| {
            let state = if token.revoked_at.is_some() { "revoked" } else { "" };
            format!("{}\t{}\t{state}", token.id, token.name)
        })
    }
}
