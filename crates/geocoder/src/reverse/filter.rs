//! Which places an answer by position may be.

use crate::{
    answer::Kind,
    index::{Index, PlaceId, Ranges},
    query::{BoundingBox, Filters},
};

/// The filters of a query, looked up in an index.
#[derive(Debug)]
pub(super) struct Filter<'a> {
    index: &'a Index,
    filters: &'a Filters,
    /// Places of any of the towns; places of any of the postcodes. None: not asked for.
    towns: Option<Vec<Ranges<'a>>>,
    postcodes: Option<Vec<Ranges<'a>>>,
}

impl<'a> Filter<'a> {
    pub(super) fn of(index: &'a Index, filters: &'a Filters) -> Filter<'a> {
        let towns = || {
            filters.city_codes.iter().filter_map(|code| index.town_of_code(code)).map(|town| index.town(town).places())
        };
        let postcodes =
            || filters.postcodes.iter().map(|postcode| index.postcode(postcode)).filter(|ranges| !ranges.is_empty());
        Filter {
            index,
            filters,
            towns: (!filters.city_codes.is_empty()).then(|| towns().collect()),
            postcodes: (!filters.postcodes.is_empty()).then(|| postcodes().collect()),
        }
    }

    /// Whether no place can pass: an unknown town or postcode.
    pub(super) fn is_impossible(&self) -> bool {
        [&self.towns, &self.postcodes].into_iter().flatten().any(Vec::is_empty)
    }

    pub(super) fn kinds(&self) -> &[Kind] {
        &self.filters.kinds
    }

    pub(super) fn has_categories(&self) -> bool {
        !self.filters.categories.is_empty()
    }

    pub(super) fn bbox(&self) -> Option<&BoundingBox> {
        self.filters.bbox.as_ref()
    }

    /// Whether a place is in one of the towns, one of the postcodes and has one of the categories.
    pub(super) fn admits(&self, place: PlaceId) -> bool {
        let within = |ranges: &Option<Vec<Ranges<'_>>>| {
            ranges.as_ref().is_none_or(|all| all.iter().any(|ranges| ranges.contains(place)))
        };
        let has_category = || {
            let mut categories = self.index.place(place).categories();
            categories.any(|category| self.filters.categories.iter().any(|wanted| wanted == category))
        };
        within(&self.towns) && within(&self.postcodes) && (!self.has_categories() || has_category())
    }

    /// How many places the towns, else the postcodes, have; nothing when filters name none.
    pub(super) fn count(&self) -> Option<usize> {
        let ranges = self.towns.as_ref().or(self.postcodes.as_ref())?;
        Some(ranges.iter().map(|ranges| ranges.places()).sum())
    }

    /// The places to go through one by one, when few enough can pass: those of the towns, else those of the postcodes.
    pub(super) fn places(&self) -> Option<impl Iterator<Item = PlaceId>> {
        let ranges = self.towns.as_ref().or(self.postcodes.as_ref())?;
        Some(ranges.iter().flat_map(|ranges| ranges.iter().flatten()).filter(|place| self.admits(*place)))
    }
}
