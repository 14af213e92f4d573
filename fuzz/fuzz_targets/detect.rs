//! Any bytes are a table or a refusal, never a crash, and never more than the limits allow.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tabular::{Limits, detect, read::SourceFile};

fuzz_target!(|bytes: &[u8]| {
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = folder.path().join("source");
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let limits = Limits { unpacked_bytes: 8 << 20, cell_bytes: 4 << 10, columns: 200, ..Limits::default() };
    let source = SourceFile { path, name: "source".to_owned() };
    let Ok(tables) = detect::open(&source, &limits, folder.path()) else { return };
    for table in tables {
        let Ok(batches) = table.batches() else { continue };
        for batch in batches.map_while(Result::ok) {
            assert_eq!(batch.columns.len(), table.header().len());
        }
    }
});
