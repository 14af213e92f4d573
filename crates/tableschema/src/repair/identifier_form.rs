//! Spaces, dots and dashes within an identifier: `211 100 763 00013`.

use super::{Suggestion, Target, code::RepairCode, leading_zeros};

/// The cell without them, if it is right then. Letters take the case that is asked.
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    if !target.is_text() || cell.len() > 64 || !has_figures(cell) {
        return None;
    }
    let bare: String = cell.chars().filter(|character| !is_mark(*character, target)).collect();
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    // Spaces and dots are only there to be read; other marks may have said something.
    let sure = !cell.contains(['-', '_', '/']);
    let suggestion = |after: String, certain: bool| {
        let certain = certain && (sure || target.key_holds(&after));
        Some(Suggestion { code: RepairCode::IdentifierForm, after, certain })
    };
    let upper = bare.to_ascii_uppercase();
    for candidate in [&bare, &upper] {
        if candidate != cell && target.accepts(candidate) {
            return suggestion(candidate.clone(), true);
        }
    }
    if bare.len() == cell.len() {
        return None;
    }
    let (after, certain) = leading_zeros::restored(&bare, target)?;
    suggestion(after, certain)
}

/// Whether a character only separates. One that the field's pattern has is a part of the identifier.
fn is_mark(character: char, target: &Target) -> bool {
    if character.is_whitespace() {
        return true;
    }
    let pattern = target.field.constraints.pattern.as_deref().unwrap_or_default();
    matches!(character, '.' | '-' | '_' | '/' | '\'' | '’') && !outside_classes(pattern).any(|other| other == character)
}

/// The characters of a pattern that are not in a class such as `[a-z]`; a dot that is not escaped stands for any.
fn outside_classes(pattern: &str) -> impl Iterator<Item = char> + '_ {
    let (mut depth, mut before) = (0usize, ' ');
    pattern.chars().filter(move |character| {
        let escaped = before == '\\';
        before = if escaped { ' ' } else { *character };
        match character {
            '[' if !escaped => depth += 1,
            ']' if !escaped => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (escaped || *character != '.')
    })
}

/// Words alone are no identifier.
fn has_figures(cell: &str) -> bool {
    2 * cell.bytes().filter(u8::is_ascii_digit).count() >= cell.len().min(24)
}
