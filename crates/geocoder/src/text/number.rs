//! Which of a query's words may be the house number, and which the postcode.

use std::ops::Range;

use super::{
    number_words::is_month,
    words::{Kind, Word, Words},
};

/// A number that a query may ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseCandidate<'a> {
    /// The number.
    pub number: u32,
    /// Its suffix in lower case: `""`, `bis`, `b`.
    pub suffix: &'a str,
    /// Its words, and its suffix's.
    pub at: Range<usize>,
    /// How likely it is to be a house number, from its place in the query: 0 to 1.
    pub weight: f32,
}

/// A postcode that a query may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostcodeCandidate<'a> {
    /// Five figures.
    pub code: &'a str,
    /// Its word.
    pub at: usize,
}

/// The numbers of a query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers<'a> {
    /// The likeliest first.
    pub houses: Vec<HouseCandidate<'a>>,
    /// As they come: the last is the likeliest.
    pub postcodes: Vec<PostcodeCandidate<'a>>,
}

/// A house number has four figures at most; five figures are one only where they can't be a postcode.
const LARGEST: u32 = 19_999;

/// The candidates for house number and postcode.
///
/// A number before a kind of way is the likeliest; then one at the beginning, one at the end or after a comma, one before
/// any word. One that a name holds (after an article: `rue du 8 mai`) is hardly one, a number in words or an ordinal never.
#[must_use]
pub fn number_of(words: &Words) -> Numbers<'_> {
    let mut numbers = Numbers::default();
    for (at, word) in words.iter().enumerate() {
        match word.kind {
            Kind::Postcode => numbers.postcodes.push(PostcodeCandidate { code: word.text, at }),
            Kind::Number if word.figures => numbers.houses.extend(house(words, at, word)),
            _ => {}
        }
    }
    numbers.houses.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    numbers
}

fn house<'a>(words: &'a Words, at: usize, word: Word<'a>) -> Option<HouseCandidate<'a>> {
    let number = word.text.parse().ok().filter(|number| *number <= LARGEST)?;
    let suffix = words.get(at + 1).filter(|next| next.kind == Kind::Suffix);
    let end = at + 1 + usize::from(suffix.is_some());
    Some(HouseCandidate {
        number,
        suffix: suffix.map_or("", |word| word.text),
        at: at..end,
        weight: weight(words, at, end),
    })
}

fn weight(words: &Words, at: usize, end: usize) -> f32 {
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let after = words.get(end);
    let suffixed = end - at > 1;
    let held = before.is_some_and(|word| matches!(word.kind, Kind::Article | Kind::StreetType));
    let place = match (before, after) {
        (_, Some(_)) if before_way(words, end) => 1.0,
        (_, Some(after)) if is_month(after.text) => 0.1,
        _ if held => {
            if suffixed {
                0.5
            } else {
                0.2
            }
        }
        // A year follows its month.
        (Some(before), _) if is_month(before.text) && words.get(at).is_some_and(|word| word.text.len() == 4) => 0.15,
        (None, Some(_)) => 0.9,
        (Some(_), None) => 0.7,
        (Some(_), Some(after)) if after.after_break || after.kind == Kind::Postcode => 0.8,
        (Some(_), Some(_)) if words.get(at).is_some_and(|word| word.after_break) => 0.8,
        (Some(before), Some(_)) if matches!(before.kind, Kind::Noise | Kind::Complement) => 0.8,
        _ => 0.4,
    };
    if suffixed { (place + 0.1f32).min(1.0) } else { place }
}

/// A kind of way follows, or other numbers and then one: of `25, 27 rue Pasteur` the first is the one to find.
fn before_way(words: &Words, end: usize) -> bool {
    let next =
        words.iter().skip(end).find(|word| !(word.kind == Kind::Suffix || word.kind == Kind::Number && word.figures));
    next.is_some_and(|word| word.kind == Kind::StreetType)
}
