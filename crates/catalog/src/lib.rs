//! The domain: organisations, datasets, resources, snapshots, licences, history, accounts; their store and search.

pub mod account;
pub mod addresses;
pub mod backup;
pub mod check;
pub mod draft;
pub mod error;
pub mod fetch;
pub mod frequency;
pub mod gazetteer;
pub mod geocode;
pub mod licence;
pub mod mail;
pub mod model;
pub mod place;
pub mod platform;
pub mod publish;
pub mod quality;
pub mod records;
mod registry;
pub mod search;
pub mod slug;
mod spool;
pub mod store;
pub mod theme;
pub mod upload;

pub use account::Actor;
pub use error::{Error, OpenFinding, Result};
pub use platform::{ChecksConfig, Platform, PlatformConfig};
pub use publish::{Publication, PublishProgress, Published, SourceLocation};
pub use records::Records;
pub use search::{Search, SearchAnswer, SearchQuery};
pub use store::Store;

/// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
