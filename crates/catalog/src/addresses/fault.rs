//! What is refused, so that a person can mend it.

use serde::Serialize;

/// Why a change of an address base is refused. [`Fault::code`] is stable; pages make sentences from it.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "fault")]
pub enum Fault {
    /// No commune of today has this code.
    #[error("{code}: no commune or municipal arrondissement of today has this INSEE code")]
    Commune {
        /// As it was given.
        code: String,
    },
    /// The commune has a base already.
    #[error("{commune} has an address base already")]
    Exists {
        /// Its code.
        commune: String,
    },
    /// The commune is outside the organisation's territory.
    #[error("{commune} isn't in the territory of the organisation")]
    Territory {
        /// Its code.
        commune: String,
    },
    /// The name is too short, too long, or has a character that the format doesn't take.
    #[error("the name {name:?} can't be written in an address base: 3 to 200 letters, figures and usual signs")]
    Name {
        /// As it was given.
        name: String,
    },
    /// The name isn't written as the rules of typography and of the format want it.
    #[error("write {name:?} in full, with its capitals and accents: {proposed:?}")]
    NameStyle {
        /// As it was given.
        name: String,
        /// As it should be.
        proposed: String,
    },
    /// A language that has no code of three letters.
    #[error("{code:?} is no code of a regional language: three letters, such as bre or oci")]
    Language {
        /// As it was given.
        code: String,
    },
    /// Not a house number.
    #[error("{text:?} is no house number: a number from 1 to 9998, then perhaps bis, ter or letters")]
    Number {
        /// As it was given.
        text: String,
    },
    /// The street has this number already.
    #[error("number {label} is there already")]
    NumberTaken {
        /// `12 bis`.
        label: String,
    },
    /// The range is empty or too long.
    #[error("from {from} to {to}: give the smaller number first, and at most {most} numbers")]
    Range {
        /// First.
        from: u32,
        /// Last.
        to: u32,
        /// At most.
        most: usize,
    },
    /// The numbers of the range are all there already.
    #[error("every number from {from} to {to} is there already")]
    RangeTaken {
        /// First.
        from: u32,
        /// Last.
        to: u32,
    },
    /// Not a position.
    #[error("{lon} {lat}: not a longitude from -180 to 180 and a latitude from -90 to 90, in degrees")]
    Position {
        /// As it was given.
        lon: f64,
        /// As it was given.
        lat: f64,
    },
    /// Text where a coordinate should be.
    #[error("{text:?} is no coordinate in degrees, such as 1.9543")]
    Coordinate {
        /// As it was given.
        text: String,
    },
    /// Not a cadastral parcel.
    #[error("{text:?} is no parcel: fourteen characters, such as 11076000AB0123")]
    Parcel {
        /// As it was given.
        text: String,
    },
    /// A text that is too long.
    #[error("{field}: at most {most} characters")]
    TooLong {
        /// Which.
        field: &'static str,
        /// How many are taken.
        most: usize,
    },
    /// More than a base or a street can hold.
    #[error("at most {most} {what} are taken")]
    TooMany {
        /// `streets`, `numbers`, `positions`, `parcels`.
        what: &'static str,
        /// How many are taken.
        most: usize,
    },
    /// A file without any address of the commune.
    #[error("the file has no address of {commune}")]
    NoAddress {
        /// Code of the commune.
        commune: String,
    },
    /// A file that isn't a table of addresses.
    #[error("not a file of addresses: {detail}")]
    File {
        /// What is wrong.
        detail: String,
    },
    /// There is nothing to publish.
    #[error("the base has no address yet")]
    Empty,
    /// The index of addresses has nothing of the commune.
    #[error("no address of {commune} is known here: import the national base first, or send a file")]
    Unknown {
        /// Code of the commune.
        commune: String,
    },
    /// Two streets that are to become one are the same.
    #[error("a street isn't merged with itself")]
    SameStreet,
}

impl Fault {
    /// A stable name: `number-taken`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Commune { .. } => "commune",
            Self::Exists { .. } => "exists",
            Self::Territory { .. } => "territory",
            Self::Name { .. } => "name",
            Self::NameStyle { .. } => "name-style",
            Self::Language { .. } => "language",
            Self::Number { .. } => "number",
            Self::NumberTaken { .. } => "number-taken",
            Self::Range { .. } => "range",
            Self::RangeTaken { .. } => "range-taken",
            Self::Position { .. } => "position",
            Self::Coordinate { .. } => "coordinate",
            Self::Parcel { .. } => "parcel",
            Self::TooLong { .. } => "too-long",
            Self::TooMany { .. } => "too-many",
            Self::NoAddress { .. } => "no-address",
            Self::File { .. } => "file",
            Self::Empty => "empty",
            Self::Unknown { .. } => "unknown",
            Self::SameStreet => "same-street",
        }
    }

    /// What its sentence mentions, by name.
    pub fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Commune { code } | Self::Language { code } => vec![("code", code.clone())],
            Self::Exists { commune }
            | Self::Territory { commune }
            | Self::NoAddress { commune }
            | Self::Unknown { commune } => vec![("commune", commune.clone())],
            Self::Name { name } => vec![("name", name.clone())],
            Self::NameStyle { name, proposed } => vec![("name", name.clone()), ("proposed", proposed.clone())],
            Self::Number { text } | Self::Coordinate { text } | Self::Parcel { text } => vec![("text", text.clone())],
            Self::NumberTaken { label } => vec![("label", label.clone())],
            Self::Range { from, to, most } => {
                vec![("from", from.to_string()), ("to", to.to_string()), ("most", most.to_string())]
            }
            Self::RangeTaken { from, to } => vec![("from", from.to_string()), ("to", to.to_string())],
            Self::Position { lon, lat } => vec![("lon", lon.to_string()), ("lat", lat.to_string())],
            Self::TooLong { field, most } => vec![("field", (*field).to_owned()), ("most", most.to_string())],
            Self::TooMany { what, most } => vec![("what", (*what).to_owned()), ("most", most.to_string())],
            Self::File { detail } => vec![("detail", detail.clone())],
            Self::Empty | Self::SameStreet => Vec::new(),
        }
    }
}
