//! Reads the cells of a field.

use serde_json::Value as Json;

use super::{Decimal, Duration, Value, geometry, iso, loose, number::NumberForm, strptime, text};
use crate::model::{FieldKind, GeojsonFormat, GeopointFormat, ItemType, NumberOptions, StringFormat, TemporalFormat};

/// How the cells of a field become values.
#[derive(Debug, Clone)]
pub(crate) enum Reader {
    /// Any text.
    Text,
    Form(StringFormat),
    Number(NumberForm),
    Boolean(Words),
    Object,
    Array,
    List {
        delimiter: String,
        item: Box<Reader>,
    },
    Date(Moment),
    Time(Moment),
    Datetime(Moment),
    Year,
    YearMonth,
    Duration,
    Point(GeopointFormat),
    Geojson(GeojsonFormat),
}

/// How moments are written.
#[derive(Debug, Clone)]
pub(crate) enum Moment {
    Iso,
    Any,
    Pattern(strptime::Pattern),
}

/// The words of a boolean field. Where a word stands for both, it is false, as for Frictionless.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    words: Vec<(String, bool)>,
}

impl Words {
    fn new(true_values: &[String], false_values: &[String]) -> Self {
        let of = |words: &[String], flag: bool| words.iter().map(move |word| (word.clone(), flag)).collect::<Vec<_>>();
        Self { words: [of(false_values, false), of(true_values, true)].concat() }
    }

    fn read(&self, cell: &[u8]) -> Option<bool> {
        self.words.iter().find(|(word, _)| word.as_bytes() == cell).map(|(_, flag)| *flag)
    }
}

impl Reader {
    /// The reader of a field's type; `None` when its pattern of dates is one that nothing can be read by.
    pub(crate) fn new(kind: &FieldKind) -> Option<Self> {
        Some(match kind {
            FieldKind::Any | FieldKind::String(StringFormat::Default) => Self::Text,
            FieldKind::String(format) => Self::Form(*format),
            FieldKind::Number(options) => Self::Number(NumberForm::new(options, false)),
            FieldKind::Integer(options) => Self::Number(NumberForm::new(options, true)),
            FieldKind::Boolean { true_values, false_values } => Self::Boolean(Words::new(true_values, false_values)),
            FieldKind::Object => Self::Object,
            FieldKind::Array { .. } => Self::Array,
            FieldKind::List { delimiter, item } => {
                Self::List { delimiter: delimiter.clone(), item: Box::new(Self::of_item(*item)) }
            }
            FieldKind::Date(format) => Self::Date(Moment::new(format)?),
            FieldKind::Time(format) => Self::Time(Moment::new(format)?),
            FieldKind::Datetime(format) => Self::Datetime(Moment::new(format)?),
            FieldKind::Year => Self::Year,
            FieldKind::YearMonth => Self::YearMonth,
            FieldKind::Duration => Self::Duration,
            FieldKind::Geopoint(format) => Self::Point(*format),
            FieldKind::Geojson(format) => Self::Geojson(*format),
        })
    }

    fn of_item(item: ItemType) -> Self {
        let numbers = NumberOptions::default();
        let words = |words: [&str; 4]| words.map(str::to_owned);
        match item {
            ItemType::String => Self::Text,
            ItemType::Integer => Self::Number(NumberForm::new(&numbers, true)),
            ItemType::Number => Self::Number(NumberForm::new(&numbers, false)),
            ItemType::Boolean => Self::Boolean(Words::new(
                &words(["true", "True", "TRUE", "1"]),
                &words(["false", "False", "FALSE", "0"]),
            )),
            ItemType::Datetime => Self::Datetime(Moment::Iso),
            ItemType::Date => Self::Date(Moment::Iso),
            ItemType::Time => Self::Time(Moment::Iso),
        }
    }

