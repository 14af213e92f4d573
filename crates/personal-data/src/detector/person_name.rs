//! Names of natural persons: `DUPONT Jean`, `Jean Dupont`, `Mme Dupont`, or a first and a last name in two columns.

use super::marks::{Mark, Marks};
use crate::{text, vocabulary::Vocabulary};

/// Most words of a name, its title left out: « de la Tour du Pin Chambly Marie-Christine ».
const MOST_WORDS: usize = 7;

/// Longest cell that is read as a name, in bytes.
const LONGEST: usize = 80;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// `DUPONT`
    Upper,
    /// `Dupont`
    Title,
    /// `dupont`
    Lower,
}

/// What a word of a name can be.
#[derive(Debug, Clone, Copy)]
struct Word {
    case: Case,
    first_name: bool,
    last_name: bool,
    particle: bool,
    /// `J.`
    initial: bool,
}

/// Reads cells as names; keeps its buffers from one to the next.
#[derive(Debug, Default)]
pub(crate) struct NameReader {
    folded: String,
}

impl NameReader {
    /// Marks of a cell that may be a whole name, a first name, a last name or an organisation.
    pub(crate) fn marks(&mut self, cell: &str) -> Marks {
        let cell = cell.trim();
        if cell.ends_with('…') {
            return Marks::of(&[Mark::Masked]);
        }
        if cell.len() < 2 || cell.len() > LONGEST || cell.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@') {
            return Marks::NONE;
        }
        let vocabulary = Vocabulary::get();
        text::fold_into(cell, &mut self.folded);
        if vocabulary.famous.contains(self.folded.as_str()) {
            return Marks::NONE;
        }
        let mut words = Vec::with_capacity(MOST_WORDS);
        let mut titled = false;
        for (written, folded) in cell.split_whitespace().zip(self.folded.split_whitespace()) {
            let folded = folded.trim_matches([',', ';', '.', '(', ')']);
            if folded.is_empty() {
                continue;
            }
            if words.is_empty() && vocabulary.titles.contains(folded) && is_title(written, folded) {
                titled = true;
                continue;
            }
            // « M. et Mme Dupont »
            if words.is_empty() && titled && matches!(folded, "ET" | "OU") {
                continue;
            }
            let (Some(word), true) = (read_word(written, folded, vocabulary), words.len() < MOST_WORDS) else {
                return self.organisation(vocabulary);
            };
            words.push(word);
        }
        if self.names_organisation(vocabulary, titled) {
            return Marks::of(&[Mark::Organisation]);
        }
        of_words(&words, titled)
    }

    fn organisation(&self, vocabulary: &Vocabulary) -> Marks {
        if self.names_organisation(vocabulary, false) { Marks::of(&[Mark::Organisation]) } else { Marks::NONE }
    }

    /// Whether a word tells an association, a company, a place.
    fn names_organisation(&self, vocabulary: &Vocabulary, titled: bool) -> bool {
        let mut words =
            self.folded.split(|character: char| !character.is_alphanumeric() && character != '-').peekable();
        // « Allée Martin »: a street.
        let street = words
            .peek()
            .is_some_and(|first| vocabulary.street_types.contains(*first) && !vocabulary.last_names.contains(*first));
        !titled && (street || words.any(|word| vocabulary.organisations.contains(word)))
    }
}

/// `M` alone is a title, `m` or `Me` inside a sentence may not be: a title begins with a capital.
fn is_title(written: &str, folded: &str) -> bool {
    let capital = written.chars().next().is_some_and(char::is_uppercase);
    capital && (folded.len() > 1 || written.len() <= 2)
}

fn read_word(written: &str, folded: &str, vocabulary: &Vocabulary) -> Option<Word> {
    let letters = folded.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'-' | b'\''));
    if !letters || !folded.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let trimmed = written.trim_matches([',', ';', '.', '(', ')']);
    let mut characters = trimmed.chars();
    let first = characters.next()?;
    let case = match (first.is_uppercase(), characters.any(char::is_lowercase)) {
        (true, false) => Case::Upper,
        (true, true) => Case::Title,
        (false, _) => Case::Lower,
    };
    let initial = folded.len() == 1;
    Some(Word {
        case,
        initial,
        first_name: !initial && is_first_name(folded, vocabulary),
        last_name: !initial && vocabulary.last_names.contains(folded),
        particle: vocabulary.particles.contains(folded) || folded.starts_with("D'") || folded.starts_with("L'"),
    })
}

