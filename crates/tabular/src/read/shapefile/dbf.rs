//! The attributes of a `.dbf`: records of fixed width, in an encoding that is told in several places or none.

use std::{
    borrow::Cow,
    fs::File,
    io::{BufReader, ErrorKind, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    read::json::value::plain_number,
};

/// A table of attributes, its head read.
pub(super) struct Dbf {
    path: PathBuf,
    fields: Vec<Field>,
    rows: u64,
    header_bytes: u64,
    record_bytes: usize,
    text: TextEncoding,
}

/// How characters are encoded.
#[derive(Clone, Copy)]
enum TextEncoding {
    Known(&'static Encoding),
    /// DOS, western Europe.
    Cp850,
}

struct Field {
    name: String,
    kind: u8,
    start: usize,
    length: usize,
}

impl Dbf {
    pub(super) fn open(path: &Path, cpg: Option<&Path>, limits: &Limits) -> Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let mut head = [0; 32];
        file.read_exact(&mut head).map_err(cut)?;
        let rows = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        let header_bytes = u64::from(u16::from_le_bytes([head[8], head[9]]));
        let record_bytes = usize::from(u16::from_le_bytes([head[10], head[11]]));
        let mut descriptors = vec![0; usize::try_from(header_bytes.saturating_sub(32)).unwrap_or(0)];
        file.read_exact(&mut descriptors).map_err(cut)?;
        let mut dbf = Self {
            path: path.to_owned(),
            fields: Vec::new(),
            rows,
            header_bytes,
            record_bytes,
            text: TextEncoding::Known(UTF_8),
        };
        dbf.text = declared(cpg, head[29])?.map_or_else(|| dbf.guess(&mut file), Ok)?;
        dbf.fields = dbf.fields(&descriptors)?;
        if dbf.fields.len() > limits.columns {
            let detail = format!("{} columns, at most {}", dbf.fields.len(), limits.columns);
            return Err(Error::new(ErrorCode::TooManyColumns, detail));
        }
        Ok(dbf)
    }

    fn fields(&self, descriptors: &[u8]) -> Result<Vec<Field>> {
        let mut fields = Vec::new();
        let mut start = 1;
        for descriptor in descriptors.chunks_exact(32).take_while(|descriptor| descriptor[0] != 0x0D) {
            let name = descriptor[..11].split(|byte| *byte == 0).next().unwrap_or_default();
            // A long text field keeps the high byte of its length where others have decimals.
            let high = if descriptor[11] == b'C' { usize::from(descriptor[17]) << 8 } else { 0 };
            let length = usize::from(descriptor[16]) + high;
            fields.push(Field { name: self.text.decode(name).trim().to_owned(), kind: descriptor[11], start, length });
            start += length;
        }
        if start > self.record_bytes {
            return Err(Error::new(ErrorCode::BrokenFile, "the columns of the .dbf file don't fit its rows"));
        }
        Ok(fields)
    }

    /// UTF-8 when every text outside ASCII is, Windows-1252 otherwise.
    fn guess(&self, file: &mut BufReader<File>) -> Result<TextEncoding> {
        let mut records = Vec::new();
        // The first megabytes tell: characters outside ASCII are not rare in French.
        file.seek(SeekFrom::Start(32))?;
        file.take(8 << 20).read_to_end(&mut records)?;
        let texts = records.split(|byte| *byte == b' ' || *byte == 0).filter(|text| !text.is_ascii());
        let (mut sound, mut other) = (0u64, 0u64);
        for text in texts {
            if std::str::from_utf8(text).is_ok() { sound += 1 } else { other += 1 }
        }
        Ok(TextEncoding::Known(if other > sound { WINDOWS_1252 } else { UTF_8 }))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn encoding_name(&self) -> &'static str {
        match self.text {
            TextEncoding::Known(encoding) => encoding.name(),
            TextEncoding::Cp850 => "IBM850",
        }
    }

    pub(super) fn read(&self) -> Result<Attributes<'_>> {
        let mut file = BufReader::new(File::open(&self.path)?);
        file.seek(SeekFrom::Start(self.header_bytes))?;
        Ok(Attributes { dbf: self, file, record: vec![0; self.record_bytes.max(1)], row: 0 })
    }
}

fn cut(error: std::io::Error) -> Error {
    if error.kind() == ErrorKind::UnexpectedEof {
        return Error::new(ErrorCode::BrokenFile, "the .dbf file is cut short");
    }
    error.into()
}

