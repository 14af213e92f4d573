//! The territories of France by code, by name, by SIREN: data of `territories/territories.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

use crate::slug::fold;

static TERRITORIES: LazyLock<Territories> =
    LazyLock::new(|| Territories::read(include_str!("../../../territories/territories.tsv")));

/// What a territory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A région.
    Region,
    /// A département.
    Departement,
    /// An intercommunalité.
    Epci,
    /// A commune.
    Commune,
}

impl Kind {
    /// The name that catalogues keep: `commune`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Departement => "departement",
            Self::Epci => "epci",
            Self::Commune => "commune",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Region, Self::Departement, Self::Epci, Self::Commune].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Territory {
    /// What it is.
    pub kind: Kind,
    /// INSEE code; the SIREN of an EPCI.
    pub code: &'static str,
    /// Its official name.
    pub name: &'static str,
    /// Code of what it is part of: the région of a département, the département of a commune.
    pub parent: Option<&'static str>,
    /// SIREN of the local government, when known.
    pub siren: Option<&'static str>,
    /// Postcodes of a commune, separated by spaces.
    pub postcodes: &'static str,
    /// Municipal population (INSEE).
    pub population: Option<u32>,
}

impl Territory {
    /// As the catalogue writes it: `commune:11076`.
    pub fn key(&self) -> String {
        format!("{}:{}", self.kind.as_str(), self.code)
    }
}

struct Territories {
    all: Vec<Territory>,
    by_key: HashMap<(Kind, &'static str), usize>,
    by_siren: HashMap<&'static str, usize>,
    /// Names in lower case without accents, in the order of the alphabet.
    by_name: Vec<(String, usize)>,
}

impl Territories {
    fn read(text: &'static str) -> Self {
        let all: Vec<Territory> = text.lines().skip(1).filter_map(line).collect();
        let by_key = all.iter().enumerate().map(|(n, territory)| ((territory.kind, territory.code), n)).collect();
        let by_siren = all.iter().enumerate().filter_map(|(n, territory)| Some((territory.siren?, n))).collect();
        let mut by_name: Vec<(String, usize)> =
            all.iter().enumerate().map(|(n, territory)| (folded(territory.name), n)).collect();
        by_name.sort();
        Self { all, by_key, by_siren, by_name }
    }
}

fn line(line: &'static str) -> Option<Territory> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    let filled = |cell: &'static str| (!cell.is_empty()).then_some(cell);
    Some(Territory {
        kind: Kind::parse(next()?)?,
        code: next()?,
        name: next()?,
        parent: filled(next()?),
        siren: filled(next()?),
        postcodes: next()?,
        population: next()?.parse().ok(),
    })
}

/// Lower case, no accents, words separated by one space.
fn folded(name: &str) -> String {
    fold(name).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The territory that the catalogue calls `commune:11076`, `epci:200035855`…
pub fn find(key: &str) -> Option<&'static Territory> {
    let (kind, code) = key.split_once(':')?;
    let place = *TERRITORIES.by_key.get(&(Kind::parse(kind)?, code))?;
    TERRITORIES.all.get(place)
}

/// The territory governed by the local government of this SIREN.
pub fn of_siren(siren: &str) -> Option<&'static Territory> {
    TERRITORIES.all.get(*TERRITORIES.by_siren.get(siren)?)
}

/// Territories whose name, code or postcode begins with a text, the most populated first; of one kind, or of any.
pub fn suggest(text: &str, kind: Option<Kind>, most: usize) -> Vec<&'static Territory> {
    let wanted = folded(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let of_kind = |territory: &&Territory| kind.is_none_or(|kind| territory.kind == kind);
    let mut found: Vec<&Territory> = if wanted.starts_with(|c: char| c.is_ascii_digit()) {
        let code = wanted.to_ascii_uppercase();
        let begins = |territory: &&Territory| {
            territory.code.starts_with(&code)
                || territory.postcodes.split(' ').any(|postcode| postcode.starts_with(&code))
        };
        TERRITORIES.all.iter().filter(begins).filter(of_kind).collect()
    } else {
        let first = TERRITORIES.by_name.partition_point(|(name, _)| *name < wanted);
        let named = TERRITORIES.by_name.iter().skip(first).take_while(|(name, _)| name.starts_with(&wanted));
        named.filter_map(|(_, place)| TERRITORIES.all.get(*place)).filter(of_kind).collect()
    };
    // The exact name comes before longer ones, then the largest.
    found.sort_by_key(|territory| (folded(territory.name) != wanted, std::cmp::Reverse(territory.population)));
    found.truncate(most);
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_town_is_found_by_code_by_siren_and_by_the_beginning_of_its_name() {
        let town = find("commune:11076").unwrap();
        assert_eq!((town.name, town.parent, town.postcodes), ("Castelnaudary", Some("11"), "11400"));
        assert_eq!(of_siren("211100763"), Some(town));
        assert_eq!(suggest("castelnaud", Some(Kind::Commune), 10)[0].code, "11076");
        assert_eq!(suggest("11400", Some(Kind::Commune), 10)[0].code, "11076");
        assert_eq!(town.key(), "commune:11076");
    }

    #[test]
    fn the_largest_town_of_a_beginning_comes_first_and_an_exact_name_before_it() {
        assert_eq!(suggest("saint-den", Some(Kind::Commune), 3)[0].name, "Saint-Denis");
        assert_eq!(suggest("Bram", Some(Kind::Commune), 3)[0].name, "Bram");
    }

    #[test]
    fn nothing_is_suggested_for_nothing_and_nobody_minds_odd_texts() {
        assert!(suggest("", None, 10).is_empty());
        assert!(suggest("  -'", None, 10).is_empty());
        assert!(suggest("ZZZZ", None, 10).is_empty());
        assert!(find("commune:99999").is_none());
        assert!(find("royaume:1").is_none());
    }

    #[test]
    fn every_line_of_the_file_is_read() {
        let lines = include_str!("../../../territories/territories.tsv").lines().count();
        assert_eq!(TERRITORIES.all.len(), lines - 1);
    }
}
