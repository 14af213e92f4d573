//! The licences that data may be published under; `registry/licences.json` says what each asks in plain words.

pub mod compatibility;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use crate::registry::Bilingual;
use crate::registry::{entries, same_name};

/// Licence Ouverte 2.0: what a French administration takes unless it wants something else.
pub const DEFAULT: &str = "etalab-2.0";

/// Every licence known, those that a French administration may use first.
pub static REGISTRY: LazyLock<Vec<Licence>> = LazyLock::new(|| entries(include_str!("../../registry/licences.json")));

/// A licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// Identifier kept in the catalogue: the SPDX one, where there is one.
    pub id: String,
    /// SPDX identifier.
    pub spdx: Option<String>,
    /// Other names met in portals.
    pub aliases: Vec<String>,
    /// Full name.
    pub name: Bilingual,
    /// Text of the licence.
    pub url: String,
    /// What a re-user must do, one sentence each; empty when nothing is asked.
    pub obligations: Vec<Bilingual>,
    /// Whether re-users must name the source.
    pub attribution: bool,
    /// Whether what is derived must carry the same licence.
    pub share_alike: bool,
    /// Whether a French administration may use it.
    pub french_administration: FrenchAdministration,
}

/// Whether a French administration may publish under a licence (CRPA L323-2, D323-2-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FrenchAdministration {
    /// It is on the list.
    Listed,
    /// An earlier version of a licence of the list: older data keeps it.
    Older,
    /// No licence is attached: the law's own terms of re-use hold (CRPA L321-1, L322-1).
    LegalTerms,
    /// Only after homologation by the State.
    Homologation,
    /// It may not.
    No,
}

/// The licence of an identifier, an alias or a name.
pub fn find(name: &str) -> Option<&'static Licence> {
    REGISTRY.iter().find(|licence| licence.id == name).or_else(|| {
        REGISTRY.iter().find(|licence| {
            let names = licence.aliases.iter().chain([&licence.id, &licence.name.fr, &licence.name.en, &licence.url]);
            names.chain(&licence.spdx).any(|known| same_name(known, name))
        })
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn aliases_of_other_portals_are_known() {
        for (alias, id) in [
            ("lov2", "etalab-2.0"),
            ("fr-lo", "etalab-1.0"),
            ("odc-odbl", "ODbL-1.0"),
            ("Licence Ouverte 2.0", "etalab-2.0"),
            ("cc-by", "CC-BY-4.0"),
            ("ODBL", "ODbL-1.0"),
            ("https://www.etalab.gouv.fr/licence-ouverte-open-licence", "etalab-2.0"),
        ] {
            assert_eq!(find(alias).map(|l| l.id.as_str()), Some(id), "{alias}");
        }
        assert!(find("libre").is_none());
    }

    #[test]
    fn no_name_belongs_to_two_licences() {
        let mut names: Vec<String> = Vec::new();
        for licence in REGISTRY.iter() {
            let mut own: Vec<String> =
                licence.aliases.iter().chain([&licence.id]).map(|n| crate::slug::fold(n)).collect();
            own.sort();
            own.dedup();
            for name in own {
                assert!(!names.contains(&name), "{name}");
                names.push(name);
            }
        }
        assert!(REGISTRY.len() >= 10);
    }

    #[test]
    fn only_two_licences_are_open_to_administrations_without_homologation() {
        let listed: Vec<&str> = REGISTRY
            .iter()
            .filter(|l| l.french_administration == FrenchAdministration::Listed)
            .map(|l| l.id.as_str())
            .collect();
        assert_eq!(listed, ["etalab-2.0", "ODbL-1.0"]);
        assert_eq!(find(DEFAULT).unwrap().id, DEFAULT);
    }

    #[test]
    fn what_asks_for_attribution_says_so_in_words() {
        for licence in REGISTRY.iter() {
            assert_eq!(licence.attribution, !licence.obligations.is_empty(), "{}", licence.id);
        }
    }
}
