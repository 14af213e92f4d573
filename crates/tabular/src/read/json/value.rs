//! A JSON value in memory, bounded, and its way into a row's cells.

use std::{fmt::Write, io::Read};

use super::token::{Token, Tokens};
use crate::{
    error::{Error, ErrorCode, Result},
    read::record::Record,
};

/// A value. Numbers keep the text that the document has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// What a value takes in memory beside its text.
const NODE_BYTES: usize = 48;

/// Reads values of a bounded size.
pub(crate) struct ValueReader {
    budget: usize,
    left: usize,
}

impl ValueReader {
    /// Values of at most so many bytes in memory.
    pub(crate) fn new(budget: usize) -> Self {
        Self { budget, left: budget }
    }

    /// Forgets what was spent on the values before.
    pub(crate) fn refill(&mut self) {
        self.left = self.budget;
    }

    /// Reads the value whose first token is `token`. Recursion is bounded by the tokenizer's depth.
    ///
    /// # Errors
    /// When the document is broken or the value too large.
    pub(crate) fn read<R: Read>(&mut self, tokens: &mut Tokens<R>, token: Token) -> Result<Json> {
        self.spend(NODE_BYTES, tokens)?;
        Ok(match token {
            Token::Null => Json::Null,
            Token::True => Json::Bool(true),
            Token::False => Json::Bool(false),
            Token::Number => Json::Number(self.text(tokens)?),
            Token::Text => Json::Text(self.text(tokens)?),
            Token::ArrayStart => self.array(tokens)?,
            Token::ObjectStart => self.object(tokens)?,
            Token::ArrayEnd | Token::ObjectEnd | Token::Key => return Err(tokens.broken("a value expected")),
        })
    }

    fn array<R: Read>(&mut self, tokens: &mut Tokens<R>) -> Result<Json> {
        let mut items = Vec::new();
        loop {
            match tokens.expect()? {
                Token::ArrayEnd => return Ok(Json::Array(items)),
                token => items.push(self.read(tokens, token)?),
            }
        }
    }

    fn object<R: Read>(&mut self, tokens: &mut Tokens<R>) -> Result<Json> {
        let mut members = Vec::new();
        while tokens.expect()? == Token::Key {
            let key = self.text(tokens)?;
            let token = tokens.expect()?;
            members.push((key, self.read(tokens, token)?));
        }
        Ok(Json::Object(members))
    }

    fn text<R: Read>(&mut self, tokens: &Tokens<R>) -> Result<String> {
        self.spend(tokens.text().len(), tokens)?;
        Ok(tokens.text().to_owned())
    }

    fn spend<R: Read>(&mut self, bytes: usize, tokens: &Tokens<R>) -> Result<()> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| {
            Error::new(ErrorCode::CellTooLarge, format!("a record of more than {} bytes", self.budget))
                .at_byte(tokens.position())
        })?;
        Ok(())
    }
}

impl Json {
    /// The member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string or a number.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    fn is_scalar(&self) -> bool {
        !matches!(self, Self::Array(_) | Self::Object(_))
    }

    /// Adds the cells of a value named `name` to a record: members of an object are `name.member`, an array of
    /// scalars is a list, an array of anything else stays JSON.
    pub(crate) fn flatten(self, name: String, record: &mut Record) {
        match self {
            Self::Null => record.cells.push((name, String::new())),
            Self::Bool(value) => record.cells.push((name, value.to_string())),
            Self::Number(text) => record.cells.push((name, plain_number(text))),
            Self::Text(text) => record.cells.push((name, text)),
            Self::Array(items) => {
                let list = list(&items);
                record.cells.push((name, list.unwrap_or_else(|| Self::Array(items).to_string())));
            }
            Self::Object(members) => {
                for (key, value) in members {
                    let path = if name.is_empty() { key } else { format!("{name}.{key}") };
                    value.flatten(path, record);
                }
            }
        }
    }
}

/// A number in its shortest form: `12.0` is `12`, `1e3` is `1000`; one that a double can't hold stays as it is.
pub(crate) fn plain_number(text: String) -> String {
    let digits = text.strip_prefix('-').unwrap_or(&text);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.len() > 17 {
        return text;
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && (value == 0.0 || (1e-7..1e16).contains(&value.abs())) => value.to_string(),
        _ => text,
    }
}

