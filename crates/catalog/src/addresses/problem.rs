//! What is to be mended in a street; computed when it changes, and kept with it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ground::Ground;
use super::{Number, Position, Street, StreetKind, name};

/// Metres to the nearest other number of the street from which a number is taken for misplaced.
const FAR: f64 = 1_000.0;
/// Located numbers of a street at most among which distances are looked at.
const MOST_COMPARED: usize = 3_000;

/// What may be wrong with a street or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// A number or a lieu-dit without position: nobody can be sent there.
    NoPosition,
    /// A number that the street has twice.
    Duplicate,
    /// A number far from every other number of its street.
    Far,
    /// A position outside the commune.
    Outside,
    /// A street without any number.
    NoNumber,
    /// A name that isn't written as it should be.
    NameStyle,
    /// Another street has the same name, but for accents and link words.
    NameTwice,
}

impl ProblemKind {
    /// Each, the gravest first.
    pub const ALL: [Self; 7] =
        [Self::NoPosition, Self::Duplicate, Self::Outside, Self::Far, Self::NameTwice, Self::NameStyle, Self::NoNumber];

    /// A stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoPosition => "no-position",
            Self::Duplicate => "duplicate",
            Self::Far => "far",
            Self::Outside => "outside",
            Self::NoNumber => "no-number",
            Self::NameStyle => "name-style",
            Self::NameTwice => "name-twice",
        }
    }

    /// The kind of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// How often each thing is wrong with a street.
pub type Tally = BTreeMap<ProblemKind, u32>;

/// Something that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// With which number; with the street itself without.
    pub number: Option<Uuid>,
}

/// Everything that is wrong with a street, but for what other streets have to do with.
pub fn of_street(street: &Street, ground: &Ground) -> Vec<Problem> {
    let mut problems = Vec::new();
    let own = |kind| Problem { kind, number: None };
    if name::proposal(&street.name).is_some() {
        problems.push(own(ProblemKind::NameStyle));
    }
    match street.kind {
        StreetKind::Street if street.numbers.is_empty() => problems.push(own(ProblemKind::NoNumber)),
        StreetKind::Locality if street.positions.is_empty() && street.numbers.is_empty() => {
            problems.push(own(ProblemKind::NoPosition));
        }
        _ => {}
    }
    if street.positions.iter().any(|position| !ground.holds(position)) {
        problems.push(own(ProblemKind::Outside));
    }
    for (place, number) in street.numbers.iter().enumerate() {
        let of = |kind| Problem { kind, number: Some(number.id) };
        if number.positions.is_empty() {
            problems.push(of(ProblemKind::NoPosition));
        }
        if number.positions.iter().any(|position| !ground.holds(position)) {
            problems.push(of(ProblemKind::Outside));
        }
        // Numbers lie in order: the same ones are side by side.
        let same = |other: Option<&Number>| {
            other.is_some_and(|other| (other.number, &other.suffix) == (number.number, &number.suffix))
        };
        if place > 0 && same(street.numbers.get(place - 1)) {
            problems.push(of(ProblemKind::Duplicate));
        }
    }
    problems.extend(far(street).map(|number| Problem { kind: ProblemKind::Far, number: Some(number) }));
    problems
}

/// The same, counted.
pub fn tally(street: &Street, ground: &Ground) -> Tally {
    let mut tally = Tally::new();
    for problem in of_street(street, ground) {
        *tally.entry(problem.kind).or_default() += 1;
    }
    tally
}

/// Numbers that are far from every other number of the street.
fn far(street: &Street) -> impl Iterator<Item = Uuid> {
    let located: Vec<(Uuid, Position)> =
        street.numbers.iter().filter_map(|number| Some((number.id, *number.positions.first()?))).collect();
    // Of two that are far from one another nobody knows which is wrong.
    let comparable = (3..=MOST_COMPARED).contains(&located.len());
    let others = located.clone();
    located.into_iter().filter(move |_| comparable).filter_map(move |(id, position)| {
        let near = others.iter().any(|(other, there)| *other != id && position.metres_to(there) < FAR);
        (!near).then_some(id)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::addresses::StreetDraft;

    fn number(number: u32, place: Option<(f64, f64)>) -> Number {
        let positions = place.map(|(lon, lat)| Position::new(None, lon, lat).unwrap()).into_iter().collect();
        Number { positions, ..Number::new(number, "", date(2026, 1, 1)) }
    }

    fn street(name: &str, kind: StreetKind, numbers: Vec<Number>) -> Street {
        let street = StreetDraft::named("Rue du Four", kind).street(date(2026, 1, 1)).unwrap();
        Street { name: name.to_owned(), numbers, ..street }
    }

    fn found(street: &Street) -> Vec<(ProblemKind, u32)> {
        tally(street, &Ground::of("11076").unwrap()).into_iter().collect()
    }

    #[test]
    fn a_sound_street_has_nothing_to_mend() {
        let numbers = vec![number(1, Some((1.954, 43.318))), number(2, Some((1.955, 43.318)))];
        assert_eq!(found(&street("Rue du Four", StreetKind::Street, numbers)), []);
    }

    #[test]
    fn what_is_missing_misplaced_or_twice_is_found() {
        let numbers = vec![
            number(1, Some((1.954, 43.318))),
            number(2, Some((1.9541, 43.318))),
            number(2, Some((1.9542, 43.318))),
            number(3, None),
            number(4, Some((1.990, 43.318))),
            number(5, Some((2.35, 48.86))),
        ];
        assert_eq!(
            found(&street("AV FOCH", StreetKind::Street, numbers)),
            [
                (ProblemKind::NoPosition, 1),
                (ProblemKind::Duplicate, 1),
                (ProblemKind::Far, 2),
                (ProblemKind::Outside, 1),
                (ProblemKind::NameStyle, 1),
            ]
        );
    }

    #[test]
    fn a_street_wants_numbers_and_a_lieu_dit_a_position() {
        assert_eq!(found(&street("Rue Neuve", StreetKind::Street, vec![])), [(ProblemKind::NoNumber, 1)]);
        assert_eq!(found(&street("La Borie", StreetKind::Locality, vec![])), [(ProblemKind::NoPosition, 1)]);
    }
}
