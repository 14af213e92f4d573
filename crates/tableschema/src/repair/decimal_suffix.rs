//! `.0` at the end of what is no decimal number: a program took identifiers, years or counts for numbers.

use super::{Suggestion, Target, code::RepairCode, leading_zeros};

/// The cell without its decimals of nothing but zeros; zeros that went with them come back.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    let bare = without(cell)?;
    let suggestion = |after: String, certain| Some(Suggestion { code: RepairCode::DecimalSuffix, after, certain });
    if target.accepts(bare) {
        return suggestion(bare.to_owned(), true);
    }
    if !target.is_text() {
        return None;
    }
    let (after, certain) = leading_zeros::restored(bare, target)?;
    suggestion(after, certain)
}

/// Figures without `.0`, `.00`, `,0`…
fn without(cell: &str) -> Option<&str> {
    let (whole, decimals) = cell.split_once(['.', ','])?;
    let zeros = !decimals.is_empty() && decimals.len() <= 6 && decimals.bytes().all(|byte| byte == b'0');
    let figures = whole.strip_prefix('-').unwrap_or(whole);
    (zeros && !figures.is_empty() && figures.bytes().all(|byte| byte.is_ascii_digit())).then_some(whole)
}
