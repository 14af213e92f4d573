//! Opening hours in OpenStreetMap's syntax: `Mo-Fr 09:00-12:00,14:00-18:00; PH off`.
//!
//! <https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification>

use super::Fault;

/// Longest text that is parsed, in bytes; OpenStreetMap itself stops at 255 characters.
pub const LONGEST: usize = 2_048;

/// Whether a text is a set of opening hours.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as opening hours.
///
/// # Errors
/// [`Fault::Length`] beyond [`LONGEST`], else [`Fault::Form`].
pub fn check(text: &str) -> Result<(), Fault> {
    if text.len() > LONGEST {
        return Err(Fault::Length { expected: LONGEST, found: text.len() });
    }
    opening_hours_syntax::parse(text).map(drop).map_err(|_| Fault::Form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_the_specification_are_valid() {
        for hours in ["24/7", "Mo-Fr 09:00-12:00,14:00-18:00", "Mo-Sa 08:00-20:00; PH off", "Apr-Sep: Su 10:00-12:00"] {
            assert!(is_valid(hours), "{hours}");
        }
    }

    #[test]
    fn sentences_are_not_hours() {
        for hours in ["", "du lundi au vendredi", "9h-12h", "Mo-Fr 09:00-", "Lu-Ve 09:00-12:00"] {
            assert_eq!(check(hours), Err(Fault::Form), "{hours}");
        }
    }

    #[test]
    fn a_text_without_end_is_not_parsed() {
        let hours = "Mo 09:00-12:00;".repeat(1_000);
        assert_eq!(check(&hours), Err(Fault::Length { expected: LONGEST, found: 15_000 }));
    }
}
