//! Delimited text as town halls have it.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod reading;

use reading::{read, read_within};
use tabular::{ErrorCode, Limits, profile::SetAsideReason};

fn rows(text: &str) -> Vec<Vec<String>> {
    read("table.csv", text.as_bytes()).unwrap().rows
}

#[test]
fn delimiters_line_ends_and_encodings_are_found() {
    for (delimiter, end) in [(',', "\n"), (';', "\r\n"), ('\t', "\r"), ('|', "\n"), (':', "\r\n")] {
        let text = ["nom,ville", "Zoé,Bram", "Léa,Revel", ""].join(end).replace(',', &delimiter.to_string());
        let table = read("table.csv", text.as_bytes()).unwrap();
        assert_eq!(table.source.delimiter, Some(delimiter));
        assert_eq!(table.labels, ["nom", "ville"]);
        assert_eq!(table.rows, [["Zoé", "Bram"], ["Léa", "Revel"]], "{delimiter:?}");
    }
}

#[test]
fn every_encoding_gives_the_same_text() {
    let text = "commune;prix\nCœur-sur-Hérault;12 €\nBézu;3 €\n";
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let one_byte = |euro: u8, ligature: u8| -> Vec<u8> {
        text.chars()
            .map(|character| match character {
                '€' => euro,
                'œ' => ligature,
                other => u8::try_from(u32::from(other)).unwrap(),
            })
            .collect()
    };
    let files = [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("UTF-16LE", utf16(u16::to_le_bytes)),
        ("UTF-16BE", utf16(u16::to_be_bytes)),
        ("UTF-16LE", [vec![0xFF, 0xFE], utf16(u16::to_le_bytes)].concat()),
        ("UTF-16BE", [vec![0xFE, 0xFF], utf16(u16::to_be_bytes)].concat()),
        ("windows-1252", one_byte(0x80, 0x9C)),
        ("ISO-8859-15", one_byte(0xA4, 0xBD)),
    ];
    for (encoding, bytes) in files {
        let table = read("table.csv", &bytes).unwrap();
        assert_eq!(table.source.encoding.as_deref(), Some(encoding));
        assert_eq!(table.labels, ["commune", "prix"]);
        assert_eq!(table.rows, [["Cœur-sur-Hérault", "12 €"], ["Bézu", "3 €"]], "{encoding}");
    }
}

#[test]
fn a_line_of_another_encoding_is_read_and_told() {
    let mut bytes = "nom;ville\nZoé;Bram\nLéa;Revel\n".as_bytes().to_vec();
    bytes.extend_from_slice(b"Andr\xE9;S\xE8te\n");
    let table = read("table.csv", &bytes).unwrap();
    assert_eq!(table.rows[2], ["André", "Sète"]);
    assert_eq!(table.warning("mixed-encoding"), Some((Some(4), "1")));
}

#[test]
fn accents_that_come_late_tell_the_encoding_as_well() {
    let mut bytes = b"nom;n\n".to_vec();
    (0..200_000).for_each(|_| bytes.extend_from_slice(b"Bram;1\n"));
    bytes.extend_from_slice(b"S\xE8te;2\n");
    let table = read("table.csv", &bytes).unwrap();
    assert_eq!(table.source.encoding.as_deref(), Some("windows-1252"));
    assert_eq!(table.rows[200_000], ["Sète", "2"]);
}

#[test]
fn titles_blank_lines_totals_and_repeated_headers_are_set_aside() {
    let table = read(
        "budget.csv",
        "Budget primitif;;\n;;\nNature;Fonction;Montant\n60;A;1,5\n;;\n61;B;2,5\nNature;Fonction;Montant\n62;C;3\n\
         Total;;7\n\n"
            .as_bytes(),
    )
    .unwrap();
    assert_eq!(table.source.header_line, Some(3));
    assert_eq!(table.rows, [["60", "A", "1,5"], ["61", "B", "2,5"], ["62", "C", "3"]]);
    assert_eq!(table.set_aside(SetAsideReason::Title), [1]);
    assert_eq!(table.set_aside(SetAsideReason::Blank), [2, 5, 10]);
    assert_eq!(table.set_aside(SetAsideReason::Header), [7]);
    assert_eq!(table.set_aside(SetAsideReason::Total), [9]);
}

