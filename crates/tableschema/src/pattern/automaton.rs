//! A pattern as a table of bytes: one look-up a byte of the cell, where the general engine pays for its generality on
//! each of millions of short cells. Made for patterns of modest size; the others run on the general engine.

use std::collections::HashMap;

use super::line::Line;
use regex_syntax::{
    hir::{Class, Hir, HirKind, Look, Repetition},
    utf8::Utf8Sequences,
};

/// States of the nondeterministic automaton.
const MOST_NODES: usize = 20_000;
/// States of the table.
const MOST_STATES: usize = 2_000;
/// Steps of making one table, so that compiling stays a matter of milliseconds.
const MOST_STEPS: usize = 4_000_000;

/// A deterministic automaton that accepts the cells that match as a whole.
#[derive(Debug)]
pub(crate) struct Automaton {
    /// Class of each byte: bytes that no part of the pattern tells apart have the same.
    classes: [u8; 256],
    /// By state and class: the next state's first entry.
    table: Vec<u32>,
    width: usize,
    /// By state.
    accepts: Vec<bool>,
    /// What can be told quicker still.
    line: Option<Line>,
}

/// The state from which nothing is accepted.
const DEAD: u32 = 0;

impl Automaton {
    /// The automaton of a pattern in the notation of the `regex` crate; `None` when it would be too large, or uses
    /// what a table of bytes cannot tell (borders of words). What it took is taken from `steps`.
    pub(super) fn new(pattern: &str, steps: &mut usize) -> Option<Self> {
        let hir = regex_syntax::Parser::new().parse(pattern).ok()?;
        let mut network = Network { nodes: vec![Node::Match] };
        let start = network.add(&hir, 0);
        let mut construction = Construction::new(network, MOST_STEPS.min(*steps))?;
        let automaton = construction.run(start?);
        *steps -= construction.steps.min(*steps);
        automaton.map(Self::with_line)
    }

    fn with_line(mut self) -> Self {
        let next = |state: usize, byte: u8| {
            let class = usize::from(self.classes[usize::from(byte)]);
            self.table.get(state + class).filter(|next| **next != DEAD).map(|next| *next as usize)
        };
        let accepts = |state: usize| self.accepts.get(state / self.width).copied().unwrap_or(false);
        self.line = Line::new(self.width, next, accepts);
        self
    }

    /// Bytes that the table takes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.table.len() * size_of::<u32>() + self.accepts.len()
    }

    /// Whether the whole cell matches.
    #[inline]
    pub(super) fn accepts(&self, cell: &[u8]) -> bool {
        self.line.as_ref().is_some_and(|line| line.accepts(cell)) || self.follows(cell)
    }

    fn follows(&self, cell: &[u8]) -> bool {
        let mut state = self.width;
        for byte in cell {
            let class = usize::from(self.classes[usize::from(*byte)]);
            match self.table.get(state + class) {
                Some(&next) if next != DEAD => state = next as usize,
                _ => return false,
            }
        }
        self.accepts.get(state / self.width).copied().unwrap_or(false)
    }
}

/// Number of a node.
type NodeId = u32;

/// A state of the nondeterministic automaton.
#[derive(Debug, Clone, Copy)]
enum Node {
    Match,
    /// One byte of a range.
    Bytes {
        low: u8,
        high: u8,
        next: NodeId,
    },
    /// Either way.
    Split(NodeId, NodeId),
    /// Only before the first byte.
    Start(NodeId),
    /// Only behind the last byte.
    End(NodeId),
}

struct Network {
    nodes: Vec<Node>,
}

impl Network {
    fn push(&mut self, node: Node) -> Option<NodeId> {
        (self.nodes.len() < MOST_NODES).then(|| {
            self.nodes.push(node);
            (self.nodes.len() - 1) as NodeId
        })
    }

    /// Adds a part that is followed by `next`; gives its first node.
    fn add(&mut self, hir: &Hir, next: NodeId) -> Option<NodeId> {
        match hir.kind() {
            HirKind::Empty => Some(next),
            HirKind::Literal(literal) => literal
                .0
                .iter()
                .rev()
                .try_fold(next, |next, byte| self.push(Node::Bytes { low: *byte, high: *byte, next })),
            HirKind::Class(class) => self.add_class(class, next),
            HirKind::Look(Look::Start) => self.push(Node::Start(next)),
            HirKind::Look(Look::End) => self.push(Node::End(next)),
            HirKind::Look(_) => None,
            HirKind::Repetition(repetition) => self.add_repetition(repetition, next),
            HirKind::Capture(capture) => self.add(&capture.sub, next),
            HirKind::Concat(parts) => parts.iter().rev().try_fold(next, |next, part| self.add(part, next)),
            HirKind::Alternation(parts) => {
                let starts = parts.iter().map(|part| self.add(part, next)).collect::<Option<Vec<_>>>()?;
                self.either(&starts)
            }
        }
    }