/// Scalars joined by commas; `None` when there is something else, or a comma inside a text.
fn list(items: &[Json]) -> Option<String> {
    let mut out = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        match item {
            Json::Text(text) if text.contains(',') && items.len() > 1 => return None,
            Json::Text(text) | Json::Number(text) => out.push_str(text),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Null => {}
            Json::Array(_) | Json::Object(_) => return None,
        }
    }
    Some(out)
}

impl std::fmt::Display for Json {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => quoted(text, f),
            Self::Array(items) => {
                f.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index > 0 { "," } else { "" })?;
                    item.fmt(f)?;
                }
                f.write_char(']')
            }
            Self::Object(members) => {
                f.write_char('{')?;
                for (index, (key, value)) in members.iter().enumerate() {
                    f.write_str(if index > 0 { "," } else { "" })?;
                    quoted(key, f)?;
                    f.write_char(':')?;
                    value.fmt(f)?;
                }
                f.write_char('}')
            }
        }
    }
}

fn quoted(text: &str, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    f.write_str(&serde_json::to_string(text).map_err(|_| std::fmt::Error)?)
}

/// The cells of a row: members of an object, elements of an array (named by `labels`), or one value.
pub(crate) fn row(value: Json, labels: &[String], record: &mut Record) {
    match value {
        Json::Array(items) if !items.iter().all(Json::is_scalar) || !labels.is_empty() || items.len() > 1 => {
            for (index, item) in items.into_iter().enumerate() {
                let label = labels.get(index).cloned().unwrap_or_default();
                let before = record.cells.len();
                item.flatten(label, record);
                if record.cells.len() == before {
                    record.cells.push((labels.get(index).cloned().unwrap_or_default(), String::new()));
                }
            }
        }
        value => value.flatten(String::new(), record),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Limits;

    fn parsed(json: &str) -> Json {
        let mut tokens = Tokens::new(json.as_bytes(), &Limits::default());
        let token = tokens.expect().unwrap();
        ValueReader::new(1 << 20).read(&mut tokens, token).unwrap()
    }

    fn cells(json: &str) -> Vec<(String, String)> {
        let mut record = Record::default();
        row(parsed(json), &[], &mut record);
        record.cells
    }

    fn pair(name: &str, cell: &str) -> (String, String) {
        (name.to_owned(), cell.to_owned())
    }

    #[test]
    fn nested_records_are_named_by_their_path() {
        assert_eq!(
            cells(r#"{"a": {"b": 1, "c": {"d": "x"}}, "e": true, "f": null}"#),
            [pair("a.b", "1"), pair("a.c.d", "x"), pair("e", "true"), pair("f", "")]
        );
    }

    #[test]
    fn lists_of_scalars_are_joined_and_others_stay_json() {
        assert_eq!(cells(r#"{"a": ["01400", "01500"]}"#), [pair("a", "01400, 01500")]);
        assert_eq!(cells(r#"{"a": [43.6, 3.87]}"#), [pair("a", "43.6, 3.87")]);
        assert_eq!(cells(r#"{"a": ["x, y", "z"]}"#), [pair("a", r#"["x, y","z"]"#)]);
        assert_eq!(cells(r#"{"a": ["x, y"]}"#), [pair("a", "x, y")]);
        assert_eq!(cells(r#"{"a": [{"b": "é\n"}]}"#), [pair("a", r#"[{"b":"é\n"}]"#)]);
        assert_eq!(cells(r#"{"a": []}"#), [pair("a", "")]);
    }

    #[test]
    fn numbers_are_in_their_shortest_form() {
        for (number, plain) in [
            ("12.0", "12"),
            ("1.50", "1.5"),
            ("-0.10", "-0.1"),
            ("1e3", "1000"),
            ("12345678901234567890", "12345678901234567890"),
            ("1e400", "1e400"),
            ("3.872270198739274651", "3.872270198739274651"),
        ] {
            assert_eq!(plain_number(number.to_owned()), plain);
        }
    }

    #[test]
    fn a_value_beyond_the_budget_is_refused() {
        let json = format!("[{}1]", "1,".repeat(10_000));
        let mut tokens = Tokens::new(json.as_bytes(), &Limits::default());
        let token = tokens.expect().unwrap();
        let error = ValueReader::new(10_000).read(&mut tokens, token).unwrap_err();
        assert_eq!(error.code, ErrorCode::CellTooLarge);
    }
}
