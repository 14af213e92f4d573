//! What the cells of a column say of addresses.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::slug::fold;

/// Kinds of streets, as files write them.
const STREET_KINDS: &str = "rue r avenue av ave boulevard bd bld boul bvd place pl chemin che chem ch impasse imp allee \
    allees all quai cours crs route rte square sq passage pass esplanade faubourg fg fbg sentier sente promenade prom \
    villa residence res lotissement lot hameau ham lieu-dit lieudit traverse montee ruelle venelle voie clos cite mail \
    domaine quartier rond-point rpt chaussee parvis galerie cour port pont plan enclos zone za zi zac";

static KINDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| STREET_KINDS.split_whitespace().collect());

/// What the cells of a column were like so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Cells that say something.
    pub filled: u64,
    /// Those with a kind of street.
    pub streets: u64,
    /// Those with a number before a kind of street.
    pub numbered: u64,
    /// Those with a postcode before the name of a commune.
    pub postcodes: u64,
    /// Those that are a number in a street: `12`, `12 bis`.
    pub numbers: u64,
    /// Those that may be a postcode or the code of a commune.
    pub codes: u64,
}

impl Tally {
    pub fn add(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        if cell.len() > 400 {
            return;
        }
        let seen = look(cell);
        self.streets += u64::from(seen.street);
        self.numbered += u64::from(seen.numbered);
        self.postcodes += u64::from(seen.postcode);
        self.numbers += u64::from(is_number(cell));
        self.codes += u64::from(is_code(cell));
    }

    /// The share of the cells that say something, 0 to 1.
    pub fn share(&self, count: u64) -> f64 {
        if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 }
    }
}

#[derive(Debug, Default)]
struct Seen {
    street: bool,
    numbered: bool,
    postcode: bool,
}

fn look(cell: &str) -> Seen {
    let mut seen = Seen::default();
    let mut number = false;
    let mut postcode = false;
    for (place, word) in cell.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.')).enumerate() {
        if word.is_empty() {
            continue;
        }
        if place > 12 && !postcode {
            break;
        }
        if is_postcode(word) {
            postcode = true;
        } else if postcode && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\'')) {
            seen.postcode = true;
            break;
        } else if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            number = word.len() <= 9;
        } else if is_kind(word) {
            seen.street = true;
            seen.numbered |= number;
        }
    }
    seen
}

fn is_kind(word: &str) -> bool {
    if word.len() > 14 || word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    if word.is_ascii() {
        KINDS.contains(word.to_ascii_lowercase().as_str())
    } else {
        KINDS.contains(fold(word).as_str())
    }
}

/// Five characters, or four when the zero in front was lost.
fn is_code(cell: &str) -> bool {
    matches!(cell.len(), 4 | 5) && cell.bytes().filter(u8::is_ascii_digit).count() >= 4
}

fn is_postcode(word: &str) -> bool {
    word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(cell: &str) -> bool {
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits) && cell.len() <= 12
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> Tally {
        let mut tally = Tally::default();
        cells.iter().for_each(|cell| tally.add(cell));
        tally
    }

    #[test]
    fn addresses_are_told_from_other_texts() {
        let tally =
            of(&["12 rue des Lilas", "3 bis, AV. FOCH 11150 BRAM", "Résidence Les Pins, 4 allée des Roses", ""]);
        assert_eq!(tally, Tally { filled: 3, streets: 3, numbered: 3, postcodes: 1, numbers: 0, codes: 0 });
        let tally = of(&["Mairie", "2024-01-05", "Piste cyclable", "11150", "1 063,50"]);
        assert_eq!((tally.streets, tally.numbered, tally.postcodes), (0, 0, 0), "{tally:?}");
    }

    #[test]
    fn numbers_of_streets_are_short() {
        assert_eq!(of(&["12", "12 bis", "7B", "34000", "Mairie"]).numbers, 3);
    }
}
