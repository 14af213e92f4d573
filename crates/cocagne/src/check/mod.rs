//! `check`: says how files are understood, and which of their cells are odd. Nothing is published.

mod print;
mod report;

use std::path::Path;

use catalog::fetch::Fetcher;
use clap::{Args, ValueEnum};
use portal::i18n::Text;
use tabular::{Limits, read::SourceFile};

use crate::{exit::Failure, installation::Fetching, language};
use report::Report;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Files or URLs.
    #[arg(required = true)]
    files: Vec<String>,
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Odd cells that are listed, at most, for each table.
    #[arg(long, env = "COCAGNE_MAX_ERRORS", default_value_t = 1_000)]
    max_errors: usize,
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

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let text = language::text();
    let mut reports = Vec::new();
    for file in &arguments.files {
        reports.push(check(file, &arguments, text).await?);
    }
    match arguments.format {
        Form::Text => print::text(&reports, text),
        Form::Json => print::json(&reports)?,
        Form::Junit => print::junit(&reports),
        Form::Github => print::github(&reports),
    }
    if reports.iter().all(|report| report.valid) { Ok(()) } else { Err(Failure::InvalidData) }
}

async fn check(file: &str, arguments: &Arguments, text: Text) -> Result<Report, Failure> {
    let scratch = tempfile::tempdir().map_err(Failure::failed)?;
    let source = if file.starts_with("http://") || file.starts_with("https://") {
        let (path, limit) = (scratch.path().join("source"), Limits::default().source_bytes);
        let fetcher = Fetcher::new(&arguments.fetching.config()).map_err(catalog::Error::from)?;
        let fetched = fetcher.fetch(file, &path, limit, &|_, _| ()).await.map_err(catalog::Error::from)?;
        SourceFile { path, name: fetched.file_name }
    } else {
        let name = Path::new(file).file_name().map_or_else(|| file.into(), |name| name.to_string_lossy().into_owned());
        SourceFile { path: file.into(), name }
    };
    let (name, most) = (file.to_owned(), arguments.max_errors);
    tokio::task::spawn_blocking(move || report::of_file(name, &source, scratch.path(), most, text))
        .await
        .map_err(Failure::failed)?
}