    fn either(&mut self, starts: &[NodeId]) -> Option<NodeId> {
        let (last, others) = starts.split_last()?;
        others.iter().rev().try_fold(*last, |rest, start| self.push(Node::Split(*start, rest)))
    }

    fn add_class(&mut self, class: &Class, next: NodeId) -> Option<NodeId> {
        let mut starts = Vec::new();
        match class {
            Class::Bytes(class) => {
                for range in class.ranges() {
                    starts.push(self.push(Node::Bytes { low: range.start(), high: range.end(), next })?);
                }
            }
            Class::Unicode(class) => {
                for sequence in class.ranges().iter().flat_map(|range| Utf8Sequences::new(range.start(), range.end())) {
                    let bytes = sequence.as_slice().iter().rev();
                    let start = bytes.into_iter().try_fold(next, |next, range| {
                        self.push(Node::Bytes { low: range.start, high: range.end, next })
                    });
                    starts.push(start?);
                }
            }
        }
        self.either(&starts)
    }

    fn add_repetition(&mut self, repetition: &Repetition, next: NodeId) -> Option<NodeId> {
        let mut start = match repetition.max {
            None => {
                let again = self.push(Node::Split(next, next))?;
                let body = self.add(&repetition.sub, again)?;
                self.nodes[again as usize] = Node::Split(body, next);
                again
            }
            Some(max) => (repetition.min..max).try_fold(next, |start, _| {
                let body = self.add(&repetition.sub, start)?;
                self.push(Node::Split(body, next))
            })?,
        };
        for _ in 0..repetition.min {
            start = self.add(&repetition.sub, start)?;
        }
        Some(start)
    }
}

/// Makes the table from sets of nodes.
struct Construction {
    nodes: Vec<Node>,
    classes: [u8; 256],
    /// A byte of each class.
    samples: Vec<u8>,
    states: HashMap<Vec<NodeId>, u16>,
    sets: Vec<Vec<NodeId>>,
    steps: usize,
    most_steps: usize,
    /// When a node was last reached, so that it is followed once.
    seen: Vec<usize>,
    round: usize,
}

/// Where a set of nodes stands in the cell.
#[derive(Clone, Copy)]
struct Place {
    start: bool,
    end: bool,
}

impl Construction {
    fn new(network: Network, most_steps: usize) -> Option<Self> {
        let mut borders = [false; 257];
        for node in &network.nodes {
            if let Node::Bytes { low, high, .. } = node {
                borders[usize::from(*low)] = true;
                borders[usize::from(*high) + 1] = true;
            }
        }
        let (mut classes, mut samples) = ([0u8; 256], vec![0u8]);
        for byte in 1..256usize {
            if borders[byte] {
                samples.push(byte as u8);
            }
            classes[byte] = u8::try_from(samples.len() - 1).ok()?;
        }
        let network_size = network.nodes.len();
        let seen = vec![0; network_size];
        Some(Self {
            nodes: network.nodes,
            classes,
            samples,
            states: HashMap::new(),
            sets: vec![Vec::new()],
            steps: network_size,
            most_steps,
            seen,
            round: 0,
        })
    }

    fn run(&mut self, start: NodeId) -> Option<Automaton> {
        let width = self.samples.len();
        let first = self.closure(&[start], Place { start: true, end: false })?;
        let accepts_empty = self.has_match(&[start], Place { start: true, end: true })?;
        self.state(first)?;
        let (mut table, mut accepts) = (vec![DEAD; width], vec![false]);
        let mut at = 1;
        while at < self.sets.len() {
            let set = self.sets[at].clone();
            let accept = if at == 1 { accepts_empty } else { self.has_match(&set, Place { start: false, end: true })? };
            accepts.push(accept);
            for sample in self.samples.clone() {
                let reached = self.step(&set, sample);
                let next = self.closure(&reached, Place { start: false, end: false })?;
                let state = if next.is_empty() { 0 } else { self.state(next)? };
                table.push(u32::from(state) * width as u32);
            }
            at += 1;
        }
        Some(Automaton { classes: self.classes, table, width, accepts, line: None })
    }

    fn state(&mut self, set: Vec<NodeId>) -> Option<u16> {
        if let Some(state) = self.states.get(&set) {
            // The first state stands before the first byte: no other is the same.
            return Some(*state);
        }
        if self.sets.len() > MOST_STATES {
            return None;
        }
        let state = self.sets.len() as u16;
        if state > 1 {
            self.states.insert(set.clone(), state);
        }
        self.sets.push(set);
        Some(state)
    }

