//! The tables, one file each. The same types on SQLite and PostgreSQL.

pub mod account;
pub mod address_base;
pub mod address_street;
pub mod ceremony;
pub mod counter;
pub mod dataset;
pub mod draft;
pub mod draft_report;
pub mod draft_snapshot;
pub mod event;
pub mod identity;
pub mod invitation;
pub mod membership;
pub mod organization;
pub mod passkey;
pub mod resource;
pub mod session;
pub mod sign_in_failure;
pub mod token;
pub mod version;
