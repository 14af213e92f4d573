//! Texts that repeat, each kept once and known by its rank.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// A set of texts in the order in which they came, one behind another in memory.
#[derive(Debug, Default)]
pub(super) struct Interner {
    table: HashTable<u32>,
    text: String,
    /// Past the end of each text.
    ends: Vec<u32>,
}

const HASHER: FixedState = FixedState::with_seed(0);

impl Interner {
    /// The rank of a text, and whether it is new.
    pub(super) fn intern(&mut self, text: &str) -> (u32, bool) {
        let Interner { table, text: all, ends } = self;
        let hash = HASHER.hash_one(text);
        if let Some(rank) = table.find(hash, |rank| get(all, ends, *rank) == text) {
            return (*rank, false);
        }
        let rank = ends.len() as u32;
        all.push_str(text);
        ends.push(all.len() as u32);
        table.insert_unique(hash, rank, |rank| HASHER.hash_one(get(all, ends, *rank)));
        (rank, true)
    }

    pub(super) fn get(&self, rank: u32) -> &str {
        get(&self.text, &self.ends, rank)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of all texts.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        (0..self.len() as u32).map(|rank| self.get(rank))
    }

    /// Ranks in the order of the texts.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by_key(|rank| self.get(*rank));
        order
    }
}

fn get<'a>(text: &'a str, ends: &[u32], rank: u32) -> &'a str {
    let rank = rank as usize;
    let start = if rank == 0 { 0 } else { ends.get(rank - 1).copied().unwrap_or(0) as usize };
    ends.get(rank).and_then(|end| text.get(start..*end as usize)).unwrap_or_default()
}

/// From ranks in one order to ranks in another: `inverse(order)[old] == new`.
pub(super) fn inverse(order: &[u32]) -> Vec<u32> {
    let mut ranks = vec![0u32; order.len()];
    for (new, old) in order.iter().enumerate() {
        ranks[*old as usize] = new as u32;
    }
    ranks
}
