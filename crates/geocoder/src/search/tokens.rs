//! The words of a query, each with the terms of the index that it may stand for.

use super::lexicon::Lexicon;
use super::limits::SearchLimits;
use crate::answer::Agreement;
use crate::index::{Index, TermId};
use crate::query::SearchQuery;
use crate::text::{self, Kind};
use std::ops::Range;

/// Where a word of the query may stand, when the query came in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Anywhere,
    Number,
    Name,
    Town,
    Postcode,
}

/// A term that a word may stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness {
    pub term: TermId,
    pub similarity: f32,
    pub how: Agreement,
}

/// A word of the query.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub text: String,
    /// Another reading of it: `mal` beside `marechal`.
    pub other: Option<String>,
    /// As it was written, when that is an abbreviation.
    pub written: Option<String>,
    /// Its figures as they were written, with leading zeros.
    pub figures: String,
    pub kind: Kind,
    pub scope: Scope,
    /// How much it counts.
    pub weight: f32,
    /// The likeliest first.
    pub likenesses: Vec<Likeness>,
    /// Terms that it begins, when it is the last word and may be unfinished.
    pub begins: Option<Range<TermId>>,
    /// Its number, when it was figures.
    pub number: Option<u32>,
    /// It is the last word and may go on.
    pub unfinished: bool,
    /// It is the last word of what is being typed, whole or not.
    pub last_typed: bool,
    /// It is one letter: perhaps what a first name was shortened to.
    pub initial: Option<Range<TermId>>,
    /// It may be the beginning of a postcode, though it is read as a number too.
    pub half_postcode: bool,
    /// Mistakes were already allowed for.
    pub loose: bool,
    pub after_break: bool,
}

impl Token {
    /// Whether it can be what tells a name from others.
    pub(super) fn is_telling(&self) -> bool {
        !matches!(self.kind, Kind::Article | Kind::StreetType | Kind::Suffix | Kind::Postcode)
    }

    pub(super) fn may_be(&self, scope: Scope) -> bool {
        self.scope == Scope::Anywhere || self.scope == scope
    }

    /// Whether some name has this very word, or one that it begins.
    pub(super) fn is_known(&self) -> bool {
        self.begins.is_some()
            || self.number.is_some()
            || self.likenesses.iter().any(|like| like.how == Agreement::Exact)
    }

    fn stands_for(&self, term: TermId) -> bool {
        let begun = self.begins.as_ref().is_some_and(|range| range.contains(&term));
        begun || self.likenesses.iter().any(|like| like.term == term)
    }

    /// Whether it may be a house number.
    pub(super) fn is_number(&self) -> bool {
        self.number.is_some() && self.kind == Kind::Number && self.may_be(Scope::Number)
    }

    /// What it says as a postcode.
    pub(super) fn postcode(&self) -> &str {
        if self.figures.is_empty() { &self.text } else { &self.figures }
    }

    /// Whether it may be a postcode or the beginning of one.
    pub(super) fn is_postcode(&self) -> bool {
        self.may_be(Scope::Postcode)
            && (self.kind == Kind::Postcode || self.scope == Scope::Postcode || self.half_postcode)
    }
}

/// What a word that is still being typed is worth beside a whole one.
pub(super) const BEGUN: f32 = 0.95;
/// What a first name's letter is worth.
pub(super) const INITIAL: f32 = 0.75;

/// Reads a query: its parts when it has some, then its text.
pub(super) fn read(index: &Index, lexicon: &Lexicon, query: &SearchQuery, limits: &SearchLimits) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(12);
    if let Some(parts) = &query.structured {
        // A town alone is what is looked for, not only where.
        let town_alone = parts.number.is_none() && parts.street.is_none();
        let scoped = [
            (&parts.number, Scope::Number),
            (&parts.street, Scope::Name),
            (&parts.postcode, Scope::Postcode),
            (&parts.city, if town_alone { Scope::Anywhere } else { Scope::Town }),
        ];
        for (part, scope) in scoped {
            if let Some(part) = part {
                push_words(&mut tokens, part, scope, limits);
            }
        }
        // Many forms have one field for number and street.
        if parts.number.is_none() {
            let numbered = tokens.iter_mut().filter(|token| matches!(token.kind, Kind::Number | Kind::Suffix));
            numbered.filter(|token| token.scope == Scope::Name).for_each(|token| token.scope = Scope::Anywhere);
        }
    }
    push_words(&mut tokens, &query.text, Scope::Anywhere, limits);
    // After a hyphen a name goes on, after a space another word may come.
    let unfinished = query.autocomplete
        && query.text.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '-' | '\'' | '’'));
    let last = tokens.len().checked_sub(1);
    for (at, token) in tokens.iter_mut().enumerate() {
        find_exact(index, lexicon, token);
        token.last_typed = query.autocomplete && Some(at) == last;
        if unfinished && Some(at) == last {
            find_begun(index, lexicon, token);
        } else if token.text.len() == 1 && token.kind == Kind::Plain && token.number.is_none() {
            token.initial = Some(index.terms().prefix(&token.text));
            token.weight = lexicon.lightest();
        }
    }
    find_half_postcode(&mut tokens, query.autocomplete);
    tokens
}