/// In the list, or compound of two that are: `Jean-Loup`.
pub(crate) fn is_first_name(folded: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.first_names.contains(folded)
        || folded
            .split_once('-')
            .is_some_and(|(one, other)| vocabulary.first_names.contains(one) && vocabulary.first_names.contains(other))
}

fn of_words(words: &[Word], titled: bool) -> Marks {
    let mut marks = Marks::NONE;
    let [first, rest @ ..] = words else { return marks };
    if rest.is_empty() {
        if first.first_name {
            marks.add(Mark::FirstName);
        }
        if first.last_name || (first.case == Case::Upper && !first.initial) {
            marks.add(Mark::LastName);
        }
        if titled && !first.initial && first.case != Case::Lower {
            marks.add(Mark::PersonTitled);
        }
        return marks;
    }
    if words.iter().all(|word| word.first_name) {
        // « Marie Claire »: two first names, or a first and a last one that is a first name too.
        marks.add(Mark::FirstName);
    }
    let lower = words.iter().any(|word| word.case == Case::Lower && !word.particle);
    if lower && words.iter().any(|word| word.case != Case::Lower) {
        // « Martin pêcheur »: a sentence, not a name; a name all in lower case is possible.
        return marks;
    }
    if words.iter().filter(|word| word.particle).count() + 1 >= words.len().max(3) {
        return marks;
    }
    let Some(form) = form(words) else {
        if titled && words.iter().any(|word| !word.particle && !word.initial && word.case != Case::Lower) {
            marks.add(Mark::PersonTitled);
        } else if words.iter().all(|word| word.particle || word.last_name) && !first.initial {
            // « DE OLIVEIRA », « Dupont Martin »: a last name in two words.
            marks.add(Mark::LastName);
        }
        return marks;
    };
    marks.add(if titled { Mark::PersonTitled } else { form });
    marks
}

/// How the words make a first and a last name, if they do.
fn form(words: &[Word]) -> Option<Mark> {
    let firsts = |words: &[Word]| words.iter().take_while(|word| word.first_name || word.initial).count();
    let leading = firsts(words);
    let trailing = words.iter().rev().take_while(|word| word.first_name || word.initial).count();
    let named = |words: &[Word]| words.iter().any(|word| word.first_name);
    let case_of_names =
        |words: &[Word]| words.iter().filter(|word| !word.particle).all(|word| word.case == Case::Upper);
    if let [one, other] = words
        && (is_known_pair(one, other) || is_known_pair(other, one))
    {
        return Some(Mark::PersonStrong);
    }
    // Given names first: at least one word is left for the last name.
    let given_first = leading.min(words.len() - 1);
    let given_last = trailing.min(words.len() - 1);
    if given_last > 0 && named(&words[words.len() - given_last..]) {
        let (last, first) = words.split_at(words.len() - given_last);
        if case_of_names(last) && first.iter().all(|word| word.case == Case::Title) && is_last_name(last) {
            return Some(Mark::PersonStrong);
        }
    }
    if given_first > 0 && (named(&words[..given_first]) || words[..given_first].iter().all(|word| word.initial)) {
        let (first, last) = words.split_at(given_first);
        if case_of_names(last)
            && first.iter().all(|word| word.case == Case::Title || word.initial)
            && is_last_name(last)
        {
            return Some(Mark::PersonStrong);
        }
        if named(first) && is_last_name(last) {
            return Some(Mark::PersonWeak);
        }
    }
    if given_last > 0 && named(&words[words.len() - given_last..]) {
        let (last, _) = words.split_at(words.len() - given_last);
        if is_last_name(last) {
            return Some(Mark::PersonWeak);
        }
    }
    None
}

