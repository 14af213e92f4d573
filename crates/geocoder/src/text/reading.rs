//! From pieces to words: what is short is written out, what is in words is written in figures.

use std::{fmt::Write, ops::Range};

use super::{
    fold::{self, Before, Piece},
    lexicon::{self, Entry, Where},
    noise, number_words,
    words::{Kind, Slot, Words},
};

/// The words of a name or of a query. What is beyond a thousand bytes or a hundred words is left out.
#[must_use]
pub fn words(text: &str) -> Words {
    let folded = fold::fold(text);
    let slots = Vec::with_capacity(folded.pieces.len() + 2);
    let mut reader = Reader { given: text, text: folded.text, pieces: folded.pieces, slots };
    let mut at = 0;
    while at < reader.pieces.len() {
        at += reader.step(at).max(1);
    }
    let mut words = Words { text: reader.text, slots: reader.slots };
    noise::mark(&mut words);
    words
}

/// Keys of French keyboards that give an accented letter where the digit was meant, or the other way.
const ACCENTED_KEYS: [(&str, &str); 4] = [("2", "e"), ("7", "e"), ("9", "c"), ("0", "a")];

pub(super) struct Reader<'a> {
    /// The text given.
    given: &'a str,
    /// Folded letters, then what is written out.
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) slots: Vec<Slot>,
}

/// `Grand'Rue`, however it is shortened or misspelt.
fn is_grand(piece: &str) -> bool {
    matches!(piece, "gd" | "gr" | "grd")
        || piece.starts_with("gr") && piece != "grande" && strsim::osa_distance(piece, "grand") <= 1
}

