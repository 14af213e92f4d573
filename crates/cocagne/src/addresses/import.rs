//! `addresses import`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use catalog::gazetteer;
use clap::Args;
use geocoder::import::{FileFault, ImportError, ImportOptions, ImportProgress, Imported};
use geocoder::source::{self, Format, Role};
use geocoder::{BuildOptions, Geocoder};
use indicatif::ProgressBar;
use portal::i18n::Text;
use serde::Serialize;

use crate::output::{self, Form, Output};
use crate::{exit::Failure, language, progress};

#[derive(Debug, Args)]
pub struct Import {
    /// Address files: BAN (ndjson or CSV), BAL, localities, points of interest or CSV; gzip too.
    #[arg(id = "import_files", required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Format of the files; found out by default.
    #[arg(id = "import_source", long = "source", value_name = "FORMAT", value_parser = ["ban-ndjson", "ban-csv", "ban-lieux-dits", "bal", "csv", "poi"])]
    source: Option<String>,
    /// Columns of a CSV file: name=column, such as street=nom_voie,number=numero.
    #[arg(id = "import_columns", long = "columns", value_delimiter = ',', value_name = "NAME=COLUMN")]
    columns: Vec<String>,
    /// Commune of files that name none: its INSEE code.
    #[arg(id = "import_citycode", long = "citycode", value_name = "CODE")]
    city: Option<String>,
    /// Replaces the whole index, and not only the communes of the files.
    #[arg(id = "import_replace", long = "replace")]
    replace: bool,
    /// Memory to build the index with, in bytes.
    #[arg(id = "import_memory", long = "memory", env = "COCAGNE_ADDRESS_MEMORY", default_value_t = BuildOptions::default().memory_bytes)]
    memory: usize,
    /// Faults that are listed, at most; all are counted.
    #[arg(id = "import_faults", long = "max-errors", default_value_t = 100)]
    faults: usize,
    /// Folder of the installation.
    #[arg(long, env = "COCAGNE_DATA", default_value = "cocagne-data")]
    data: PathBuf,
    #[command(flatten)]
    output: Output,
}

/// What `--format json` prints.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    /// Communes that were replaced.
    communes: u64,
    /// What the index holds now.
    municipalities: u64,
    streets: u64,
    localities: u64,
    pois: u64,
    numbers: u64,
    /// Places without a position.
    left_out: u64,
    /// Bytes of the index.
    bytes: u64,
    sha256: String,
    /// Bytes of the files.
    source_bytes: u64,
    seconds: f64,
    fault_count: u64,
    faults: Vec<Fault>,
}

/// What `--format json` prints of what brings no address.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Refusal {
    errors: Vec<Refused>,
    fault_count: u64,
    faults: Vec<Fault>,
}

#[derive(Debug, Serialize)]
struct Refused {
    file: Option<String>,
    code: &'static str,
    message: String,
}

#[derive(Debug, Serialize)]
struct Fault {
    file: String,
    line: u64,
    byte: u64,
    code: &'static str,
    message: String,
}

