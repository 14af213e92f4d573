//! What of a query doesn't help to find a place: CEDEX and boxes, floors and doors, persons, and the building's own name
//! before the address.

use super::{
    lexicon::{self, Noise},
    words::{Kind, Word, Words},
};

/// How many words a person's name has at most.
const LONGEST_NAME: usize = 4;

/// Marks what is noise, by the words around.
pub(super) fn mark(words: &mut Words) {
    for at in 0..words.len() {
        if let Some(count) = noise_at(words, at) {
            let from = at - count.before;
            set(words, from..at + count.after + 1, Kind::Noise);
        }
    }
    country(words);
    complement(words);
}

fn set(words: &mut Words, range: std::ops::Range<usize>, kind: Kind) {
    for slot in words.slots.get_mut(range).unwrap_or_default() {
        slot.kind = kind;
    }
}

/// How many words around a marker are noise with it.
struct Reach {
    before: usize,
    after: usize,
}

fn noise_at(words: &Words, at: usize) -> Option<Reach> {
    let word = words.get(at)?;
    // The marker may have been read as something else: `ch` as chemin, `pte` as petite.
    let known = |text: &str| lexicon::entry(text).and_then(|entry| entry.noise);
    let written = word.other.and_then(known);
    let noise = known(word.text).or(written)?;
    let held = at > 0 && words.get(at - 1).is_some_and(|before| before.kind == Kind::Article);
    match noise {
        Noise::Alone => {
            // `plan cadastral` is what people look for, not where.
            let plan = at > 0 && words.get(at - 1).is_some_and(|before| before.text == "plan");
            (!held && words.len() > 1).then_some(Reach { before: usize::from(plan), after: 0 })
        }
        Noise::Number => number(words, at),
        Noise::Value => (!held && value_follows(words, at)).then(|| Reach { before: 0, after: value_words(words, at) }),
        Noise::Side => (at > 0 && words.get(at - 1).is_some_and(|before| before.kind == Kind::Noise))
            .then_some(Reach { before: 0, after: 0 }),
        Noise::Floor => floor(words, at),
        Noise::Person => person(words, at),
        Noise::Start => (at == 0 && words.len() > 2).then_some(Reach { before: 0, after: 0 }),
    }
}

/// `cedex 09`, `BP 123`, `CS 12345`: five figures are the box's only when another postcode follows.
fn number(words: &Words, at: usize) -> Option<Reach> {
    let next = words.get(at + 1);
    let is_box = |word: Word<'_>| match word.kind {
        Kind::Number => word.figures || word.text.len() < 3,
        Kind::Postcode => words.iter().skip(at + 2).any(|word| word.kind == Kind::Postcode),
        Kind::Noise => true,
        _ => false,
    };
    let cedex = words.get(at).is_some_and(|word| word.text.starts_with("ced"));
    let after = usize::from(next.is_some_and(is_box));
    (after == 1 || cedex).then_some(Reach { before: 0, after })
}

/// A number or a letter follows, and is not the number of the address.
fn value_follows(words: &Words, at: usize) -> bool {
    let (next, then) = (words.get(at + 1), words.get(at + 2));
    let way_then = then.is_some_and(|word| word.kind == Kind::StreetType);
    next.is_some_and(|next| match next.kind {
        // `porte 12 rue Pasteur` leaves the number to the street, unless there is another.
        Kind::Number => next.figures && !way_then,
        Kind::Suffix => true,
        _ => next.text.len() == 1 && next.text.as_bytes()[0].is_ascii_alphabetic(),
    })
}

/// The words of a value: `apt 3B` has two.
fn value_words(words: &Words, at: usize) -> usize {
    let is = |at: usize, kind: Kind| words.get(at).is_some_and(|word| word.kind == kind && !word.after_break);
    1 + usize::from(is(at + 1, Kind::Number) && is(at + 2, Kind::Suffix))
}

