//! Conditions within conditions: `or=(a__exact.true,and(b__isnull,"c.d"__less."0.5"))`.
//!
//! An item is `name__operator.value`, `or(…)`, `and(…)`, `not(item)`, `q."text"`, `bbox."w,s,e,n"` or
//! `near."lon,lat,metres"`. Names and values with a special character go in double quotes.

use query::model::Filter;

use super::{
    condition::{Columns, Operand, Operator, split_operator},
    error::Reason,
    limits,
    list::{self, Scanner},
    page,
};

const FORM: Reason = Reason::Malformed("conditions in parentheses: `(name__operator.value,and(…))`");

/// Reads the parenthesised list after `or=` or `and=`.
pub fn parse(text: &str, columns: Columns<'_>) -> Result<Vec<Filter>, Reason> {
    let mut reader = Reader { scanner: Scanner::new(text), columns, conditions: 0 };
    if !reader.scanner.eat("(") {
        return Err(FORM);
    }
    let filters = reader.group(1)?;
    if reader.scanner.at_end() { Ok(filters) } else { Err(FORM) }
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    columns: Columns<'a>,
    conditions: usize,
}

impl Reader<'_> {
    /// Reads items up to the closing parenthesis; the opening one has been read.
    fn group(&mut self, depth: usize) -> Result<Vec<Filter>, Reason> {
        if depth > limits::DEPTH {
            return Err(Reason::TooMany("levels of nesting", limits::DEPTH));
        }
        let mut filters = Vec::new();
        loop {
            filters.push(self.item(depth)?);
            if self.scanner.eat(")") {
                return Ok(filters);
            }
            if !self.scanner.eat(",") {
                return Err(FORM);
            }
        }
    }

    fn item(&mut self, depth: usize) -> Result<Filter, Reason> {
        self.conditions += 1;
        if self.conditions > limits::CONDITIONS {
            return Err(Reason::TooMany("conditions", limits::CONDITIONS));
        }
        if self.scanner.eat("or(") {
            return Ok(Filter::Or(self.group(depth + 1)?));
        }
        if self.scanner.eat("and(") {
            return Ok(Filter::And(self.group(depth + 1)?));
        }
        if self.scanner.eat("not(") {
            let mut filters = self.group(depth + 1)?;
            let inner = if filters.len() == 1 { filters.pop() } else { None };
            return inner
                .map(|filter| Filter::Not(Box::new(filter)))
                .ok_or(Reason::Malformed("one condition in `not(…)`"));
        }
        let end = item_end(self.scanner.rest())?;
        let item = self.scanner.take(end);
        condition(item, self.columns)
    }
}

/// Where an item ends: at the comma or the parenthesis that isn't its own.
fn item_end(text: &str) -> Result<usize, Reason> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    let mut previous = b'(';
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' if quoted => quoted = false,
            _ if quoted => {}
            b'"' if matches!(previous, b'.' | b'(' | b',') => quoted = true,
            b'(' => depth += 1,
            b')' | b',' if depth == 0 => return Ok(at),
            b')' => depth -= 1,
            _ => {}
        }
        previous = byte;
    }
    Err(if quoted { Reason::Malformed("a closing double quote") } else { Reason::Malformed("a closing parenthesis") })
}

fn condition(item: &str, columns: Columns<'_>) -> Result<Filter, Reason> {
    let mut scanner = Scanner::new(item);
    if item.starts_with('"') {
        let name = scanner.quoted()?;
        let (written, rest) =
            scanner.rest().split_once('.').map_or((scanner.rest(), None), |(op, rest)| (op, Some(rest)));
        let operator = written.strip_prefix("__").and_then(Operator::parse).ok_or(FORM)?;
        return columns.condition(&name, operator, operand(rest)?);
    }
    if let Some((name, operator)) = split_operator(item).filter(|(_, operator)| operator.is_bare()) {
        return columns.condition(name, operator, Operand::Absent);
    }
    for (at, _) in item.match_indices('.') {
        if let (Some(head), Some(rest)) = (item.get(..at), item.get(at + 1..)) {
            if let Some((name, operator)) = split_operator(head) {
                return columns.condition(name, operator, operand(Some(rest))?);
            }
            if let Some(filter) = of_the_row(head, rest, columns)? {
                return Ok(filter);
            }
        }
    }
    Err(FORM)
}

/// Conditions on no column in particular.
fn of_the_row(head: &str, rest: &str, columns: Columns<'_>) -> Result<Option<Filter>, Reason> {
    let value = || match operand(Some(rest))? {
        Operand::Plain(text) | Operand::Quoted(text) => Ok(text),
        Operand::Absent | Operand::List(_) => Err(FORM),
    };
    Ok(Some(match head {
        "q" => Filter::Search { value: value()? },
        "bbox" => page::bbox(&value()?, columns.profile)?,
        "near" => page::near(&value()?, columns.profile)?,
        _ => return Ok(None),
    }))
}

fn operand(text: Option<&str>) -> Result<Operand, Reason> {
    let Some(text) = text else { return Ok(Operand::Absent) };
    if text.starts_with('"') {
        let mut scanner = Scanner::new(text);
        let value = scanner.quoted()?;
        return if scanner.at_end() { Ok(Operand::Quoted(value)) } else { Err(FORM) };
    }
    let listed = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    Ok(match listed {
        Some(listed) => Operand::List(list::items(listed, "values in a list", limits::LITERALS)?),
        None => Operand::Plain(text.to_owned()),
    })
}
