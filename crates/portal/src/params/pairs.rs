//! Percent-encoding: the query string as pairs, and text as a component.

use std::borrow::Cow;

use super::error::{ParamError, Reason};

/// One parameter of a query string, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<'a> {
    /// Text before the first `=`.
    pub name: Cow<'a, str>,
    /// Text after it; `None` for a bare parameter.
    pub value: Option<Cow<'a, str>>,
    /// The whole as it came, not decoded.
    pub written: &'a str,
}

impl Pair<'_> {
    /// The pair as a person wrote it, for messages.
    pub fn argument(&self) -> String {
        match &self.value {
            Some(value) => format!("{}={value}", self.name),
            None => self.name.clone().into_owned(),
        }
    }
}

/// The parameters of a query string, in order; empty ones are passed over.
pub fn pairs(query_string: &str) -> impl Iterator<Item = Result<Pair<'_>, ParamError>> {
    query_string.split('&').filter(|written| !written.is_empty()).map(|written| {
        let (name, value) = match written.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (written, None),
        };
        let value = value.map(|value| decode(value, written)).transpose()?;
        Ok(Pair { name: decode(name, written)?, value, written })
    })
}

fn decode<'a>(text: &'a str, written: &str) -> Result<Cow<'a, str>, ParamError> {
    if !text.bytes().any(|b| b == b'%' || b == b'+') {
        return Ok(Cow::Borrowed(text));
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, hexadecimal(bytes.get(at + 1..at + 3))) {
            (b'+', _) => out.push(b' '),
            (b'%', Some(decoded)) => {
                out.push(decoded);
                at += 2;
            }
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8(out).map(Cow::Owned).map_err(|_| ParamError::new(written, Reason::Encoding))
}

fn hexadecimal(digits: Option<&[u8]>) -> Option<u8> {
    let [high, low] = digits? else { return None };
    let value = char::from(*high).to_digit(16)? * 16 + char::from(*low).to_digit(16)?;
    u8::try_from(value).ok()
}

/// Writes a text so that it is one name or one value of a query string.
pub fn encode_component(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'(' | b')' | b',' | b':' => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                for digit in [byte >> 4, byte & 15] {
                    out.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
                }
            }
        }
    }
}
