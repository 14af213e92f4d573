//! How a CSV file is written: encoding, separator, quotation mark, ends of lines.

use std::io::{Read, Seek, SeekFrom};

use memchr::{memchr, memchr_iter};

use super::BatchError;
use super::charset::{Charset, FromUtf16, Order};
use super::rows::{Marks, cells};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) charset: Charset,
    /// Whether it begins with a byte order mark.
    pub(super) bom: bool,
    pub(super) marks: Marks,
    /// Whether every cell of the header is quoted.
    pub(super) quotes_all: bool,
    /// The end of its first line.
    pub(super) end: &'static [u8],
}

/// What whoever sends the file says of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Told<'a> {
    pub(super) encoding: Option<&'a str>,
    pub(super) delimiter: Option<&'a str>,
    pub(super) quote: Option<&'a str>,
    /// Bytes of a line at most.
    pub(super) line_bytes: usize,
}

/// Separators, the likeliest first in France.
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];
/// What sets the columns of the answer apart in a file of one column.
const RARE: [u8; 6] = [b';', b'\t', b'|', b'~', b'^', b','];
/// Bytes that tell the separator.
const SAMPLE: usize = 64 << 10;
/// Rows that tell the separator.
const SAMPLE_ROWS: usize = 20;

impl Layout {
    /// Looks at a whole file, which is left at its beginning.
    ///
    /// # Errors
    /// When it is empty, not in the encoding that was named, has a line that is too long, or shows no separator.
    pub(super) fn of(input: &mut (impl Read + Seek), told: Told<'_>) -> Result<Layout, BatchError> {
        let sample = beginning(input)?;
        if sample.iter().all(u8::is_ascii_whitespace) {
            return Err(BatchError::Empty);
        }
        let (charset, bom) = charset(input, &sample, told.encoding)?;
        let sample = text_of(&sample, charset)?;
        let quote = told.quote.map(mark).transpose()?.unwrap_or(b'"');
        let end = if memchr(b'\n', &sample).is_none() && memchr(b'\r', &sample).is_some() { b'\r' } else { b'\n' };
        check_lines(input, end, told.line_bytes)?;
        let delimiter = match told.delimiter {
            Some(named) => mark(named)?,
            None => delimiter(input, &sample, quote, end)?,
        };
        let marks = Marks { delimiter, quote, end };
        let first = header(&sample, marks);
        let end = match (end, first.last()) {
            (b'\r', _) => &b"\r"[..],
            (_, Some(b'\r')) => &b"\r\n"[..],
            _ => &b"\n"[..],
        };
        input.seek(SeekFrom::Start(0))?;
        Ok(Layout { charset, bom, marks, quotes_all: quotes_all(first, marks), end })
    }
}

fn beginning(input: &mut (impl Read + Seek)) -> Result<Vec<u8>, BatchError> {
    input.seek(SeekFrom::Start(0))?;
    let mut sample = Vec::new();
    input.take(SAMPLE as u64).read_to_end(&mut sample)?;
    Ok(sample)
}

/// The encoding, and whether a byte order mark says so.
fn charset(input: &mut (impl Read + Seek), sample: &[u8], named: Option<&str>) -> Result<(Charset, bool), BatchError> {
    let marked = match sample {
        [0xef, 0xbb, 0xbf, ..] => Some(Charset::Utf8),
        [0xff, 0xfe, ..] => Some(Charset::Utf16(Order::Little)),
        [0xfe, 0xff, ..] => Some(Charset::Utf16(Order::Big)),
        _ => None,
    };
    let named = named.map(str::trim).filter(|name| !name.is_empty()).map(Charset::named).transpose()?;
    let charset = match (marked, named) {
        // A mark says more than a name.
        (Some(marked), _) => marked,
        (None, Some(named)) => named,
        (None, None) => return Ok((if strange(input)?.is_none() { Charset::Utf8 } else { Charset::OLD }, false)),
    };
    match charset {
        Charset::Utf8 => match strange(input)? {
            None => Ok((charset, marked.is_some())),
            Some(byte) => Err(BatchError::Undecodable { encoding: "utf-8", byte }),
        },
        Charset::OneByte(_) | Charset::Utf16(_) => Ok((charset, marked.is_some())),
    }
}

