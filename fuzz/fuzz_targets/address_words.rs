//! Whatever the text, its words lie in it, in order, and its numbers are among its words.
#![no_main]

use geocoder::text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|given: &str| {
    let words = text::words(given);
    let mut last = 0;
    for word in words.iter() {
        assert!(!word.text.is_empty());
        assert!(given.get(word.span.0..word.span.1).is_some_and(|piece| !piece.is_empty()));
        assert!(word.span.0 >= last);
        last = word.span.0;
        let _ = text::phonetic(word.text);
    }
    let numbers = text::number_of(&words);
    assert!(numbers.houses.iter().all(|house| house.at.end <= words.len()));
    for (one, other) in words.iter().zip(words.iter().skip(1)) {
        assert!((0.0..=1.0).contains(&text::similarity(one.text, other.text)));
        assert!((0.0..=1.0).contains(&text::similarity_of_prefix(one.text, other.text)));
    }
});
