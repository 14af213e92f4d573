//! Which columns of a table are addresses, when its rows are not on the map yet.

mod content;
mod header;

use arrow::array::{Array as _, StringArray};
use serde::{Deserialize, Serialize};

use super::cells::Piece;
use crate::geocode::AddressColumns;
use content::Tally;
use header::Part;

/// Rows that are looked at: what a column holds shows early.
const LOOKED_AT: u64 = 5_000;
/// Share of cells with a street from which a column that is called an address is one.
const CALLED: f64 = 0.4;
/// The same for a column that is called otherwise: there, numbers before kinds of streets are asked.
const UNCALLED: f64 = 0.7;
/// Share of addresses that end with a postcode and a commune, from which they need no other.
const WHOLE: f64 = 0.5;

/// Columns that could be found on a map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locating {
    /// Where the addresses are.
    pub columns: AddressColumns,
    /// Whether the rows say in which commune they are, in a column of its own or in the address.
    pub says_commune: bool,
}

/// Looks at the rows of a table, the first ones at most.
#[derive(Debug)]
pub(super) struct Examiner {
    labels: Vec<String>,
    parts: Vec<Option<Part>>,
    tallies: Vec<Tally>,
    rows: u64,
}

impl Examiner {
    /// Of a table with this header; `None` when it says that rows have positions.
    pub fn new(labels: &[String]) -> Option<Self> {
        let parts: Vec<Option<Part>> = labels.iter().map(|label| header::part(label)).collect();
        if parts.contains(&Some(Part::Position)) {
            return None;
        }
        Some(Self { labels: labels.to_vec(), parts, tallies: vec![Tally::default(); labels.len()], rows: 0 })
    }

    /// Looks at rows; whether more are wanted.
    pub fn look(&mut self, columns: &[StringArray]) -> bool {
        let rows = columns.first().map_or(0, |column| column.len());
        let wanted = usize::try_from(LOOKED_AT - self.rows).unwrap_or(usize::MAX).min(rows);
        for (tally, column) in self.tallies.iter_mut().zip(columns) {
            column.iter().take(wanted).flatten().for_each(|cell| tally.add(cell));
        }
        self.rows += wanted as u64;
        self.rows < LOOKED_AT
    }

    /// What was found.
    pub fn finish(self) -> Option<Locating> {
        let (address, tally) = self.address()?;
        let labels = |indexes: Vec<usize>| indexes.into_iter().filter_map(|index| self.labels.get(index).cloned());
        // A column called « commune » may hold its code.
        let coded = |index: &usize| self.share(*index, |tally| tally.codes) >= 0.5;
        let columns = AddressColumns {
            address: labels(address).collect(),
            postcode: self.first(self.all(Part::Postcode).find(coded)),
            city: self.first(self.all(Part::City).find(|index| !coded(index) && self.tallies[*index].filled > 0)),
            city_code: self.first(self.all(Part::CityCode).chain(self.all(Part::City)).find(coded)),
            within: None,
        };
        let says_commune = columns.says_commune() || tally.share(tally.postcodes) >= WHOLE;
        Some(Locating { columns, says_commune })
    }

    /// The columns that make an address, in the order in which they are read, and what the main one is like.
    fn address(&self) -> Option<(Vec<usize>, Tally)> {
        let best = |part: Part| {
            let streets = |index: &usize| self.share(*index, |tally| tally.streets);
            self.all(part).max_by(|a, b| streets(a).total_cmp(&streets(b)).then(b.cmp(a)))
        };
        let kind = self.all(Part::StreetKind).next();
        let called = [best(Part::Address), best(Part::Street)].into_iter().flatten();
        let called = called.max_by(|a, b| {
            self.share(*a, |tally| tally.streets).total_cmp(&self.share(*b, |tally| tally.streets)).then(b.cmp(a))
        });
        // With its kind in a column of its own, a street's name says no kind.
        let main = called.filter(|index| {
            self.share(*index, |tally| tally.streets.max(tally.postcodes)) >= CALLED
                || kind.is_some_and(|kind| self.share(kind, |tally| tally.streets) >= CALLED)
                    && self.tallies[*index].filled > 0
        });
        let main = main.or_else(|| self.uncalled())?;
        let tally = self.tallies[main];
        let mut columns = Vec::new();
        let numbered = tally.share(tally.numbered) >= CALLED;
        let in_street = |index: &usize| self.share(*index, |tally| tally.numbers) >= 0.5;
        if !numbered {
            let number = self.all(Part::Number).find(in_street);
            columns.extend(number);
            columns.extend(number.and_then(|_| self.all(Part::Suffix).next()));
            columns.extend(kind.filter(|_| tally.share(tally.streets) < CALLED));
        }
        columns.push(main);
        Some((columns, tally))
    }

    /// A column whose cells are addresses whatever it is called.
    fn uncalled(&self) -> Option<usize> {
        let numbered = |index: &usize| self.share(*index, |tally| tally.numbered);
        let unnamed = (0..self.labels.len()).filter(|index| self.parts[*index].is_none());
        unnamed.filter(|index| numbered(index) >= UNCALLED).max_by(|a, b| numbered(a).total_cmp(&numbered(b)))
    }

