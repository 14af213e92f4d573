//! `addresses`: what the geocoder knows, and the files that it learns it from.

mod import;
mod options;
mod status;

use clap::{Args, Subcommand};

use crate::exit::Failure;

pub use options::Options;

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Imports address files: they replace the communes that they describe.
    Import(import::Import),
    /// Says how many addresses the index holds.
    #[command(alias = "show")]
    Status(status::Status),
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let work = tokio::task::spawn_blocking(move || match arguments.action {
        Action::Import(import) => import.run(),
        Action::Status(status) => status.run(),
    });
    work.await.map_err(Failure::failed)?
}
