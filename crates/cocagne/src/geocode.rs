//! `geocode`: a CSV file of addresses to one with their positions, or back.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use geocoder::batch::{BatchError, Csv, CsvOptions, Direction, MIN_SCORE, Tally};
use geocoder::{Geocoder, Index};
use portal::i18n::Text;

use crate::{exit::Failure, language, progress};

#[derive(Debug, Args)]
pub struct Arguments {
    /// CSV file, in any usual encoding and with any separator; `-` reads the standard input.
    #[arg(id = "geocode_file", value_name = "FILE.csv")]
    file: PathBuf,
    /// Columns that make the address, in their order; by default all.
    #[arg(
        id = "geocode_columns",
        long = "columns",
        value_delimiter = ',',
        value_name = "A,B",
        conflicts_with = "reverse"
    )]
    columns: Vec<String>,
    /// From positions (columns latitude or lat, longitude or lon) to addresses.
    #[arg(long)]
    reverse: bool,
    /// Column with the postcode that an answer must have.
    #[arg(long, value_name = "COLUMN")]
    postcode: Option<String>,
    /// Column with the INSEE code of the commune that an answer must lie in.
    #[arg(long, value_name = "COLUMN")]
    citycode: Option<String>,
    /// Column with the kind that an answer must be of: housenumber, street, locality, municipality, poi.
    #[arg(id = "geocode_type", long = "type", value_name = "COLUMN")]
    kind: Option<String>,
    /// Column of the latitude.
    #[arg(long, value_name = "COLUMN", requires = "lon")]
    lat: Option<String>,
    /// Column of the longitude.
    #[arg(long, value_name = "COLUMN", requires = "lat")]
    lon: Option<String>,
    /// Columns to add, such as result_label; by default all of addok-csv's.
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    result_columns: Vec<String>,
    /// Encoding; by default found out.
    #[arg(long)]
    encoding: Option<String>,
    /// Separator; by default found out.
    #[arg(long)]
    delimiter: Option<String>,
    /// Begins with a byte order mark, as spreadsheets like.
    #[arg(long)]
    with_bom: bool,
    /// Score that an answer must exceed.
    #[arg(long, default_value_t = MIN_SCORE)]
    min_score: f32,
    /// Where the answer is written; by default on the standard output.
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Folder of the installation whose addresses are used.
    #[arg(long, env = "COCAGNE_DATA", default_value = "cocagne-data")]
    data: PathBuf,
    /// Index file to use instead.
    #[arg(id = "geocode_index", long = "index", value_name = "FILE")]
    index: Option<PathBuf>,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    tokio::task::spawn_blocking(move || geocode(&arguments)).await.map_err(Failure::failed)?
}

