//! `publish`: files or URLs become snapshots, here or on a remote portal.

mod remote;

use std::path::Path;

use catalog::publish::{Justification, remedy_named};
use catalog::{Actor, Publication, PublishProgress, Published};
use clap::Args;
use indicatif::ProgressBar;
use portal::i18n::{self, Fault};
use serde::Serialize;

use crate::{
    exit::Failure,
    installation::Installation,
    language,
    output::{self, Form, Output},
    progress,
};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Files or URLs.
    #[arg(required = true)]
    files: Vec<String>,
    /// Organisation that publishes: slug or identifier.
    #[arg(long, env = "COCAGNE_ORGANIZATION")]
    organization: Option<String>,
    /// Dataset to update, or slug of the new one.
    #[arg(long)]
    dataset: Option<String>,
    /// Resource that gets a new version, by its identifier.
    #[arg(long)]
    resource: Option<uuid::Uuid>,
    /// Title of the dataset.
    #[arg(long)]
    title: Option<String>,
    /// Description, in Markdown.
    #[arg(long)]
    description: Option<String>,
    /// Licence: SPDX identifier or alias (lov2).
    #[arg(long, env = "COCAGNE_LICENCE")]
    licence: Option<String>,
    /// Codes of the European data themes: TRAN, ENVI, GOVE…
    #[arg(long, value_delimiter = ',')]
    theme: Option<Vec<String>>,
    /// Keywords.
    #[arg(long, value_delimiter = ',')]
    keyword: Option<Vec<String>>,
    /// Territory: commune:11076, epci:200035855, departement:11, region:76.
    #[arg(long)]
    territory: Option<String>,
    /// How often it changes: ANNUAL, MONTHLY, DAILY…
    #[arg(long)]
    frequency: Option<String>,
    /// Years that the data is about.
    #[arg(long, value_delimiter = ',')]
    year: Option<Vec<i16>>,
    /// Address to write to about this data.
    #[arg(long)]
    contact: Option<String>,
    /// Schema that the data follows: name, name@version or URL.
    #[arg(long)]
    schema: Option<String>,
    /// Publishes personal data as it is, and why: FINDING=reason.
    #[arg(long, value_name = "FINDING=REASON", requires = "by")]
    justify: Vec<String>,
    /// Name of the person who answers for what --justify says.
    #[arg(long, value_name = "NAME", requires = "justify")]
    by: Option<String>,
    /// Takes personal data out: FINDING=remove, mask, year, locality or decimals-3.
    #[arg(long, value_name = "FINDING=REMEDY")]
    remedy: Vec<String>,
    /// Makes the repairs that are certain.
    #[arg(long)]
    accept_repairs: bool,
    /// Publishes on the portal at this address.
    #[arg(long, requires = "token")]
    to: Option<String>,
    /// Token for the portal of --to.
    #[arg(long, env = "COCAGNE_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Asks nothing.
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    installation: Installation,
}

/// What programs read when a file can't be published.
#[derive(Debug, Serialize)]
pub struct Faults {
    pub errors: Vec<Fault>,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let outcomes = match &arguments.to {
        Some(portal) => publish_there(portal, &arguments).await?,
        None => publish_here(&arguments).await?,
    };
    match outcomes {
        Ok(published) => print(&arguments, &published),
        Err(faults) => refuse(&arguments, &faults),
    }
}

/// Publishes every file; stops at the first that is refused.
async fn publish_here(arguments: &Arguments) -> Result<Result<Vec<Published>, Faults>, Failure> {
    let platform = arguments.installation.open().await?;
    let mut all = Vec::new();
    for file in &arguments.files {
        let publication = arguments.publication(file)?;
        let bar = progress::bytes(0, file);
        let shown = bar.clone();
        let outcome = platform.publish(publication, &Actor::command_line(), move |at| show(&shown, at)).await;
        bar.finish_and_clear();
        match outcome {
            Ok(published) => all.push(published),
            Err(error) => return Ok(Err(Faults { errors: refusal(&error, file)? })),
        }
    }
    Ok(Ok(all))
}

async fn publish_there(portal: &str, arguments: &Arguments) -> Result<Result<Vec<Published>, Faults>, Failure> {
    let remote = remote::Remote::new(portal, arguments.token.as_deref().unwrap_or_default())?;
    let mut all = Vec::new();
    for file in &arguments.files {
        match remote.publish(&arguments.publication(file)?).await? {
            Ok(published) => all.push(published),
            Err(errors) => return Ok(Err(Faults { errors })),
        }
    }
    Ok(Ok(all))
}

