//! A list of values, and which of them a text means.

use std::collections::HashMap;

use crate::repair::fold;

/// Largest list in which slips of the finger are looked for: it takes a comparison with each value.
const LARGEST: usize = 2_000;
/// Longest text that is compared, in bytes.
const LONGEST: usize = 200;

/// Values by what they mean.
#[derive(Debug)]
pub(in crate::repair) struct Vocabulary {
    values: Vec<String>,
    /// Folded text of each value.
    folded: Vec<String>,
    /// By folded text: the value, or `None` where several fold to the same.
    exact: HashMap<String, Option<usize>>,
    /// The same without plural marks and spaces.
    loose: HashMap<String, Option<usize>>,
}

impl Vocabulary {
    /// `None` for an empty list.
    pub(in crate::repair) fn new(values: Vec<String>) -> Option<Self> {
        let folded: Vec<String> = values.iter().map(|value| fold::words(value)).collect();
        let (mut exact, mut loose) = (HashMap::new(), HashMap::new());
        for (index, text) in folded.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            exact.entry(text.clone()).and_modify(|found| *found = None).or_insert(Some(index));
            loose.entry(loosened(text)).and_modify(|found| *found = None).or_insert(Some(index));
        }
        (!exact.is_empty()).then_some(Self { values, folded, exact, loose })
    }

    /// The value that a text means, and whether that is certain; `None` when none or several may be meant.
    pub(in crate::repair) fn nearest(&self, text: &str) -> Option<(&str, bool)> {
        if text.len() > LONGEST {
            return None;
        }
        let folded = fold::words(text);
        if folded.is_empty() {
            return None;
        }
        if let Some(found) = self.exact.get(&folded) {
            return found.map(|index| (self.values[index].as_str(), true));
        }
        if let Some(found) = self.loose.get(&loosened(&folded)) {
            return found.map(|index| (self.values[index].as_str(), true));
        }
        let index = self.by_distance(&folded).or_else(|| self.by_words(&folded))?;
        Some((self.values[index].as_str(), false))
    }

    /// The only value within a few slips of a text. Figures are no slips: `A1` is not `A2`.
    fn by_distance(&self, folded: &str) -> Option<usize> {
        let width = folded.chars().count();
        let most = (width / 5).clamp(1, 3);
        if width < 4 || self.values.len() > LARGEST {
            return None;
        }
        let (mut nearest, mut distance, mut alone) = (None, most + 1, true);
        for (index, candidate) in self.folded.iter().enumerate() {
            if candidate.chars().count().abs_diff(width) > most || figures(candidate).ne(figures(folded)) {
                continue;
            }
            let away = strsim::osa_distance(candidate, folded);
            match away.cmp(&distance) {
                std::cmp::Ordering::Less => (nearest, distance, alone) = (Some(index), away, true),
                std::cmp::Ordering::Equal => alone = false,
                std::cmp::Ordering::Greater => {}
            }
        }
        nearest.filter(|_| alone)
    }

    /// The only value that holds all the words of a text: `numéraire` for `aide en numéraire`.
    fn by_words(&self, folded: &str) -> Option<usize> {
        if folded.len() < 5 || self.values.len() > LARGEST {
            return None;
        }
        let holds = |value: &str| folded.split(' ').all(|word| value.split(' ').any(|other| other == word));
        let mut found = self.folded.iter().enumerate().filter(|(_, value)| holds(value)).map(|(index, _)| index);
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }
}

fn loosened(folded: &str) -> String {
    fold::singular(folded).replace(' ', "")
}

fn figures(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn natures() -> Vocabulary {
        let values = ["aide en numéraire", "aide en nature", "aide remboursable", "A1", "A2"];
        Vocabulary::new(values.map(str::to_owned).to_vec()).unwrap()
    }

    #[test]
    fn case_accents_and_plurals_are_certain() {
        for text in
            ["Aide en numeraire", "AIDE EN NUMÉRAIRE", "aides en  numéraire", "aide-en-numéraire", "aideennuméraire"]
        {
            assert_eq!(natures().nearest(text), Some(("aide en numéraire", true)), "{text}");
        }
    }

    #[test]
    fn slips_and_shortened_names_are_likely() {
        assert_eq!(natures().nearest("aide en numérairre"), Some(("aide en numéraire", false)));
        assert_eq!(natures().nearest("numéraire"), Some(("aide en numéraire", false)));
        assert_eq!(natures().nearest("aide en natrue"), Some(("aide en nature", false)));
    }

    #[test]
    fn what_may_be_two_things_is_left_alone() {
        for text in ["aide", "A3", "A", "prêt", "", "aide en"] {
            assert_eq!(natures().nearest(text), None, "{text}");
        }
        let twins = Vocabulary::new(vec!["Été".to_owned(), "ete".to_owned()]).unwrap();
        assert_eq!(twins.nearest("ÉTÉ"), None);
    }
}
