//! Where the rows of a JSON document are, and the way from one to the next.

use std::io::Read;

use super::token::{Token, Tokens};
use crate::error::Result;

/// Where rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rows {
    /// Elements of the array at this path of member names; empty for an array that is the document.
    Elements(Vec<String>),
    /// Members of the object that is the document, each named.
    Members,
    /// Values one after the other: NDJSON, or a document that is one record.
    Values,
}

/// Goes from row to row.
pub(crate) struct Cursor {
    rows: Rows,
    state: State,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Start,
    Inside,
    Ended,
}

impl Cursor {
    pub(crate) fn new(rows: Rows) -> Self {
        Self { rows, state: State::Start }
    }

    /// The first token of the next row, and its name when rows are named. The row must then be read to its end.
    pub(crate) fn next<R: Read>(&mut self, tokens: &mut Tokens<R>) -> Result<Option<(Option<String>, Token)>> {
        if self.state == State::Start {
            self.state = if self.enter(tokens)? { State::Inside } else { State::Ended };
        }
        if self.state == State::Ended {
            return Ok(None);
        }
        let row = match self.rows {
            Rows::Values => tokens.next()?.map(|token| (None, token)),
            Rows::Elements(_) => {
                Some(tokens.expect()?).filter(|token| *token != Token::ArrayEnd).map(|token| (None, token))
            }
            Rows::Members => match tokens.expect()? {
                Token::Key => {
                    let name = tokens.text().to_owned();
                    Some((Some(name), tokens.expect()?))
                }
                _ => None,
            },
        };
        if row.is_none() {
            self.state = State::Ended;
        }
        Ok(row)
    }

    /// Goes to where rows begin; says whether the place was found.
    fn enter<R: Read>(&self, tokens: &mut Tokens<R>) -> Result<bool> {
        match &self.rows {
            Rows::Values => Ok(true),
            Rows::Members => Ok(tokens.expect()? == Token::ObjectStart),
            Rows::Elements(path) => {
                let mut token = tokens.expect()?;
                for name in path {
                    let Some(value) = member(tokens, token, name)? else { return Ok(false) };
                    token = value;
                }
                Ok(token == Token::ArrayStart)
            }
        }
    }
}

/// The first token of a member of the object whose first token is `token`.
fn member<R: Read>(tokens: &mut Tokens<R>, token: Token, name: &str) -> Result<Option<Token>> {
    if token != Token::ObjectStart {
        return Ok(None);
    }
    while tokens.expect()? == Token::Key {
        let found = tokens.text() == name;
        let value = tokens.expect()?;
        if found {
            return Ok(Some(value));
        }
        tokens.skip(value)?;
    }
    Ok(None)
}

/// An array met on the way through a document that is an object.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ArrayMet {
    path: Vec<String>,
    objects: u64,
    elements: u64,
}

/// Members of objects that are looked into for the array of rows.
const DEEPEST_ARRAY: usize = 4;

/// What a document is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub rows: Rows,
    /// Paths of other arrays of records, which are not read.
    pub others: Vec<String>,
}

/// Finds where the rows of a document are; `None` when it holds no value.
pub(crate) fn find<R: Read>(tokens: &mut Tokens<R>) -> Result<Option<Shape>> {
    let here = |rows| Ok(Some(Shape { rows, others: Vec::new() }));
    match tokens.next()? {
        None => Ok(None),
        Some(Token::ObjectStart) => {
            let mut look = ObjectLook::default();
            look.members(tokens, &mut Vec::new())?;
            if tokens.next()?.is_some() { here(Rows::Values) } else { Ok(Some(look.shape())) }
        }
        Some(Token::ArrayStart) => {
            tokens.skip(Token::ArrayStart)?;
            // Lines that are arrays: NDJSON too.
            here(if tokens.next()?.is_some() { Rows::Values } else { Rows::Elements(Vec::new()) })
        }
        Some(_) => here(Rows::Values),
    }
}

#[derive(Default)]
struct ObjectLook {
    arrays: Vec<ArrayMet>,
    /// Members of the document, and how many of them are objects.
    members: u64,
    objects: u64,
}

