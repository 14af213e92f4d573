//! Rows that are not data.

use crate::profile::{SetAside, SetAsideReason};

/// Characters of a line set aside that are kept.
const KEPT: usize = 500;
/// Labels of a row that sums the rows above it, in lower case and without accents.
const TOTALS: [&str; 10] = [
    "total",
    "totaux",
    "total general",
    "totaux generaux",
    "total global",
    "sous-total",
    "sous total",
    "grand total",
    "ensemble",
    "total ttc",
];

/// A line set aside.
pub(super) fn set_aside(line: u64, reason: SetAsideReason, cells: &[String]) -> SetAside {
    let text = cells.join(" | ");
    let text = match text.char_indices().nth(KEPT) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    };
    SetAside { line, reason, text }
}

/// Whether nothing but white space is in a cell.
pub(super) fn is_blank(cell: &[u8]) -> bool {
    cell.trim_ascii().is_empty()
}

/// Whether a cell names a total; quick to say no.
pub(super) fn names_total(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    if cell.len() > 24 || !matches!(cell.first(), Some(b't' | b'T' | b's' | b'S' | b'g' | b'G' | b'e' | b'E')) {
        return false;
    }
    let Ok(text) = std::str::from_utf8(cell) else { return false };
    let plain = text.to_lowercase().replace('é', "e");
    let plain = plain.trim_end_matches([':', ' ', '\u{a0}']);
    TOTALS.contains(&plain)
}

/// Whether a cell of a total's row is a sum.
pub(super) fn is_sum(cell: &str) -> bool {
    crate::detect::look::Look::of(cell).is_numeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_by_their_whole_label() {
        for label in ["Total", "TOTAL :", "Totaux", "Total général", "sous-total"] {
            assert!(names_total(label.as_bytes()), "{label}");
        }
        for label in ["Total hommes", "Toulouse", "Ensemble vocal", ""] {
            assert!(!names_total(label.as_bytes()), "{label}");
        }
    }

    #[test]
    fn a_long_line_is_cut_at_a_character() {
        let kept = set_aside(3, SetAsideReason::Title, &["é".repeat(600)]);
        assert_eq!(kept.text.chars().count(), KEPT);
    }
}
