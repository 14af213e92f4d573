//! A commune.

use serde::Serialize;

use crate::division::{Departement, Epci, Region};
use crate::file::{NOWHERE, Numbers};
use crate::outline::{Bbox, MultiPolygon, Point, UNITS};
use crate::{Columns, Geography};

/// Where a territory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// Metropolitan France.
    Metro,
    /// Overseas départements and régions.
    Drom,
    /// Other overseas collectivities.
    Com,
}

impl Zone {
    /// The name that data give it: `metro`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Metro => "metro",
            Self::Drom => "drom",
            Self::Com => "com",
        }
    }

    /// The zone of a name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Metro, Self::Drom, Self::Com].into_iter().find(|zone| zone.as_str() == name)
    }

    pub(crate) fn read(zones: Numbers, row: usize) -> Self {
        match zones.u8(row) {
            Some(1) => Self::Drom,
            Some(2) => Self::Com,
            _ => Self::Metro,
        }
    }
}

/// What a commune is. The order is that of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum CommuneKind {
    /// A commune of today.
    #[serde(rename = "commune-actuelle")]
    Current,
    /// An arrondissement of Paris, Lyon or Marseille.
    #[serde(rename = "arrondissement-municipal")]
    Arrondissement,
    /// An associated commune (Act of 16 July 1971).
    #[serde(rename = "commune-associee")]
    Associated,
    /// A delegated commune (Act of 16 December 2010).
    #[serde(rename = "commune-deleguee")]
    Delegated,
}

impl CommuneKind {
    /// The name that data give it: `commune-actuelle`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "commune-actuelle",
            Self::Arrondissement => "arrondissement-municipal",
            Self::Associated => "commune-associee",
            Self::Delegated => "commune-deleguee",
        }
    }

    /// The kind of a name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Current, Self::Arrondissement, Self::Associated, Self::Delegated]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// A commune, a municipal arrondissement, an associated or a delegated commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commune(u32);

impl Commune {
    pub(crate) fn at(row: usize) -> Self {
        Self(u32::try_from(row).unwrap_or(u32::MAX))
    }

    pub(crate) fn row(self) -> usize {
        self.0 as usize
    }

    /// INSEE code: `11076`.
    pub fn code(self) -> &'static str {
        columns().codes.get(self.row())
    }

    /// Its official name.
    pub fn name(self) -> &'static str {
        columns().names.get(self.row())
    }

    /// What it is.
    pub fn kind(self) -> CommuneKind {
        match columns().kinds.u8(self.row()) {
            Some(1) => CommuneKind::Arrondissement,
            Some(2) => CommuneKind::Associated,
            Some(3) => CommuneKind::Delegated,
            _ => CommuneKind::Current,
        }
    }

    /// The commune that an arrondissement, an associated or a delegated commune is part of.
    pub fn parent(self) -> Option<Self> {
        Geography::shipped().parents.known(self.row()).map(Self)
    }

    /// Those that are part of this one.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        let geography = Geography::shipped();
        (geography.ends[0]..geography.communes.codes.len())
            .map(Self::at)
            .filter(move |part| part.parent() == Some(self))
    }

    /// Its postcodes, separated by spaces.
    pub fn postcodes_text(self) -> &'static str {
        Geography::shipped().commune_postcodes.get(self.row())
    }

    /// Its postcodes.
    pub fn postcodes(self) -> impl Iterator<Item = &'static str> + Clone {
        self.postcodes_text().split(' ').filter(|postcode| !postcode.is_empty())
    }

    /// SIREN of the local government.
    pub fn siren(self) -> Option<&'static str> {
        Some(Geography::shipped().sirens.get(self.row())).filter(|siren| !siren.is_empty())
    }

    /// The EPCI that it is a member of.
    pub fn epci(self) -> Option<Epci> {
        let row = Geography::shipped().commune_epcis.u16(self.row())?;
        (row != u16::MAX).then(|| Epci::at(row.into()))
    }

    /// Its département, or the overseas collectivity that stands for one.
    pub fn departement(self) -> Departement {
        Departement::at(Geography::shipped().commune_departements.u8(self.row()).unwrap_or(u8::MAX).into())
    }

    /// Its région, or the overseas collectivity that stands for one.
    pub fn region(self) -> Region {
        self.departement().region()
    }

    /// Where it is.
    pub fn zone(self) -> Zone {
        Zone::read(columns().zones, self.row())
    }

    /// Municipal population (INSEE, 2023, in force on 1 January 2026).
    pub fn population(self) -> Option<u32> {
        columns().populations.known(self.row())
    }

    /// Hectares, by the outline.
    pub fn surface(self) -> Option<f64> {
        surface(columns(), self.row())
    }

    /// A point inside: the centre of gravity where that is inside; the town hall where no outline is known.
    pub fn centre(self) -> Option<Point> {
        point(columns().centres, self.row())
    }

    /// The rectangle around it, by the outline.
    pub fn bbox(self) -> Option<Bbox> {
        bbox(columns(), self.row())
    }

    /// Its town hall.
    pub fn town_hall(self) -> Option<Point> {
        point(Geography::shipped().town_halls, self.row())
    }

    /// Its outline; empty when it isn't known.
    pub fn outline(self) -> MultiPolygon {
        columns().outlines.get(self.row())
    }

    /// Codes that were of communes which are part of it today, in order.
    pub fn former_codes(self) -> Vec<&'static str> {
        Geography::shipped().former_codes(self)
    }
}

fn columns() -> &'static Columns {
    &Geography::shipped().communes
}

/// A point of a column of pairs.
pub(crate) fn point(column: Numbers, row: usize) -> Option<Point> {
    let [lon, lat] = [column.i32(row * 2)?, column.i32(row * 2 + 1)?];
    (lon != NOWHERE).then(|| Point { lon: f64::from(lon) / 1e6, lat: f64::from(lat) / 1e6 })
}

/// Hectares of a row.
pub(crate) fn surface(columns: &Columns, row: usize) -> Option<f64> {
    columns.surfaces.known(row).map(|ares| f64::from(ares) / 100.0)
}

/// The rectangle of a row.
pub(crate) fn bbox(columns: &Columns, row: usize) -> Option<Bbox> {
    let side = |n| columns.boxes.i32(row * 4 + n).filter(|side| *side != NOWHERE).map(|side| f64::from(side) / UNITS);
    Some(Bbox { west: side(0)?, south: side(1)?, east: side(2)?, north: side(3)? })
}
