//! A CSV file as its rows, byte for byte.

use std::io::Read;
use std::ops::Range;

use memchr::{memchr, memchr2};

use super::BatchError;

/// The characters that a file is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// Between cells.
    pub(super) delimiter: u8,
    /// Around cells that hold one of the others.
    pub(super) quote: u8,
    /// The last byte of a line: `\n`, or `\r` in files of old Macintoshes.
    pub(super) end: u8,
}

/// Rows that follow one another.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    /// Their bytes.
    pub(super) bytes: Vec<u8>,
    /// Each row's.
    pub(super) rows: Vec<Row>,
}

/// A row within a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Without its end of line.
    pub(super) text: Range<usize>,
    /// Its end of line; empty when the file ends with it.
    pub(super) end: Range<usize>,
    /// A quotation mark opens and never closes: the row is its first line, where quotation marks mean nothing.
    pub(super) broken: bool,
}

/// Bytes read for a chunk: some hundred rows, so that a small file occupies all cores too.
const CHUNK: usize = 16 << 10;

/// Splits a file.
pub(super) struct Rows<R> {
    input: R,
    marks: Marks,
    /// Bytes of a row at most.
    most: usize,
    /// Bytes read that belong to no chunk yet.
    rest: Vec<u8>,
    ended: bool,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(input: R, marks: Marks, most: usize) -> Self {
        Self { input, marks, most, rest: Vec::new(), ended: false }
    }

    /// The next rows; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Chunk>, BatchError> {
        let mut chunk = Chunk { bytes: std::mem::take(&mut self.rest), rows: Vec::new() };
        loop {
            let before = chunk.bytes.len();
            if !self.ended {
                let read = (&mut self.input).take(CHUNK as u64).read_to_end(&mut chunk.bytes)?;
                self.ended = read < CHUNK;
            }
            let used = self.split(&mut chunk);
            if !chunk.rows.is_empty() {
                self.rest = chunk.bytes.split_off(used);
                return Ok(Some(chunk));
            }
            if self.ended && chunk.bytes.len() == before {
                return Ok(None);
            }
        }
    }

    /// Finds the rows that the bytes hold whole; gives how many bytes they are.
    fn split(&self, chunk: &mut Chunk) -> usize {
        let mut from = 0;
        while from < chunk.bytes.len() {
            let Some((row, next)) = self.row(&chunk.bytes, from) else { break };
            chunk.rows.push(row);
            from = next;
        }
        from
    }

    /// The row that begins at a byte and the byte after it, when its end is seen.
    fn row(&self, bytes: &[u8], from: usize) -> Option<(Row, usize)> {
        match row_end(bytes, from, self.marks) {
            End::At(end) => Some(self.row_to(bytes, from, end, false)),
            End::Open if self.ended || bytes.len() - from > self.most => {
                let line = memchr(self.marks.end, &bytes[from..]);
                Some(self.row_to(bytes, from, line.map_or(bytes.len(), |line| from + line), true))
            }
            End::Unseen if self.ended => Some(self.row_to(bytes, from, bytes.len(), false)),
            End::Unseen | End::Open => None,
        }
    }

    /// The row whose line ends at the byte `end`.
    fn row_to(&self, bytes: &[u8], from: usize, end: usize, broken: bool) -> (Row, usize) {
        let next = (end + 1).min(bytes.len());
        let text_end = if end > from && end < bytes.len() && bytes[end - 1] == b'\r' { end - 1 } else { end };
        (Row { text: from..text_end, end: text_end..next, broken }, next)
    }
}

enum End {
    /// The byte that ends the line.
    At(usize),
    /// Not among these bytes.
    Unseen,
    /// Not among these bytes, and a quotation mark is open.
    Open,
}

fn row_end(bytes: &[u8], from: usize, marks: Marks) -> End {
    if let Some(line) = memchr(marks.end, &bytes[from..])
        && memchr(marks.quote, &bytes[from..from + line]).is_none()
    {
        return End::At(from + line);
    }
    let mut at = from;
    loop {
        if bytes.get(at) == Some(&marks.quote) {
            match after_quoted(bytes, at, marks.quote) {
                Some(after) => at = after,
                None => return End::Open,
            }
        }
        match memchr2(marks.delimiter, marks.end, &bytes[at..]) {
            None => return End::Unseen,
            Some(mark) if bytes[at + mark] == marks.end => return End::At(at + mark),
            Some(mark) => at += mark + 1,
        }
    }
}

/// The byte after the quotation mark that closes the one at `open`.
fn after_quoted(bytes: &[u8], open: usize, quote: u8) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += memchr(quote, bytes.get(at..)?)? + 1;
        if bytes.get(at) != Some(&quote) {
            return Some(at);
        }
        at += 1;
    }
}

