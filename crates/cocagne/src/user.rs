//! `user`: people with an account.

use std::{io::Read, time::Duration};

use catalog::{
    Records,
    account::{Actor, NewInvitation, Role, User},
    model::Page,
    records::{InvitationDraft, UserDraft},
};
use clap::{Args, Subcommand};
use portal::Config;
use serde::Serialize;

use crate::{exit::Failure, installation::Installation, language, output::Output};

/// How long a link lasts that whoever runs the program makes: they may have to bring it to somebody.
const LINK_LASTS: Duration = Duration::from_secs(24 * 3_600);

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Adds a user; the password, if any, is read from stdin.
    Add(Add),
    /// Prints a one-time link: to sign in, or to join an organisation.
    Invite(Invite),
    /// Changes what a user may do.
    Role(ChangeRole),
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
struct Invite {
    /// E-mail address.
    email: String,
    /// Organisation to join; by default the link signs in whoever has an account with this address.
    #[arg(long, requires = "role")]
    organization: Option<String>,
    /// Role there: reader, contributor, publisher, administrator.
    #[arg(long, requires = "organization", value_parser = role)]
    role: Option<Role>,
    /// Address under which the portal is seen.
    #[arg(long, env = "COCAGNE_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    public_url: String,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    installation: Installation,
}

#[derive(Debug, Args)]
struct ChangeRole {
    /// E-mail address or identifier.
    key: String,
    /// The organisation concerned.
    #[arg(long, requires = "role", required_unless_present = "superuser")]
    organization: Option<String>,
    /// Role there: reader, contributor, publisher, administrator, or none.
    #[arg(long, requires = "organization", value_parser = role_or_none)]
    role: Option<Given>,
    /// Whether the user administers the whole installation.
    #[arg(long)]
    superuser: Option<bool>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    installation: Installation,
}

/// A role, or none.
#[derive(Debug, Clone, Copy)]
struct Given(Option<Role>);

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
        Action::Invite(invite) => invite.run().await,
        Action::Role(change) => change.run().await,
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
        self.output.print(&user, line)
    }
}

/// What `invite` prints.
#[derive(Debug, Serialize)]
struct Invited {
    email: String,
    url: String,
    expires_at: jiff::Timestamp,
}

impl Invite {
    async fn run(self) -> Result<(), Failure> {
        let records = self.installation.open().await?.records;
        let base = self.public_url.trim_end_matches('/');
        let link = match (self.organization, self.role) {
            (Some(organization), Some(role)) => {
                let draft = InvitationDraft::Join { email: self.email, organization, role };
                let lasts = Config::default().invitation_time;
                SignInLink(records.invite(draft, lasts, &Actor::command_line()).await?)
            }
            _ => SignInLink::make(&records, &self.email).await?,
        };
        let invited = Invited {
            email: link.0.invitation.email.clone(),
            url: link.url(base),
            expires_at: link.0.invitation.expires_at,
        };
        // The link is the answer; for whom and until when is for the person at the terminal.
        eprintln!("{}", link.about());
        self.output.print(&invited, |invited| invited.url.clone())
    }
}

impl ChangeRole {
    async fn run(self) -> Result<(), Failure> {
        let records = self.installation.open().await?.records;
        let actor = Actor::command_line();
        let mut user = None;
        if let Some(superuser) = self.superuser {
            user = Some(records.set_superuser(&self.key, superuser, &actor).await?);
        }
        if let (Some(organization), Some(Given(role))) = (&self.organization, self.role) {
            user = Some(records.set_role(&self.key, organization, role, &actor).await?);
        }
        match user {
            Some(user) => self.output.print(&user, line),
            None => Err(Failure::misuse("--organization and --role, or --superuser")),
        }
    }
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let records = self.installation.open().await?.records;
        let users = records.users(Page::WHOLE).await?.items;
        self.output.print_all(&users, line)
    }
}

fn line(user: &User) -> String {
    format!("{}\t{}", user.email, user.name)
}

/// A one-time link made on the machine itself, so that nobody has to invent a password on a command line.
pub struct SignInLink(NewInvitation);

impl SignInLink {
    /// A link that signs in whoever has this account.
    pub async fn make(records: &Records, account: &str) -> Result<Self, Failure> {
        let draft = InvitationDraft::SignIn { account: account.to_owned() };
        Ok(Self(records.invite(draft, LINK_LASTS, &Actor::command_line()).await?))
    }

    /// The link, on a portal at this address.
    fn url(&self, base: &str) -> String {
        format!("{base}/invitation/{}", self.0.secret)
    }

    /// For whom it is, and until when.
    fn about(&self) -> String {
        let (text, invitation) = (language::text(), &self.0.invitation);
        text.with2("cli-link", "email", &invitation.email, "until", &text.instant(&invitation.expires_at))
    }

    /// Everything in two lines.
    pub fn sentence(&self, base: &str) -> String {
        format!("{}\n{}", self.about(), self.url(base))
    }
}

fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| "reader, contributor, publisher or administrator".to_owned())
}

fn role_or_none(name: &str) -> Result<Given, String> {
    if name == "none" { Ok(Given(None)) } else { role(name).map(|role| Given(Some(role))) }
}

/// A password never stands on a command line, where every process of the machine can read it.
fn read_password() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin().take(1_000).read_to_string(&mut text).map_err(Failure::failed)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
