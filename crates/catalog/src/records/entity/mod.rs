//! The tables, one file each. The same types on SQLite and PostgreSQL.

pub mod account;
pub mod counter;
pub mod dataset;
pub mod event;
pub mod membership;
pub mod organization;
pub mod resource;
pub mod token;
pub mod version;
