//! Reads lists with quotes: `a,"b,c",d`. Within quotes `\"` is a quote and `\\` a backslash.

use super::error::Reason;

/// A place in a text that is being read.
#[derive(Debug, Clone)]
pub struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    /// At the beginning.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// What hasn't been read.
    pub fn rest(&self) -> &'a str {
        self.rest
    }

    /// Whether all has been read.
    pub fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Reads `text` if it comes next.
    pub fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Reads so many bytes, which must end at a character.
    pub fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Reads a quoted text, or everything up to one of `stops`.
    pub fn token(&mut self, stops: &[char]) -> Result<String, Reason> {
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        let end = self.rest.find(stops).unwrap_or(self.rest.len());
        Ok(self.take(end).to_owned())
    }

    /// Reads a text in double quotes.
    pub fn quoted(&mut self) -> Result<String, Reason> {
        let mut out = String::new();
        let mut characters = self.rest.char_indices().skip(1);
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.take(at + 1);
                    return Ok(out);
                }
                '\\' => match characters.next() {
                    Some((_, escaped)) => out.push(escaped),
                    None => break,
                },
                other => out.push(other),
            }
        }
        Err(Reason::Malformed("a closing double quote"))
    }
}

/// The items of a list, at most `most`.
pub fn items(text: &str, what: &'static str, most: usize) -> Result<Vec<String>, Reason> {
    let mut scanner = Scanner::new(text);
    let mut out = Vec::new();
    loop {
        out.push(scanner.token(&[','])?);
        if out.len() > most {
            return Err(Reason::TooMany(what, most));
        }
        if scanner.at_end() {
            return Ok(out);
        }
        if !scanner.eat(",") {
            return Err(Reason::Malformed("a comma after the closing double quote"));
        }
    }
}

/// Writes a text so that [`Scanner::token`] reads it back, whatever stops it is read with.
pub fn write_token(text: &str, out: &mut String) {
    let plain = !text.is_empty()
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ' ' | '/' | ':' | '-'))
        && !text.starts_with('-');
    if plain {
        out.push_str(text);
        return;
    }
    out.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
}
