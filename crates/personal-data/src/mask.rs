//! The masked form of a cell, by what was found in it.

use std::ops::Range;

use crate::{
    Detector, Extent,
    detector::{
        bank_card, birth_date, email, free_text, iban, identity_document, location,
        marks::{Mark, Marks},
        nir,
        person_name::{self, NameReader},
        phone, plate, postal_address, small_cells,
    },
};

/// What masking a column has to know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Masking {
    pub(crate) detector: Detector,
    pub(crate) extent: Extent,
    /// Least count that may be published.
    pub(crate) k: u64,
}

/// The cell with what identifies blotted out; unchanged when nothing in it does.
pub(crate) fn masked(masking: Masking, cell: &str) -> String {
    if cell.is_empty() {
        return String::new();
    }
    match masking.detector {
        Detector::Nir => nir::masked(cell),
        Detector::Iban => iban::masked(cell),
        Detector::BankCard => bank_card::masked(cell),
        Detector::IdentityDocument => identity_document::masked(cell),
        Detector::PersonName => name(masking.extent, cell),
        Detector::BirthDate => birth_date::masked(cell),
        Detector::Email => email::masked(cell),
        Detector::Phone => phone::masked(cell),
        Detector::Plate => plate::masked(cell),
        Detector::FreeText => free_text::masked(cell),
        Detector::SmallCells => small_cells::masked(cell, masking.k),
        Detector::PostalAddress | Detector::Location | Detector::SoleTrader => String::new(),
    }
}

/// Longest example, in characters.
const LONGEST_EXAMPLE: usize = 60;

/// What of a cell is shown as an example: the part that was found, masked, and nothing of what stands around it.
pub(crate) fn example(detector: Detector, cell: &str) -> String {
    let cell = cell.trim();
    let shown: String = match detector {
        Detector::Nir => part(cell, nir::first(cell), nir::masked),
        Detector::Iban => part(cell, iban::first(cell), iban::masked),
        Detector::BankCard => part(cell, bank_card::first(cell), bank_card::masked),
        Detector::Email => part(cell, email::first(cell), email::masked),
        Detector::Phone => part(cell, phone::first(cell), phone::masked),
        Detector::FreeText => free_text::first(cell),
        Detector::PersonName => person_name::masked(cell),
        Detector::PostalAddress => match postal_address::to_locality(cell) {
            locality if locality.is_empty() => "…".to_owned(),
            locality => format!("… {locality}"),
        },
        Detector::Location => location::coarser(cell, 1),
        Detector::SmallCells => cell.to_owned(),
        Detector::IdentityDocument | Detector::BirthDate | Detector::SoleTrader => stars(cell),
        Detector::Plate => part(cell, plate::first(cell), stars),
    };
    if shown.chars().count() <= LONGEST_EXAMPLE {
        return shown;
    }
    shown.chars().take(LONGEST_EXAMPLE - 1).chain(['…']).collect()
}

fn stars(text: &str) -> String {
    text.chars().map(|character| if character.is_alphanumeric() { '*' } else { character }).collect()
}

/// The part of the cell, masked. Should the detector not find again what it found, nothing is shown.
fn part(cell: &str, range: Option<Range<usize>>, masked: impl Fn(&str) -> String) -> String {
    range.and_then(|range| cell.get(range)).map_or_else(|| "…".to_owned(), masked)
}

/// Every name of a column of names; in a column that also names organisations, those of persons only.
fn name(extent: Extent, cell: &str) -> String {
    const PERSON: Marks = Marks::of(&[Mark::PersonStrong, Mark::PersonWeak, Mark::PersonTitled]);
    let marks = NameReader::default().marks(cell);
    let concerned = match extent {
        Extent::Column => !marks.has(Mark::Organisation),
        Extent::Cells => marks.meets(PERSON),
    };
    if concerned { person_name::masked(cell) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_show_what_was_found_and_nothing_around() {
        for (detector, cell, shown) in [
            (Detector::Nir, "Dupont 1 85 05 78 006 084 91 Bram", "* ** ** ** *** *** **"),
            (Detector::Email, "Jean Dupont <j.dupont@orange.fr>", "…@orange.fr"),
            (Detector::Phone, "Mme Dupont 06 12 34 56 78 (soir)", "06 ** ** ** **"),
            (Detector::FreeText, "Voir avec Mme Sophie Dupont au 3 rue X", "Mme D…"),
            (Detector::PostalAddress, "12 rue des Lilas 11150 Bram", "… 11150 Bram"),
            (Detector::BirthDate, "30/05/1984", "**/**/****"),
            (Detector::Location, "43.123456", "43.1"),
            (Detector::Plate, "gris AB-123-CD", "**-***-**"),
            (Detector::Iban, "voir FR1420041010050500013M02606", "FR*************************"),
        ] {
            assert_eq!(example(detector, cell), shown, "{detector:?}");
        }
        assert_eq!(example(Detector::PersonName, &format!("Mme {}", "A".repeat(200))), "Mme A…");
    }
}
