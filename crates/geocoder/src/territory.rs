//! Départements and collectivities of overseas: what answers say of where a commune lies, and in which projection.

use std::sync::LazyLock;

use hashbrown::HashMap;

/// A département, or a collectivity of overseas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    /// Its code: `11`, `2A`, `974`.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its region's name; empty in collectivities of overseas, which are in none.
    pub region: &'static str,
    /// EPSG code of the projection that the law sets there (décret 2000-1276), where one is known.
    pub projection: Option<u16>,
    /// `11, Aude, Occitanie`.
    pub context: String,
}

/// The territory of an INSEE code of a commune; `None` for what is no code of a commune.
#[must_use]
pub fn territory(city_code: &str) -> Option<&'static Territory> {
    static TERRITORIES: LazyLock<HashMap<&'static str, Territory, foldhash::fast::FixedState>> = LazyLock::new(|| {
        let lines = include_str!("../data/departements.tsv").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(read).map(|territory| (territory.code, territory)).collect()
    });
    let length = if city_code.starts_with("97") || city_code.starts_with("98") { 3 } else { 2 };
    TERRITORIES.get(city_code.get(..length)?)
}

/// The code of the city that a municipal arrondissement is a part of.
#[must_use]
pub fn city_of_arrondissement(code: &str) -> Option<&'static str> {
    let within = |first: &str, last: &str| code.len() == 5 && (first..=last).contains(&code);
    match code.get(..2) {
        Some("75") if within("75101", "75120") => Some("75056"),
        Some("69") if within("69381", "69389") => Some("69123"),
        Some("13") if within("13201", "13216") => Some("13055"),
        _ => None,
    }
}

fn read(line: &'static str) -> Option<Territory> {
    let mut cells = line.split('\t');
    let (code, name, region) = (cells.next()?, cells.next()?, cells.next()?);
    let projection = cells.next().and_then(|cell| cell.parse().ok());
    // Where the region is the département, as at Mayotte, it is said once.
    let context = match region {
        "" => format!("{code}, {name}"),
        _ if region == name => format!("{code}, {name}"),
        _ => format!("{code}, {name}, {region}"),
    };
    Some(Territory { code, name, region, projection, context })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_commune_lies_in_its_departement_and_region() {
        assert_eq!(territory("11076").unwrap().context, "11, Aude, Occitanie");
        assert_eq!(territory("2A004").unwrap().context, "2A, Corse-du-Sud, Corse");
        assert_eq!(territory("97411").unwrap().context, "974, La Réunion");
        assert_eq!(territory("97411").unwrap().projection, Some(2975));
        assert_eq!(city_of_arrondissement("75104"), Some("75056"));
        assert_eq!(city_of_arrondissement("75056"), None);
        assert!(territory("").is_none());
        assert!(territory("é").is_none());
        assert!(territory("20000").is_none());
    }
}
