//! What people read: sentences from `locales/{fr,en}/*.ftl`, numbers, dates and sizes written as the reader writes them.
//!
//! [`Language`] says which; [`Text`] gives sentences; the functions of `number` and `date` are its methods. No sentence
//! that an end user reads is written anywhere else.

mod bundle;
mod date;
mod fault;
mod language;
mod number;
mod typography;

pub use bundle::Text;
pub use fault::{Fault, warning};
pub use language::{Language, asked_in_query};
