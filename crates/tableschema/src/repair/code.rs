//! Kinds of repairs.

use serde::{Deserialize, Serialize};

use crate::names::names;

names! {
    /// What a repair does, in the order in which repairs are proposed. The name is stable: it begins the proposal's
    /// identifier.
    pub enum RepairCode {
        /// A column gets the name of the schema's field that it is.
        Header = "header",
        /// Fields that may stay empty and have no column get an empty one.
        MissingColumns = "missing-columns",
        /// Columns come in the order of the schema.
        ColumnOrder = "column-order",
        /// Columns without a name and without a value go.
        EmptyColumns = "empty-columns",
        /// Rows without a value go.
        BlankRows = "blank-rows",
        /// Rows that are there already go.
        DuplicateRows = "duplicate-rows",
        /// Empty cells beyond the header's width go.
        ExtraCells = "extra-cells",
        /// Spaces around values and invisible characters go.
        Trim = "trim",
        /// Text that was read in the wrong encoding is decoded.
        Mojibake = "mojibake",
        /// Days and times take the form that is asked.
        Date = "date",
        /// The same for days whose order of day and month is known only by their column.
        DateOrder = "date-order",
        /// Numbers take the form that is asked.
        Number = "number",
        /// `.0` goes from what is no decimal number.
        DecimalSuffix = "decimal-suffix",
        /// `1.3002526500013E13` becomes its figures again.
        Scientific = "scientific",
        /// Figures that a spreadsheet threw away: nothing can bring them back.
        ScientificLost = "scientific-lost",
        /// Leading zeros that a spreadsheet ate come back.
        LeadingZeros = "leading-zeros",
        /// Spaces, dots and dashes go from an identifier.
        IdentifierForm = "identifier-form",
        /// Telephone numbers take the form that is asked.
        Phone = "phone",
        /// Words for yes and no become the schema's.
        Boolean = "boolean",
        /// A value that is nearly one of the list becomes it.
        Enumeration = "enumeration",
        /// Small faults of e-mail addresses.
        Email = "email",
        /// Small faults of web addresses.
        Url = "url",
        /// Points take the form that is asked.
        Coordinates = "coordinates",
        /// Latitude and longitude change places.
        SwappedCoordinates = "swapped-coordinates",
        /// Words that say that there is no value become an empty cell.
        EmptyMarker = "empty-marker",
    }
}

impl std::fmt::Display for RepairCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
