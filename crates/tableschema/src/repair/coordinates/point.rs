//! Points as people write them: two numbers, longitude first.

use super::territory;

/// Where a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In France, or close to it.
    France,
    /// In France if latitude and longitude are exchanged, and only then.
    Swapped,
    /// Neither.
    Elsewhere,
}

/// Where the point of a cell is; `None` when the cell is no point.
pub(crate) fn place(cell: &str) -> Option<Place> {
    let point = read(cell)?;
    let (first, second) = (point.first.value()?, point.second.value()?);
    Some(match (territory::is_french(first, second), territory::is_french(second, first)) {
        (true, _) => Place::France,
        (false, true) => Place::Swapped,
        (false, false) => Place::Elsewhere,
    })
}

/// Two numbers, longitude first unless they are swapped.
pub(super) struct Point {
    pub(super) first: Number,
    pub(super) second: Number,
    /// The cell says which is which.
    pub(super) named: bool,
}

/// A decimal number as text, with a point.
pub(super) struct Number(pub(super) String);

impl Number {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('°').replace(',', ".");
        let figures = text.strip_prefix(['-', '+']).unwrap_or(&text);
        let formed = (1..=20).contains(&figures.len())
            && figures.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && figures.bytes().filter(|byte| *byte == b'.').count() <= 1
            && figures.starts_with(|first: char| first.is_ascii_digit())
            && figures.ends_with(|last: char| last.is_ascii_digit());
        formed.then(|| Self(text.strip_prefix('+').unwrap_or(&text).to_owned()))
    }

    pub(super) fn value(&self) -> Option<f64> {
        self.0.parse().ok().filter(|value: &f64| value.abs() <= 180.0)
    }
}

pub(super) fn read(cell: &str) -> Option<Point> {
    if cell.len() > 120 {
        return None;
    }
    let trimmed = cell.trim();
    let upper = trimmed.to_ascii_uppercase();
    // « POINT (2.35 48.85) »: the well-known text has longitude first.
    let (inner, wkt) = match upper.starts_with("POINT") {
        true => (trimmed.get(5..)?, true),
        false => (trimmed, false),
    };
    let inner = inner.trim().trim_matches(['[', ']', '(', ')', '{', '}', '"', '\'', ' ']);
    if upper.contains("LAT") {
        return named(inner);
    }
    let (first, second) = halves(inner)?;
    Some(Point { first: Number::read(first)?, second: Number::read(second)?, named: wkt })
}

/// « lat: 48.85, lon: 2.35 », `"lon": 2.35, "lat": 48.85`
fn named(inner: &str) -> Option<Point> {
    let (first, second) = inner.split_once([',', ';'])?;
    let pair = |text: &str| {
        let (name, number) = text.split_once([':', '='])?;
        let name = name.trim_matches(['"', '\'', ' ']).to_ascii_lowercase();
        Some((name.starts_with("lat"), Number::read(number.trim_matches(['"', ' ']))?))
    };
    match (pair(first)?, pair(second)?) {
        ((true, lat), (false, lon)) | ((false, lon), (true, lat)) => {
            Some(Point { first: lon, second: lat, named: true })
        }
        _ => None,
    }
}

/// The two numbers of a text: `48,85;2,35`, `48.85, 2.35`, `48,85 2,35`, `48,85,2,35`.
fn halves(text: &str) -> Option<(&str, &str)> {
    for separator in [";", "|", ", ", " ", "\t", "/"] {
        if let Some((first, second)) = text.split_once(separator) {
            return Some((first.trim_end_matches(','), second.trim_start()));
        }
    }
    let commas: Vec<usize> = text.match_indices(',').map(|(place, _)| place).collect();
    let place = match commas.as_slice() {
        [only] => *only,
        [_, middle, _] => *middle,
        _ => return None,
    };
    Some((&text[..place], &text[place + 1..]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn pair(text: &str) -> Option<(String, String)> {
        read(text).map(|point| (point.first.0, point.second.0))
    }

    #[test]
    fn points_of_many_forms_are_read() {
        for text in [
            "2.35,48.85",
            "2.35, 48.85",
            "[2.35, 48.85]",
            "2,35;48,85",
            "2,35,48,85",
            "2,35 48,85",
            "(2.35 ; 48.85)",
            "POINT (2.35 48.85)",
            "lat: 48.85, lon: 2.35",
            "{\"lon\": 2.35, \"lat\": 48.85}",
        ] {
            assert_eq!(pair(text), Some(("2.35".to_owned(), "48.85".to_owned())), "{text}");
        }
    }

    #[test]
    fn what_is_no_point_is_not_read() {
        for text in ["", "2.35", "2.35,48.85,120", "Paris", "12 rue de la Paix", "1 2 3", "2.3.5,48"] {
            assert_eq!(pair(text), None, "{text}");
        }
    }
}
