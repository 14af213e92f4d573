//! From the model's filters to expressions, checked against the table. Every way of running a query evaluates the
//! expressions made here, so that a filter has one meaning.

use datafusion::{
    common::{Column, ScalarValue},
    logical_expr::{BinaryExpr, Expr, Operator, cast, lit},
};
use tabular::{
    snapshot::{BBOX, ROW_ID},
    typing::FieldType,
};

use super::{
    Table,
    functions::{self, EARTH_RADIUS, Place},
    literal,
};
use crate::{
    Error, Result,
    model::{Comparison, Filter},
};

/// Longest text that is looked for, in bytes.
const LONGEST_NEEDLE: usize = 1_000;
/// Deepest nesting of filters.
const DEEPEST: usize = 32;
/// Most filters, and most literals, of a query.
const MOST: usize = 10_000;

/// A column by its name, whatever its characters.
pub(crate) fn column(name: &str) -> Expr {
    Expr::Column(Column::from_name(name))
}

/// The type of a field that a query may name: a visible column or `__id`.
pub(crate) fn field_type(table: &Table, name: &str) -> Result<FieldType> {
    if name == ROW_ID {
        return Ok(FieldType::Integer);
    }
    let known = || table.profile().columns.iter().map(|column| column.name.as_str());
    table.field_type(name).ok_or_else(|| Error::unknown_field(name, known()))
}

/// The expression of a filter.
pub(crate) fn compile(table: &Table, filter: &Filter) -> Result<Expr> {
    Compiler { table, left: MOST }.filter(filter, 0)
}

struct Compiler<'a> {
    table: &'a Table,
    left: usize,
}

