//! `check`: says how files are understood, what is wrong with them against a schema, what is personal in them, and what
//! can be repaired; `--fix` repairs. Nothing is published.

mod document;
mod fix;
mod print;
mod report;
mod schema;
mod source;
mod table;
mod workbook;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use portal::i18n::Text;
use schemas::Library;

use crate::{exit::Failure, installation::Fetching, language, schema as libraries};
use report::Report;
use schema::Choice;
use source::Source;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Files or URLs.
    #[arg(required = true)]
    files: Vec<String>,
    /// Schema: its name (scdl/subventions, subventions@2.0.1), a file or a URL; `none` for none. By default the one
    /// that the file plainly resembles.
    #[arg(long, env = "COCAGNE_SCHEMA")]
    schema: Option<String>,
    /// Table (sheet, layer, member) that is checked, by its name or its number; by default all are.
    #[arg(long)]
    table: Option<String>,
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Errors that are listed, at most, for each table; all are counted.
    #[arg(long, env = "COCAGNE_MAX_ERRORS", default_value_t = 1_000)]
    max_errors: usize,
    /// Writes the repaired table here: CSV in UTF-8, or XLSX when the name ends so.
    #[arg(long, value_name = "OUT")]
    fix: Option<PathBuf>,
    /// Repair to make with --fix, as the report names it; may come several times. By default those that are certain.
    #[arg(long, value_name = "ID", requires = "fix", conflicts_with = "all_repairs")]
    repair: Vec<String>,
    /// Makes every repair that is proposed, also those that are only likely.
    #[arg(long, requires = "fix")]
    all_repairs: bool,
    #[command(flatten)]
    libraries: libraries::Folder,
    #[command(flatten)]
    fetching: Fetching,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For continuous integration.
    Junit,
    /// For GitHub's annotations.
    Github,
}

/// What every table is checked with.
#[derive(Debug, Clone)]
struct Settings {
    library: Library,
    choice: Choice,
    /// Name or number of the only table to check.
    table: Option<String>,
    /// Errors listed for each table.
    most: usize,
    text: Text,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let text = language::text();
    let fix = fix::Order::of(&arguments, text)?;
    let library = arguments.libraries.open(text)?;
    let choice = Choice::of(arguments.schema.as_deref(), &library, &arguments.fetching, text).await?;
    let settings = Settings { library, choice, table: arguments.table.clone(), most: arguments.max_errors, text };
    let mut reports = Vec::new();
    for file in &arguments.files {
        reports.push(check(file, &settings, fix.as_ref(), &arguments.fetching).await?);
    }
    match arguments.format {
        Form::Text => print::text(&reports, text),
        Form::Json => print::json(&reports)?,
        Form::Junit => print::junit(&reports),
        Form::Github => print::github(&reports),
    }
    if reports.iter().all(Report::is_accepted) { Ok(()) } else { Err(Failure::InvalidData) }
}

async fn check(
    file: &str,
    settings: &Settings,
    fix: Option<&fix::Order>,
    fetching: &Fetching,
) -> Result<Report, Failure> {
    let scratch = tempfile::tempdir().map_err(Failure::failed)?;
    let source = Source::of(file, scratch, fetching).await?;
    let (settings, fix) = (settings.clone(), fix.cloned());
    tokio::task::spawn_blocking(move || table::of_file(&source, &settings, fix.as_ref()))
        .await
        .map_err(Failure::failed)?
}
