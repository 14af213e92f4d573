//! `nomenclature-actes-value`: `Finances locales/Subventions`: one of the nine matters of the @CTES classification,
//! in any case and with or without accents, a slash without spaces around it, then the sub-matter.

use crate::{identifier::Fault, repair::plain};

/// The matters, without accents and in small letters.
const MATTERS: [&str; 9] = [
    "commande publique",
    "urbanisme",
    "domaine et patrimoine",
    "fonction publique",
    "institutions et vie politique",
    "libertes publiques et pouvoirs de police",
    "finances locales",
    "domaines de competences par themes",
    "autres domaines de competences",
];

/// [`Fault::Form`]: no slash; [`Fault::Characters`]: spaces around it; [`Fault::Unallotted`]: no such matter.
pub(super) fn check(value: &str) -> Result<(), Fault> {
    let (matter, _) = value.split_once('/').ok_or(Fault::Form)?;
    let known = |matter: &str| MATTERS.contains(&plain(matter).as_str());
    match value.contains("/ ") {
        false if known(matter) => Ok(()),
        false if !known(matter.trim_end()) => Err(Fault::Unallotted),
        _ => Err(Fault::Characters),
    }
}
