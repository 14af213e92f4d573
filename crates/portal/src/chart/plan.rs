//! From what is asked of a chart to a query, and from the query's answer to what is drawn.

use std::collections::BTreeMap;

use jiff::civil::Date;
use query::model::{Aggregate, AggregateFunction, Filter, Page, Query, Sort};
use serde_json::{Map, Value};
use tabular::Profile;
use tabular::profile::ColumnProfile;
use tabular::typing::{FieldType, Meaning};

use super::{Chart, Drawing, Measure, Point};
use crate::i18n::Text;

/// Bars of a chart of categories at most.
const BARS: usize = 20;
/// Groups that are read for a chart along time or a distribution.
const GROUPS: u64 = 50_000;
/// Places along time at most; a longer time is drawn by month, by year, by ten years.
const PLACES: usize = 130;
/// Bars of a distribution.
const BINS: usize = 24;

/// What is asked of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// Its kind.
    pub kind: Kind,
    /// Column of the labels, of time, or of the distribution.
    pub x: String,
    /// Column of the values; `None` counts rows.
    pub y: Option<String>,
    /// How the values of a group become one.
    pub function: AggregateFunction,
}

/// The kinds of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One bar a category, the greatest first.
    Bars,
    /// Along time.
    Time,
    /// How often values come.
    Histogram,
}

impl Kind {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Bars, Self::Time, Self::Histogram];

    /// Its name in an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bars => "bars",
            Self::Time => "time",
            Self::Histogram => "histogram",
        }
    }
}

/// Functions that the form offers for a column, with their names in an address. Rows are counted when no column is chosen.
pub const FUNCTIONS: [(AggregateFunction, &str); 5] = [
    (AggregateFunction::Sum, "sum"),
    (AggregateFunction::Avg, "avg"),
    (AggregateFunction::Median, "median"),
    (AggregateFunction::Min, "min"),
    (AggregateFunction::Max, "max"),
];

/// Name of a function in an address and among the keys of sentences.
pub fn function_name(function: AggregateFunction) -> &'static str {
    FUNCTIONS.iter().find(|(known, _)| *known == function).map_or("count", |(_, name)| name)
}

impl Spec {
    /// What the address asks for, each missing or impossible part taken from the suggestion. `None` when the table has
    /// nothing to draw.
    pub fn read(asked: &[(String, String)], profile: &Profile) -> Option<Self> {
        let get = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let suggested = super::suggest::suggest(profile);
        let kind = get("kind").and_then(|name| Kind::ALL.into_iter().find(|kind| kind.name() == name));
        let known = |name: &str| profile.columns.iter().find(|column| column.name == name);
        let x = get("x").and_then(known);
        if kind.is_none() && x.is_none() {
            return suggested;
        }
        let x = x.or_else(|| known(&suggested.as_ref()?.x)).or_else(|| profile.columns.first())?;
        let kind = fitting_kind(kind.or(suggested.as_ref().map(|spec| spec.kind)), x);
        let y = get("y").and_then(known).filter(|column| is_number(column));
        let function = get("fn")
            .and_then(|name| FUNCTIONS.iter().find(|(_, known)| *known == name))
            .map(|(function, _)| *function)
            .or_else(|| y.map(super::suggest::default_function));
        let y = y.filter(|_| kind != Kind::Histogram);
        let function = if y.is_some() { function.unwrap_or(AggregateFunction::Sum) } else { AggregateFunction::Count };
        Some(Self { kind, x: x.name.clone(), y: y.map(|column| column.name.clone()), function })
    }
}

/// A kind that the column can be drawn as: time wants dates or years, a distribution wants numbers.
fn fitting_kind(asked: Option<Kind>, x: &ColumnProfile) -> Kind {
    let time = matches!(x.field_type, FieldType::Date | FieldType::Datetime | FieldType::Year);
    match asked {
        Some(Kind::Time) if time => Kind::Time,
        Some(Kind::Histogram) if is_number(x) => Kind::Histogram,
        Some(Kind::Bars) => Kind::Bars,
        _ if time => Kind::Time,
        _ => Kind::Bars,
    }
}

/// Whether a column holds numbers.
pub fn is_number(column: &ColumnProfile) -> bool {
    matches!(column.field_type, FieldType::Integer | FieldType::Number)
}

