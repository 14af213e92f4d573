//! `cocagne.toml`: each key is the name of an option. Order of precedence: command line, `COCAGNE_…` variables, file.

use std::{io::ErrorKind, path::Path};

use anyhow::{Context, bail};
use clap::{Arg, Command};
use toml::{Table, Value};

/// Variable that names another file.
const VARIABLE: &str = "COCAGNE_CONFIG";
const FILE: &str = "cocagne.toml";

/// Reads the file that `COCAGNE_CONFIG` names, or `cocagne.toml` when there is one in the working folder.
pub fn read() -> anyhow::Result<Table> {
    let named = std::env::var_os(VARIABLE);
    let path = named.as_deref().map_or(Path::new(FILE), Path::new);
    match std::fs::read_to_string(path) {
        Ok(text) => text.parse().with_context(|| format!("{} is not valid TOML", path.display())),
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => Ok(Table::new()),
        Err(error) => bail!("cannot read {}: {error}", path.display()),
    }
}

/// Makes the file's values the defaults of the options of the same name, in every subcommand.
pub fn apply(command: Command, settings: &Table) -> Command {
    let command = command.mut_args(|argument| with_default(argument, settings));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, |sub| apply(sub, settings)))
}

fn with_default(argument: Arg, settings: &Table) -> Arg {
    let value = argument.get_long().and_then(|long| settings.get(long)).and_then(as_text);
    match value {
        Some(value) => argument.default_value(value).required(false),
        None => argument,
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(flag) => Some(flag.to_string()),
        Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::command::Cocagne;

    #[test]
    fn a_value_of_the_file_is_the_default_of_the_option() {
        let settings: Table = "listen = \"127.0.0.1:9000\"".parse().unwrap();
        let matches = apply(Cocagne::command(), &settings).try_get_matches_from(["cocagne", "serve"]).unwrap();
        let (_, serve) = matches.subcommand().unwrap();
        assert_eq!(serve.get_one::<std::net::SocketAddr>("listen").unwrap().port(), 9000);
    }

    #[test]
    fn the_command_line_wins_over_the_file() {
        let settings: Table = "listen = \"127.0.0.1:9000\"".parse().unwrap();
        let line = ["cocagne", "serve", "--listen", "127.0.0.1:9001"];
        let matches = apply(Cocagne::command(), &settings).try_get_matches_from(line).unwrap();
        let (_, serve) = matches.subcommand().unwrap();
        assert_eq!(serve.get_one::<std::net::SocketAddr>("listen").unwrap().port(), 9001);
    }

    #[test]
    fn commands_are_well_formed() {
        Cocagne::command().debug_assert();
    }
}
