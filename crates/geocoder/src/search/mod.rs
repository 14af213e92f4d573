//! Search by text.
//!
//! The query's words are looked up as terms; some words are read as a town or a postcode, in several ways; the others are
//! looked for within that town, else everywhere; mistakes are allowed for only when nothing fits well without. What is found
//! is laid beside the query word by word, ordered by how well it fits, and given its chance of being right.

mod align;
mod candidates;
mod explain;
mod filter;
mod house;
mod lexicon;
mod limits;
mod matcher;
mod postings;
mod pursuit;
mod rank;
pub mod score;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
mod tokens;
mod towns;

pub(crate) use lexicon::Lexicon;
pub use limits::SearchLimits;

use crate::answer::Hit;
use crate::index::Index;
use crate::query::SearchQuery;
use filter::Filter;
use limits::Budget;

impl Index {
    /// Answers a search by text, the likeliest first. What the query says never makes it fail: at worst it finds nothing.
    #[must_use]
    pub fn search(&self, query: &SearchQuery) -> Vec<Hit> {
        self.search_within(query, SearchLimits::default())
    }

    /// The same within bounds of one's own.
    #[must_use]
    pub fn search_within(&self, query: &SearchQuery, limits: SearchLimits) -> Vec<Hit> {
        let lexicon = self.lexicon();
        let tokens = tokens::read(self, lexicon, query, &limits);
        let Some(filter) = Filter::of(self, lexicon, &query.filters) else { return Vec::new() };
        if tokens.is_empty() {
            return Vec::new();
        }
        let mut budget = Budget::new(limits);
        let pursuit = pursuit::pursue(self, lexicon, tokens, query, &filter, &mut budget);
        rank::answer(self, lexicon, &pursuit, query, &filter, budget.examined())
    }
}
