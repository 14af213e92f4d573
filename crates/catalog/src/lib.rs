//! The domain: organisations, datasets, resources, snapshots, licences, history, accounts; their store and search.

pub mod account;
pub mod error;
pub mod fetch;
pub mod frequency;
pub mod licence;
pub mod model;
pub mod records;
mod registry;
pub mod slug;
pub mod store;
pub mod theme;

pub use error::{Error, Result};
pub use records::Records;
pub use store::Store;
