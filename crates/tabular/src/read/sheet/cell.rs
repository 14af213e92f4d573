//! The text of a cell: what a person sees, in the canonical form of numbers and dates.

use calamine::{Data, DataRef, ExcelDateTime};

/// The text of a cell; `None` when it is empty.
pub(super) fn text(cell: &DataRef<'_>) -> Option<String> {
    Some(match cell {
        DataRef::Empty => return None,
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => number(*value),
        DataRef::Bool(value) => value.to_string(),
        DataRef::String(text) => return visible(text),
        DataRef::SharedString(text) => return visible(text),
        DataRef::DateTime(value) => date_time(value),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::DurationIso(text) => duration_iso(text),
        DataRef::Error(error) => error.to_string(),
    })
}

/// The text of a cell of a sheet in memory.
pub(super) fn text_of_data(cell: &Data) -> Option<String> {
    Some(match cell {
        Data::Empty => return None,
        Data::Int(value) => value.to_string(),
        Data::Float(value) => number(*value),
        Data::Bool(value) => value.to_string(),
        Data::String(text) => return visible(text),
        Data::DateTime(value) => date_time(value),
        Data::DateTimeIso(text) => iso(text),
        Data::DurationIso(text) => duration_iso(text),
        Data::Error(error) => error.to_string(),
    })
}

fn visible(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// A number as spreadsheets show it: at most fifteen significant digits, so that what a formula computed does not
/// carry the noise of binary fractions.
pub(super) fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        // Adding zero turns minus zero into zero.
        return format!("{:.0}", value + 0.0);
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if rounded != 0.0 && !(1e-7..1e21).contains(&rounded.abs()) { format!("{rounded:e}") } else { rounded.to_string() }
}

/// A serial date as ISO 8601: a day, a time of day, both, or a duration in hours.
fn date_time(value: &ExcelDateTime) -> String {
    const SECONDS: f64 = 86_400.0;
    if value.is_duration() {
        let milliseconds = (value.as_f64().abs() * SECONDS * 1e3).round();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let seconds = (milliseconds / 1e3).floor() as u64;
        let sign = if value.as_f64() < 0.0 { "-" } else { "" };
        return format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
    let fraction = if milli > 0 { format!(".{milli:03}") } else { String::new() };
    let time = format!("{hour:02}:{minute:02}:{second:02}{fraction}");
    if (0.0..1.0).contains(&value.as_f64()) {
        return time;
    }
    let day = format!("{year:04}-{month:02}-{day:02}");
    if time == "00:00:00" { day } else { format!("{day}T{time}") }
}

pub(super) fn iso(text: &str) -> String {
    text.strip_suffix("T00:00:00").unwrap_or(text).to_owned()
}

/// `PT10H30M00S` as `10:30:00`.
pub(super) fn duration_iso(text: &str) -> String {
    let mut parts = [0u64; 3];
    let mut digits = String::new();
    for character in text.strip_prefix("PT").unwrap_or_default().chars() {
        let part = match character {
            '0'..='9' | '.' | ',' => {
                digits.push(if character == ',' { '.' } else { character });
                continue;
            }
            'H' => 0,
            'M' => 1,
            'S' => 2,
            _ => return text.to_owned(),
        };
        let Some(Ok(value)) = digits.split('.').next().map(str::parse) else { return text.to_owned() };
        parts[part] = value;
        digits.clear();
    }
    if text.starts_with("PT") { format!("{:02}:{:02}:{:02}", parts[0], parts[1], parts[2]) } else { text.to_owned() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_are_what_a_sheet_shows() {
        for (value, text) in [
            (12.0, "12"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (1_063_850.5, "1063850.5"),
            (1e15, "1000000000000000"),
            (3.872_270_198_739_27, "3.87227019873927"),
            (1.5e-9, "1.5e-9"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn serial_dates_are_days_times_or_both_in_both_epochs() {
        let serial = |value, epoch_1904| ExcelDateTime::new(value, ExcelDateTimeType::DateTime, epoch_1904);
        assert_eq!(date_time(&serial(45943.0, false)), "2025-10-13");
        assert_eq!(date_time(&serial(45943.0 - 1462.0, true)), "2025-10-13");
        assert_eq!(date_time(&serial(45943.5, false)), "2025-10-13T12:00:00");
        assert_eq!(date_time(&serial(0.4375, false)), "10:30:00");
        let duration = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(date_time(&duration), "36:00:00");
    }

    #[test]
    fn iso_forms_of_opendocument_are_made_plain() {
        assert_eq!(iso("2012-05-03T00:00:00"), "2012-05-03");
        assert_eq!(duration_iso("PT10H30M00S"), "10:30:00");
        assert_eq!(duration_iso("PT10H30M00,5S"), "10:30:00");
        assert_eq!(duration_iso("P1D"), "P1D");
    }

    #[test]
    fn faults_and_blanks_are_told_apart() {
        assert_eq!(text(&DataRef::Error(calamine::CellErrorType::NA)).as_deref(), Some("#N/A"));
        assert_eq!(text(&DataRef::SharedString("  ")), None);
    }
}
