//! Whatever the bytes of a file of addresses, its places are sound and its faults lie within it.
#![no_main]

use std::io::Cursor;

use geocoder::{
    Position,
    source::{self, Options},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = Options { line_bytes: 1 << 12, ..Options::default() };
    let Ok(source) = source::read(Cursor::new(bytes.to_vec()), None, &options) else { return };
    for read in source {
        match read {
            Ok(place) => {
                assert!(!place.city_code.is_empty() && !place.name.is_empty());
                let positions = place.numbers.iter().map(|number| number.position).chain([place.position]);
                positions.for_each(|position| assert_eq!(Position::new(position.lon, position.lat), Some(position)));
            }
            Err(fault) => assert!(fault.line >= 1 && !fault.message("fr").is_empty()),
        }
    }
});
