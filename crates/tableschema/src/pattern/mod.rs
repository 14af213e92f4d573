//! Patterns of constraints, on an engine whose time is linear in the cell's length.

mod automaton;
mod translate;

use std::sync::Arc;

use regex::bytes::{Regex, RegexBuilder};

use self::automaton::Automaton;

/// A compiled pattern; the whole cell must match.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    regex: Regex,
    /// The same as a table of bytes, where it is small enough.
    automaton: Option<Arc<Automaton>>,
}

/// Why a pattern cannot be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PatternError {
    /// It uses what only a backtracking engine has, or isn't a pattern.
    Unsupported(String),
    /// It is larger than the limit once compiled.
    TooLarge,
}

impl Pattern {
    /// Compiles a pattern in the notation of XML Schema or Python into at most `most_bytes`.
    pub(crate) fn new(pattern: &str, most_bytes: usize) -> Result<Self, PatternError> {
        let translated = translate::translate(pattern).map_err(|what| PatternError::Unsupported(what.to_owned()))?;
        let whole = format!(r"\A(?:{translated})\z");
        let built = RegexBuilder::new(&whole).size_limit(most_bytes).dfa_size_limit(most_bytes).build();
        match built {
            Ok(regex) => Ok(Self { regex, automaton: Automaton::new(&translated).map(Arc::new) }),
            Err(regex::Error::CompiledTooBig(_)) => Err(PatternError::TooLarge),
            Err(error) => Err(PatternError::Unsupported(reason(&error))),
        }
    }

    /// Whether the whole cell matches.
    #[inline]
    pub(crate) fn accepts(&self, cell: &[u8]) -> bool {
        match &self.automaton {
            Some(automaton) => automaton.accepts(cell),
            None => self.regex.is_match(cell),
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

    fn accepts(pattern: &str, cell: &str) -> bool {
        Pattern::new(pattern, 1 << 20).unwrap().accepts(cell.as_bytes())
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
            assert!(matches!(Pattern::new(pattern, 1 << 20), Err(PatternError::Unsupported(_))), "{pattern}");
        }
        assert_eq!(Pattern::new(r"(\w{0,1000}){0,1000}", 1 << 20).unwrap_err(), PatternError::TooLarge);
    }

    #[test]
    fn a_pattern_that_would_take_for_ever_elsewhere_is_answered() {
        let cell = "a".repeat(50_000);
        assert!(!accepts(r"(a+)+b", &cell));
    }

    proptest! {
        #[test]
        fn no_pattern_makes_it_stop(pattern in r"([\[\]\\(){}?*+|^$.&~a-c0-9,é-]|\\[a-zA-Z]){0,24}") {
            if let Ok(pattern) = Pattern::new(&pattern, 1 << 16) {
                let _answer = pattern.accepts(b"abc");
            }
        }
    }
}