/// The first byte of a file that isn't UTF-8.
fn strange(input: &mut (impl Read + Seek)) -> Result<Option<u64>, BatchError> {
    input.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 1 << 18];
    let (mut kept, mut at) = (0, 0_u64);
    loop {
        let read = input.read(&mut buffer[kept..])?;
        let filled = kept + read;
        let valid = match std::str::from_utf8(&buffer[..filled]) {
            Ok(_) => filled,
            // A character that is cut at the end of the piece goes on in the next one.
            Err(error) if error.error_len().is_none() && read > 0 => error.valid_up_to(),
            Err(error) => return Ok(Some(at + error.valid_up_to() as u64)),
        };
        if read == 0 {
            return Ok(None);
        }
        at += valid as u64;
        buffer.copy_within(valid..filled, 0);
        kept = filled - valid;
    }
}

/// A sample as the rest of the program reads the file: without its byte order mark, UTF-16 as UTF-8.
fn text_of(sample: &[u8], charset: Charset) -> Result<Vec<u8>, BatchError> {
    let Charset::Utf16(order) = charset else {
        return Ok(sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sample).to_vec());
    };
    let mut text = Vec::new();
    std::io::BufReader::new(FromUtf16::new(sample, order)).read_to_end(&mut text)?;
    Ok(text)
}

/// Refuses a file of which a line is too long to be a row.
fn check_lines(input: &mut (impl Read + Seek), end: u8, most: usize) -> Result<(), BatchError> {
    input.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 1 << 18];
    let (mut line, mut length) = (1_u64, 0_usize);
    loop {
        let read = input.read(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        let mut from = 0;
        for at in memchr_iter(end, &buffer[..read]).chain([read]) {
            length += at - from;
            if length > most {
                return Err(BatchError::LineTooLong { line, most });
            }
            if at < read {
                (line, length, from) = (line + 1, 0, at + 1);
            }
        }
    }
}

/// A separator or quotation mark by its name.
fn mark(named: &str) -> Result<u8, BatchError> {
    match named {
        "\\t" | "tab" => Ok(b'\t'),
        _ => match named.as_bytes() {
            [mark] if mark.is_ascii() && !mark.is_ascii_alphanumeric() && !matches!(mark, b'\n' | b'\r') => Ok(*mark),
            _ => Err(BatchError::BadMark(named.chars().take(20).collect())),
        },
    }
}

/// The separator: the one that the header has, and that parts the rows after it into as many cells.
fn delimiter(input: &mut (impl Read + Seek), sample: &[u8], quote: u8, end: u8) -> Result<u8, BatchError> {
    let agreement = |delimiter: u8| {
        let marks = Marks { delimiter, quote, end };
        let mut found = Vec::new();
        let mut width = |line: &[u8]| {
            cells(line, false, marks, &mut found);
            found.len()
        };
        let mut lines = sample.split(|byte| *byte == end).filter(|line| !line.is_empty());
        let columns = width(lines.next().unwrap_or_default());
        let alike = lines.take(SAMPLE_ROWS).filter(|line| width(line) == columns).count();
        (columns > 1).then_some((alike, columns))
    };
    let best = DELIMITERS.iter().rev().filter_map(|mark| Some((agreement(*mark)?, *mark))).max_by_key(|found| found.0);
    match best {
        Some((_, mark)) => Ok(mark),
        None => rare(input),
    }
}

/// A character that is nowhere in the file.
fn rare(input: &mut (impl Read + Seek)) -> Result<u8, BatchError> {
    input.seek(SeekFrom::Start(0))?;
    let mut candidates = RARE.to_vec();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = input.read(&mut buffer)?;
        candidates.retain(|mark| memchr(*mark, &buffer[..read]).is_none());
        match candidates.first() {
            None => return Err(BatchError::NoDelimiter),
            Some(first) if read == 0 => return Ok(*first),
            Some(_) => {}
        }
    }
}

/// The first line, with what comes before its end.
fn header(sample: &[u8], marks: Marks) -> &[u8] {
    sample.split(|byte| *byte == marks.end).find(|line| !line.is_empty()).unwrap_or_default()
}

