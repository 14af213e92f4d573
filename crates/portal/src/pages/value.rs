//! Values of typed tables as people read them.

use jiff::civil::{Date, DateTime, Time};
use serde_json::Value;
use tabular::profile::ColumnProfile;
use tabular::typing::{FieldType, Meaning};

use crate::i18n::Text;

/// Characters of a cell that are shown.
const LONGEST: usize = 300;

/// A value as it is read; empty for null.
pub fn text_of(value: &Value, column: Option<&ColumnProfile>, t: &Text) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => t.get("value-yes"),
        Value::Bool(false) => t.get("value-no"),
        Value::Number(number) => number_text(number.as_f64(), &number.to_string(), column, t),
        Value::String(text) => string_text(text, column, t),
        Value::Object(geometry) => {
            let kind = geometry.get("type").and_then(Value::as_str).unwrap_or_default();
            t.find(&format!("geometry-{}", kind.to_ascii_lowercase())).unwrap_or_else(|| kind.to_owned())
        }
        Value::Array(items) => items.iter().map(|item| text_of(item, column, t)).collect::<Vec<_>>().join(", "),
    }
}

fn number_text(value: Option<f64>, written: &str, column: Option<&ColumnProfile>, t: &Text) -> String {
    let Some(value) = value else { return written.to_owned() };
    let (field_type, meaning) = column.map_or((FieldType::Number, None), |column| (column.field_type, column.meaning));
    match (field_type, meaning) {
        (FieldType::Year, _) => written.to_owned(),
        (_, Some(Meaning::Latitude | Meaning::Longitude)) => t.number(value, 6),
        // The column says that these are euros; the cell needn't repeat it, but keeps its cents.
        (_, Some(Meaning::Money)) => t.number(value, 2),
        (FieldType::Integer, _) => t.number(value, 0),
        _ => t.number(value, 6),
    }
}

fn string_text(text: &str, column: Option<&ColumnProfile>, t: &Text) -> String {
    let shown = match column.map(|column| column.field_type) {
        Some(FieldType::Date) => text.parse::<Date>().ok().map(|date| t.date(date)),
        Some(FieldType::Datetime) => text
            .parse::<DateTime>()
            .ok()
            .map(|at| if at.time() == Time::midnight() { t.date(at.date()) } else { t.date_and_time(at) }),
        Some(FieldType::Time) => text.parse::<Time>().ok().map(|time| t.clock(time)),
        _ => None,
    };
    shown.unwrap_or_else(|| crate::chart::shorten(text, LONGEST))
}

/// A number that sums up a column (a mean, a sum) as it is read.
pub fn figure(value: f64, column: &ColumnProfile, t: &Text) -> String {
    match column.meaning {
        Some(Meaning::Money) => t.money(value),
        Some(Meaning::Percentage) => t.percent(value / 100.0),
        _ if column.field_type == FieldType::Year => format!("{value:.0}"),
        _ => t.reasonable(value),
    }
}

/// Name of a type.
pub fn type_name(field_type: FieldType, t: &Text) -> String {
    t.get(match field_type {
        FieldType::Boolean => "type-boolean",
        FieldType::Integer => "type-integer",
        FieldType::Number => "type-number",
        FieldType::Date => "type-date",
        FieldType::Datetime => "type-datetime",
        FieldType::Time => "type-time",
        FieldType::Year => "type-year",
        FieldType::Text => "type-text",
        FieldType::Geometry => "type-geometry",
    })
}

/// Name of a meaning.
pub fn meaning_name(meaning: Meaning, t: &Text) -> String {
    t.get(match meaning {
        Meaning::CommuneCode => "meaning-commune-code",
        Meaning::DepartementCode => "meaning-departement-code",
        Meaning::RegionCode => "meaning-region-code",
        Meaning::Postcode => "meaning-postcode",
        Meaning::Siren => "meaning-siren",
        Meaning::Siret => "meaning-siret",
        Meaning::Rna => "meaning-rna",
        Meaning::Email => "meaning-email",
        Meaning::Phone => "meaning-phone",
        Meaning::Url => "meaning-url",
        Meaning::Latitude => "meaning-latitude",
        Meaning::Longitude => "meaning-longitude",
        Meaning::Geopoint => "meaning-geopoint",
        Meaning::Money => "meaning-money",
        Meaning::Percentage => "meaning-percentage",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::plan::tests::column;
    use serde_json::json;

    #[test]
    fn dates_and_numbers_are_written_in_french() {
        let t = Text::french();
        let shown = |value: Value, field_type| text_of(&value, Some(&column("a", field_type, 1)), &t);
        assert_eq!(shown(json!("2024-03-01"), FieldType::Date), "1er\u{a0}mars 2024");
        assert_eq!(
            shown(json!("2024-03-01T10:05:00"), FieldType::Datetime),
            "1er\u{a0}mars 2024 à 10\u{202f}h\u{202f}05"
        );
        assert_eq!(shown(json!("10:05:00"), FieldType::Time), "10\u{202f}h\u{202f}05");
        assert_eq!(shown(json!(1234.5), FieldType::Number), "1\u{202f}234,5");
        assert_eq!(shown(json!(2024), FieldType::Year), "2024");
        assert_eq!(shown(json!(true), FieldType::Boolean), "oui");
        assert_eq!(shown(json!({"type": "Point", "coordinates": [1, 2]}), FieldType::Geometry), "point");
    }

    #[test]
    fn text_is_left_as_it_is() {
        let t = Text::french();
        assert_eq!(text_of(&json!("01234"), Some(&column("a", FieldType::Text, 1)), &t), "01234");
        assert_eq!(text_of(&Value::Null, None, &t), "");
    }
}
