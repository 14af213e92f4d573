//! Points: the form that the field asks, longitude first.

mod point;
mod territory;

pub(crate) use point::{Place, place};
