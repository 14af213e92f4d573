//! What was found in a file, in the shape that programs read (design: `check --format json`).

use portal::i18n::{self, Fault, Text};
use schemas::Resemblance;
use serde::Serialize;
use tableschema::{Code, repair::Proposal, report::Sentence};
use tabular::{
    Profile,
    profile::{ColumnProfile, SourceDescription},
    snapshot::OddCell,
    typing::{FieldType, Meaning},
};

use super::schema::Chosen;

/// The report of one file.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    pub(super) file: String,
    /// Whether every table follows its schema; without one, whether every cell fits its column.
    pub(super) valid: bool,
    /// Name of the schema that was checked against; the first one when tables follow several.
    pub(super) schema: Option<String>,
    pub(super) schema_version: Option<String>,
    /// Whether nobody asked for this schema.
    pub(super) schema_guessed: bool,
    /// Data rows of all tables.
    pub(super) rows: u64,
    pub(super) errors: Vec<CellError>,
    /// Errors of all tables, listed or not.
    pub(super) error_count: u64,
    pub(super) personal_data: Vec<Personal>,
    pub(super) repairs: Vec<Repair>,
    /// Schemas that the first table resembles, the best first.
    pub(super) resembles: Vec<Resemblance>,
    /// What `--fix` wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fixed: Option<Fixed>,
    /// Why the file can't be read at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fault: Option<Fault>,
    pub(super) tables: Vec<TableReport>,
}

impl Report {
    pub(super) fn of(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    /// Whether the file, or what was made of it, is as it should be.
    pub(super) fn is_accepted(&self) -> bool {
        self.fixed.as_ref().map_or(self.valid, |fixed| fixed.valid)
    }

    pub(super) fn follows(&mut self, chosen: &Chosen) {
        if self.schema.is_none() {
            self.schema = Some(chosen.found.name.clone());
            self.schema_version = chosen.found.version.clone();
            self.schema_guessed = chosen.guessed;
        }
    }
}

/// What is wrong with a cell, a row or a header. Codes are Frictionless's; those of JSON documents are `json-` and the
/// keyword that isn't satisfied.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CellError {
    pub(super) code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) table: Option<String>,
    /// 1-based, the header being row 1; null for the table as a whole.
    pub(super) row: Option<u64>,
    pub(super) field: Option<String>,
    /// 1-based.
    pub(super) field_number: Option<u32>,
    pub(super) value: Option<String>,
    pub(super) rule: String,
    pub(super) message: String,
    /// Where in a JSON document (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pointer: Option<String>,
}

impl CellError {
    /// A finding of a schema.
    pub(super) fn of_finding(finding: &tableschema::Finding, table: Option<&str>, text: Text) -> Self {
        Self {
            code: finding.code.name().to_owned(),
            table: table.map(str::to_owned),
            row: finding.row,
            field: finding.field.clone(),
            field_number: finding.field_number,
            value: finding.value.clone(),
            rule: finding.rule.clone(),
            message: finding.message(text.tag()),
            pointer: None,
        }
    }

    /// A row without any value, which readers pass over.
    pub(super) fn blank_row(row: u64, table: Option<&str>, text: Text) -> Self {
        let finding = tableschema::Finding {
            code: Code::BlankRow,
            row: Some(row),
            field: None,
            field_number: None,
            value: None,
            rule: Code::BlankRow.name().to_owned(),
            sentence: Sentence::new(Code::BlankRow.name()),
        };
        Self::of_finding(&finding, table, text)
    }

    /// A finding of a JSON Schema.
    pub(super) fn of_json(finding: &schemas::json::Finding, text: Text) -> Self {
        Self {
            code: format!("json-{}", finding.keyword),
            table: None,
            row: None,
            field: finding.field.clone(),
            field_number: None,
            value: finding.value.clone(),
            rule: finding.rule.clone(),
            message: finding.message(text.tag()),
            pointer: Some(finding.pointer.clone()),
        }
    }

    /// A cell that doesn't fit its column's guessed type.
    pub(super) fn of_odd(cell: OddCell, profile: &Profile, text: Text) -> Self {
        let column = profile.columns.iter().find(|column| Some(&column.name) == cell.column.as_ref());
        let type_name = column.map(|column| type_name(column.field_type));
        let code = if column.is_some() { "type-error" } else { "extra-cell" };
        Self {
            code: code.to_owned(),
            table: profile.name.clone(),
            row: Some(cell.row + 1),
            field: cell.column,
            field_number: Some(cell.position),
            value: Some(cell.raw),
            rule: type_name.clone().unwrap_or_default(),
            message: match &type_name {
                Some(name) => text.with("odd-cell", "type", name),
                None => text.get("odd-overflow"),
            },
            pointer: None,
        }
    }
}

