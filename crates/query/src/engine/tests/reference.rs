//! The meaning of a query, row by row and without cleverness, to compare the engine with.

use std::cmp::Ordering;

use tabular::typing::{FieldType, Literal, parse_literal};

use super::{COLUMNS, Row};
use crate::{
    encode::value::{write_date, write_datetime, write_number},
    engine::functions::distance,
    model::{Comparison, Filter, Query},
};

/// A value that can be compared.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum Value {
    Boolean(bool),
    Whole(i64),
    Number(f64),
    Text(String),
}

fn value(row: &Row, id: usize, field: &str) -> Option<Value> {
    let place = COLUMNS.iter().position(|(name, _)| *name == field);
    match place {
        None => Some(Value::Whole(i64::try_from(id).unwrap())),
        Some(0) => row.nom.clone().map(Value::Text),
        Some(1) => row.entier.map(Value::Whole),
        Some(2) => row.montant.map(Value::Number),
        Some(3) => row.jour.map(|value| Value::Whole(value.into())),
        Some(4) => row.moment.map(Value::Whole),
        Some(5) => row.oui.map(Value::Boolean),
        Some(_) => row.an.map(|value| Value::Whole(value.into())),
    }
}

fn field_type(field: &str) -> FieldType {
    COLUMNS.iter().find(|(name, _)| *name == field).map_or(FieldType::Integer, |(_, field_type)| *field_type)
}

fn literal(field: &str, text: &str) -> Value {
    match parse_literal(field_type(field), text).unwrap() {
        Literal::Boolean(value) => Value::Boolean(value),
        Literal::Integer(value) | Literal::Datetime(value) => Value::Whole(value),
        Literal::Number(value) => Value::Number(value),
        Literal::Date(value) | Literal::Time(value) | Literal::Year(value) => Value::Whole(value.into()),
        Literal::Text(value) => Value::Text(value),
    }
}

fn text(row: &Row, id: usize, field: &str) -> Option<String> {
    let mut out = Vec::new();
    match (value(row, id, field)?, field_type(field)) {
        (Value::Text(text), _) => return Some(text),
        (Value::Number(value), _) => write_number(value, &mut out),
        (Value::Whole(value), FieldType::Date) => write_date(value, &mut out),
        (Value::Whole(value), FieldType::Datetime) => write_datetime(value, &mut out),
        (Value::Whole(value), _) => return Some(value.to_string()),
        (Value::Boolean(value), _) => return Some(value.to_string()),
    }
    String::from_utf8(out).ok()
}

fn holds(filter: &Filter, row: &Row, id: usize) -> Option<bool> {
    match filter {
        Filter::And(parts) => {
            let all: Vec<_> = parts.iter().map(|part| holds(part, row, id)).collect();
            if all.contains(&Some(false)) { Some(false) } else { (!all.contains(&None)).then_some(true) }
        }
        Filter::Or(parts) => {
            let all: Vec<_> = parts.iter().map(|part| holds(part, row, id)).collect();
            if all.contains(&Some(true)) { Some(true) } else { (!all.contains(&None)).then_some(false) }
        }
        Filter::Not(inner) => holds(inner, row, id).map(|held| !held),
        Filter::Compare { field, op, value: text } => {
            let (left, right) = (value(row, id, field), literal(field, text));
            if *op == Comparison::NotEqual {
                return Some(left != Some(right));
            }
            let order = left?.partial_cmp(&right)?;
            Some(match op {
                Comparison::Equal => order == Ordering::Equal,
                Comparison::NotEqual => order != Ordering::Equal,
                Comparison::Less => order == Ordering::Less,
                Comparison::LessOrEqual => order != Ordering::Greater,
                Comparison::Greater => order == Ordering::Greater,
                Comparison::GreaterOrEqual => order != Ordering::Less,
            })
        }
        Filter::In { field, values } => {
            if values.is_empty() {
                return Some(false);
            }
            let left = value(row, id, field)?;
            Some(values.iter().any(|text| literal(field, text) == left))
        }
        Filter::Contains { field, value } => Some(text(row, id, field)?.to_lowercase().contains(&value.to_lowercase())),
        Filter::StartsWith { field, value } => {
            Some(text(row, id, field)?.to_lowercase().starts_with(&value.to_lowercase()))
        }
        Filter::Search { value } => {
            Some(row.nom.as_ref().is_some_and(|nom| nom.to_lowercase().contains(&value.to_lowercase())))
        }
        Filter::IsNull { field } => Some(value(row, id, field).is_none()),
        Filter::InBbox { bbox: [west, south, east, north] } => {
            let [lon, lat] = row.place?;
            let across = if west <= east { lon >= *west && lon <= *east } else { lon >= *west || lon <= *east };
            Some(across && lat >= *south && lat <= *north)
        }
        Filter::Near { lon, lat, metres } => row.place.map(|place| distance(*lon, *lat, place[0], place[1]) <= *metres),
    }
}

/// `__id` of the rows of the whole answer, in order.
pub(crate) fn answer(rows: &[Row], query: &Query) -> Vec<usize> {
    let kept = |id: &usize| query.filter.as_ref().is_none_or(|filter| holds(filter, &rows[id - 1], *id) == Some(true));
    let mut ids: Vec<usize> = (1..=rows.len()).filter(kept).collect();
    ids.sort_by(|left, right| {
        for sort in &query.sort {
            let of = |id: &usize| value(&rows[id - 1], *id, &sort.field);
            let order = match (of(left), of(right)) {
                (Some(left), Some(right)) if sort.descending => right.partial_cmp(&left).unwrap(),
                (Some(left), Some(right)) => left.partial_cmp(&right).unwrap(),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => Ordering::Equal,
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        left.cmp(right)
    });
    ids
}
