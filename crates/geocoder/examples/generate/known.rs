//! Real addresses that the synthetic country holds, so that real queries have their answers.

use crate::territory::{Point, Town};
use std::{collections::BTreeMap, error::Error, path::Path};

/// A real street with the numbers that are known of it.
pub type Streets = BTreeMap<String, Vec<(u32, String, Point)>>;

/// Streets by index of town. A row gives number, street, town or postcode, and position; the position decides among the
/// towns of the postcode or of the name.
pub fn read(path: &Path, towns: &[Town]) -> Result<BTreeMap<usize, Streets>, Box<dyn Error>> {
    let mut known: BTreeMap<usize, Streets> = BTreeMap::new();
    let mut table = csv::Reader::from_path(path)?;
    for row in table.records() {
        let row = row?;
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        let (Ok(lon), Ok(lat)) = (cell(4).parse(), cell(5).parse()) else { continue };
        let Some(town) = town_of(cell(2), &format!("{:0>5}", cell(3)), [lon, lat], towns) else { continue };
        let streets = known.entry(town).or_default().entry(cell(1).to_owned()).or_default();
        let digits: String = cell(0).chars().take_while(char::is_ascii_digit).collect();
        if let Ok(number) = digits.parse() {
            let suffix = cell(0)[digits.len()..].trim().to_lowercase();
            if !streets.iter().any(|(n, s, _)| (*n, s) == (number, &suffix)) {
                streets.push((number, suffix, [lon, lat]));
            }
        }
    }
    Ok(known)
}

fn town_of(name: &str, postcode: &str, at: Point, towns: &[Town]) -> Option<usize> {
    let has = |town: &Town| (postcode == "00000" || town.postcodes.iter().any(|code| code == postcode)) && (name.is_empty() || town.name == name);
    let mut candidates: Vec<usize> = (0..towns.len()).filter(|&index| has(&towns[index])).collect();
    candidates.sort_by_key(|&index| !towns[index].contains(at));
    candidates.first().copied()
}
