//! Reads the cells of a column by its plan: typed values, and the cells that don't fit.

use arrow::array::{Array, BooleanBufferBuilder, StringArray};
use arrow::buffer::NullBuffer;

use super::{
    NumberValue, boolean, date,
    header::Hints,
    kind::{self, Class, Kind, Trait},
    number,
    plan::Plan,
    space,
    tally::Tally,
    time::{self, DAY},
};

/// A cell that doesn't fit: its index in the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Misfit(pub usize);

/// The cells of a batch, read.
#[derive(Debug, Clone)]
pub(crate) struct Cells<T> {
    /// Values; a default where null.
    pub values: Vec<T>,
    /// `None` when every cell has a value.
    pub nulls: Option<NullBuffer>,
    /// Cells that don't fit, in order.
    pub misfits: Vec<Misfit>,
    /// Blank cells.
    pub blanks: u64,
}

impl<T: Copy + Default> Cells<T> {
    /// Reads every cell with `read`, counting kinds into `tally`.
    fn read(raw: &StringArray, hints: Hints, tally: &mut Tally, read: impl Fn(&str) -> Option<(T, Kind)>) -> Self {
        let rows = raw.len();
        let mut cells = Self { values: Vec::with_capacity(rows), nulls: None, misfits: Vec::new(), blanks: 0 };
        let mut valid: Option<BooleanBufferBuilder> = None;
        for (index, cell) in raw.iter().enumerate() {
            let value = cell.filter(|text| !text.is_empty()).and_then(|text| match read(text) {
                Some((value, kind)) => {
                    tally.add(kind);
                    Some(value)
                }
                None => {
                    if let Some(kind) = kind::kind(text, hints) {
                        tally.add(kind);
                        cells.misfits.push(Misfit(index));
                    }
                    None
                }
            });
            if value.is_none() && valid.is_none() {
                let mut before = BooleanBufferBuilder::new(rows);
                before.append_n(index, true);
                valid = Some(before);
            }
            if let Some(valid) = &mut valid {
                valid.append(value.is_some());
            }
            cells.values.push(value.unwrap_or_default());
        }
        cells.nulls = valid.map(|mut valid| NullBuffer::new(valid.finish()));
        let nulls = cells.nulls.as_ref().map_or(0, NullBuffer::null_count);
        cells.blanks = (nulls - cells.misfits.len()) as u64;
        cells
    }
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader {
    pub plan: Plan,
    pub hints: Hints,
}

impl Reader {
    /// `true`/`false`.
    pub fn booleans(&self, raw: &StringArray, tally: &mut Tally) -> Cells<bool> {
        Cells::read(raw, self.hints, tally, |text| {
            let kind = kind::kind(text, self.hints)?;
            let bytes = space::trim(text.as_bytes());
            match kind.class {
                Class::BooleanWord | Class::BooleanLetter => {
                    Some((boolean::word(bytes).or_else(|| boolean::letter(bytes))?, kind))
                }
                _ => kind.has(Trait::ZeroOne).then_some((bytes == b"1", kind)),
            }
        })
    }

    /// Whole numbers.
    pub fn integers(&self, raw: &StringArray, tally: &mut Tally) -> Cells<i64> {
        Cells::read(raw, self.hints, tally, |text| {
            let number = number::parse_number(text, self.plan.style)?;
            match number.value {
                NumberValue::Integer(value) if !number.form.leading_zero => {
                    Some((value, kind::of_number(&number, text, self.hints)))
                }
                _ => None,
            }
        })
    }

    /// Decimal numbers.
    pub fn numbers(&self, raw: &StringArray, tally: &mut Tally) -> Cells<f64> {
        Cells::read(raw, self.hints, tally, |text| {
            let number = number::parse_number(text, self.plan.style)?;
            let value = number.value.as_f64().filter(|_| !number.form.leading_zero)?;
            Some((value, kind::of_number(&number, text, self.hints)))
        })
    }

    /// Years.
    pub fn years(&self, raw: &StringArray, tally: &mut Tally) -> Cells<i32> {
        Cells::read(raw, self.hints, tally, |text| {
            let number = number::parse_number(text, self.plan.style)?;
            let kind = kind::of_number(&number, text, self.hints);
            match number.value {
                NumberValue::Integer(value) if kind.has(Trait::FourFigures) => Some((i32::try_from(value).ok()?, kind)),
                _ => None,
            }
        })
    }

