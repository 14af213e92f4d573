#![doc = include_str!("../README.md")]

mod cursor;
pub mod encode;
pub mod engine;
pub mod error;
pub mod model;

pub use engine::{Answer, Engine, EngineLimits, ExceptionCell, SqlAnswer, Table};
pub use error::{Error, Result};
