//! The columns of an answer, by the names that addok-csv gives them.

use super::{BatchError, Direction, Status};
use crate::Hit;

/// A column that is added to the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is a member of an answer")]
pub enum ResultColumn {
    Latitude,
    Longitude,
    Label,
    Score,
    /// Score of the answer that comes next: how sure the first one is.
    ScoreNext,
    Distance,
    Type,
    Id,
    HouseNumber,
    Name,
    Street,
    Postcode,
    City,
    Context,
    CityCode,
    OldCityCode,
    OldCity,
    District,
    Status,
    // Given when they are asked for.
    BanId,
    X,
    Y,
    Interpolated,
}

use ResultColumn as C;

/// What a search adds, in order.
const OF_SEARCH: [C; 18] = [
    C::Latitude,
    C::Longitude,
    C::Label,
    C::Score,
    C::ScoreNext,
    C::Type,
    C::Id,
    C::HouseNumber,
    C::Name,
    C::Street,
    C::Postcode,
    C::City,
    C::Context,
    C::CityCode,
    C::OldCityCode,
    C::OldCity,
    C::District,
    C::Status,
];
/// What a reverse search adds, in order.
const OF_REVERSE: [C; 17] = [
    C::Latitude,
    C::Longitude,
    C::Label,
    C::Distance,
    C::Type,
    C::Id,
    C::HouseNumber,
    C::Name,
    C::Street,
    C::Postcode,
    C::City,
    C::Context,
    C::CityCode,
    C::OldCityCode,
    C::OldCity,
    C::District,
    C::Status,
];
/// What both add when it is asked for.
const MORE: [C; 4] = [C::BanId, C::X, C::Y, C::Interpolated];

