//! The territory that tables are about, by the codes that they hold: the smallest commune, EPCI, département or région
//! that all of them are in. Codes that communes had count as what they are part of today.

use std::collections::BTreeSet;
use std::path::Path;

use geography::territory::{self, Territory};
use geography::{Commune, Geography};
use tabular::Profile;
use tabular::profile::ColumnProfile;
use tabular::snapshot::text_values;
use tabular::typing::Meaning;

/// Codes of a column: beyond, it tells no single place. There are fewer communes in the largest région.
const MOST_CODES: usize = 6_000;
/// One code in so many may be unknown: a mistake, a foreign town.
const UNKNOWN_SHARE: usize = 10;

/// What a table says of where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The smallest territory around everything.
    pub territory: Territory,
    /// The header of the column that says so.
    pub column: String,
}

/// What a table that was written in `folder` says of where it is. Blocking. A table that can't be read says nothing.
pub fn of_table(profile: &Profile, folder: &Path) -> Option<Told> {
    // Codes of communes are the surest; many communes have one postcode.
    const SUREST: [Meaning; 6] = [
        Meaning::CommuneCode,
        Meaning::Siren,
        Meaning::Siret,
        Meaning::Postcode,
        Meaning::DepartementCode,
        Meaning::RegionCode,
    ];
    let of_meaning = |meaning: Meaning| profile.columns.iter().filter(move |column| column.meaning == Some(meaning));
    SUREST.into_iter().flat_map(of_meaning).find_map(|column| {
        let territory = around(column.meaning?, &codes(column, folder)?)?;
        Some(Told { territory, column: column.label.clone() })
    })
}

/// What several tables say together.
pub fn together<'a>(tables: impl IntoIterator<Item = &'a Told>) -> Option<Told> {
    let mut tables = tables.into_iter();
    let first = tables.next()?.clone();
    tables.try_fold(first, |so_far, next| {
        let around = territory::smallest_around([so_far.territory, next.territory])?;
        Some(Told { territory: around, ..so_far })
    })
}

/// The territory of a dataset: what its codes say, unless the organisation's own is within that and so says more.
pub fn choose(told: Option<Territory>, organization: Option<&str>) -> Option<String> {
    let own = organization.map(str::to_owned);
    match told {
        Some(told) if organization.and_then(territory::find).is_some_and(|own| told.contains(own)) => own,
        Some(told) => Some(told.key()),
        None => own,
    }
}

/// The codes of a column, each once.
fn codes(column: &ColumnProfile, folder: &Path) -> Option<BTreeSet<String>> {
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    // The most frequent values are all there are when there are few.
    if column.distinct_exact && column.distinct == column.top.len() as u64 {
        return column.top.iter().map(|frequency| text(&frequency.value)).collect();
    }
    if column.distinct > MOST_CODES as u64 {
        return None;
    }
    text_values(folder, &column.name, MOST_CODES).ok().flatten()
}

/// The smallest territory around codes of one kind.
fn around(meaning: Meaning, codes: &BTreeSet<String>) -> Option<Territory> {
    let mut unknown = 0;
    let mut places = Vec::new();
    for code in codes {
        match places_of(meaning, code) {
            places_of_code if places_of_code.is_empty() => unknown += 1,
            places_of_code => places.extend(places_of_code),
        }
    }
    // SIREN are of anybody: unless all are of local governments, they say who and not where.
    let tolerated = if matches!(meaning, Meaning::Siren | Meaning::Siret) { 0 } else { codes.len() / UNKNOWN_SHARE };
    if unknown > tolerated { None } else { territory::smallest_around(places) }
}

fn places_of(meaning: Meaning, code: &str) -> Vec<Territory> {
    let geography = Geography::shipped();
    let communes = |communes: Vec<Commune>| communes.into_iter().map(Territory::Commune).collect();
    match meaning {
        Meaning::CommuneCode => communes(geography.resolve(code)),
        Meaning::Postcode => {
            communes(geography.of_postcode(code).flat_map(|one| geography.resolve(one.code())).collect())
        }
        Meaning::DepartementCode => geography.departement(code).map(Territory::Departement).into_iter().collect(),
        Meaning::RegionCode => geography.region(code).map(Territory::Region).into_iter().collect(),
        Meaning::Siren | Meaning::Siret => code.get(..9).and_then(territory::of_siren).into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn told(meaning: Meaning, codes: &[&str]) -> Option<String> {
        around(meaning, &codes.iter().map(|code| (*code).to_owned()).collect()).map(Territory::key)
    }

    #[test]
    fn the_smallest_territory_around_all_codes_is_told() {
        assert_eq!(told(Meaning::CommuneCode, &["11076"]).as_deref(), Some("commune:11076"));
        assert_eq!(told(Meaning::CommuneCode, &["34172", "34001", "34300"]).as_deref(), Some("departement:34"));
        assert_eq!(told(Meaning::CommuneCode, &["44109", "44143"]).as_deref(), Some("epci:244400404"));
        assert_eq!(told(Meaning::CommuneCode, &["11076", "75056"]), None);
        assert_eq!(told(Meaning::DepartementCode, &["11", "34"]).as_deref(), Some("region:76"));
        assert_eq!(told(Meaning::Siren, &["211100763"]).as_deref(), Some("commune:11076"));
        assert_eq!(told(Meaning::Siren, &["200035855"]).as_deref(), Some("epci:200035855"));
    }

    #[test]
    fn codes_of_other_times_count_as_what_they_are_today() {
        assert_eq!(told(Meaning::CommuneCode, &["01144"]).as_deref(), Some("commune:01025"));
        assert_eq!(told(Meaning::CommuneCode, &["75101", "75120"]).as_deref(), Some("commune:75056"));
    }

    #[test]
    fn a_few_unknown_codes_are_forgiven_and_many_are_not() {
        let mut codes: Vec<String> = geography::Geography::shipped()
            .departement("11")
            .unwrap()
            .communes()
            .take(20)
            .map(|commune| commune.code().to_owned())
            .collect();
        codes.push("99100".to_owned());
        let of = |codes: &[String]| told(Meaning::CommuneCode, &codes.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(of(&codes).as_deref(), Some("departement:11"));
        codes.extend(["99101".to_owned(), "99102".to_owned(), "99103".to_owned()]);
        assert_eq!(of(&codes), None);
        // Firms are of no territory.
        assert_eq!(told(Meaning::Siren, &["211100763", "552100554"]), None);
    }

    #[test]
    fn the_own_territory_of_the_organisation_says_more_when_it_is_within() {
        let aude = territory::find("departement:11");
        assert_eq!(choose(aude, Some("commune:11076")).as_deref(), Some("commune:11076"));
        assert_eq!(choose(aude, Some("commune:34172")).as_deref(), Some("departement:11"));
        assert_eq!(choose(aude, None).as_deref(), Some("departement:11"));
        assert_eq!(choose(None, Some("commune:34172")).as_deref(), Some("commune:34172"));
        assert_eq!(choose(None, None), None);
    }
}
