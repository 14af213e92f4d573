//! What the forms of address bases say.

use catalog::addresses::{Fault, NumberDraft, Position, PositionKind, number};

pub use crate::pages::assistant::fields::Fields;
use crate::params;

/// Positions that a form can hold.
const MOST_POSITIONS: usize = 50;

/// The fields of a posted form.
pub fn fields(body: &str) -> Fields {
    let pairs = params::pairs(body).filter_map(Result::ok);
    Fields::new(pairs.map(|pair| (pair.name.into_owned(), pair.value.unwrap_or_default().into_owned())).collect())
}

/// A position as it is typed, before it is known to be one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedPosition {
    /// Stable name of its kind; empty when unknown.
    pub kind: String,
    pub lat: String,
    pub lon: String,
}

impl TypedPosition {
    /// A position as a form shows it.
    pub fn of(position: &Position) -> Self {
        Self {
            kind: position.kind.map_or("", PositionKind::as_str).to_owned(),
            lat: position.lat.to_string(),
            lon: position.lon.to_string(),
        }
    }

    fn is_empty(&self) -> bool {
        self.lat.is_empty() && self.lon.is_empty()
    }

    fn read(&self) -> Result<Position, Fault> {
        let degrees = |text: &str| {
            let plain = text.trim().replace(',', ".");
            plain.parse::<f64>().map_err(|_| Fault::Coordinate { text: text.chars().take(40).collect() })
        };
        Position::new(PositionKind::parse(&self.kind), degrees(&self.lon)?, degrees(&self.lat)?)
    }
}

/// The positions of a form: `lat-0`, `lon-0`, `kind-0`…
pub fn typed_positions(fields: &Fields) -> Vec<TypedPosition> {
    let get = |name: &str, place: usize| fields.get(&format!("{name}-{place}")).to_owned();
    let typed = (0..MOST_POSITIONS).map(|place| TypedPosition {
        kind: get("kind", place),
        lat: get("lat", place),
        lon: get("lon", place),
    });
    typed.filter(|position| !position.is_empty()).collect()
}

/// The same, read.
///
/// # Errors
/// When one of them isn't a position.
pub fn positions(typed: &[TypedPosition]) -> Result<Vec<Position>, Fault> {
    typed.iter().map(TypedPosition::read).collect()
}

/// What a form says of a number.
///
/// # Errors
/// When something of it can't be taken.
pub fn number_draft(fields: &Fields) -> Result<NumberDraft, Fault> {
    let (number, suffix) = number::parse(fields.get("number"))?;
    let text = |name: &str| Some(fields.get(name).to_owned()).filter(|text| !text.is_empty());
    Ok(NumberDraft {
        number,
        suffix,
        complement: text("complement"),
        positions: positions(&typed_positions(fields))?,
        parcels: number::parcels(fields.get("parcels"))?,
        certified: !fields.get("certified").is_empty(),
        comment: text("comment"),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_what_a_number_is() {
        let fields = fields("number=12+bis&lat-0=43,318&lon-0=1.954&kind-0=entrance&lat-3=&certified=1&parcels=");
        let draft = number_draft(&fields).unwrap();
        assert_eq!((draft.number, draft.suffix.as_str(), draft.certified), (12, "bis", true));
        let expected = Position::new(Some(PositionKind::Entrance), 1.954, 43.318).unwrap();
        assert_eq!(draft.positions, [expected]);
    }

    #[test]
    fn half_a_position_is_none() {
        let fields = fields("number=12&lat-0=43.318&lon-0=");
        assert_eq!(number_draft(&fields).unwrap_err().code(), "coordinate");
        assert_eq!(typed_positions(&fields).len(), 1);
    }
}
