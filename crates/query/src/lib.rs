//! One query model over the typed tables of snapshots, the engine that runs it, and the formats that write its answers.
//!
//! [`model::Query`] is what is asked; [`engine::Engine`] opens tables and answers; [`encode`] writes answers as bytes.

pub mod encode;
pub mod engine;
pub mod model;
