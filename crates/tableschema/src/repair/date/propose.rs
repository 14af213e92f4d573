//! A day or a time in the form that its field asks.

use super::{Day, DayOrder, Reading, Time, read, write};
use crate::{
    model::{FieldKind, TemporalFormat},
    repair::{RepairCode, Suggestion, Target},
};

/// The cell in the form of its field, if it is a day or a time in another form.
pub(in crate::repair) fn propose(cell: &str, target: &Target, order: DayOrder) -> Option<Suggestion> {
    let reading = read::read(cell)?;
    let ambiguous = matches!(reading.day, Some(Day::Either { .. }));
    let (forms, loses) = forms(&target.field.kind, &reading)?;
    let moment = write::Moment::of(&reading, order)?;
    let after = forms.iter().filter_map(|form| write::with(form, &moment)).find(|text| target.accepts(text))?;
    let code = if ambiguous { RepairCode::DateOrder } else { RepairCode::Date };
    // Universal time where no zone was said.
    let zoned = after.ends_with('Z') && reading.time.is_none_or(|time| time.offset.is_none());
    Some(Suggestion { code, after, certain: !reading.supposed && !loses && !zoned })
}

/// The forms to try for a field, best first, and whether something that is said gets lost.
fn forms<'a>(kind: &'a FieldKind, reading: &Reading) -> Option<(Vec<&'a str>, bool)> {
    let timed = reading.time.is_some_and(|time| (Time { offset: None, ..time }) != Time::MIDNIGHT);
    Some(match kind {
        FieldKind::Date(format) if reading.day.is_some() => (with_default(format, &["%Y-%m-%d"]), timed),
        FieldKind::Datetime(format) if reading.day.is_some() && reading.time.is_some() => {
            (with_default(format, &["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%SZ"]), false)
        }
        FieldKind::Time(format) if reading.day.is_none() && reading.time.is_some() => {
            (with_default(format, &["%H:%M:%S"]), false)
        }
        FieldKind::YearMonth if reading.day.is_some() => {
            (vec!["%Y-%m"], !matches!(reading.day, Some(Day::Month { .. })))
        }
        // Texts that a pattern keeps to a form of days.
        FieldKind::String(_) if reading.day.is_some() && reading.time.is_none() => (vec!["%Y-%m-%d"], false),
        FieldKind::String(_) if reading.day.is_some() => {
            (vec!["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"], timed)
        }
        FieldKind::String(_) => (vec!["%H:%M", "%H:%M:%S"], false),
        _ => return None,
    })
}

fn with_default<'a>(format: &'a TemporalFormat, default: &[&'a str]) -> Vec<&'a str> {
    match format {
        TemporalFormat::Pattern(pattern) => vec![pattern],
        TemporalFormat::Default | TemporalFormat::Any => default.to_vec(),
    }
}