/// Personal data of one kind, in one column or in the columns that make it together.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Personal {
    pub(super) id: String,
    pub(super) detector: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) table: Option<String>,
    /// The column, or the columns joined by `+`.
    pub(super) field: String,
    pub(super) rows: u64,
    pub(super) level: personal_data::Level,
    /// On which ground it may be published, or why not.
    pub(super) ground: String,
    pub(super) message: String,
}

impl Personal {
    pub(super) fn of(finding: &personal_data::Finding, table: Option<&str>, text: Text) -> Self {
        Self {
            id: finding.id.clone(),
            detector: name_in_json(&finding.detector),
            table: table.map(str::to_owned),
            field: finding.fields.join("+"),
            rows: finding.rows,
            level: finding.level,
            ground: finding.ground.text(text.tag()),
            message: finding.message(text.tag()),
        }
    }
}

/// A repair that is proposed, or was made.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Repair {
    pub(super) code: String,
    /// What `--repair` takes.
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) table: Option<String>,
    pub(super) field: Option<String>,
    /// Cells, rows or columns.
    pub(super) count: u64,
    /// Whether `--fix` makes it unasked.
    pub(super) certain: bool,
    /// Whether it can be made at all: what a spreadsheet threw away is told, and only that.
    pub(super) applicable: bool,
    pub(super) description: String,
}

impl Repair {
    pub(super) fn of(proposal: &Proposal, table: Option<&str>, text: Text) -> Self {
        Self {
            code: proposal.code.name().to_owned(),
            id: proposal.id.clone(),
            table: table.map(str::to_owned),
            field: proposal.field.clone(),
            count: proposal.count,
            certain: proposal.certain,
            applicable: proposal.applicable,
            description: proposal.description(text.tag()),
        }
    }
}

/// The repaired file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fixed {
    pub(super) file: String,
    pub(super) valid: bool,
    pub(super) rows: u64,
    /// What was done, with the cells, rows or columns that it changed.
    pub(super) repairs: Vec<Repair>,
    /// What is still wrong.
    pub(super) errors: Vec<CellError>,
    pub(super) error_count: u64,
}

/// What was understood of one table.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TableReport {
    pub(super) name: Option<String>,
    /// Name and version of its schema.
    pub(super) schema: Option<String>,
    pub(super) source: SourceDescription,
    pub(super) rows: u64,
    /// How columns were typed; empty for a table whose schema says it.
    pub(super) columns: Vec<ColumnReport>,
    /// Lines that are not data.
    #[serde(rename = "set_aside")]
    pub(super) set_aside: usize,
    pub(super) warnings: Vec<String>,
}

/// What was understood of one column.
#[derive(Debug, Serialize)]
pub(super) struct ColumnReport {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) field_type: FieldType,
    pub(super) meaning: Option<Meaning>,
    /// Share of non-empty cells that fit.
    pub(super) score: f64,
    pub(super) nulls: u64,
    pub(super) exceptions: u64,
    pub(super) distinct: u64,
}

impl TableReport {
    /// A table without a schema.
    pub(super) fn of_profile(profile: Profile, text: Text) -> Self {
        Self {
            name: profile.name,
            schema: None,
            source: profile.source,
            rows: profile.rows,
            columns: profile.columns.into_iter().map(ColumnReport::from).collect(),
            set_aside: profile.set_aside.len(),
            warnings: profile.warnings.iter().map(|warning| i18n::warning(text, warning)).collect(),
        }
    }
}

impl From<ColumnProfile> for ColumnReport {
    fn from(column: ColumnProfile) -> Self {
        Self {
            name: column.name,
            field_type: column.field_type,
            meaning: column.meaning,
            score: column.score,
            nulls: column.nulls,
            exceptions: column.exceptions,
            distinct: column.distinct,
        }
    }
}

/// The name that JSON gives a type.
pub(super) fn type_name(field_type: FieldType) -> String {
    name_in_json(&field_type)
}

/// The name that JSON gives a variant.
pub(super) fn name_in_json(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
