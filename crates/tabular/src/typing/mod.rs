//! From raw text to typed values: what a column holds, and how a cell is read.

mod field_type;

pub use field_type::{FieldType, Meaning};
