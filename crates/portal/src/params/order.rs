//! Lists of fields: what is given, in which order, in which groups.

use query::model::{Aggregate, AggregateFunction, Sort};
use tabular::typing::FieldType;

use super::{
    condition::Columns,
    error::Reason,
    limits,
    list::{self, Scanner},
};

/// Names of the functions, as written in `aggregate=` and as suffixes of results.
pub const FUNCTIONS: [(&str, AggregateFunction); 7] = [
    ("count", AggregateFunction::Count),
    ("count_distinct", AggregateFunction::CountDistinct),
    ("sum", AggregateFunction::Sum),
    ("avg", AggregateFunction::Avg),
    ("min", AggregateFunction::Min),
    ("max", AggregateFunction::Max),
    ("median", AggregateFunction::Median),
];

/// The function of this name.
pub fn function(name: &str) -> Option<AggregateFunction> {
    FUNCTIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, function)| *function)
}

/// The name of a function.
pub fn name_of(function: AggregateFunction) -> &'static str {
    FUNCTIONS.iter().find(|(_, known)| *known == function).map_or("count", |(name, _)| name)
}

/// Reads `a,-b`.
pub fn sort(text: &str) -> Result<Vec<Sort>, Reason> {
    let mut scanner = Scanner::new(text);
    let mut keys = Vec::new();
    loop {
        let descending = scanner.eat("-");
        keys.push(Sort { field: scanner.token(&[','])?, descending });
        if keys.len() > limits::KEYS {
            return Err(Reason::TooMany("keys", limits::KEYS));
        }
        if scanner.at_end() {
            return Ok(keys);
        }
        if !scanner.eat(",") {
            return Err(Reason::Malformed("column names separated by commas, `-` before a descending one"));
        }
    }
}

/// Reads `sum(a),count`.
pub fn aggregates(text: &str, columns: Columns<'_>) -> Result<Vec<Aggregate>, Reason> {
    const FORM: Reason =
        Reason::Malformed("functions of columns: `sum(a),count`; count, count_distinct, sum, avg, min, max, median");
    let mut scanner = Scanner::new(text);
    let mut out = Vec::new();
    loop {
        let word = scanner.token(&['(', ','])?;
        let function = function(&word).ok_or(FORM)?;
        let field = if scanner.eat("(") {
            let field = scanner.token(&[')'])?;
            if !scanner.eat(")") {
                return Err(FORM);
            }
            Some(field)
        } else {
            None
        };
        out.push(aggregate(function, field, columns)?);
        if out.len() > limits::KEYS {
            return Err(Reason::TooMany("aggregates", limits::KEYS));
        }
        if scanner.at_end() {
            return Ok(out);
        }
        if !scanner.eat(",") {
            return Err(FORM);
        }
    }
}

/// An aggregate under its usual name: `montant__sum`, or `count` for rows.
pub fn aggregate(
    function: AggregateFunction,
    field: Option<String>,
    columns: Columns<'_>,
) -> Result<Aggregate, Reason> {
    let Some(field) = field else {
        return match function {
            AggregateFunction::Count => Ok(Aggregate { function, field: None, name: "count".to_owned() }),
            _ => Err(Reason::Malformed("a column in parentheses; only `count` goes without")),
        };
    };
    let field_type = columns.find(&field)?.field_type;
    let numeric = matches!(field_type, FieldType::Integer | FieldType::Number | FieldType::Year);
    use AggregateFunction::{Avg, Count, CountDistinct, Max, Median, Min, Sum};
    match function {
        Sum | Avg | Median if !numeric => {
            Err(Reason::NotForColumn("`sum`, `avg` and `median` are for columns of numbers"))
        }
        Min | Max | CountDistinct if field_type == FieldType::Geometry => {
            Err(Reason::NotForColumn("a geometry can only be counted"))
        }
        Count | CountDistinct | Sum | Avg | Min | Max | Median => {
            let name = format!("{field}__{}", name_of(function));
            Ok(Aggregate { function, field: Some(field), name })
        }
    }
}

/// Reads and checks names of columns; `what` says what they are for.
pub fn fields(text: &str, columns: Columns<'_>) -> Result<Vec<String>, Reason> {
    let names = list::items(text, "columns", columns.profile.columns.len() + 1)?;
    for name in &names {
        columns.check(name)?;
    }
    Ok(names)
}

/// Reads and checks keys of groups.
pub fn groups(text: &str, columns: Columns<'_>) -> Result<Vec<String>, Reason> {
    let names = list::items(text, "keys", limits::KEYS)?;
    names.iter().try_for_each(|name| group(name, columns))?;
    Ok(names)
}

/// Checks a key of groups.
pub fn group(name: &str, columns: Columns<'_>) -> Result<(), Reason> {
    match columns.find(name)?.field_type {
        FieldType::Geometry => Err(Reason::NotForColumn("rows cannot be grouped by a geometry")),
        _ => Ok(()),
    }
}
