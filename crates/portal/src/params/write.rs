//! A query as a query string: what [`super::parse`] reads back.

use query::model::{Comparison, Filter, Query};
use tabular::snapshot::ROW_ID;

use super::{is_grouped, list::write_token, order::name_of, pairs::encode_component};

/// Writes a query in the native grammar, without `?`. The place of a cursor is left out: it belongs to one answer.
pub fn write(query: &Query) -> String {
    let mut out = Out(String::new());
    match &query.filter {
        Some(Filter::And(filters)) if filters.len() > 1 => filters.iter().for_each(|filter| out.condition(filter)),
        Some(filter) => out.condition(filter),
        None => {}
    }
    out.list("select", &selected(query));
    out.list("group_by", &query.group_by.iter().map(|name| token(name)).collect::<Vec<_>>());
    let aggregates = query.aggregates.iter().map(|aggregate| match &aggregate.field {
        Some(field) => format!("{}({})", name_of(aggregate.function), token(field)),
        None => name_of(aggregate.function).to_owned(),
    });
    out.list("aggregate", &aggregates.collect::<Vec<_>>());
    let sort = query.sort.iter().map(|key| format!("{}{}", if key.descending { "-" } else { "" }, token(&key.field)));
    out.list("sort", &sort.collect::<Vec<_>>());
    if query.page.offset > 0 {
        out.pair("offset", &query.page.offset.to_string());
    }
    if let Some(limit) = query.page.limit {
        out.pair("limit", &limit.to_string());
    }
    if query.raw {
        out.pair("raw", "1");
    }
    out.0
}

fn selected(query: &Query) -> Vec<String> {
    let row_id = (query.with_row_id && !query.select.is_empty() && !is_grouped(query)).then(|| ROW_ID.to_owned());
    let columns = query.select.iter().filter(|name| *name != ROW_ID);
    row_id.into_iter().chain(columns.map(|name| token(name))).collect()
}

fn token(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    write_token(text, &mut out);
    out
}

struct Out(String);

impl Out {
    fn name(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        encode_component(name, &mut self.0);
    }

    fn pair(&mut self, name: &str, value: &str) {
        self.name(name);
        self.0.push('=');
        encode_component(value, &mut self.0);
    }

    fn list(&mut self, name: &str, items: &[String]) {
        if !items.is_empty() {
            self.pair(name, &items.join(","));
        }
    }

    fn condition(&mut self, filter: &Filter) {
        match filter {
            Filter::And(filters) => self.pair("and", &group(filters)),
            Filter::Or(filters) => self.pair("or", &group(filters)),
            Filter::Search { value } if !value.is_empty() => self.pair("q", value),
            Filter::InBbox { bbox } => self.pair("bbox", &numbers(bbox)),
            Filter::Near { lon, lat, metres } => self.pair("near", &numbers(&[*lon, *lat, *metres])),
            _ => match simple(filter) {
                Some((field, operator, value)) => {
                    let name = format!("{field}__{operator}");
                    match value {
                        Value::Nothing => self.name(&name),
                        Value::One(text) => self.pair(&name, text),
                        Value::Many(values) => self.pair(&name, &tokens(values)),
                    }
                }
                None => self.pair("and", &group(std::slice::from_ref(filter))),
            },
        }
    }
}

enum Value<'a> {
    Nothing,
    One(&'a str),
    Many(&'a [String]),
}

/// A condition on one column: its name, the operator, the value.
fn simple(filter: &Filter) -> Option<(&str, &'static str, Value<'_>)> {
    Some(match filter {
        Filter::Compare { field, op, value } => (field, comparison(*op), Value::One(value)),
        Filter::In { field, values } => (field, "in", Value::Many(values)),
        Filter::Contains { field, value } => (field, "contains", Value::One(value)),
        Filter::StartsWith { field, value } => (field, "startswith", Value::One(value)),
        Filter::IsNull { field } => (field, "isnull", Value::Nothing),
        Filter::Not(inner) => match inner.as_ref() {
            Filter::In { field, values } => (field, "notin", Value::Many(values)),
            Filter::Contains { field, value } => (field, "notcontains", Value::One(value)),
            Filter::IsNull { field } => (field, "isnotnull", Value::Nothing),
            _ => return None,
        },
        _ => return None,
    })
}

fn comparison(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "exact",
        Comparison::NotEqual => "differs",
        Comparison::Less => "strictly_less",
        Comparison::LessOrEqual => "less",
        Comparison::Greater => "strictly_greater",
        Comparison::GreaterOrEqual => "greater",
    }
}

fn group(filters: &[Filter]) -> String {
    format!("({})", filters.iter().map(item).collect::<Vec<_>>().join(","))
}

fn item(filter: &Filter) -> String {
    if let Some((field, operator, value)) = simple(filter) {
        let name = token(field);
        return match value {
            Value::Nothing => format!("{name}__{operator}"),
            Value::One(text) => format!("{name}__{operator}.{}", token(text)),
            Value::Many(values) => format!("{name}__{operator}.({})", tokens(values)),
        };
    }
    match filter {
        Filter::And(filters) => format!("and{}", group(filters)),
        Filter::Or(filters) => format!("or{}", group(filters)),
        Filter::Not(inner) => format!("not({})", item(inner)),
        Filter::Search { value } => format!("q.{}", token(value)),
        Filter::InBbox { bbox } => format!("bbox.\"{}\"", numbers(bbox)),
        Filter::Near { lon, lat, metres } => format!("near.\"{}\"", numbers(&[*lon, *lat, *metres])),
        _ => String::new(),
    }
}

fn tokens(values: &[String]) -> String {
    values.iter().map(|value| token(value)).collect::<Vec<_>>().join(",")
}

fn numbers(numbers: &[f64]) -> String {
    numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",")
}