#[test]
fn a_total_with_rows_below_it_is_a_row() {
    assert_eq!(rows("nom;n\nA;1\nB;2\nTotal;3\nC;4\n").len(), 4);
    assert_eq!(rows("nom;ville\nA;x\nB;y\nTotal;Access\n").len(), 3, "a company");
}

#[test]
fn the_first_line_may_declare_the_delimiter() {
    let table = read("table.csv", b"sep=|\na,b|c\n1|2\n").unwrap();
    assert_eq!((table.source.delimiter, table.source.header_line), (Some('|'), Some(2)));
    assert_eq!(table.labels, ["a,b", "c"]);
    assert_eq!(table.rows, [["1", "2"]]);
}

#[test]
fn a_table_without_header_loses_no_row() {
    let table = read("table.csv", b"1;2024-01-31;12,5\n2;2024-02-01;13,5\n3;2024-02-02;1,5\n").unwrap();
    assert_eq!(table.labels, ["", "", ""]);
    assert_eq!((table.rows.len(), table.source.header_line), (3, None));
}

#[test]
fn headers_are_passed_on_as_they_come() {
    let table = read("table.csv", b"a;a;;b\n1;2;3;4\n").unwrap();
    assert_eq!(table.labels, ["a", "a", "", "b"]);
}

#[test]
fn short_rows_are_filled_and_long_ones_keep_what_is_beyond() {
    let table = read("table.csv", b"a;b;c\n1;2;3\n4;5\n6;7;8;9\n1;2;3;\n4;5;6\n").unwrap();
    assert_eq!(table.rows[1], ["4", "5", ""]);
    assert_eq!(table.overflow, [(2, vec!["9".to_owned()])]);
    assert_eq!(table.warning("ragged-row"), Some((Some(3), "2")));
}

#[test]
fn columns_beyond_the_header_that_every_row_has_are_columns() {
    let table = read("table.csv", b"a;b\n1;2;x\n3;4;y\n").unwrap();
    assert_eq!(table.labels, ["a", "b", ""]);
    assert_eq!(table.rows, [["1", "2", "x"], ["3", "4", "y"]]);
}

#[test]
fn delimiters_at_the_end_of_every_line_make_no_column() {
    let table = read("table.csv", b"a;b;\n1;2;\n3;4;\n").unwrap();
    assert_eq!(table.labels, ["a", "b"]);
    assert!(table.remarks.warnings.is_empty());
}

#[test]
fn lines_are_counted_across_quoted_line_ends() {
    let table = read("table.csv", b"a;b\n\"x\ny\";1\n\n2;3\n4\n").unwrap();
    assert_eq!(table.rows[0], ["x\ny", "1"]);
    assert_eq!(table.set_aside(SetAsideReason::Blank), [4]);
    assert_eq!(table.warning("ragged-row"), Some((Some(6), "1")));
}

#[test]
fn a_quote_that_is_never_closed_does_not_swallow_the_file() {
    let table = read("table.csv", b"\"a\";b\n\"x;1\ny;2\nz;3\n").unwrap();
    assert_eq!(table.rows, [["\"x", "1"], ["y", "2"], ["z", "3"]]);
    assert_eq!(table.warning("unclosed-quote"), Some((Some(2), "1")));
}

#[test]
fn a_quote_that_is_never_closed_is_found_out_in_a_large_file_too() {
    let mut text = "nom;n\n\"A;1\n".to_owned();
    (2..400_000).for_each(|row| text.push_str(&format!("nom {row};{row}\n")));
    let limits = Limits { cell_bytes: 64 << 10, ..Limits::default() };
    let table = read_within("table.csv", text.as_bytes(), &limits).unwrap();
    assert_eq!(table.rows.len(), 399_999);
    assert_eq!(table.rows[0], ["\"A", "1"]);
}

