//! Towns as lines of the national address base's JSON, the shape that addok imports.

use crate::{
    known::Streets,
    names::Names,
    random::Random,
    streets::{self, Number},
    territory::{Part, Point, Town},
};
use serde_json::to_string;
use std::fmt::Write;

/// Mean numbers of a street in France.
const NUMBERS_OF_STREET: f64 = 12.0;

/// What one town's lines need beside the town.
pub struct Making<'a> {
    pub names: &'a Names,
    /// Towns of the same département.
    pub neighbours: &'a [Town],
    pub known: Option<&'a Streets>,
    /// House numbers to make; nothing: the commune alone.
    pub numbers: usize,
    pub seed: u64,
}

/// What was made.
#[derive(Default)]
pub struct Made {
    pub text: String,
    pub streets: usize,
    pub numbers: usize,
}

/// Lambert 93 in metres, by the formulas of a conformal conic with two parallels; nothing overseas.
pub fn lambert93([lon, lat]: Point) -> Option<(f64, f64)> {
    const ECCENTRICITY: f64 = 0.081_819_191_042_815_79;
    const N: f64 = 0.725_607_765_053_267_1;
    const C: f64 = 11_754_255.426_096;
    const Y_POLE: f64 = 12_655_612.049_876;
    if !(41.0..52.0).contains(&lat) || !(-6.0..11.0).contains(&lon) {
        return None;
    }
    let sine = lat.to_radians().sin();
    let isometric = sine.atanh() - ECCENTRICITY * (ECCENTRICITY * sine).atanh();
    let radius = C * (-N * isometric).exp();
    let angle = N * (lon - 3.0).to_radians();
    Some((700_000.0 + radius * angle.sin(), Y_POLE - radius * angle.cos()))
}

