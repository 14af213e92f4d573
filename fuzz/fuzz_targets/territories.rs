//! Any text, asked of territories: a name, a code, a key, a position, the words of a question.
#![no_main]

use geography::territory::{self, Territory};
use geography::{CommuneQuery, Geography, Point};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let france = Geography::shipped();
    for boost_population in [false, true] {
        let query = CommuneQuery { name: Some(&text), boost_population, limit: Some(7), ..CommuneQuery::default() };
        let found = france.search(&query);
        assert!(found.len() <= 7 && found.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }
    assert!(territory::suggest(&text, None, 5).len() <= 5);
    assert!(territory::find(&text).is_none_or(|found| territory::find(&Territory::key(found)) == Some(found)));
    assert!(france.resolve(&text).iter().all(|commune| !commune.name().is_empty()));
    territory::of_siren(&text);
    if let Some(numbers) = data.first_chunk::<16>() {
        let (lon, lat) = numbers.split_at(8);
        let degrees = |bytes: &[u8]| f64::from_le_bytes(bytes.try_into().unwrap_or_default());
        let position = Point { lon: degrees(lon), lat: degrees(lat) };
        france.at(position.lon, position.lat);
        france.search(&CommuneQuery { position: Some(position), name: Some(&text), ..CommuneQuery::default() });
    }
});