    fn all(&self, part: Part) -> impl Iterator<Item = usize> {
        self.parts.iter().enumerate().filter(move |(_, known)| **known == Some(part)).map(|(index, _)| index)
    }

    fn first(&self, index: Option<usize>) -> Option<String> {
        self.labels.get(index?).cloned()
    }

    fn share(&self, index: usize, count: impl Fn(&Tally) -> u64) -> f64 {
        self.tallies.get(index).map_or(0.0, |tally| tally.share(count(tally)))
    }
}

/// Looks at the rows that come, until it has seen enough.
pub(super) fn examine(mut examiner: Examiner, pieces: std::sync::mpsc::Receiver<Piece>) -> Option<Locating> {
    for piece in &pieces {
        if !examiner.look(&piece.batch.columns) {
            break;
        }
    }
    drop(pieces);
    examiner.finish()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn of(header: &[&str], rows: &[&[&str]]) -> Option<Locating> {
        let labels: Vec<String> = header.iter().map(|label| (*label).to_owned()).collect();
        let mut examiner = Examiner::new(&labels)?;
        let column = |index: usize| StringArray::from_iter_values(rows.iter().map(|row| row[index]));
        let columns: Vec<StringArray> = (0..header.len()).map(column).collect();
        examiner.look(&columns);
        examiner.finish()
    }

    fn columns(header: &[&str], rows: &[&[&str]]) -> AddressColumns {
        of(header, rows).unwrap().columns
    }

    #[test]
    fn the_address_of_a_place_is_found_with_its_postcode_and_its_commune() {
        let found = columns(
            &["nom", "adresse", "code_postal", "commune"],
            &[
                &["Salle A", "12 rue des Lilas", "11150", "Bram"],
                &["Salle B", "Place de la République", "11150", "Bram"],
            ],
        );
        assert_eq!(found.address, ["adresse"]);
        assert_eq!(found.postcode.as_deref(), Some("code_postal"));
        assert_eq!(found.city.as_deref(), Some("commune"));
    }

    #[test]
    fn an_address_in_pieces_is_read_in_its_order() {
        // Schools of Montpellier, 2012.
        let found = columns(
            &["NOM", "NORUE", "CDBISTER", "BISTER", "CDRUE", "LIBRUE", "CMPADR", "CDPOST"],
            &[
                &["Ecole Primaire Winston CHURCHILL", "424", " ", "", "1362", "RUE DU LAVANDIN", "", "34070"],
                &["Ecole Elémentaire GARIBALDI", "2", " ", "", "1062", "PLACE DE FONTJUN", "", "34070"],
            ],
        );
        assert_eq!(found.address, ["NORUE", "BISTER", "LIBRUE"]);
        assert_eq!(found.postcode.as_deref(), Some("CDPOST"));
        let found = columns(
            &[
                "siret",
                "numeroVoieEtablissement",
                "typeVoieEtablissement",
                "libelleVoieEtablissement",
                "codeCommuneEtablissement",
            ],
            &[&["1", "12", "RUE", "DES LILAS", "11049"], &["2", "", "PL", "CARNOT", "11049"]],
        );
        assert_eq!(found.address, ["numeroVoieEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement"]);
        assert_eq!(found.city_code.as_deref(), Some("codeCommuneEtablissement"));
    }

    #[test]
    fn an_address_of_several_lines_says_its_commune() {
        let rows: &[&[&str]] =
            &[&["119 route de la Fontaine\n01400 L'Abergement-Clémenciat"], &["4 place du Lac\n01250 Bohas"]];
        let found = of(&["mairie_adresse"], rows).unwrap();
        assert!(found.says_commune && found.columns.postcode.is_none());
        let found = of(&["où"], rows).unwrap();
        assert_eq!(found.columns.address, ["où"], "cells speak for themselves");
    }

    #[test]
    fn rows_that_are_on_the_map_need_nothing() {
        let row: &[&str] = &["12 rue des Lilas", "43.6", "3.8"];
        assert_eq!(of(&["adresse", "lat", "lon"], &[row]), None);
        assert_eq!(of(&["adresse", "geo_point_2d", "b"], &[row]), None);
    }

    #[test]
    fn a_table_without_addresses_is_offered_nothing() {
        assert_eq!(of(&["commune", "code_postal", "montant"], &[&["Bram", "11150", "12"]]), None);
        assert_eq!(of(&["nom", "adresse_mail"], &[&["Salle", "a@b.fr"]]), None);
        assert_eq!(of(&["adresse", "b"], &[&["a@b.fr", "1"], &["c@d.fr", "2"]]), None);
        assert_eq!(of(&["adresse", "b"], &[]), None);
        assert_eq!(of(&["Hors voirie", "Création de voie pour cycle"], &[&["Non", "Non"]]), None);
    }
}
