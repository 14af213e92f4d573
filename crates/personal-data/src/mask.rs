//! The masked form of a cell, by what was found in it.

use crate::{
    Detector, Extent,
    detector::{
        bank_card, birth_date, email, free_text, iban, identity_document,
        marks::{Mark, Marks},
        nir,
        person_name::{self, NameReader},
        phone, plate, small_cells,
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
