//! `organization`: who publishes.

use catalog::{account::Actor, model::Page, records::OrganizationDraft};
use clap::{Args, Subcommand};

use crate::{exit::Failure, installation::Installation, output::Output};

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Adds an organisation.
    Add(Add),
    /// Lists organisations.
    List(List),
    /// Removes an organisation that has no dataset.
    Remove(Remove),
}

#[derive(Debug, Args)]
struct Add {
    /// Name: "Commune de Castelnaudary".
    #[arg(long)]
    name: String,
    /// Part of its page's address; by default made from the name.
    #[arg(long)]
    slug: Option<String>,
    /// Description, in Markdown.
    #[arg(long, default_value = "")]
    description: String,
    /// SIREN (9 figures) or SIRET (14).
    #[arg(long)]
    siret: Option<String>,
    /// Web site.
    #[arg(long)]
    homepage: Option<String>,
    /// Address to write to.
    #[arg(long)]
    email: Option<String>,
    /// Territory: commune:11076, epci:200035855, departement:11, region:76.
    #[arg(long)]
    territory: Option<String>,
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
    /// Slug or identifier.
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
            Ok(records.remove_organization(&remove.key, &Actor::command_line()).await?)
        }
    }
}

impl Add {
    async fn run(self) -> Result<(), Failure> {
        let records = self.installation.open().await?.records;
        let draft = OrganizationDraft {
            slug: self.slug,
            name: self.name,
            description: self.description,
            siret: self.siret,
            homepage: self.homepage,
            email: self.email,
            territory: self.territory,
        };
        let organization = records.create_organization(draft, &Actor::command_line()).await?;
        self.output.print(&organization, |organization| format!("{}\t{}", organization.slug, organization.name))
    }
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let records = self.installation.open().await?.records;
        let organizations = records.organizations(Page::WHOLE).await?.items;
        self.output.print_all(&organizations, |organization| format!("{}\t{}", organization.slug, organization.name))
    }
}
