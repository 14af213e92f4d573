//! The quality score of a dataset in words: what is had, what is missing, the next thing to do.

use catalog::model::DatasetDetail;
use catalog::quality::{Content, Criterion, Mark, Score, State as Met};
use jiff::Timestamp;

use crate::State;
use crate::i18n::Text;
use crate::problem::Problem;

/// Resources whose content is looked at; a dataset of more is judged by its first ones.
const MOST_RESOURCES: usize = 50;

/// The score as a page shows it.
pub struct Quality {
    /// From 0 to 100.
    pub total: u32,
    /// What the total means, in one sentence.
    pub verdict: String,
    /// The next thing to do; `None` when nothing is missing.
    pub next: Option<String>,
    /// Every criterion.
    pub marks: Vec<MarkWords>,
}

/// A criterion in words.
pub struct MarkWords {
    /// What is looked at.
    pub label: String,
    /// How it is met, in one sentence.
    pub state: String,
    /// `good`, `partial` or `missing`.
    pub class: &'static str,
    /// “12 sur 15”.
    pub points: String,
}

/// The score of a dataset now.
///
/// # Errors
/// When the profile of a resource can't be read.
pub async fn score(state: &State, detail: &DatasetDetail, now: Timestamp) -> Result<Score, Problem> {
    let mut contents = Vec::new();
    for resource in detail.resources.iter().take(MOST_RESOURCES) {
        let version = &resource.version;
        contents.push(match version.table {
            None => Content::Document,
            Some(table) => {
                let profile = state.platform.store.profile(&version.snapshot, table).await?;
                let cells = profile.columns.iter().map(|column| profile.rows.saturating_sub(column.nulls)).sum();
                Content::Table {
                    cells,
                    odd: profile.exceptions,
                    valid: version.schema.as_ref().map(|schema| schema.valid),
                }
            }
        });
    }
    Ok(Score::of(&detail.dataset, &detail.organization, &contents, now))
}

impl Quality {
    /// Puts a score into words.
    pub fn of(score: &Score, t: &Text) -> Self {
        let verdict = match score.total {
            90.. => "quality-verdict-excellent",
            70..90 => "quality-verdict-good",
            40..70 => "quality-verdict-fair",
            _ => "quality-verdict-poor",
        };
        Self {
            total: score.total,
            verdict: t.get(verdict),
            next: score.next.map(|criterion| next(criterion, t)),
            marks: score.marks.iter().map(|mark| words(mark, t)).collect(),
        }
    }
}

fn next(criterion: Criterion, t: &Text) -> String {
    t.get(&format!("quality-{}-next", criterion.as_str()))
}

fn words(mark: &Mark, t: &Text) -> MarkWords {
    let key = format!("quality-{}", mark.criterion.as_str());
    let state = match mark.state {
        Met::Good => t.get(&format!("{key}-good")),
        Met::Partial | Met::Missing => t.get(&format!("{key}-next")),
    };
    MarkWords {
        label: t.get(&key),
        state,
        class: mark.state.as_str(),
        points: t.with2("quality-points", "points", &mark.points.to_string(), "of", &mark.of.to_string()),
    }
}