impl Compiler<'_> {
    fn filter(&mut self, filter: &Filter, depth: usize) -> Result<Expr> {
        self.spend(1)?;
        if depth > DEEPEST {
            return Err(Error::bad_query(format!("filters are nested deeper than {DEEPEST}")));
        }
        match filter {
            Filter::And(parts) => self.all(parts, depth, true),
            Filter::Or(parts) => self.all(parts, depth, false),
            Filter::Not(inner) => Ok(Expr::Not(Box::new(self.filter(inner, depth + 1)?))),
            Filter::Compare { field, op, value } => self.compare(field, *op, value),
            Filter::In { field, values } => self.within(field, values),
            Filter::Contains { field, value } => self.find(field, value, Place::Anywhere),
            Filter::StartsWith { field, value } => self.find(field, value, Place::Start),
            Filter::Search { value } => self.search(value),
            Filter::IsNull { field } => {
                field_type(self.table, field)?;
                Ok(column(field).is_null())
            }
            Filter::InBbox { bbox } => self.in_bbox(*bbox),
            Filter::Near { lon, lat, metres } => self.near(*lon, *lat, *metres),
        }
    }

    fn spend(&mut self, count: usize) -> Result<()> {
        let too_many = || Error::bad_query(format!("a query holds at most {MOST} filters and literals"));
        self.left = self.left.checked_sub(count).ok_or_else(too_many)?;
        Ok(())
    }

    /// A balanced tree, so that many parts don't nest deeply.
    fn all(&mut self, parts: &[Filter], depth: usize, and: bool) -> Result<Expr> {
        let mut exprs = parts.iter().map(|part| self.filter(part, depth + 1)).collect::<Result<Vec<_>>>()?;
        let join = |left: Expr, right: Expr| if and { left.and(right) } else { left.or(right) };
        while exprs.len() > 1 {
            let mut pairs = std::mem::take(&mut exprs).into_iter();
            while let Some(left) = pairs.next() {
                exprs.push(match pairs.next() {
                    Some(right) => join(left, right),
                    None => left,
                });
            }
        }
        Ok(exprs.pop().unwrap_or_else(|| lit(and)))
    }

    fn compare(&self, field: &str, op: Comparison, value: &str) -> Result<Expr> {
        let (left, literal) = self.literal(field, value)?;
        let op = match op {
            Comparison::Equal => Operator::Eq,
            Comparison::NotEqual => Operator::IsDistinctFrom,
            Comparison::Less => Operator::Lt,
            Comparison::LessOrEqual => Operator::LtEq,
            Comparison::Greater => Operator::Gt,
            Comparison::GreaterOrEqual => Operator::GtEq,
        };
        Ok(binary(left, op, lit(literal)))
    }

    /// The field and the literal, in one type. An integer field is compared with a decimal literal as a number.
    fn literal(&self, field: &str, value: &str) -> Result<(Expr, ScalarValue)> {
        let field_type = field_type(self.table, field)?;
        if field_type == FieldType::Geometry {
            return Err(Error::NotAllowed { field: field.to_owned(), field_type, operation: "comparison" });
        }
        if let Some(literal) = literal::read(field_type, value) {
            return Ok((column(field), literal));
        }
        let decimal = literal::read(FieldType::Number, value);
        match (field_type, decimal) {
            (FieldType::Integer | FieldType::Year, Some(literal)) => {
                Ok((cast(column(field), arrow::datatypes::DataType::Float64), literal))
            }
            _ => {
                Err(Error::BadLiteral { field: field.to_owned(), field_type, value: value.chars().take(200).collect() })
            }
        }
    }

    fn within(&mut self, field: &str, values: &[String]) -> Result<Expr> {
        self.spend(values.len())?;
        field_type(self.table, field)?;
        let mut literals = Vec::with_capacity(values.len());
        let mut decimals = Vec::new();
        for value in values {
            match self.literal(field, value)? {
                (Expr::Column(_), literal) => literals.push(lit(literal)),
                (number, literal) => decimals.push(binary(number, Operator::Eq, lit(literal))),
            }
        }
        let listed = (!literals.is_empty()).then(|| column(field).in_list(literals, false));
        Ok(listed.into_iter().chain(decimals).reduce(Expr::or).unwrap_or_else(|| lit(false)))
    }

    fn find(&self, field: &str, value: &str, place: Place) -> Result<Expr> {
        let field_type = field_type(self.table, field)?;
        if field_type == FieldType::Geometry {
            return Err(Error::NotAllowed { field: field.to_owned(), field_type, operation: "text" });
        }
        found(vec![column(field)], value, place)
    }

    fn search(&self, value: &str) -> Result<Expr> {
        let columns = self.table.profile().columns.iter();
        let texts: Vec<Expr> = columns
            .filter(|profile| profile.field_type == FieldType::Text)
            .map(|profile| column(&profile.name))
            .collect();
        if texts.is_empty() { Ok(lit(false)) } else { found(texts, value, Place::AnyValue) }
    }

    fn in_bbox(&self, bbox: [f64; 4]) -> Result<Expr> {
        let [west, south, east, north] = bbox;
        if bbox.iter().any(|side| !side.is_finite()) || south > north {
            return Err(Error::bad_query("a bounding box is west, south, east, north in degrees, south below north"));
        }
        self.located()?;
        Ok(touches(west, south, east, north))
    }

    fn near(&self, lon: f64, lat: f64, metres: f64) -> Result<Expr> {
        let sensible = lon.is_finite() && lat.abs() <= 90.0 && metres.is_finite() && metres >= 0.0;
        if !sensible {
            return Err(Error::bad_query("a distance takes a longitude and a latitude in degrees, and metres"));
        }
        self.located()?;
        let exact = functions::near(BBOX.map(column).to_vec(), lon, lat, metres);
        Ok(match around(lon, lat, metres) {
            Some([west, south, east, north]) => touches(west, south, east, north).and(exact),
            None => exact,
        })
    }

    fn located(&self) -> Result<()> {
        if self.table.has_position() {
            return Ok(());
        }
        Err(Error::bad_query("the rows of this table have no position on earth"))
    }
}

fn binary(left: Expr, op: Operator, right: Expr) -> Expr {
    Expr::BinaryExpr(BinaryExpr::new(Box::new(left), op, Box::new(right)))
}

fn found(columns: Vec<Expr>, value: &str, place: Place) -> Result<Expr> {
    if value.len() > LONGEST_NEEDLE {
        return Err(Error::bad_query(format!("what is looked for is longer than {LONGEST_NEEDLE} bytes")));
    }
    Ok(functions::find(columns, value, place)?)
}

pub(crate) fn touches(west: f64, south: f64, east: f64, north: f64) -> Expr {
    let [xmin, ymin, xmax, ymax] = BBOX.map(column);
    let (after_west, before_east) = (xmax.gt_eq(lit(west)), xmin.lt_eq(lit(east)));
    let across = if west <= east { after_west.and(before_east) } else { after_west.or(before_east) };
    across.and(ymax.gt_eq(lit(south))).and(ymin.lt_eq(lit(north)))
}

/// The box around a circle, a little larger; `None` when it crosses a pole or the antimeridian.
fn around(lon: f64, lat: f64, metres: f64) -> Option<[f64; 4]> {
    let angle = metres / EARTH_RADIUS * 1.000_001 + 1e-9;
    let high = angle.to_degrees();
    if lat.abs() + high >= 89.9 {
        return None;
    }
    let wide = (angle.sin() / lat.to_radians().cos()).asin().to_degrees() + 1e-9;
    let found = [lon - wide, lat - high, lon + wide, lat + high];
    (found[0] >= -180.0 && found[2] <= 180.0).then_some(found)
}
