//! How a delimited text separates its cells.

use crate::{
    detect::look::Look,
    read::csv::scan::{Cell, Dialect, LineEnd, Scanner, Step, unescape},
};

/// Delimiters tried first, with the trust each deserves when two explain the text as well.
const USUAL: [(u8, f64); 5] = [(b';', 1.0), (b'\t', 1.0), (b',', 0.97), (b'|', 0.95), (b':', 0.6)];
/// Delimiters tried when no usual one explains the text.
const RARE: [u8; 8] = [b'~', b'^', b'#', b'!', b'$', b'*', 0x01, 0x1F];
/// Bytes and records that are looked at.
const LOOK_BYTES: usize = 256 << 10;
const LOOK_RECORDS: usize = 400;
/// Share of the lines that must have the same number of cells for a text to be a table of so many columns. Two cells a
/// line come by chance in prose; more don't.
const ENOUGH_OF_TWO: f64 = 0.7;
const ENOUGH_OF_MORE: f64 = 0.45;

/// Some records of a text.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    /// Their cells.
    pub records: Vec<Vec<String>>,
    /// 1-based line of each record.
    pub lines: Vec<u64>,
    closed_quotes: u64,
    broken_quotes: u64,
}

/// Reads at most `records` records from the start of a text. When `whole` is false the last, maybe cut, is left out.
pub(crate) fn sample(text: &[u8], whole: bool, dialect: Dialect, records: usize) -> Sample {
    let mut scanner = Scanner::new(dialect, usize::MAX);
    let mut cells = Vec::new();
    let mut found = Sample { records: Vec::new(), lines: Vec::new(), closed_quotes: 0, broken_quotes: 0 };
    let mut line = 1;
    while found.records.len() < records {
        let step = scanner.record(text, whole, &mut cells);
        match step {
            Step::Record => {}
            Step::More { cell, quoted: true } if whole => {
                scanner.take_literally(cell);
                continue;
            }
            // A first record that is longer than the text still tells its delimiter.
            Step::More { .. } if found.records.is_empty() && !cells.is_empty() => {}
            Step::More { .. } | Step::TooManyCells | Step::End => break,
        }
        found.closed_quotes += cells.iter().filter(|cell| cell.quoted).count() as u64;
        found.records.push(cells.iter().map(|cell| cell_text(text, cell, dialect)).collect());
        found.lines.push(line);
        line += scanner.lines();
        if matches!(step, Step::More { .. }) {
            break;
        }
    }
    found.broken_quotes = scanner.broken_quotes();
    found
}

/// A cell's text.
pub(crate) fn cell_text(text: &[u8], cell: &Cell, dialect: Dialect) -> String {
    let raw = &text[cell.start..cell.end];
    match dialect.quote {
        Some(quote) if cell.escaped => {
            let mut out = Vec::with_capacity(raw.len());
            unescape(raw, quote, &mut out);
            String::from_utf8_lossy(&out).into_owned()
        }
        _ => String::from_utf8_lossy(raw).into_owned(),
    }
}

/// Finds the dialect of a text. `hint` is the delimiter that the text or its name declares.
pub(crate) fn find(text: &[u8], whole: bool, hint: Option<u8>) -> Dialect {
    let (text, whole) = if text.len() > LOOK_BYTES { (&text[..LOOK_BYTES], false) } else { (text, whole) };
    let line_end = line_end(text);
    if let Some(delimiter) = hint {
        let (dialect, _) = with_quote(text, whole, delimiter, line_end);
        return dialect;
    }
    let best = |candidates: &mut dyn Iterator<Item = (u8, f64)>| {
        candidates
            .map(|(delimiter, trust)| {
                let (dialect, found) = with_quote(text, whole, delimiter, line_end);
                (dialect, score(&found.records) * trust)
            })
            .filter(|(_, score)| *score > 0.0)
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(dialect, _)| dialect)
    };
    best(&mut USUAL.into_iter())
        .or_else(|| best(&mut RARE.into_iter().filter(|byte| text.contains(byte)).map(|byte| (byte, 1.0))))
        .unwrap_or_else(|| {
            let mut dialect = with_quote(text, whole, line_end.byte(), line_end).0;
            dialect.delimiter = None;
            dialect
        })
}

fn line_end(text: &[u8]) -> LineEnd {
    match memchr::memchr2(b'\n', b'\r', text) {
        Some(at) if text[at] == b'\r' && !text.contains(&b'\n') => LineEnd::Cr,
        _ => LineEnd::Lf,
    }
}

