//! Numbers in words and in Roman figures.

/// The twelve months, normalised.
const MONTHS: [&str; 12] = [
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
];

/// The name of a month.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}
