//! Telephone numbers in the form that the field asks.

use super::{Suggestion, Target, code::RepairCode};
use crate::identifier::phone;

/// The same number in the first form that is right: `0468940000`, `+33468940000`, `04 68 94 00 00`…
pub(super) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    if !target.is_text() || cell.len() > 64 {
        return None;
    }
    let figures = phone::national(without_label(cell))?;
    let national = std::str::from_utf8(&figures).ok()?;
    let pairs = |separator: &str| {
        let pairs: Vec<&str> = (0..5).filter_map(|pair| national.get(2 * pair..2 * pair + 2)).collect();
        pairs.join(separator)
    };
    let forms = [
        national.to_owned(),
        format!("+33{}", &national[1..]),
        pairs(" "),
        format!("+33 {} {}", &national[1..2], &pairs(" ")[3..]),
        pairs("."),
        pairs("-"),
    ];
    let after = forms.into_iter().find(|form| form != cell && target.accepts(form))?;
    Some(Suggestion { code: RepairCode::Phone, after, certain: true })
}

/// A number without the word that announces it.
fn without_label(cell: &str) -> &str {
    let labels = ["téléphone", "telephone", "tél", "tel", "Téléphone", "Telephone", "Tél", "Tel", "TEL", "T"];
    let bare = labels.iter().find_map(|label| cell.strip_prefix(label)).unwrap_or(cell);
    bare.trim_start_matches(['.', ':', ' ', '\u{a0}'])
}
