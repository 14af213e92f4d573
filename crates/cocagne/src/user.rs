//! `user`: people with an account.

use std::io::Read;

use catalog::{
    account::{Actor, Role},
    model::Page,
    records::UserDraft,
};
use clap::{Args, Subcommand};

use crate::{exit::Failure, installation::Installation, output::Output};

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Adds a user; the password, if any, is read from stdin.
    Add(Add),
    /// Lists users.
    List(List),
    /// Removes a user.
    Remove(Remove),
}

#[derive(Debug, Args)]
struct Add {
    /// E-mail address.
    #[arg(long)]
    email: String,
    /// Name.
    #[arg(long, default_value = "")]
    name: String,
    /// Administers the whole installation.
    #[arg(long)]
    superuser: bool,
    /// Organisation to be a member of.
    #[arg(long, requires = "role")]
    organization: Option<String>,
    /// Role there: reader, contributor, publisher, administrator.
    #[arg(long, requires = "organization", value_parser = role)]
    role: Option<Role>,
    /// Reads a password from stdin.
    #[arg(long)]
    password_stdin: bool,
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
    /// E-mail address or identifier.
    key: String,
    #[command(flatten)]
    installation: Installation,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    match arguments.action {
        Action::Add(add) => add.run().await,
        Action::List(list) => list.run().await,
        Action::Remove(remove) => {
            let records = remove.installation.open().await?.records;
            Ok(records.remove_user(&remove.key, &Actor::command_line()).await?)
        }
    }
}

impl Add {
    async fn run(self) -> Result<(), Failure> {
        let password = if self.password_stdin { Some(read_password()?) } else { None };
        let records = self.installation.open().await?.records;
        let actor = Actor::command_line();
        let draft = UserDraft { email: self.email, name: self.name, password, superuser: self.superuser };
        let mut user = records.create_user(draft, &actor).await?;
        if let (Some(organization), Some(role)) = (&self.organization, self.role) {
            user = records.set_role(&user.email, organization, Some(role), &actor).await?;
        }
        self.output.print(&user, |user| format!("{}\t{}", user.email, user.name))
    }
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let records = self.installation.open().await?.records;
        let users = records.users(Page::WHOLE).await?.items;
        self.output.print_all(&users, |user| format!("{}\t{}", user.email, user.name))
    }
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| "reader, contributor, publisher or administrator".to_owned())
}

/// A password never stands on a command line, where every process of the machine can read it.
fn read_password() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin().take(1_000).read_to_string(&mut text).map_err(Failure::failed)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
