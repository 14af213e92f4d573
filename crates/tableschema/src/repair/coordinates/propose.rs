//! A point in the form that its field asks.

use super::{point::read, territory};
use crate::{
    model::{FieldKind, GeopointFormat},
    repair::{RepairCode, Suggestion, Target},
};

/// The point in the form of its field; latitude and longitude change places when only so they are in France.
///
/// A point that is right in form may be swapped: call it for valid cells too.
pub(in crate::repair) fn propose(cell: &str, target: &Target) -> Option<Suggestion> {
    let FieldKind::Geopoint(format) = target.field.kind else { return None };
    let point = read(cell)?;
    let (first, second) = (point.first.value()?, point.second.value()?);
    let french = territory::is_french(first, second);
    let swapped = !french && !point.named && territory::is_french(second, first);
    if !swapped && target.accepts(cell) {
        return None;
    }
    let (code, lon, lat) = match swapped {
        true => (RepairCode::SwappedCoordinates, &point.second, &point.first),
        false => (RepairCode::Coordinates, &point.first, &point.second),
    };
    let after = match format {
        GeopointFormat::Default => format!("{},{}", lon.0, lat.0),
        GeopointFormat::Array => format!("[{},{}]", lon.0, lat.0),
        GeopointFormat::Object => format!("{{\"lon\": {}, \"lat\": {}}}", lon.0, lat.0),
    };
    target.accepts(&after).then_some(Suggestion { code, after, certain: french || swapped })
}