/// What is wrong with the data is an answer; what is wrong with the options or the machine ends the program.
fn refusal(error: &catalog::Error, file: &str) -> Result<Vec<Fault>, Failure> {
    let text = language::text();
    let mut faults = match error {
        catalog::Error::File(fault) if fault.code == tabular::ErrorCode::Io => return Err(Failure::of(error)),
        catalog::Error::PersonalData { findings } => {
            findings.iter().map(|open| Fault::of_finding(text, open)).collect()
        }
        catalog::Error::File(_) | catalog::Error::UnknownDocument { .. } | catalog::Error::Fetch(_) => {
            vec![Fault::of_catalog(text, error)]
        }
        _ => return Err(Failure::of(error)),
    };
    for fault in &mut faults {
        fault.message = format!("{file}: {}", fault.message);
    }
    Ok(faults)
}

fn show(bar: &ProgressBar, at: PublishProgress) {
    match at {
        PublishProgress::Spooling { bytes, total } => {
            bar.set_length(total.unwrap_or(bytes));
            bar.set_position(bytes);
        }
        PublishProgress::Reading { progress, .. } => bar.set_position(progress.bytes),
        PublishProgress::Storing => bar.set_position(bar.length().unwrap_or_default()),
    }
}

impl Arguments {
    fn publication(&self, file: &str) -> Result<Publication, Failure> {
        let mut publication = if file.starts_with("http://") || file.starts_with("https://") {
            Publication::url(file)
        } else {
            let name = Path::new(file).file_name().map_or_else(|| file.into(), |name| name.to_string_lossy());
            Publication::file(file, name)
        };
        publication.organization.clone_from(&self.organization);
        publication.dataset.clone_from(&self.dataset);
        publication.resource = self.resource;
        publication.title.clone_from(&self.title);
        publication.description.clone_from(&self.description);
        publication.licence.clone_from(&self.licence);
        publication.themes.clone_from(&self.theme);
        publication.keywords.clone_from(&self.keyword);
        publication.territory.clone_from(&self.territory);
        publication.frequency.clone_from(&self.frequency);
        publication.years.clone_from(&self.year);
        publication.contact_email.clone_from(&self.contact);
        publication.schema.clone_from(&self.schema);
        publication.accept_repairs = self.accept_repairs;
        let person = self.by.clone().unwrap_or_default();
        for said in &self.justify {
            let (finding, reason) = pair(said)?;
            let (finding, reason, person) = (finding.to_owned(), reason.to_owned(), person.clone());
            publication.justifications.push(Justification { finding, person, reason });
        }
        for said in &self.remedy {
            let (finding, remedy) = pair(said)?;
            let remedy = remedy_named(remedy).map_err(|error| Failure::of(&error))?;
            publication.remedies.insert(finding.to_owned(), remedy);
        }
        Ok(publication)
    }
}

/// Both sides of the first equals sign.
fn pair(said: &str) -> Result<(&str, &str), Failure> {
    let sides = said.split_once('=').map(|(finding, said)| (finding.trim(), said.trim()));
    sides.ok_or_else(|| Failure::misuse(language::text().with("publish-not-a-pair", "value", said)))
}

/// One publication as an object, several as a list.
fn print(arguments: &Arguments, published: &[Published]) -> Result<(), Failure> {
    if arguments.output.format == Form::Json {
        let shown = match published {
            [one] => output::json(one)?,
            several => output::json(&several)?,
        };
        println!("{shown}");
        return Ok(());
    }
    let text = language::text();
    for one in published {
        for resource in &one.resources {
            let rows = resource.rows.map(|rows| text.count("rows-count", &rows)).unwrap_or_default();
            println!("{}\t{rows}\t{}", resource.title, resource.url);
        }
        for warning in &one.warnings {
            eprintln!("! {}", sentence(warning));
        }
    }
    Ok(())
}

fn sentence(warning: &catalog::publish::PublishWarning) -> String {
    let of_reader = tabular::profile::Warning {
        code: warning.code.clone(),
        line: warning.line,
        column: warning.column.clone(),
        detail: warning.detail.clone(),
    };
    i18n::warning(language::text(), &of_reader)
}

fn refuse(arguments: &Arguments, faults: &Faults) -> Result<(), Failure> {
    match arguments.output.format {
        Form::Json => println!("{}", output::json(faults)?),
        Form::Text => faults.errors.iter().for_each(|fault| eprintln!("{}\n{}", fault.message, fault.remedy)),
    }
    Err(Failure::InvalidData)
}
