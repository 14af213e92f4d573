//! A damaged index file: it is refused, or read, searched and asked by position without harm.
#![no_main]

use std::{collections::BTreeSet, fs, sync::LazyLock};

use geocoder::{BuildOptions, Builder, HouseNumber, Index, Place, PlaceKind, Position, ReverseQuery, SearchQuery};
use libfuzzer_sys::fuzz_target;

/// A sound index, its folder, and its bytes.
static SOUND: LazyLock<(tempfile::TempDir, Vec<u8>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let mut builder = Builder::new(folder.path(), BuildOptions::default());
    for rank in 0..40u32 {
        let position = Position { lon: 1.9 + f64::from(rank) / 1e3, lat: 43.3 };
        let code = format!("11{:03}", 76 + rank % 3);
        let mut street = Place::new(PlaceKind::Street, &format!("{code}_{rank}"), &format!("Rue du Moulin {rank}"), &code, "Castelnaudary", position);
        street.postcodes = vec!["11400".to_owned()];
        street.numbers = (1..rank).map(|number| HouseNumber::new(number, if number % 3 == 0 { "bis" } else { "" }, position)).collect();
        builder.add(&street).expect("a street");
    }
    let file = folder.path().join("sound.index");
    builder.finish(&file, &|_| ()).expect("an index");
    let bytes = fs::read(file).expect("its bytes");
    (folder, bytes)
});

fuzz_target!(|edits: &[u8]| {
    let (folder, sound) = &*SOUND;
    let mut bytes = sound.clone();
    // Each edit: where (three bytes), what (one byte); a last odd byte cuts the file.
    for edit in edits.chunks_exact(4) {
        let at = u32::from_le_bytes([edit[0], edit[1], edit[2], 0]) as usize % bytes.len();
        bytes[at] = edit[3];
    }
    if edits.len() % 4 == 1 {
        bytes.truncate(bytes.len() * usize::from(edits[edits.len() - 1]) / 255);
    }
    let file = folder.path().join("damaged.index");
    fs::write(&file, &bytes).expect("a file");
    let Ok(index) = Index::open(&file) else { return };
    for query in ["12 bis rue du moulin 11400 castelnaudary", "moul", "rue du mouln 3", "castelnaudary"] {
        index.search(&SearchQuery::new(query));
    }
    index.reverse(&ReverseQuery { limit: 20, ..ReverseQuery::new(Position { lon: 1.92, lat: 43.3 }) });
    let mut builder = Builder::new(folder.path(), BuildOptions::default());
    if index.places() < 1000 && builder.add_index(&index, &BTreeSet::new()).is_ok() {
        let _ = builder.finish(&folder.path().join("again.index"), &|_| ());
    }
});
