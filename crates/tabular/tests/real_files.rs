//! The demonstration town's delimited files, against what Python's `csv` module reads in them.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod reading;

use std::path::Path;

use tabular::profile::Format;

/// File, rows, columns, encoding, delimiter.
const FILES: [(&str, usize, usize, &str, char); 7] = [
    ("VilleMTP_MTP_BudgetPri_2012.csv", 1_338, 7, "windows-1252", ';'),
    ("VilleMTP_MTP_BudgetPri_2014.csv", 1_448, 7, "windows-1252", ';'),
    ("VilleMTP_MTP_Delibs.csv", 160, 8, "UTF-8", ';'),
    ("VilleMTP_MTP_Opendata.csv", 129, 18, "UTF-8", ','),
    ("VilleMTP_MTP_PermisConst.csv", 4_738, 18, "windows-1252", ';'),
    ("VilleMTP_MTP_Prenoms.csv", 51, 6, "windows-1252", ','),
    ("VilleMTP_MTP_TarifStaVoies.csv", 7_981, 17, "windows-1252", ';'),
];

#[test]
fn each_file_has_the_rows_and_columns_that_python_finds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/files");
    for (name, rows, columns, encoding, delimiter) in FILES {
        let table = reading::read(name, &std::fs::read(folder.join(name)).unwrap()).unwrap();
        assert_eq!((table.rows.len(), table.labels.len()), (rows, columns), "{name}");
        assert_eq!(table.source.encoding.as_deref(), Some(encoding), "{name}");
        assert_eq!(table.source.delimiter, Some(delimiter), "{name}");
        assert!(table.overflow.is_empty(), "{name}");
    }
}

#[test]
fn files_of_other_formats_are_read_whatever_they_are_called() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/files");
    let read = |file: &str, name: &str| reading::read(name, &std::fs::read(folder.join(file)).unwrap()).unwrap();
    let layer = read("VilleMTP_AggloMTP_PistesCyclables.zip", "pistes.zip");
    assert_eq!((layer.rows.len(), layer.source.format), (319, Format::Shapefile));
    assert_eq!(layer.source.containers, ["zip"]);
    let map = read("VilleMTP_MTP_ParkingOuv.kmz", "parkings.kmz");
    assert_eq!((map.rows.len(), map.source.format), (22, Format::Kml));
    let sheet = read("VilleMTP_MTP_EtabliPublic.ods", "etablissements.csv");
    assert_eq!((sheet.rows.len(), sheet.source.format), (1_024, Format::Ods));
    assert_eq!(sheet.warning("extension-mismatch"), Some((None, ".csv: ods")));
}
