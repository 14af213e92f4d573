#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::read::testing::{self, cells, labels};

/// A workbook of sheets given by their rows in the markup of the format; `state` as `visible` or `hidden`.
fn xlsx(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let package = "http://schemas.openxmlformats.org/package/2006";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let mut entries = String::new();
    let mut relations = String::new();
    for (index, (name, state, data)) in sheets.iter().enumerate() {
        let id = index + 1;
        entries += &format!("<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"r{id}\"/>");
        relations +=
            &format!("<Relationship Id=\"r{id}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>");
        part(&format!("xl/worksheets/sheet{id}.xml"), &format!("<worksheet xmlns=\"{main}\">{data}</worksheet>"));
    }
    part(
        "_rels/.rels",
        &format!(
            "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"w\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    part("[Content_Types].xml", &format!("<Types xmlns=\"{package}/content-types\"/>"));
    part(
        "xl/workbook.xml",
        &format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{entries}</sheets></workbook>"),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<Relationships xmlns=\"{package}/relationships\">{relations}<Relationship Id=\"s\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
        ),
    );
    part(
        "xl/styles.xml",
        &format!(
            "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>"
        ),
    );
    zip.finish().unwrap().into_inner()
}

/// Rows of texts and numbers.
fn data(rows: &[&[&str]]) -> String {
    let mut out = String::from("<sheetData>");
    for (row, values) in rows.iter().enumerate() {
        out += &format!("<row r=\"{}\">", row + 1);
        for (column, value) in values.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
            let place = format!("{}{}", char::from(b'A' + column as u8), row + 1);
            out += &match value.parse::<f64>() {
                Ok(_) => format!("<c r=\"{place}\"><v>{value}</v></c>"),
                Err(_) => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
            };
        }
        out += "</row>";
    }
    out + "</sheetData>"
}

fn read_all(bytes: &[u8]) -> Result<Vec<testing::Whole>> {
    testing::read_all(bytes, "a.xlsx", open)
}

#[test]
fn every_visible_sheet_with_rows_is_a_table() {
    let plain = data(&[&["nom", "n"], &["A", "12.0"], &["B", "0.30000000000000004"]]);
    let tables = read_all(&xlsx(&[
        ("Un", "visible", &plain),
        ("Vide", "visible", "<sheetData/>"),
        ("Caché", "hidden", &plain),
        ("Deux", "visible", &data(&[&["x"], &["1"]])),
    ]))
    .unwrap();
    let names: Vec<_> = tables.iter().map(|table| table.name.as_deref()).collect();
    assert_eq!(names, [Some("Un"), Some("Deux")]);
    assert_eq!(labels(&tables[0]), ["nom", "n"]);
    assert_eq!(cells(&tables[0]), [["A", "12"], ["B", "0.3"]]);
    assert_eq!(tables[0].source.header_line, Some(1));
}

#[test]
fn titles_blanks_and_totals_are_set_aside() {
    let rows: [&[&str]; 7] = [
        &["Budget 2014"],
        &[],
        &["nature", "fonction", "montant"],
        &["A", "x", "1"],
        &[],
        &["B", "y", "2"],
        &["Total", "", "3"],
    ];
    let tables = read_all(&xlsx(&[("Un", "visible", &data(&rows))])).unwrap();
    assert_eq!(tables[0].name, None);
    assert_eq!(labels(&tables[0]), ["nature", "fonction", "montant"]);
    assert_eq!(cells(&tables[0]), [["A", "x", "1"], ["B", "y", "2"]]);
    assert_eq!(tables[0].source.header_line, Some(3));
    let aside: Vec<_> = tables[0].remarks.set_aside.iter().map(|line| (line.line, line.reason)).collect();
    use SetAsideReason::{Blank, Title, Total};
    assert_eq!(aside, [(1, Title), (2, Blank), (5, Blank), (7, Total)]);
}

#[test]
fn dates_percentages_faults_and_formulas_have_their_values() {
    let rows = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>jour</v></c><c r=\"B1\" t=\"str\"><v>part</v></c><c r=\"C1\" t=\"str\"><v>calcul</v></c><c r=\"D1\" t=\"str\"><v>faute</v></c></row>
        <row r=\"2\"><c r=\"A2\" s=\"1\"><v>45943</v></c><c r=\"B2\" s=\"2\"><v>0.125</v></c><c r=\"C2\"><f>1+1</f><v>2</v></c><c r=\"D2\" t=\"e\"><v>#N/A</v></c></row></sheetData>";
    let tables = read_all(&xlsx(&[("Un", "visible", rows)])).unwrap();
    assert_eq!(cells(&tables[0]), [["2025-10-13", "0.125", "2", "#N/A"]]);
}