impl ObjectLook {
    fn members<R: Read>(&mut self, tokens: &mut Tokens<R>, path: &mut Vec<String>) -> Result<()> {
        while tokens.expect()? == Token::Key {
            let name = tokens.text().to_owned();
            let token = tokens.expect()?;
            if path.is_empty() {
                self.members += 1;
                self.objects += u64::from(token == Token::ObjectStart);
            }
            match token {
                Token::ObjectStart if path.len() + 1 < DEEPEST_ARRAY => {
                    path.push(name);
                    self.members(tokens, path)?;
                    path.pop();
                }
                Token::ArrayStart => {
                    path.push(name);
                    self.array(tokens, path)?;
                    path.pop();
                }
                token => tokens.skip(token)?,
            }
        }
        Ok(())
    }

    fn array<R: Read>(&mut self, tokens: &mut Tokens<R>, path: &[String]) -> Result<()> {
        /// Arrays that are kept in mind; a document has few, a hostile one any number.
        const MOST_ARRAYS: usize = 1_000;
        let mut met = ArrayMet { path: path.to_vec(), objects: 0, elements: 0 };
        loop {
            match tokens.expect()? {
                Token::ArrayEnd => break,
                token => {
                    met.elements += 1;
                    met.objects += u64::from(matches!(token, Token::ObjectStart | Token::ArrayStart));
                    tokens.skip(token)?;
                }
            }
        }
        if met.elements > 0 && met.objects == met.elements && self.arrays.len() < MOST_ARRAYS {
            self.arrays.push(met);
        }
        Ok(())
    }

    /// The longest array of records holds the rows. Without any, an object of objects is a table of its members.
    fn shape(mut self) -> Shape {
        // Arrays inside the members of an object of objects belong to its rows.
        let of_members = self.members >= 3 && self.objects == self.members;
        if of_members && self.arrays.iter().all(|array| array.path.len() > 1) {
            return Shape { rows: Rows::Members, others: Vec::new() };
        }
        let longest = self.arrays.iter().enumerate().max_by_key(|(index, array)| (array.elements, usize::MAX - index));
        match longest.map(|(index, _)| index) {
            Some(index) => {
                let chosen = self.arrays.remove(index);
                let others = self.arrays.iter().take(20).map(|array| array.path.join(".")).collect();
                Shape { rows: Rows::Elements(chosen.path), others }
            }
            None => Shape { rows: Rows::Values, others: Vec::new() },
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Limits;

    fn shape(json: &str) -> Shape {
        find(&mut Tokens::new(json.as_bytes(), &Limits::default())).unwrap().unwrap()
    }

    fn elements(path: &[&str]) -> Rows {
        Rows::Elements(path.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn rows_are_found_wherever_a_document_puts_them() {
        for (json, rows) in [
            (r#"[{"a": 1}]"#, elements(&[])),
            (r#"[["a"], [1]]"#, elements(&[])),
            (r#"{"total": 2, "data": [{"a": 1}, {"a": 2}]}"#, elements(&["data"])),
            (r#"{"d": {"results": [{"a": 1}]}}"#, elements(&["d", "results"])),
            (r#"{"query": {"ids": [1, 2]}, "objets": [{"a": 1}]}"#, elements(&["objets"])),
            ("{\"a\": 1}\n{\"a\": 2}\n", Rows::Values),
            ("[1, 2]\n[3, 4]\n", Rows::Values),
            (r#"{"a": 1, "b": "x"}"#, Rows::Values),
            (r#"{"01": {"a": 1}, "02": {"a": 2}, "03": {"a": 3}}"#, Rows::Members),
        ] {
            assert_eq!(shape(json).rows, rows, "{json}");
        }
    }

    #[test]
    fn the_longest_array_is_the_table_and_others_are_told() {
        let found = shape(r#"{"fields": [{"n": 1}], "records": [{"a": 1}, {"a": 2}]}"#);
        assert_eq!(found, Shape { rows: elements(&["records"]), others: vec!["fields".to_owned()] });
    }

    #[test]
    fn rows_are_visited_and_the_rest_passed_over() {
        let mut tokens =
            Tokens::new(br#"{"x": {"y": [1]}, "data": [{"a": [1, {}]}, 2], "z": 1}"#.as_slice(), &Limits::default());
        let mut cursor = Cursor::new(elements(&["data"]));
        let mut rows = 0;
        while let Some((_, token)) = cursor.next(&mut tokens).unwrap() {
            tokens.skip(token).unwrap();
            rows += 1;
        }
        assert_eq!(rows, 2);
    }
}