/// Name of the value in the answer of [`query_of`].
const VALUE: &str = "value__";

/// The query whose answer is drawn: groups of `x`, each with its value, under the filter of the page.
pub fn query_of(spec: &Spec, filter: Option<Filter>) -> Query {
    let aggregate = Aggregate { function: spec.function, field: spec.y.clone(), name: VALUE.to_owned() };
    let (sort, limit) = match spec.kind {
        Kind::Bars => (Sort { field: VALUE.to_owned(), descending: true }, BARS as u64),
        Kind::Time | Kind::Histogram => (Sort { field: spec.x.clone(), descending: false }, GROUPS),
    };
    let rows = Aggregate { function: AggregateFunction::Count, field: None, name: ROWS.to_owned() };
    Query {
        filter,
        group_by: vec![spec.x.clone()],
        aggregates: vec![aggregate, rows],
        sort: vec![sort],
        page: Page { limit: Some(limit), ..Page::default() },
        ..Query::default()
    }
}

/// Name of the number of rows of a group: averages of groups are weighed with it.
const ROWS: &str = "rows__";

/// What is drawn, from the rows that answered [`query_of`] and the number of groups in all.
pub fn chart_from_rows(
    spec: &Spec,
    profile: &Profile,
    rows: &[Map<String, Value>],
    groups: u64,
    text: &Text,
) -> Option<Chart> {
    let column = |name: &str| profile.columns.iter().find(|column| column.name == name);
    let x = column(&spec.x)?;
    let y = spec.y.as_deref().and_then(column);
    let groups_read: Vec<Group> = rows.iter().map(|row| Group::read(row, &spec.x)).collect();
    let (points, drawing) = match spec.kind {
        Kind::Bars => (bars(&groups_read, text), Drawing::Bars),
        Kind::Time => along_time(&groups_read, spec.function, text),
        Kind::Histogram => (distribution(&groups_read, text), Drawing::Histogram),
    };
    points.iter().any(|point| point.value.is_some()).then_some(())?;
    let value_title = value_title(spec, y, text);
    let key = if spec.kind == Kind::Histogram { "chart-title-distribution" } else { "chart-title" };
    Some(Chart {
        drawing,
        title: text.with2(key, "value", &value_title, "label", &x.label),
        value_title,
        label_title: x.label.clone(),
        measure: measure(y),
        points,
        left_out: if spec.kind == Kind::Bars { groups.saturating_sub(rows.len() as u64) } else { 0 },
        unlabelled: groups_read.iter().filter(|group| group.key.is_null()).map(|group| group.rows as u64).sum(),
    })
}

fn value_title(spec: &Spec, y: Option<&ColumnProfile>, text: &Text) -> String {
    match y {
        None => text.get("chart-rows"),
        Some(column) => text.with(&format!("chart-value-{}", function_name(spec.function)), "column", &column.label),
    }
}

/// How the values of a column are written; a count when there is none.
pub fn measure(column: Option<&ColumnProfile>) -> Measure {
    match column {
        None => Measure::Count,
        Some(column) => match column.meaning {
            Some(Meaning::Money) => Measure::Money,
            Some(Meaning::Percentage) => Measure::Percentage,
            _ => Measure::Number,
        },
    }
}

/// One row of the answer.
struct Group<'a> {
    key: &'a Value,
    value: Option<f64>,
    rows: f64,
}

impl<'a> Group<'a> {
    fn read(row: &'a Map<String, Value>, x: &str) -> Self {
        let number = |name: &str| row.get(name).and_then(Value::as_f64);
        Self { key: row.get(x).unwrap_or(&Value::Null), value: number(VALUE), rows: number(ROWS).unwrap_or(0.0) }
    }
}

fn bars(groups: &[Group<'_>], text: &Text) -> Vec<Point> {
    let named = groups.iter().filter(|group| !group.key.is_null());
    named.map(|group| Point { label: label(group.key, text), value: group.value }).collect()
}

/// A key as it is read.
fn label(key: &Value, text: &Text) -> String {
    match key {
        Value::Bool(true) => text.get("value-yes"),
        Value::Bool(false) => text.get("value-no"),
        Value::String(string) => match string.parse::<Date>() {
            Ok(date) if string.len() == 10 => text.date(date),
            _ => string.clone(),
        },
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |value| text.number(value, 4)),
        other => other.to_string(),
    }
}

