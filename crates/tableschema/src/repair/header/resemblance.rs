//! Which column is which field, when the labels are not quite the names.

use super::synonyms;
use crate::{model::Schema, repair::fold};

/// The field that a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::repair) struct Match {
    pub(in crate::repair) field: usize,
    /// Whether only case, accents, spaces and punctuation differ.
    pub(in crate::repair) certain: bool,
}

/// Likeness from which a label may be a slip of a name.
const ALIKE: f64 = 0.84;
/// How much less alike the next candidate must be.
const MARGIN: f64 = 0.06;
/// Widest table whose labels are compared one with another.
const WIDEST: usize = 2_000;

/// By column, its field; no field has two columns.
pub(in crate::repair) fn pair(schema: &Schema, header: &[String]) -> Vec<Option<Match>> {
    let mut pairing = Pairing {
        matches: vec![None; header.len()],
        taken: vec![false; schema.fields.len()],
        labels: header.iter().map(|label| fold::label(label)).collect(),
        names: schema.fields.iter().map(|field| fold::label(&field.name)).collect(),
        titles: schema.fields.iter().map(|field| field.title.as_deref().map(fold::label).unwrap_or_default()).collect(),
    };
    pairing.exactly(schema, header);
    if header.len() > WIDEST || schema.fields.len() > WIDEST {
        return pairing.matches;
    }
    pairing.by(true, |pairing, column, field| pairing.labels[column] == pairing.names[field]);
    pairing.by(true, |pairing, column, field| {
        pairing.labels[column].replace(' ', "") == pairing.names[field].replace(' ', "")
    });
    pairing.by(true, |pairing, column, field| pairing.labels[column] == pairing.titles[field]);
    pairing.by_synonyms();
    pairing.by_likeness();
    pairing.matches
}

struct Pairing {
    matches: Vec<Option<Match>>,
    taken: Vec<bool>,
    /// Folded.
    labels: Vec<String>,
    names: Vec<String>,
    titles: Vec<String>,
}

impl Pairing {
    fn exactly(&mut self, schema: &Schema, header: &[String]) {
        for (column, label) in header.iter().enumerate() {
            let found = schema.fields.iter().position(|field| field.name == *label);
            if let Some(field) = found.filter(|field| !self.taken[*field]) {
                self.take(column, field, true);
            }
        }
    }

    fn take(&mut self, column: usize, field: usize, certain: bool) {
        self.matches[column] = Some(Match { field, certain });
        self.taken[field] = true;
    }

    fn open_columns(&self) -> Vec<usize> {
        let open = |column: &usize| self.matches[*column].is_none() && !self.labels[*column].is_empty();
        (0..self.matches.len()).filter(open).collect()
    }

    fn open_fields(&self) -> Vec<usize> {
        (0..self.taken.len()).filter(|field| !self.taken[*field]).collect()
    }

    /// Pairs what is alike and has no second candidate, on either side.
    fn by(&mut self, certain: bool, alike: impl Fn(&Self, usize, usize) -> bool) {
        let (columns, fields) = (self.open_columns(), self.open_fields());
        let mut found = Vec::new();
        for column in &columns {
            let mut candidates = fields.iter().filter(|field| alike(self, *column, **field));
            if let (Some(field), None) = (candidates.next(), candidates.next()) {
                found.push((*column, *field));
            }
        }
        for (column, field) in &found {
            if found.iter().filter(|(_, other)| other == field).count() == 1 {
                self.take(*column, *field, certain);
            }
        }
    }

    fn by_synonyms(&mut self) {
        let canonical = |texts: &[String]| texts.iter().map(|text| synonyms::canonical(text)).collect::<Vec<_>>();
        let (labels, names, titles) = (canonical(&self.labels), canonical(&self.names), canonical(&self.titles));
        self.by(false, |_, column, field| {
            !labels[column].is_empty() && (labels[column] == names[field] || labels[column] == titles[field])
        });
    }

    fn by_likeness(&mut self) {
        let fields = self.open_fields();
        let mut found: Vec<(usize, usize)> = Vec::new();
        for column in self.open_columns() {
            let label = &self.labels[column];
            // Slips in short labels make other labels.
            if label.len() < 5 {
                continue;
            }
            let likeness = |field: &usize| strsim::normalized_damerau_levenshtein(label, &self.names[*field]);
            let mut scores: Vec<(f64, usize)> = fields.iter().map(|field| (likeness(field), *field)).collect();
            scores.sort_by(|one, other| other.0.total_cmp(&one.0));
            let next = scores.get(1).map_or(0.0, |(score, _)| *score);
            if let Some((score, field)) = scores.first().filter(|(score, _)| *score >= ALIKE && *score - next >= MARGIN)
                && same_figures(label, &self.names[*field])
                && *score < 1.0
            {
                found.push((column, *field));
            }
        }
        for (column, field) in &found {
            if found.iter().filter(|(_, other)| other == field).count() == 1 {
                self.take(*column, *field, false);
            }
        }
    }
}

/// `adresse_1` is not `adresse_2`.
fn same_figures(one: &str, other: &str) -> bool {
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    figures(one) == figures(other)
}
