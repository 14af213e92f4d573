//! The command line of Cocagne: one file a subcommand. It reads options, calls one library, and prints its answer;
//! results on stdout, messages on stderr.
//!
//! Exit codes: 0 done, 1 the data is not valid, 2 misuse, 3 failed.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

mod accounts;
mod addresses;
mod backup;
mod check;
mod command;
mod config;
mod demo;
mod exit;
mod geocode;
mod installation;
mod language;
mod openid;
mod organization;
mod output;
mod progress;
mod publish;
mod restore;
mod schema;
mod serve;
mod token;
mod user;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use command::{Cocagne, Command};
use exit::Failure;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run() -> Result<(), Failure> {
    let settings = config::read().map_err(Failure::misuse)?;
    let command = language::localize(Cocagne::command(), language::text());
    let matches = config::apply(command, &settings).get_matches();
    let cocagne = Cocagne::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    start_logging(cocagne.verbose);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::failed)?;
    runtime.block_on(dispatch(cocagne.command))
}

async fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Publish(arguments) => publish::run(arguments).await,
        Command::Check(arguments) => check::run(arguments).await,
        Command::Schema(arguments) => schema::run(arguments).await,
        Command::Addresses(arguments) => addresses::run(arguments).await,
        Command::Geocode(arguments) => geocode::run(arguments).await,
        Command::Organization(arguments) => organization::run(arguments).await,
        Command::User(arguments) => user::run(arguments).await,
        Command::Token(arguments) => token::run(arguments).await,
        Command::Backup(arguments) => backup::run(arguments).await,
        Command::Restore(arguments) => restore::run(arguments).await,
        Command::Verify(arguments) => verify::run(arguments).await,
    }
}

fn start_logging(verbose: bool) {
    let default = if verbose { "info" } else { "warn" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("COCAGNE_LOG").unwrap_or_else(|_| default.into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
