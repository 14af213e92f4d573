//! What one cell is, whatever its column: the evidence from which a column's type is decided.

use super::{
    boolean, code,
    date::{self, OrderProof},
    header::{Hint, Hints},
    number::{self, Number, NumberStyle, NumberValue, SeparatorProof},
    space,
    time::{self, DAY},
};

/// What a cell is, alone of its kind: each non-empty cell has one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    /// `oui`, `false`.
    BooleanWord,
    /// `o`, `N`.
    BooleanLetter,
    /// A whole number that `f64` holds.
    Integer,
    /// A whole number of `i64` that `f64` would round.
    LongInteger,
    /// Figures after a zero: `01234`.
    Code,
    /// A number with decimals.
    Decimal,
    /// A day.
    Date,
    /// A day at midnight.
    Midnight,
    /// A day and a time that is not midnight.
    Datetime,
    /// A time.
    Time,
    /// A lone dash: spreadsheets show zero so, people write it where they know nothing. It says nothing of the type.
    Dash,
    /// Anything else.
    Text,
}

/// Number of classes.
pub(crate) const CLASSES: usize = 12;

/// What else a cell shows; several may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Trait {
    /// `0` or `1`.
    ZeroOne,
    /// A yes.
    Affirmative,
    /// A no.
    Negative,
    /// Four figures, 1000 to 2999.
    FourFigures,
    /// Eight figures that are a day.
    CompactDate,
    PointDecimal,
    PointEither,
    PointGroups,
    CommaDecimal,
    CommaEither,
    CommaGroups,
    Currency,
    Percent,
    /// A date whose first number can only be a day.
    DayFirst,
    /// A date whose second number can only be a day.
    MonthFirst,
    /// A date whose order is not told.
    Either,
    /// Within ±90, in a column whose header says latitude.
    LatitudeRange,
    /// Within ±180, in a column whose header says longitude.
    LongitudeRange,
    /// 0 to 100, in a column whose header says percentage.
    ShareRange,
    Siren,
    Siret,
    Rna,
    Postcode,
    Commune,
    Departement,
    Region,
    Email,
    Url,
    Phone,
    Geopoint,
    /// An easting of Lambert-93 in France, in a column whose header says easting.
    LambertEasting,
    /// A northing of Lambert-93 in France.
    LambertNorthing,
    /// An easting of the conic zones CC42 to CC50.
    ZoneEasting,
    /// A northing of CC42; the eight other zones follow.
    ZoneNorthing,
}

/// Number of traits, the nine northings counted.
pub(crate) const TRAITS: usize = 42;

/// Class and traits of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    pub class: Class,
    /// Bits by [`Trait`].
    pub traits: u64,
}

impl Kind {
    pub(crate) const fn of(class: Class) -> Self {
        Self { class, traits: 0 }
    }

    fn set(&mut self, which: Trait, holds: bool) {
        self.traits |= u64::from(holds) << which as u32;
    }

    /// Whether the cell shows the trait.
    pub(crate) fn has(self, which: Trait) -> bool {
        self.traits & (1 << which as u32) != 0
    }
}

/// The kind of a cell; `None` when it is blank. Slower than the readers of a known type, so it is used on samples,
/// on distinct values, and on cells that don't fit.
pub(crate) fn kind(text: &str, hints: Hints) -> Option<Kind> {
    let bytes = space::trim(text.as_bytes());
    let first = *bytes.first()?;
    if first.is_ascii_alphabetic() {
        if let Some(value) = boolean::word(bytes).or_else(|| boolean::letter(bytes)) {
            return Some(of_boolean(bytes, value));
        }
        if !bytes.starts_with(b"EUR") {
            return Some(temporal(bytes).unwrap_or_else(|| of_text(text, bytes, hints)));
        }
    }
    if matches!(bytes, b"-" | b"\xe2\x80\x93" | b"\xe2\x80\x94") {
        return Some(Kind::of(Class::Dash));
    }
    if let Some(number) = number::parse_number(text, NumberStyle::default()) {
        return Some(of_number(&number, text, hints));
    }
    Some(temporal(bytes).unwrap_or_else(|| of_text(text, bytes, hints)))
}

