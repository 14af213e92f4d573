//! The pieces of a commune's places put together: files give a street in pieces, and several files give the same street.

use super::{
    record::{Number, Piece},
    segment::is_old,
};
use crate::place::{PlaceKind, id_of_number};
use std::{cmp::Reverse, collections::HashMap, mem};

/// Streets of one name that are further apart (1e-7 degree, some two kilometres) are two streets.
const APART: u32 = 200_000;
/// How far two files may have one house number from each other: some two hundred metres.
const MOVED: u32 = 20_000;

/// Joins pieces that have the same identifier, or the same name in the same former commune, postcode and neighbourhood.
/// `words` gives names that are spelt differently (case, accents, abbreviations) the same number.
pub(super) fn join<'a>(mut pieces: Vec<Piece<'a>>, mut words: impl FnMut(&str) -> u32) -> Vec<Piece<'a>> {
    pieces.sort_by_key(|piece| piece.turn);
    let mut joined: Vec<Piece<'a>> = Vec::with_capacity(pieces.len());
    let mut by_id: HashMap<(u8, &'a str), usize> = HashMap::new();
    let mut by_name: HashMap<(u8, u32, &'a str), Vec<usize>> = HashMap::new();
    for piece in pieces {
        let kind = kind_of(&piece);
        let same_id = by_id.get(&(kind, piece.id)).copied().filter(|_| !piece.id.is_empty());
        let names = by_name.entry((kind, words(piece.name), piece.old_code)).or_default();
        let same_name = || names.iter().copied().find(|rank| same_place(&joined[*rank], &piece));
        let rank = match same_id.or_else(same_name) {
            Some(rank) => {
                by_id.insert((kind, piece.id), rank);
                absorb(&mut joined[rank], piece);
                rank
            }
            None => {
                by_id.insert((kind, piece.id), joined.len());
                joined.push(piece);
                joined.len() - 1
            }
        };
        if !names.contains(&rank) {
            names.push(rank);
        }
    }
    joined
}

/// What pieces of one place have in common. A commune and a former one may have the same code.
fn kind_of(piece: &Piece<'_>) -> u8 {
    match piece.kind {
        PlaceKind::Street => 0,
        PlaceKind::Locality => 1,
        PlaceKind::Municipality { .. } if is_old(piece) => 4,
        PlaceKind::Municipality { .. } => 2,
        PlaceKind::Poi { .. } => 3,
    }
}

/// Whether two pieces of one name are the same street or locality, although their identifiers differ.
fn same_place(one: &Piece<'_>, other: &Piece<'_>) -> bool {
    let named = matches!(one.kind, PlaceKind::Street | PlaceKind::Locality);
    let postcode = |piece: &Piece<'_>| piece.postcodes.first().copied().unwrap_or_default().to_owned();
    let (one_postcode, other_postcode) = (postcode(one), postcode(other));
    let served = one_postcode.is_empty() || other_postcode.is_empty() || one_postcode == other_postcode;
    let near = match (one.position, other.position) {
        (Some(one), Some(other)) => within(one, other, APART),
        _ => true,
    };
    named && served && near && !contradict(&one.numbers, &other.numbers)
}

/// Whether a number is at two places: then they are numbers of two streets.
fn contradict(numbers: &[Number<'_>], others: &[Number<'_>]) -> bool {
    let same = |one: &Number<'_>, other: &Number<'_>| one.number == other.number && one.suffix == other.suffix;
    let elsewhere =
        |one: &Number<'_>, other: &Number<'_>| same(one, other) && !within(one.position, other.position, MOVED);
    others.iter().any(|other| numbers.iter().any(|one| elsewhere(one, other)))
}

fn within(one: [i32; 2], other: [i32; 2], most: u32) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) < most)
}

/// Adds to a place what another piece of it has: what both say is as the former says, unless that one is the index of
/// before.
fn absorb<'a>(place: &mut Piece<'a>, mut other: Piece<'a>) {
    if place.turn == 0 && other.turn > 0 {
        mem::swap(place, &mut other);
        // The numbers of before stay in front: of two numbers that are the same, the last one counts.
        mem::swap(&mut place.numbers, &mut other.numbers);
    }
    let first_postcode = place.postcodes.first().or(other.postcodes.first()).copied().unwrap_or_default();
    if let Some(postcode) = other.postcodes.first().copied().filter(|postcode| *postcode != first_postcode) {
        other
            .numbers
            .iter_mut()
            .filter(|number| number.postcode.is_empty())
            .for_each(|number| number.postcode = postcode);
    }
    if other.id != place.id && !other.id.is_empty() {
        keep_ids(&mut other);
    }
    place.numbers.append(&mut other.numbers);
    for postcode in other.postcodes {
        if !place.postcodes.contains(&postcode) {
            place.postcodes.push(postcode);
        }
    }
    for alias in other.aliases.into_iter().chain([other.name]) {
        if alias != place.name && !place.aliases.contains(&alias) && !alias.eq_ignore_ascii_case(place.name) {
            place.aliases.push(alias);
        }
    }
    if let (PlaceKind::Municipality { population, .. }, PlaceKind::Municipality { population: others, .. }) =
        (&mut place.kind, other.kind)
    {
        *population = population.or(others);
    }
    if place.ban_id == 0 {
        place.ban_id = other.ban_id;
    }
    for (text, others) in [
        (&mut place.id, other.id),
        (&mut place.district, other.district),
        (&mut place.old_code, other.old_code),
        (&mut place.old_name, other.old_name),
    ] {
        if text.is_empty() {
            *text = others;
        }
    }
    place.position = place.position.or(other.position);
    place.importance = place.importance.or(other.importance);
}

/// House numbers whose identifiers are made of their place's keep them when the place becomes a part of another.
fn keep_ids(place: &mut Piece<'_>) {
    for number in place.numbers.iter_mut().filter(|number| number.id.is_empty()) {
        number.id = id_of_number(place.id, number.number, number.suffix).into();
    }
}

/// Puts house numbers in order, each once: the certified one, else the one that came last, with the identifiers of the
/// others when it has none.
pub(super) fn tidy(numbers: &mut Vec<Number<'_>>) {
    let mut ranked: Vec<(usize, Number<'_>)> = numbers.drain(..).enumerate().collect();
    ranked.sort_unstable_by(|(rank, one), (other_rank, other)| {
        let key = |number: &Number<'_>, rank: usize| (number.number, Reverse(number.certified), Reverse(rank));
        (one.number, one.suffix)
            .cmp(&(other.number, other.suffix))
            .then_with(|| key(one, *rank).cmp(&key(other, *other_rank)))
    });
    for (_, number) in ranked {
        match numbers.last_mut().filter(|last| last.number == number.number && last.suffix == number.suffix) {
            Some(last) => {
                if last.ban_id == 0 {
                    last.ban_id = number.ban_id;
                }
                if last.id.is_empty() {
                    last.id = number.id;
                }
            }
            None => numbers.push(number),
        }
    }
}
