//! Which column of a table is what.

use std::{collections::BTreeMap, sync::LazyLock};

use super::SourceError;
use crate::text;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Role {
    /// The number's identifier.
    Id,
    /// Identifiers of commune, way and number in one cell, as BAL 1.3 has them.
    Uid,
    /// The way's identifier.
    StreetId,
    /// The way's lasting identifier.
    BanStreetId,
    /// The number's lasting identifier.
    BanNumberId,
    /// The house number.
    Number,
    /// What follows it.
    Suffix,
    /// The way's name.
    Street,
    /// A named place.
    Locality,
    /// The name of a point of interest.
    Name,
    /// Number and way in one cell.
    Address,
    /// Postcode.
    Postcode,
    /// INSEE code of the commune.
    CityCode,
    /// Name of the commune.
    City,
    /// Municipal arrondissement or quarter.
    District,
    /// INSEE code of the former commune.
    OldCityCode,
    /// Name of the former commune.
    OldCity,
    /// Degrees east.
    Longitude,
    /// Degrees north.
    Latitude,
    /// Metres east in the legal projection, or degrees.
    X,
    /// Metres north in the legal projection, or degrees.
    Y,
    /// Latitude and longitude in one cell.
    Point,
    /// What the position is of: the entrance, the plot.
    PositionType,
    /// Whether the town vouches for the number.
    Certified,
    /// Another name of the way.
    Alias,
    /// Category of a point of interest.
    Category,
    /// Inhabitants.
    Population,
    /// How much it is looked for.
    Importance,
}

impl Role {
    /// All of them, in the order of their numbers.
    pub const ALL: [Role; 28] = [
        Role::Id,
        Role::Uid,
        Role::StreetId,
        Role::BanStreetId,
        Role::BanNumberId,
        Role::Number,
        Role::Suffix,
        Role::Street,
        Role::Locality,
        Role::Name,
        Role::Address,
        Role::Postcode,
        Role::CityCode,
        Role::City,
        Role::District,
        Role::OldCityCode,
        Role::OldCity,
        Role::Longitude,
        Role::Latitude,
        Role::X,
        Role::Y,
        Role::Point,
        Role::PositionType,
        Role::Certified,
        Role::Alias,
        Role::Category,
        Role::Population,
        Role::Importance,
    ];

    /// Its name, as command lines give it: `street`, `city-code`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Role::Id => "id",
            Role::Uid => "uid",
            Role::StreetId => "street-id",
            Role::BanStreetId => "ban-street-id",
            Role::BanNumberId => "ban-number-id",
            Role::Number => "number",
            Role::Suffix => "suffix",
            Role::Street => "street",
            Role::Locality => "locality",
            Role::Name => "name",
            Role::Address => "address",
            Role::Postcode => "postcode",
            Role::CityCode => "city-code",
            Role::City => "city",
            Role::District => "district",
            Role::OldCityCode => "old-city-code",
            Role::OldCity => "old-city",
            Role::Longitude => "longitude",
            Role::Latitude => "latitude",
            Role::X => "x",
            Role::Y => "y",
            Role::Point => "point",
            Role::PositionType => "position-type",
            Role::Certified => "certified",
            Role::Alias => "alias",
            Role::Category => "category",
            Role::Population => "population",
            Role::Importance => "importance",
        }
    }

    /// The role of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Each role with the names that its column has.
static NAMES: LazyLock<Vec<(Role, Vec<&'static str>)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/columns.tsv").lines().filter(|line| !line.starts_with('#'));
    let parted = lines.filter_map(|line| line.split_once('\t'));
    parted.filter_map(|(role, names)| Some((Role::find(role)?, names.split(' ').collect()))).collect()
});

/// Where each role's column is.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    at: [Option<usize>; Role::ALL.len()],
    /// Names of ways in regional languages: `voie_nom_bre`.
    pub(super) languages: Vec<usize>,
    header: Vec<String>,
}

impl Columns {
    /// Recognises the columns of a header; those that are given by name go first.
    pub(super) fn of(header: &[&str], given: &BTreeMap<Role, String>) -> Result<Columns, SourceError> {
        let normal: Vec<String> = header.iter().map(|name| normalised(name)).collect();
        let mut at = [None; Role::ALL.len()];
        let mut taken = vec![false; header.len()];
        for (role, name) in given {
            let wanted = normalised(name);
            let found = header.iter().position(|column| column == name);
            let found = found.or_else(|| normal.iter().position(|column| *column == wanted));
            let unknown = || SourceError::UnknownColumn { name: name.clone(), found: header.join(", ") };
            let found = found.ok_or_else(unknown)?;
            at[*role as usize] = Some(found);
            taken[found] = true;
        }
        for (role, names) in NAMES.iter().filter(|(role, _)| !given.contains_key(role)) {
            let found = names.iter().find_map(|name| normal.iter().position(|column| column == name));
            if let Some(found) = found.filter(|found| !taken[*found]) {
                at[*role as usize] = Some(found);
                taken[found] = true;
            }
        }
        let language = |column: &String| {
            let language = column.strip_prefix("voie_nom_").or_else(|| column.strip_prefix("toponyme_"));
            language.is_some_and(|language| language.len() == 3 || language.len() == 2)
        };
        let languages = (0..normal.len()).filter(|column| language(&normal[*column])).collect();
        Ok(Columns { at, languages, header: header.iter().map(|name| (*name).to_owned()).collect() })
    }

    pub(super) fn at(&self, role: Role) -> Option<usize> {
        self.at.get(role as usize).copied().flatten()
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.at(role).is_some()
    }

    /// The file's own name of the role's column, or the role's.
    pub(super) fn name(&self, role: Role) -> &str {
        self.at(role).and_then(|at| self.header.get(at)).map_or(role.name(), String::as_str)
    }

    /// One of the columns is called so.
    pub(super) fn has_column(&self, name: &str) -> bool {
        self.header.iter().any(|column| normalised(column) == name)
    }

    pub(super) fn found(&self) -> String {
        self.header.join(", ")
    }
}

/// A column's name in lower case without accents, other signs as `_`.
fn normalised(name: &str) -> String {
    text::folded(name).replace(' ', "_")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_role() {
        for line in include_str!("../../data/columns.tsv").lines().filter(|line| !line.starts_with('#')) {
            assert!(Role::find(line.split('\t').next().unwrap()).is_some(), "{line}");
        }
        assert!(Role::ALL.iter().enumerate().all(|(at, role)| *role as usize == at));
    }

    #[test]
    fn columns_are_recognised_whatever_their_case_and_accents() {
        let columns =
            Columns::of(&["Numéro", "Nom voie", "Code INSEE", "voie_nom_bre", "x"], &BTreeMap::new()).unwrap();
        assert_eq!(columns.at(Role::Number), Some(0));
        assert_eq!(columns.at(Role::Street), Some(1));
        assert_eq!(columns.at(Role::CityCode), Some(2));
        assert_eq!(columns.languages, [3]);
        assert_eq!(columns.at(Role::X), Some(4));
    }

    #[test]
    fn a_column_named_by_hand_wins_and_must_exist() {
        let named = BTreeMap::from([(Role::Street, "Libellé".to_owned())]);
        let columns = Columns::of(&["rue", "libellé"], &named).unwrap();
        assert_eq!(columns.at(Role::Street), Some(1));
        assert!(Columns::of(&["rue"], &named).is_err());
    }
}