/// The cells of a row, as their bytes lie in it, quotation marks included.
pub(super) fn cells(row: &[u8], broken: bool, marks: Marks, out: &mut Vec<Range<usize>>) {
    out.clear();
    let mut from = 0;
    loop {
        let quoted = !broken && row.get(from) == Some(&marks.quote);
        let after = if quoted { after_quoted(row, from, marks.quote).unwrap_or(row.len()) } else { from };
        match memchr(marks.delimiter, &row[after..]) {
            Some(length) => {
                out.push(from..after + length);
                from = after + length + 1;
            }
            None => return out.push(from..row.len()),
        }
    }
}

/// What a cell says: without its quotation marks, doubled ones once.
pub(super) fn unquote(cell: &[u8], broken: bool, quote: u8) -> std::borrow::Cow<'_, [u8]> {
    if broken || cell.first() != Some(&quote) {
        return cell.into();
    }
    let mut text = Vec::with_capacity(cell.len());
    let mut at = 1;
    while let Some(length) = cell.get(at..).and_then(|rest| memchr(quote, rest)) {
        text.extend_from_slice(&cell[at..at + length]);
        at += length + 1;
        if cell.get(at) != Some(&quote) {
            // What stands between the closing mark and the separator belongs to the cell, as spreadsheets read it.
            text.extend_from_slice(cell.get(at..).unwrap_or_default());
            return text.into();
        }
        text.push(quote);
        at += 1;
    }
    text.extend_from_slice(cell.get(at..).unwrap_or_default());
    text.into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MARKS: Marks = Marks { delimiter: b';', quote: b'"', end: b'\n' };

    fn rows(text: &str, most: usize) -> Vec<(String, String, bool)> {
        let mut rows = Rows::new(text.as_bytes(), MARKS, most);
        let mut all = Vec::new();
        while let Some(chunk) = rows.next().unwrap() {
            let text = |range: &Range<usize>| String::from_utf8_lossy(&chunk.bytes[range.clone()]).into_owned();
            all.extend(chunk.rows.iter().map(|row| (text(&row.text), text(&row.end), row.broken)));
        }
        all
    }

    fn values(row: &str) -> Vec<String> {
        let mut ranges = Vec::new();
        cells(row.as_bytes(), false, MARKS, &mut ranges);
        let value = |range: &Range<usize>| unquote(&row.as_bytes()[range.clone()], false, b'"').into_owned();
        ranges.iter().map(|range| String::from_utf8(value(range)).unwrap()).collect()
    }

    #[test]
    fn a_line_within_quotation_marks_does_not_end_a_row() {
        let found = rows("a;\"b\nc\";d\r\ne;\"f\"\"\n\"\n", 1_000);
        assert_eq!(found[0], ("a;\"b\nc\";d".to_owned(), "\r\n".to_owned(), false));
        assert_eq!(found[1], ("e;\"f\"\"\n\"".to_owned(), "\n".to_owned(), false));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn the_last_row_needs_no_end() {
        assert_eq!(rows("a\nb", 10)[1], ("b".to_owned(), String::new(), false));
    }

    #[test]
    fn a_quotation_mark_that_never_closes_costs_its_line_only() {
        let text = format!("\"a;b\n{}", "c;d\n".repeat(50_000));
        let found = rows(&text, 20_000);
        assert!(found[0].2);
        assert_eq!(found[0].0, "\"a;b");
        assert_eq!(found.len(), 50_001);
        assert!(found[1..].iter().all(|row| row.0 == "c;d" && !row.2));
    }

    #[test]
    fn cells_say_what_stands_between_their_marks() {
        assert_eq!(values("a;\"b;\"\"c\"\"\";;\"\""), ["a", "b;\"c\"", "", ""]);
        assert_eq!(values("12 \"bis\";x"), ["12 \"bis\"", "x"]);
        assert_eq!(values("\"a\" b;c"), ["a b", "c"]);
        assert_eq!(values(""), [""]);
    }

    proptest! {
        #[test]
        fn rows_are_the_file_whatever_it_holds(text in "[ab;\"\n\r]{0,400}", most in 1_usize..64) {
            let again: String = rows(&text, most).into_iter().map(|(row, end, _)| row + &end).collect();
            prop_assert_eq!(again, text);
        }

        #[test]
        fn what_a_writer_quotes_is_read_back(table in proptest::collection::vec(proptest::collection::vec("[a;\"\n é]{0,6}", 2..5), 1..20)) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(";") + "\n";
            let text: String = table.iter().map(line).collect();
            let read: Vec<Vec<String>> = rows(&text, 1_000).iter().map(|(row, _, _)| values(row)).collect();
            prop_assert_eq!(read, table);
        }
    }
}
