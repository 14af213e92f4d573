//! Filtering and counting, over the entries that the text matches.

use std::collections::HashMap;

use super::answer::{Facet, FacetValue, Facets, SearchQuery};
use super::entry::Entry;

/// Values given of a facet.
const MOST_VALUES: usize = 200;

/// What passes the filters, and the counts.
pub(super) struct Counted {
    /// Places of entries, with their scores.
    pub hits: Vec<(usize, f32)>,
    pub facets: Facets,
}

/// One pass: an entry that passes all filters counts everywhere; one that fails a single filter counts for that
/// filter's facet only.
pub(super) fn count(entries: &[Entry], matches: &[(usize, f32)], query: &SearchQuery) -> Counted {
    let filters = Filters::of(query);
    let mut hits = Vec::new();
    let mut counts: [HashMap<&str, u64>; 6] = Default::default();
    let mut labels: HashMap<&str, &str> = HashMap::new();
    // Nothing is around a territory that isn't known.
    let around = query.around.as_deref().map(geography::territory::find);
    for &(place, score) in matches {
        let values = &entries[place].values;
        if around.is_some_and(|around| around.is_none_or(|around| !values.is_around(around))) {
            continue;
        }
        let failed: Vec<Facet> =
            Facet::ALL.into_iter().filter(|facet| !filters.pass(*facet, values.of(*facet))).collect();
        labels.insert(&values.organization.0, &values.organization.1);
        let counted: &[Facet] = match failed.as_slice() {
            [] => {
                hits.push((place, score));
                &Facet::ALL
            }
            [only] => std::slice::from_ref(only),
            _ => &[],
        };
        for facet in counted {
            for value in values.of(*facet) {
                *counts[*facet as usize].entry(value).or_default() += 1;
            }
        }
    }
    let [organization, theme, format, licence, territory, year] = counts.map(ordered);
    let organization = organization.into_iter().map(|value| named(value, &labels)).collect();
    let mut facets = Facets { organization, theme, format, licence, territory, year };
    facets.year.sort_by(|a, b| b.value.cmp(&a.value));
    Counted { hits, facets }
}

/// The most frequent first.
fn ordered(counts: HashMap<&str, u64>) -> Vec<FacetValue> {
    let value = |(value, count): (&str, u64)| FacetValue { value: value.to_owned(), label: value.to_owned(), count };
    let mut values: Vec<FacetValue> = counts.into_iter().map(value).collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    values.truncate(MOST_VALUES);
    values
}

fn named(value: FacetValue, names: &HashMap<&str, &str>) -> FacetValue {
    let label = names.get(value.value.as_str()).map_or(value.label, |name| (*name).to_owned());
    FacetValue { label, ..value }
}

/// Values wanted, by facet; none means all.
struct Filters {
    wanted: [Vec<String>; 6],
}

impl Filters {
    fn of(query: &SearchQuery) -> Self {
        let years = query.year.iter().map(i16::to_string).collect();
        let wanted =
            [&query.organization, &query.theme, &query.format, &query.licence, &query.territory].map(Clone::clone);
        let [organization, theme, format, licence, territory] = wanted;
        Self { wanted: [organization, theme, format, licence, territory, years] }
    }

    fn pass(&self, facet: Facet, values: &[String]) -> bool {
        let wanted = &self.wanted[facet as usize];
        wanted.is_empty() || values.iter().any(|value| wanted.contains(value))
    }
}
