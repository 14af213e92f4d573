//! Decides a column: its type, its meaning and how its cells are read, from the kinds of its cells and its header.

use super::{
    DateOrder, FieldType, Meaning, NumberStyle,
    header::{Hint, Hints},
    kind::{Class, Trait},
    tally::Tally,
};

/// What a column was decided to be. A pure function of header, tally and threshold, so that the same file always
/// gives the same plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Plan {
    pub field_type: FieldType,
    pub meaning: Option<Meaning>,
    /// How numbers are read.
    pub style: NumberStyle,
    /// How dates are read.
    pub order: DateOrder,
    /// `20240131` is a day here.
    pub compact_dates: bool,
}

impl Plan {
    /// A column of text without meaning.
    pub const TEXT: Self = Self::of(FieldType::Text);
    /// A column of geometries.
    pub const GEOMETRY: Self = Self::of(FieldType::Geometry);

    const fn of(field_type: FieldType) -> Self {
        Self {
            field_type,
            meaning: None,
            style: NumberStyle { point_groups: false, comma_groups: false },
            order: DateOrder::DayFirst,
            compact_dates: false,
        }
    }

    /// Whether both read every cell the same way.
    pub fn reads_as(&self, other: &Self) -> bool {
        Self { meaning: None, ..*self } == Self { meaning: None, ..*other }
    }

    /// Whether no cell still to come could make this plan the right one.
    pub fn is_refuted(&self, tally: &Tally) -> bool {
        self.field_type == FieldType::Integer
            && tally.class(Class::Code) + tally.having(Trait::PointDecimal) + tally.having(Trait::CommaDecimal) > 0
    }
}

/// Decides a column of raw text.
pub(crate) fn decide(hints: Hints, tally: &Tally, threshold: f64) -> Plan {
    let column = Column { hints, tally, threshold, filled: tally.telling() };
    if column.filled == 0 {
        return Plan::TEXT;
    }
    if let Some(meaning) = column.code() {
        return Plan { meaning: Some(meaning), ..Plan::TEXT };
    }
    column
        .boolean()
        .or_else(|| column.year())
        .or_else(|| column.compact_date())
        .or_else(|| column.number())
        .or_else(|| column.temporal())
        .unwrap_or(Plan::TEXT)
}

/// Decides a column that is known to be text: only its meaning is to be found.
pub(crate) fn decide_text(hints: Hints, tally: &Tally, threshold: f64) -> Plan {
    let column = Column { hints, tally, threshold, filled: tally.telling() };
    Plan { meaning: if column.filled == 0 { None } else { column.code() }, ..Plan::TEXT }
}

/// Share of the non-empty cells that pass the check of a meaning of text; `None` when the meaning has none.
pub(crate) fn meaning_score(meaning: Meaning, tally: &Tally) -> Option<f64> {
    let passing = match meaning {
        Meaning::Latitude => tally.having(Trait::LatitudeRange),
        Meaning::Longitude => tally.having(Trait::LongitudeRange),
        Meaning::Money => return None,
        Meaning::Percentage => tally.having(Trait::ShareRange).max(tally.having(Trait::Percent)),
        other => CODES.iter().find(|rule| rule.meaning == other).map(|rule| tally.having(rule.passes))?,
    };
    match tally.filled() {
        0 => None,
        filled => Some(passing as f64 / filled as f64),
    }
}

/// When a column of codes is recognised.
struct CodeRule {
    meaning: Meaning,
    passes: Trait,
    /// The header that makes a lesser share enough.
    hint: Option<Hint>,
    /// Share with the hint, and cells to see and share without it; 2.0 when the form alone never proves.
    hinted: f64,
    alone: f64,
    least: u64,
}