fn of_boolean(bytes: &[u8], value: bool) -> Kind {
    let mut kind = Kind::of(if bytes.len() == 1 { Class::BooleanLetter } else { Class::BooleanWord });
    kind.set(if value { Trait::Affirmative } else { Trait::Negative }, true);
    kind
}

fn of_text(text: &str, bytes: &[u8], hints: Hints) -> Kind {
    let mut kind = Kind::of(Class::Text);
    forms(text, bytes, hints, &mut kind);
    kind
}

/// The kind of a cell that was read as a number. Doesn't depend on the style that it was read with.
pub(crate) fn of_number(number: &Number, text: &str, hints: Hints) -> Kind {
    let bytes = space::trim(text.as_bytes());
    let form = number.form;
    let either = matches!(form.proof, SeparatorProof::PointEither | SeparatorProof::CommaEither);
    let class = match number.value {
        _ if form.leading_zero => Class::Code,
        _ if either => Class::Decimal,
        NumberValue::Integer(value) if value.unsigned_abs() <= number::EXACT_INTEGER as u64 => Class::Integer,
        NumberValue::Integer(_) => Class::LongInteger,
        NumberValue::Decimal(_) => Class::Decimal,
    };
    let mut kind = Kind::of(class);
    let proof = match form.proof {
        SeparatorProof::None => None,
        SeparatorProof::PointDecimal => Some(Trait::PointDecimal),
        SeparatorProof::PointEither => Some(Trait::PointEither),
        SeparatorProof::PointGroups => Some(Trait::PointGroups),
        SeparatorProof::CommaDecimal => Some(Trait::CommaDecimal),
        SeparatorProof::CommaEither => Some(Trait::CommaEither),
        SeparatorProof::CommaGroups => Some(Trait::CommaGroups),
    };
    if let Some(proof) = proof {
        kind.set(proof, true);
    }
    kind.set(Trait::Currency, form.currency);
    kind.set(Trait::Percent, form.percent);
    if let (Class::Integer, NumberValue::Integer(value)) = (class, number.value) {
        kind.set(Trait::ZeroOne, matches!(value, 0 | 1));
        kind.set(Trait::FourFigures, bytes.len() == 4 && (1000..3000).contains(&value));
        kind.set(Trait::CompactDate, bytes.len() == 8 && hints.says(Hint::Date) && is_compact_date(bytes));
    }
    if hints != Hints::default() {
        ranges(number, hints, &mut kind);
    }
    if matches!(class, Class::Integer | Class::LongInteger | Class::Code) {
        forms(text, bytes, hints, &mut kind);
    }
    kind
}

fn is_compact_date(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| date::parse_compact_date(text).is_some())
}

/// The ranges that the header asks about.
fn ranges(number: &Number, hints: Hints, kind: &mut Kind) {
    let value = match number.value {
        NumberValue::Integer(value) => value as f64,
        NumberValue::Decimal(value) => value,
    };
    kind.set(Trait::LatitudeRange, hints.says(Hint::Latitude) && value.abs() <= 90.0);
    kind.set(Trait::LongitudeRange, hints.says(Hint::Longitude) && value.abs() <= 180.0);
    kind.set(Trait::ShareRange, hints.says(Hint::Percentage) && (0.0..=100.0).contains(&value));
    if hints.says(Hint::Easting) {
        kind.set(Trait::LambertEasting, (75_000.0..1_250_000.0).contains(&value));
        kind.set(Trait::ZoneEasting, (1_250_000.0..2_300_000.0).contains(&value));
    }
    if hints.says(Hint::Northing) {
        kind.set(Trait::LambertNorthing, (6_000_000.0..7_200_000.0).contains(&value));
        if (1_000_000.0..10_000_000.0).contains(&value) {
            // CC42 has its origin 1 200 km up, and each zone another 1 000 km.
            kind.traits |= 1 << (Trait::ZoneNorthing as u32 + (value / 1e6) as u32 - 1);
        }
    }
}

