//! What may be asked of an index.

use crate::answer::Kind;
use crate::place::Position;

/// A rectangle of WGS 84 degrees, its borders included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundingBox {
    /// Least longitude.
    pub west: f64,
    /// Least latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

impl BoundingBox {
    /// Whether the position lies within, borders included.
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        position.lon >= self.west
            && position.lon <= self.east
            && position.lat >= self.south
            && position.lat <= self.north
    }
}

/// What an answer must be; an empty list asks for nothing. The alternatives of a list are joined by *or*, lists by *and*.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filters {
    /// Kinds of answers.
    pub kinds: Vec<Kind>,
    /// Postcodes, exact ("11400").
    pub postcodes: Vec<String>,
    /// INSEE codes of communes: those of an old commune find what lies in it, 75056, 69123 and 13055 their arrondissements.
    pub city_codes: Vec<String>,
    /// Where the answer must lie.
    pub bbox: Option<BoundingBox>,
    /// Categories of points of interest; answers of other kinds than `Poi` have none.
    pub categories: Vec<String>,
}

impl Filters {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
            && self.postcodes.is_empty()
            && self.city_codes.is_empty()
            && self.bbox.is_none()
            && self.categories.is_empty()
    }

    /// Whether answers of that kind are wanted.
    #[must_use]
    pub fn wants(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// An address in parts, as forms and files give it. Each part may be missing or slightly wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Structured {
    /// House number with its suffix: "12", "12 bis".
    pub number: Option<String>,
    /// Street, locality or name of a place.
    pub street: Option<String>,
    /// Commune, old commune or arrondissement.
    pub city: Option<String>,
    /// Postcode, or what is known of it.
    pub postcode: Option<String>,
}

/// A search by text.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchQuery {
    /// The address as somebody typed it. With `structured`, what stands here is read as well.
    pub text: String,
    /// The greatest number of answers, 1 to 100.
    pub limit: usize,
    /// Whether the last word may be the beginning of a word.
    pub autocomplete: bool,
    /// Answers nearer to this position are preferred, others aren't refused.
    pub near: Option<Position>,
    /// What the answers must be.
    pub filters: Filters,
    /// The address in parts, when it is known in parts.
    pub structured: Option<Structured>,
    /// Whether each answer tells why it was found.
    pub explain: bool,
}

impl Default for SearchQuery {
    fn default() -> SearchQuery {
        SearchQuery {
            text: String::new(),
            limit: 5,
            autocomplete: true,
            near: None,
            filters: Filters::default(),
            structured: None,
            explain: false,
        }
    }
}

impl SearchQuery {
    /// A search for a text with what API Adresse takes when nothing else is said: five answers, autocompletion.
    #[must_use]
    pub fn new(text: impl Into<String>) -> SearchQuery {
        SearchQuery { text: text.into(), ..SearchQuery::default() }
    }
}

/// A search by position.
#[derive(Debug, Clone, PartialEq)]
pub struct ReverseQuery {
    /// Where.
    pub position: Position,
    /// The greatest number of answers, 1 to 100.
    pub limit: usize,
    /// What the answers must be.
    pub filters: Filters,
    /// The greatest distance of an answer, in metres.
    pub max_distance: Option<f64>,
}

impl ReverseQuery {
    /// The nearest answer of any kind, however far the index looks by default.
    #[must_use]
    pub fn new(position: Position) -> ReverseQuery {
        ReverseQuery { position, limit: 1, filters: Filters::default(), max_distance: None }
    }
}
