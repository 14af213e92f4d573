//! Points: the form that the field asks, longitude first.

pub(super) mod pair;
mod point;
mod propose;
mod territory;

pub(crate) use point::{Place, place};
pub(super) use propose::propose;
