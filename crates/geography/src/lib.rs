//! The administrative divisions of France: their codes through time, names, outlines and populations.
//!
//! # Brief overview
//! [`Geography::shipped`] is what `territories/geography.bin` holds, which is compiled in and read where it lies: nothing is
//! parsed when the program starts, and an outline is decoded when it is asked for. From it come [`Commune`], [`Epci`],
//! [`Departement`] and [`Region`], which are as small as a number and know the rest by looking it up;
//! [`CommuneQuery`] finds communes, [`territory`] names any of the four by one key, as the catalogue keeps it.
//!
//! ```
//! use geography::Geography;
//!
//! let france = Geography::shipped();
//! let town = france.commune("11076").unwrap();
//! assert_eq!((town.name(), town.departement().name()), ("Castelnaudary", "Aude"));
//! assert_eq!(france.at(1.954, 43.318), Some(town));
//! ```

mod commune;
mod division;
pub mod file;
pub mod fold;
mod history;
pub mod names;
pub mod outline;
pub mod position;
mod search;
pub mod territory;

use std::ops::Range;
use std::sync::LazyLock;

pub use commune::{Commune, CommuneKind, Zone};
pub use division::{Departement, EPCI_KINDS, Epci, Region};
pub use outline::{Bbox, MultiPolygon, Point};
pub use search::{CommuneQuery, Found};

use crate::file::{Codes, Column, File, Lists, Numbers, Table, Texts};
use crate::names::Names;
use crate::outline::Outlines;

static SHIPPED: LazyLock<Geography> =
    LazyLock::new(|| Geography::open(File::new(include_bytes!("../../../territories/geography.bin"))));

/// Columns that every kind of territory has.
#[derive(Debug, Clone, Copy)]
struct Columns {
    codes: Codes,
    names: Texts,
    kinds: Numbers,
    zones: Numbers,
    populations: Numbers,
    surfaces: Numbers,
    centres: Numbers,
    boxes: Numbers,
    outlines: Outlines,
    index: Names,
}

impl Columns {
    fn open(file: File, table: Table, width: usize) -> Self {
        Self {
            codes: file.codes(table, width),
            names: file.texts(table, Column::Names),
            kinds: file.numbers(table, Column::Kinds),
            zones: file.numbers(table, Column::Zones),
            populations: file.numbers(table, Column::Populations),
            surfaces: file.numbers(table, Column::Surfaces),
            centres: file.numbers(table, Column::Centres),
            boxes: file.numbers(table, Column::Boxes),
            outlines: Outlines::new(file, table),
            index: Names::new(file, table),
        }
    }
}

/// The territories of France.
#[derive(Debug)]
pub struct Geography {
    fingerprint: u64,
    communes: Columns,
    /// Where current communes end, and where arrondissements do.
    ends: [usize; 2],
    town_halls: Numbers,
    parents: Numbers,
    sirens: Codes,
    commune_epcis: Numbers,
    commune_departements: Numbers,
    commune_postcodes: Texts,
    epcis: Columns,
    members: Lists,
    epci_departements: Lists,
    epci_regions: Lists,
    departements: Columns,
    departement_regions: Numbers,
    departement_seats: Numbers,
    departement_communes: Lists,
    regions: Columns,
    region_seats: Numbers,
    region_departements: Lists,
    former: Codes,
    former_names: Texts,
    former_communes: Lists,
    postcodes: Codes,
    postcode_communes: Lists,
    by_siren: Numbers,
    cells: Numbers,
    cell_communes: Lists,
}

