//! Holds the shared features of the workspace; no code. See its `Cargo.toml`.
