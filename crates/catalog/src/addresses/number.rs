//! House numbers and parcels as people and files write them.

use super::{Fault, Number};

/// Characters of a suffix at most.
const LONGEST_SUFFIX: usize = 10;
/// Characters of a cadastral parcel: commune (5), its former commune (3), section (2), sheet number (4).
const PARCEL: usize = 14;

/// Number and suffix of `12`, `12bis`, `12 Bis`, `12-B`.
///
/// # Errors
/// [`Fault::Number`] for anything else.
pub fn parse(text: &str) -> Result<(u32, String), Fault> {
    let fault = || Fault::Number { text: text.chars().take(40).collect() };
    let trimmed = text.trim();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = trimmed[..digits].parse().map_err(|_| fault())?;
    if !(1..=Number::LARGEST).contains(&number) {
        return Err(fault());
    }
    let rest = trimmed[digits..].trim_start_matches([' ', '-', '.', '/']);
    Ok((number, suffix(rest).ok_or_else(fault)?))
}

/// A suffix in its only writing: lower-case letters and figures; nothing when it holds anything else.
pub fn suffix(text: &str) -> Option<String> {
    let suffix = crate::slug::fold(text.trim());
    let sound = suffix.len() <= LONGEST_SUFFIX && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    sound.then_some(suffix)
}

/// Parcels of a text, separated by bars, commas or spaces.
///
/// # Errors
/// [`Fault::Parcel`] for what can't be one; [`Fault::TooMany`].
pub fn parcels(text: &str) -> Result<Vec<String>, Fault> {
    let mut parcels = Vec::new();
    for word in text.split(['|', ',', ';', ' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()) {
        let parcel = word.to_ascii_uppercase();
        if !is_parcel(&parcel) {
            return Err(Fault::Parcel { text: word.chars().take(40).collect() });
        }
        if !parcels.contains(&parcel) {
            parcels.push(parcel);
        }
        if parcels.len() > super::MOST_PARCELS {
            return Err(Fault::TooMany { what: "parcels", most: super::MOST_PARCELS });
        }
    }
    Ok(parcels)
}

/// Communes of Corsica have a letter in their code.
fn is_parcel(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.len() == PARCEL
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && bytes[10..].iter().all(u8::is_ascii_digit)
        && bytes.iter().take(5).enumerate().all(|(n, byte)| byte.is_ascii_digit() || (n == 1 && b"AB".contains(byte)))
        && bytes[5..8].iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let read = |text: &str| parse(text).ok();
        assert_eq!(read("12"), Some((12, String::new())));
        assert_eq!(read(" 12bis "), Some((12, "bis".to_owned())));
        assert_eq!(read("12 Bis"), Some((12, "bis".to_owned())));
        assert_eq!(read("7-B"), Some((7, "b".to_owned())));
        for wrong in ["", "0", "9999", "bis", "-3", "12 é'", "99999999999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn parcels_are_told_apart_and_checked() {
        assert_eq!(parcels("11076000AB0123|110760000C0007").unwrap(), ["11076000AB0123", "110760000C0007"]);
        assert_eq!(parcels("2a004000ab0123, 2A004000AB0123").unwrap(), ["2A004000AB0123"]);
        assert_eq!(parcels("").unwrap(), Vec::<String>::new());
        assert!(matches!(parcels("AB 123"), Err(Fault::Parcel { .. })));
        assert!(parcels("éééééééé").is_err());
    }
}
