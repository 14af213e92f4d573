//! Answers on stdout: tab-separated lines for people, JSON for programs.

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::exit::Failure;

/// How an answer is printed.
#[derive(Debug, Clone, Copy, Args)]
pub struct Output {
    /// Form of the answer.
    #[arg(long, env = "COCAGNE_FORMAT", value_enum, default_value_t = Form::Text)]
    pub format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    Text,
    Json,
}

impl Output {
    /// Prints one value.
    pub fn print<T: Serialize>(self, value: &T, line: impl Fn(&T) -> String) -> Result<(), Failure> {
        match self.format {
            Form::Text => println!("{}", line(value)),
            Form::Json => println!("{}", json(value)?),
        }
        Ok(())
    }

    /// Prints a list.
    pub fn print_all<T: Serialize>(self, values: &[T], line: impl Fn(&T) -> String) -> Result<(), Failure> {
        match self.format {
            Form::Text => values.iter().for_each(|value| println!("{}", line(value))),
            Form::Json => println!("{}", json(&values)?),
        }
        Ok(())
    }
}

/// A value as indented JSON.
pub fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(Failure::failed)
}
