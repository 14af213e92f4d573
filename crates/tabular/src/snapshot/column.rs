//! One column on its way: raw cells in, typed cells out, and all that is learnt of them.

use std::{collections::BTreeSet, sync::Arc};

use arrow::{
    array::{Array, ArrayRef, AsArray, BinaryArray, BooleanArray, PrimitiveArray, StringArray},
    buffer::{BooleanBuffer, NullBuffer},
    datatypes::{
        ArrowPrimitiveType, DataType, Date32Type, Float64Type, Int32Type, Int64Type, Time32SecondType, TimeUnit,
        TimestampMillisecondType,
    },
};

use super::{exceptions::Exception, position::Role};
use crate::{
    error::{Error, ErrorCode, Result},
    geometry,
    profile::{
        ExceptionExample,
        cardinality::Cardinality,
        frequency::{Bounds, fixed_hash},
        measure::{Measure, Measures},
        summary::Summary,
        words::{Answers, Words},
    },
    read::RawColumn,
    typing::{Cells, FieldType, Misfit, Reader, parse_geopoint, tally::Tally},
};

/// Exceptions shown in a profile.
const EXAMPLES: usize = 20;

/// A column being read by its plan.
pub(crate) struct Column {
    /// 0-based, in the source.
    pub index: usize,
    pub reader: Reader,
    pub role: Role,
    pub tally: Tally,
    values: Values,
    pub nulls: u64,
    pub exceptions: u64,
    pub examples: Vec<ExceptionExample>,
}

/// What is learnt of the values, by type.
enum Values {
    Boolean(Answers),
    Integer(Measures<i64>),
    Number(Measures<f64>),
    Days(Measures<i32>),
    Moments(Measures<i64>),
    Times(Measures<i32>),
    Years(Measures<i32>),
    Text(Words),
    Shapes(Shapes),
}

/// Typed cells of one piece of a column.
pub(crate) struct Piece {
    pub array: ArrayRef,
    pub exceptions: Vec<Exception>,
    /// West, south, east, north of each row, or one coordinate of it; not a number where there is none.
    pub positions: Vec<[f64; 4]>,
}

impl Column {
    pub fn new(index: usize, reader: Reader, role: Role, bounds: Bounds) -> Self {
        let values = match reader.plan.field_type {
            FieldType::Boolean => Values::Boolean(Answers::default()),
            FieldType::Integer => Values::Integer(Measures::new(bounds)),
            FieldType::Number => Values::Number(Measures::new(bounds)),
            FieldType::Date => Values::Days(Measures::new(bounds)),
            FieldType::Datetime => Values::Moments(Measures::new(bounds)),
            FieldType::Time => Values::Times(Measures::new(bounds)),
            FieldType::Year => Values::Years(Measures::new(bounds)),
            FieldType::Text => Values::Text(Words::new(bounds)),
            FieldType::Geometry => Values::Shapes(Shapes::default()),
        };
        Self { index, reader, role, tally: Tally::default(), values, nulls: 0, exceptions: 0, examples: Vec::new() }
    }

    /// Reads a piece whose first row has the given number.
    ///
    /// # Errors
    /// When the reader gave geometries for a column of text, or the contrary.
    pub fn read(&mut self, piece: &RawColumn, first_row: u64) -> Result<Piece> {
        match (piece, &mut self.values) {
            (RawColumn::Geometry(cells), Values::Shapes(shapes)) => {
                self.nulls += cells.null_count() as u64;
                let positions = shapes.observe(cells, self.role);
                Ok(Piece { array: Arc::new(cells.clone()), exceptions: Vec::new(), positions })
            }
            (RawColumn::Text(cells), values) if !matches!(values, Values::Shapes(_)) => {
                Ok(self.read_text(cells, first_row))
            }
            _ => Err(Error::new(ErrorCode::FormatMismatch, "a column mixes text and geometries")),
        }
    }

    fn read_text(&mut self, raw: &StringArray, first_row: u64) -> Piece {
        let (reader, tally) = (self.reader, &mut self.tally);
        let (array, misfits, blanks) = match &mut self.values {
            Values::Boolean(answers) => booleans(answers, reader.booleans(raw, tally)),
            Values::Integer(measures) => primitives::<Int64Type>(measures, reader.integers(raw, tally)),
            Values::Number(measures) => primitives::<Float64Type>(measures, reader.numbers(raw, tally)),
            Values::Days(measures) => primitives::<Date32Type>(measures, reader.dates(raw, tally)),
            Values::Moments(measures) => primitives::<TimestampMillisecondType>(measures, reader.moments(raw, tally)),
            Values::Times(measures) => primitives::<Time32SecondType>(measures, reader.times(raw, tally)),
            Values::Years(measures) => primitives::<Int32Type>(measures, reader.years(raw, tally)),
            Values::Text(words) => {
                let blanks = words.observe(raw, reader.hints, tally);
                let array = without_blanks(raw, &blanks);
                let nulls = array.null_count() as u64;
                (Arc::new(array) as ArrayRef, Vec::new(), nulls)
            }
            Values::Shapes(_) => (Arc::new(raw.clone()) as ArrayRef, Vec::new(), 0),
        };
        self.nulls += blanks;
        let exceptions = self.keep(raw, &misfits, first_row);
        let positions = self.role.positions(&array);
        Piece { array, exceptions, positions }
    }

