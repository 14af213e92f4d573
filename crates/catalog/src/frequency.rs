//! How often data is updated: the vocabulary of the European Union.

use std::sync::LazyLock;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::registry::{Bilingual, entries, same_name};

/// Nobody said.
pub const UNKNOWN: &str = "UNKNOWN";

/// Every frequency, the quickest first.
pub static FREQUENCIES: LazyLock<Vec<Frequency>> =
    LazyLock::new(|| entries(include_str!("../registry/frequencies.json")));

/// A frequency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frequency {
    /// `ANNUAL`, `DAILY`…
    pub code: String,
    /// Its name, as an adjective of “update” (feminine in French).
    pub name: Bilingual,
    /// Days after which the data is late; `None` when no update is promised.
    pub days: Option<f64>,
    /// Other names met in portals.
    pub aliases: Vec<String>,
}

/// The frequency of a code or a name.
pub fn find(name: &str) -> Option<&'static Frequency> {
    FREQUENCIES.iter().find(|frequency| {
        let names = frequency.aliases.iter().chain([&frequency.code, &frequency.name.fr, &frequency.name.en]);
        names.into_iter().any(|known| same_name(known, name))
    })
}

/// Whether data last changed then is later than its frequency promises; `None` when nothing is promised.
pub fn is_late(frequency: &str, modified_at: Timestamp, now: Timestamp) -> Option<bool> {
    let days = find(frequency).filter(|known| known.code != UNKNOWN)?.days?;
    // Half as long again as promised: a clerk's holidays don't make data late.
    let age = (now.as_second() - modified_at.as_second()) as f64 / 86_400.0;
    Some(age > days * 1.5 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_are_found_by_any_name() {
        for (name, code) in [
            ("annual", "ANNUAL"),
            ("Quotidienne", "DAILY"),
            ("yearly", "ANNUAL"),
            ("never", "NEVER"),
            ("inconnue", UNKNOWN),
        ] {
            assert_eq!(find(name).map(|frequency| frequency.code.as_str()), Some(code), "{name}");
        }
        assert!(find("souvent").is_none());
    }

    #[test]
    fn promised_frequencies_come_in_order() {
        let days: Vec<f64> = FREQUENCIES.iter().filter_map(|frequency| frequency.days).collect();
        assert!(days.is_sorted());
        assert!(days.len() > 15);
    }
}
