//! The words of a text, each with what it probably is and where it came from.

use std::ops::Range;

/// What a word probably is. It is a guess from the word and its neighbours: a town may be called Rue, and a street after
/// a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word like any other.
    Plain,
    /// An article or a particle: `de`, `la`, `sur`, `et`. Says little.
    Article,
    /// A kind of way where one may stand: `rue`, `avenue`, `lotissement`, but no more after an article.
    StreetType,
    /// What stands before a person's name and is often left out: `general`, `docteur`; `saint` is none.
    Title,
    /// A number in figures or in words; the word's text is figures.
    Number,
    /// What follows a house number: `bis`, `b`.
    Suffix,
    /// Five figures that can be a postcode.
    Postcode,
    /// Doesn't help to find a place: `cedex`, a post office box, a floor, a person's name.
    Noise,
    /// Probably the name of a building or of a residence that stands before the address itself: to be left out when the
    /// rest is enough.
    Complement,
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Normalised: lower case without accents, abbreviations in full, numbers in figures.
    pub text: &'a str,
    /// As it was written (lower case, without accents), where normalisation chose between readings: `mal` for
    /// `marechal`, `quatre` for `4`. A name is to be found by either.
    pub other: Option<&'a str>,
    /// What it probably is.
    pub kind: Kind,
    /// Its bytes in the text given; words of one abbreviation have the same.
    pub span: (usize, usize),
    /// It was figures: neither a number in words, nor an ordinal, nor a Roman numeral.
    pub figures: bool,
    /// A comma, a semicolon or the end of a line stands before it.
    pub after_break: bool,
}

/// The words of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Normalised words, and the other readings, one after the other.
    pub(super) text: String,
    pub(super) slots: Vec<Slot>,
}

/// A word, as ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) text: Range<u16>,
    /// Empty: none.
    pub(super) other: Range<u16>,
    pub(super) kind: Kind,
    pub(super) span: (u32, u32),
    pub(super) figures: bool,
    pub(super) after_break: bool,
}

impl Words {
    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// There is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The word of this number, from 0.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Word<'_>> {
        self.slots.get(at).map(|slot| self.word(slot))
    }

    /// The words in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Word<'_>> + ExactSizeIterator + Clone {
        self.slots.iter().map(|slot| self.word(slot))
    }

    /// The normalised words, with spaces between them.
    #[must_use]
    pub fn joined(&self) -> String {
        let mut joined = String::with_capacity(self.text.len() + self.slots.len());
        for word in self.iter() {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(word.text);
        }
        joined
    }

    fn word(&self, slot: &Slot) -> Word<'_> {
        let other = self.piece(&slot.other);
        Word {
            text: self.piece(&slot.text),
            other: (!other.is_empty()).then_some(other),
            kind: slot.kind,
            span: (slot.span.0 as usize, slot.span.1 as usize),
            figures: slot.figures,
            after_break: slot.after_break,
        }
    }

    fn piece(&self, range: &Range<u16>) -> &str {
        self.text.get(usize::from(range.start)..usize::from(range.end)).unwrap_or("")
    }
}
