//! Any table that is written as delimited text reads back the same.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod reading;

use proptest::prelude::*;

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Utf8 { mark: bool },
    Utf16 { little: bool },
    Windows1252,
}

#[derive(Debug, Clone, Copy)]
struct Writing {
    delimiter: char,
    quote: char,
    line_end: &'static str,
    encoding: Encoding,
}

fn writing() -> impl Strategy<Value = Writing> {
    let encoding = prop_oneof![
        any::<bool>().prop_map(|mark| Encoding::Utf8 { mark }),
        any::<bool>().prop_map(|little| Encoding::Utf16 { little }),
        Just(Encoding::Windows1252),
    ];
    let delimiter = prop::sample::select(vec![',', ';', '\t', '|', ':']);
    let line_end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (delimiter, prop::sample::select(vec!['"', '\'']), line_end, encoding)
        .prop_map(|(delimiter, quote, line_end, encoding)| Writing { delimiter, quote, line_end, encoding })
}

/// Cells of every awkward character that all the encodings have.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zéèàç0-9 ,;:|\t\"'\n.-]{0,12}", "[a-z]{1,8}", "[0-9]{1,5}"]
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1usize..6).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(cell(), width), 1..20))
}

fn write(rows: &[Vec<String>], how: Writing) -> Vec<u8> {
    let mut text = format!("sep={}{}", how.delimiter, how.line_end);
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell, how.quote)).collect();
        text.push_str(&cells.join(&how.delimiter.to_string()));
        text.push_str(how.line_end);
    }
    match how.encoding {
        Encoding::Utf8 { mark } => [if mark { "\u{feff}" } else { "" }, &text].concat().into_bytes(),
        Encoding::Utf16 { little } => {
            let bytes = if little { u16::to_le_bytes } else { u16::to_be_bytes };
            format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
        }
        Encoding::Windows1252 => text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect(),
    }
}

fn quoted(cell: &str, quote: char) -> String {
    format!("{quote}{}{quote}", cell.replace(quote, &format!("{quote}{quote}")))
}

/// A header, and rows that begin with a number so that none is blank, a total or the header again.
fn framed(rows: Vec<Vec<String>>) -> (Vec<String>, Vec<Vec<String>>) {
    let width = rows[0].len();
    let header = (0..=width).map(|column| format!("intitulé {column}")).collect();
    let rows = rows
        .into_iter()
        .enumerate()
        .map(|(index, mut row)| {
            row.insert(0, format!("{}", 10_000 + index));
            row
        })
        .collect();
    (header, rows)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_table_reads_back_the_same(rows in table(), how in writing()) {
        let (header, mut rows) = framed(rows);
        // A line end alone inside a cell is one that the file itself uses.
        if how.line_end == "\r" {
            rows.iter_mut().flatten().for_each(|cell| *cell = cell.replace('\n', "\r"));
        }
        let mut all = vec![header.clone()];
        all.extend(rows.iter().cloned());
        let table = reading::read("table.csv", &write(&all, how)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(table.source.delimiter, Some(how.delimiter));
        prop_assert_eq!(table.source.quote, Some(how.quote));
        prop_assert_eq!(table.labels, header);
        prop_assert_eq!(table.rows, rows);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = reading::read_all("table", &bytes);
    }

    #[test]
    fn any_text_keeps_every_word(text in "([a-zé\"';,\t ]{0,9}\r?\n?){1,40}") {
        let Ok(table) = reading::read("table.csv", text.as_bytes()) else { return Ok(()) };
        let mut kept: String = table.rows.concat().concat();
        kept.push_str(&table.labels.concat());
        kept.extend(table.overflow.iter().flat_map(|(_, cells)| cells.concat().chars().collect::<Vec<_>>()));
        kept.extend(table.remarks.set_aside.iter().flat_map(|line| line.text.chars()));
        let letters = |text: &str| text.chars().filter(|character| character.is_alphabetic()).count();
        prop_assert_eq!(letters(&kept), letters(&text));
    }
}