impl Geography {
    /// What the program ships.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn open(file: File) -> Self {
        let communes = Columns::open(file, Table::Communes, 5);
        let kind_ends = |kind: CommuneKind| communes.kinds.end_of(kind as u8);
        Self {
            fingerprint: file.fingerprint(),
            ends: [CommuneKind::Current, CommuneKind::Arrondissement].map(kind_ends),
            communes,
            town_halls: file.numbers(Table::Communes, Column::TownHalls),
            parents: file.numbers(Table::Communes, Column::Parents),
            sirens: file.codes_of(Table::Communes, Column::Sirens, 9),
            commune_epcis: file.numbers(Table::Communes, Column::Epcis),
            commune_departements: file.numbers(Table::Communes, Column::Departements),
            commune_postcodes: file.texts(Table::Communes, Column::Postcodes),
            epcis: Columns::open(file, Table::Epcis, 9),
            members: file.lists(Table::Epcis, Column::Members),
            epci_departements: file.lists(Table::Epcis, Column::DepartementLists),
            epci_regions: file.lists(Table::Epcis, Column::RegionLists),
            departements: Columns::open(file, Table::Departements, 3),
            departement_regions: file.numbers(Table::Departements, Column::Regions),
            departement_seats: file.numbers(Table::Departements, Column::Parents),
            departement_communes: file.lists(Table::Departements, Column::Members),
            regions: Columns::open(file, Table::Regions, 3),
            region_seats: file.numbers(Table::Regions, Column::Parents),
            region_departements: file.lists(Table::Regions, Column::Members),
            former: file.codes(Table::Former, 5),
            former_names: file.texts(Table::Former, Column::Names),
            former_communes: file.lists(Table::Former, Column::Members),
            postcodes: file.codes(Table::Postcodes, 5),
            postcode_communes: file.lists(Table::Postcodes, Column::Members),
            by_siren: file.numbers(Table::Sirens, Column::Members),
            cells: file.numbers(Table::Cells, Column::Codes),
            cell_communes: file.short_lists(Table::Cells, Column::Members),
        }
    }

    /// What tells these territories from those of another edition.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Rows of the communes of a kind; associated and delegated ones are together.
    fn rows_of(&self, kind: CommuneKind) -> Range<usize> {
        let [current, arrondissements] = self.ends;
        match kind {
            CommuneKind::Current => 0..current,
            CommuneKind::Arrondissement => current..arrondissements,
            CommuneKind::Associated | CommuneKind::Delegated => arrondissements..self.communes.codes.len(),
        }
    }

    /// Communes of every kind: those of today, municipal arrondissements, associated and delegated ones.
    pub fn communes(&self) -> impl ExactSizeIterator<Item = Commune> + Clone + use<> {
        (0..self.communes.codes.len()).map(Commune::at)
    }

    /// Communes of today, by code.
    pub fn current_communes(&self) -> impl ExactSizeIterator<Item = Commune> + Clone + use<> {
        self.rows_of(CommuneKind::Current).map(Commune::at)
    }

    /// The commune of a code: that of today, else the municipal arrondissement, else the associated or delegated one.
    pub fn commune(&self, code: &str) -> Option<Commune> {
        [CommuneKind::Current, CommuneKind::Arrondissement, CommuneKind::Delegated]
            .into_iter()
            .find_map(|kind| self.commune_of_kind(code, kind))
    }

    /// The commune of a code, of one kind; an associated commune and a delegated one are looked for alike.
    pub fn commune_of_kind(&self, code: &str, kind: CommuneKind) -> Option<Commune> {
        self.communes.codes.find(code, self.rows_of(kind)).map(Commune::at)
    }

    /// Intercommunalités with their own taxes, by SIREN.
    pub fn epcis(&self) -> impl ExactSizeIterator<Item = Epci> + Clone + use<> {
        (0..self.epcis.codes.len()).map(Epci::at)
    }

    /// The EPCI of a SIREN.
    pub fn epci(&self, code: &str) -> Option<Epci> {
        self.epcis.codes.find(code, 0..self.epcis.codes.len()).map(Epci::at)
    }

    /// Départements by code, and the overseas collectivities that stand for one.
    pub fn departements(&self) -> impl ExactSizeIterator<Item = Departement> + Clone + use<> {
        (0..self.departements.codes.len()).map(Departement::at)
    }

    /// The département of a code.
    pub fn departement(&self, code: &str) -> Option<Departement> {
        self.departements.codes.find(code, 0..self.departements.codes.len()).map(Departement::at)
    }

    /// Régions by code, and the overseas collectivities that stand for one.
    pub fn regions(&self) -> impl ExactSizeIterator<Item = Region> + Clone + use<> {
        (0..self.regions.codes.len()).map(Region::at)
    }

    /// The région of a code.
    pub fn region(&self, code: &str) -> Option<Region> {
        self.regions.codes.find(code, 0..self.regions.codes.len()).map(Region::at)
    }

    /// EPCI whose name is like a text, the best first, with how much it is: 1 is the name itself.
    pub fn epcis_named(&self, text: &str) -> Vec<(Epci, f64)> {
        named(&self.epcis, text, Epci::at)
    }

    /// Départements whose name is like a text, the best first.
    pub fn departements_named(&self, text: &str) -> Vec<(Departement, f64)> {
        named(&self.departements, text, Departement::at)
    }

    /// Régions whose name is like a text, the best first.
    pub fn regions_named(&self, text: &str) -> Vec<(Region, f64)> {
        named(&self.regions, text, Region::at)
    }

    /// Communes that have a postcode, of every kind.
    pub fn of_postcode(&self, postcode: &str) -> impl Iterator<Item = Commune> + use<> {
        let row = self.postcodes.find(postcode, 0..self.postcodes.len());
        row.map(|row| self.postcode_communes.get(row)).into_iter().flatten().map(|row| Commune::at(row as usize))
    }

    /// The commune whose local government has a SIREN.
    pub fn of_siren(&self, siren: &str) -> Option<Commune> {
        let rows = self.by_siren.bytes() / 4;
        let row = self.by_siren.first(rows, |row| self.sirens.get(row as usize) >= siren)?;
        Some(Commune::at(row as usize)).filter(|commune| commune.siren() == Some(siren))
    }
}

fn named<T>(columns: &Columns, text: &str, at: impl Fn(usize) -> T) -> Vec<(T, f64)> {
    let mut found = columns.index.find(text);
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
    found.into_iter().map(|named| (at(named.row), named.score)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
