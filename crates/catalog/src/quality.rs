//! How good a dataset is for those who re-use it: a score from 0 to 100, made of criteria that each say what is had
//! and what is missing, and the next thing to do.
//!
//! What each criterion weighs is data, `registry/quality.json`; the sentences are the portal's, by criterion and state.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::frequency;
use crate::licence::{self, FrenchAdministration};
use crate::model::{Dataset, Organization};
use crate::registry::entries;

/// Characters of a description that tells something.
const TELLING_DESCRIPTION: usize = 80;
/// Share of odd cells at which nothing is left of the points for clean cells.
const WORST_ODD_SHARE: f64 = 0.05;

static WEIGHTS: LazyLock<Vec<Weight>> = LazyLock::new(|| entries(include_str!("../registry/quality.json")));

#[derive(Debug, Clone, Copy, Deserialize)]
struct Weight {
    criterion: Criterion,
    points: u32,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Criterion {
    /// Every resource can be had in an open, machine-readable format (CRPA L300-4).
    OpenFormat,
    /// Cells fit their column.
    CleanCells,
    /// Tables follow a schema, and are valid.
    Schema,
    /// The data is as fresh as was promised.
    Freshness,
    /// The licence is one that the publisher may use (CRPA L323-2, D323-2-1).
    Licence,
    /// A description tells what the data is.
    Description,
    /// How often the data changes is said.
    Frequency,
    /// Where the data is about is said.
    Territory,
    /// Themes and keywords let people find it.
    Themes,
    /// Somebody can be asked.
    Contact,
}

impl Criterion {
    /// The name that data and sentences use: `open-format`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OpenFormat => "open-format",
            Self::CleanCells => "clean-cells",
            Self::Schema => "schema",
            Self::Freshness => "freshness",
            Self::Licence => "licence",
            Self::Description => "description",
            Self::Frequency => "frequency",
            Self::Territory => "territory",
            Self::Themes => "themes",
            Self::Contact => "contact",
        }
    }
}

/// How a criterion is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Wholly.
    Good,
    /// In part.
    Partial,
    /// Not at all.
    Missing,
}

impl State {
    /// The name that data and sentences use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Partial => "partial",
            Self::Missing => "missing",
        }
    }
}

/// What is known of a resource's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A file without a table.
    Document,
    /// A table.
    Table {
        /// Cells that aren't empty or odd, and odd ones.
        cells: u64,
        /// Cells that don't fit their column.
        odd: u64,
        /// Whether it is valid against its schema; `None` without a schema.
        valid: Option<bool>,
    },
}

/// A criterion and what was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// What is looked at.
    pub criterion: Criterion,
    /// How it is met.
    pub state: State,
    /// Points reached.
    pub points: u32,
    /// Points that can be reached.
    pub of: u32,
}

/// The score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// From 0 to 100.
    pub total: u32,
    /// Every criterion, what weighs most first.
    pub marks: Vec<Mark>,
    /// The criterion with the most to gain; `None` when nothing is missing.
    pub next: Option<Criterion>,
}

impl Score {
    /// The score of a dataset at an instant.
    pub fn of(dataset: &Dataset, organization: &Organization, contents: &[Content], now: Timestamp) -> Self {
        let marks: Vec<Mark> = WEIGHTS
            .iter()
            .map(|weight| {
                let share = share(weight.criterion, dataset, organization, contents, now).clamp(0.0, 1.0);
                Mark {
                    criterion: weight.criterion,
                    state: match share {
                        share if share >= 1.0 => State::Good,
                        share if share > 0.0 => State::Partial,
                        _ => State::Missing,
                    },
                    // Whole points: a criterion that isn't wholly met never shows as if it were.
                    points: (share * f64::from(weight.points)).floor() as u32,
                    of: weight.points,
                }
            })
            .collect();
        let (reached, possible) = marks.iter().fold((0, 0), |(a, b), mark| (a + mark.points, b + mark.of));
        let most = marks.iter().filter(|mark| mark.state != State::Good).max_by_key(|mark| mark.of - mark.points);
        Self { total: (reached * 100).checked_div(possible).unwrap_or(0), next: most.map(|mark| mark.criterion), marks }
    }
}

