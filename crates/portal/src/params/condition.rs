//! One condition on one column: `montant__less=100`.

use query::model::{Comparison, Filter};
use tabular::{Profile, profile::ColumnProfile, snapshot::ROW_ID, typing::FieldType};

use super::{error::Reason, limits, list, read::Dialect};

/// What a condition asks of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Exact,
    Differs,
    Less,
    Greater,
    StrictlyLess,
    StrictlyGreater,
    Contains,
    NotContains,
    StartsWith,
    In,
    NotIn,
    IsNull,
    IsNotNull,
}

impl Operator {
    /// Reads a name, whatever its case.
    pub fn parse(name: &str) -> Option<Self> {
        let known = [
            ("exact", Self::Exact),
            ("differs", Self::Differs),
            ("less", Self::Less),
            ("greater", Self::Greater),
            ("strictly_less", Self::StrictlyLess),
            ("strictly_greater", Self::StrictlyGreater),
            ("contains", Self::Contains),
            ("notcontains", Self::NotContains),
            ("startswith", Self::StartsWith),
            ("in", Self::In),
            ("notin", Self::NotIn),
            ("isnull", Self::IsNull),
            ("isnotnull", Self::IsNotNull),
        ];
        known.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, operator)| operator)
    }

    /// Whether it asks only if there is a value.
    pub fn is_bare(self) -> bool {
        matches!(self, Self::IsNull | Self::IsNotNull)
    }
}

/// Splits `column__operator`; the column may itself hold `__`.
pub fn split_operator(text: &str) -> Option<(&str, Operator)> {
    let (column, name) = text.rsplit_once("__")?;
    (!column.is_empty()).then_some(())?;
    Some((column, Operator::parse(name)?))
}

/// What a condition compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// Nothing was written.
    Absent,
    /// A text as it was written: a list for `in`.
    Plain(String),
    /// A text that was quoted: one literal.
    Quoted(String),
    /// A list in parentheses.
    List(Vec<String>),
}

/// The columns that a query may name.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// What is known of the table.
    pub profile: &'a Profile,
    /// How strictly names and values are read.
    pub dialect: Dialect,
}

impl<'a> Columns<'a> {
    /// The column of this name.
    pub fn find(&self, name: &str) -> Result<&'a ColumnProfile, Reason> {
        let found = self.profile.columns.iter().find(|column| column.name == name);
        found.ok_or_else(|| Reason::UnknownColumn(name.to_owned(), self.nearest(name)))
    }

    /// Checks that the name is a column's or the row number's.
    pub fn check(&self, name: &str) -> Result<(), Reason> {
        if name == ROW_ID { Ok(()) } else { self.find(name).map(|_| ()) }
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let folded = fold(name);
        let near = |label: &str| {
            let label = fold(label);
            label == folded
                || (folded.len() > 2 && (label.contains(&folded) || folded.contains(&label) && label.len() > 2))
        };
        let column = self.profile.columns.iter().find(|column| near(&column.name) || near(&column.label))?;
        Some(column.name.clone())
    }

    /// The filter that a condition means.
    pub fn condition(&self, name: &str, operator: Operator, operand: Operand) -> Result<Filter, Reason> {
        let field_type = if name == ROW_ID { FieldType::Integer } else { self.find(name)?.field_type };
        if field_type == FieldType::Geometry && !operator.is_bare() {
            return Err(Reason::NotForColumn(
                "a geometry takes only `isnull` and `isnotnull`; `bbox` and `near` filter by place",
            ));
        }
        let field = name.to_owned();
        if self.dialect == Dialect::Tabular && operand == Operand::Plain("null".to_owned()) {
            match operator {
                Operator::Exact => return Ok(Filter::IsNull { field }),
                Operator::Differs => return Ok(not(Filter::IsNull { field })),
                _ => {}
            }
        }
        build(field, operator, operand)
    }
}

fn build(field: String, operator: Operator, operand: Operand) -> Result<Filter, Reason> {
    let compare = |field, op, operand| Ok(Filter::Compare { field, op, value: literal(operand)? });
    match operator {
        Operator::Exact => compare(field, Comparison::Equal, operand),
        Operator::Differs => compare(field, Comparison::NotEqual, operand),
        Operator::Less => compare(field, Comparison::LessOrEqual, operand),
        Operator::Greater => compare(field, Comparison::GreaterOrEqual, operand),
        Operator::StrictlyLess => compare(field, Comparison::Less, operand),
        Operator::StrictlyGreater => compare(field, Comparison::Greater, operand),
        Operator::Contains => Ok(Filter::Contains { field, value: literal(operand)? }),
        Operator::NotContains => Ok(not(Filter::Contains { field, value: literal(operand)? })),
        Operator::StartsWith => Ok(Filter::StartsWith { field, value: literal(operand)? }),
        Operator::In => Ok(Filter::In { field, values: literals(operand)? }),
        Operator::NotIn => Ok(not(Filter::In { field, values: literals(operand)? })),
        Operator::IsNull => Ok(Filter::IsNull { field }),
        Operator::IsNotNull => Ok(not(Filter::IsNull { field })),
    }
}

fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

fn literal(operand: Operand) -> Result<String, Reason> {
    match operand {
        Operand::Plain(text) | Operand::Quoted(text) => Ok(text),
        Operand::Absent => Err(Reason::Malformed("a value after the operator")),
        Operand::List(_) => Err(Reason::Malformed("one value; a list goes with `in` and `notin`")),
    }
}

fn literals(operand: Operand) -> Result<Vec<String>, Reason> {
    match operand {
        Operand::Plain(text) if text.is_empty() => Err(Reason::Malformed("a list of values: `a,b`")),
        Operand::Plain(text) => list::items(&text, "values in a list", limits::LITERALS),
        Operand::Quoted(text) => Ok(vec![text]),
        Operand::List(values) => Ok(values),
        Operand::Absent => Err(Reason::Malformed("a list of values: `a,b`")),
    }
}

/// Lower case without accents or anything that isn't a letter or a figure, for guessing what was meant.
fn fold(text: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    };
    text.chars().flat_map(char::to_lowercase).map(plain).filter(|c| c.is_alphanumeric()).collect()
}
