//! Persons named within sentences: after a title (`Mme Dupont`), or by a first name before a name in capitals.

use super::{
    marks::{Mark, Marks},
    person_name,
};
use crate::{text, vocabulary::Vocabulary};

/// Fewest words of a sentence: less is a name, which another detector reads.
const FEWEST_WORDS: usize = 4;

/// A name in a text: its first and past-the-last byte, without its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Named {
    start: usize,
    end: usize,
    titled: bool,
}

/// Whether the cell is worth reading word by word: something in it begins like a title, or two capitals stand together.
pub(crate) fn may_name(cell: &[u8]) -> bool {
    let capitals = |pair: &[u8]| pair[0].is_ascii_uppercase() && pair[1].is_ascii_uppercase();
    let begins_title = |at: usize| {
        let alone = at == 0 || !cell[at - 1].is_ascii_alphanumeric();
        alone
            && match &cell[at + 1..] {
                [b'.' | b'm' | b'l' | b'r' | b'e' | b'o' | b'a', ..] => true,
                rest => rest.starts_with(b"\xc2\xa0"),
            }
    };
    cell.windows(2).any(capitals) || memchr::memchr3_iter(b'M', b'D', b'P', cell).any(begins_title)
}

/// Marks of a cell.
pub(crate) fn marks(cell: &str) -> Marks {
    let mut marks = Marks::NONE;
    if !may_name(cell.as_bytes()) || cell.split_whitespace().take(FEWEST_WORDS).count() < FEWEST_WORDS {
        return marks;
    }
    for named in names(cell) {
        marks.add(if named.titled { Mark::TextTitled } else { Mark::TextNamed });
    }
    marks
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    start: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_upper(&self) -> bool {
        self.text.chars().filter(|character| character.is_alphabetic()).count() > 1
            && !self.text.chars().any(char::is_lowercase)
    }

    fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// Words of letters, with the hyphens inside them; an apostrophe parts « l’école ».
fn tokens(cell: &str) -> Vec<Token<'_>> {
    let is_word = |character: char| character.is_alphanumeric() || character == '-';
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, character) in cell.char_indices() {
        match (is_word(character), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                tokens.push(Token { text: &cell[from..at], start: from });
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        tokens.push(Token { text: &cell[from..], start: from });
    }
    tokens
}

fn names(cell: &str) -> Vec<Named> {
    let vocabulary = Vocabulary::get();
    let tokens = tokens(cell);
    let mut found = Vec::new();
    let mut index = 0;
    // Word since which a place (« rue », « école ») may own the name that comes.
    let mut place: Option<usize> = None;
    while index < tokens.len() {
        let token = tokens[index];
        let folded = text::fold(token.text);
        // « 40-10-Terrain »: the last part of a compound.
        if vocabulary.places.contains(folded.rsplit('-').next().unwrap_or_default()) {
            place = Some(index);
        }
        let in_place = place.is_some_and(|at| index - at <= 4);
        let after = if vocabulary.titles.contains(folded.as_str()) && token.is_capitalised() {
            titled(cell, &tokens, index, vocabulary)
        } else {
            named(cell, &tokens, index, &folded, vocabulary)
        };
        match after {
            Some(last) if !in_place => {
                let titled = vocabulary.titles.contains(folded.as_str());
                let first = if titled { index + 1 } else { index };
                found.push(Named { start: tokens[first].start, end: tokens[last].end(), titled });
                index = last + 1;
            }
            Some(last) => index = last + 1,
            None => index += 1,
        }
    }
    found
}

/// Index of the last word of the name that follows a title.
fn titled(cell: &str, tokens: &[Token<'_>], at: usize, vocabulary: &Vocabulary) -> Option<usize> {
    let next = tokens.get(at + 1)?;
    let between = &cell[tokens[at].end()..next.start];
    // « M. » or « Mme »: a dot and a space, nothing more.
    let near = matches!(between, " " | ". " | "." | "\u{a0}" | ".\u{a0}" | "\u{202f}");
    let title = tokens[at].text;
    // A lone « M » without its dot is an initial; « Me » and « Pr » are too short to stand without one.
    let sure = title.chars().count() > 2 || between.contains('.') || title == "Dr" || title == "Mr";
    // « Le Goff », « D’Aubrac »: what comes after the article has to be a name itself.
    let named = if is_article(cell, tokens, at + 1) { at + 2 } else { at + 1 };
    let is_name = |token: &&Token<'_>| {
        let folded = text::fold(token.text);
        token.is_capitalised()
            && token.text.chars().filter(|character| character.is_alphabetic()).count() > 1
            && !vocabulary.functions.contains(folded.as_str())
            && !vocabulary.titles.contains(folded.as_str())
    };
    (near && sure && next.is_capitalised() && tokens.get(named).filter(is_name).is_some())
        .then(|| last_of_name(cell, tokens, named, vocabulary))
}

