//! The commands, as `cocagne --help` shows them.

use clap::{Parser, Subcommand};

/// Open data for local governments: publish a file, and everyone can use it.
#[derive(Debug, Parser)]
#[command(name = "cocagne", version, about, propagate_version = true)]
pub struct Cocagne {
    /// Says on stderr what is done.
    #[arg(long, short, global = true)]
    pub verbose: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the portal and its APIs.
    Serve(crate::serve::Arguments),
    /// Serves a portal filled with the published files of real towns.
    Demo(crate::demo::Arguments),
    /// Publishes files or URLs, here or on a remote portal.
    Publish(crate::publish::Arguments),
    /// Checks files against schemas, finds personal data, repairs.
    Check(crate::check::Arguments),
    /// The known schemas: their list, what each asks, their refreshing.
    Schema(crate::schema::Arguments),
    /// Imports address files (BAN, BAL, CSV) and says what the index holds.
    Addresses(crate::addresses::Arguments),
    /// Gives the position of the addresses of a CSV file, or back.
    Geocode(crate::geocode::Arguments),
    /// Adds, lists, removes organisations.
    Organization(crate::organization::Arguments),
    /// Adds, lists, removes users.
    User(crate::user::Arguments),
    /// Adds, lists, revokes API tokens.
    Token(crate::token::Arguments),
    /// Writes the catalogue and every snapshot to a folder.
    Backup(crate::backup::Arguments),
    /// Fills an empty installation from a backup.
    Restore(crate::restore::Arguments),
    /// Hashes every file of every snapshot again.
    Verify(crate::verify::Arguments),
}
