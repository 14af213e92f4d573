//! A profile in the words of csv-detective, as api-tabular gives it.

use serde_json::{Map, Value, json};
use tabular::{
    Profile,
    profile::ColumnProfile,
    typing::{FieldType, Meaning},
};

/// Columns of at most so many distinct values are categories.
const CATEGORIES: u64 = 25;

/// The answer of `/profile/`.
pub fn document(profile: &Profile) -> Value {
    let source = &profile.source;
    let columns = &profile.columns;
    let by_name = |of: fn(&ColumnProfile) -> Value| -> Map<String, Value> {
        columns.iter().map(|column| (column.name.clone(), of(column))).collect()
    };
    let mut formats: Map<String, Value> = Map::new();
    for column in columns {
        let names = formats.entry(format(column)).or_insert_with(|| json!([]));
        if let Value::Array(names) = names {
            names.push(column.name.clone().into());
        }
    }
    let categorical = columns.iter().filter(|column| column.distinct > 0 && column.distinct <= CATEGORIES);
    json!({
        "profile": {
            "header": columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(),
            "columns": by_name(column_type),
            "formats": formats,
            "total_lines": profile.rows,
            "encoding": source.encoding,
            "separator": source.delimiter,
            "header_row_idx": source.header_line.map_or(0, |line| line.saturating_sub(1)),
            "categorical": categorical.map(|column| column.name.as_str()).collect::<Vec<_>>(),
            "profile": by_name(statistics),
        },
        "indexes": null,
    })
}

fn column_type(column: &ColumnProfile) -> Value {
    json!({"python_type": python_type(column.field_type), "format": format(column), "score": column.score})
}

fn statistics(column: &ColumnProfile) -> Value {
    let mut statistics = json!({
        "nb_distinct": column.distinct,
        "nb_missing_values": column.nulls + column.exceptions,
        "tops": column.top.iter().map(|top| json!({"value": top.value, "count": top.count})).collect::<Vec<_>>(),
    });
    if is_number(column.field_type) {
        statistics["min"] = json!(column.min);
        statistics["max"] = json!(column.max);
        statistics["mean"] = json!(column.mean);
        statistics["std"] = json!(column.std);
    }
    statistics
}

/// The type of a column as Python names it.
pub fn python_type(field_type: FieldType) -> &'static str {
    match field_type {
        FieldType::Boolean => "bool",
        FieldType::Integer | FieldType::Year => "int",
        FieldType::Number => "float",
        FieldType::Date => "date",
        FieldType::Datetime => "datetime",
        FieldType::Time | FieldType::Text => "string",
        FieldType::Geometry => "json",
    }
}

/// Whether a column is measured.
pub fn is_number(field_type: FieldType) -> bool {
    matches!(field_type, FieldType::Integer | FieldType::Year | FieldType::Number)
}

fn format(column: &ColumnProfile) -> &'static str {
    let meaning = column.meaning.and_then(|meaning| match meaning {
        Meaning::CommuneCode => Some("code_commune_insee"),
        Meaning::DepartementCode => Some("code_departement"),
        Meaning::RegionCode => Some("code_region"),
        Meaning::Postcode => Some("code_postal"),
        Meaning::Siren => Some("siren"),
        Meaning::Siret => Some("siret"),
        Meaning::Rna => Some("code_rna"),
        Meaning::Email => Some("email"),
        Meaning::Phone => Some("tel_fr"),
        Meaning::Url => Some("url"),
        Meaning::Latitude => Some("latitude_wgs"),
        Meaning::Longitude => Some("longitude_wgs"),
        Meaning::Geopoint => Some("latlon_wgs"),
        Meaning::Money | Meaning::Percentage => None,
    });
    meaning.unwrap_or(match column.field_type {
        FieldType::Boolean => "booleen",
        FieldType::Integer => "int",
        FieldType::Number => "float",
        FieldType::Date => "date",
        FieldType::Datetime => "datetime",
        FieldType::Year => "year",
        FieldType::Time | FieldType::Text => "string",
        FieldType::Geometry => "json_geojson",
    })
}