#[test]
fn merged_groups_are_part_of_the_labels() {
    let rows: [&[&str]; 4] = [
        &["Commune", "2012", "", "2013", ""],
        &["", "Montant", "Part", "Montant", "Part"],
        &["Assas", "1", "2", "3", "4"],
        &["Bram", "5", "6", "7", "8"],
    ];
    let merged = "<mergeCells count=\"3\"><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>";
    let tables = read_all(&xlsx(&[("Un", "visible", &(data(&rows) + merged))])).unwrap();
    assert_eq!(labels(&tables[0]), ["Commune", "2012 / Montant", "2012 / Part", "2013 / Montant", "2013 / Part"]);
    assert_eq!(tables[0].rows.len(), 2);
}

#[test]
fn far_corners_take_no_room() {
    let rows = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>";
    assert_eq!(read_all(&xlsx(&[("Un", "visible", rows)])).unwrap_err().code, ErrorCode::TooManyColumns);
}

#[test]
fn damaged_or_foreign_files_are_refused() {
    let whole = xlsx(&[("Un", "visible", &data(&[&["a"], &["1"]]))]);
    assert_eq!(read_all(&whole[..whole.len() / 2]).unwrap_err().code, ErrorCode::BrokenFile);
    assert_eq!(read_all(b"nom;n\nA;1").unwrap_err().code, ErrorCode::FormatMismatch);
    assert_eq!(read_all(b"").unwrap_err().code, ErrorCode::EmptyFile);
    let hidden = xlsx(&[("Un", "hidden", &data(&[&["a"], &["1"]]))]);
    assert_eq!(read_all(&hidden).unwrap_err().code, ErrorCode::NoTable);
    let header = xlsx(&[("Un", "visible", &data(&[&["nom", "ville"]]))]);
    assert_eq!(read_all(&header).unwrap_err().code, ErrorCode::NoRows);
}

#[test]
fn an_encrypted_workbook_is_told() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read_all(&bytes).unwrap_err().code, ErrorCode::Encrypted);
}

#[test]
fn a_workbook_that_swells_is_refused_before_it_is_read() {
    let bytes = xlsx(&[("Un", "visible", &(data(&[&["a"], &["1"]]) + &" ".repeat(4 << 20)))]);
    assert!(bytes.len() < 64 << 10);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let limits = Limits { spreadsheet_bytes: 1 << 20, ..Limits::default() };
    let source = SourceFile { path, name: "a.xlsx".to_owned() };
    let error = open(&source, &limits, folder.path()).err().unwrap();
    assert_eq!(error.code, ErrorCode::TooLarge);
}

fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_str())]
    {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read_ods(tables: &str) -> Result<Vec<testing::Whole>> {
    testing::read_all(&ods(tables), "a.ods", open)
}

#[test]
fn opendocument_values_have_their_canonical_form() {
    let tables = read_ods(
        "<table:table table:name=\"Un\"><table:table-column/><table:table-row><table:table-cell office:value-type=\"string\"><text:p>nom</text:p></table:table-cell><table:table-cell><text:p>jour</text:p></table:table-cell><table:table-cell><text:p>montant</text:p></table:table-cell><table:table-cell><text:p>heure</text:p></table:table-cell></table:table-row>
         <table:table-row><table:table-cell><office:annotation><text:p>note</text:p></office:annotation><text:p>A<text:s text:c=\"2\"/>&amp; B</text:p><text:p>suite</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2012-05-03T00:00:00\"><text:p>3 mai</text:p></table:table-cell><table:table-cell office:value-type=\"currency\" office:value=\"1063850.00\"><text:p>1 063 850 €</text:p></table:table-cell><table:table-cell office:value-type=\"time\" office:time-value=\"PT10H30M00S\"/></table:table-row>
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>
         <table:table table:name=\"Caché\" table:style-name=\"ta2\"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>",
    )
    .unwrap();
    assert_eq!(tables.len(), 1);
    assert_eq!(cells(&tables[0]), [["A  & B\nsuite", "2012-05-03", "1063850", "10:30:00"]]);
}

#[test]
fn what_opendocument_repeats_is_unfolded_within_bounds() {
    let cell = |repeats: u32| {
        format!("<table:table-cell table:number-columns-repeated=\"{repeats}\"><text:p>x</text:p></table:table-cell>")
    };
    let sheet = |rows: &str| format!("<table:table table:name=\"Un\">{rows}</table:table>");
    let row = |repeats: u32, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{repeats}\">{cells}</table:table-row>")
    };
    assert_eq!(read_ods(&sheet(&row(3, &cell(2)))).unwrap()[0].rows.len(), 2);
    let error = read_ods(&sheet(&row(1_000_000, &cell(1_000)))).unwrap_err();
    assert_eq!(error.code, ErrorCode::TooLarge);
    let error = read_ods(&sheet(&row(2, &cell(u32::MAX)))).unwrap_err();
    assert_eq!(error.code, ErrorCode::TooManyColumns);
}
