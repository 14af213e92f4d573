//! How many cells of a column are of each kind.

use super::kind::{CLASSES, Class, Kind, TRAITS, Trait};

/// Counts of classes and traits. Order doesn't matter, so a tally of a whole column is the same however it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    classes: [u64; CLASSES],
    traits: [u64; TRAITS],
    /// Cells of the same kind in a row are counted at once.
    run: Option<(Kind, u64)>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { classes: [0; CLASSES], traits: [0; TRAITS], run: None }
    }
}

impl Tally {
    /// Counts one cell.
    #[inline]
    pub fn add(&mut self, kind: Kind) {
        match &mut self.run {
            Some((running, count)) if *running == kind => *count += 1,
            _ => {
                self.settle();
                self.run = Some((kind, 1));
            }
        }
    }

    /// Counts cells of one kind.
    pub fn add_many(&mut self, kind: Kind, count: u64) {
        self.classes[kind.class as usize] += count;
        let mut bits = kind.traits;
        while bits != 0 {
            self.traits[bits.trailing_zeros() as usize] += count;
            bits &= bits - 1;
        }
    }

    /// Counts the cells of the run; to be called before counts are asked for.
    pub fn settle(&mut self) {
        if let Some((kind, count)) = self.run.take() {
            self.add_many(kind, count);
        }
    }

    /// Non-empty cells.
    pub fn filled(&self) -> u64 {
        self.classes.iter().sum()
    }

    /// Non-empty cells that say something of the type.
    pub fn telling(&self) -> u64 {
        self.filled() - self.class(Class::Dash)
    }

    /// Cells of a class.
    pub fn class(&self, class: Class) -> u64 {
        self.classes[class as usize]
    }

    /// Cells of any of the classes.
    pub fn any(&self, classes: &[Class]) -> u64 {
        classes.iter().map(|class| self.class(*class)).sum()
    }

    /// Cells whose northing is of the conic zone CC42 + `zone`.
    pub fn zone_northing(&self, zone: usize) -> u64 {
        self.traits[Trait::ZoneNorthing as usize + zone]
    }

    /// Cells with a trait.
    pub fn having(&self, which: Trait) -> u64 {
        self.traits[which as usize]
    }
}
