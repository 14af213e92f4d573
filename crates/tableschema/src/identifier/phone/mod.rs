//! Telephone numbers: French ones in the national form (`04 68 94 00 00`), any country's in the international form
//! (`+33 4 68 94 00 00`), and French short numbers (`15`, `115`, `3949`, `118 712`).
//!
//! Accepts what the ecosystem's check accepts, a forgotten leading zero included. The differences, on purpose: the
//! national form of overseas départements (`0262…`) is accepted, since it is what their towns write; words around the
//! number (`tél.`) and the five figures of text messages are not; which numbers of another country are in use is not
//! known, only the widths that they have.

mod france;
mod world;

use super::Fault;

/// Most figures of a number: fifteen by ITU-T E.164, with a prefix `00` and a zero in brackets.
const MOST: usize = 18;

/// Whether a text is a telephone number.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    check(text).is_ok()
}

/// What is wrong with a text as a telephone number.
///
/// # Errors
/// [`Fault::Characters`] when it holds more than figures and their separators, [`Fault::Length`] (with ten figures as
/// the expected width) or [`Fault::Unallotted`].
pub fn check(text: &str) -> Result<(), Fault> {
    let number = Number::read(text)?;
    let figures = number.figures();
    if number.international {
        return international(figures);
    }
    if let Some(rest) = figures.strip_prefix(b"00") {
        return international(rest);
    }
    match figures {
        [b'0', national @ ..] if national.len() == 9 => in_plan(national),
        [b'1'..=b'9', ..] if figures.len() == 9 => in_plan(figures),
        [b'3', b'3', national @ ..] if national.len() == 9 => in_plan(national),
        _ if france::is_short(figures) => Ok(()),
        _ if figures.len() < 7 && !figures.is_empty() => Err(Fault::Unallotted),
        _ => Err(Fault::Length { expected: 10, found: figures.len() }),
    }
}

/// The ten figures of a French number however it is written, or `None` when it is none (short and foreign numbers
/// included): `+33 (0)4.68.94.00.00` gives `0468940000`.
#[must_use]
pub fn national(text: &str) -> Option<[u8; 10]> {
    let number = Number::read(text).ok()?;
    let figures = number.figures();
    let figures = figures.strip_prefix(b"00").unwrap_or(figures);
    let national = match figures.strip_prefix(b"33") {
        Some(rest) if rest.len() > 8 => rest.strip_prefix(b"0").unwrap_or(rest),
        _ if number.international => return None,
        _ => figures.strip_prefix(b"0").unwrap_or(figures),
    };
    let national: &[u8; 9] = national.try_into().ok()?;
    let mut whole = [b'0'; 10];
    whole[1..].copy_from_slice(national);
    france::is_allotted(national).then_some(whole)
}

fn international(figures: &[u8]) -> Result<(), Fault> {
    // Overseas départements have calling codes of their own in the same plan.
    if let Some((b"262" | b"590" | b"594" | b"596", national)) = figures.split_at_checked(3)
        && national.len() == 9
    {
        return in_plan(national);
    }
    let Some(national) = figures.strip_prefix(b"33") else {
        return if world::is_possible(figures) { Ok(()) } else { Err(Fault::Unallotted) };
    };
    let national = national.strip_prefix(b"0").unwrap_or(national);
    match national.len() {
        9 => in_plan(national),
        _ if france::is_short(national) => Ok(()),
        found => Err(Fault::Length { expected: 10, found: found + 1 }),
    }
}

fn in_plan(national: &[u8]) -> Result<(), Fault> {
    if france::is_allotted(national) { Ok(()) } else { Err(Fault::Unallotted) }
}

/// The figures of a text, as ASCII, and whether a plus stood before them.
struct Number {
    figures: [u8; MOST],
    width: usize,
    international: bool,
}

impl Number {
    fn read(text: &str) -> Result<Self, Fault> {
        let mut number = Self { figures: [0; MOST], width: 0, international: false };
        for character in text.chars() {
            match character {
                '0'..='9' => number.push(character)?,
                '+' if number.width == 0 && !number.international => number.international = true,
                '-' | '/' | '(' | ')' | '\u{2010}'..='\u{2014}' => {}
                _ if super::figures::is_separator(character) => {}
                _ => return Err(Fault::Characters),
            }
        }
        Ok(number)
    }

    fn push(&mut self, character: char) -> Result<(), Fault> {
        let place = self.figures.get_mut(self.width).ok_or(Fault::Length { expected: 10, found: MOST + 1 })?;
        *place = u8::try_from(character).unwrap_or(b'0');
        self.width += 1;
        Ok(())
    }

    fn figures(&self) -> &[u8] {
        &self.figures[..self.width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_numbers_are_valid_however_they_are_spaced() {
        for number in [
            "0199002737",
            "01 99 00 27 37",
            "01.99.00.27.37",
            "01-99-00-27-37",
            "01/99/00/27/37",
            "04\u{a0}68\u{a0}94\u{a0}00\u{a0}00",
            "+33199002737",
            "+33 (0)1 99 00 27 37",
            "(+33) 468940000",
            "0033199002737",
            "33199002737",
            "0612345678",
            "0800 36 46 46",
            "0912345678",
        ] {
            assert!(is_valid(number), "{number}");
        }
    }

    #[test]
    fn overseas_and_short_and_foreign_numbers_are_valid() {
        for number in ["0262123456", "0692123456", "+262262123456", "15", "115", "3949", "36 46", "118 712", "116 117"]
        {
            assert!(is_valid(number), "{number}");
        }
        for number in ["+32475123456", "+3225551212", "+4930123456", "+12125551212", "0041211234567"] {
            assert!(is_valid(number), "{number}");
        }
    }

    #[test]
    fn each_fault_is_told_apart() {
        assert_eq!(check("abc"), Err(Fault::Characters));
        assert_eq!(check("04 68 94 00 00 ou 04 68 94 00 01"), Err(Fault::Characters));
        assert_eq!(check("01990027371"), Err(Fault::Length { expected: 10, found: 11 }));
        assert_eq!(check(""), Err(Fault::Length { expected: 10, found: 0 }));
        assert_eq!(check("0700123456"), Err(Fault::Unallotted));
        assert_eq!(check("0000000000"), Err(Fault::Unallotted));
        assert_eq!(check("36"), Err(Fault::Unallotted));
        assert_eq!(check("+999 1234567"), Err(Fault::Unallotted));
        assert_eq!(check(&"1".repeat(1_000)), Err(Fault::Length { expected: 10, found: 19 }));
    }

    #[test]
    fn the_ten_figures_are_found_in_any_writing() {
        for number in ["04.68.94.00.00", "+33 (0)4 68 94 00 00", "0033468940000", "33 4 68 94 00 00", "468940000"] {
            assert_eq!(national(number).as_ref(), Some(b"0468940000"), "{number}");
        }
        assert_eq!(national("3949"), None);
        assert_eq!(national("+32475123456"), None);
    }
}
