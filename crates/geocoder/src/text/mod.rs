//! The one way in which names and queries become words, so that both meet: folded letters, abbreviations in full,
//! numbers in figures, noise marked.

mod fold;
mod words;

pub use words::{Kind, Word, Words, words};
