//! Which chart a table deserves when nobody has chosen one: a pure function of its profile.
//!
//! In order: an amount along time, an amount by category, one bar a row for a small table, any measure or the number of
//! rows along time, the number of rows by category, the distribution of a measure. A table with nothing to draw gets none.

use query::model::AggregateFunction;
use tabular::Profile;
use tabular::profile::ColumnProfile;
use tabular::typing::{FieldType, Meaning};

use super::plan::{Kind, Spec};

/// Bars beyond this number can't be compared by eye.
const BARS: u64 = 30;
/// A category with more values than this says nothing in a chart of the greatest.
const CATEGORY: u64 = 200;

/// The chart of a table, if it has one.
pub fn suggest(profile: &Profile) -> Option<Spec> {
    let roles = Roles::of(profile);
    let money = roles.measures.iter().copied().find(|column| column.meaning == Some(Meaning::Money));
    let measure = money.or_else(|| roles.measures.first().copied());
    let over_time = |time: &ColumnProfile, measure: Option<&ColumnProfile>| along(time, measure);
    let by_category = |category: &ColumnProfile, measure: Option<&ColumnProfile>| grouped(category, measure);

    None.or_else(|| Some(over_time(roles.times.first()?, Some(money?))))
        .or_else(|| Some(by_category(roles.categories.first()?, Some(money?))))
        .or_else(|| Some(by_category(roles.label(profile.rows)?, Some(measure?))))
        .or_else(|| roles.times.first().map(|time| over_time(time, measure)))
        .or_else(|| roles.categories.first().map(|category| by_category(category, measure_worth_adding(measure))))
        .or_else(|| measure.map(distribution))
}

fn along(time: &ColumnProfile, measure: Option<&ColumnProfile>) -> Spec {
    Spec {
        kind: Kind::Time,
        x: time.name.clone(),
        y: measure.map(|column| column.name.clone()),
        function: measure.map_or(AggregateFunction::Count, default_function),
    }
}

fn grouped(category: &ColumnProfile, measure: Option<&ColumnProfile>) -> Spec {
    Spec {
        kind: Kind::Bars,
        x: category.name.clone(),
        y: measure.map(|column| column.name.clone()),
        function: measure.map_or(AggregateFunction::Count, default_function),
    }
}

fn distribution(measure: &ColumnProfile) -> Spec {
    Spec { kind: Kind::Histogram, x: measure.name.clone(), y: None, function: AggregateFunction::Count }
}

/// Amounts and counts add up; shares, rates and levels don't.
pub fn default_function(column: &ColumnProfile) -> AggregateFunction {
    let level = [
        "taux",
        "moyen",
        "age",
        "âge",
        "temperature",
        "température",
        "note",
        "prix",
        "annee",
        "année",
        "duree",
        "durée",
    ];
    let name = column.name.to_lowercase();
    if column.meaning == Some(Meaning::Percentage) || level.iter().any(|word| name.contains(word)) {
        AggregateFunction::Avg
    } else {
        AggregateFunction::Sum
    }
}

/// For a category, an amount that adds up is worth more than a count; a level isn't.
fn measure_worth_adding(measure: Option<&ColumnProfile>) -> Option<&ColumnProfile> {
    measure.filter(|column| default_function(column) == AggregateFunction::Sum && names_a_quantity(column))
}

/// Whether the sum of the column is worth being the key figure of its dataset.
pub fn adds_up(column: &ColumnProfile) -> bool {
    column.meaning == Some(Meaning::Money) || names_a_quantity(column)
}

fn names_a_quantity(column: &ColumnProfile) -> bool {
    const WORDS: [&str; 14] = [
        "montant",
        "nombre",
        "nb",
        "total",
        "effectif",
        "population",
        "voix",
        "votes",
        "inscrits",
        "places",
        "capacit",
        "surface",
        "quantit",
        "budget",
    ];
    // What a town's accounts call their columns: voted budget, amending decision, administrative account.
    const ACCOUNTS: [&str; 6] = ["bp", "dm", "ca", "crédits", "dépenses", "recettes"];
    let name = column.name.to_lowercase();
    let is_account = |word: &str| column.field_type == FieldType::Number && ACCOUNTS.contains(&word);
    WORDS.iter().any(|word| name.contains(word)) || name.split([' ', '_', '-']).any(is_account)
}

