//! Repairs: what is wrong in a known way is proposed to be mended, counted and shown before anything changes.

mod coordinates;
mod date;
mod fold;
mod whitespace;

pub(crate) use coordinates::{Place, place};
pub(crate) use date::moment;
pub(crate) use fold::plain;
pub(crate) use whitespace::is_invisible;
