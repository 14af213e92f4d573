//! The cells of one column against its field.

mod constraint;
mod items;
mod json_schema;
mod rules;
mod scan;

pub(super) use self::{rules::Builder, scan::ColumnCheck};
