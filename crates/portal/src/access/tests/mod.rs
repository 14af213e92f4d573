//! Every route, as everybody; forms of other sites; sessions in cookies.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod cookies;
mod foreign;
mod routes;
mod town;
mod walk;
