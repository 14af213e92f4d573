//! From a URL's query string to a [`Query`] and back: one grammar for `/tabular`, `/api/v1`, pages and exports.
//!
//! | parameter | what |
//! | --- | --- |
//! | `col__exact=v` `col__differs=v` `col__less=v` `col__greater=v` `col__strictly_less=v` `col__strictly_greater=v` | comparisons; `less` and `greater` include the bound |
//! | `col__contains=v` `col__notcontains=v` `col__startswith=v` | text, whatever the case |
//! | `col__in=a,b` `col__notin=a,b` | lists; `"…"` around a value with a comma |
//! | `col__isnull` `col__isnotnull` | nothing, something |
//! | `or=(…)` `and=(…)` | nested conditions: `or=(a__exact.1,and(b__isnull,c__less."0.5"))` |
//! | `q=…` `bbox=w,s,e,n` `near=lon,lat,metres` | any text; where |
//! | `col__sort=asc` `sort=-a,b` | order |
//! | `columns=a,b` `select=a,b` | fields |
//! | `col__groupby` `col__sum` …, `group_by=a` `aggregate=sum(b),count` | groups |
//! | `page` `page_size` `offset` `limit` `cursor` | part of the answer |
//! | `raw=1` | cells that don't fit their column come as they were |
//!
//! Conditions of different parameters all hold. Nothing here touches data: a profile says which columns exist.

mod condition;
mod error;
mod list;
mod nested;
mod order;
mod page;
mod pairs;
mod read;
mod write;

pub use error::{ParamError, Reason};
pub use pairs::{encode_component, pairs};
pub use read::{Dialect, Parsed, parse, parse_with};
pub use write::write;

use query::model::Query;

/// Limits on what one URL may hold; they bound the work of the engine, not what is useful.
pub(crate) mod limits {
    /// Conditions of a query, nested ones included.
    pub const CONDITIONS: usize = 100;
    /// Nesting of `or(…)` and `and(…)`.
    pub const DEPTH: usize = 8;
    /// Literals of one list.
    pub const LITERALS: usize = 1_000;
    /// Keys of an order or of groups, and aggregates.
    pub const KEYS: usize = 20;
}

#[cfg(test)]
mod tests;

/// Whether an answer has groups rather than rows.
pub fn is_grouped(query: &Query) -> bool {
    !query.group_by.is_empty() || !query.aggregates.is_empty()
}
