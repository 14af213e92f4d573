//! The part of an automaton that goes straight on: at each place of the cell a set of ASCII characters, whatever came
//! before. Each byte is then looked up without waiting for the one before it.

use std::collections::HashMap;

/// Places at most.
const MOST_PLACES: usize = 64;

/// Sets of characters by place. What it accepts the automaton accepts; it doesn't know all that it accepts.
#[derive(Debug)]
pub(super) struct Line {
    /// By place: the first entry of its set in `sets`.
    places: Vec<u32>,
    /// Sets of 256 bytes, one after the other.
    sets: Vec<bool>,
    /// By length: whether a cell may end there.
    ends: Vec<bool>,
}

impl Line {
    /// Follows an automaton from its first state as long as all ASCII characters that go on lead to one state. `next`
    /// gives the state after a byte, `accepts` whether a cell may end in a state.
    pub(super) fn new<S: Copy + PartialEq>(
        first: S,
        next: impl Fn(S, u8) -> Option<S>,
        accepts: impl Fn(S) -> bool,
    ) -> Option<Self> {
        let mut line = Self { places: Vec::new(), sets: Vec::new(), ends: vec![accepts(first)] };
        let mut known: HashMap<Vec<u8>, u32> = HashMap::new();
        let mut state = first;
        while line.places.len() < MOST_PLACES {
            let bytes: Vec<u8> = (0..128).filter(|byte| next(state, *byte).is_some()).collect();
            let mut states = bytes.iter().filter_map(|byte| next(state, *byte));
            let Some(following) = states.next() else { break };
            if states.any(|other| other != following) {
                break;
            }
            let set = *known.entry(bytes).or_insert_with_key(|bytes| line.add(bytes));
            line.places.push(set);
            line.ends.push(accepts(following));
            state = following;
        }
        line.ends.iter().skip(1).any(|end| *end).then_some(line)
    }

    fn add(&mut self, bytes: &[u8]) -> u32 {
        let at = self.sets.len();
        self.sets.resize(at + 256, false);
        for byte in bytes {
            self.sets[at + usize::from(*byte)] = true;
        }
        at as u32
    }

    /// Whether the cell is one of those.
    #[inline]
    pub(super) fn accepts(&self, cell: &[u8]) -> bool {
        if !self.ends.get(cell.len()).copied().unwrap_or(false) {
            return false;
        }
        let mut all = true;
        for (byte, set) in cell.iter().zip(&self.places) {
            all &= self.sets.get(*set as usize + usize::from(*byte)).copied().unwrap_or(false);
        }
        all
    }
}
