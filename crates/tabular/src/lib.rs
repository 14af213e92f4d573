//! Reads any table a town has, types it, profiles it, and writes it as a snapshot's files.
//!
//! # Overview
//! [`read::Table`] is a table of a source, giving [`read::RawBatch`]es of text; [`typing`] turns text into typed
//! columns; [`profile::Profile`] says what was understood; [`snapshot`] writes the typed table, the exceptions and
//! the profile into a folder. No server, no async.

pub mod detect;
pub mod error;
pub mod geometry;
pub mod limits;
pub mod profile;
pub mod read;
pub mod snapshot;
pub mod typing;

pub use error::{Error, ErrorCode, Result};
pub use limits::Limits;
pub use profile::Profile;
