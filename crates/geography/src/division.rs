//! What communes are parts of: EPCI, départements, régions.

use crate::commune::{Commune, Zone, bbox, point, surface};
use crate::outline::{Bbox, MultiPolygon, Point};
use crate::{Columns, Geography};

/// What the three have alike.
macro_rules! division {
    ($name:ident, $columns:ident) => {
        impl $name {
            pub(crate) fn at(row: usize) -> Self {
                Self(u16::try_from(row).unwrap_or(u16::MAX))
            }

            pub(crate) fn row(self) -> usize {
                self.0.into()
            }

            fn columns() -> &'static Columns {
                &Geography::shipped().$columns
            }

            /// Its code.
            pub fn code(self) -> &'static str {
                Self::columns().codes.get(self.row())
            }

            /// Its name.
            pub fn name(self) -> &'static str {
                Self::columns().names.get(self.row())
            }

            /// Where it is.
            pub fn zone(self) -> Zone {
                Zone::read(Self::columns().zones, self.row())
            }

            /// Municipal population: that of its communes.
            pub fn population(self) -> Option<u32> {
                Self::columns().populations.known(self.row())
            }

            /// Hectares, by the outline.
            pub fn surface(self) -> Option<f64> {
                surface(Self::columns(), self.row())
            }

            /// A point inside.
            pub fn centre(self) -> Option<Point> {
                point(Self::columns().centres, self.row())
            }

            /// The rectangle around it.
            pub fn bbox(self) -> Option<Bbox> {
                bbox(Self::columns(), self.row())
            }

            /// The outline of its communes together; empty when it isn't known.
            pub fn outline(self) -> MultiPolygon {
                Self::columns().outlines.get(self.row())
            }
        }
    };
}

/// An intercommunalité with its own taxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epci(u16);

/// A département, or an overseas collectivity that stands for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Departement(u16);

/// A région, or an overseas collectivity that stands for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(u16);

division!(Epci, epcis);
division!(Departement, departements);
division!(Region, regions);

impl Epci {
    /// Its legal form: `CC`, `CA`, `CU`, `METRO`, `MET69`.
    pub fn kind(self) -> &'static str {
        Self::columns()
            .kinds
            .u8(self.row())
            .and_then(|kind| EPCI_KINDS.get(usize::from(kind)))
            .copied()
            .unwrap_or_default()
    }

    /// Its communes, by code.
    pub fn communes(self) -> impl ExactSizeIterator<Item = Commune> + Clone {
        Geography::shipped().members.get(self.row()).map(|row| Commune::at(row as usize))
    }

    /// Départements that its communes are in.
    pub fn departements(self) -> impl ExactSizeIterator<Item = Departement> + Clone {
        Geography::shipped().epci_departements.get(self.row()).map(|row| Departement::at(row as usize))
    }

    /// Régions that its communes are in.
    pub fn regions(self) -> impl ExactSizeIterator<Item = Region> + Clone {
        Geography::shipped().epci_regions.get(self.row()).map(|row| Region::at(row as usize))
    }
}

/// Legal forms of EPCI, by the number that the file gives them.
pub const EPCI_KINDS: [&str; 5] = ["CC", "CA", "CU", "METRO", "MET69"];

impl Departement {
    /// Its région.
    pub fn region(self) -> Region {
        Region::at(Geography::shipped().departement_regions.u8(self.row()).unwrap_or(u8::MAX).into())
    }

    /// Its communes of today, by code.
    pub fn communes(self) -> impl ExactSizeIterator<Item = Commune> + Clone {
        Geography::shipped().departement_communes.get(self.row()).map(|row| Commune::at(row as usize))
    }

    /// The commune where its prefecture is.
    pub fn seat(self) -> Option<Commune> {
        Geography::shipped().departement_seats.known(self.row()).map(|row| Commune::at(row as usize))
    }
}

impl Region {
    /// Its départements, by code.
    pub fn departements(self) -> impl ExactSizeIterator<Item = Departement> + Clone {
        Geography::shipped().region_departements.get(self.row()).map(|row| Departement::at(row as usize))
    }

    /// Its communes of today, by département and code.
    pub fn communes(self) -> impl Iterator<Item = Commune> + Clone {
        self.departements().flat_map(Departement::communes)
    }

    /// The commune where its prefecture is.
    pub fn seat(self) -> Option<Commune> {
        Geography::shipped().region_seats.known(self.row()).map(|row| Commune::at(row as usize))
    }
}
