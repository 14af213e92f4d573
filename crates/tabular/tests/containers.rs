//! Containers, and files that are not what their name says.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod reading;

use std::io::{Cursor, Write};

use flate2::{Compression, write::GzEncoder};
use reading::{read, read_all, read_all_within};
use tabular::{ErrorCode, Limits};
use zip::{ZipWriter, write::SimpleFileOptions};

const TREES: &str = "id;essence\n1;Platane\n2;Cèdre\n";
const BENCHES: &str = "id,rue,bois\n7,Arcole,oui\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_gzip_file_is_the_table_inside() {
    let table = read("arbres.csv.gz", &gzip(TREES.as_bytes())).unwrap();
    assert_eq!(table.rows, [["1", "Platane"], ["2", "Cèdre"]]);
    assert_eq!(table.source.containers, ["gzip"]);
    assert!(table.remarks.warnings.is_empty());
}

#[test]
fn several_gzip_members_are_one_file() {
    let both = [gzip(TREES.as_bytes()), gzip(b"3;Orme\n")].concat();
    assert_eq!(read("arbres.csv.gz", &both).unwrap().rows.len(), 3);
}

#[test]
fn each_table_of_an_archive_is_a_table_and_the_rest_is_passed_over() {
    let bytes = archive(&[
        ("ville/arbres.csv", TREES.as_bytes()),
        ("ville/bancs.csv", BENCHES.as_bytes()),
        ("lisez-moi.txt", b"Bonjour.\nVoici des arbres.\n"),
        ("photo.jpg", b"\xFF\xD8\xFF"),
        ("vide.csv", b""),
        ("__MACOSX/ville/._arbres.csv", b"\0\0\0"),
    ]);
    let tables = read_all("ville.zip", &bytes).unwrap();
    let names: Vec<Option<&str>> = tables.iter().map(|table| table.name.as_deref()).collect();
    assert_eq!(names, [Some("arbres.csv"), Some("bancs.csv")]);
    assert_eq!(tables[1].rows, [["7", "Arcole", "oui"]]);
    assert_eq!(tables[0].source.containers, ["zip"]);
}

#[test]
fn containers_in_containers_are_told_from_the_outermost_and_bounded() {
    let inner = archive(&[("arbres.csv.gz", &gzip(TREES.as_bytes()))]);
    let table = read("arbres.zip", &inner).unwrap();
    assert_eq!(table.source.containers, ["zip", "gzip"]);
    let deep = (0..5).fold(TREES.as_bytes().to_vec(), |bytes, _| gzip(&bytes));
    assert_eq!(read("arbres.gz", &deep).unwrap_err().code, ErrorCode::TooDeep);
}

#[test]
fn a_bomb_is_refused_by_its_ratio_and_by_its_size() {
    let zeros = vec![b'0'; 64 << 20];
    let error = read("table.csv.gz", &gzip(&zeros)).unwrap_err();
    assert_eq!(error.code, ErrorCode::TooLarge);
    let error = read_all("table.zip", &archive(&[("table.csv", &zeros)])).unwrap_err();
    assert_eq!(error.code, ErrorCode::TooLarge);
    let limits = Limits { unpacked_bytes: 30, ..Limits::default() };
    let twice = archive(&[("a.csv", TREES.as_bytes()), ("b.csv", BENCHES.as_bytes())]);
    assert_eq!(read_all_within("table.zip", &twice, &limits).unwrap_err().code, ErrorCode::TooLarge);
}

#[test]
fn a_member_cannot_lead_out_of_the_scratch_folder() {
    let bytes = archive(&[("../../dehors.csv", TREES.as_bytes()), ("/racine.csv", BENCHES.as_bytes())]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("source.zip");
    std::fs::write(&path, bytes).unwrap();
    let scratch = folder.path().join("a/b/scratch");
    let source = tabular::read::SourceFile { path, name: "source.zip".to_owned() };
    let tables = tabular::detect::open(&source, &Limits::default(), &scratch).unwrap();
    assert_eq!(tables.len(), 2);
    assert_eq!(std::fs::read_dir(folder.path().join("a")).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn too_many_members_or_tables_are_refused() {
    let names: Vec<String> = (0..12).map(|index| format!("{index}.csv")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), TREES.as_bytes())).collect();
    let bytes = archive(&members);
    for limits in [Limits { archive_members: 10, ..Limits::default() }, Limits { tables: 10, ..Limits::default() }] {
        assert_eq!(read_all_within("t.zip", &bytes, &limits).unwrap_err().code, ErrorCode::TooManyTables);
    }
}

#[test]
fn a_member_that_needs_a_password_is_told() {
    let mut bytes = archive(&[("secret.csv", TREES.as_bytes())]);
    // The flag of encryption, in the local header and in the central directory.
    let central = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    let error = read_all("secret.zip", &bytes).unwrap_err();
    assert_eq!((error.code, error.place.table.as_deref()), (ErrorCode::Encrypted, Some("secret.csv")));
}

#[test]
fn damaged_containers_are_told() {
    let whole = gzip(TREES.repeat(1_000).as_bytes());
    assert_eq!(read("t.csv.gz", &whole[..whole.len() / 2]).unwrap_err().code, ErrorCode::BrokenFile);
    let zip = archive(&[("t.csv", TREES.repeat(1_000).as_bytes())]);
    assert_eq!(read("t.zip", &zip[..zip.len() / 2]).unwrap_err().code, ErrorCode::BrokenFile);
}

#[test]
fn a_name_that_lies_is_told_and_the_table_is_read() {
    let table = read("arbres.xls", TREES.as_bytes()).unwrap();
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.warning("extension-mismatch"), Some((None, ".xls: csv")));
    assert_eq!(read("arbres.csv", &gzip(TREES.as_bytes())).unwrap().rows.len(), 2);
}

#[test]
fn what_is_no_table_is_named() {
    let refusal = |bytes: &[u8]| {
        let error = read("table.csv", bytes).unwrap_err();
        (error.code, error.detail)
    };
    assert_eq!(refusal(b"<!DOCTYPE html><html><body>404"), (ErrorCode::NoTable, "HTML page".to_owned()));
    assert_eq!(refusal(b"%PDF-1.4\n"), (ErrorCode::NoTable, "PDF document".to_owned()));
    assert_eq!(refusal(b"\x89PNG\r\n\x1a\n"), (ErrorCode::NoTable, "PNG picture".to_owned()));
    assert_eq!(refusal(b"Rar!\x1a\x07\x00").0, ErrorCode::UnknownFormat);
    assert_eq!(refusal(&archive(&[("word/document.xml", b"<w/>")])).0, ErrorCode::NoTable);
    assert_eq!(refusal(&archive(&[("notice.pdf", b"%PDF-")])).0, ErrorCode::NoTable);
}
