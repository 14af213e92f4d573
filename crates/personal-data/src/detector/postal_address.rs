//! Postal addresses: a number and a street, `12 bis rue des Lilas, 11150 Bram`.

use super::marks::{Mark, Marks};
use crate::{text, vocabulary::Vocabulary};

/// Marks of a cell. `told`: the header speaks of an address, so that a street is enough: its number may stand in
/// another column.
pub(crate) fn marks(cell: &str, told: bool) -> Marks {
    if is_address(cell) || told && is_street(cell) { Marks::of(&[Mark::Address]) } else { Marks::NONE }
}

/// A kind of street and its name.
fn is_street(cell: &str) -> bool {
    let mut words = cell.split_whitespace();
    let (Some(kind), Some(_)) = (words.next(), words.next()) else { return false };
    cell.len() <= 200 && kind.len() > 2 && Vocabulary::get().street_types.contains(text::fold(kind).as_str())
}

fn is_address(cell: &str) -> bool {
    let cell = cell.trim_start();
    if cell.len() < 6 || cell.len() > 200 {
        return false;
    }
    // The number leads, or the street does and the number isn't far: « Résidence Les Pins, 12 rue des Lilas ».
    number_and_street(cell) || cell.split([',', ';', '\n']).skip(1).take(2).any(|part| number_and_street(part.trim()))
}

/// `12`, `12 bis`, `12-14`, `12,` and a kind of street.
fn number_and_street(part: &str) -> bool {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return false;
    }
    let vocabulary = Vocabulary::get();
    let words = part[digits..].split(|character: char| !character.is_alphanumeric() && character != '-');
    let mut folded = String::new();
    for word in words.filter(|word| !word.is_empty()).take(4) {
        text::fold_into(word, &mut folded);
        if vocabulary.street_types.contains(folded.as_str()) {
            return true;
        }
        let goes_on = matches!(folded.trim_matches('-'), "BIS" | "TER" | "QUATER" | "A" | "B" | "C" | "D" | "ET" | "N");
        if !goes_on && !folded.trim_matches('-').bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
    }
    false
}

/// Postcode and commune, when the address has them; nothing otherwise.
pub(crate) fn to_locality(cell: &str) -> String {
    let is_postcode = |word: &str| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    let mut at = 0;
    for word in cell.split([' ', ',', '\n', '\u{a0}', '-', ';']) {
        if is_postcode(word) {
            // What follows the commune (a floor, a name) isn't kept.
            let commune =
                cell[at + 5..].find(|character: char| !(character.is_alphabetic() || " -'’".contains(character)));
            let end = commune.map_or(cell.len(), |length| at + 5 + length);
            return cell[at..end].trim().to_owned();
        }
        at += word.len() + cell[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_kind_of_street_make_an_address() {
        for cell in [
            "12 rue des Lilas",
            "12 bis, avenue Foch 11150 Bram",
            "3-5 BD DE LA RÉPUBLIQUE",
            "Résidence Les Pins, 4 allée des Roses",
            "7B impasse du Four",
        ] {
            assert!(is_address(cell), "{cell}");
        }
        for cell in ["rue des Lilas", "11150 Bram", "12 chaises", "2023-01-05", "Mairie", "75001 Paris rue", "12"] {
            assert!(!is_address(cell), "{cell}");
        }
    }

    #[test]
    fn a_street_is_enough_where_the_header_speaks() {
        assert!(marks("rue des Lilas", true).has(Mark::Address));
        assert!(marks("rue des Lilas", false).is_empty() && marks("Mairie de Bram", true).is_empty());
    }

    #[test]
    fn the_locality_stays() {
        assert_eq!(to_locality("12 rue des Lilas, 11150 Bram"), "11150 Bram");
        assert_eq!(to_locality("12 rue des Lilas 11150 L’Isle-sur-Orb, 2e étage"), "11150 L’Isle-sur-Orb");
        assert_eq!(to_locality("12 rue des Lilas"), "");
        assert_eq!(to_locality("11150 Bram"), "11150 Bram");
    }
}
