//! Communes, EPCI, départements and régions under one key, as catalogues keep it: `commune:11076`, `epci:200035855`.

use serde::Serialize;

use crate::commune::Zone;
use crate::fold;
use crate::outline::{Bbox, MultiPolygon, Point};
use crate::{Commune, CommuneKind, Departement, Epci, Geography, Region};

/// Territories whose names are looked at letter by letter; the most populated of them.
const MOST_RANKED: usize = 500;

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
    /// All, the smallest first.
    pub const ALL: [Self; 4] = [Self::Commune, Self::Epci, Self::Departement, Self::Region];

    /// The name that catalogues keep: `commune`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Departement => "departement",
            Self::Epci => "epci",
            Self::Commune => "commune",
        }
    }

    /// The kind of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A territory: a commune of today, an EPCI, a département, a région.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Territory {
    /// A commune of today.
    Commune(Commune),
    /// An intercommunalité.
    Epci(Epci),
    /// A département.
    Departement(Departement),
    /// A région.
    Region(Region),
}

/// The same question to whichever of the four.
macro_rules! each {
    ($territory:expr, $one:ident => $answer:expr) => {
        match $territory {
            Territory::Commune($one) => $answer,
            Territory::Epci($one) => $answer,
            Territory::Departement($one) => $answer,
            Territory::Region($one) => $answer,
        }
    };
}

impl Territory {
    /// What it is.
    pub fn kind(self) -> Kind {
        match self {
            Self::Commune(_) => Kind::Commune,
            Self::Epci(_) => Kind::Epci,
            Self::Departement(_) => Kind::Departement,
            Self::Region(_) => Kind::Region,
        }
    }

    /// INSEE code; the SIREN of an EPCI.
    pub fn code(self) -> &'static str {
        each!(self, one => one.code())
    }

    /// Its official name.
    pub fn name(self) -> &'static str {
        each!(self, one => one.name())
    }

    /// As catalogues write it: `commune:11076`.
    pub fn key(self) -> String {
        format!("{}:{}", self.kind().as_str(), self.code())
    }

    /// Municipal population.
    pub fn population(self) -> Option<u32> {
        each!(self, one => one.population())
    }

    /// Where it is.
    pub fn zone(self) -> Zone {
        each!(self, one => one.zone())
    }

    /// A point inside.
    pub fn centre(self) -> Option<Point> {
        each!(self, one => one.centre())
    }

    /// The rectangle around it.
    pub fn bbox(self) -> Option<Bbox> {
        each!(self, one => one.bbox())
    }

    /// Its outline; empty when it isn't known.
    pub fn outline(self) -> MultiPolygon {
        each!(self, one => one.outline())
    }

    /// SIREN of the local government, when known.
    pub fn siren(self) -> Option<&'static str> {
        match self {
            Self::Commune(commune) => commune.siren(),
            Self::Epci(epci) => Some(epci.code()),
            Self::Departement(_) | Self::Region(_) => None,
        }
    }

    /// Postcodes of a commune, separated by spaces.
    pub fn postcodes(self) -> &'static str {
        match self {
            Self::Commune(commune) => commune.postcodes_text(),
            _ => "",
        }
    }

    /// The département that a commune, or all of an EPCI, is in.
    pub fn departement(self) -> Option<Departement> {
        match self {
            Self::Commune(commune) => Some(commune.departement()),
            Self::Epci(epci) => Some(epci.departements()).filter(|all| all.len() == 1).and_then(|mut all| all.next()),
            Self::Departement(departement) => Some(departement),
            Self::Region(_) => None,
        }
    }

    /// The région that it is wholly in.
    pub fn region(self) -> Option<Region> {
        match self {
            Self::Commune(commune) => Some(commune.region()),
            Self::Epci(epci) => Some(epci.regions()).filter(|all| all.len() == 1).and_then(|mut all| all.next()),
            Self::Departement(departement) => Some(departement.region()),
            Self::Region(region) => Some(region),
        }
    }

    /// The communes that it is made of.
    pub fn communes(self) -> Box<dyn Iterator<Item = Commune>> {
        match self {
            Self::Commune(commune) => Box::new(std::iter::once(commune)),
            Self::Epci(epci) => Box::new(epci.communes()),
            Self::Departement(departement) => Box::new(departement.communes()),
            Self::Region(region) => Box::new(region.communes()),
        }
    }

    /// Whether another is wholly inside; a territory contains itself.
    pub fn contains(self, inner: Self) -> bool {
        match (self, inner) {
            (Self::Region(region), inner) => inner.region() == Some(region),
            (Self::Departement(departement), inner) => inner.departement() == Some(departement),
            (Self::Epci(epci), Self::Commune(commune)) => commune.epci() == Some(epci),
            (outer, inner) => outer == inner,
        }
    }

    /// What it is wholly inside of, the smallest first; not itself.
    pub fn ancestors(self) -> Vec<Self> {
        let epci = match self {
            Self::Commune(commune) => commune.epci().map(Self::Epci),
            _ => None,
        };
        let wider = [epci, self.departement().map(Self::Departement), self.region().map(Self::Region)];
        wider.into_iter().flatten().filter(|wider| *wider != self).collect()
    }
}

