//! Delimited text gives batches whose columns are all as long as the batch, whatever its quotes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tabular::{
    Limits, detect,
    read::{RawColumn, SourceFile},
};

fn length(column: &RawColumn) -> usize {
    match column {
        RawColumn::Text(cells) => cells.into_iter().count(),
        RawColumn::Geometry(cells) => cells.into_iter().count(),
    }
}

fuzz_target!(|text: &str| {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("source.csv");
    if std::fs::write(&path, format!("sep=;\na;b\n{text}")).is_err() {
        return;
    }
    let limits = Limits { cell_bytes: 64, row_bytes: 1 << 10, columns: 20, ..Limits::default() };
    let source = SourceFile { path, name: "source.csv".to_owned() };
    let Ok(tables) = detect::open(&source, &limits, folder.path()) else { return };
    for batch in tables.iter().filter_map(|table| table.batches().ok()).flatten().map_while(Result::ok) {
        assert!(batch.columns.iter().all(|column| length(column) == batch.rows));
    }
});
