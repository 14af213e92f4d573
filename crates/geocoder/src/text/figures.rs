//! Pieces of figures: house numbers and what follows them, postcodes, ordinals, dates, telephone numbers.

use std::ops::Range;

use super::{
    fold::Before,
    lexicon,
    number_words::{self, is_month},
    reading::Reader,
    words::Kind,
};

/// What follows a number and makes it an ordinal; `e` is told apart.
const ORDINAL_ENDINGS: [&str; 9] = ["er", "re", "ere", "ier", "eme", "ieme", "nd", "nde", "o"];
/// What follows a house number, as a word.
const REPETITIONS: [&str; 7] = ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies"];
impl Reader<'_> {
    pub(super) fn figures(&mut self, at: usize) -> usize {
        let length = self.piece(at).len();
        if let Some(count) = self.telephone(at) {
            self.push(self.pieces[at].text.clone(), at..at + count, Kind::Noise);
            return count;
        }
        if let Some(count) = self.postcode(at).or_else(|| self.date(at)) {
            return count;
        }
        if length > 6 {
            self.push(self.pieces[at].text.clone(), at..at + 1, Kind::Noise);
            return 1;
        }
        if let Some(count) = self.ordinal(at) {
            return count;
        }
        let year = self.short_year(at);
        let range = self.without_zeros(at);
        self.push(range, at..at + 1, Kind::Number);
        self.last(|slot| slot.figures = true);
        if let Some(year) = year {
            let other = self.write(&year);
            self.last(|slot| slot.other = other);
        }
        1 + self.suffix(at)
    }

    /// Five figures, or two and three, whose first two are a département's.
    fn postcode(&mut self, at: usize) -> Option<usize> {
        let piece = self.piece(at);
        let possible = |code: &str| code.get(..2).is_some_and(|start| ("01".."99").contains(&start));
        if piece.len() == 5 && possible(piece) {
            self.push(self.pieces[at].text.clone(), at..at + 1, Kind::Postcode);
            return Some(1);
        }
        let parted = piece.len() == 2
            && possible(piece)
            && self.before(at + 1) == Before::Space
            && self.piece(at + 1).len() == 3
            && self.is_figures(at + 1)
            && !self.is_way(at + 2)
            && (at > 0 || !self.piece(at + 2).is_empty())
            && !(0..self.pieces.len()).any(|other| self.piece(other).len() == 5 && self.is_figures(other));
        if parted {
            let code = format!("{piece}{}", self.piece(at + 1));
            let range = self.write(&code);
            self.push(range, at..at + 2, Kind::Postcode);
        }
        parted.then_some(2)
    }

    /// `08/05/1945` is the 8th of May.
    fn date(&mut self, at: usize) -> Option<usize> {
        let slashed = self.before(at + 1) == Before::Slash && self.before(at + 2) == Before::Slash;
        let year = self.piece(at + 2).len() == 4 && self.is_figures(at + 2);
        let day = self.piece(at).parse().ok().filter(|day| (1..=31).contains(day) && slashed && year);
        let month = number_words::month_of_number(self.piece(at + 1)).filter(|_| day.is_some_and(|day: u8| day > 0))?;
        let range = self.without_zeros(at);
        self.push(range, at..at + 1, Kind::Number);
        self.last(|slot| slot.figures = true);
        self.push_known(month, at + 1..at + 2);
        // The year follows as any number.
        Some(2)
    }

    /// A telephone number: ten figures, or five pairs, the first of which begins with 0.
    fn telephone(&self, at: usize) -> Option<usize> {
        let piece = self.piece(at);
        let pairs =
            |count: usize| (0..count).all(|more| self.piece(at + more).len() == 2 && self.is_figures(at + more));
        match piece.starts_with('0') {
            true if piece.len() == 10 => Some(1),
            true if piece.len() == 2 && pairs(5) => Some(5),
            _ => None,
        }
    }

    /// `1er`, `2e`, `3 ème`.
    fn ordinal(&mut self, at: usize) -> Option<usize> {
        let ending = self.joined(at + 1);
        let glued = self.before(at + 1) == Before::Nothing;
        let is_ordinal = match ending {
            // `2E rue Pasteur` is number 2 E of a street where a number may stand; `2e avenue` is a name.
            "e" => glued && !(self.is_capital(at + 1) && self.number_may_stand(at) && self.is_way(at + 2)),
            "nd" | "re" | "o" => glued,
            _ => ORDINAL_ENDINGS.contains(&ending),
        };
        if is_ordinal {
            let range = self.without_zeros(at);
            self.push(range, at..at + 2, Kind::Number);
        }
        is_ordinal.then_some(2)
    }

    /// The suffix of the number, if one follows: 1 when it was made a word.
    fn suffix(&mut self, at: usize) -> usize {
        let suffix = self.joined(at + 1);
        let glued = self.before(at + 1) == Before::Nothing;
        let letter = suffix.len() == 1 && suffix.as_bytes()[0].is_ascii_alphabetic();
        let ends = self.before(at + 2).is_break() || self.is_way(at + 2);
        let elided = self.before(at + 2) == Before::Apostrophe;
        let is_suffix =
            REPETITIONS.contains(&suffix) || (letter && !elided && ((glued && self.piece(at).len() < 5) || ends));
        if is_suffix {
            self.push(self.pieces[at + 1].text.clone(), at + 1..at + 2, Kind::Suffix);
        } else if let Some(meant) = self.misspelt_suffix(at + 1) {
            let range = self.write(meant);
            self.push(range, at + 1..at + 2, Kind::Suffix);
            return 1;
        }
        usize::from(is_suffix)
    }

    /// `12 biss rue`, `12 teur rue`: a slip of one letter between a number and a kind of way.
    fn misspelt_suffix(&self, at: usize) -> Option<&'static str> {
        let written = self.joined(at);
        let candidate = (2..=8).contains(&written.len()) && self.is_way(at + 1) && lexicon::entry(written).is_none();
        let near = |suffix: &&&str| strsim::osa_distance(suffix, written) == 1;
        REPETITIONS.iter().filter(|_| candidate).find(near).copied()
    }

    /// `8 mai 45` may be of 1945.
    fn short_year(&self, at: usize) -> Option<String> {
        let [.., day, month] = self.slots.as_slice() else { return None };
        let dated = day.kind == Kind::Number && is_month(self.letters(&month.text));
        let year = self.piece(at);
        (dated && year.len() == 2 && year >= "14").then(|| format!("19{year}"))
    }

    fn without_zeros(&self, at: usize) -> Range<u16> {
        let range = self.pieces[at].text.clone();
        let zeros = self.piece(at).bytes().take_while(|byte| *byte == b'0').count();
        let zeros = zeros.min(usize::from(range.end - range.start) - 1) as u16;
        range.start + zeros..range.end
    }

    /// A house number may stand here: at the beginning, or after a break.
    pub(super) fn number_may_stand(&self, at: usize) -> bool {
        self.before(at).is_break()
    }
}
