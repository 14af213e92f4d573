//! The HTTP server: pages for people, APIs for programs, over the catalogue and its snapshots.
//!
//! Handlers parse a request into a value of the domain ([`query::model::Query`], a search), call one stage, and write
//! its answer. They hold no rules of their own.

pub mod api;
pub mod pages;
