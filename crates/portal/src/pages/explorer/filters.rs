//! Filters: one field a column, after its type, and the filters of the address as words that can be taken away.

use tabular::Profile;
use tabular::profile::ColumnProfile;
use tabular::typing::FieldType;

use super::request::Asked;
use crate::i18n::Text;
use crate::pages::frame::Link;
use crate::pages::value;

/// Columns that get a field; the API filters by all of them.
const FIELDS: usize = 40;
/// Values that a list to choose from holds at most: the profile's most frequent ones.
const CHOICES: u64 = 10;

/// The field of a column.
pub struct Field {
    pub label: String,
    pub control: Control,
    /// The box for “is empty”, where something is.
    pub empty: Option<EmptyBox>,
}

/// What a column is filtered with.
pub enum Control {
    Range(Range),
    Choice(Choice),
    Contains(Contains),
}

/// From a value to another, both included.
pub struct Range {
    pub from_name: String,
    pub from: String,
    pub to_name: String,
    pub to: String,
    /// Type of the input: `number`, `date`.
    pub input: &'static str,
    pub least: String,
    pub greatest: String,
}

/// One of few values.
pub struct Choice {
    pub name: String,
    pub options: Vec<Choosable>,
}

/// A value to choose.
pub struct Choosable {
    pub value: String,
    pub label: String,
    pub selected: bool,
}

/// A part of the text.
pub struct Contains {
    pub name: String,
    pub value: String,
}

/// The box for “is empty”.
pub struct EmptyBox {
    pub name: String,
    pub checked: bool,
}

/// The fields of a table.
pub fn fields(profile: &Profile, asked: &Asked, t: &Text) -> Vec<Field> {
    let filterable = profile.columns.iter().filter(|column| column.field_type != FieldType::Geometry);
    filterable.take(FIELDS).map(|column| field(column, asked, t)).collect()
}

fn field(column: &ColumnProfile, asked: &Asked, t: &Text) -> Field {
    let empty = (column.nulls + column.exceptions > 0).then(|| {
        let name = format!("{}__isnull", column.name);
        EmptyBox { checked: asked.address.get(&name).is_some(), name }
    });
    Field { label: column.label.clone(), control: control(column, asked, t), empty }
}

fn control(column: &ColumnProfile, asked: &Asked, t: &Text) -> Control {
    let input = match column.field_type {
        FieldType::Integer | FieldType::Number | FieldType::Year => Some("number"),
        FieldType::Date | FieldType::Datetime => Some("date"),
        FieldType::Time => Some("time"),
        FieldType::Boolean | FieldType::Text | FieldType::Geometry => None,
    };
    match input {
        Some(input) => Control::Range(range(column, input, asked, t)),
        None if column.field_type == FieldType::Boolean || (2..=CHOICES).contains(&column.distinct) => {
            Control::Choice(choice(column, asked, t))
        }
        None => {
            let name = format!("{}__contains", column.name);
            Control::Contains(Contains { value: asked.address.get(&name).unwrap_or_default().to_owned(), name })
        }
    }
}

fn range(column: &ColumnProfile, input: &'static str, asked: &Asked, t: &Text) -> Range {
    let (from_name, to_name) = (format!("{}__greater", column.name), format!("{}__less", column.name));
    let value = |name: &str| asked.address.get(name).unwrap_or_default().to_owned();
    let bound = |bound: &Option<serde_json::Value>| {
        bound.as_ref().map(|bound| value::text_of(bound, Some(column), t)).unwrap_or_default()
    };
    Range {
        from: value(&from_name),
        to: value(&to_name),
        from_name,
        to_name,
        input,
        least: bound(&column.min),
        greatest: bound(&column.max),
    }
}

fn choice(column: &ColumnProfile, asked: &Asked, t: &Text) -> Choice {
    let name = format!("{}__exact", column.name);
    let chosen = asked.address.get(&name);
    let options = column.top.iter().filter_map(|frequent| {
        let value = match &frequent.value {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Bool(value) => value.to_string(),
            _ => return None,
        };
        let label = format!("{} ({})", value::text_of(&frequent.value, Some(column), t), t.integer(&frequent.count));
        Some(Choosable { selected: chosen == Some(value.as_str()), value, label })
    });
    Choice { options: options.collect(), name }
}

/// The filters of the address, each with the address without it.
pub fn removable(profile: &Profile, asked: &Asked, t: &Text) -> Vec<Link> {
    let plain = asked.at_start();
    let parameters = plain.parameters();
    let is_filter = |(place, (name, value)): (usize, &(String, String))| {
        let label = words(name, value, profile, t)?;
        let without = plain.only_places(|other| other != place);
        Some(Link::new(without.href(), label))
    };
    parameters.iter().enumerate().filter_map(is_filter).collect()
}

/// The words of a parameter; `None` when it doesn't filter.
fn words(name: &str, value: &str, profile: &Profile, t: &Text) -> Option<String> {
    let value = crate::chart::shorten(value, 60);
    match name {
        "q" => return Some(t.with("filter-words-q", "value", &value)),
        "bbox" | "near" => return Some(t.get("filter-words-area")),
        "or" | "and" => return Some(t.with("filter-words-nested", "value", &value)),
        _ => {}
    }
    let (column, operator) = name.rsplit_once("__")?;
    let known = profile.columns.iter().find(|known| known.name == column);
    let label = known.map_or(column, |column| column.label.as_str());
    let key = format!("filter-words-{}", operator.to_ascii_lowercase());
    let shown = known.map_or_else(|| value.clone(), |column| literal(&value, column, t));
    t.find(&key).map(|_| t.with2(&key, "column", label, "value", &shown))
}

/// A literal as it is read.
fn literal(value: &str, column: &ColumnProfile, t: &Text) -> String {
    let parsed = match column.field_type {
        FieldType::Integer | FieldType::Number => value.parse::<f64>().ok().map(serde_json::Value::from),
        FieldType::Boolean => value.parse::<bool>().ok().map(serde_json::Value::from),
        _ => Some(serde_json::Value::from(value)),
    };
    parsed.map_or_else(|| value.to_owned(), |parsed| value::text_of(&parsed, Some(column), t))
}

/// Parameters that a form leaves as they are: everything but those that it has fields for.
pub fn kept_by_filters(fields: &[Field], asked: &Asked) -> Vec<(String, String)> {
    let mut own: Vec<&str> = Vec::new();
    for field in fields {
        match &field.control {
            Control::Range(range) => own.extend([range.from_name.as_str(), range.to_name.as_str()]),
            Control::Choice(choice) => own.push(&choice.name),
            Control::Contains(contains) => own.push(&contains.name),
        }
        own.extend(field.empty.as_ref().map(|empty| empty.name.as_str()));
    }
    asked.at_start().only(|name, _| !own.contains(&name)).parameters().to_vec()
}