fn temporal(bytes: &[u8]) -> Option<Kind> {
    if bytes.len() > 60 {
        return None;
    }
    if let Some((_, proof)) = date::read_either(bytes) {
        return Some(of_order(Class::Date, proof));
    }
    if let Some((millis, proof)) = time::read_either(bytes) {
        return Some(of_moment(millis, proof));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    time::parse_time(text).map(|_| Kind::of(Class::Time))
}

/// The kind of a cell that was read as a day or a moment.
pub(crate) fn of_order(class: Class, proof: OrderProof) -> Kind {
    let mut kind = Kind::of(class);
    match proof {
        OrderProof::Certain => {}
        OrderProof::DayFirst => kind.set(Trait::DayFirst, true),
        OrderProof::MonthFirst => kind.set(Trait::MonthFirst, true),
        OrderProof::Either => kind.set(Trait::Either, true),
    }
    kind
}

/// The kind of a cell that was read as a moment.
pub(crate) fn of_moment(millis: i64, proof: OrderProof) -> Kind {
    of_order(if millis.rem_euclid(DAY) == 0 { Class::Midnight } else { Class::Datetime }, proof)
}

/// The forms of codes and addresses.
fn forms(text: &str, bytes: &[u8], hints: Hints, kind: &mut Kind) {
    match bytes.len() {
        2 | 3 if hints.says(Hint::Departement) || hints.says(Hint::Region) => {
            kind.set(Trait::Departement, code::departement(bytes));
            kind.set(Trait::Region, code::region(bytes));
        }
        5 if hints.says(Hint::Postcode) || hints.says(Hint::Commune) => {
            kind.set(Trait::Postcode, code::postcode(bytes));
            kind.set(Trait::Commune, code::commune(bytes));
        }
        9 => kind.set(Trait::Siren, code::luhn(bytes)),
        10 if matches!(bytes[0], b'W' | b'w') => kind.set(Trait::Rna, code::rna(bytes)),
        14 if bytes[0].is_ascii_digit() => kind.set(Trait::Siret, code::siret(bytes)),
        _ => {}
    }
    if kind.class == Class::Text && bytes.len() >= 6 {
        kind.set(Trait::Email, bytes.contains(&b'@') && code::email(bytes));
        kind.set(Trait::Url, matches!(bytes[0], b'h' | b'H') && code::url(bytes));
        kind.set(Trait::Geopoint, code::parse_geopoint(text).is_some());
    }
    if matches!(kind.class, Class::Text | Class::Code | Class::Integer) && matches!(bytes[0], b'0' | b'+') {
        kind.set(Trait::Phone, code::phone(bytes));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn class(text: &str) -> Option<Class> {
        kind(text, Hints::default()).map(|kind| kind.class)
    }

    #[test]
    fn each_cell_has_one_class() {
        for (text, expected) in [
            ("oui", Class::BooleanWord),
            ("N", Class::BooleanLetter),
            ("12", Class::Integer),
            ("9007199254740993", Class::LongInteger),
            ("9223372036854775808", Class::Text),
            ("01234", Class::Code),
            ("12,5", Class::Decimal),
            ("1 200,00 €", Class::Decimal),
            ("2024-01-31", Class::Date),
            ("lundi 3 août 2015", Class::Date),
            ("2024-01-31T00:00:00", Class::Midnight),
            ("31/12/2020 14:05", Class::Datetime),
            ("8h30", Class::Time),
            ("12 rue Basse", Class::Text),
            ("été", Class::Text),
            (" -    ", Class::Dash),
            ("—", Class::Dash),
        ] {
            assert_eq!(class(text), Some(expected), "{text}");
        }
        assert_eq!(class(" \u{a0}"), None);
    }

    #[test]
    fn codes_show_their_form() {
        let with = |text: &str, header: &str, which| kind(text, Hints::of(header)).unwrap().has(which);
        assert!(with("73282932000074", "", Trait::Siret));
        assert!(with("11076", "insee", Trait::Commune));
        assert!(with("2A", "code_dep", Trait::Departement));
        assert!(with("0468230000", "", Trait::Phone));
        assert!(with("04 68 23 00 00", "", Trait::Phone));
        assert!(with("43.3,1.9", "", Trait::Geopoint));
        assert!(with("20240131", "date", Trait::CompactDate));
        assert!(with("a.b@c.fr", "", Trait::Email));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".*") {
            let _ = kind(&text, Hints::of(&text));
        }
    }
}