/// A first name and a name that is a last name and nothing else: both lists know them, whatever their case.
fn is_known_pair(first: &Word, last: &Word) -> bool {
    first.first_name && last.last_name && !last.first_name
}

/// Particles, then one to three words; no particle at the end, none between words that aren't names.
fn is_last_name(words: &[Word]) -> bool {
    let names = words.iter().filter(|word| !word.particle || word.last_name).count();
    let ends_well = words.last().is_some_and(|word| !word.particle || word.last_name || word.case != Case::Lower);
    (1..=3).contains(&names) && ends_well || words.len() == 1 && !words[0].initial
}

/// The cell reduced to its title and an initial: `M. D…`. A cell that was so already stays.
pub(crate) fn masked(cell: &str) -> String {
    let trimmed = cell.trim();
    if trimmed.is_empty() || trimmed.ends_with('…') {
        return cell.to_owned();
    }
    let vocabulary = Vocabulary::get();
    let mut words = trimmed.split_whitespace().peekable();
    let mut title = String::new();
    while let Some(word) = words.peek() {
        let folded = text::fold(word);
        let folded = folded.trim_matches('.');
        let joins = !title.is_empty() && matches!(folded, "ET" | "OU");
        if !(vocabulary.titles.contains(folded) && is_title(word, folded) || joins) {
            break;
        }
        title.push_str(word);
        title.push(' ');
        words.next();
    }
    let rest: Vec<&str> = words.collect();
    let is_upper = |word: &&&str| word.len() > 1 && word.chars().all(|character| !character.is_lowercase());
    // The last name, which capitals tell; else the last word, as people write it.
    let name = rest.iter().find(is_upper).or(rest.last());
    let initial = name.and_then(|name| name.chars().find(|character| character.is_alphabetic()));
    match initial {
        Some(initial) => format!("{title}{}…", initial.to_uppercase()),
        None => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cell: &str) -> Marks {
        NameReader::default().marks(cell)
    }

    #[test]
    fn typography_tells_first_from_last() {
        for cell in [
            "DUPONT Jean",
            "Jean DUPONT",
            "DE LA TOUR Marie",
            "Jean-Pierre DUPONT-MARTIN",
            "DUPONT, Jean",
            "DUPONT JEAN",
            "jean dupont",
        ] {
            assert!(of(cell).has(Mark::PersonStrong), "{cell} {:?}", of(cell));
        }
    }

    #[test]
    fn words_alone_are_weaker_evidence() {
        for cell in ["Jean Dupondard", "DUPONDARD JEAN", "Sophie de Villeneuve", "El Kahaz Sarah", "jean dupondard"] {
            assert!(of(cell).has(Mark::PersonWeak), "{cell} {:?}", of(cell));
        }
    }

    #[test]
    fn a_title_makes_a_person() {
        for cell in ["Mme Dupont", "M. DUPONT", "Monsieur Jean Dupont", "M. et Mme Dupont"] {
            assert!(of(cell).has(Mark::PersonTitled), "{cell} {:?}", of(cell));
        }
    }

    #[test]
    fn organisations_places_and_famous_names_are_not_persons() {
        let person = Marks::of(&[Mark::PersonStrong, Mark::PersonWeak, Mark::PersonTitled]);
        for cell in [
            "Association Jean Dupont",
            "École Jean Moulin",
            "Victor Hugo",
            "Jean Jaurès",
            "SARL DUPONT Jean",
            "Commune de Bram",
            "Les amis de Jean",
            "Judo club Martin",
            "Martin pêcheur",
            "Rose trémière",
            "Saint Martin",
            "ALLEE MARTIN JEAN",
            "12 rue Jean Dupont",
            "Oui",
            "Non communiqué",
        ] {
            assert!(!of(cell).meets(person), "{cell} {:?}", of(cell));
        }
    }

    #[test]
    fn only_the_initial_stays() {
        assert_eq!(masked("M. Jean DUPONT"), "M. D…");
        assert_eq!(masked("DUPONT Jean"), "D…");
        assert_eq!(masked("Jean Dupont"), "D…");
        assert_eq!(masked("D…"), "D…");
        assert!(of("D…").has(Mark::Masked));
    }
}