/// How much of a criterion is met, from 0 to 1.
fn share(
    criterion: Criterion,
    dataset: &Dataset,
    organization: &Organization,
    contents: &[Content],
    now: Timestamp,
) -> f64 {
    let yes = |met: bool| if met { 1.0 } else { 0.0 };
    match criterion {
        Criterion::OpenFormat => mean(contents, |content| yes(matches!(content, Content::Table { .. }))),
        Criterion::CleanCells => mean(contents, |content| match content {
            Content::Document => 0.0,
            Content::Table { odd: 0, .. } => 1.0,
            Content::Table { cells, odd, .. } => 1.0 - *odd as f64 / (*cells).max(1) as f64 / WORST_ODD_SHARE,
        }),
        Criterion::Schema => mean(contents, |content| match content {
            Content::Table { valid: Some(true), .. } => 1.0,
            Content::Table { valid: Some(false), .. } => 0.4,
            Content::Table { valid: None, .. } | Content::Document => 0.0,
        }),
        Criterion::Freshness => match frequency::is_late(&dataset.frequency, dataset.modified_at, now) {
            Some(late) => yes(!late),
            // Nothing promised: half, since it may be fresh, and nobody can know.
            None => 0.5,
        },
        Criterion::Licence => match licence::find(&dataset.licence).map(|licence| licence.french_administration) {
            Some(FrenchAdministration::Listed | FrenchAdministration::Older) => 1.0,
            Some(FrenchAdministration::LegalTerms | FrenchAdministration::Homologation) => 0.5,
            Some(FrenchAdministration::No) | None => 0.0,
        },
        Criterion::Description => dataset.description.trim().chars().count() as f64 / TELLING_DESCRIPTION as f64,
        Criterion::Frequency => yes(dataset.frequency != frequency::UNKNOWN),
        Criterion::Territory => yes(dataset.territory.is_some()),
        Criterion::Themes => 0.5 * yes(!dataset.themes.is_empty()) + 0.5 * yes(!dataset.keywords.is_empty()),
        Criterion::Contact => yes(dataset.contact_email.is_some() || organization.email.is_some()),
    }
}

fn mean(contents: &[Content], share: impl Fn(&Content) -> f64) -> f64 {
    if contents.is_empty() {
        return 0.0;
    }
    contents.iter().map(|content| share(content).clamp(0.0, 1.0)).sum::<f64>() / contents.len() as f64
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn organization() -> Organization {
        Organization {
            id: Uuid::nil(),
            slug: "bram".to_owned(),
            name: "Bram".to_owned(),
            description: String::new(),
            siret: None,
            homepage: None,
            email: None,
            territory: None,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn dataset() -> Dataset {
        Dataset {
            id: Uuid::nil(),
            slug: "arbres".to_owned(),
            organization: Uuid::nil(),
            title: "Arbres".to_owned(),
            description: String::new(),
            licence: "libre".to_owned(),
            themes: Vec::new(),
            keywords: Vec::new(),
            territory: None,
            frequency: frequency::UNKNOWN.to_owned(),
            years: Vec::new(),
            contact_email: None,
            source: None,
            created_at: Timestamp::UNIX_EPOCH,
            modified_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn perfect() -> Dataset {
        Dataset {
            description:
                "Les arbres d’alignement de la commune, avec leur essence, leur hauteur et leur année de plantation."
                    .to_owned(),
            licence: licence::DEFAULT.to_owned(),
            themes: vec!["ENVI".to_owned()],
            keywords: vec!["arbre".to_owned()],
            territory: Some("commune:11049".to_owned()),
            frequency: "ANNUAL".to_owned(),
            contact_email: Some("mairie@example.org".to_owned()),
            ..dataset()
        }
    }

    const VALID: Content = Content::Table { cells: 1000, odd: 0, valid: Some(true) };

    #[test]
    fn nothing_is_missing_from_a_perfect_dataset() {
        let score = Score::of(&perfect(), &organization(), &[VALID], Timestamp::UNIX_EPOCH);
        assert_eq!((score.total, score.next), (100, None), "{score:#?}");
    }

    #[test]
    fn the_next_thing_to_do_is_what_gains_most() {
        let without_schema = Content::Table { cells: 1000, odd: 0, valid: None };
        let score = Score::of(&perfect(), &organization(), &[without_schema], Timestamp::UNIX_EPOCH);
        assert_eq!((score.total, score.next), (85, Some(Criterion::Schema)));
    }

    #[test]
    fn odd_cells_cost_points_before_they_are_many() {
        let at = |odd| {
            Score::of(
                &perfect(),
                &organization(),
                &[Content::Table { cells: 1000, odd, valid: Some(true) }],
                Timestamp::UNIX_EPOCH,
            )
            .total
        };
        assert!(at(1) < 100);
        assert!(at(25) < at(1));
        assert_eq!(at(50), at(900));
    }

    #[test]
    fn a_bare_document_scores_little_and_never_fails() {
        let score = Score::of(&dataset(), &organization(), &[Content::Document], Timestamp::UNIX_EPOCH);
        assert!(score.total < 10, "{score:#?}");
        assert!(Score::of(&dataset(), &organization(), &[], Timestamp::UNIX_EPOCH).total < 10);
    }

    #[test]
    fn weights_make_a_hundred_and_name_each_criterion_once() {
        assert_eq!(WEIGHTS.iter().map(|weight| weight.points).sum::<u32>(), 100);
        let mut names: Vec<&str> = WEIGHTS.iter().map(|weight| weight.criterion.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 10);
    }
}
