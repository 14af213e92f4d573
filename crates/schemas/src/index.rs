//! What the descriptors of the latest versions say, read once: their names, their addresses, their fields.

use serde_json::Value;

use crate::entry::{Entry, Kind};
use crate::resemblance::Candidate;
use crate::synonyms::Synonyms;

/// One line an entry.
#[derive(Debug)]
pub(crate) struct Index {
    lines: Vec<Line>,
}

#[derive(Debug, Default)]
struct Line {
    /// The descriptor's property `name`.
    name: Option<String>,
    /// Where the descriptor says that it is: its property `path`, or `$id`.
    path: Option<String>,
    candidate: Option<Candidate>,
}

impl Index {
    /// Reads the latest version of every entry; one that can't be read is found by its catalogue name alone.
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let synonyms = Synonyms::shipped();
        Self { lines: entries.iter().map(|entry| line(entry, &synonyms).unwrap_or_default()).collect() }
    }

    pub(crate) fn own_name(&self, entry: usize) -> Option<&str> {
        self.lines.get(entry)?.name.as_deref()
    }

    pub(crate) fn own_path(&self, entry: usize) -> Option<&str> {
        self.lines.get(entry)?.path.as_deref()
    }

    /// The schemas that a table may resemble, with the number of their entry.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = (usize, &Candidate)> {
        self.lines.iter().enumerate().filter_map(|(number, line)| Some((number, line.candidate.as_ref()?)))
    }
}

fn line(entry: &Entry, synonyms: &Synonyms) -> Option<Line> {
    let bytes = entry.version("latest")?.place.read().ok()?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let descriptor: Value = serde_json::from_slice(bytes).ok()?;
    let text = |name: &str| descriptor.get(name).and_then(Value::as_str).map(str::to_owned);
    let candidate = match entry.kind {
        Kind::TableSchema => Candidate::of_table(&descriptor, synonyms.of(&entry.name)),
        Kind::JsonSchema => Candidate::of_json(&descriptor, synonyms.of(&entry.name)),
        Kind::DataPackage => None,
    };
    Some(Line { name: text("name"), path: text("path").or_else(|| text("$id")), candidate })
}
