//! Counts of persons under the least that may be published.

use super::marks::{Mark, Marks};

/// Marks of a cell of a column of counts: 1 to `k` − 1. Zero points to nobody.
pub(crate) fn marks(cell: &str, k: u64) -> Marks {
    match count(cell) {
        Some(count) if count > 0 && count < k => Marks::of(&[Mark::SmallCount]),
        _ => Marks::NONE,
    }
}

/// A whole number, also as `3.0` or `1 234`.
pub(crate) fn count(cell: &str) -> Option<u64> {
    let cell = cell.trim();
    let (whole, decimals) = cell.split_once(['.', ',']).unwrap_or((cell, ""));
    if whole.is_empty() || whole.len() > 18 || !decimals.bytes().all(|byte| byte == b'0') {
        return None;
    }
    let mut value: u64 = 0;
    for character in whole.chars() {
        match character {
            '0'..='9' => value = value * 10 + u64::from(character as u32 - '0' as u32),
            ' ' | '\u{a0}' | '\u{202f}' => {}
            _ => return None,
        }
    }
    Some(value)
}

/// Nothing, for a count that is too small.
pub(crate) fn masked(cell: &str, k: u64) -> String {
    if marks(cell, k).is_empty() { cell.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_are_between_one_and_k() {
        assert!(marks("1", 5).has(Mark::SmallCount) && marks("4.0", 5).has(Mark::SmallCount));
        for cell in ["0", "5", "1 234", "", "2,5", "-1", "nc"] {
            assert!(marks(cell, 5).is_empty(), "{cell}");
        }
        assert_eq!((masked("3", 5), masked("12", 5)), (String::new(), "12".to_owned()));
    }
}