/// Whether the word is an article or a particle, glued by a space or an apostrophe to the next.
fn is_article(cell: &str, tokens: &[Token<'_>], at: usize) -> bool {
    let (Some(token), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { return false };
    let article = matches!(text::fold(token.text).as_str(), "LE" | "LA" | "LES" | "D" | "O" | "L");
    article && matches!(&cell[token.end()..next.start], " " | "'" | "’")
}

/// Index of the last word of a name that begins with a first name and goes on with capitals, or the reverse.
fn named(cell: &str, tokens: &[Token<'_>], at: usize, folded: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let token = tokens.get(at)?;
    // « Inès D’AUBRAC »
    let next = if is_article(cell, tokens, at + 1) { tokens.get(at + 2)? } else { tokens.get(at + 1)? };
    let has_digits = |text: &str| text.chars().any(|character| character.is_ascii_digit());
    if !cell[token.end()..].starts_with(' ')
        || next.start > token.end() + 4
        || has_digits(token.text)
        || has_digits(next.text)
    {
        return None;
    }
    let after = text::fold(next.text);
    let only_last = |name: &str| vocabulary.last_names.contains(name) && !vocabulary.organisations.contains(name);
    let given = token.is_capitalised() && !token.is_upper();
    if given && next.is_upper() {
        let known =
            person_name::is_first_name(folded, vocabulary) && !vocabulary.organisations.contains(after.as_str());
        // A first name that no list knows, within a sentence, before a last name that one does.
        let likely = at > 0 && only_last(&after) && !vocabulary.organisations.contains(folded);
        return (known || likely).then(|| last_of_name(cell, tokens, at, vocabulary));
    }
    let reversed = token.is_upper()
        && next.is_capitalised()
        && !next.is_upper()
        && person_name::is_first_name(&after, vocabulary)
        && vocabulary.last_names.contains(folded);
    reversed.then_some(at + 1)
}

/// Goes on while words of names follow: capitals and particles, a space between.
fn last_of_name(cell: &str, tokens: &[Token<'_>], from: usize, vocabulary: &Vocabulary) -> usize {
    let mut last = from;
    for index in from + 1..tokens.len().min(from + 5) {
        let token = tokens[index];
        let near = matches!(&cell[tokens[index - 1].end()..token.start], " " | "\u{a0}" | ". " | "'" | "’");
        if near && token.is_capitalised() && !token.text.chars().any(|character| character.is_ascii_digit()) {
            last = index;
        } else if !near || !vocabulary.particles.contains(text::fold(token.text).as_str()) {
            break;
        }
    }
    last
}

/// The first name met, its title before the initial: `Mme D…`.
pub(crate) fn first(cell: &str) -> String {
    let Some(named) = names(cell).into_iter().next() else { return "…".to_owned() };
    let title = named.titled.then(|| cell[..named.start].split_whitespace().last()).flatten().unwrap_or_default();
    format!("{title} {}", initial(&cell[named.start..named.end])).trim_start().to_owned()
}

/// The initial of the last name: `D…`.
fn initial(name: &str) -> String {
    let last = name.split_whitespace().last().unwrap_or_default();
    last.chars().next().into_iter().flat_map(char::to_uppercase).chain(['…']).collect()
}

/// The text whose names keep their initial only.
pub(crate) fn masked(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut done = 0;
    for named in names(cell) {
        out.push_str(&cell[done..named.start]);
        out.push_str(&initial(&cell[named.start..named.end]));
        done = named.end;
    }
    out.push_str(&cell[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_capitals_tell_persons() {
        for cell in [
            "Courrier de Mme Dupont reçu hier",
            "Suite à la plainte de M. Martin, voisin",
            "Rencontre avec Jean DUPONT au sujet du mur",
        ] {
            assert!(!marks(cell).is_empty(), "{cell}");
        }
        assert!(marks("Demande de Madame Sophie de Villeneuve du 3 mai").has(Mark::TextTitled));
    }

    #[test]
    fn functions_places_and_anonymous_letters_do_not() {
        for cell in [
            "Autorise Monsieur le Maire à signer la convention",
            "Réfection de la rue Jean MOULIN et du parc",
            "Travaux à l’école Marie CURIE de Bram",
            "Mme X donne procuration à Mme Y",
            "Soutien au projet n° 0 : association sportive",
            "Salle M 12 au premier étage",
            "Monsieur Maire de la ville",
        ] {
            assert_eq!(marks(cell), Marks::NONE, "{cell}");
        }
    }

    #[test]
    fn names_keep_their_initial() {
        assert_eq!(masked("Courrier de Mme Dupont reçu hier"), "Courrier de Mme D… reçu hier");
        assert_eq!(masked("Avec Jean DUPONT ce jour"), "Avec D… ce jour");
        assert!(marks(&masked("Courrier de Mme Sophie Dupont reçu hier")).is_empty());
    }
}
