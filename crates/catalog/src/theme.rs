//! The themes of data: the vocabulary of the European Union.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::registry::{Bilingual, entries, same_name};

/// Every theme, by code.
pub static THEMES: LazyLock<Vec<Theme>> = LazyLock::new(|| entries(include_str!("../registry/themes.json")));

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// `TRAN`, `ENVI`…
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Its URI in the vocabulary.
    pub uri: String,
}

/// The theme of a code, a URI or a name.
pub fn find(name: &str) -> Option<&'static Theme> {
    THEMES.iter().find(|theme| {
        let names = [&theme.code, &theme.name.fr, &theme.name.en, &theme.uri];
        names.into_iter().any(|known| same_name(known, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thirteen_themes_are_found_by_any_name() {
        assert_eq!(THEMES.len(), 13);
        for name in
            ["tran", "Transports", "transport", "http://publications.europa.eu/resource/authority/data-theme/TRAN"]
        {
            assert_eq!(find(name).map(|theme| theme.code.as_str()), Some("TRAN"), "{name}");
        }
        assert!(find("velo").is_none());
    }
}