/// A number at the end may be what was typed of a postcode, or what a spreadsheet left of one that begins with a zero.
fn find_half_postcode(tokens: &mut [Token], autocomplete: bool) {
    let others = tokens.iter().filter(|token| token.number.is_none()).count();
    let Some(last) = tokens.last_mut().filter(|last| last.kind == Kind::Number && last.number.is_some()) else {
        return;
    };
    last.half_postcode = others > 0
        && last.may_be(Scope::Postcode)
        && match last.text.len() {
            2 | 3 => autocomplete,
            4 => true,
            _ => false,
        };
}

fn push_words(tokens: &mut Vec<Token>, text: &str, scope: Scope, limits: &SearchLimits) {
    let words = text::words(text);
    let sound = words.iter().filter(|word| !matches!(word.kind, Kind::Noise)).count();
    for word in words.iter() {
        let written = text.get(word.span.0..word.span.1).unwrap_or_default();
        let figures = written.bytes().all(|byte| byte.is_ascii_digit());
        let abbreviation = !figures && written.bytes().all(|byte| byte.is_ascii_alphabetic());
        if tokens.len() >= limits.words.min(32) {
            return;
        }
        // A query of nothing but noise is perhaps no noise.
        if word.kind == Kind::Noise && sound > 0 {
            continue;
        }
        let number = if word.figures || scope == Scope::Number { word.text.parse().ok() } else { None };
        tokens.push(Token {
            text: word.text.to_owned(),
            other: word.other.map(str::to_owned),
            figures: if figures { written.to_owned() } else { String::new() },
            written: abbreviation.then(|| written.to_ascii_lowercase()).filter(|written| written != word.text),
            kind: word.kind,
            scope,
            weight: 0.0,
            likenesses: Vec::new(),
            begins: None,
            number,
            unfinished: false,
            last_typed: false,
            initial: None,
            half_postcode: false,
            loose: false,
            after_break: word.after_break,
        });
    }
}

fn find_exact(index: &Index, lexicon: &Lexicon, token: &mut Token) {
    let terms = index.terms();
    let readings = [Some(token.text.as_str()), token.other.as_deref()];
    for (reading, similarity) in readings.into_iter().flatten().zip([1.0, 0.97]) {
        if let Some(term) = terms.exact(reading)
            && !token.likenesses.iter().any(|like| like.term == term)
        {
            token.likenesses.push(Likeness { term, similarity, how: Agreement::Exact });
        }
    }
    let term = token.likenesses.first().map(|like| like.term);
    token.weight = lexicon.weight_of_word(token.kind, term);
}

fn find_begun(index: &Index, lexicon: &Lexicon, token: &mut Token) {
    if matches!(token.kind, Kind::Postcode | Kind::Suffix) || (token.number.is_some() && token.text.len() < 3) {
        return;
    }
    // What is being typed is what was typed: « rou » is no abbreviation yet.
    let typed = token.written.clone().or_else(|| token.other.clone()).unwrap_or_else(|| token.text.clone());
    token.unfinished = true;
    if typed != token.text {
        token.likenesses.iter_mut().for_each(|like| like.similarity = like.similarity.min(BEGUN));
    }
    let range = index.terms().prefix(&typed);
    if range.start >= range.end {
        return;
    }
    // What may go on says less than its whole word would, and is perhaps no article.
    let letters = typed.chars().count().min(8) as f32;
    if token.likenesses.is_empty() || matches!(token.kind, Kind::Article | Kind::StreetType | Kind::Title) {
        token.weight = lexicon.heaviest() * (0.25 + 0.75 * letters / 8.0);
        token.kind = if token.number.is_none() { Kind::Plain } else { token.kind };
        token.text = typed;
    }
    token.begins = Some(range);
}

/// Allows for mistakes in a word: terms that differ by a letter or two, terms that sound alike.
pub(super) fn loosen(index: &Index, token: &mut Token, limits: &SearchLimits) -> usize {
    if token.loose || !token.is_telling() && token.kind != Kind::StreetType || token.number.is_some() {
        return 0;
    }
    token.loose = true;
    let letters = token.text.chars().count();
    if !(2..=40).contains(&letters) {
        return 0;
    }
    let terms = index.terms();
    let mut found: Vec<Likeness> = Vec::new();
    let distance = match letters {
        0..3 => 0,
        3..5 => 1,
        _ => 2,
    };
    for (term, _) in if distance > 0 { terms.near(&token.text, distance) } else { Vec::new() } {
        found.push(Likeness {
            term,
            similarity: text::similarity(&token.text, terms.text(term)),
            how: Agreement::Near,
        });
    }
    for term in terms.sounding(&text::phonetic(&token.text)) {
        found.push(Likeness {
            term: *term,
            similarity: text::similarity(&token.text, terms.text(*term)),
            how: Agreement::Sounding,
        });
    }
    let steps = found.len();
    keep_best(index, token, found, limits.likenesses, LEAST_SIMILARITY);
    steps
}

