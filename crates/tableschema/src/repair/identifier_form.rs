//! Spaces, dots and dashes within an identifier: `211 100 763 00013`.

use super::{Suggestion, Target, code::RepairCode, leading_zeros};

/// The cell without them, if it is right then. Letters take the case that is asked.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    if !target.is_text() || cell.len() > 64 || !has_figures(cell) {
        return None;
    }
    let mark = |character: char| character.is_whitespace() || matches!(character, '.' | '-' | '_' | '/' | '\'' | '’');
    let bare: String = cell.chars().filter(|character| !mark(*character)).collect();
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let suggestion = |after: String, certain| Some(Suggestion { code: RepairCode::IdentifierForm, after, certain });
    let upper = bare.to_ascii_uppercase();
    for candidate in [&bare, &upper] {
        if candidate != cell && target.accepts(candidate) {
            return suggestion(candidate.clone(), true);
        }
    }
    if bare.len() == cell.len() {
        return None;
    }
    let (after, certain) = leading_zeros::restored(&bare.into(), target)?;
    suggestion(after, certain)
}

/// Words alone are no identifier.
fn has_figures(cell: &str) -> bool {
    2 * cell.bytes().filter(u8::is_ascii_digit).count() >= cell.len().min(24)
}