/// A length of time that groups are gathered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    Month,
    Year,
    Decade,
}

impl Step {
    /// Number of the step that a day falls in; steps that follow one another have numbers that do.
    fn number(self, date: Date) -> i64 {
        match self {
            Self::Day => i64::from(date.duration_since(Date::constant(1970, 1, 1)).as_hours() as i32 / 24),
            Self::Month => i64::from(date.year()) * 12 + i64::from(date.month()) - 1,
            Self::Year => i64::from(date.year()),
            Self::Decade => i64::from(date.year()).div_euclid(10),
        }
    }

    fn label(self, number: i64, text: &Text) -> String {
        match self {
            Self::Day => jiff::Span::new()
                .try_days(number)
                .and_then(|days| Date::constant(1970, 1, 1).checked_add(days))
                .map_or_else(|_| String::new(), |date| text.date(date)),
            Self::Month => Date::new(number.div_euclid(12) as i16, (number.rem_euclid(12) + 1) as i8, 1)
                .map_or_else(|_| String::new(), |date| text.month(date)),
            Self::Year => number.to_string(),
            Self::Decade => text.with("decade", "year", &(number * 10).to_string()),
        }
    }

    /// The finest step that draws these days in few enough places.
    fn for_days(days: &[Date], years_only: bool) -> Self {
        let steps: &[Self] =
            if years_only { &[Self::Year, Self::Decade] } else { &[Self::Day, Self::Month, Self::Year, Self::Decade] };
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else { return Self::Year };
        let fits = |step: &&Self| (step.number(*last) - step.number(*first)) < PLACES as i64;
        steps.iter().find(fits).copied().unwrap_or(Self::Decade)
    }
}

