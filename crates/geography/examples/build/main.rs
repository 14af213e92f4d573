//! Makes `territories/geography.bin`. See `territories/README.md` for the files and where they come from.
//!
//! `cargo run --release -p geography --example build GEO TOWN_HALLS.csv territories/geography.bin`

mod columns;
mod history;
mod names;
mod shapes;
mod source;
mod topology;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use geography::CommuneKind;
use geography::file::{Column, Table};

use crate::columns::Writer;
use crate::shapes::Shapes;
use crate::source::{Commune, Division, Epci};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, halls, to] = arguments.as_slice() else {
        return Err("build GEO TOWN_HALLS.csv geography.bin".into());
    };
    let bytes = build(folder, halls)?;
    std::fs::write(to, &bytes)?;
    writeln!(std::io::stderr(), "{}: {} bytes", to.display(), bytes.len())?;
    Ok(())
}

/// Everything that was read.
struct Sources {
    communes: Vec<Commune>,
    epcis: Vec<Epci>,
    departements: Vec<Division>,
    regions: Vec<Division>,
}

fn build(folder: &Path, halls: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let sources = Sources {
        communes: source::communes(folder)?,
        epcis: source::epcis(folder)?,
        departements: source::divisions(folder, "departements.json.gz")?,
        regions: source::divisions(folder, "regions.json.gz")?,
    };
    let shapes = Shapes::read(folder, halls, &sources)?;
    let mut writer = Writer::default();
    communes(&mut writer, &sources);
    epcis(&mut writer, &sources);
    divisions(&mut writer, &sources);
    lookups(&mut writer, &sources.communes);
    former(&mut writer, folder, &sources.communes)?;
    shapes.write(&mut writer);
    Ok(writer.finish())
}

fn current(communes: &[Commune]) -> impl Iterator<Item = (u32, &Commune)> + Clone {
    (0..).zip(communes).filter(|(_, commune)| commune.kind == CommuneKind::Current)
}

/// Rows of communes of today by code.
fn rows(communes: &[Commune]) -> HashMap<&str, u32> {
    current(communes).map(|(row, commune)| (commune.code.as_str(), row)).collect()
}

fn position(divisions: &[Division], code: &str) -> Option<usize> {
    divisions.iter().position(|division| division.code == code)
}

fn communes(writer: &mut Writer, sources: &Sources) {
    use Table::Communes;
    let Sources { communes, epcis, departements, .. } = sources;
    let rows = rows(communes);
    let mut epci_of: HashMap<&str, u16> = HashMap::new();
    for (row, epci) in (0..).zip(epcis) {
        epci_of.extend(epci.members.iter().map(|code| (code.as_str(), row)));
    }
    let parent = |commune: &Commune| commune.parent.as_deref().and_then(|code| rows.get(code)).copied();
    // What is part of a commune is in its EPCI, and has its postcodes when it has none of its own.
    let own =
        |commune: &Commune| parent(commune).map_or(commune.code.clone(), |row| communes[row as usize].code.clone());
    let postcodes: Vec<String> = communes
        .iter()
        .map(|commune| match parent(commune) {
            Some(row) if commune.postcodes.is_empty() => communes[row as usize].postcodes.join(" "),
            _ => commune.postcodes.join(" "),
        })
        .collect();
    writer.codes(Communes, Column::Codes, 5, communes.iter().map(|commune| commune.code.as_str()));
    writer.texts(Communes, Column::Names, communes.iter().map(|commune| commune.name.as_str()));
    writer.u8s(Communes, Column::Kinds, communes.iter().map(|commune| commune.kind as u8));
    writer.u8s(Communes, Column::Zones, communes.iter().map(|commune| commune.zone));
    writer.u32s(Communes, Column::Populations, communes.iter().map(|commune| commune.population));
    writer.u32s(Communes, Column::Parents, communes.iter().map(parent));
    writer.codes(Communes, Column::Sirens, 9, communes.iter().map(|commune| commune.siren.as_str()));
    writer.u16s(
        Communes,
        Column::Epcis,
        communes.iter().map(|one| *epci_of.get(own(one).as_str()).unwrap_or(&u16::MAX)),
    );
    writer.u8s(
        Communes,
        Column::Departements,
        communes.iter().map(|commune| position(departements, &commune.departement).unwrap_or(255) as u8),
    );
    writer.texts(Communes, Column::Postcodes, postcodes.iter().map(String::as_str));
    names::write(writer, Communes, communes.iter().map(|commune| commune.name.as_str()));
}