/// Chooses the quote: the double one unless cells between simple quotes are the rule, or double quotes never close.
fn with_quote(text: &[u8], whole: bool, delimiter: u8, line_end: LineEnd) -> (Dialect, Sample) {
    let reading = |quote| {
        let dialect = Dialect { delimiter: Some(delimiter), quote, line_end };
        (dialect, sample(text, whole, dialect, LOOK_RECORDS))
    };
    let double = reading(Some(b'"'));
    if text.contains(&b'\'') {
        let simple = reading(Some(b'\''));
        if simple.1.closed_quotes >= double.1.closed_quotes.max(1) * 2 && simple.1.broken_quotes == 0 {
            return simple;
        }
    }
    let cut = double.1.records.is_empty() && !text.is_empty();
    if double.1.broken_quotes > double.1.closed_quotes || cut {
        return reading(None);
    }
    double
}

/// How well a delimiter explains the records: as many cells on each line, and cells that look like values.
/// Zero when it doesn't.
fn score(records: &[Vec<String>]) -> f64 {
    let records: Vec<&Vec<String>> = records
        .iter()
        .filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty()))
        .skip_while(|cells| cells.len() == 1)
        .collect();
    let Some((width, alike)) = usual_width(&records) else { return 0.0 };
    let share = alike as f64 / records.len() as f64;
    if width < 2 || share < if width == 2 { ENOUGH_OF_TWO } else { ENOUGH_OF_MORE } {
        return 0.0;
    }
    share * share * clean(&records, width) * (width as f64).log2().clamp(1.0, 4.0).sqrt()
}

/// The most frequent number of cells, and how many records have it; the greater one when two are as frequent.
pub(crate) fn usual_width(records: &[&Vec<String>]) -> Option<(usize, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for cells in records {
        *counts.entry(cells.len()).or_insert(0usize) += 1;
    }
    counts.into_iter().max_by_key(|&(width, count)| (count, width))
}

/// Share of the cells that look whole: values, or text without another delimiter inside or half a quotation.
fn clean(records: &[&Vec<String>], width: usize) -> f64 {
    let mut seen = 0usize;
    let mut whole = 0.0;
    for cell in records.iter().filter(|cells| cells.len() == width).flat_map(|cells| cells.iter()) {
        seen += 1;
        whole += match Look::of(cell) {
            Look::Text if cell.contains([';', '\t', '|']) || cell.starts_with('"') || cell.ends_with('"') => 0.3,
            Look::Text => 0.9,
            _ => 1.0,
        };
    }
    if seen == 0 { 0.0 } else { whole / seen as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> Option<char> {
        find(text.as_bytes(), true, None).delimiter.map(char::from)
    }

    #[test]
    fn the_usual_delimiters_are_found() {
        assert_eq!(delimiter("a;b;c\n1;2;3\n"), Some(';'));
        assert_eq!(delimiter("a,b,c\n1,2,3\n"), Some(','));
        assert_eq!(delimiter("a\tb\tc\n1\t2\t3\n"), Some('\t'));
        assert_eq!(delimiter("a|b|c\n1|2|3\n"), Some('|'));
        assert_eq!(delimiter("a:b:c\n1:2:3\n"), Some(':'));
        assert_eq!(delimiter("a~b~c\n1~2~3\n"), Some('~'));
    }

    #[test]
    fn decimal_commas_and_times_are_not_delimiters() {
        assert_eq!(delimiter("x;y\n1,5;2,5\n3,5;4,5\n"), Some(';'));
        assert_eq!(delimiter("arret,depart\nA,10:00:00\nB,11:30:00\n"), Some(','));
        assert_eq!(delimiter("nom;surface\nParc;\n\"Bois, grand\";12,5\n"), Some(';'));
    }

    #[test]
    fn a_list_of_names_is_one_column() {
        assert_eq!(delimiter("nom\nDupont\nDurand\nMartin\n"), None);
    }

    #[test]
    fn simple_quotes_are_found_when_they_are_the_rule() {
        let dialect = find(b"'a','b'\n'1,5','l''eau'\n", true, None);
        assert_eq!((dialect.delimiter, dialect.quote), (Some(b','), Some(b'\'')));
        assert_eq!(find("nom;ville\nl'eau;'s Gravenhage\n".as_bytes(), true, None).quote, Some(b'"'));
    }

    #[test]
    fn line_ends_are_told() {
        assert_eq!(find(b"a;b\r1;2\r", true, None).line_end, LineEnd::Cr);
        assert_eq!(find(b"a;b\r\n1;2\r\n", true, None).line_end, LineEnd::Lf);
    }
}