/// `3e étage`, `étage 3`.
fn floor(words: &Words, at: usize) -> Option<Reach> {
    let is_number = |at: usize| words.get(at).is_some_and(|word| word.kind == Kind::Number);
    match at {
        _ if at > 0 && is_number(at - 1) => Some(Reach { before: 1, after: 0 }),
        _ if is_number(at + 1) => Some(Reach { before: 0, after: 1 }),
        _ => None,
    }
}

/// A person at the beginning, or `chez` somebody: the words up to a number, a kind of way, a break.
fn person(words: &Words, at: usize) -> Option<Reach> {
    let leading = words.iter().take(at).all(|word| word.kind == Kind::Noise);
    let chez = words.get(at).is_some_and(|word| word.text == "chez");
    let name =
        words.iter().skip(at + 1).take(LONGEST_NAME).take_while(|word| {
            !matches!(word.kind, Kind::Number | Kind::Postcode | Kind::StreetType) && !word.after_break
        });
    let after = name.count();
    // Something must be left to look for.
    let rest = at + 1 + after < words.len();
    let initial = words.get(at).is_some_and(|word| word.text.len() <= 2);
    let wanted = (leading && (!initial || after > 0)) || (chez && at > 0);
    (wanted && rest).then_some(Reach { before: 0, after })
}

/// `France` at the end, after a comma or where a postcode says that the town is over (`rue Anatole France` is a street);
/// `F` before the postcode.
fn country(words: &mut Words) {
    let last = words.len().saturating_sub(1);
    let is = |at: usize, text: &str| words.get(at).is_some_and(|word| word.text == text);
    let after_all = words.get(last).is_some_and(|word| word.after_break)
        || words.iter().position(|word| word.kind == Kind::Postcode).is_some_and(|postcode| postcode + 1 < last);
    let held =
        last > 0 && words.get(last - 1).is_some_and(|word| matches!(word.kind, Kind::Article | Kind::StreetType));
    let country = last > 0 && is(last, "france") && after_all && !held;
    let prefix = (0..last).find(|at| {
        (is(*at, "f") || is(*at, "fr")) && words.get(at + 1).is_some_and(|next| next.kind == Kind::Postcode)
    });
    if country {
        set(words, last..last + 1, Kind::Noise);
    }
    if let Some(at) = prefix {
        set(words, at..at + 1, Kind::Noise);
    }
}

/// `Résidence les Lilas, 12 rue Pasteur`, `SNCF, 20 boulevard Diderot 75012`: what stands before a number and a kind of way,
/// when it begins as a building does, or when a postcode after it says where the town is.
fn complement(words: &mut Words) {
    let is_start = |at: &usize| {
        words.get(*at).is_some_and(|word| word.kind == Kind::Number && word.figures)
            && words
                .iter()
                .skip(at + 1)
                .find(|word| word.kind != Kind::Suffix)
                .is_some_and(|word| word.kind == Kind::StreetType)
    };
    let Some(number) = (1..words.len()).find(is_start) else { return };
    let before = || words.iter().take(number).filter(|word| word.kind != Kind::Noise);
    let building = before().next().is_some_and(|word| {
        matches!(
            word.text,
            "residence"
                | "immeuble"
                | "batiment"
                | "tour"
                | "lotissement"
                | "villa"
                | "domaine"
                | "centre"
                | "zone"
                | "parc"
                | "hlm"
                | "cite"
                | "foyer"
                | "copropriete"
        )
    });
    let named = before().all(|word| matches!(word.kind, Kind::Plain | Kind::Article | Kind::Title));
    let located = words.iter().skip(number).any(|word| word.kind == Kind::Postcode);
    if !(building || named && located) {
        return;
    }
    for slot in words.slots.iter_mut().take(number).filter(|slot| !matches!(slot.kind, Kind::Noise | Kind::Postcode)) {
        slot.kind = Kind::Complement;
    }
}
