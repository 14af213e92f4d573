//! A field's type, format and the type's options.

use serde_json::{Map, Value};

use super::{
    field,
    reader::{Reader, join},
};
use crate::{
    model::{FieldKind, GeojsonFormat, GeopointFormat, ItemType, NumberOptions, StringFormat, TemporalFormat, Version},
    report::NoteCode,
};

const TRUE_VALUES: [&str; 4] = ["true", "True", "TRUE", "1"];
const FALSE_VALUES: [&str; 4] = ["false", "False", "FALSE", "0"];

/// Reads `type`, `format` and what goes with them.
pub(super) fn read(
    descriptor: &Map<String, Value>,
    place: &str,
    specification: Version,
    reader: &mut Reader<'_>,
) -> FieldKind {
    let declared = reader.take(descriptor, "type", place, |value| value.as_str().map(str::to_owned));
    let Some(declared) = declared else {
        reader.note(NoteCode::UntypedField, place, "");
        return match specification {
            Version::V1 => FieldKind::String(StringFormat::Default),
            Version::V2 => FieldKind::Any,
        };
    };
    let format = reader.string(descriptor, "format", place);
    let format = format.as_deref().map_or("default", |format| format.strip_prefix("fmt:").unwrap_or(format));
    let mut form = Form { format, place, reader };
    match declared.as_str() {
        "string" => FieldKind::String(form.string()),
        "number" => FieldKind::Number(numbers(descriptor, place, reader)),
        "integer" => FieldKind::Integer(numbers(descriptor, place, reader)),
        "boolean" => FieldKind::Boolean {
            true_values: words(descriptor, "trueValues", TRUE_VALUES, place, reader),
            false_values: words(descriptor, "falseValues", FALSE_VALUES, place, reader),
        },
        "object" => FieldKind::Object,
        "array" => FieldKind::Array { item: array_item(descriptor, place, specification, reader) },
        "list" => list(descriptor, place, reader),
        "date" => FieldKind::Date(form.temporal()),
        "time" => FieldKind::Time(form.temporal()),
        "datetime" => FieldKind::Datetime(form.temporal()),
        "year" => FieldKind::Year,
        "yearmonth" => FieldKind::YearMonth,
        "duration" => FieldKind::Duration,
        "geopoint" => FieldKind::Geopoint(form.geopoint()),
        "geojson" => FieldKind::Geojson(form.geojson()),
        "any" => FieldKind::Any,
        unknown => {
            reader.note(NoteCode::UnknownType, join(place, "type"), unknown);
            FieldKind::Any
        }
    }
}

/// A format, to be understood by a type.
struct Form<'a, 'b, 'c> {
    format: &'a str,
    place: &'a str,
    reader: &'b mut Reader<'c>,
}

impl Form<'_, '_, '_> {
    /// Notes a format that the type doesn't have, and gives the default.
    fn unknown<T>(&mut self, default: T) -> T {
        if self.format != "default" {
            self.reader.note(NoteCode::UnknownFormat, join(self.place, "format"), self.format);
        }
        default
    }

    fn string(&mut self) -> StringFormat {
        match self.format {
            "email" => StringFormat::Email,
            "uri" => StringFormat::Uri,
            "binary" => StringFormat::Binary,
            "uuid" => StringFormat::Uuid,
            "wkt" => StringFormat::Wkt,
            _ => self.unknown(StringFormat::Default),
        }
    }

    fn temporal(&mut self) -> TemporalFormat {
        match self.format {
            "any" => TemporalFormat::Any,
            pattern if pattern.contains('%') => TemporalFormat::Pattern(pattern.to_owned()),
            _ => self.unknown(TemporalFormat::Default),
        }
    }

    fn geopoint(&mut self) -> GeopointFormat {
        match self.format {
            "array" => GeopointFormat::Array,
            "object" => GeopointFormat::Object,
            _ => self.unknown(GeopointFormat::Default),
        }
    }

    fn geojson(&mut self) -> GeojsonFormat {
        match self.format {
            "topojson" => GeojsonFormat::Topojson,
            _ => self.unknown(GeojsonFormat::Default),
        }
    }
}

fn numbers(descriptor: &Map<String, Value>, place: &str, reader: &mut Reader<'_>) -> NumberOptions {
    let default = NumberOptions::default();
    NumberOptions {
        decimal_char: reader.string(descriptor, "decimalChar", place).unwrap_or(default.decimal_char),
        group_char: reader.string(descriptor, "groupChar", place).unwrap_or(default.group_char),
        bare: reader.flag(descriptor, "bareNumber", place).unwrap_or(default.bare),
    }
}

fn words(
    descriptor: &Map<String, Value>,
    name: &str,
    default: [&str; 4],
    place: &str,
    reader: &mut Reader<'_>,
) -> Vec<String> {
    reader.strings(descriptor, name, place).unwrap_or_else(|| default.map(str::to_owned).to_vec())
}

/// Frictionless's `arrayItem`; one level, as there.
fn array_item(
    descriptor: &Map<String, Value>,
    place: &str,
    specification: Version,
    reader: &mut Reader<'_>,
) -> Option<Box<crate::Field>> {
    let mut item = reader.take(descriptor, "arrayItem", place, |value| value.as_object().cloned())?;
    item.remove("arrayItem");
    item.entry("name").or_insert_with(|| descriptor.get("name").cloned().unwrap_or_default());
    item.entry("type").or_insert_with(|| Value::from("any"));
    Some(Box::new(field::read(&item, &join(place, "arrayItem"), specification, reader)))
}

fn list(descriptor: &Map<String, Value>, place: &str, reader: &mut Reader<'_>) -> FieldKind {
    let types = [
        ItemType::String,
        ItemType::Integer,
        ItemType::Boolean,
        ItemType::Number,
        ItemType::Datetime,
        ItemType::Date,
        ItemType::Time,
    ];
    let item = reader.take(descriptor, "itemType", place, |value| {
        types.into_iter().find(|item| Some(item.name()) == value.as_str())
    });
    FieldKind::List {
        delimiter: reader.string(descriptor, "delimiter", place).unwrap_or_else(|| ",".to_owned()),
        item: item.unwrap_or(ItemType::String),
    }
}
