//! `schema`: the schemas that the program knows, what each asks, and their refreshing.

use std::path::{Path, PathBuf};

use catalog::fetch::Fetcher;
use clap::{Args, Subcommand};
use portal::i18n::{Fault, Text};
use schemas::{Error, Found, Library, Loaded, Refreshed};
use serde::Serialize;
use tableschema::Field;

use crate::{
    exit::Failure,
    installation::Fetching,
    language,
    output::{self, Form, Output},
};

/// Bytes of a schema, or of a catalogue of schemas, that is read or fetched.
const MOST_BYTES: u64 = 16 << 20;

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists the schemas that files can be checked against.
    List(List),
    /// Says what a schema asks of each column.
    Show(Show),
    /// Fetches the schemas of a catalogue in the shape of schemas.json; they cover those that ship.
    Refresh(Refresh),
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    folder: Folder,
}

#[derive(Debug, Args)]
struct Show {
    /// Name (scdl/subventions, subventions@2.0.1), file or URL.
    name: String,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    fetching: Fetching,
}

#[derive(Debug, Args)]
struct Refresh {
    /// Catalogue: a file or a URL.
    catalogue: String,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    folder: Folder,
    #[command(flatten)]
    fetching: Fetching,
}

/// Where refreshed schemas are kept.
#[derive(Debug, Clone, Args)]
pub struct Folder {
    /// Folder of the installation, whose refreshed schemas cover those that ship.
    #[arg(long, env = "COCAGNE_DATA", default_value = "cocagne-data")]
    data: PathBuf,
}

impl Folder {
    /// The library: what ships, covered by what was refreshed.
    pub fn open(&self, text: Text) -> Result<Library, Failure> {
        Library::with_folder(&self.path()).map_err(|error| failure(text, &error))
    }

    fn path(&self) -> PathBuf {
        schemas::folder_of(&self.data)
    }
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let text = language::text();
    match arguments.action {
        Action::List(list) => list.run(text),
        Action::Show(show) => show.run(text).await,
        Action::Refresh(refresh) => refresh.run(text).await,
    }
}

impl List {
    fn run(self, text: Text) -> Result<(), Failure> {
        let library = self.folder.open(text)?;
        self.output.print_all(library.entries(), |entry| format!("{}\t{}\t{}", entry.name, entry.latest, entry.title))
    }
}

impl Show {
    async fn run(self, text: Text) -> Result<(), Failure> {
        let library = self.folder.open(text)?;
        let found = find(&self.name, &library, &self.fetching, text).await?;
        match self.output.format {
            Form::Json => println!("{}", output::json(&Shown::of(&found))?),
            Form::Text => print(&found, text),
        }
        Ok(())
    }
}

impl Refresh {
    async fn run(self, text: Text) -> Result<(), Failure> {
        let from_web = is_url(&self.catalogue);
        let catalogue =
            if from_web { fetch(&self.catalogue, &self.fetching).await? } else { read(Path::new(&self.catalogue))? };
        let runtime = tokio::runtime::Handle::current();
        let (fetching, folder) = (self.fetching.clone(), self.folder.path());
        let beside = (!from_web).then(|| Path::new(&self.catalogue).parent().unwrap_or(Path::new("")).to_owned());
        // Schemas are fetched one after the other: a catalogue is no reason to press a server.
        let refreshed = tokio::task::spawn_blocking(move || {
            schemas::refresh(&catalogue, &folder, |url| match (&beside, is_url(url)) {
                (_, true) => runtime.block_on(fetch(url, &fetching)).map_err(|failure| failure.to_string()),
                (Some(beside), false) => neighbour(beside, url),
                (None, false) => Err(format!("{url}: not an address")),
            })
        });
        let refreshed = refreshed.await.map_err(Failure::failed)?.map_err(|error| failure(text, &error))?;
        self.output.print(&refreshed, |refreshed| sentence(refreshed, text))
    }
}

/// A file that a catalogue on this disk names by a path: below the catalogue's folder, or refused.
fn neighbour(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    let file = folder.join(path);
    let inside = || Some(file.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?));
    if inside() != Some(true) {
        return Err(format!("{path}: not a file beside the catalogue"));
    }
    read(&file).map_err(|failure| failure.to_string())
}

fn sentence(refreshed: &Refreshed, text: Text) -> String {
    let counts = [
        ("schemas", refreshed.schemas.to_string()),
        ("versions", refreshed.versions.to_string()),
        ("changed", refreshed.changed.to_string()),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut lines = vec![text.with_all("schema-refreshed", &counts)];
    for skipped in &refreshed.skipped {
        let version = if skipped.version.is_empty() { String::new() } else { format!("@{}", skipped.version) };
        lines.push(format!("  {}{version}: {}", skipped.name, skipped.reason));
    }
    lines.join("\n")
}

/// The schema of a name, a file or a URL.
async fn find(reference: &str, library: &Library, fetching: &Fetching, text: Text) -> Result<Found, Failure> {
    let refused = |error: Error| failure(text, &error);
    if Path::new(reference).is_file() {
        return Library::from_file(&read(Path::new(reference))?, reference).map_err(refused);
    }
    match library.find(reference) {
        Err(Error::UnknownSchema { .. }) if is_url(reference) => {
            Library::from_file(&fetch(reference, fetching).await?, reference).map_err(refused)
        }
        other => other.map_err(refused),
    }
}

/// What programs read of a schema.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    name: &'a str,
    version: Option<&'a str>,
    title: &'a str,
    kind: schemas::Kind,
    fields: Vec<ShownField<'a>>,
}

