//! Which encoding a text is in.
//!
//! French files come in four: UTF-8, UTF-16, Windows-1252 and ISO-8859-15. The last two differ by eight characters
//! and by what lies between 0x80 and 0x9F, so the choice rests on those bytes.

use std::{fs::File, io::Read, path::Path};

use encoding_rs::{Encoding, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::Result;

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guess {
    /// A Unicode encoding.
    Unicode(&'static Encoding),
    /// One byte a character: [`single_byte`] tells which.
    SingleByte,
    /// Not text; the first byte that says so.
    Binary(usize),
}

/// Guesses from a file's first bytes.
pub(crate) fn guess(head: &[u8]) -> Guess {
    if head.starts_with(b"\xFF\xFE") {
        return Guess::Unicode(UTF_16LE);
    }
    if head.starts_with(b"\xFE\xFF") {
        return Guess::Unicode(UTF_16BE);
    }
    if let Some(nul) = memchr::memchr(0, head) {
        return match utf16_without_mark(head) {
            Some(encoding) => Guess::Unicode(encoding),
            None => Guess::Binary(nul),
        };
    }
    if let Some(at) = binary_control(head) {
        return Guess::Binary(at);
    }
    if mostly_utf8(head) { Guess::Unicode(UTF_8) } else { Guess::SingleByte }
}

/// Latin text in UTF-16 has a zero in nearly every second byte, and hardly any in the others.
fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    let zeros = |offset: usize| head.chunks_exact(2).filter(|pair| pair[offset] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let (many, few) = (pairs * 7 / 10, pairs / 50);
    if second >= many && first <= few {
        Some(UTF_16LE)
    } else if first >= many && second <= few {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Control characters don't come in text, but for white space, and a stray one now and then.
fn binary_control(head: &[u8]) -> Option<usize> {
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A..=0x1F | 1);
    let count = head.iter().filter(|&&byte| is_control(byte)).count();
    if count * 200 > head.len() { head.iter().position(|&byte| is_control(byte)) } else { None }
}

/// Whether more characters are well-formed UTF-8 than not. Text of ASCII alone is UTF-8.
fn mostly_utf8(head: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    let mut rest = head;
    loop {
        match std::str::from_utf8(rest) {
            Ok(valid) => {
                good += multibyte(valid.as_bytes());
                return bad == 0 || good >= bad;
            }
            Err(error) => {
                let (valid, after) = rest.split_at(error.valid_up_to());
                good += multibyte(valid);
                let Some(length) = error.error_len() else {
                    // A character cut by the end of the head, unless bytes of another encoding end it.
                    return if good == 0 && bad == 0 { after.len() > 1 } else { good >= bad };
                };
                bad += 1;
                rest = &after[length..];
            }
        }
    }
}

fn multibyte(valid: &[u8]) -> usize {
    valid.iter().filter(|&&byte| byte >= 0xC0).count()
}

/// Tells Windows-1252 from ISO-8859-15 by reading the whole file.
pub(crate) fn single_byte(path: &Path) -> Result<&'static Encoding> {
    let mut file = File::open(path)?;
    let mut block = vec![0; 256 << 10];
    let mut evidence = Evidence::default();
    loop {
        let count = file.read(&mut block)?;
        if count == 0 {
            return Ok(evidence.encoding());
        }
        if evidence.see(&block[..count]) {
            return Ok(WINDOWS_1252);
        }
    }
}

#[derive(Default)]
struct Evidence {
    previous: u8,
    latin9: usize,
}

impl Evidence {
    /// Returns true when a byte is certainly of Windows-1252.
    fn see(&mut self, block: &[u8]) -> bool {
        for &byte in block {
            if byte >= 0x80 {
                match byte {
                    0x80..=0x9F => return true,
                    // The euro sign: nobody writes the currency sign that Windows-1252 has here.
                    0xA4 => self.latin9 += 1,
                    // Œ, œ within a word; elsewhere ¼, ½.
                    0xBC | 0xBD if self.previous.is_ascii_alphabetic() => self.latin9 += 1,
                    _ => {}
                }
            }
            self.previous = byte;
        }
        false
    }

    fn encoding(&self) -> &'static Encoding {
        if self.latin9 > 0 { ISO_8859_15 } else { WINDOWS_1252 }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn single(bytes: &[u8]) -> &'static Encoding {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text");
        std::fs::write(&path, bytes).unwrap();
        single_byte(&path).unwrap()
    }

    #[test]
    fn utf8_is_told_by_its_sequences() {
        assert_eq!(guess("Prés d'Arènes".as_bytes()), Guess::Unicode(UTF_8));
        assert_eq!(guess(b"plain"), Guess::Unicode(UTF_8));
    }

    #[test]
    fn a_few_foreign_bytes_leave_utf8() {
        let mut bytes = "é;à;ç\n".repeat(10).into_bytes();
        bytes.extend_from_slice(b"caf\xE9;x\n");
        assert_eq!(guess(&bytes), Guess::Unicode(UTF_8));
    }

    #[test]
    fn latin_text_is_single_byte_even_when_its_last_letter_has_an_accent() {
        assert_eq!(guess(b"Ecole \xE9l\xE9mentaire"), Guess::SingleByte);
        assert_eq!(guess(b"caf\xE9"), Guess::SingleByte);
    }

    #[test]
    fn utf16_is_told_with_and_without_a_mark() {
        let little: Vec<u8> = "nom;âge\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "nom;âge\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(guess(&little), Guess::Unicode(UTF_16LE));
        assert_eq!(guess(&big), Guess::Unicode(UTF_16BE));
        assert_eq!(guess(&[b"\xFF\xFE".as_slice(), &little].concat()), Guess::Unicode(UTF_16LE));
    }

    #[test]
    fn rubbish_is_binary() {
        assert_eq!(guess(b"ab\0\x01\x02\x03\xFF"), Guess::Binary(2));
        assert!(matches!(guess(b"\x02\x03\x04\x05\x06\xFF\xFE"), Guess::Binary(0)));
    }

    #[test]
    fn the_euro_sign_tells_the_two_western_encodings_apart() {
        assert_eq!(single(b"prix;12 \x80\n"), WINDOWS_1252);
        assert_eq!(single(b"prix;12 \xA4\n"), ISO_8859_15);
        assert_eq!(single(b"c\xBDur\n"), ISO_8859_15);
        assert_eq!(single(b"2 \xBD pi\xE8ces\n"), WINDOWS_1252);
    }
}