    /// Whether the bytes are beyond doubt a value of the type; quick, and never wrong when it says yes. A no says
    /// nothing.
    #[inline]
    pub(crate) fn is_plainly(&self, cell: &[u8]) -> bool {
        match self {
            Self::Text => true,
            Self::Number(form) => form.is_plainly(cell),
            Self::Boolean(words) => words.read(cell).is_some(),
            Self::Date(Moment::Iso) => iso::is_plain_date(cell),
            Self::Date(Moment::Pattern(pattern)) => pattern.is_plain_date(cell),
            Self::Year => matches!(cell, [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9']),
            _ => false,
        }
    }

    /// The value of a cell; `None` when it is not of the type.
    pub(crate) fn read<'a>(&self, cell: &'a str) -> Option<Value<'a>> {
        Some(match self {
            Self::Text => Value::Text(cell),
            Self::Form(format) => has_form(*format, cell).then_some(Value::Text(cell))?,
            Self::Number(form) => Value::Number(form.read(cell)?),
            Self::Boolean(words) => Value::Boolean(words.read(cell.as_bytes())?),
            Self::Object => Value::Json(json(cell).filter(Json::is_object)?),
            Self::Array => Value::Json(json(cell).filter(Json::is_array)?),
            Self::List { delimiter, item } => {
                Value::List(cell.split(delimiter.as_str()).map(|part| item.read(part)).collect::<Option<_>>()?)
            }
            Self::Date(moment) => Value::Date(moment.date(cell)?),
            Self::Time(moment) => Value::Time(moment.time(cell)?),
            Self::Datetime(moment) => Value::Datetime(moment.datetime(cell)?),
            Self::Year => Value::Year(year(cell)?),
            Self::YearMonth => Value::YearMonth(year_month(cell)?),
            Self::Duration => Value::Duration(Duration::parse(cell)?),
            Self::Point(format) => {
                let (longitude, latitude) = geometry::point(cell, *format)?;
                Value::Point(longitude, latitude)
            }
            Self::Geojson(format) => Value::Json(geojson(cell, *format)?),
        })
    }

    /// The decimal mark of a number's field.
    pub(crate) fn decimal_char(&self) -> Option<&str> {
        match self {
            Self::Number(form) => Some(form.decimal_char()),
            _ => None,
        }
    }
}

impl Moment {
    fn new(format: &TemporalFormat) -> Option<Self> {
        Some(match format {
            TemporalFormat::Default => Self::Iso,
            TemporalFormat::Any => Self::Any,
            TemporalFormat::Pattern(pattern) => Self::Pattern(strptime::Pattern::new(pattern)?),
        })
    }

    fn date(&self, cell: &str) -> Option<i32> {
        match self {
            Self::Iso => iso::date(cell),
            other => i32::try_from(other.micros(cell)?.div_euclid(iso::DAY)).ok(),
        }
    }

    fn time(&self, cell: &str) -> Option<i64> {
        match self {
            Self::Iso => iso::time(cell).map(|(micros, zone)| micros - i64::from(zone.unwrap_or(0)) * 60_000_000),
            other => Some(other.micros(cell)?.rem_euclid(iso::DAY)),
        }
    }

    fn datetime(&self, cell: &str) -> Option<i64> {
        match self {
            Self::Iso => iso::datetime(cell),
            other => other.micros(cell),
        }
    }

    fn micros(&self, cell: &str) -> Option<i64> {
        match self {
            Self::Pattern(pattern) => pattern.read(cell),
            Self::Iso | Self::Any => loose::read(cell),
        }
    }
}

fn has_form(format: StringFormat, cell: &str) -> bool {
    match format {
        StringFormat::Default => true,
        StringFormat::Email => text::is_email(cell),
        StringFormat::Uri => text::is_uri(cell),
        StringFormat::Binary => text::is_base64(cell),
        StringFormat::Uuid => text::is_uuid(cell),
        StringFormat::Wkt => geometry::is_wkt(cell),
    }
}

fn json(cell: &str) -> Option<Json> {
    serde_json::from_str(cell).ok()
}

fn geojson(cell: &str, format: GeojsonFormat) -> Option<Json> {
    let value = json(cell)?;
    let object = value.as_object()?;
    let valid = match format {
        GeojsonFormat::Default => geometry::is_geojson(object),
        GeojsonFormat::Topojson => geometry::is_topojson(object),
    };
    valid.then_some(value)
}

/// Four characters that are a number.
fn year(cell: &str) -> Option<i32> {
    let year: i32 = (cell.chars().count() == 4).then(|| cell.trim().parse().ok())??;
    (year >= 0).then_some(year)
}

/// `2024-05`; a month of one digit is understood, as by Frictionless.
fn year_month(cell: &str) -> Option<i64> {
    let (year, month) = cell.split_once('-')?;
    let number = |part: &str| match Decimal::parse(part.trim()) {
        Some(_) if part.len() <= 9 => part.trim().parse::<i64>().ok(),
        _ => None,
    };
    let month = number(month).filter(|month| (1..=12).contains(month))?;
    Some(number(year)? * 12 + month - 1)
}
