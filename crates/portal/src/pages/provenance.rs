//! What was checked and done before a version was published, in words that a citizen reads.

use catalog::check::Done;
use catalog::model::{Conformity, Version};
use personal_data::Remedy;

use super::frame::Link;
use crate::i18n::Text;

/// What is said of a version.
pub struct Provenance {
    /// The schema that it was checked against, and the outcome.
    pub schema: Option<SchemaWords>,
    /// What was done to the file that came, one sentence each.
    pub treatments: Vec<String>,
    /// Personal data published as it is: why, and who answers for it.
    pub justifications: Vec<String>,
}

/// How far a version follows a schema.
pub struct SchemaWords {
    pub link: Link,
    pub valid: bool,
    pub verdict: String,
}

impl Provenance {
    /// What is said of a version.
    pub fn of(version: &Version, t: &Text) -> Self {
        Self {
            schema: version.schema.as_ref().map(|schema| schema_words(schema, t)),
            treatments: version.treatments.iter().map(|done| treatment(done, t)).collect(),
            justifications: version
                .justifications
                .iter()
                .map(|justified| {
                    let finding = justified.finding.as_str();
                    t.with_all(
                        "provenance-justified",
                        &[
                            ("field", finding.split_once(':').map_or(finding, |(_, field)| field)),
                            ("person", &justified.person),
                            ("reason", &justified.reason),
                            ("date", &t.day(&justified.at)),
                        ],
                    )
                })
                .collect(),
        }
    }

    /// Whether there is something to unfold.
    pub fn is_told(&self) -> bool {
        !self.treatments.is_empty() || !self.justifications.is_empty()
    }
}

fn schema_words(schema: &Conformity, t: &Text) -> SchemaWords {
    let name = match &schema.version {
        Some(version) => format!("{} {version}", schema.name),
        None => schema.name.clone(),
    };
    // A schema given by its address isn't in the library.
    let href = match schema.name.split('/').count() {
        2 => format!("/schemas/{}", schema.name),
        _ => "/schemas".to_owned(),
    };
    let verdict = if schema.valid { t.get("provenance-valid") } else { t.count("provenance-invalid", &schema.errors) };
    SchemaWords { link: Link::new(href, name), valid: schema.valid, verdict }
}

fn treatment(done: &Done, t: &Text) -> String {
    let (id, count, kind) = match done {
        Done::Repair { id, count } => (id, count, id.split_once(':').map_or(id.as_str(), |(kind, _)| kind).to_owned()),
        Done::Remedy { id, remedy, count } => (id, count, remedy_name(remedy).to_owned()),
        Done::Geocoding { columns, index, threshold, located, by_hand, left } => {
            let words = [
                ("columns", columns.join(", ")),
                ("index", index.get(..8).unwrap_or(index).to_owned()),
                ("threshold", t.percent(f64::from(*threshold) / 100.0)),
                ("located", t.count("provenance-geocoding-located", located)),
                ("hand", t.count("provenance-geocoding-hand", by_hand)),
                ("left", t.count("provenance-geocoding-left", left)),
            ];
            return t.with_all("provenance-geocoding", &words.each_ref().map(|(name, word)| (*name, word.as_str())));
        }
    };
    let field = id.split_once(':').map_or("", |(_, field)| field);
    let what = t.find(&format!("treatment-{kind}")).unwrap_or(kind);
    let key = if field.is_empty() { "provenance-treatment" } else { "provenance-treatment-of" };
    t.with_all(key, &[("what", &what), ("field", field), ("count", &t.integer(count))])
}

fn remedy_name(remedy: &Remedy) -> &'static str {
    match remedy {
        Remedy::Remove => "remove",
        Remedy::Mask => "mask",
        Remedy::Generalise(_) => "generalise",
        Remedy::Aggregate { .. } => "aggregate",
    }
}

#[cfg(test)]
mod tests {
    use tableschema::repair::RepairCode;

    use super::*;

    #[test]
    fn every_repair_and_every_remedy_has_words_in_both_languages() {
        for t in [Text::french(), Text::english()] {
            let repairs = RepairCode::ALL.iter().map(|code| code.name());
            for name in repairs.chain(["remove", "mask", "generalise", "aggregate"]) {
                assert!(t.find(&format!("treatment-{name}")).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn what_was_done_names_the_column() {
        let done = Done::Repair { id: "trim:nom".to_owned(), count: 3 };
        let sentence = treatment(&done, &Text::french());
        assert!(sentence.contains("nom") && sentence.contains('3'), "{sentence}");
    }
}