fn quotes_all(header: &[u8], marks: Marks) -> bool {
    let mut found = Vec::new();
    let header = header.strip_suffix(b"\r").unwrap_or(header);
    cells(header, false, marks, &mut found);
    found.iter().all(|cell| header[cell.clone()].first() == Some(&marks.quote))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn layout(bytes: &[u8]) -> Layout {
        layout_told(bytes, Told::default()).unwrap()
    }

    fn layout_told(bytes: &[u8], told: Told<'_>) -> Result<Layout, BatchError> {
        Layout::of(&mut Cursor::new(bytes), Told { line_bytes: 1_000, ..told })
    }

    #[test]
    fn the_separator_is_the_one_that_rows_agree_on() {
        assert_eq!(layout(b"id;adresse, ville\n1;a, b, c\n2;d\n").marks.delimiter, b';');
        assert_eq!(layout(b"id,adresse\n1,\"a;b;c\"\n").marks.delimiter, b',');
        assert_eq!(layout(b"a\tb,c\n1\t2,5\n1\t2\n").marks.delimiter, b'\t');
    }

    #[test]
    fn a_file_of_one_column_is_extended_with_a_character_that_it_has_not() {
        assert_eq!(layout(b"adresse\n1 rue x, Bram\n2; rue y\n").marks.delimiter, b'\t');
        assert!(matches!(layout_told(b"adresse\n;\t|~^,\n", Told::default()), Err(BatchError::NoDelimiter)));
    }

    #[test]
    fn what_is_not_utf_8_is_in_the_windows_code_page() {
        let found = layout(b"a;b\r\n\xe9t\xe9;c\r\n");
        assert_eq!(found.charset, Charset::OLD);
        assert_eq!(found.end, b"\r\n");
    }

    #[test]
    fn a_late_accent_tells_as_much_as_an_early_one() {
        let mut bytes = b"a;b\n".repeat(200_000);
        assert_eq!(layout(&bytes).charset, Charset::Utf8);
        bytes.extend_from_slice(b"\xe9;x\n");
        assert_eq!(layout(&bytes).charset, Charset::OLD);
    }

    #[test]
    fn a_character_across_two_pieces_is_whole() {
        for shift in 0..4 {
            let mut bytes = vec![b'a'; shift];
            bytes.extend("a;\u{1f468}é\n".repeat(100_000).into_bytes());
            assert_eq!(layout(&bytes).charset, Charset::Utf8, "{shift}");
        }
    }

    #[test]
    fn an_encoding_that_is_named_is_kept_to() {
        let told = Told { encoding: Some("utf-8"), ..Told::default() };
        let refused = layout_told(b"a;b\n\xe9;c\n", told).unwrap_err();
        assert!(matches!(refused, BatchError::Undecodable { byte: 4, .. }), "{refused}");
        let cut = layout_told(b"a;b\nx;\xc3", told).unwrap_err();
        assert!(matches!(cut, BatchError::Undecodable { byte: 6, .. }), "{cut}");
    }

    #[test]
    fn utf_16_is_told_by_its_mark() {
        let bytes: Vec<u8> = "\u{feff}a;b\r\n1;2\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let found = layout(&bytes);
        assert_eq!((found.charset, found.bom), (Charset::Utf16(Order::Little), true));
        assert_eq!((found.marks.delimiter, found.end), (b';', &b"\r\n"[..]));
    }

    #[test]
    fn a_header_in_quotation_marks_asks_for_them_everywhere() {
        assert!(layout(b"\"a\";\"b\"\r\n1;2\r\n").quotes_all);
        assert!(!layout(b"\"a\";b\n").quotes_all);
    }

    #[test]
    fn old_macintoshes_end_lines_otherwise() {
        let found = layout(b"a;b\r1;2\r");
        assert_eq!((found.marks.end, found.end), (b'\r', &b"\r"[..]));
    }

    #[test]
    fn nothing_is_refused_and_so_is_a_line_without_end() {
        assert!(matches!(layout_told(b"", Told::default()), Err(BatchError::Empty)));
        assert!(matches!(layout_told(b" \r\n\n", Told::default()), Err(BatchError::Empty)));
        let long = [&b"a;b\n"[..], &[b'x'; 2_000]].concat();
        assert!(matches!(layout_told(&long, Told::default()), Err(BatchError::LineTooLong { line: 2, .. })));
    }
}
