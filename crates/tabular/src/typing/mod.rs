//! From raw text to typed values: what a column holds, and how a cell is read.
//!
//! The `parse_*` functions read one value in any form that French and English files give it; [`parse_literal`] reads
//! a value of a given type.

mod boolean;
mod cell;
mod code;
mod date;
mod field_type;
pub(crate) mod header;
pub(crate) mod kind;
mod literal;
mod number;
pub(crate) mod plan;
pub(crate) mod space;
pub(crate) mod tally;
mod time;

pub use boolean::parse_boolean;
pub(crate) use cell::{Cells, Misfit, Reader};
pub use code::{is_siren, is_siret, parse_geopoint};
pub use date::{DateOrder, OrderProof, format_date, parse_compact_date, parse_date};
pub use field_type::{FieldType, Meaning};
pub use literal::{Literal, parse_literal};
pub use number::{Number, NumberForm, NumberStyle, NumberValue, SeparatorProof, parse_number};
pub use time::{format_datetime, format_time, parse_datetime, parse_time};