/// What the `.cpg` file says, else the language driver of the head.
fn declared(cpg: Option<&Path>, driver: u8) -> Result<Option<TextEncoding>> {
    if let Some(path) = cpg {
        let mut label = Vec::new();
        File::open(path)?.take(64).read_to_end(&mut label)?;
        let label = String::from_utf8_lossy(&label).trim().to_ascii_lowercase();
        if let Some(encoding) = labelled(&label) {
            return Ok(Some(encoding));
        }
    }
    Ok(match driver {
        0x02 => Some(TextEncoding::Cp850),
        // 0x03 and 0x57 claim Windows-1252, but programs write them by habit above UTF-8: the bytes decide.
        _ => None,
    })
}

fn labelled(label: &str) -> Option<TextEncoding> {
    match label {
        "850" | "cp850" | "ibm850" | "oem 850" => return Some(TextEncoding::Cp850),
        "65001" => return Some(TextEncoding::Known(UTF_8)),
        "1252" | "ansi 1252" | "cp1252" | "88591" => return Some(TextEncoding::Known(WINDOWS_1252)),
        _ => {}
    }
    Encoding::for_label(label.as_bytes()).map(TextEncoding::Known)
}

impl TextEncoding {
    fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Known(encoding) if encoding == UTF_8 => match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(fault) if fault.error_len().is_none() => {
                    // The width of the field cut a character in two.
                    String::from_utf8_lossy(&bytes[..fault.valid_up_to()])
                }
                Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
            },
            Self::Known(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Self::Cp850 => bytes.iter().map(|byte| cp850(*byte)).collect::<String>().into(),
        }
    }
}

/// The second half of code page 850.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

fn cp850(byte: u8) -> char {
    if byte.is_ascii() {
        return char::from(byte);
    }
    CP850.chars().nth(usize::from(byte) - 128).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Reads records one after the other.
pub(super) struct Attributes<'a> {
    dbf: &'a Dbf,
    file: BufReader<File>,
    record: Vec<u8>,
    row: u64,
}

impl Attributes<'_> {
    /// Reads the next record; says whether it is kept (rather than deleted), `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<bool>> {
        if self.row == self.dbf.rows {
            return Ok(None);
        }
        self.row += 1;
        self.file.read_exact(&mut self.record).map_err(|error| cut(error).at_row(self.row))?;
        Ok(Some(self.record.first() != Some(&b'*')))
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.row * self.record.len() as u64
    }

    /// The text of a column of the record at hand.
    pub(super) fn text(&self, column: usize) -> Cow<'_, str> {
        let Some(field) = self.dbf.fields.get(column) else { return Cow::Borrowed("") };
        let bytes = self.record.get(field.start..field.start + field.length).unwrap_or_default();
        match field.kind {
            b'N' | b'F' => plain_number(ascii(bytes).trim().to_owned()).into(),
            b'D' => day(ascii(bytes)),
            b'L' => Cow::Borrowed(match bytes.first() {
                Some(b'T' | b't' | b'Y' | b'y') => "true",
                Some(b'F' | b'f' | b'N' | b'n') => "false",
                _ => "",
            }),
            b'I' | b'+' => {
                bytes.try_into().map(|bytes| i32::from_le_bytes(bytes).to_string()).unwrap_or_default().into()
            }
            b'O' => bytes.try_into().map(|bytes| f64::from_le_bytes(bytes).to_string()).unwrap_or_default().into(),
            b'C' | b'V' => characters(self.dbf.text, bytes),
            _ => Cow::Borrowed(""),
        }
    }
}

fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default().trim_matches(['\0', ' '])
}

/// Text padded with blanks or ended by a NUL.
fn characters(encoding: TextEncoding, bytes: &[u8]) -> Cow<'_, str> {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    encoding.decode(bytes[..end].trim_ascii_end())
}

/// `20140131` as `2014-01-31`; anything else as it is.
fn day(text: &str) -> Cow<'_, str> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        if text == "00000000" {
            return Cow::Borrowed("");
        }
        return format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).into();
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dos_characters_are_read() {
        assert_eq!(CP850.chars().count(), 128);
        assert_eq!(TextEncoding::Cp850.decode(b"\x82cole"), "école");
    }

    #[test]
    fn a_character_cut_by_the_width_is_dropped() {
        assert_eq!(
            TextEncoding::Known(UTF_8).decode("Théâ".as_bytes().split_last().map_or(b"", |(_, rest)| rest)),
            "Thé"
        );
        assert_eq!(TextEncoding::Known(UTF_8).decode(b"Val\xE9ry"), "Valéry");
    }

    #[test]
    fn days_are_iso() {
        assert_eq!(day("20140131"), "2014-01-31");
        assert_eq!(day("00000000"), "");
    }
}
