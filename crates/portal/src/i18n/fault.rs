//! What is wrong, and how to mend it, in the reader's language: one place for the command line and the APIs.

use serde::Serialize;
use tabular::error::Place;
use tabular::profile::Warning;

use super::Text;

/// A fault as a person and a program read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Stable name of what is wrong.
    pub code: String,
    /// What is wrong, and where.
    pub message: String,
    /// How to mend it.
    pub remedy: String,
    /// Sheet, layer or member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// 1-based line or row of the source.
    pub row: Option<u64>,
    /// Header or 1-based number of the column.
    pub column: Option<String>,
    /// Offset in the (unpacked) bytes.
    pub byte: Option<u64>,
}

impl Fault {
    /// Says why a file can't be read.
    pub fn of_file(text: Text, error: &tabular::Error) -> Self {
        Self::new(text, &error.code.to_string(), &error.detail, &error.place)
    }

    /// Says why the catalogue refuses or fails.
    pub fn of_catalog(text: Text, error: &catalog::Error) -> Self {
        match error {
            catalog::Error::File(error) => Self::of_file(text, error),
            catalog::Error::WhichOrganization { known } => {
                Self::new(text, &error.code(), &known.join(", "), &Place::default())
            }
            catalog::Error::Address(fault) => {
                let values = fault.values();
                let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let message = text.with_all(&format!("addresses-fault-{}", fault.code()), &values);
                let remedy = text.get("addresses-fault-remedy");
                let (code, place) = (error.code().into_owned(), Place::default());
                Self {
                    code,
                    message,
                    remedy,
                    table: place.table,
                    row: place.row,
                    column: place.column,
                    byte: place.byte,
                }
            }
            other => Self::new(text, &other.code(), &other.to_string(), &Place::default()),
        }
    }

    /// Says which personal data holds a publication, on which ground, and what can be done about it.
    pub fn of_finding(text: Text, open: &catalog::OpenFinding) -> Self {
        let (language, finding) = (text.tag(), &open.finding);
        let detail = format!("{} {}", finding.message(language), finding.ground.text(language));
        let column = (finding.fields.len() == 1).then(|| finding.fields.join(", "));
        let place = Place { table: open.table.clone(), column, ..Place::default() };
        let fault = Self::new(text, "personal-data", &detail, &place);
        Self { remedy: text.with("fault-personal-data-remedy", "detail", &finding.id), ..fault }
    }

    /// Says what has this stable code.
    pub fn new(text: Text, code: &str, detail: &str, place: &Place) -> Self {
        let key = format!("fault-{code}");
        let mut message = text.with(&key, "detail", detail);
        let place_text = spell_place(text, place);
        if !place_text.is_empty() {
            message.push(' ');
            message.push_str(&text.with("fault-place", "place", &place_text));
        }
        Self {
            code: code.to_owned(),
            message,
            remedy: text.with(&format!("{key}-remedy"), "detail", detail),
            table: place.table.clone(),
            row: place.row,
            column: place.column.clone(),
            byte: place.byte,
        }
    }
}

/// A reader's remark as a sentence; one without a translation shows what was met.
pub fn warning(text: Text, warning: &Warning) -> String {
    let key = format!("warning-{}", warning.code);
    let mut sentence = match text.find(&key) {
        Some(_) => text.with(&key, "detail", &warning.detail),
        None => format!("{}: {}", warning.code, warning.detail),
    };
    let place = Place { row: warning.line, column: warning.column.clone(), ..Place::default() };
    let place = spell_place(text, &place);
    if !place.is_empty() {
        sentence.push(' ');
        sentence.push_str(&text.with("fault-place", "place", &place));
    }
    sentence
}

fn spell_place(text: Text, place: &Place) -> String {
    let parts = [
        ("place-table", place.table.clone()),
        ("place-row", place.row.map(|row| row.to_string())),
        ("place-column", place.column.clone()),
        ("place-byte", place.byte.map(|byte| byte.to_string())),
    ];
    let spelt = parts.into_iter().filter_map(|(key, value)| Some(text.with(key, "value", &value?)));
    spelt.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use tabular::{Error, ErrorCode};

    use super::*;

    #[test]
    fn a_fault_says_what_where_and_how_to_mend_it() {
        let error = Error::new(ErrorCode::CellTooLarge, "2 MiB").at_row(12).at_column("objet");
        let fault = Fault::of_file(Text::french(), &error);
        assert_eq!(fault.code, "cell-too-large");
        assert!(fault.message.contains("ligne 12, colonne objet"), "{}", fault.message);
        assert!(fault.remedy.contains("guillemet"), "{}", fault.remedy);
        assert_eq!(fault.row, Some(12));
    }
}