/// The territory that catalogues call `commune:11076`, `epci:200035855`…; a code that a commune had finds what it is today,
/// unless it was split.
pub fn find(key: &str) -> Option<Territory> {
    let (kind, code) = key.split_once(':')?;
    let geography = Geography::shipped();
    match Kind::parse(kind)? {
        Kind::Commune => match geography.resolve(code).as_slice() {
            [commune] => Some(Territory::Commune(*commune)),
            _ => None,
        },
        Kind::Epci => geography.epci(code).map(Territory::Epci),
        Kind::Departement => geography.departement(code).map(Territory::Departement),
        Kind::Region => geography.region(code).map(Territory::Region),
    }
}

/// The territory governed by the local government of this SIREN.
pub fn of_siren(siren: &str) -> Option<Territory> {
    let geography = Geography::shipped();
    let commune = || geography.of_siren(siren).filter(|commune| commune.kind() == CommuneKind::Current);
    geography.epci(siren).map(Territory::Epci).or_else(|| commune().map(Territory::Commune))
}

/// Whether the territory of a key is wholly inside that of another.
pub fn contains(outer: &str, inner: &str) -> bool {
    find(outer).zip(find(inner)).is_some_and(|(outer, inner)| outer.contains(inner))
}

/// Keys of what a territory is wholly inside of, the smallest first.
pub fn ancestors(key: &str) -> Vec<String> {
    find(key).map(Territory::ancestors).unwrap_or_default().into_iter().map(Territory::key).collect()
}

/// The smallest territory that contains all of these: the one, or what they are all in.
pub fn smallest_around(territories: impl IntoIterator<Item = Territory>) -> Option<Territory> {
    let mut territories = territories.into_iter();
    let first = territories.next()?;
    let mut around = vec![first];
    around.extend(first.ancestors());
    for inner in territories {
        around.retain(|outer| outer.contains(inner));
        if around.is_empty() {
            return None;
        }
    }
    around.first().copied()
}

/// Territories whose name, code or postcode begins with a text, or whose name is near it: the best first, then the most
/// populated; of one kind, or of any.
pub fn suggest(text: &str, kind: Option<Kind>, most: usize) -> Vec<Territory> {
    let text = text.trim();
    let wanted = |of: &Kind| kind.is_none_or(|kind| kind == *of);
    let begins_with_figure = text.starts_with(|c: char| c.is_ascii_digit());
    let by_code = if begins_with_figure { of_code_beginning(text) } else { Vec::new() };
    let mut found: Vec<(Territory, f64)> = if by_code.is_empty() {
        Kind::ALL.into_iter().filter(wanted).flat_map(|kind| named(text, kind)).collect()
    } else {
        by_code.into_iter().filter(|one| wanted(&one.kind())).map(|one| (one, 0.0)).collect()
    };
    // What is named so, then what begins so, then the largest: which of the longer names is meant, nothing says.
    found.sort_by_key(|(territory, score)| (*score < 1.0, std::cmp::Reverse(territory.population())));
    found.truncate(MOST_RANKED);
    let typed = fold::words(text).join(" ");
    let rank = |(territory, score): &(Territory, f64)| match (*score >= 1.0, begins(territory.name(), &typed)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    };
    found.sort_by_cached_key(|one| (rank(one), std::cmp::Reverse(one.0.population()), one.0.kind() as u8));
    found.truncate(most);
    found.into_iter().map(|(territory, _)| territory).collect()
}

/// Whether a name begins with words.
fn begins(name: &str, typed: &str) -> bool {
    fold::words(name).join(" ").starts_with(typed)
}

fn named(text: &str, kind: Kind) -> Vec<(Territory, f64)> {
    let geography = Geography::shipped();
    let index = match kind {
        Kind::Commune => geography.communes.index,
        Kind::Epci => geography.epcis.index,
        Kind::Departement => geography.departements.index,
        Kind::Region => geography.regions.index,
    };
    let current = geography.rows_of(CommuneKind::Current);
    let territory = |row: usize| match kind {
        Kind::Commune => current.contains(&row).then(|| Territory::Commune(Commune::at(row))),
        Kind::Epci => Some(Territory::Epci(Epci::at(row))),
        Kind::Departement => Some(Territory::Departement(Departement::at(row))),
        Kind::Region => Some(Territory::Region(Region::at(row))),
    };
    index.find(text).into_iter().filter_map(|named| Some((territory(named.row)?, named.score))).collect()
}

/// Territories whose code or postcode begins so.
fn of_code_beginning(start: &str) -> Vec<Territory> {
    let geography = Geography::shipped();
    let start = start.to_ascii_uppercase();
    let current = geography.rows_of(CommuneKind::Current);
    let communes = geography.communes.codes.beginning(&start, current.clone());
    let postcodes = geography.postcodes.beginning(&start, 0..geography.postcodes.len());
    let of_postcodes = postcodes.flat_map(|row| geography.postcode_communes.get(row)).map(|row| row as usize);
    let mut rows: Vec<usize> = communes.chain(of_postcodes.filter(|row| current.contains(row))).collect();
    rows.sort_unstable();
    rows.dedup();
    let epcis = geography.epcis.codes.beginning(&start, 0..geography.epcis.codes.len());
    let departements = geography.departements.codes.beginning(&start, 0..geography.departements.codes.len());
    let regions = geography.regions.codes.beginning(&start, 0..geography.regions.codes.len());
    let communes = rows.into_iter().map(|row| Territory::Commune(Commune::at(row)));
    let wider = regions.map(|row| Territory::Region(Region::at(row)));
    let wider = wider.chain(departements.map(|row| Territory::Departement(Departement::at(row))));
    wider.chain(epcis.map(|row| Territory::Epci(Epci::at(row)))).chain(communes).collect()
}
