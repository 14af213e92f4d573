//! Spatial trees: boxes within boxes, sixteen to each, in the order of Hilbert's curve. The lowest level has a box for
//! each entry; each level above has one for sixteen of the level below, up to a single one.

use super::{Index, format::Section};

/// West, south, east, north, in 1e-7 degree.
pub(crate) type Box = [i32; 4];

/// Boxes within a box.
pub(crate) const FANOUT: usize = 16;

/// One of the trees of an index.
#[derive(Debug, Clone)]
pub(crate) struct Tree<'a> {
    boxes: &'a [Box],
    entries: &'a [[u32; 2]],
    /// Where each level starts among the boxes, the lowest first, and the end of the last.
    levels: Vec<usize>,
}

/// A box of a tree: its level, 0 being the entries, and its rank there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Node {
    pub(crate) level: u8,
    pub(crate) rank: u32,
}

impl<'a> Tree<'a> {
    pub(crate) fn of(index: &'a Index, boxes: Section, entries: Section) -> Tree<'a> {
        let entries = index.section::<[u32; 2]>(entries);
        let mut levels = Vec::with_capacity(10);
        levels.push(0);
        let mut length = entries.len();
        let mut end = length;
        while length > 0 {
            levels.push(end);
            if length == 1 {
                break;
            }
            length = length.div_ceil(FANOUT);
            end += length;
        }
        Tree { boxes: index.section(boxes), entries, levels }
    }

    /// The box around everything.
    pub(crate) fn root(&self) -> Option<Node> {
        let level = self.levels.len().checked_sub(2)?;
        Some(Node { level: u8::try_from(level).ok()?, rank: 0 })
    }

    /// The boxes within a box of a level above the lowest.
    pub(crate) fn children(&self, node: Node) -> impl Iterator<Item = (Node, &'a Box)> {
        let below = usize::from(node.level).saturating_sub(1);
        let bounds = self.levels.get(below).copied().unwrap_or(0)..self.levels.get(below + 1).copied().unwrap_or(0);
        let boxes = self.boxes.get(bounds).unwrap_or_default();
        let first = node.rank as usize * FANOUT;
        let within = boxes.get(first..(first + FANOUT).min(boxes.len())).unwrap_or_default();
        within
            .iter()
            .enumerate()
            .map(move |(rank, bounds)| (Node { level: below as u8, rank: (first + rank) as u32 }, bounds))
    }

    /// The entry that a box of the lowest level is of.
    pub(crate) fn entry(&self, node: Node) -> Option<[u32; 2]> {
        self.entries.get(node.rank as usize).copied()
    }
}
