//! A territory as it is read: its name with what it is in, its place on a map, its datasets.

use geography::territory::{self, Kind, Territory};

use super::super::address::Address;
use super::outline;
use crate::i18n::Text;

/// A territory on a page.
pub struct TerritoryView {
    /// “Castelnaudary (Aude)”.
    pub name: String,
    /// The datasets about it.
    pub href: String,
    /// Where it is, drawn, when its outline is known.
    pub svg: Option<String>,
}

impl TerritoryView {
    /// What the catalogue calls `commune:11076`.
    pub fn of(key: &str, t: &Text) -> Self {
        let known = territory::find(key);
        Self {
            name: super::super::organization::territory(key, t),
            href: Address::path("/datasets").with("territory", key).href(),
            svg: known.and_then(|territory| outline::svg(territory, t)),
        }
    }
}

/// “Castelnaudary (Aude)”, “Aude (département)”.
pub fn label(territory: Territory, t: &Text) -> String {
    let whole = match territory.kind() {
        Kind::Commune | Kind::Epci => territory.departement().map(|one| one.name()),
        Kind::Departement | Kind::Region => None,
    };
    let whole = whole.or_else(|| territory.region().map(|one| one.name())).unwrap_or_default();
    let key = match territory.kind() {
        Kind::Commune => "territory-named-commune",
        Kind::Epci if whole.is_empty() => "territory-named-epci-wide",
        Kind::Epci => "territory-named-epci",
        Kind::Departement => "territory-named-departement",
        Kind::Region => "territory-named-region",
    };
    t.with2(key, "name", territory.name(), "whole", whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_territory_is_named_with_what_it_is_in() {
        let french = |key: &str| territory::find(key).map(|one| label(one, &Text::french())).unwrap_or_default();
        assert_eq!(french("commune:11076"), "Castelnaudary (Aude)");
        assert_eq!(french("departement:11"), "Aude (département)");
        assert_eq!(french("region:76"), "Occitanie (région)");
        assert!(french("epci:244400404").ends_with("(intercommunalité, Loire-Atlantique)"));
    }
}