/// What columns can be on a chart, the best first.
pub struct Roles<'a> {
    /// Days, instants, years.
    pub times: Vec<&'a ColumnProfile>,
    /// Few values that come again.
    pub categories: Vec<&'a ColumnProfile>,
    /// Numbers that measure something.
    pub measures: Vec<&'a ColumnProfile>,
    /// Texts that name one row each.
    names: Vec<&'a ColumnProfile>,
}

impl<'a> Roles<'a> {
    /// Sorts the columns of a table into roles.
    pub fn of(profile: &'a Profile) -> Self {
        let rows = profile.rows;
        let pick =
            |role: &dyn Fn(&ColumnProfile) -> bool| profile.columns.iter().filter(|c| role(c)).collect::<Vec<_>>();
        let times = pick(&|column| is_time(column) && column.nulls * 2 < rows.max(1));
        let mut categories = pick(&|column| is_category(column, rows));
        categories.sort_by_key(|column| (is_identifier(column), legibility(column.distinct), column.nulls * 10 > rows));
        let mut measures = pick(&|column| is_measure(column, rows));
        measures.sort_by_key(|column| (column.meaning != Some(Meaning::Money), !names_a_quantity(column)));
        let names =
            pick(&|column| column.field_type == FieldType::Text && column.distinct == rows && !is_identifier(column));
        Self { times, categories, measures, names }
    }

    fn label(&self, rows: u64) -> Option<&'a ColumnProfile> {
        (2..=BARS).contains(&rows).then(|| self.names.first().copied()).flatten()
    }
}

/// Rank of a number of bars, the best first: what a reader takes in at once, then a list of the greatest, then a mere
/// pair, then a long tail.
fn legibility(distinct: u64) -> u8 {
    match distinct {
        3..=20 => 0,
        21..=60 => 1,
        0..=2 => 2,
        _ => 3,
    }
}

fn is_time(column: &ColumnProfile) -> bool {
    matches!(column.field_type, FieldType::Date | FieldType::Datetime | FieldType::Year) && column.distinct >= 3
}

fn is_category(column: &ColumnProfile, rows: u64) -> bool {
    let sort = match column.field_type {
        FieldType::Boolean => true,
        FieldType::Text => !matches!(
            column.meaning,
            Some(Meaning::Email | Meaning::Phone | Meaning::Url | Meaning::Geopoint | Meaning::Siret | Meaning::Siren)
        ),
        _ => false,
    };
    // A value must come again, or the chart is the table.
    sort && (2..=CATEGORY).contains(&column.distinct)
        && column.distinct * 2 <= rows.saturating_sub(column.nulls)
        && column.nulls * 2 < rows
}

fn is_measure(column: &ColumnProfile, rows: u64) -> bool {
    let numeric = matches!(column.field_type, FieldType::Integer | FieldType::Number);
    let places = matches!(column.meaning, Some(Meaning::Latitude | Meaning::Longitude));
    let varies = column.distinct >= 2 && column.nulls * 2 < rows.max(1);
    let measures = column.meaning == Some(Meaning::Money) || !(is_identifier(column) || is_sequence(column, rows));
    numeric && !places && varies && measures
}

/// Whether the values number the rows: as many as rows, one after the other.
fn is_sequence(column: &ColumnProfile, rows: u64) -> bool {
    let bound = |bound: &Option<serde_json::Value>| bound.as_ref().and_then(serde_json::Value::as_i64);
    let (Some(least), Some(greatest)) = (bound(&column.min), bound(&column.max)) else { return false };
    column.field_type == FieldType::Integer
        && rows > 2
        && column.distinct == rows
        && greatest.abs_diff(least) < rows + rows / 10
}