#[derive(Debug, Serialize)]
struct ShownField<'a> {
    name: &'a str,
    title: Option<&'a str>,
    description: Option<&'a str>,
    #[serde(rename = "type")]
    kind: &'static str,
    format: &'a str,
    required: bool,
    example: Option<&'a str>,
    values: Option<&'a [String]>,
    pattern: Option<&'a str>,
}

impl<'a> Shown<'a> {
    fn of(found: &'a Found) -> Self {
        let (kind, fields) = match &found.schema {
            Loaded::Table(schema) => (schemas::Kind::TableSchema, schema.fields.iter().map(ShownField::of).collect()),
            Loaded::Json(_) => (schemas::Kind::JsonSchema, Vec::new()),
        };
        Self { name: &found.name, version: found.version.as_deref(), title: &found.title, kind, fields }
    }
}

impl<'a> ShownField<'a> {
    fn of(field: &'a Field) -> Self {
        Self {
            name: &field.name,
            title: field.title.as_deref(),
            description: field.description.as_deref(),
            kind: field.kind.name(),
            format: field.kind.format(),
            required: field.constraints.required,
            example: field.example.as_deref(),
            values: field.constraints.enumeration.as_deref(),
            pattern: field.constraints.pattern.as_deref(),
        }
    }
}

fn print(found: &Found, text: Text) {
    println!("{}\n{}", found.reference(), found.title);
    let Loaded::Table(schema) = &found.schema else {
        println!("{}", text.get("schema-show-json"));
        return;
    };
    if let Some(description) = &schema.description {
        println!("{description}");
    }
    for field in &schema.fields {
        let required = if field.constraints.required {
            text.get("schema-show-required")
        } else {
            text.get("schema-show-optional")
        };
        println!("\n{} — {}, {required}", field.name, field.kind.name());
        for line in [&field.title, &field.description].into_iter().flatten() {
            println!("  {line}");
        }
        if let Some(values) = &field.constraints.enumeration {
            println!("  {}", text.with("schema-show-values", "values", &values.join(" | ")));
        }
        if let Some(pattern) = &field.constraints.pattern {
            println!("  {}", text.with("schema-show-pattern", "pattern", pattern));
        }
        if let Some(example) = &field.example {
            println!("  {}", text.with("schema-show-example", "example", example));
        }
    }
}

/// The bytes of a file that holds a schema, or a catalogue of them.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let named = |error: std::io::Error| Failure::misuse(format!("{}: {error}", path.display()));
    if std::fs::metadata(path).map_err(named)?.len() > MOST_BYTES {
        return Err(Failure::misuse(format!("{}: > {MOST_BYTES} bytes", path.display())));
    }
    std::fs::read(path).map_err(named)
}

/// The bytes at an address of the public web.
pub async fn fetch(url: &str, fetching: &Fetching) -> Result<Vec<u8>, Failure> {
    let folder = tempfile::tempdir().map_err(Failure::failed)?;
    let path = folder.path().join("fetched");
    let fetcher = Fetcher::new(&fetching.config()).map_err(catalog::Error::from)?;
    fetcher.fetch(url, &path, MOST_BYTES, &|_, _| ()).await.map_err(catalog::Error::from)?;
    tokio::fs::read(&path).await.map_err(Failure::failed)
}

/// Why a schema can't be had, in the reader's language.
pub fn failure(text: Text, error: &Error) -> Failure {
    let fault = Fault::new(text, error.code(), &detail(error), &tabular::error::Place::default());
    let message = format!("{} {}", fault.message, fault.remedy);
    if error.is_callers() { Failure::Misuse(message) } else { Failure::Failed(message) }
}

/// What a sentence says beside its code.
fn detail(error: &Error) -> String {
    match error {
        Error::UnknownSchema { reference, nearest } if nearest.is_empty() => reference.clone(),
        Error::UnknownSchema { reference, nearest } => format!("{reference} → {} ?", nearest.join(", ")),
        Error::Ambiguous { names, .. } => names.join(", "),
        Error::UnknownVersion { name, version, known } => format!("{name}@{version} → {}", known.join(", ")),
        Error::Package { resources, .. } => resources.join(", "),
        Error::NotASchema { name, detail } => format!("{name}: {detail}"),
        Error::Catalogue { detail } | Error::NothingFetched { detail } => detail.clone(),
        other => other.to_string(),
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}
