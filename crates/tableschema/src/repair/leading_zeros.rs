//! Zeros that a spreadsheet ate at the beginning of an identifier: `1004` for the commune `01004`.
//!
//! They come back only when one width alone makes the value right: the check digit of a SIREN or a SIRET, or the width
//! that the field's pattern or length asks.

use super::{Suggestion, Target, code::RepairCode, target::Identity};

/// Most zeros that are put back. More are a placeholder, not an accident.
const MOST: usize = 3;

/// The cell with its zeros.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    if !target.is_text() {
        return None;
    }
    let (after, certain) = restored(cell, target)?;
    Some(Suggestion { code: RepairCode::LeadingZeros, after, certain })
}

/// Figures with the zeros that make them right, and whether nothing else can be meant.
pub(super) fn restored(cell: &str, target: &Target) -> Option<(String, bool)> {
    let figures = cell.bytes().next()?.is_ascii_digit() && cell.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let mostly = cell.bytes().filter(u8::is_ascii_digit).count() + 1 >= cell.len();
    if !figures || !mostly || cell.len() > 20 {
        return None;
    }
    let mut right = (1..=MOST).filter_map(|zeros| {
        let padded = format!("{}{cell}", "000".get(..zeros)?);
        target.accepts(&padded).then_some((padded, zeros))
    });
    let (after, zeros) = right.next()?;
    if right.next().is_some() {
        return None;
    }
    // One wrong number in ten has a right key by chance, and more zeros are rarer: they need a person's word.
    let certain = match target.identity {
        Some(Identity::Siren | Identity::Siret) => target.key_holds(&after) && zeros <= 2,
        _ => zeros == 1,
    };
    Some((after, certain))
}