fn geocode(arguments: &Arguments) -> Result<(), Failure> {
    let text = language::text();
    let index = arguments.index(text)?;
    let input = open(&arguments.file)?;
    let length = input.metadata().map_err(Failure::failed)?.len();
    let direction = if arguments.reverse { Direction::Reverse } else { Direction::Search };
    let csv = Csv::open(input, direction, &arguments.options()).map_err(|error| refused(&error, text))?;
    let bar = progress::bytes(length, &arguments.file.to_string_lossy());
    let answer = |output: &mut dyn Write| {
        csv.answer(&*index, output, &mut |at| {
            bar.set_position(at.bytes);
            ControlFlow::Continue(())
        })
    };
    let outcome = match &arguments.output {
        Some(path) => into_file(path, answer)?,
        None => answer(&mut io::stdout().lock()),
    };
    bar.finish_and_clear();
    match outcome {
        Ok(tally) => {
            eprintln!("{}", sentence(&tally, text));
            Ok(())
        }
        // Whoever reads the answer has enough of it.
        Err(BatchError::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(refused(&error, text)),
    }
}

impl Arguments {
    fn index(&self, text: Text) -> Result<Arc<Index>, Failure> {
        if let Some(path) = &self.index {
            return Index::open(path).map(Arc::new).map_err(Failure::misuse);
        }
        let geocoder = Geocoder::open(&self.data.join("addresses"));
        geocoder.current().ok_or_else(|| {
            Failure::Misuse(text.with("geocode-no-addresses", "folder", &self.data.display().to_string()))
        })
    }

    fn options(&self) -> CsvOptions {
        CsvOptions {
            columns: self.columns.clone(),
            postcode: self.postcode.clone(),
            city_code: self.citycode.clone(),
            kind: self.kind.clone(),
            lat: self.lat.clone(),
            lon: self.lon.clone(),
            result_columns: self.result_columns.clone(),
            encoding: self.encoding.clone(),
            delimiter: self.delimiter.clone(),
            with_bom: self.with_bom,
            min_score: self.min_score,
            ..CsvOptions::default()
        }
    }
}

/// The file; what comes by the standard input is kept on the disk, since it is read twice.
fn open(path: &Path) -> Result<File, Failure> {
    if path != Path::new("-") {
        return File::open(path).map_err(|error| Failure::misuse(format!("{}: {error}", path.display())));
    }
    let mut file = tempfile::tempfile().map_err(Failure::failed)?;
    io::copy(&mut io::stdin().lock(), &mut file).map_err(Failure::failed)?;
    file.rewind().map_err(Failure::failed)?;
    Ok(file)
}

/// Writes beside the file, which appears when it is whole.
fn into_file<T>(
    path: &Path,
    answer: impl FnOnce(&mut dyn Write) -> Result<T, BatchError>,
) -> Result<Result<T, BatchError>, Failure> {
    let failed = |error: io::Error| Failure::failed(format!("{}: {error}", path.display()));
    // A device, such as /dev/null, can't be replaced.
    if path.exists() && !path.is_file() {
        let mut file = File::create(path).map_err(failed)?;
        return Ok(answer(&mut file));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    let outcome = answer(file.as_file_mut());
    if outcome.is_ok() {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        file.as_file().set_permissions(mode).map_err(failed)?;
        file.persist(path).map_err(|error| failed(error.error))?;
    }
    Ok(outcome)
}

/// What is wrong with the data, with what is asked, or with the machine.
fn refused(error: &BatchError, text: Text) -> Failure {
    let list = |columns: &[String]| columns.join(", ");
    let say = |key: &str, values: &[(&str, &str)]| text.with_all(key, values);
    let message = match error {
        BatchError::UnknownColumn { asked, columns } => {
            return Failure::Misuse(say("geocode-no-column", &[("column", asked), ("columns", &list(columns))]));
        }
        BatchError::NoCoordinates { columns } => {
            return Failure::Misuse(say("geocode-no-coordinates", &[("columns", &list(columns))]));
        }
        BatchError::UnknownResult { asked, known } => {
            return Failure::Misuse(say("geocode-no-result", &[("column", asked), ("columns", &known.join(", "))]));
        }
        BatchError::UnknownEncoding(name) => {
            return Failure::Misuse(say("geocode-no-encoding", &[("encoding", name)]));
        }
        BatchError::BadMark(mark) => return Failure::Misuse(say("geocode-bad-mark", &[("mark", mark)])),
        BatchError::NoDelimiter => return Failure::Misuse(text.get("geocode-no-delimiter")),
        BatchError::Io(_) | BatchError::Cancelled => return Failure::failed(error),
        BatchError::Empty => text.get("geocode-empty"),
        BatchError::Undecodable { encoding, byte } => {
            say("geocode-undecodable", &[("encoding", encoding), ("byte", &byte.to_string())])
        }
        BatchError::LineTooLong { line, most } => {
            say("geocode-long-line", &[("line", &line.to_string()), ("most", &most.to_string())])
        }
    };
    eprintln!("cocagne: {message}");
    Failure::InvalidData
}

fn sentence(tally: &Tally, text: Text) -> String {
    let counts = [
        ("geocode-found", tally.ok),
        ("geocode-not-found", tally.not_found),
        ("geocode-faulty", tally.error),
        ("geocode-skipped", tally.skipped),
    ];
    let told: Vec<String> = counts
        .iter()
        .filter(|(key, count)| *count > 0 || *key == "geocode-found")
        .map(|(key, n)| text.count(key, n))
        .collect();
    format!("{} {}", text.count("geocode-rows", &tally.rows), told.join(", "))
}
