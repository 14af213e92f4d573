//! Encodings of files: those in which a byte of ASCII is itself, and UTF-16, which is turned into UTF-8 on the way.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::BatchError;

/// How the text of a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// UTF-8.
    Utf8,
    /// One byte a character, ASCII in its lower half.
    OneByte(&'static Encoding),
    /// Two bytes or four.
    Utf16(Order),
}

/// Which byte of two comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Big,
    Little,
}

impl Charset {
    /// What files of old are in when they say nothing and aren't UTF-8.
    pub(super) const OLD: Charset = Charset::OneByte(WINDOWS_1252);

    /// The encoding of a name, as the web or Python spells it.
    pub(super) fn named(name: &str) -> Result<Charset, BatchError> {
        let label = name.trim().to_ascii_lowercase().replace('_', "-");
        let label = match label.as_str() {
            "utf-8-sig" => "utf-8",
            "latin-1" => "latin1",
            "latin-9" => "iso-8859-15",
            "mac-roman" | "macroman" => "macintosh",
            "utf-16-le" => "utf-16le",
            "utf-16-be" => "utf-16be",
            other => other,
        };
        let unknown = || BatchError::UnknownEncoding(name.chars().take(100).collect());
        let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(unknown)?;
        match encoding {
            found if found == UTF_8 => Ok(Charset::Utf8),
            found if found == UTF_16LE => Ok(Charset::Utf16(Order::Little)),
            found if found == UTF_16BE => Ok(Charset::Utf16(Order::Big)),
            found if found.is_single_byte() && found.is_ascii_compatible() => Ok(Charset::OneByte(found)),
            _ => Err(unknown()),
        }
    }

    /// Its name, for `Content-Type`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Charset::Utf8 => "utf-8",
            Charset::OneByte(encoding) => encoding.name(),
            Charset::Utf16(Order::Big) => "utf-16be",
            Charset::Utf16(Order::Little) => "utf-16le",
        }
    }

    /// The text of bytes; what can't be read becomes U+FFFD. UTF-16 was already turned into UTF-8.
    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Charset::OneByte(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Charset::Utf8 | Charset::Utf16(_) => String::from_utf8_lossy(bytes),
        }
    }

    /// Writes a text; a character that the encoding hasn't becomes a question mark.
    pub(super) fn encode(self, text: &str, out: &mut Vec<u8>) {
        let Charset::OneByte(encoding) = self else { return out.extend_from_slice(text.as_bytes()) };
        let (bytes, _, strange) = encoding.encode(text);
        if !strange {
            return out.extend_from_slice(&bytes);
        }
        for character in text.chars() {
            let mut buffer = [0; 4];
            match encoding.encode(character.encode_utf8(&mut buffer)) {
                (bytes, _, false) => out.extend_from_slice(&bytes),
                _ => out.push(b'?'),
            }
        }
    }
}

/// Reads UTF-16 as UTF-8.
pub(super) struct FromUtf16<R> {
    input: R,
    decoder: Decoder,
    raw: Box<[u8]>,
    /// Bytes of `raw` that were read and not yet decoded.
    filled: (usize, usize),
    ended: bool,
    flushed: bool,
}

impl<R: Read> FromUtf16<R> {
    pub(super) fn new(input: R, order: Order) -> Self {
        let encoding = if order == Order::Big { UTF_16BE } else { UTF_16LE };
        let decoder = encoding.new_decoder_with_bom_removal();
        let raw = vec![0; 1 << 14].into_boxed_slice();
        Self { input, decoder, raw, filled: (0, 0), ended: false, flushed: false }
    }
}

impl<R: Read> Read for FromUtf16<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // A decoder may need room for one character of replacement.
        if out.len() < 4 {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "at least four bytes must be asked for"));
        }
        loop {
            if self.filled.0 == self.filled.1 && !self.ended {
                self.filled = (0, self.input.read(&mut self.raw)?);
                self.ended = self.filled.1 == 0;
            }
            if self.flushed {
                return Ok(0);
            }
            let source = &self.raw[self.filled.0..self.filled.1];
            let (result, read, written, _) = self.decoder.decode_to_utf8(source, out, self.ended);
            self.filled.0 += read;
            self.flushed = self.ended && result == encoding_rs::CoderResult::InputEmpty;
            if written > 0 || self.flushed {
                return Ok(written);
            }
        }
    }
}

/// Writes UTF-8 as UTF-16. Each piece written must end at the end of a character, as rows do.
pub(super) struct IntoUtf16<W> {
    output: W,
    order: Order,
}

impl<W: Write> IntoUtf16<W> {
    pub(super) fn new(output: W, order: Order) -> Self {
        Self { output, order }
    }
}

impl<W: Write> Write for IntoUtf16<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(piece);
        let units = text.encode_utf16().flat_map(|unit| match self.order {
            Order::Big => unit.to_be_bytes(),
            Order::Little => unit.to_le_bytes(),
        });
        self.output.write_all(&units.collect::<Vec<u8>>())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn encodings_are_known_by_the_names_of_the_web_and_of_python() {
        for (name, expected) in [
            ("utf-8-sig", "utf-8"),
            ("UTF8", "utf-8"),
            ("latin-1", "windows-1252"),
            ("iso_8859_1", "windows-1252"),
            ("cp1252", "windows-1252"),
            ("ISO-8859-15", "ISO-8859-15"),
            ("mac_roman", "macintosh"),
            ("utf-16", "utf-16le"),
        ] {
            assert_eq!(Charset::named(name).unwrap().name().to_lowercase(), expected.to_lowercase(), "{name}");
        }
    }

    #[test]
    fn an_encoding_that_nobody_knows_or_where_ascii_is_not_itself_is_refused() {
        for name in ["foo", "", "shift_jis", "utf-7", "iso-2022-jp", "\u{0}"] {
            assert!(matches!(Charset::named(name), Err(BatchError::UnknownEncoding(_))), "{name}");
        }
    }

    #[test]
    fn what_an_encoding_has_not_becomes_a_question_mark() {
        let mut out = Vec::new();
        Charset::OLD.encode("L’Haÿ, Papeʻete", &mut out);
        assert_eq!(out, b"L\x92Ha\xff, Pape?ete");
    }

    proptest! {
        #[test]
        fn utf_16_comes_back(text in "\\PC{0,3000}", big in any::<bool>()) {
            let order = if big { Order::Big } else { Order::Little };
            let mut bytes = Vec::new();
            IntoUtf16::new(&mut bytes, order).write_all(text.as_bytes()).unwrap();
            let mut back = Vec::new();
            FromUtf16::new(bytes.as_slice(), order).read_to_end(&mut back).ok();
            let mut read = FromUtf16::new(bytes.as_slice(), order);
            let (mut piece, mut whole) = ([0; 64], Vec::new());
            loop {
                let length = read.read(&mut piece).unwrap();
                if length == 0 { break; }
                whole.extend_from_slice(&piece[..length]);
            }
            prop_assert_eq!(String::from_utf8(whole).unwrap(), text);
        }
    }
}
