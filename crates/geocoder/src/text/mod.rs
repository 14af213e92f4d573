//! The one way in which names and queries become words, so that both meet: folded letters, abbreviations in full,
//! numbers in figures, noise marked.

mod figures;
mod fold;
mod lexicon;
mod noise;
mod number;
mod number_words;
mod phonetic;
mod reading;
mod similarity;
mod words;

pub use fold::folded;
pub use number::{HouseCandidate, Numbers, PostcodeCandidate, number_of};
pub use phonetic::{phonetic, phonetic_into};
pub use reading::words;
pub use similarity::{similarity, similarity_of_prefix};
pub use words::{Kind, Word, Words};

#[cfg(test)]
mod tests;
