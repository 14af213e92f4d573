//! The order of what was found, and what each is worth.

use super::candidates::closeness;
use super::explain;
use super::filter::Filter;
use super::house::{self, House};
use super::lexicon::Lexicon;
use super::pursuit::{Compared, Pursuit};
use super::score::{Calibration, Features};
use crate::answer::{Hit, Kind};
use crate::index::{Index, PlaceView};
use crate::place::Position;
use crate::query::SearchQuery;

/// What is further behind the best is not looked at for its numbers: it is no rival.
const BEHIND: f32 = 0.3;
/// What importance and nearness add at most: enough to order what fits alike, too little to outdo a word.
const IMPORTANCE: f32 = 0.03;
const NEARNESS: f32 = 0.12;
/// With a word or two, what is great is what is meant.
const IMPORTANCE_ALONE: f32 = 0.2;
const MUNICIPALITY: f32 = 0.012;
/// Answers that are this near one another in rank are rivals.
const RIVAL: f32 = 0.01;

/// A place, its number, and what both are worth beside others.
pub(super) struct Ranked<'a> {
    pub place: PlaceView<'a>,
    pub compared: &'a Compared,
    pub house: House<'a>,
    pub rank: f32,
    quality: f32,
}

/// The answers, the likeliest first.
pub(super) fn answer(
    index: &Index,
    lexicon: &Lexicon,
    pursuit: &Pursuit,
    query: &SearchQuery,
    filter: &Filter<'_>,
    examined: u32,
) -> Vec<Hit> {
    let ranked = ranked(index, pursuit, filter);
    let calibration = Calibration::shipped();
    let mut hits: Vec<Hit> = Vec::with_capacity(query.limit.min(ranked.len()));
    for (at, one) in ranked.iter().enumerate().take(query.limit) {
        let features = features(&ranked, at);
        let mut hit = hit(index, one);
        // Chances never rise down the list: features that tell the first from the second don't reorder them.
        hit.score = hits.last().map_or(1.0, |before| before.score).min(calibration.chance(&features));
        hit.distance = query.near.map(|near| near.distance(hit.position));
        if query.explain {
            hit.explanation = Some(explain::explain(index, lexicon, &pursuit.tokens, one, &features, examined));
        }
        hits.push(hit);
    }
    hits
}

fn ranked<'a>(index: &'a Index, pursuit: &'a Pursuit, filter: &Filter<'_>) -> Vec<Ranked<'a>> {
    let best = pursuit.found.iter().map(|compared| compared.fit.quality).fold(0.0, f32::max);
    let importance = if pursuit.tokens.len() <= 2 { IMPORTANCE_ALONE } else { IMPORTANCE };
    let mut ranked: Vec<Ranked<'a>> = pursuit
        .found
        .iter()
        .filter(|compared| compared.fit.quality >= best - BEHIND)
        .filter_map(|compared| rank(index, pursuit, compared, filter, importance))
        .collect();
    ranked.sort_by(|a, b| b.rank.total_cmp(&a.rank).then(a.compared.place.cmp(&b.compared.place)));
    ranked
}

/// A place's rank with its number; nothing when filters refuse what it would answer.
fn rank<'a>(
    index: &'a Index,
    pursuit: &'a Pursuit,
    compared: &'a Compared,
    filter: &Filter<'_>,
    importance: f32,
) -> Option<Ranked<'a>> {
    let place = index.place(compared.place);
    let mut house = if place.kind() == Kind::Municipality && compared.fit.numbers != 0 {
        House::Missing
    } else {
        house::find(place.numbers(), &pursuit.tokens, compared.fit.numbers)
    };
    let loss = house.loss();
    if !filter.wants(Kind::HouseNumber) || !position(&house).is_none_or(|position| filter.holds(position)) {
        house = House::NotAsked;
    }
    let is_number = matches!(house, House::Found { .. } | House::Between { .. });
    let shown = is_number || (filter.wants(place.kind()) && filter.holds(place.position()));
    if !shown {
        return None;
    }
    let quality = compared.fit.quality - loss;
    let here = position(&house).unwrap_or(place.position());
    let near = pursuit.near.map_or(0.0, |near| closeness(near, here));
    let municipality = if place.kind() == Kind::Municipality { MUNICIPALITY } else { 0.0 };
    let rank = quality + importance * place.importance() + NEARNESS * near + municipality;
    Some(Ranked { place, compared, house, rank, quality })
}

fn position(house: &House<'_>) -> Option<Position> {
    match house {
        House::Found { number, .. } => Some(number.position()),
        House::Between { position, .. } => Some(*position),
        House::NotAsked | House::Missing => None,
    }
}

fn features(ranked: &[Ranked<'_>], at: usize) -> Features {
    let one = &ranked[at];
    let fit = &one.compared.fit;
    let as_good = ranked.iter().take_while(|other| other.rank >= one.rank - RIVAL).count().saturating_sub(1);
    let behind = ranked.get(at + 1).map_or(1.0, |next| ((one.rank - next.rank) / 0.1).min(1.0));
    Features {
        quality: one.quality.clamp(0.0, 1.0),
        missing: fit.missing,
        unasked: fit.unasked,
        distortion: fit.distortion,
        townless: f32::from(u8::from(!fit.in_town)),
        postcode: f32::from(u8::from(fit.other_postcode)),
        number: if fit.street_asked { 1.0 } else { one.house.feature() },
        rivals: ((as_good as f32 + 1.0).ln() / 100f32.ln()).min(1.0),
        pressed: 1.0 - behind,
        obscure: 1.0 - one.place.importance(),
    }
}

fn hit(index: &Index, ranked: &Ranked<'_>) -> Hit {
    match &ranked.house {
        House::Found { number, .. } => Hit::of_number(index, *number),
        House::Between { number, suffix, position } => {
            Hit::of_reckoned_number(index, ranked.place.place(), *number, suffix, *position)
        }
        House::NotAsked | House::Missing => Hit::of_place(ranked.place),
    }
}