/// Whether the name says that the values only identify: adding them up means nothing.
fn is_identifier(column: &ColumnProfile) -> bool {
    const WORDS: [&str; 17] = [
        "id",
        "ident",
        "identifiant",
        "code",
        "num",
        "numero",
        "numéro",
        "no",
        "ref",
        "reference",
        "gid",
        "fid",
        "objectid",
        "siren",
        "siret",
        "insee",
        "ordre",
    ];
    let name = column.name.to_lowercase();
    name.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
        || ["_x", "_y"].iter().any(|end| name.ends_with(end))
        || ["x", "y", "lat", "lon", "lng"].contains(&name.as_str())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::chart::plan::tests::{column, profile};

    fn suggested(columns: Vec<ColumnProfile>, rows: u64) -> Option<(Kind, String, Option<String>, AggregateFunction)> {
        suggest(&profile(columns, rows)).map(|spec| (spec.kind, spec.x, spec.y, spec.function))
    }

    fn money(name: &str) -> ColumnProfile {
        ColumnProfile { meaning: Some(Meaning::Money), ..column(name, FieldType::Number, 90) }
    }

    #[test]
    fn amounts_along_years_are_added_up() {
        let columns =
            vec![column("association", FieldType::Text, 40), column("annee", FieldType::Year, 5), money("montant")];
        let expected = (Kind::Time, "annee".into(), Some("montant".into()), AggregateFunction::Sum);
        assert_eq!(suggested(columns, 100), Some(expected));
    }

    #[test]
    fn amounts_without_time_are_added_up_by_category() {
        let columns =
            vec![column("nom", FieldType::Text, 100), column("secteur", FieldType::Text, 6), money("montant")];
        let expected = (Kind::Bars, "secteur".into(), Some("montant".into()), AggregateFunction::Sum);
        assert_eq!(suggested(columns, 100), Some(expected));
    }

    #[test]
    fn functions_of_a_budget_say_more_than_its_two_sections() {
        let columns = vec![
            column("section", FieldType::Text, 2),
            column("code_fonction", FieldType::Text, 12),
            column("fonction", FieldType::Text, 43),
            money("montant"),
        ];
        assert_eq!(suggested(columns, 1_400).map(|(_, x, ..)| x).as_deref(), Some("fonction"));
    }

    #[test]
    fn a_small_table_is_drawn_row_by_row() {
        let columns = vec![column("quartier", FieldType::Text, 7), column("population", FieldType::Integer, 7)];
        let expected = (Kind::Bars, "quartier".into(), Some("population".into()), AggregateFunction::Sum);
        assert_eq!(suggested(columns, 7), Some(expected));
    }

    #[test]
    fn trees_are_counted_by_species() {
        let columns = vec![column("id_arbre", FieldType::Integer, 100), column("espece", FieldType::Text, 12)];
        let expected = (Kind::Bars, "espece".into(), None, AggregateFunction::Count);
        assert_eq!(suggested(columns, 100), Some(expected));
    }

    #[test]
    fn a_column_that_numbers_the_rows_is_no_measure() {
        let numbered = ColumnProfile {
            min: Some(serde_json::json!(1)),
            max: Some(serde_json::json!(71)),
            ..column("sujet", FieldType::Integer, 71)
        };
        assert_eq!(suggested(vec![numbered], 71), None);
    }

    #[test]
    fn shares_are_averaged() {
        assert_eq!(default_function(&column("taux_de_reussite", FieldType::Number, 9)), AggregateFunction::Avg);
    }

    #[test]
    fn a_lone_measure_shows_its_distribution_and_codes_show_nothing() {
        let measure = vec![column("hauteur", FieldType::Number, 80)];
        assert_eq!(suggested(measure, 100).map(|(kind, ..)| kind), Some(Kind::Histogram));
        assert_eq!(suggested(vec![column("code insee", FieldType::Integer, 80)], 100), None);
        assert_eq!(suggested(vec![], 0), None);
    }
}
