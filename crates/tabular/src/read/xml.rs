//! What the readers of XML share: a bound on what one event may hold, and the few entities that are replaced.

use std::io::{self, BufRead, Read};

/// Message of the fault that [`Bounded`] makes.
pub(crate) const TOO_LARGE: &str = "an element is larger than the limit";

/// A reader that refuses to give more than so many bytes for one event.
pub(crate) struct Bounded<R> {
    inner: R,
    most: usize,
    left: usize,
}

impl<R: BufRead> Bounded<R> {
    /// At most so many bytes between two calls of [`Bounded::refill`].
    pub(crate) fn new(inner: R, most: usize) -> Self {
        Self { inner, most, left: most }
    }

    /// Allows the next event as much as the first.
    pub(crate) fn refill(&mut self) {
        self.left = self.most;
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other(TOO_LARGE));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
        self.inner.consume(bytes);
    }
}

/// Text with XML's own entities, a few of HTML's and character references replaced; others stay as they are.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        match end.and_then(|end| entity(&rest[1..end]).map(|character| (character, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// The text of a reference in a document: one that the document defines itself is never expanded.
pub(crate) fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    let name = reference.xml10_content();
    entity(&name).map_or_else(|| format!("&{name};"), String::from)
}

/// The character of an entity's name.
fn entity(name: &str) -> Option<char> {
    if let Some(code) = name.strip_prefix('#') {
        let code = match code.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => code.parse().ok()?,
        };
        return char::from_u32(code).filter(|character| *character != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "euro" => '€',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_entities_are_replaced_and_others_stay() {
        assert_eq!(unescaped("a &amp; b &#233;&#xE9; &inconnu; & &"), "a & b éé &inconnu; & &");
    }
}