    fn keep(&mut self, raw: &StringArray, misfits: &[Misfit], first_row: u64) -> Vec<Exception> {
        self.exceptions += misfits.len() as u64;
        let mut exceptions = Vec::with_capacity(misfits.len());
        for Misfit(index) in misfits {
            let (row, raw) = (first_row + *index as u64, raw.value(*index).to_owned());
            if self.examples.len() < EXAMPLES {
                let shown = raw.chars().take(200).collect();
                self.examples.push(ExceptionExample { row, raw: shown });
            }
            exceptions.push(Exception { row, column: self.index, raw });
        }
        exceptions
    }

    /// What was learnt of the values.
    pub fn summary(&self) -> Summary {
        let field_type = self.reader.plan.field_type;
        match &self.values {
            Values::Boolean(answers) => answers.summary(),
            Values::Integer(measures) | Values::Moments(measures) => measures.summary(field_type),
            Values::Number(measures) => measures.summary(field_type),
            Values::Days(measures) | Values::Times(measures) | Values::Years(measures) => measures.summary(field_type),
            Values::Text(words) => words.summary(),
            Values::Shapes(shapes) => Summary { distinct: shapes.distinct.estimate(), ..Summary::default() },
        }
    }

    /// Kinds of the geometries met.
    pub fn shapes(&self) -> Vec<String> {
        match &self.values {
            Values::Shapes(shapes) => shapes.kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            _ => Vec::new(),
        }
    }
}

/// The Arrow type that holds the values of a field's type in the typed table.
pub fn data_type(field_type: FieldType) -> DataType {
    match field_type {
        FieldType::Boolean => DataType::Boolean,
        FieldType::Integer => DataType::Int64,
        FieldType::Number => DataType::Float64,
        FieldType::Date => DataType::Date32,
        FieldType::Datetime => DataType::Timestamp(TimeUnit::Millisecond, None),
        FieldType::Time => DataType::Time32(TimeUnit::Second),
        FieldType::Year => DataType::Int32,
        FieldType::Text => DataType::Utf8,
        FieldType::Geometry => DataType::Binary,
    }
}

type Read = (ArrayRef, Vec<Misfit>, u64);

fn primitives<A: ArrowPrimitiveType>(measures: &mut Measures<A::Native>, cells: Cells<A::Native>) -> Read
where
    A::Native: Measure,
{
    measures.observe(&cells.values, cells.nulls.as_ref());
    let array = PrimitiveArray::<A>::new(cells.values.into(), cells.nulls);
    (Arc::new(array), cells.misfits, cells.blanks)
}

fn booleans(answers: &mut Answers, cells: Cells<bool>) -> Read {
    let array = BooleanArray::new(BooleanBuffer::from(cells.values), cells.nulls);
    answers.yes += array.true_count() as u64;
    answers.no += array.false_count() as u64;
    (Arc::new(array), cells.misfits, cells.blanks)
}

/// Makes empty and blank cells null; the text itself is not copied.
fn without_blanks(raw: &StringArray, blanks: &[usize]) -> StringArray {
    let offsets = raw.value_offsets();
    let any_empty = offsets.windows(2).any(|pair| pair[0] == pair[1]);
    if !any_empty && blanks.is_empty() {
        return raw.clone();
    }
    let mut valid: Vec<bool> =
        offsets.windows(2).enumerate().map(|(index, pair)| pair[0] < pair[1] && raw.is_valid(index)).collect();
    for index in blanks {
        valid[*index] = false;
    }
    StringArray::new(raw.offsets().clone(), raw.values().clone(), Some(NullBuffer::from(valid)))
}

/// What is learnt of geometries.
#[derive(Default)]
struct Shapes {
    kinds: BTreeSet<&'static str>,
    distinct: Cardinality,
}

impl Shapes {
    /// Takes in geometries; gives their bounding boxes when positions come from them.
    fn observe(&mut self, cells: &BinaryArray, role: Role) -> Vec<[f64; 4]> {
        let mut boxes = Vec::new();
        for cell in cells.iter() {
            if let Some(bytes) = cell {
                self.distinct.observe(fixed_hash(bytes));
                self.kinds.extend(geometry::kind(bytes));
            }
            if role == Role::Geometry {
                boxes.push(cell.and_then(geometry::bbox).unwrap_or([f64::NAN; 4]));
            }
        }
        boxes
    }
}

impl Role {
    /// What the cells of a piece say of the positions of its rows.
    fn positions(self, array: &ArrayRef) -> Vec<[f64; 4]> {
        match self {
            Self::None | Self::Geometry => Vec::new(),
            Self::Coordinate => match array.data_type() {
                DataType::Float64 => coordinates(array.as_primitive::<Float64Type>().iter()),
                DataType::Int64 => {
                    coordinates(array.as_primitive::<Int64Type>().iter().map(|value| value.map(|value| value as f64)))
                }
                _ => vec![[f64::NAN; 4]; array.len()],
            },
            Self::Geopoint => array
                .as_string::<i32>()
                .iter()
                .map(|cell| match cell.and_then(parse_geopoint) {
                    Some((latitude, longitude)) => [longitude, latitude, longitude, latitude],
                    None => [f64::NAN; 4],
                })
                .collect(),
        }
    }
}

fn coordinates(values: impl Iterator<Item = Option<f64>>) -> Vec<[f64; 4]> {
    values.map(|value| [value.unwrap_or(f64::NAN); 4]).collect()
}