/// Rarest first. Without a header, nine figures pass Luhn's check once in ten, so that many must.
const CODES: [CodeRule; 11] = [
    CodeRule {
        meaning: Meaning::Siret,
        passes: Trait::Siret,
        hint: Some(Hint::Siret),
        hinted: 0.8,
        alone: 0.9,
        least: 5,
    },
    CodeRule {
        meaning: Meaning::Siren,
        passes: Trait::Siren,
        hint: Some(Hint::Siren),
        hinted: 0.8,
        alone: 0.95,
        least: 10,
    },
    CodeRule { meaning: Meaning::Rna, passes: Trait::Rna, hint: None, hinted: 2.0, alone: 0.9, least: 1 },
    CodeRule {
        meaning: Meaning::CommuneCode,
        passes: Trait::Commune,
        hint: Some(Hint::Commune),
        hinted: 0.8,
        alone: 2.0,
        least: 1,
    },
    CodeRule {
        meaning: Meaning::Postcode,
        passes: Trait::Postcode,
        hint: Some(Hint::Postcode),
        hinted: 0.8,
        alone: 2.0,
        least: 1,
    },
    CodeRule {
        meaning: Meaning::DepartementCode,
        passes: Trait::Departement,
        hint: Some(Hint::Departement),
        hinted: 0.8,
        alone: 2.0,
        least: 1,
    },
    CodeRule {
        meaning: Meaning::RegionCode,
        passes: Trait::Region,
        hint: Some(Hint::Region),
        hinted: 0.8,
        alone: 2.0,
        least: 1,
    },
    CodeRule { meaning: Meaning::Email, passes: Trait::Email, hint: None, hinted: 2.0, alone: 0.9, least: 1 },
    CodeRule { meaning: Meaning::Url, passes: Trait::Url, hint: None, hinted: 2.0, alone: 0.9, least: 1 },
    CodeRule {
        meaning: Meaning::Phone,
        passes: Trait::Phone,
        hint: Some(Hint::Phone),
        hinted: 0.7,
        alone: 0.95,
        least: 1,
    },
    CodeRule { meaning: Meaning::Geopoint, passes: Trait::Geopoint, hint: None, hinted: 2.0, alone: 0.95, least: 1 },
];

struct Column<'a> {
    hints: Hints,
    tally: &'a Tally,
    threshold: f64,
    filled: u64,
}

