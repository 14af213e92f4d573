//! What is known of each column, from the profile.

use tabular::Profile;
use tabular::profile::ColumnProfile;
use tabular::typing::FieldType;

use crate::chart;
use crate::i18n::Text;
use crate::pages::frame::Fact;
use crate::pages::value;

/// Columns shown; the API gives the profile of all.
const SHOWN: usize = 60;
/// Most frequent values shown.
const TOP: usize = 5;

/// A column.
pub struct Column {
    pub label: String,
    pub type_name: String,
    pub meaning: Option<String>,
    pub exceptions: Option<String>,
    pub spark: Option<String>,
    pub facts: Vec<Fact>,
    pub tops: Vec<Fact>,
}

/// The columns of a table, and what is said when there are more than are shown.
pub fn columns(profile: &Profile, t: &Text) -> (Vec<Column>, Option<String>) {
    let shown = profile.columns.iter().take(SHOWN).map(|column| describe(column, profile.rows, t)).collect();
    let more = profile.columns.len().saturating_sub(SHOWN) as u64;
    (shown, (more > 0).then(|| t.count("columns-more", &more)))
}

fn describe(column: &ColumnProfile, rows: u64, t: &Text) -> Column {
    let counts: Vec<f64> = column.histogram.iter().map(|bin| bin.count as f64).collect();
    Column {
        label: column.label.clone(),
        type_name: value::type_name(column.field_type, t),
        meaning: column.meaning.map(|meaning| value::meaning_name(meaning, t)),
        exceptions: (column.exceptions > 0).then(|| t.count("exceptions-count", &column.exceptions)),
        spark: (counts.len() > 1).then(|| chart::spark_columns(&counts, 280.0, 48.0)),
        facts: facts(column, rows, t),
        tops: tops(column, rows, t),
    }
}

fn facts(column: &ColumnProfile, rows: u64, t: &Text) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: String| facts.push(Fact::new(t.get(key), value));
    if column.field_type != FieldType::Geometry {
        let about = if column.distinct_exact { "" } else { "≈ " };
        fact("profile-distinct", format!("{about}{}", t.integer(&column.distinct)));
    }
    if column.nulls > 0 && rows > 0 {
        fact(
            "profile-empty",
            t.with2(
                "profile-empty-value",
                "n",
                &t.integer(&column.nulls),
                "share",
                &t.percent(column.nulls as f64 / rows as f64),
            ),
        );
    }
    let bound = |value: &serde_json::Value| chart::shorten(&value::text_of(value, Some(column), t), 60);
    for (key, value) in [("profile-min", &column.min), ("profile-max", &column.max)] {
        if let Some(value) = value {
            fact(key, bound(value));
        }
    }
    if column.field_type == FieldType::Integer || column.field_type == FieldType::Number {
        if let Some(mean) = column.mean {
            fact("profile-mean", value::figure(mean, column, t));
        }
        if let Some([_, _, median, _, _]) = column.quantiles {
            fact("profile-median", value::figure(median, column, t));
        }
    }
    facts
}

/// The most frequent values, when some come again.
fn tops(column: &ColumnProfile, rows: u64, t: &Text) -> Vec<Fact> {
    let comes_again = column.top.first().is_some_and(|first| first.count > 1);
    let measured = matches!(column.field_type, FieldType::Number | FieldType::Geometry);
    if !comes_again || measured || rows == 0 {
        return Vec::new();
    }
    let top = column.top.iter().take(TOP);
    top.map(|frequent| {
        Fact::new(chart::shorten(&value::text_of(&frequent.value, Some(column), t), 60), t.integer(&frequent.count))
    })
    .collect()
}
