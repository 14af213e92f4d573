//! Words: how texts are cut and what is made of each word.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
    TokenStream as _,
};

/// Words that say nothing, without accents. Elided ones (`l'`, `d'`) are cut off by the apostrophe.
const STOP_WORDS: &str = "l d j m n s t c qu jusqu lorsqu puisqu quoiqu \
    a au aux avec ce ces cet cette dans de des du elle elles en entre et etc il ils la le les leur leurs lui mais me \
    meme mes mon ne nos notre nous on ou par pas pour qui que quoi sa sans se ses son sont sous sur ta te tes ton tu un \
    une vos votre vous y est ete etre the of and or to in for";

/// Longest word kept.
const LONGEST_WORD: usize = 60;

/// Words reduced to their stem: `Subventions` and `subvention` are one. Accents go first, so that a word is the same
/// with and without them.
pub(super) fn stems() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(StopWordFilter::remove(stop_words()))
        .filter(Stemmer::new(Language::French))
        .build()
}

/// Words as they are, but for capitals and accents: for beginnings of words and typos.
pub(super) fn words() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

fn stop_words() -> Vec<String> {
    STOP_WORDS.split_whitespace().map(str::to_owned).collect()
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Without capitals and accents.
    pub word: String,
    pub stem: String,
    /// Whether it says nothing by itself.
    pub stop: bool,
}

impl Word {
    /// The year that the word is.
    pub(super) fn year(&self) -> Option<i16> {
        self.word.parse().ok().filter(|year| self.word.len() == 4 && (1900..=2100).contains(year))
    }

    /// Letters that may be wrong.
    pub(super) fn typos(&self) -> u8 {
        match self.word.chars().count() {
            _ if self.word.bytes().any(|b| b.is_ascii_digit()) => 0,
            0..=4 => 0,
            5..=8 => 1,
            _ => 2,
        }
    }
}

/// The first words of what a person typed; the ones that say nothing only when there is no other.
pub(super) fn query_words(text: &str, most: usize) -> Vec<Word> {
    let text: String = text.chars().take(400).collect();
    let stops = stop_words();
    let mut analyzer = words();
    let mut stream = analyzer.token_stream(&text);
    let mut found = Vec::new();
    while stream.advance() {
        let word = stream.token().text.clone();
        let stop = stops.contains(&word);
        found.push(Word { stem: stem(&word), word, stop });
    }
    if found.iter().any(|word| !word.stop) {
        found.retain(|word| !word.stop);
    }
    found.truncate(most);
    found
}

fn stem(word: &str) -> String {
    let mut analyzer = TextAnalyzer::builder(SimpleTokenizer::default()).filter(Stemmer::new(Language::French)).build();
    let mut stream = analyzer.token_stream(word);
    if stream.advance() { stream.token().text.clone() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stemmed(text: &str) -> Vec<String> {
        let mut analyzer = stems();
        let mut stream = analyzer.token_stream(text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push(stream.token().text.clone());
        }
        found
    }

    #[test]
    fn plurals_accents_and_elisions_are_one() {
        assert_eq!(stemmed("Les subventions de l'association"), stemmed("SUBVENTION associations"));
        assert_eq!(stemmed("l’école"), stemmed("ecoles"));
        assert_eq!(stemmed("marchés publics"), stemmed("marche public"));
        assert_eq!(stemmed("réseaux d'eau"), stemmed("reseau eau"));
    }

    #[test]
    fn column_names_are_cut() {
        assert_eq!(stemmed("nom_association"), stemmed("nom associations"));
    }

    #[test]
    fn a_query_of_small_words_keeps_them() {
        let words: Vec<String> = query_words("de la", 8).into_iter().map(|word| word.word).collect();
        assert_eq!(words, ["de", "la"]);
        let words: Vec<String> = query_words("la liste des écoles", 8).into_iter().map(|word| word.word).collect();
        assert_eq!(words, ["liste", "ecoles"]);
    }

    #[test]
    fn years_are_words_apart() {
        let words = query_words("budget 2023", 8);
        assert_eq!(words.iter().map(Word::year).collect::<Vec<_>>(), [None, Some(2023)]);
        assert_eq!(words.iter().map(Word::typos).collect::<Vec<_>>(), [1, 0]);
    }
}
