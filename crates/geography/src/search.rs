//! Finding communes by what is known of them.

use crate::commune::{Commune, CommuneKind, Zone};
use crate::outline::Point;
use crate::{Departement, Epci, Geography};

/// What is asked of communes; what isn't said doesn't count. Values of a list are alternatives.
#[derive(Debug, Clone, Default)]
pub struct CommuneQuery<'a> {
    /// Beginning of the name, with or without accents, even with a mistake.
    pub name: Option<&'a str>,
    /// A postcode.
    pub postcode: Option<&'a str>,
    /// INSEE codes.
    pub codes: Vec<&'a str>,
    /// SIREN of the commune.
    pub siren: Option<&'a str>,
    /// SIREN of its EPCI.
    pub epci: Option<&'a str>,
    /// Code of its département.
    pub departement: Option<&'a str>,
    /// Code of its région.
    pub region: Option<&'a str>,
    /// Code of the commune that it is part of.
    pub parent: Option<&'a str>,
    /// A code of any time.
    pub former_code: Option<&'a str>,
    /// Kinds; communes of today when there are none.
    pub kinds: Vec<CommuneKind>,
    /// Zones; all when there are none.
    pub zones: Vec<Zone>,
    /// A position that is inside.
    pub position: Option<Point>,
    /// Whether large towns come first among names that are alike.
    pub boost_population: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

/// A commune that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The commune.
    pub commune: Commune,
    /// How much its name is what was looked for, when a name was: more is better, 1 is the name itself, and a large
    /// population adds to it when that was asked.
    pub score: Option<f64>,
}

impl Geography {
    /// Communes that are all that is asked: the best names first, else by code.
    pub fn search(&self, query: &CommuneQuery<'_>) -> Vec<Found> {
        let asked = Asked::of(self, query);
        let limit = query.limit.unwrap_or(usize::MAX);
        let Some(name) = query.name else {
            let found = self.candidates(&asked).filter(|commune| asked.is(*commune)).take(limit);
            return found.map(|commune| Found { commune, score: None }).collect();
        };
        let named = self.communes.index.find(name).into_iter().map(|named| (Commune::at(named.row), named.score));
        let mut found: Vec<Found> = named
            .filter(|(commune, _)| asked.is(*commune))
            .map(|(commune, score)| Found { commune, score: Some(boosted(commune, score, query)) })
            .collect();
        let better = |a: &Found, b: &Found| {
            let by_score = b.score.unwrap_or_default().total_cmp(&a.score.unwrap_or_default());
            let by_population = || b.commune.population().cmp(&a.commune.population());
            by_score.then_with(by_population).then_with(|| a.commune.cmp(&b.commune))
        };
        if limit < found.len() && limit > 0 {
            found.select_nth_unstable_by(limit - 1, better);
        }
        found.truncate(limit);
        found.sort_unstable_by(better);
        found
    }

    /// The fewest communes that an index gives, in order.
    fn candidates<'a>(&'a self, asked: &Asked<'a>) -> Box<dyn Iterator<Item = Commune> + 'a> {
        let query = asked.query;
        let current = asked.kinds == [CommuneKind::Current];
        if !query.codes.is_empty() {
            let kinds = [CommuneKind::Current, CommuneKind::Arrondissement, CommuneKind::Delegated];
            let of_code = |code: &&str| kinds.map(|kind| self.commune_of_kind(code, kind));
            return sorted(query.codes.iter().flat_map(of_code).flatten());
        }
        if let Some(siren) = query.siren {
            return Box::new(self.of_siren(siren).into_iter());
        }
        if let Some(communes) = &asked.resolved {
            return sorted(communes.iter().copied());
        }
        if let Some(here) = asked.here {
            return Box::new(here.into_iter());
        }
        if let Some(postcode) = query.postcode {
            return Box::new(self.of_postcode(postcode));
        }
        if let Some(code) = query.epci.filter(|_| current) {
            return Box::new(self.epci(code).into_iter().flat_map(Epci::communes));
        }
        if let Some(code) = query.departement.filter(|_| current) {
            return Box::new(self.departement(code).into_iter().flat_map(Departement::communes));
        }
        let [first, last] = [asked.kinds.iter().min(), asked.kinds.iter().max()].map(|kind| kind.copied());
        let rows = first.zip(last).map(|(first, last)| self.rows_of(first).start..self.rows_of(last).end);
        Box::new(rows.unwrap_or_default().map(Commune::at))
    }
}

fn sorted<'a>(communes: impl Iterator<Item = Commune>) -> Box<dyn Iterator<Item = Commune> + 'a> {
    let mut communes: Vec<Commune> = communes.collect();
    communes.sort_unstable();
    communes.dedup();
    Box::new(communes.into_iter())
}

/// A query whose codes and position are looked up once.
struct Asked<'a> {
    query: &'a CommuneQuery<'a>,
    kinds: &'a [CommuneKind],
    /// The commune of the position.
    here: Option<Option<Commune>>,
    /// What the code of any time is today.
    resolved: Option<Vec<Commune>>,
}

impl<'a> Asked<'a> {
    fn of(geography: &Geography, query: &'a CommuneQuery<'a>) -> Self {
        Self {
            query,
            kinds: if query.kinds.is_empty() { &[CommuneKind::Current] } else { &query.kinds },
            here: query.position.map(|Point { lon, lat }| geography.at(lon, lat)),
            resolved: query.former_code.map(|code| geography.resolve(code)),
        }
    }

    fn is(&self, commune: Commune) -> bool {
        let query = self.query;
        let is = |wanted: Option<&str>, has: &dyn Fn(&str) -> bool| wanted.is_none_or(has);
        self.kinds.contains(&commune.kind())
            && (query.zones.is_empty() || query.zones.contains(&commune.zone()))
            && (query.codes.is_empty() || query.codes.contains(&commune.code()))
            && self.here.is_none_or(|here| here == Some(commune))
            && self.resolved.as_ref().is_none_or(|communes| communes.contains(&commune))
            && is(query.departement, &|code| commune.departement().code() == code)
            && is(query.region, &|code| commune.region().code() == code)
            && is(query.epci, &|code| commune.epci().is_some_and(|epci| epci.code() == code))
            && is(query.siren, &|siren| commune.siren() == Some(siren))
            && is(query.postcode, &|postcode| commune.postcodes().any(|one| one == postcode))
            && is(query.parent, &|code| commune.parent().is_some_and(|parent| parent.code() == code))
    }
}

/// A hundred thousand inhabitants are worth as much as the name.
fn boosted(commune: Commune, score: f64, query: &CommuneQuery<'_>) -> f64 {
    let population = f64::from(commune.population().filter(|_| query.boost_population).unwrap_or(0));
    score * (1.0 + population / 100_000.0)
}