impl Column<'_> {
    fn share(&self, count: u64) -> f64 {
        count as f64 / self.filled as f64
    }

    fn fits(&self, count: u64) -> bool {
        self.share(count) >= self.threshold
    }

    fn code(&self) -> Option<Meaning> {
        let holds = |rule: &&CodeRule| {
            let share = self.share(self.tally.having(rule.passes));
            let hinted = rule.hint.is_some_and(|hint| self.hints.says(hint)) && share >= rule.hinted;
            hinted || (share >= rule.alone && self.filled >= rule.least)
        };
        CODES.iter().find(holds).map(|rule| rule.meaning)
    }

    fn boolean(&self) -> Option<Plan> {
        let words = self.tally.class(Class::BooleanWord);
        let letters = self.tally.class(Class::BooleanLetter);
        let figures = self.tally.having(Trait::ZeroOne);
        let both = self.tally.having(Trait::Affirmative) > 0 && self.tally.having(Trait::Negative) > 0;
        let by_words = words > 0 && self.fits(words + letters + figures);
        let by_letters = letters == self.filled && both;
        let by_figures = figures == self.filled && self.hints.says(Hint::Boolean);
        (by_words || by_letters || by_figures).then_some(Plan::of(FieldType::Boolean))
    }

    fn year(&self) -> Option<Plan> {
        let years = self.tally.having(Trait::FourFigures);
        (self.hints.says(Hint::Year) && self.fits(years)).then_some(Plan::of(FieldType::Year))
    }

    fn compact_date(&self) -> Option<Plan> {
        let days = self.tally.having(Trait::CompactDate);
        let all = days + self.tally.any(&[Class::Date, Class::Midnight]);
        (days > 0 && self.hints.says(Hint::Date) && self.fits(all))
            .then_some(Plan { compact_dates: true, ..Plan::of(FieldType::Date) })
    }

    fn number(&self) -> Option<Plan> {
        let style = self.style();
        let either = |which, groups: bool| if groups { self.tally.having(which) } else { 0 };
        let grouped = either(Trait::PointEither, style.point_groups) + either(Trait::CommaEither, style.comma_groups);
        let decimals = self.tally.class(Class::Decimal) - grouped;
        let integers = self.tally.class(Class::Integer) + grouped;
        let codes = self.tally.class(Class::Code);
        let (field_type, fit) = match (decimals, codes) {
            (0, 0) => (FieldType::Integer, integers + self.tally.class(Class::LongInteger)),
            (0, _) => return None, // a zero in front is part of a code, and would be lost
            _ => (FieldType::Number, integers + decimals),
        };
        self.fits(fit).then(|| Plan { style, meaning: self.measure(), ..Plan::of(field_type) })
    }

    /// A separator groups thousands when some cell proves it and none proves the contrary, or when the other one is
    /// the decimal separator of the column.
    fn style(&self) -> NumberStyle {
        let seen = |which| self.tally.having(which) > 0;
        let (point, comma) = (seen(Trait::PointDecimal), seen(Trait::CommaDecimal));
        NumberStyle {
            point_groups: !point && (seen(Trait::PointGroups) || (comma && seen(Trait::PointEither))),
            comma_groups: !comma && (seen(Trait::CommaGroups) || (point && seen(Trait::CommaEither))),
        }
    }

    /// What a column of numbers measures.
    fn measure(&self) -> Option<Meaning> {
        let half = |which| self.share(self.tally.having(which)) > 0.5;
        let all = |which| self.fits(self.tally.having(which));
        if self.hints.says(Hint::Latitude) && all(Trait::LatitudeRange) {
            return Some(Meaning::Latitude);
        }
        if self.hints.says(Hint::Longitude) && all(Trait::LongitudeRange) {
            return Some(Meaning::Longitude);
        }
        if half(Trait::Percent) || (self.hints.says(Hint::Percentage) && all(Trait::ShareRange)) {
            return Some(Meaning::Percentage);
        }
        (half(Trait::Currency) || self.hints.says(Hint::Money)).then_some(Meaning::Money)
    }

    fn temporal(&self) -> Option<Plan> {
        let order = self.order();
        let lost = if order == DateOrder::DayFirst { self.tally.having(Trait::MonthFirst) } else { 0 };
        let days = self.tally.any(&[Class::Date, Class::Midnight]);
        let moments = self.tally.class(Class::Datetime);
        if self.fits(days.saturating_sub(lost)) {
            return Some(Plan { order, ..Plan::of(FieldType::Date) });
        }
        if self.fits((days + moments).saturating_sub(lost)) {
            return Some(Plan { order, ..Plan::of(FieldType::Datetime) });
        }
        self.fits(self.tally.class(Class::Time)).then_some(Plan::of(FieldType::Time))
    }

    /// The month comes first when some cells prove it, more than could be slips, and none proves the contrary.
    fn order(&self) -> DateOrder {
        let (day, month) = (self.tally.having(Trait::DayFirst), self.tally.having(Trait::MonthFirst));
        let told = day + month + self.tally.having(Trait::Either);
        let proven = day == 0 && month > 0 && month as f64 > (1.0 - self.threshold) * told as f64;
        if proven { DateOrder::MonthFirst } else { DateOrder::DayFirst }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typing::kind::kind;

    fn plan(header: &str, cells: &[&str]) -> Plan {
        let hints = Hints::of(header);
        let mut tally = Tally::default();
        cells.iter().filter_map(|cell| kind(cell, hints)).for_each(|kind| tally.add(kind));
        tally.settle();
        decide(hints, &tally, 0.98)
    }

    fn field_type(header: &str, cells: &[&str]) -> FieldType {
        plan(header, cells).field_type
    }

    #[test]
    fn types_of_columns() {
        assert_eq!(field_type("", &["oui", "non", "1"]), FieldType::Boolean);
        assert_eq!(field_type("", &["0", "1"]), FieldType::Integer);
        assert_eq!(field_type("is_open", &["0", "1"]), FieldType::Boolean);
        assert_eq!(field_type("", &["O", "N"]), FieldType::Boolean);
        assert_eq!(field_type("", &["N", "S"]), FieldType::Text);
        assert_eq!(field_type("", &["1 200", "-3"]), FieldType::Integer);
        assert_eq!(field_type("", &["1 200", "3,5"]), FieldType::Number);
        assert_eq!(field_type("", &["2023", "2024"]), FieldType::Integer);
        assert_eq!(field_type("Exercice", &["2023", "2024"]), FieldType::Year);
        assert_eq!(field_type("", &["31/12/2023", "2024-01-31"]), FieldType::Date);
        assert_eq!(field_type("", &["2024-01-31T00:00:00"]), FieldType::Date);
        assert_eq!(field_type("", &["2024-01-31T10:00:00", "2024-01-31"]), FieldType::Datetime);
        assert_eq!(field_type("", &["20240131"]), FieldType::Integer);
        assert_eq!(field_type("date", &["20240131"]), FieldType::Date);
        assert_eq!(field_type("", &["8h30", "12:00"]), FieldType::Time);
        assert_eq!(field_type("", &["9223372036854775808"]), FieldType::Text);
        assert_eq!(field_type("", &["", " "]), FieldType::Text);
    }

    #[test]
    fn leading_zeros_make_text() {
        let mut cells = vec!["12345"; 1_000];
        cells.push("01234");
        assert_eq!(field_type("reference", &cells), FieldType::Text);
    }

    #[test]
    fn one_stray_cell_leaves_amounts_numbers() {
        let mut cells = vec!["12.50"; 100];
        cells.push("voir annexe");
        assert_eq!(field_type("montant", &cells), FieldType::Number);
        cells.extend(["voir annexe"; 10]);
        assert_eq!(field_type("montant", &cells), FieldType::Text);
    }

    #[test]
    fn dashes_of_accounting_leave_amounts_numbers() {
        assert_eq!(
            field_type("BP", &[" 1\u{a0}063\u{a0}850,00    ", " -      ", " 200,00    ", " -      "]),
            FieldType::Number
        );
        assert_eq!(field_type("BP", &["-", "-"]), FieldType::Text);
    }

    #[test]
    fn separators_are_the_columns() {
        assert!(plan("", &["1.063", "1.063.850"]).style.point_groups);
        assert_eq!(field_type("", &["1.063", "1.063.850"]), FieldType::Integer);
        assert!(!plan("", &["1.063", "2.5"]).style.point_groups);
        assert!(plan("", &["1,063", "850.25"]).style.comma_groups);
        assert!(!plan("", &["1,063", "2,5"]).style.comma_groups);
    }

    #[test]
    fn months_come_first_only_when_proven() {
        assert_eq!(plan("", &["01/31/2024", "02/03/2024"]).order, DateOrder::MonthFirst);
        assert_eq!(plan("", &["31/01/2024", "02/03/2024"]).order, DateOrder::DayFirst);
        assert_eq!(plan("", &["02/03/2024"]).order, DateOrder::DayFirst);
        let mut cells = vec!["02/03/2024"; 100];
        cells.push("01/31/2024");
        assert_eq!(plan("", &cells).order, DateOrder::DayFirst);
    }

    #[test]
    fn meanings_of_columns() {
        for (header, cells, meaning) in [
            ("idBeneficiaire", ["73282932000074", "7328293200007"], None),
            ("idBeneficiaire", ["73282932000074", "73282932000074"], Some(Meaning::Siret)),
            ("insee", ["11076", "2A004"], Some(Meaning::CommuneCode)),
            ("Code postal", ["11400", "01000"], Some(Meaning::Postcode)),
            ("departement", ["11", "2A"], Some(Meaning::DepartementCode)),
            ("departement", ["Aude", "Tarn"], None),
            ("rna", ["W112001234", "W112001235"], Some(Meaning::Rna)),
            ("contact", ["a@b.fr", "c@d.fr"], Some(Meaning::Email)),
            ("Tél", ["0468230000", "04 68 23 00 01"], Some(Meaning::Phone)),
            ("geo_point_2d", ["43.3,1.9", "43.4, 1.8"], Some(Meaning::Geopoint)),
            ("lat", ["43.3", "43.4"], Some(Meaning::Latitude)),
            ("lon", ["1.3", "1.4"], Some(Meaning::Longitude)),
            ("montant", ["1.3", "200"], Some(Meaning::Money)),
            ("", ["12 €", "200"], None),
            ("", ["12 €", "200 €"], Some(Meaning::Money)),
            ("taux", ["12", "100"], Some(Meaning::Percentage)),
        ] {
            assert_eq!(plan(header, &cells).meaning, meaning, "{header}");
        }
    }

    #[test]
    fn codes_stay_text() {
        assert_eq!(field_type("Code postal", &["11400", "11000"]), FieldType::Text);
        assert_eq!(field_type("siret", &["73282932000074"]), FieldType::Text);
    }
}
