//! The explorer of a resource: a table, a chart or a map of the rows that the address asks for. Every view is a
//! permalink; [`embed`] gives the same views without the portal around them.

mod api;
mod cell;
mod columns;
mod embed;
mod fault;
mod filters;
mod notes;
mod page;
mod request;
mod table;
mod view;

pub use api::show as api;
pub use cell::{Content, cell, is_numeric};
pub use embed::show as embed;
pub use page::show;
