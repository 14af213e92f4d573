//! Codes through time: what a code that a commune had is part of today. Chains of changes are followed when the file is made.

use crate::Geography;
use crate::commune::{Commune, CommuneKind};

impl Geography {
    /// Communes of today for a code of any time, of any kind: itself, what it was merged into, what it was split into.
    pub fn resolve(&self, code: &str) -> Vec<Commune> {
        if let Some(commune) = self.commune_of_kind(code, CommuneKind::Current) {
            return vec![commune];
        }
        if let Some(row) = self.former.find(code, 0..self.former.len()) {
            return self.former_communes.get(row).map(|row| Commune::at(row as usize)).collect();
        }
        self.commune(code).and_then(Commune::parent).into_iter().collect()
    }

    /// The last name of the commune that had a code which no commune has today.
    pub fn former_name(&self, code: &str) -> Option<&'static str> {
        let row = self.former.find(code, 0..self.former.len())?;
        Some(self.former_names.get(row)).filter(|name| !name.is_empty())
    }

    /// Codes of communes that are no more, with their last name and what they are part of today.
    pub fn former(&self) -> impl Iterator<Item = (&'static str, &'static str, Vec<Commune>)> {
        (0..self.former.len()).map(|row| {
            let communes = self.former_communes.get(row).map(|row| Commune::at(row as usize)).collect();
            (self.former.get(row), self.former_names.get(row), communes)
        })
    }

    pub(crate) fn former_codes(&self, commune: Commune) -> Vec<&'static str> {
        let of = |row: &usize| self.former_communes.get(*row).any(|row| row as usize == commune.row());
        (0..self.former.len()).filter(of).map(|row| self.former.get(row)).collect()
    }
}