#[test]
fn a_file_cut_inside_a_quoted_cell_keeps_what_came() {
    let table = read("table.csv", b"a,b\n1,\"x\"\n2,\"cut he").unwrap();
    assert_eq!(table.rows[1], ["2", "cut he"]);
    assert!(table.warning("unclosed-quote").is_some());
}

#[test]
fn rows_are_the_same_whatever_block_they_cross() {
    let mut text = "id;texte\n".to_owned();
    let wanted: Vec<Vec<String>> =
        (0..40_000).map(|row| vec![row.to_string(), format!("l'été \"{row}\";\n{}", "é".repeat(row % 70))]).collect();
    for row in &wanted {
        text.push_str(&format!("{};\"{}\"\r\n", row[0], row[1].replace('"', "\"\"")));
    }
    assert!(text.len() > 3 << 20, "several blocks");
    assert!(rows(&text) == wanted);
}

#[test]
fn an_empty_file_and_a_lone_header_are_told() {
    let code = |bytes: &[u8]| read("table.csv", bytes).unwrap_err().code;
    assert_eq!(code(b""), ErrorCode::EmptyFile);
    assert_eq!(code(b"\n \n\r\n"), ErrorCode::EmptyFile);
    assert_eq!(code(b"\xEF\xBB\xBF"), ErrorCode::EmptyFile);
    assert_eq!(code(b"a;b\n"), ErrorCode::NoRows);
}

#[test]
fn rubbish_is_refused_with_its_first_odd_byte() {
    let error = read("table.csv", b"a;b\n1;\x002\n").unwrap_err();
    assert_eq!((error.code, error.place.byte), (ErrorCode::UnknownFormat, Some(6)));
}

#[test]
fn a_nul_far_in_the_file_is_told_with_its_line_and_byte() {
    let mut bytes = b"a;b\n".to_vec();
    (0..400_000).for_each(|_| bytes.extend_from_slice(b"1;2\n"));
    let at = bytes.len() - 3;
    bytes[at] = 0;
    let error = read("table.csv", &bytes).unwrap_err();
    assert_eq!(error.code, ErrorCode::BrokenFile);
    assert_eq!((error.place.row, error.place.byte), (Some(400_001), Some(at as u64)));
}

#[test]
fn too_many_columns_are_refused_in_the_header_and_below() {
    let wide = |columns: usize| (0..columns).map(|column| column.to_string()).collect::<Vec<_>>().join(";");
    let error = read("table.csv", format!("{}\n1\n", wide(100_000)).as_bytes()).unwrap_err();
    assert_eq!((error.code, error.place.row), (ErrorCode::TooManyColumns, Some(1)));
    let mut text = "a;b\n".to_owned() + &"1;2\n".repeat(2_000);
    text.push_str(&wide(100_000));
    let error = read("table.csv", text.as_bytes()).unwrap_err();
    assert_eq!((error.code, error.place.row), (ErrorCode::TooManyColumns, Some(2_002)));
}

#[test]
fn a_huge_cell_is_refused_with_its_place() {
    let huge = "x".repeat(8 << 20);
    for quote in ["", "\""] {
        let text = format!("nom;note\nA;b\nB;{quote}{huge}{quote}\nC;d\n");
        let error = read("table.csv", text.as_bytes()).unwrap_err();
        assert_eq!(error.code, ErrorCode::CellTooLarge, "{error}");
        assert_eq!(error.place.row, Some(3));
        assert_eq!(error.place.column.as_deref(), Some("note"));
        assert_eq!(error.place.byte, Some(15));
    }
    let first = read("table.csv", huge.as_bytes()).unwrap_err();
    assert_eq!((first.code, first.place.row), (ErrorCode::CellTooLarge, Some(1)));
}

#[test]
fn reading_twice_gives_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    std::fs::write(&path, "a;b\n1;2\n3;4\n").unwrap();
    let source = tabular::read::SourceFile { path, name: "table.csv".to_owned() };
    let tables = tabular::detect::open(&source, &Limits::default(), folder.path()).unwrap();
    let count = || tables[0].batches().unwrap().map(|batch| batch.unwrap().rows).sum::<usize>();
    assert_eq!((count(), count()), (2, 2));
}
