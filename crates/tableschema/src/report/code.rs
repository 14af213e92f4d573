//! Stable names of errors.

use serde::{Deserialize, Serialize};

use crate::names::names;

names! {
    /// The name of an error: Frictionless's own where it has one, else the name of the custom check.
    pub enum Code {
        /// The table is empty or cannot be read.
        SourceError = "source-error",
        /// The header has no label.
        BlankHeader = "blank-header",
        /// No label is the name of a field, under `partial`.
        UnmatchedHeader = "unmatched-header",
        /// A label is empty.
        BlankLabel = "blank-label",
        /// A label occurs twice.
        DuplicateLabel = "duplicate-label",
        /// A label is not the name of the field at its place.
        IncorrectLabel = "incorrect-label",
        /// A label beyond the schema.
        ExtraLabel = "extra-label",
        /// A field without a column.
        MissingLabel = "missing-label",
        /// A row without a value.
        BlankRow = "blank-row",
        /// A cell beyond the header's width.
        ExtraCell = "extra-cell",
        /// A row that ends before the header does.
        MissingCell = "missing-cell",
        /// A cell that is not of the field's type.
        TypeError = "type-error",
        /// A cell that breaks a constraint.
        ConstraintError = "constraint-error",
        /// A value that must occur once and doesn't.
        UniqueError = "unique-error",
        /// A primary key that is empty or occurs twice.
        PrimaryKey = "primary-key",
        /// A group of fields (`uniqueKeys`) that occurs twice.
        UniqueKey = "unique-key",
        /// A reference to a row that doesn't exist.
        ForeignKey = "foreign-key",
        /// A custom check: not a valid SIREN.
        FrenchSirenValue = "french-siren-value",
        /// A custom check: not a valid SIRET.
        FrenchSiretValue = "french-siret-value",
        /// A custom check: not a valid NIC.
        NicValue = "nic-value",
        /// A custom check: not a valid FINESS number.
        FinessValue = "finess-value",
        /// A custom check: not a valid telephone number.
        PhoneNumberValue = "phone-number-value",
        /// A custom check: not opening hours of OpenStreetMap's form.
        OpeningHoursValue = "opening-hours-value",
        /// A custom check: not a year or an interval of years.
        YearIntervalValue = "year-interval-value",
        /// A custom check: fields that go together are not all filled or all empty.
        CohesiveColumnsValue = "cohesive-columns-value",
        /// A custom check: a field compared with another.
        CompareColumnsValue = "compare-columns-value",
        /// A custom check: a field that is not the sum of others.
        SumColumnsValue = "sum-columns-value",
        /// A custom check: none of the fields is filled.
        OneOfRequired = "one-of-required",
        /// A custom check: a name of an act that doesn't follow the convention.
        NomenclatureActesValue = "nomenclature-actes-value",
        /// A custom check: a point that is not in France.
        FrenchGpsCoordinates = "french-gps-coordinates",
        /// A custom check: a point that is in France once latitude and longitude are exchanged.
        ReversedFrenchGpsCoordinates = "reversed-french-gps-coordinates",
        /// Frictionless's check: a row that occurs twice.
        DuplicateRow = "duplicate-row",
        /// Frictionless's check: a value that is not allowed.
        ForbiddenValue = "forbidden-value",
        /// Frictionless's check: a required value that never occurs.
        RequiredValue = "required-value",
        /// Frictionless's check: values that do not follow one another.
        SequentialValue = "sequential-value",
        /// Frictionless's check: a value cut at a usual limit.
        TruncatedValue = "truncated-value",
        /// Frictionless's check: characters beyond ASCII.
        AsciiValue = "ascii-value",
        /// Frictionless's check: a condition on a row.
        RowConstraint = "row-constraint",
        /// Frictionless's check: too few or too many rows or columns.
        TableDimensions = "table-dimensions",
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_and_read_by_its_name() {
        for code in Code::ALL {
            let text = serde_json::to_string(code).unwrap();
            assert_eq!(text, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<Code>(&text).unwrap(), *code);
        }
    }
}