impl Reader<'_> {
    pub(super) fn piece(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |piece| self.letters(&piece.text))
    }

    pub(super) fn letters(&self, range: &Range<u16>) -> &str {
        self.text.get(usize::from(range.start)..usize::from(range.end)).unwrap_or("")
    }

    /// What stands before a piece; a break before what isn't there.
    pub(super) fn before(&self, at: usize) -> Before {
        self.pieces.get(at).map_or(Before::Break, |piece| piece.before)
    }

    /// The piece, unless a break parts it from the one before.
    pub(super) fn joined(&self, at: usize) -> &str {
        if self.before(at).is_break() { "" } else { self.piece(at) }
    }

    pub(super) fn is_figures(&self, at: usize) -> bool {
        self.piece(at).as_bytes().first().is_some_and(u8::is_ascii_digit)
    }

    /// It was written in capitals.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        let span = self.span(at..at + 1);
        self.given.get(span.0 as usize..span.1 as usize).is_some_and(|written| written.chars().any(char::is_uppercase))
    }

    /// It is a kind of way, short or in full.
    pub(super) fn is_way(&self, at: usize) -> bool {
        lexicon::entry(self.joined(at)).is_some_and(|entry| {
            let full =
                entry.full.filter(|(_, place)| matches!(place, Where::Always | Where::Way)).map(|(full, _)| full);
            entry.way || full.and_then(lexicon::entry).is_some_and(|entry| entry.way)
        })
    }

    fn span(&self, pieces: Range<usize>) -> (u32, u32) {
        let first = self.pieces.get(pieces.start).map_or(0, |piece| piece.span.0);
        let last = self.pieces.get(pieces.end.saturating_sub(1)).map_or(first, |piece| piece.span.1);
        (first, last)
    }

    /// Makes words of the piece, and of those after it that belong to it; gives how many.
    fn step(&mut self, at: usize) -> usize {
        if self.is_figures(at) {
            return self.figures(at);
        }
        self.linked(at)
            .or_else(|| self.number_sign(at))
            .or_else(|| self.accent_typed_as_figure(at))
            .or_else(|| self.number_in_words(at))
            .unwrap_or_else(|| self.word(at))
    }

    // Letters.

    /// Elisions, initials with stops, Breton c'h, `s/`: pieces that a sign links to the next.
    fn linked(&mut self, at: usize) -> Option<usize> {
        let (piece, next, sign) = (self.piece(at), self.joined(at + 1), self.before(at + 1));
        if matches!((piece, sign), ("d" | "l" | "qu", Before::Apostrophe)) {
            return Some(1);
        }
        if next.is_empty() || self.is_figures(at + 1) {
            return None;
        }
        let vowel = matches!(next.as_bytes()[0], b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h');
        match (piece, sign) {
            (_, Before::Apostrophe) if piece.ends_with('c') && next.starts_with('h') => {
                let joined = format!("{piece}{next}");
                let range = self.write(&joined);
                self.push(range, at..at + 2, Kind::Plain);
                return Some(2);
            }
            ("c" | "j" | "m" | "n" | "s" | "t", Before::Apostrophe) | ("d" | "l", Before::Space) if vowel => {
                return Some(1);
            }
            ("c", Before::Slash) if self.number_may_stand(at) => {
                self.push_known("chez", at..at + 1);
                return Some(1);
            }
            ("s", Before::Slash) => {
                let sous = next == "s" && self.before(at + 2) != Before::Break;
                self.push_known(if sous { "sous" } else { "sur" }, at..at + 1 + usize::from(sous));
                return Some(1 + usize::from(sous));
            }
            ("n", Before::Space) if next == "d" && matches!(self.joined(at + 2), "de" | "des" | "du") => {
                self.push_known("notre", at..at + 2);
                self.push_known("dame", at..at + 2);
                return Some(2);
            }
            (grand, _) if next == "rue" && is_grand(grand) => {
                self.push_known("grande", at..at + 1);
                let other = self.pieces[at].text.clone();
                self.last(|slot| slot.other = other);
                return Some(1);
            }
            _ => {}
        }
        self.initials(at)
    }

    /// `N.D.`, `Z.I.`: letters with stops and no space between them are one word.
    fn initials(&mut self, at: usize) -> Option<usize> {
        let is_letter = |at: usize| self.piece(at).len() == 1 && !self.is_figures(at);
        let more =
            (at + 1..self.pieces.len()).take_while(|at| is_letter(*at) && self.before(*at) == Before::Stop).count();
        if !is_letter(at) || more == 0 {
            return None;
        }
        let joined: String = (at..=at + more).map(|at| self.piece(at)).collect();
        let range = self.write(&joined);
        self.push_read(range, at..at + more + 1);
        Some(more + 1)
    }

    /// `n° 12` is 12, `N 7` and `D8` are roads.
    fn number_sign(&mut self, at: usize) -> Option<usize> {
        if !self.is_figures(at + 1) || self.before(at + 1).is_break() {
            return None;
        }
        let road = self.piece(at + 1).len() <= 4;
        let beginning = self.number_may_stand(at);
        match self.piece(at) {
            "no" | "num" | "numero" => return Some(1),
            "n" if beginning && self.before(at + 1) != Before::Nothing && self.is_way(at + 2) => return Some(1),
            "n" if road => self.push_parts("route nationale", at..at + 1),
            "d" if road && !self.names_a_way() => self.push_parts("route departementale", at..at + 1),
            _ => return None,
        }
        Some(1)
    }

    /// The word before is a kind of way that is no road: `Rue D`.
    fn names_a_way(&self) -> bool {
        self.slots.last().is_some_and(|slot| {
            slot.kind == Kind::StreetType && !matches!(self.letters(&slot.text), "route" | "chemin" | "voie")
        })
    }

    /// `honor2`, `fran9ois`: a figure typed for the accented letter of its key.
    fn accent_typed_as_figure(&mut self, at: usize) -> Option<usize> {
        let accent = |figure: &str| ACCENTED_KEYS.iter().find(|(key, _)| *key == figure).map(|(_, letter)| *letter);
        if self.before(at + 1) != Before::Nothing || self.before(at) == Before::Nothing {
            return None;
        }
        let (first, letter) = (self.piece(at), accent(self.piece(at + 1))?);
        let inside = self.before(at + 2) == Before::Nothing;
        let rest = if inside { self.piece(at + 2) } else { "" };
        // At the end, only é; a number stands after what is no word of a name.
        let known = lexicon::entry(first).is_some() || matches!(first, "paris" | "lyon" | "marseille");
        let likely =
            if inside { first.len() + rest.len() > 2 } else { first.len() > 3 && self.piece(at + 1) == "2" && !known };
        if !likely {
            return None;
        }
        let word = format!("{first}{letter}{rest}");
        let count = 2 + usize::from(inside);
        let range = self.write(&word);
        self.push_read(range, at..at + count);
        Some(count)
    }

    fn number_in_words(&mut self, at: usize) -> Option<usize> {
        let day = self.slots.last().is_some_and(|slot| slot.kind == Kind::Number && slot.figures);
        if day && let Some(month) = number_words::month(self.piece(at)) {
            self.push_known(month, at..at + 1);
            return Some(1);
        }
        let spelled = number_words::spelled(&|more| if more == at { self.piece(at) } else { self.joined(more) }, at);
        let (value, count) = match spelled {
            Some(spelled) => (spelled.value, spelled.words),
            None => (self.roman(at)?, 1),
        };
        let mut text = String::new();
        let _infallible = write!(text, "{value}");
        let range = self.write(&text);
        self.push(range, at..at + count, Kind::Number);
        if count == 1 {
            let other = self.pieces[at].text.clone();
            self.last(|slot| slot.other = other);
        }
        Some(count)
    }

    fn roman(&self, at: usize) -> Option<u32> {
        let piece = self.piece(at);
        let after_a_king = || {
            let king = self.slots.last().and_then(|slot| lexicon::entry(self.letters(&slot.text)));
            king.is_some_and(|entry| entry.regnal) && !self.before(at).is_break()
        };
        number_words::roman(piece).or_else(|| number_words::roman_letter(piece).filter(|_| after_a_king()))
    }

    /// A word as it is, or its full form.
    fn word(&mut self, at: usize) -> usize {
        self.push_read(self.pieces[at].text.clone(), at..at + 1);
        1
    }

    fn push_read(&mut self, word: Range<u16>, pieces: Range<usize>) {
        let Some((full, place)) = lexicon::entry(self.letters(&word)).and_then(|entry| entry.full) else {
            self.push_as_it_is(word, pieces);
            return;
        };
        let one = !full.contains(' ');
        if self.is_read(place, &pieces) {
            self.push_parts(full, pieces);
            if one {
                self.last(|slot| slot.other = word);
            }
        } else {
            self.push_as_it_is(word, pieces);
            if one {
                let other = self.write(full);
                self.last(|slot| slot.other = other);
            }
        }
    }

    /// The words of a full form; `route RD 8` says route once.
    fn push_parts(&mut self, full: &'static str, pieces: Range<usize>) {
        for (at, part) in full.split(' ').enumerate() {
            let again = at == 0
                && full.len() > part.len()
                && self.slots.last().is_some_and(|slot| self.letters(&slot.text) == part);
            if !again {
                self.push_known(part, pieces.clone());
            }
        }
    }

    fn push_as_it_is(&mut self, word: Range<u16>, pieces: Range<usize>) {
        let kind = self.kind(lexicon::entry(self.letters(&word)), &pieces);
        // `Allée A`: a letter at the end is a name.
        let letter = word.end - word.start == 1 && self.before(pieces.end).is_break() && kind == Kind::Article;
        self.push(word, pieces, if letter { Kind::Plain } else { kind });
    }

    pub(super) fn push_known(&mut self, word: &'static str, pieces: Range<usize>) {
        let kind = self.kind(lexicon::entry(word), &pieces);
        let range = self.write(word);
        self.push(range, pieces, kind);
    }

    /// Whether a short form is read as its full form here.
    fn is_read(&self, place: Where, pieces: &Range<usize>) -> bool {
        let next = pieces.end;
        let word_follows = !self.joined(next).is_empty() && !self.is_figures(next);
        match place {
            Where::Always => true,
            Where::House => word_follows && self.follows_a_number(),
            Where::Way => !self.joined(next).is_empty() && self.way_may_stand(pieces.start),
            Where::Name => word_follows && !self.is_way(next),
            Where::Bare => {
                word_follows && !lexicon::entry(self.joined(next)).is_some_and(|entry| entry.article || entry.way)
            }
            Where::Number => self.is_figures(next) && !self.before(next).is_break(),
            Where::Between => word_follows && self.slots.last().is_none_or(|slot| slot.kind != Kind::Article),
            Where::Other => false,
        }
    }

    fn follows_a_number(&self) -> bool {
        self.slots.last().is_some_and(|slot| slot.kind == Kind::Suffix || slot.kind == Kind::Number && slot.figures)
    }

    /// A kind of way may stand here: at the beginning, after a break, a number, a postcode, or an adjective.
    fn way_may_stand(&self, at: usize) -> bool {
        if self.before(at).is_break() {
            return true;
        }
        self.slots.last().is_none_or(|slot| match slot.kind {
            Kind::Suffix | Kind::Postcode => true,
            Kind::Number => slot.figures,
            _ => matches!(
                self.letters(&slot.text),
                "ancien"
                    | "ancienne"
                    | "petit"
                    | "petite"
                    | "grand"
                    | "grande"
                    | "vieux"
                    | "vieille"
                    | "nouveau"
                    | "nouvelle"
            ),
        })
    }

    fn kind(&self, entry: Option<&Entry>, pieces: &Range<usize>) -> Kind {
        let Some(entry) = entry else { return Kind::Plain };
        let last = self.slots.last().map(|slot| slot.kind);
        let held = matches!(last, Some(Kind::Article | Kind::StreetType)) && !self.before(pieces.start).is_break();
        match entry {
            Entry { way: true, .. } if !held => Kind::StreetType,
            Entry { article: true, .. } => Kind::Article,
            Entry { title: true, .. } if !self.before(pieces.end).is_break() => Kind::Title,
            _ => Kind::Plain,
        }
    }

    // Writing.

    pub(super) fn write(&mut self, text: &str) -> Range<u16> {
        let start = self.text.len() as u16;
        self.text.push_str(text);
        start..self.text.len() as u16
    }

    pub(super) fn push(&mut self, text: Range<u16>, pieces: Range<usize>, kind: Kind) {
        let pair =
            self.slots.last().is_some_and(|last| lexicon::is_pair(self.letters(&last.text), self.letters(&text)));
        if pair {
            self.last(|slot| slot.kind = Kind::StreetType);
        }
        let kind = if pair { Kind::StreetType } else { kind };
        let (span, after_break) = (self.span(pieces.clone()), self.before(pieces.start).is_break());
        self.slots.push(Slot { text, other: 0..0, kind, span, figures: false, after_break });
    }

    pub(super) fn last(&mut self, change: impl FnOnce(&mut Slot)) {
        if let Some(slot) = self.slots.last_mut() {
            change(slot);
        }
    }
}
