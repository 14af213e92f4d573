//! What a form says of addresses.

use std::collections::BTreeMap;

use catalog::draft::{Edit, TableChoices, TableKey};
use catalog::geocode::{Correction, Survey};
use geocoder::Position;
use personal_data::{Finding, Level};

use super::page::PER_PAGE;
use crate::pages::assistant::fields::Fields;
use crate::pages::assistant::posted::Posted;

/// The choice of whoever gives a position.
pub const POINT: &str = "point";
/// The choice of whoever leaves it empty.
pub const NOWHERE: &str = "nowhere";
/// The choice of whoever decides later.
pub const LATER: &str = "later";
/// Characters of a reason that says something.
const SHORTEST_REASON: usize = 10;

/// What a form lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A position that can't be read, of an address.
    Position(String),
    /// A justification without a name or a reason.
    Reason,
    /// No column of addresses.
    Columns,
    /// A place that isn't known.
    Within,
}

/// A form that was refused.
#[derive(Debug, Clone)]
pub struct Wrong {
    pub table: TableKey,
    pub page: usize,
    pub fault: Fault,
    /// What it said of addresses.
    pub fields: Option<Fields>,
}

impl Wrong {
    pub fn of(table: TableKey, fault: Fault) -> Self {
        Self { table, page: 1, fault, fields: None }
    }
}

/// What is said of the addresses of a page.
pub fn corrections(fields: &Fields, survey: &Survey) -> Result<BTreeMap<String, Option<Correction>>, Fault> {
    let mut said = BTreeMap::new();
    for place in 0..PER_PAGE {
        let Some(address) = fields.find(&format!("address.{place}")) else { continue };
        let Some(doubt) = survey.doubts.iter().find(|doubt| doubt.address == address) else { continue };
        let field = |name: &str| fields.get(&format!("{name}.{place}"));
        let correction = match field("choice") {
            "" | LATER if field("lat").is_empty() => None,
            NOWHERE => Some(Correction::Nowhere),
            POINT | "" | LATER => {
                let position = position(field("lat"), field("lon"));
                let position = position.ok_or_else(|| Fault::Position(address.to_owned()))?;
                Some(Correction::Point { latitude: position.lat, longitude: position.lon })
            }
            id => {
                let candidate = doubt.candidates.iter().find(|candidate| candidate.id == id);
                candidate.cloned().map(Correction::Candidate)
            }
        };
        said.insert(address.to_owned(), correction);
    }
    Ok(said)
}

/// A position as people write it: decimal points or commas; both figures may stand in the first field.
fn position(lat: &str, lon: &str) -> Option<Position> {
    let number = |text: &str| text.trim().replace(',', ".").trim_end_matches(['°', ' ']).parse::<f64>().ok();
    let (lat, lon) = match lon.is_empty() {
        false => (number(lat)?, number(lon)?),
        true => {
            // A comma alone stands for a decimal point, unless both figures have theirs.
            let points = || lat.split_once(',').filter(|(lat, lon)| lat.contains('.') && lon.contains('.'));
            let (lat, lon) = lat.split_once([';', ' ']).or_else(points)?;
            (number(lat.trim_end_matches(','))?, number(lon)?)
        }
    };
    Position::new(lon, lat)
}

/// The findings that somebody must answer for before positions are public.
pub fn grave(survey: &Survey) -> impl Iterator<Item = &Finding> {
    survey.personal.iter().filter(|finding| finding.level == Level::High)
}

/// Who answers for positions of persons, and why: asked once for all that nobody answers for yet.
pub fn justifications(posted: &Posted, choices: &TableChoices, survey: &Survey) -> Result<Vec<Edit>, Fault> {
    let answered = |finding: &Finding| choices.justifications.iter().any(|one| one.finding == finding.id);
    let open: Vec<&Finding> = grave(survey).filter(|finding| !answered(finding)).collect();
    let (person, reason) = (posted.fields.get("person"), posted.fields.get("reason"));
    if !open.is_empty() && (person.is_empty() || reason.chars().count() < SHORTEST_REASON) {
        return Err(Fault::Reason);
    }
    let justify = |finding: &Finding| Edit::Justify {
        table: choices.key,
        finding: finding.id.clone(),
        person: person.to_owned(),
        reason: reason.to_owned(),
    };
    Ok(open.into_iter().map(justify).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read_as_people_write_them() {
        let written =
            [("43.61", "3.87"), ("43,61", "3,87"), ("43.61, 3.87", ""), ("43.61,3.87", ""), ("43,61 3,87", "")];
        for (lat, lon) in written {
            assert_eq!(position(lat, lon), Position::new(3.87, 43.61), "{lat} {lon}");
        }
        for (lat, lon) in [("", ""), ("43.61", ""), ("43,61", ""), ("nord", "3"), ("143.61", "3.87"), ("43.61", "NaN")]
        {
            assert_eq!(position(lat, lon), None, "{lat} {lon}");
        }
    }
}
