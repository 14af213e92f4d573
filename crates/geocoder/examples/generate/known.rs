//! Real addresses that the synthetic country holds, so that real queries have their answers.

use crate::territory::{Point, Town};
use std::{collections::BTreeMap, error::Error, path::Path};

/// Real streets by name, each with the postcode and the old commune that its addresses give, and the numbers known of it.
pub type Streets = BTreeMap<String, Street>;

/// What is known of a street.
#[derive(Default)]
pub struct Street {
    /// As the addresses have it; empty when they don't.
    pub postcode: String,
    /// The town that the addresses name: today's, or one that is a part of it.
    pub city: String,
    pub numbers: Vec<(u32, String, Option<Point>)>,
}

/// Streets by index of town. A row gives number, street, town or postcode, and position; the position decides among the
/// towns of the postcode or of the name. A row without position is somewhere in its town.
pub fn read(path: &Path, towns: &[Town]) -> Result<BTreeMap<usize, Streets>, Box<dyn Error>> {
    let mut known: BTreeMap<usize, Streets> = BTreeMap::new();
    let mut table = csv::Reader::from_path(path)?;
    for row in table.records() {
        let row = row?;
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        if cell(1).is_empty() {
            continue;
        }
        let at = cell(4).parse().ok().zip(cell(5).parse().ok()).map(|(lon, lat)| [lon, lat]);
        let Some(town) = town_of(cell(2), cell(3), at, towns) else { continue };
        let street = known.entry(town).or_default().entry(cell(1).to_owned()).or_default();
        (street.postcode, street.city) = (cell(3).to_owned(), cell(2).to_owned());
        let digits: String = cell(0).chars().take_while(char::is_ascii_digit).collect();
        if let Ok(number) = digits.parse() {
            let suffix = cell(0)[digits.len()..].trim().to_lowercase();
            if !street.numbers.iter().any(|(n, s, _)| (*n, s) == (number, &suffix)) {
                street.numbers.push((number, suffix, at));
            }
        }
    }
    Ok(known)
}

/// The town of that name, or with a part of that name, and of that postcode; else one of the postcode. Of several, the one
/// that the position lies in.
fn town_of(name: &str, postcode: &str, at: Option<Point>, towns: &[Town]) -> Option<usize> {
    let posted = |town: &Town| postcode.is_empty() || town.postcodes.iter().any(|code| code == postcode);
    let named = |town: &Town| name.is_empty() || town.name == name || town.parts.iter().any(|part| part.name == name);
    let within = |town: &Town| at.is_some_and(|at| town.contains(at));
    (0..towns.len())
        .filter(|&index| posted(&towns[index]))
        .min_by_key(|&index| (!named(&towns[index]), !within(&towns[index])))
}
