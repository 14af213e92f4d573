//! Patterns of constraints, on an engine whose time is linear in the cell's length.

mod automaton;
mod line;
mod translate;

use std::sync::Arc;

use regex::bytes::{Regex, RegexBuilder};

use self::automaton::Automaton;

/// A compiled pattern; the whole cell must match.
#[derive(Debug, Clone)]
pub(crate) enum Pattern {
    /// As a table of bytes.
    Table(Arc<Automaton>),
    /// On the general engine. A copy has scratch space of its own.
    General(Regex),
}

/// What the patterns of one schema may take together.
#[derive(Debug)]
pub(crate) struct Budget {
    /// Bytes of what is compiled.
    bytes: usize,
    /// Steps of making tables; without any left, patterns run on the general engine.
    steps: usize,
}

/// Steps of making tables: some tenths of a second.
const STEPS: usize = 20_000_000;
/// Sizes that a pattern of the general engine is tried with, since it doesn't say how large it is.
const SIZES: [usize; 3] = [64 << 10, 1 << 20, 10 << 20];

impl Budget {
    /// At most so many bytes.
    pub(crate) fn new(bytes: usize) -> Self {
        Self { bytes, steps: STEPS }
    }
}

/// Why a pattern cannot be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PatternError {
    /// It uses what only a backtracking engine has, or isn't a pattern.
    Unsupported(String),
    /// It is larger than what is left of the budget once compiled.
    TooLarge,
}

impl Pattern {
    /// Compiles a pattern in the notation of XML Schema or Python.
    pub(crate) fn new(pattern: &str, budget: &mut Budget) -> Result<Self, PatternError> {
        let translated = translate::translate(pattern).map_err(|what| PatternError::Unsupported(what.to_owned()))?;
        let automaton = Automaton::new(&translated, &mut budget.steps);
        if let Some(automaton) = automaton.filter(|automaton| automaton.bytes() <= budget.bytes) {
            budget.bytes -= automaton.bytes();
            return Ok(Self::Table(Arc::new(automaton)));
        }
        Self::general(&translated, budget)
    }

    fn general(translated: &str, budget: &mut Budget) -> Result<Self, PatternError> {
        let whole = format!(r"\A(?:{translated})\z");
        for size in SIZES.into_iter().filter(|size| *size <= budget.bytes) {
            match RegexBuilder::new(&whole).size_limit(size).dfa_size_limit(size).build() {
                Ok(regex) => {
                    budget.bytes -= size;
                    return Ok(Self::General(regex));
                }
                Err(regex::Error::CompiledTooBig(_)) => {}
                Err(error) => return Err(PatternError::Unsupported(reason(&error))),
            }
        }
        Err(PatternError::TooLarge)
    }

    /// Whether the whole cell matches.
    #[inline]
    pub(crate) fn accepts(&self, cell: &[u8]) -> bool {
        match self {
            Self::Table(automaton) => automaton.accepts(cell),
            Self::General(regex) => regex.is_match(cell),
        }
    }
}

/// The last line of the library's words: the others draw the pattern.
fn reason(error: &regex::Error) -> String {
    let words = error.to_string();
    let last = words.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compile(pattern: &str, bytes: usize) -> Result<Pattern, PatternError> {
        Pattern::new(pattern, &mut Budget::new(bytes))
    }

    fn accepts(pattern: &str, cell: &str) -> bool {
        compile(pattern, 1 << 20).unwrap().accepts(cell.as_bytes())
    }

    #[test]
    fn the_whole_cell_must_match() {
        for (pattern, cell, expected) in [
            (r"^\d{14}$", "12345678901234", true),
            (r"\d{5}", "31000", true),
            (r"\d{5}", "310001", false),
            (r"a|b", "b", true),
            (r"a|b", "bc", false),
            (r"(?i)oui", "OUI", true),
            (r"[\w.]+", "é.a", true),
            (r"a.c", "a\nc", false),
            (r"", "", true),
        ] {
            assert_eq!(accepts(pattern, cell), expected, "{pattern} {cell}");
        }
    }

    #[test]
    fn notations_of_python_and_xml_schema_are_understood() {
        for (pattern, cell) in [
            (r"[\’\'a]+", "a’"),
            (r"[[a]+", "[a"),
            (r"[a&&b~~--]+", "&a~"),
            (r"\/\d+\Z", "/12"),
            (r"{a}", "{a}"),
            (r"a{,2}", "aa"),
            (r"[\u00C0-\u00FF]+", "éà"),
            (r"\i\c*", "a-1"),
            (r"(?P<jour>\d\d)", "12"),
            (r"[a-z-[aeiou]]+", "bcd"),
        ] {
            assert!(accepts(pattern, cell), "{pattern} {cell}");
        }
        assert!(!accepts(r"[a-z-[aeiou]]+", "bad"));
    }

    #[test]
    fn what_would_need_to_go_back_is_refused() {
        for pattern in [r"(a)\1", r"(?=a)b", r"(?<!a)b", r"(?P=x)", r"(?>a)", "(", "[z-a]"] {
            assert!(matches!(compile(pattern, 1 << 20), Err(PatternError::Unsupported(_))), "{pattern}");
        }
        assert_eq!(compile(r"(\w{0,1000}){0,1000}", 1 << 20).unwrap_err(), PatternError::TooLarge);
    }

    #[test]
    fn a_pattern_that_would_take_for_ever_elsewhere_is_answered() {
        let cell = "a".repeat(50_000);
        assert!(!accepts(r"(a+)+b", &cell));
    }

    #[test]
    fn many_patterns_share_one_budget() {
        let mut budget = Budget::new(8 << 20);
        let outcomes: Vec<_> =
            (0..500).map(|n| Pattern::new(&format!(r"(a|b)*a(a|b){{20}}{n}"), &mut budget)).collect();
        assert!(outcomes[0].is_ok());
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 128);
        assert!(matches!(outcomes[499], Err(PatternError::TooLarge)));
    }

    proptest! {
        #[test]
        fn no_pattern_makes_it_stop(pattern in r"([\[\]\\(){}?*+|^$.&~a-c0-9,é-]|\\[a-zA-Z]){0,24}") {
            if let Ok(pattern) = compile(&pattern, 1 << 16) {
                let _answer = pattern.accepts(b"abc");
            }
        }
    }
}