impl ResultColumn {
    /// The columns that are added when nothing else is said.
    pub fn usual(direction: Direction) -> &'static [ResultColumn] {
        match direction {
            Direction::Search => &OF_SEARCH,
            Direction::Reverse => &OF_REVERSE,
        }
    }

    /// Its name in a header.
    pub fn name(self, direction: Direction) -> &'static str {
        match (self, direction) {
            (C::Latitude, Direction::Search) => "latitude",
            (C::Longitude, Direction::Search) => "longitude",
            (C::Latitude, Direction::Reverse) => "result_latitude",
            (C::Longitude, Direction::Reverse) => "result_longitude",
            (C::Label, _) => "result_label",
            (C::Score, _) => "result_score",
            (C::ScoreNext, _) => "result_score_next",
            (C::Distance, _) => "result_distance",
            (C::Type, _) => "result_type",
            (C::Id, _) => "result_id",
            (C::HouseNumber, _) => "result_housenumber",
            (C::Name, _) => "result_name",
            (C::Street, _) => "result_street",
            (C::Postcode, _) => "result_postcode",
            (C::City, _) => "result_city",
            (C::Context, _) => "result_context",
            (C::CityCode, _) => "result_citycode",
            (C::OldCityCode, _) => "result_oldcitycode",
            (C::OldCity, _) => "result_oldcity",
            (C::District, _) => "result_district",
            (C::Status, _) => "result_status",
            (C::BanId, _) => "result_banId",
            (C::X, _) => "result_x",
            (C::Y, _) => "result_y",
            (C::Interpolated, _) => "result_interpolated",
        }
    }

    /// The columns asked for by name, in the answer's own order; the usual ones when none is. Names that nobody knows
    /// are passed over, as addok does, unless none is known.
    pub(super) fn asked(names: &[String], direction: Direction) -> Result<Vec<ResultColumn>, BatchError> {
        let usual = Self::usual(direction);
        let Some(first) = names.first() else { return Ok(usual.to_vec()) };
        let all = || usual.iter().chain(&MORE).copied();
        let found: Vec<_> = all().filter(|column| names.iter().any(|name| column.is_named(name, direction))).collect();
        if found.is_empty() {
            let known = all().map(|column| column.name(direction)).collect();
            return Err(BatchError::UnknownResult { asked: first.chars().take(100).collect(), known });
        }
        Ok(found)
    }

    fn is_named(self, name: &str, direction: Direction) -> bool {
        let own = self.name(direction);
        name == own || own.strip_prefix("result_") == Some(name)
    }

    /// Writes what an answer says in this column.
    pub(super) fn write(self, answer: &RowAnswer<'_>, out: &mut String) {
        if self == C::Status {
            return out.push_str(answer.status.name());
        }
        let Some(hit) = answer.hit else { return };
        match self {
            C::Latitude => degrees(hit.position.lat, out),
            C::Longitude => degrees(hit.position.lon, out),
            C::Label => out.push_str(&hit.label),
            C::Score => score(hit.score, out),
            C::ScoreNext => score(answer.next.unwrap_or(0.0), out),
            C::Distance => push(itoa::Buffer::new().format(hit.distance.unwrap_or(0.0).round() as u64), out),
            C::Type => out.push_str(hit.kind.name()),
            C::Id => out.push_str(&hit.id),
            C::HouseNumber => push_some(hit.housenumber.as_deref(), out),
            // The street's own, as addok-csv has it: the number has its column.
            C::Name => out.push_str(hit.street.as_deref().unwrap_or(&hit.name)),
            C::Street => push_some(hit.street.as_deref(), out),
            C::Postcode => push_some(hit.postcode.as_deref(), out),
            C::City => out.push_str(&hit.city),
            C::Context => out.push_str(&hit.context),
            C::CityCode => out.push_str(&hit.city_code),
            C::OldCityCode => push_some(hit.old_city_code.as_deref(), out),
            C::OldCity => push_some(hit.old_city.as_deref(), out),
            C::District => push_some(hit.district.as_deref(), out),
            C::BanId => hit.ban_id.iter().for_each(|id| out.push_str(&id.to_string())),
            C::X => hit.projected.iter().for_each(|(x, _)| metres(*x, out)),
            C::Y => hit.projected.iter().for_each(|(_, y)| metres(*y, out)),
            C::Interpolated => out.push_str(if hit.interpolated { "1" } else { "0" }),
            C::Status => {}
        }
    }
}

/// What is known of a row.
pub(super) struct RowAnswer<'a> {
    pub(super) status: Status,
    pub(super) hit: Option<&'a Hit>,
    pub(super) next: Option<f32>,
}

fn push(text: &str, out: &mut String) {
    out.push_str(text);
}

fn push_some(text: Option<&str>, out: &mut String) {
    out.push_str(text.unwrap_or_default());
}

/// Six decimals are a tenth of a metre.
fn degrees(value: f64, out: &mut String) {
    push(zmij::Buffer::new().format((value * 1e6).round() / 1e6), out);
}

fn metres(value: f64, out: &mut String) {
    push(zmij::Buffer::new().format((value * 100.0).round() / 100.0), out);
}

/// Two decimals.
fn score(value: f32, out: &mut String) {
    push(zmij::Buffer::new().format((f64::from(value) * 100.0).round() / 100.0), out);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn scores_have_two_decimals_at_most() {
        for (value, expected) in [(0.0, "0.0"), (0.123, "0.12"), (0.5, "0.5"), (0.999, "1.0")] {
            let mut out = String::new();
            score(value, &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn columns_are_asked_for_by_name_with_or_without_their_prefix() {
        let names = ["result_score", "latitude", "city", "nonsense", "result_banId"].map(str::to_owned);
        let found = ResultColumn::asked(&names, Direction::Search).unwrap();
        assert_eq!(found, [C::Latitude, C::Score, C::City, C::BanId]);
        let refused = ResultColumn::asked(&["nonsense".to_owned()], Direction::Search);
        assert!(matches!(refused, Err(BatchError::UnknownResult { .. })));
    }
}