fn along_time(groups: &[Group<'_>], function: AggregateFunction, text: &Text) -> (Vec<Point>, Drawing) {
    let dated: Vec<(Date, &Group<'_>)> = groups.iter().filter_map(|group| Some((day_of(group.key)?, group))).collect();
    let days: Vec<Date> = dated.iter().map(|(day, _)| *day).collect();
    let step = Step::for_days(&days, groups.iter().all(|group| group.key.is_number() || group.key.is_null()));
    let mut places: BTreeMap<i64, Gathered> = BTreeMap::new();
    for (day, group) in dated {
        places.entry(step.number(day)).or_default().add(group, function);
    }
    let (Some(first), Some(last)) = (places.keys().next().copied(), places.keys().next_back().copied()) else {
        return (Vec::new(), Drawing::Columns);
    };
    let places_drawn = (first..=last).take(PLACES * 8);
    let points: Vec<Point> = places_drawn
        .map(|number| Point {
            label: step.label(number, text),
            value: places.get(&number).and_then(|gathered| gathered.value(function)),
        })
        .collect();
    let drawing = if points.len() > 31 { Drawing::Line } else { Drawing::Columns };
    (points, drawing)
}

/// The day of a date, the first day of a year.
fn day_of(key: &Value) -> Option<Date> {
    match key {
        Value::String(text) => text.get(..10)?.parse().ok(),
        Value::Number(year) => Date::new(i16::try_from(year.as_i64()?).ok()?, 1, 1).ok(),
        _ => None,
    }
}

/// Values of groups that fall in the same step of time.
#[derive(Default)]
struct Gathered {
    total: f64,
    weight: f64,
    least: Option<f64>,
    greatest: Option<f64>,
}

impl Gathered {
    fn add(&mut self, group: &Group<'_>, function: AggregateFunction) {
        let Some(value) = group.value else { return };
        let weight =
            if matches!(function, AggregateFunction::Avg | AggregateFunction::Median) { group.rows } else { 1.0 };
        self.total += value * weight;
        self.weight += weight;
        self.least = Some(self.least.map_or(value, |least| least.min(value)));
        self.greatest = Some(self.greatest.map_or(value, |greatest| greatest.max(value)));
    }

    /// Sums and counts add up; means are weighed by their rows (for a median that is near, not exact, when several
    /// days are gathered).
    fn value(&self, function: AggregateFunction) -> Option<f64> {
        match function {
            AggregateFunction::Min => self.least,
            AggregateFunction::Max => self.greatest,
            AggregateFunction::Avg | AggregateFunction::Median => (self.weight > 0.0).then(|| self.total / self.weight),
            AggregateFunction::Count | AggregateFunction::CountDistinct | AggregateFunction::Sum => {
                (self.weight > 0.0).then_some(self.total)
            }
        }
    }
}

fn distribution(groups: &[Group<'_>], text: &Text) -> Vec<Point> {
    let values: Vec<(f64, f64)> = groups.iter().filter_map(|group| Some((group.key.as_f64()?, group.rows))).collect();
    let low = values.iter().map(|(value, _)| *value).fold(f64::MAX, f64::min);
    let high = values.iter().map(|(value, _)| *value).fold(f64::MIN, f64::max);
    if values.is_empty() {
        return Vec::new();
    }
    let whole = values.iter().all(|(value, _)| value.fract() == 0.0);
    let bins = if whole { BINS.min((high - low) as usize + 1) } else { BINS };
    let width = if high > low { (high - low) / bins as f64 } else { 1.0 };
    let mut counts = vec![0.0; bins.max(1)];
    for (value, rows) in values {
        let bin = (((value - low) / width) as usize).min(counts.len() - 1);
        counts[bin] += rows;
    }
    let one_value_a_bin = whole && (high - low) as usize + 1 == counts.len();
    counts
        .iter()
        .enumerate()
        .map(|(bin, count)| {
            let from = low + width * bin as f64;
            let (from, to) = if one_value_a_bin { (low + bin as f64, None) } else { (from, Some(from + width)) };
            let label = match to {
                None => text.reasonable(from),
                Some(to) => text.with2("chart-from-to", "from", &text.compact(from), "to", &text.compact(to)),
            };
            Point { label, value: Some(*count) }
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, missing_docs)]
pub mod tests {
    use super::*;
    use serde_json::json;

    /// A column with this many distinct values, none missing.
    pub fn column(name: &str, field_type: FieldType, distinct: u64) -> ColumnProfile {
        let value = json!({
            "name": name, "label": name, "type": field_type, "meaning": null, "score": 1.0, "nulls": 0, "exceptions": 0,
            "distinct": distinct, "distinct_exact": true, "min": null, "max": null, "mean": null, "std": null, "sum": null,
            "quantiles": null, "top": [], "histogram": [], "exception_examples": [],
        });
        serde_json::from_value(value).unwrap()
    }

    /// A table of these columns.
    pub fn profile(columns: Vec<ColumnProfile>, rows: u64) -> Profile {
        let value = json!({
            "name": null, "rows": rows, "columns": columns, "geometry": null, "exceptions": 0, "set_aside": [], "warnings": [],
            "source": {
                "format": "csv", "containers": [], "encoding": "UTF-8", "delimiter": ";", "quote": "\"", "header_line": 1, "crs": null,
            },
        });
        serde_json::from_value(value).unwrap()
    }

    fn rows(values: &[(Value, f64)]) -> Vec<Map<String, Value>> {
        let row =
            |(key, value): &(Value, f64)| json!({"x": key, "value__": value, "rows__": 1}).as_object().unwrap().clone();
        values.iter().map(row).collect()
    }

    fn spec(kind: Kind, function: AggregateFunction) -> Spec {
        Spec { kind, x: "x".into(), y: (function != AggregateFunction::Count).then(|| "y".into()), function }
    }

    fn table(x: FieldType) -> Profile {
        profile(vec![column("x", x, 9), column("y", FieldType::Number, 9)], 100)
    }

    #[test]
    fn years_that_are_missing_keep_their_place() {
        let answer = rows(&[(json!(2019), 1.0), (json!(2021), 3.0)]);
        let spec = spec(Kind::Time, AggregateFunction::Sum);
        let chart = chart_from_rows(&spec, &table(FieldType::Year), &answer, 2, &Text::french()).unwrap();
        let drawn: Vec<_> = chart.points.iter().map(|point| (point.label.as_str(), point.value)).collect();
        assert_eq!(drawn, [("2019", Some(1.0)), ("2020", None), ("2021", Some(3.0))]);
    }

    #[test]
    fn days_of_several_years_are_gathered_by_month() {
        let answer = rows(&[(json!("2020-01-05"), 1.0), (json!("2020-01-09"), 2.0), (json!("2022-12-31"), 4.0)]);
        let spec = spec(Kind::Time, AggregateFunction::Sum);
        let chart = chart_from_rows(&spec, &table(FieldType::Date), &answer, 3, &Text::french()).unwrap();
        assert_eq!(chart.points.len(), 36);
        assert_eq!(chart.points[0], Point { label: "janvier 2020".into(), value: Some(3.0) });
        assert_eq!(chart.drawing, Drawing::Line);
    }

    #[test]
    fn groups_that_are_not_drawn_are_counted() {
        let answer = rows(&[(json!("Culture"), 5.0), (Value::Null, 2.0)]);
        let spec = spec(Kind::Bars, AggregateFunction::Count);
        let chart = chart_from_rows(&spec, &table(FieldType::Text), &answer, 42, &Text::french()).unwrap();
        assert_eq!(chart.left_out, 40);
        assert_eq!(chart.unlabelled, 1);
        assert_eq!(chart.points.len(), 1, "rows without a label are counted, not drawn");
    }

    #[test]
    fn a_distribution_holds_every_row() {
        let answer = rows(&[(json!(0.5), 1.0), (json!(12.25), 1.0), (json!(99.0), 1.0)]);
        let spec = spec(Kind::Histogram, AggregateFunction::Count);
        let chart = chart_from_rows(&spec, &table(FieldType::Number), &answer, 3, &Text::french()).unwrap();
        let total: f64 = chart.points.iter().filter_map(|point| point.value).sum();
        assert!((total - 3.0).abs() < 1e-9);
    }

    #[test]
    fn whole_numbers_get_a_bar_each() {
        let answer = rows(&[(json!(1), 1.0), (json!(4), 1.0)]);
        let spec = spec(Kind::Histogram, AggregateFunction::Count);
        let chart = chart_from_rows(&spec, &table(FieldType::Integer), &answer, 2, &Text::french()).unwrap();
        assert_eq!(chart.points.iter().map(|point| point.label.as_str()).collect::<Vec<_>>(), ["1", "2", "3", "4"]);
    }

    #[test]
    fn an_impossible_wish_becomes_a_possible_chart() {
        let asked = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect::<Vec<_>>();
        let table = table(FieldType::Text);
        let wish =
            Spec::read(&asked(&[("kind", "time"), ("x", "x"), ("y", "nowhere"), ("fn", "sum")]), &table).unwrap();
        assert_eq!((wish.kind, wish.y, wish.function), (Kind::Bars, None, AggregateFunction::Count));
        assert_eq!(Spec::read(&asked(&[("kind", "bars")]), &profile(vec![], 0)), None);
    }

    #[test]
    fn every_kind_draws_in_both_widths() {
        for (kind, x, keys) in [
            (Kind::Bars, FieldType::Text, vec![(json!("<b>"), 5.0), (json!("Sport & loisirs"), -2.0)]),
            (Kind::Time, FieldType::Year, vec![(json!(2001), 5.0), (json!(2003), 7.0)]),
            (Kind::Histogram, FieldType::Number, vec![(json!(1.5), 5.0), (json!(2.5), 7.0)]),
        ] {
            let spec = spec(kind, AggregateFunction::Sum);
            let chart = chart_from_rows(&spec, &table(x), &rows(&keys), 2, &Text::french()).unwrap();
            let drawn = crate::chart::svg_pair(&chart, &Text::french());
            assert_eq!(drawn.matches("<svg").count(), 2);
            assert!(!drawn.contains("<b>") && !drawn.contains("NaN") && drawn.contains("class=\"bar\""), "{drawn}");
        }
    }

    #[test]
    fn the_drawing_of_bars_is_stable() {
        let answer = rows(&[(json!("Culture"), 1_250_000.0), (json!("Sport"), 830_000.0)]);
        let mut table = table(FieldType::Text);
        table.columns[1].meaning = Some(Meaning::Money);
        let chart =
            chart_from_rows(&spec(Kind::Bars, AggregateFunction::Sum), &table, &answer, 2, &Text::french()).unwrap();
        insta::assert_snapshot!(crate::chart::svg(&chart, crate::chart::Width::Wide, &Text::french()));
    }
}
