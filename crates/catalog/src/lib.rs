//! The domain: organisations, datasets, resources, snapshots, licences, history, accounts; their store and search.

pub mod model;
