//! Words of address bases.

use catalog::addresses::{Fault, Number, Position, PositionKind, ProblemKind, StreetKind};

use crate::i18n::Text;

/// The sentence of a fault.
pub fn fault(t: &Text, fault: &Fault) -> String {
    let values = fault.values();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    t.with_all(&format!("addresses-fault-{}", fault.code()), &values)
}

/// `lieu-dit`
pub fn kind(t: &Text, kind: StreetKind) -> String {
    t.get(&format!("addresses-kind-{}", kind.as_str()))
}

/// `entrée`, or that it isn't known.
pub fn position_kind(t: &Text, kind: Option<PositionKind>) -> String {
    t.get(&format!("addresses-position-{}", kind.map_or("unknown", PositionKind::as_str)))
}

/// What is wrong, with a count.
pub fn problem(t: &Text, kind: ProblemKind, count: u64) -> String {
    t.count(&format!("addresses-problem-{}", kind.as_str()), &count)
}

/// What is wrong with one thing.
pub fn one_problem(t: &Text, kind: ProblemKind) -> String {
    t.get(&format!("addresses-problem-one-{}", kind.as_str()))
}

/// Where a number is, in a few words.
pub fn positions(t: &Text, number: &Number) -> String {
    let mut kinds: Vec<String> =
        number.positions.iter().map(|position: &Position| position_kind(t, position.kind)).collect();
    kinds.dedup();
    kinds.join(", ")
}