    fn step(&mut self, set: &[NodeId], byte: u8) -> Vec<NodeId> {
        self.steps += set.len();
        let next = |id: &NodeId| match self.nodes[*id as usize] {
            Node::Bytes { low, high, next } if (low..=high).contains(&byte) => Some(next),
            _ => None,
        };
        set.iter().filter_map(next).collect()
    }

    /// The nodes reached without a byte that wait for one, for the end, or have matched.
    fn closure(&mut self, from: &[NodeId], place: Place) -> Option<Vec<NodeId>> {
        self.round += 1;
        let (mut waiting, mut reached) = (from.to_vec(), Vec::new());
        while let Some(id) = waiting.pop() {
            self.steps += 1;
            if self.steps > self.most_steps {
                return None;
            }
            if std::mem::replace(&mut self.seen[id as usize], self.round) == self.round {
                continue;
            }
            match self.nodes[id as usize] {
                Node::Split(one, other) => waiting.extend([one, other]),
                Node::Start(next) if place.start => waiting.push(next),
                Node::Start(_) => {}
                Node::End(next) if place.end => waiting.push(next),
                Node::End(_) | Node::Bytes { .. } | Node::Match => reached.push(id),
            }
        }
        reached.sort_unstable();
        Some(reached)
    }

    fn has_match(&mut self, set: &[NodeId], place: Place) -> Option<bool> {
        let reached = self.closure(set, place)?;
        Some(reached.iter().any(|id| matches!(self.nodes[*id as usize], Node::Match)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;
    use regex::bytes::Regex;

    use super::*;

    fn automaton(pattern: &str) -> Option<Automaton> {
        Automaton::new(pattern, &mut 10_000_000)
    }

    fn agrees(pattern: &str, cell: &str) -> bool {
        let Some(table) = automaton(pattern) else { return true };
        let regex = Regex::new(&format!(r"\A(?:{pattern})\z")).unwrap();
        table.accepts(cell.as_bytes()) == regex.is_match(cell.as_bytes())
    }

    #[test]
    fn patterns_of_real_schemas_are_small_enough() {
        for (pattern, cell) in [
            (r"^\d{14}$", "79551353034703"),
            (r"^[0-9]{4}\-[0-9]{2}\-[0-9]{2}(\/[0-9]{4}\-[0-9]{2}\-[0-9]{2})?$", "2023-11-18/2023-12-31"),
            (r"^([013-9]\d|2[AB1-9])\d{3}$", "2A004"),
            (r"(?:(?:^|\|)(Electrique|Hydrogène))+$", "Electrique|Hydrogène"),
            (r"^(https?)://[^\s/$.?#].[^\s]*$", "https://exemple.fr/é"),
            (r"^[a-zA-Z0-9\-–’\s\d\u00C0-\u00FF\(\)]+$", "L’école – (été)"),
        ] {
            let Some(table) = automaton(pattern) else { panic!("{pattern} is too large") };
            assert!(table.accepts(cell.as_bytes()), "{pattern}");
            assert!(agrees(pattern, "") && agrees(pattern, "x") && agrees(pattern, &cell[1..]), "{pattern}");
        }
    }

    #[test]
    fn what_is_too_large_is_left_to_the_general_engine() {
        assert!(automaton(r"(a|b)*a(a|b){20}").is_none());
        assert!(automaton(r"\bmot\b").is_none());
        assert!(automaton(r"(\w{0,1000}){0,1000}").is_none());
    }

    #[test]
    fn cells_of_fixed_places_are_told_by_them() {
        let line = |pattern| automaton(pattern).unwrap().line;
        assert!(line(r"^\d{14}$").unwrap().accepts(b"79551353034703"));
        let days = line(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$").unwrap();
        assert!(days.accepts(b"2023-11-18") && days.accepts(b"2023-11-18/2023-12-31"));
        assert!(!days.accepts(b"2023-11-18/") && !days.accepts(b"2023-11-1") && !days.accepts(b""));
        assert!(line(r"unique|autre").is_none());
    }

    proptest! {
        #[test]
        fn it_says_what_the_general_engine_says(
            pattern in r"(\^|\$|[abé]|\\d|\.|[ab]?\||[abé][+*?]|[ab]\{1,2\}|\((a|b|ab)\)[*?+]?|[^a]){0,7}",
            cell in "[abé1]{0,6}",
        ) {
            if Regex::new(&pattern).is_ok() {
                prop_assert!(agrees(&pattern, &cell), "{} {}", pattern, cell);
            }
        }
    }
}