fn position(out: &mut String, at: Point) {
    _ = write!(out, r#""lon":{:.6},"lat":{:.6}"#, at[0], at[1]);
    if let Some((x, y)) = lambert93(at) {
        _ = write!(out, r#","x":{x:.2},"y":{y:.2}"#);
    }
}

fn quoted(text: &str) -> String {
    to_string(text).unwrap_or_default()
}

fn importance(population: u32, numbers: usize) -> f64 {
    (f64::from(population.max(1)).ln() / 14.6 * 0.55 + (1.0 + numbers as f64).ln() / 7.0 * 0.25).min(0.9)
}

/// A town's line, and those of its arrondissements.
fn municipality(made: &mut Made, town: &Town, at: Point) {
    let mut line = |code: &str, name: &str, postcodes: &[String], population: u32| {
        let out = &mut made.text;
        let importance = 0.1 + importance(population, 0);
        _ = write!(
            out,
            r#"{{"id":"{code}","type":"municipality","name":{name},"postcode":{postcodes},"citycode":"{code}","city":{name},"departement":{},"region":{},"context":{},"population":{population},"importance":{importance:.5},"#,
            quoted(&town.departement_name),
            quoted(&town.region),
            quoted(&town.context()),
            name = quoted(name),
            postcodes = to_string(&postcodes).unwrap_or_default(),
        );
        position(out, at);
        out.push_str("}\n");
    };
    line(&town.code, &town.name, &town.postcodes, town.population);
    for part in town.parts.iter().filter(|part| part.arrondissement) {
        line(&part.code, &part.name, &part.postcodes, part.population);
    }
}

/// Where a street of the town is: which part of it, and which postcode.
struct Addressing<'a> {
    town: &'a Town,
    /// A point for each part or postcode: the nearest one is a street's.
    seats: Vec<(Point, Option<&'a Part>, &'a str)>,
}

impl<'a> Addressing<'a> {
    fn new(town: &'a Town, middle: Point, random: &mut Random) -> Addressing<'a> {
        let mut seats: Vec<(Point, Option<&Part>, &str)> = Vec::new();
        for part in &town.parts {
            let postcode = part.postcodes.first().unwrap_or_else(|| random.choose::<String>(&town.postcodes));
            seats.push((streets::point(town, middle, random), Some(part), postcode));
        }
        if !seats.iter().any(|seat| seat.1.is_some_and(|part| part.arrondissement)) {
            seats.extend(
                town.postcodes.iter().map(|postcode| (streets::point(town, middle, random), None, postcode.as_str())),
            );
        }
        Addressing { town, seats }
    }

    fn of(&self, at: Point) -> (Option<&'a Part>, &'a str) {
        let distance = |seat: &Point| (seat[0] - at[0]).powi(2) + (seat[1] - at[1]).powi(2);
        let nearest = self.seats.iter().min_by(|a, b| distance(&a.0).total_cmp(&distance(&b.0)));
        nearest.map_or((None, self.town.postcodes[0].as_str()), |seat| (seat.1, seat.2))
    }

    /// The line of a street or a locality; `seat`: its rank in the town, its part, its postcode.
    fn line(
        &self,
        made: &mut Made,
        seat: (usize, Option<&Part>, &str),
        name: &str,
        kind: &str,
        at: Point,
        numbers: &[Number],
    ) {
        let (index, part, postcode) = seat;
        let arrondissement = part.filter(|part| part.arrondissement);
        let code = arrondissement.map_or(self.town.code.as_str(), |part| &part.code);
        let out = &mut made.text;
        _ = write!(
            out,
            r#"{{"id":"{code}_{index:04}","type":"{kind}","name":{},"postcode":"{postcode}","citycode":"{code}","city":{},"#,
            quoted(name),
            quoted(&self.town.name),
        );
        match part {
            Some(part) if part.arrondissement => _ = write!(out, r#""district":{},"#, quoted(&part.name)),
            Some(part) => _ = write!(out, r#""oldcitycode":"{}","oldcity":{},"#, part.code, quoted(&part.name)),
            None => {}
        }
        let importance = importance(self.town.population, numbers.len());
        _ = write!(
            out,
            r#""departement":{},"region":{},"context":{},"importance":{importance:.5},"#,
            quoted(&self.town.departement_name),
            quoted(&self.town.region),
            quoted(&self.town.context()),
        );
        position(out, at);
        if !numbers.is_empty() {
            out.push_str(r#","housenumbers":{"#);
            for (turn, Number { number, suffix, at }) in numbers.iter().enumerate() {
                let comma = if turn == 0 { "" } else { "," };
                let (space, bar) = if suffix.is_empty() { ("", "") } else { (" ", "_") };
                _ = write!(
                    out,
                    r#"{comma}"{number}{space}{suffix}":{{"id":"{code}_{index:04}_{number:05}{bar}{suffix}","#
                );
                position(out, *at);
                out.push('}');
            }
            out.push('}');
        }
        out.push_str("}\n");
        made.streets += 1;
        made.numbers += numbers.len();
    }
}

/// All lines of a town.
pub fn town(town: &Town, stream: u64, making: &Making) -> Made {
    let mut random = Random::new(making.seed, stream);
    let random = &mut random;
    let mut made = Made::default();
    let middle = streets::middle(town, random);
    municipality(&mut made, town, middle);
    let addressing = Addressing::new(town, middle, random);
    let mut index = 1;
    let known = making.known;
    for (name, street) in known.into_iter().flatten() {
        let at =
            street.numbers.iter().find_map(|number| number.2).unwrap_or_else(|| streets::point(town, middle, random));
        let numbers: Vec<Number> = street
            .numbers
            .iter()
            .map(|(number, suffix, position)| Number {
                number: *number,
                suffix: written(suffix),
                at: position.unwrap_or(at),
            })
            .collect();
        let part = town.parts.iter().find(|part| part.name == street.city);
        let (nearest, postcode) = addressing.of(at);
        let postcode = if street.postcode.is_empty() { postcode } else { &street.postcode };
        let part = part.or(nearest.filter(|part| part.arrondissement));
        addressing.line(&mut made, (index, part, postcode), name, "street", at, &numbers);
        index += 1;
    }
    if making.numbers == 0 {
        return made;
    }
    let count = ((making.numbers as f64 / NUMBERS_OF_STREET).round() as usize).max(1);
    let hamlets = making.names.hamlets(if town.population < 5000 { 3 + count / 6 } else { count / 40 }, random);
    let names = making.names.streets(count, making.neighbours, &hamlets, random);
    let mut left = making.numbers.saturating_sub(made.numbers);
    let last = names.len().saturating_sub(1);
    for (turn, name) in names.iter().enumerate() {
        if known.is_some_and(|streets| streets.contains_key(name)) {
            continue;
        }
        let wanted = if turn == last { left } else { random.count(NUMBERS_OF_STREET).min(left) }.min(400);
        let at = streets::point(town, middle, random);
        let numbers = if wanted == 0 { Vec::new() } else { streets::numbers(town, at, wanted, random) };
        left -= numbers.len().min(left);
        let (part, postcode) = addressing.of(at);
        addressing.line(&mut made, (index, part, postcode), name, "street", at, &numbers);
        index += 1;
    }
    for name in &hamlets {
        let at = streets::point(town, middle, random);
        let (part, postcode) = addressing.of(at);
        addressing.line(&mut made, (index, part, postcode), name, "locality", at, &[]);
        index += 1;
    }
    made
}

/// A suffix of a real address as one of the few that exist.
fn written(suffix: &str) -> &'static str {
    ["bis", "ter", "quater", "a", "b", "c", "d", "e"].into_iter().find(|each| *each == suffix).unwrap_or("")
}