/// Allows for more mistakes than `loosen` does: a word may be any of a few that it is somewhat like. Whether there are some.
pub(super) fn liken(index: &Index, token: &mut Token, vocabulary: &[TermId], limits: &SearchLimits) -> bool {
    if !token.is_telling() || token.number.is_some() || token.text.len() < 3 || token.text.len() > 40 {
        return false;
    }
    let terms = index.terms();
    let found: Vec<Likeness> = vocabulary
        .iter()
        .map(|term| Likeness {
            term: *term,
            similarity: text::similarity(&token.text, terms.text(*term)),
            how: Agreement::Near,
        })
        .filter(|like| like.similarity >= LEAST_SIMILARITY_IN_TOWN)
        .collect();
    let before = token.likenesses.len();
    keep_best(index, token, found, limits.likenesses / 4, LEAST_SIMILARITY_IN_TOWN);
    token.likenesses.len() > before
}

const LEAST_SIMILARITY: f32 = 0.6;
/// Within a town there is less to take a word for.
const LEAST_SIMILARITY_IN_TOWN: f32 = 0.45;

fn keep_best(index: &Index, token: &mut Token, mut found: Vec<Likeness>, most: usize, least: f32) {
    found.retain(|like| like.similarity >= least && !token.stands_for(like.term));
    found.sort_by_key(|like| like.term);
    found.dedup_by_key(|like| like.term);
    if found.len() > most {
        // Of words that are as like, those that are often meant.
        let worth = |like: &Likeness| {
            let named = index.places_named(like.term).len() + 20 * index.towns_named(like.term).len();
            like.similarity + 0.012 * (named as f32 + 1.0).ln()
        };
        found.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.term.cmp(&b.term)));
        found.truncate(most);
    }
    found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.term.cmp(&b.term)));
    token.likenesses.extend(found);
}

/// Reads two words as one that the index has (« mont pellier »), and one that it hasn't as two (« victorhugo »). Whether
/// something changed.
pub(super) fn respell(index: &Index, lexicon: &Lexicon, tokens: &mut Vec<Token>) -> bool {
    let mut changed = false;
    let mut at = 0;
    while at < tokens.len() {
        changed |= join(index, lexicon, tokens, at) || (tokens.len() < 32 && split(index, lexicon, tokens, at));
        at += 1;
    }
    changed
}

fn join(index: &Index, lexicon: &Lexicon, tokens: &mut Vec<Token>, at: usize) -> bool {
    let [one, other, ..] = &tokens[at..] else { return false };
    let plain = |token: &Token| token.number.is_none() && token.kind != Kind::Postcode && token.scope == one.scope;
    if !plain(one) || !plain(other) || (one.is_known() && other.is_known()) {
        return false;
    }
    let joined = format!("{}{}", one.text, other.text);
    let Some(term) = index.terms().exact(&joined) else { return false };
    let likenesses = vec![Likeness { term, similarity: 0.96, how: Agreement::Near }];
    let weight = lexicon.weight(term);
    let token = Token {
        text: joined,
        other: None,
        kind: Kind::Plain,
        weight,
        likenesses,
        begins: None,
        loose: true,
        ..one.clone()
    };
    tokens.splice(at..at + 2, [token]);
    true
}

fn split(index: &Index, lexicon: &Lexicon, tokens: &mut Vec<Token>, at: usize) -> bool {
    let token = &tokens[at];
    if token.is_known()
        || token.kind == Kind::Postcode
        || token.text.bytes().any(|byte| !byte.is_ascii_alphabetic())
        || !(5..=30).contains(&token.text.len())
    {
        return false;
    }
    let terms = index.terms();
    let halves = (2..token.text.len() - 1).filter_map(|cut| {
        let (one, other) = token.text.split_at(cut);
        Some((terms.exact(one)?, terms.exact(other)?, cut))
    });
    let both = |one: TermId, other: TermId| index.places_named(one).len().min(index.places_named(other).len());
    let Some((one, other, cut)) = halves.max_by_key(|(one, other, _)| both(*one, *other)) else { return false };
    let piece = |term: TermId, text: &str| Token {
        text: text.to_owned(),
        other: None,
        kind: Kind::Plain,
        weight: lexicon.weight(term),
        likenesses: vec![Likeness { term, similarity: 0.97, how: Agreement::Near }],
        begins: None,
        loose: true,
        ..token.clone()
    };
    let pieces = [piece(one, &token.text[..cut]), piece(other, &token.text[cut..])];
    tokens.splice(at..=at, pieces);
    true
}