impl Import {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let text = language::text();
        for file in &self.files {
            std::fs::File::open(file).map_err(|error| Failure::misuse(format!("{}: {error}", file.display())))?;
        }
        let options = self.options(text)?;
        let geocoder = Geocoder::open(&self.data.join("addresses"));
        let bar = Bar::new(text);
        let begun = Instant::now();
        let outcome =
            geocoder::import::import(&geocoder, &self.files, gazetteer::communes(), &options, &|at| bar.show(at));
        bar.clear();
        match outcome {
            Ok(imported) => self.tell(imported, begun.elapsed().as_secs_f64(), text),
            Err(error) => self.refuse(error, text),
        }
    }

    fn options(&self, text: Text) -> Result<ImportOptions, Failure> {
        let mut columns = BTreeMap::new();
        for said in &self.columns {
            let (role, column) = said.split_once('=').unwrap_or((said, ""));
            let role = Role::ALL.into_iter().find(|known| known.name() == role.trim()).filter(|_| !column.is_empty());
            let role = role.ok_or_else(|| {
                let known = Role::ALL.map(Role::name).join(", ");
                Failure::Misuse(text.with2("import-no-role", "said", said, "known", &known))
            })?;
            columns.insert(role, column.trim().to_owned());
        }
        let city = match &self.city {
            Some(code) => {
                let commune = gazetteer::named(code)
                    .ok_or_else(|| Failure::Misuse(text.with("import-no-commune", "code", code)))?;
                Some(commune)
            }
            None => None,
        };
        let source = source::Options {
            format: self.format(),
            columns,
            city,
            locate: Some(gazetteer::locate()),
            ..source::Options::default()
        };
        let build = BuildOptions { memory_bytes: self.memory, ..BuildOptions::default() };
        Ok(ImportOptions { source, build, replace: self.replace, faults: self.faults })
    }

    fn format(&self) -> Option<Format> {
        Some(match self.source.as_deref()? {
            "ban-ndjson" => Format::BanNdjson,
            "ban-csv" => Format::BanCsv,
            "ban-lieux-dits" => Format::BanLieuxDits,
            "bal" => Format::Bal,
            "poi" => Format::Poi,
            _ => Format::Csv,
        })
    }

    fn tell(&self, imported: Imported, seconds: f64, text: Text) -> Result<(), Failure> {
        let summary = imported.summary;
        let report = Report {
            communes: imported.communes,
            municipalities: summary.municipalities,
            streets: summary.streets,
            localities: summary.localities,
            pois: summary.pois,
            numbers: summary.numbers,
            left_out: summary.left_out,
            bytes: summary.bytes,
            sha256: summary.sha256,
            source_bytes: imported.bytes,
            seconds: (seconds * 1_000.0).round() / 1_000.0,
            fault_count: imported.fault_count,
            faults: faults(&imported.faults, text),
        };
        if self.output.format == Form::Text {
            show_faults(&report.faults, report.fault_count, text);
        }
        self.output.print(&report, |report| {
            text.with_all(
                "import-done",
                &[
                    ("communes", &text.count("import-communes", &report.communes)),
                    ("streets", &text.count("import-streets", &report.streets)),
                    ("numbers", &text.count("import-numbers", &report.numbers)),
                    ("size", &text.size(&report.bytes)),
                    ("seconds", &text.number(report.seconds, 1)),
                ],
            )
        })
    }

    /// What is wrong with the files is an answer; what is wrong with the machine ends the program.
    fn refuse(&self, error: ImportError, text: Text) -> Result<(), Failure> {
        let (refused, found, fault_count) = match error {
            ImportError::Source { file, source } => {
                let (file, message) = (file.display().to_string(), source.message(text.tag()));
                (Refused { file: Some(file), code: source.name(), message }, Vec::new(), 0)
            }
            ImportError::Nothing { faults: found, fault_count } => {
                let message = text.get("import-nothing");
                (Refused { file: None, code: "no-address", message }, faults(&found, text), fault_count)
            }
            ImportError::Before(fault) => {
                return Err(Failure::failed(text.with("import-before", "fault", &fault.to_string())));
            }
            error => return Err(Failure::failed(error)),
        };
        if self.output.format == Form::Json {
            println!("{}", output::json(&Refusal { errors: vec![refused], fault_count, faults: found })?);
            return Err(Failure::InvalidData);
        }
        show_faults(&found, fault_count, text);
        match &refused.file {
            Some(file) => eprintln!("{}", text.with2("import-unreadable", "file", file, "message", &refused.message)),
            None => eprintln!("{}", refused.message),
        }
        Err(Failure::InvalidData)
    }
}

fn faults(found: &[FileFault], text: Text) -> Vec<Fault> {
    let told = |FileFault { file, fault }: &FileFault| Fault {
        file: file.display().to_string(),
        line: fault.line,
        byte: fault.byte,
        code: fault.code.name(),
        message: fault.message(text.tag()),
    };
    found.iter().map(told).collect()
}

fn show_faults(listed: &[Fault], count: u64, text: Text) {
    for fault in listed {
        eprintln!("{}: {}", fault.file, fault.message);
    }
    if count > 0 {
        eprintln!("{}", text.count("import-faults", &count));
    }
}

/// Progress on a terminal: bytes while files are read, steps while the index is built.
struct Bar {
    bar: ProgressBar,
    text: Text,
}

impl Bar {
    fn new(text: Text) -> Self {
        Self { bar: progress::bytes(0, ""), text }
    }

    fn show(&self, at: ImportProgress) {
        match at {
            ImportProgress::Reading { bytes, total } => {
                self.bar.set_length(total);
                self.bar.set_position(bytes);
            }
            ImportProgress::Building(at) => {
                if at.done == 0 {
                    self.bar.set_style(progress::step_style());
                    self.bar.set_message(self.text.get("import-building"));
                }
                self.bar.set_length(at.total);
                self.bar.set_position(at.done);
            }
        }
    }

    fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