fn epcis(writer: &mut Writer, sources: &Sources) {
    use Table::Epcis;
    let Sources { communes, epcis, departements, regions } = sources;
    let rows = rows(communes);
    let members: Vec<Vec<u32>> = epcis
        .iter()
        .map(|epci| epci.members.iter().filter_map(|code| rows.get(code.as_str()).copied()).collect::<BTreeSet<u32>>())
        .map(|rows| rows.into_iter().collect())
        .collect();
    let departement_of = |row: &u32| position(departements, &communes[*row as usize].departement);
    let lists = |of: &dyn Fn(&u32) -> Option<usize>| -> Vec<Vec<u32>> {
        let list = |rows: &Vec<u32>| rows.iter().filter_map(of).map(|row| row as u32).collect::<BTreeSet<u32>>();
        members.iter().map(list).map(|rows| rows.into_iter().collect()).collect()
    };
    let kind = |epci: &Epci| geography::EPCI_KINDS.iter().position(|kind| *kind == epci.kind).unwrap_or(255) as u8;
    let zone = |rows: &Vec<u32>| rows.first().map_or(0, |row| communes[*row as usize].zone);
    writer.codes(Epcis, Column::Codes, 9, epcis.iter().map(|epci| epci.code.as_str()));
    writer.texts(Epcis, Column::Names, epcis.iter().map(|epci| epci.name.as_str()));
    writer.u8s(Epcis, Column::Kinds, epcis.iter().map(kind));
    writer.u8s(Epcis, Column::Zones, members.iter().map(zone));
    writer.u32s(Epcis, Column::Populations, epcis.iter().map(|epci| epci.population));
    writer.lists(Epcis, Column::DepartementLists, lists(&departement_of));
    let region_of = |row: &u32| departement_of(row).and_then(|row| position(regions, &departements[row].region));
    writer.lists(Epcis, Column::RegionLists, lists(&region_of));
    writer.lists(Epcis, Column::Members, members);
    names::write(writer, Epcis, epcis.iter().map(|epci| epci.name.as_str()));
}

fn divisions(writer: &mut Writer, sources: &Sources) {
    let Sources { communes, departements, regions, .. } = sources;
    let of_departement = |code: &str| -> Vec<u32> {
        current(communes).filter(|(_, commune)| commune.departement == code).map(|(row, _)| row).collect()
    };
    let members: Vec<Vec<u32>> = departements.iter().map(|one| of_departement(&one.code)).collect();
    let people = |rows: &Vec<u32>| rows.iter().filter_map(|row| communes[*row as usize].population).sum::<u32>();
    let of_region = |region: &Division| -> Vec<u32> {
        (0..).zip(departements).filter(|(_, one)| one.region == region.code).map(|(row, _)| row).collect()
    };
    let parts: Vec<Vec<u32>> = regions.iter().map(of_region).collect();
    let populations: Vec<u32> = members.iter().map(people).collect();
    let region_populations = parts.iter().map(|rows| rows.iter().map(|row| populations[*row as usize]).sum::<u32>());
    let known = |population: u32| Some(population).filter(|population| *population > 0);
    writer.u32s(Table::Regions, Column::Populations, region_populations.map(known));
    writer.u32s(Table::Departements, Column::Populations, populations.iter().copied().map(known));
    writer.lists(Table::Departements, Column::Members, members);
    writer.lists(Table::Regions, Column::Members, parts);
    let region_row = |one: &Division| position(regions, &one.region).unwrap_or(255) as u8;
    writer.u8s(Table::Departements, Column::Regions, departements.iter().map(region_row));
    let rows = rows(communes);
    for (table, divisions) in [(Table::Departements, departements), (Table::Regions, regions)] {
        writer.codes(table, Column::Codes, 3, divisions.iter().map(|one| one.code.as_str()));
        writer.texts(table, Column::Names, divisions.iter().map(|one| one.name.as_str()));
        writer.u8s(table, Column::Zones, divisions.iter().map(|one| one.zone));
        writer.u32s(table, Column::Parents, divisions.iter().map(|one| rows.get(one.seat.as_str()).copied()));
        names::write(writer, table, divisions.iter().map(|one| one.name.as_str()));
    }
}

/// From postcodes and SIREN to communes.
fn lookups(writer: &mut Writer, communes: &[Commune]) {
    let mut postcodes: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut sirens = BTreeMap::new();
    for (row, commune) in (0..).zip(communes) {
        for postcode in &commune.postcodes {
            postcodes.entry(postcode).or_default().push(row);
        }
        if !commune.siren.is_empty() {
            sirens.insert(commune.siren.as_str(), row);
        }
    }
    writer.codes(Table::Postcodes, Column::Codes, 5, postcodes.keys().copied());
    writer.lists(Table::Postcodes, Column::Members, postcodes.into_values());
    writer.u32s(Table::Sirens, Column::Members, sirens.into_values().map(Some));
}

fn former(writer: &mut Writer, folder: &Path, communes: &[Commune]) -> Result<(), Box<dyn Error>> {
    let rows = rows(communes);
    let codes: BTreeSet<&str> = rows.keys().copied().collect();
    let former = history::read(source::gzip(folder, "mouvements-communes.csv.gz")?, &codes)?;
    writer.codes(Table::Former, Column::Codes, 5, former.keys().map(String::as_str));
    writer.texts(Table::Former, Column::Names, former.values().map(|former| former.name.as_str()));
    let now =
        former.values().map(|former| former.now.iter().filter_map(|code| rows.get(code.as_str()).copied()).collect());
    writer.lists(Table::Former, Column::Members, now);
    Ok(())
}
