//! What is measured of columns of text and of yes and no.

use arrow::array::StringArray;

use super::{
    Frequency, Value,
    frequency::{Bounds, Frequencies},
    summary::{Summary, TOP},
};
use crate::typing::{
    header::Hints,
    kind::{self, Class, Kind},
    space,
    tally::Tally,
};

/// Characters of a text that a profile shows.
const SHOWN: usize = 200;

/// Running measures of a column of text.
pub(crate) struct Words {
    frequencies: Frequencies<Kind>,
    /// Once values are too many, the extremes are kept as they come.
    extremes: Option<(String, String)>,
    last: String,
    sorted: bool,
    any: bool,
}

impl Words {
    pub fn new(bounds: Bounds) -> Self {
        Self { frequencies: Frequencies::new(bounds), extremes: None, last: String::new(), sorted: true, any: false }
    }

    /// Takes in a batch and counts the kinds of its cells; gives the indices of the cells that are blank without being
    /// empty or null.
    pub fn observe(&mut self, raw: &StringArray, hints: Hints, tally: &mut Tally) -> Vec<usize> {
        let mut blanks = Vec::new();
        for (index, cell) in raw.iter().enumerate() {
            let Some(text) = cell.filter(|text| !text.is_empty()) else { continue };
            if space::is_blank(text.as_bytes()) {
                blanks.push(index);
                continue;
            }
            match &self.extremes {
                None if self.frequencies.is_full(text.len()) => self.extremes = self.counted_extremes(),
                _ => {}
            }
            let kind =
                self.frequencies.observe(text.as_bytes(), || kind::kind(text, hints).unwrap_or(Kind::of(Class::Text)));
            tally.add(kind);
            self.any = true;
            if self.sorted {
                self.watch_order(text);
            }
            if let Some(extremes) = &mut self.extremes {
                widen(extremes, text);
            }
        }
        blanks
    }

    fn watch_order(&mut self, text: &str) {
        if self.last.as_str() > text {
            self.sorted = false;
        } else if self.last != text {
            text.clone_into(&mut self.last);
        }
    }

    pub fn summary(&self) -> Summary {
        let (distinct, distinct_exact) = self.frequencies.distinct();
        let (min, max) = self.extremes.clone().or_else(|| self.counted_extremes()).unzip();
        Summary {
            distinct,
            distinct_exact,
            min: min.map(|text| shown(&text)),
            max: max.map(|text| shown(&text)),
            top: self
                .frequencies
                .top(TOP)
                .into_iter()
                .map(|(value, count)| Frequency { value: shown(&String::from_utf8_lossy(value)), count })
                .collect(),
            sorted: self.sorted && self.any,
            ..Summary::default()
        }
    }

    /// The extremes of the values counted one by one.
    fn counted_extremes(&self) -> Option<(String, String)> {
        let owned = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
        let values = || self.frequencies.iter().map(|(value, _)| value);
        Some((owned(values().min()?), owned(values().max()?)))
    }
}

fn widen((min, max): &mut (String, String), text: &str) {
    if text < min.as_str() {
        text.clone_into(min);
    } else if text > max.as_str() {
        text.clone_into(max);
    }
}

/// A text at a length that a profile can show.
fn shown(text: &str) -> Value {
    match text.char_indices().nth(SHOWN) {
        None => Value::from(text),
        Some((end, _)) => Value::from(format!("{}…", &text[..end])),
    }
}

/// Running counts of a column of yes and no.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub yes: u64,
    pub no: u64,
}

impl Answers {
    pub fn summary(&self) -> Summary {
        let mut top = vec![
            Frequency { value: Value::from(true), count: self.yes },
            Frequency { value: Value::from(false), count: self.no },
        ];
        top.retain(|frequency| frequency.count > 0);
        top.sort_by_key(|frequency| std::cmp::Reverse(frequency.count));
        let any = self.yes + self.no > 0;
        Summary {
            distinct: top.len() as u64,
            distinct_exact: true,
            min: any.then(|| Value::from(self.no == 0)),
            max: any.then(|| Value::from(self.yes > 0)),
            top,
            ..Summary::default()
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_and_ordered() {
        let mut words = Words::new(Bounds::shared_by(1));
        let mut tally = Tally::default();
        let raw = StringArray::from(vec![Some("a"), None, Some(" "), Some("b"), Some("b"), Some("")]);
        assert_eq!(words.observe(&raw, Hints::default(), &mut tally), [2]);
        let summary = words.summary();
        assert_eq!((summary.distinct, summary.sorted), (2, true));
        assert_eq!((summary.min.unwrap(), summary.max.unwrap()), ("a".into(), "b".into()));
        assert_eq!(summary.top[0], Frequency { value: "b".into(), count: 2 });
    }

    #[test]
    fn extremes_are_kept_past_the_bounds() {
        let mut words = Words::new(Bounds { values: 10, bytes: 1 << 10 });
        let texts: Vec<String> = (0..100).rev().map(|n| format!("{n:03}")).collect();
        let raw = StringArray::from_iter_values(&texts);
        words.observe(&raw, Hints::default(), &mut Tally::default());
        let summary = words.summary();
        assert_eq!((summary.min.unwrap(), summary.max.unwrap()), ("000".into(), "099".into()));
        assert!(!summary.sorted);
    }
}
