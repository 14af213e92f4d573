//! The schemas that ship with the program: found by name, address, file or resemblance.
//!
//! # Overview
//! [`Library`] holds what ships in `schemas/`, covered by what [`refresh()`] wrote into a folder. A reference
//! (`scdl/subventions`, `subventions@2.0.1`, an address of the national catalogue or of the authors' repository) gives
//! a [`Found`]; a header gives [`Resemblance`]s. Tables are checked by `tableschema`, JSON documents by [`json`].
//! Nothing here touches the network: who refreshes gives a function that fetches.

mod address;
mod catalogue;
mod entry;
mod error;
mod index;
pub mod json;
mod library;
mod limits;
mod load;
mod locales;
mod package;
mod reference;
mod refresh;
mod resemblance;
mod source;
mod synonyms;
mod version;
mod words;

pub use entry::{Entry, Example, Kind, Version};
pub use error::Error;
pub use library::{Library, folder_of};
pub use load::{Found, Loaded};
pub use refresh::{Refreshed, Skipped, refresh};
pub use resemblance::{CONVINCING, Resemblance};
pub use words::normalize;

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
