//! Runs queries on typed tables.