    /// Days since 1970-01-01.
    pub fn dates(&self, raw: &StringArray, tally: &mut Tally) -> Cells<i32> {
        Cells::read(raw, self.hints, tally, |text| self.date(text))
    }

    fn date(&self, text: &str) -> Option<(i32, Kind)> {
        let bytes = space::trim(text.as_bytes());
        if let Some((days, proof)) = date::read(bytes, self.plan.order) {
            return Some((days, kind::of_order(Class::Date, proof)));
        }
        if self.plan.compact_dates
            && let Some(days) = date::parse_compact_date(text)
        {
            return Some((days, kind::kind(text, self.hints)?));
        }
        let (millis, proof) = time::read(bytes, self.plan.order)?;
        let days = i32::try_from(millis / DAY).ok()?;
        (millis.rem_euclid(DAY) == 0).then(|| (days, kind::of_moment(millis, proof)))
    }

    /// Milliseconds since 1970-01-01T00:00.
    pub fn moments(&self, raw: &StringArray, tally: &mut Tally) -> Cells<i64> {
        Cells::read(raw, self.hints, tally, |text| {
            let bytes = space::trim(text.as_bytes());
            if let Some((days, proof)) = date::read(bytes, self.plan.order) {
                return Some((i64::from(days) * DAY, kind::of_order(Class::Date, proof)));
            }
            let (millis, proof) = time::read(bytes, self.plan.order)?;
            Some((millis, kind::of_moment(millis, proof)))
        })
    }

    /// Seconds since midnight.
    pub fn times(&self, raw: &StringArray, tally: &mut Tally) -> Cells<i32> {
        Cells::read(raw, self.hints, tally, |text| Some((time::parse_time(text)?, Kind::of(Class::Time))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typing::plan::decide;

    #[test]
    fn every_reader_counts_the_kinds_that_a_survey_counts() {
        let columns: [(&str, Vec<&str>); 9] = [
            ("n", vec!["1", "2", "73282932000074", "007", " 3 "]),
            ("montant", vec!["1,5", "2.5", "12", "EUR 3", "1.063", "x", ""]),
            ("date", vec!["2024-01-31", "31/01/2024", "2024-01-31T00:00", "20240131", "x"]),
            ("moment", vec!["2024-01-31", "2024-01-31 10:00", "01/31/2024", "x"]),
            ("heure", vec!["8h30", "12:00", "x"]),
            ("annee", vec!["2024", "1999", "12", "x"]),
            ("ok", vec!["oui", "non", "1", "N", "x"]),
            ("x", vec!["640000.5", "641000", "12"]),
            ("y", vec!["6240000.5", "6241000", "12"]),
        ];
        for (header, cells) in columns {
            let hints = Hints::of(header);
            let mut surveyed = Tally::default();
            cells.iter().filter_map(|cell| kind::kind(cell, hints)).for_each(|kind| surveyed.add(kind));
            surveyed.settle();
            let raw = StringArray::from(cells);
            let plan = decide(hints, &surveyed, 0.5);
            let reader = Reader { plan, hints };
            type Read = fn(&Reader, &StringArray, &mut Tally);
            let readers: [Read; 7] = [
                |reader, raw, tally| drop(reader.booleans(raw, tally)),
                |reader, raw, tally| drop(reader.integers(raw, tally)),
                |reader, raw, tally| drop(reader.numbers(raw, tally)),
                |reader, raw, tally| drop(reader.years(raw, tally)),
                |reader, raw, tally| drop(reader.dates(raw, tally)),
                |reader, raw, tally| drop(reader.moments(raw, tally)),
                |reader, raw, tally| drop(reader.times(raw, tally)),
            ];
            for read in readers {
                let mut tally = Tally::default();
                read(&reader, &raw, &mut tally);
                tally.settle();
                assert_eq!(tally, surveyed, "{header}");
            }
        }
    }

    #[test]
    fn cells_that_do_not_fit_are_told_from_blank_ones() {
        let raw = StringArray::from(vec![Some("12"), Some(" "), None, Some("abc"), Some("")]);
        let reader = Reader { plan: decide(Hints::default(), &Tally::default(), 0.98), hints: Hints::default() };
        let cells = reader.integers(&raw, &mut Tally::default());
        assert_eq!(cells.values, [12, 0, 0, 0, 0]);
        assert_eq!(cells.misfits, [Misfit(3)]);
        assert_eq!(cells.blanks, 3);
    }
}
