//! How the program ends: one place for exit codes.

use std::process::ExitCode;

use portal::i18n::Fault;

use crate::language;

/// Why the program ends before its work is done.
#[derive(Debug)]
pub enum Failure {
    /// The data is not valid; what is wrong was already printed.
    InvalidData,
    /// The options don't fit together, or name something that doesn't exist.
    Misuse(String),
    /// The machine, the network or the store failed.
    Failed(String),
}

impl Failure {
    /// The options don't fit.
    pub fn misuse(error: impl std::fmt::Display) -> Self {
        Self::Misuse(format!("{error:#}"))
    }

    /// Something failed that the options can't mend.
    pub fn failed(error: impl std::fmt::Display) -> Self {
        Self::Failed(format!("{error:#}"))
    }

    /// A fault of the catalogue, said in the reader's language.
    pub fn of(error: &catalog::Error) -> Self {
        let fault = Fault::of_catalog(language::text(), error);
        let message = format!("{} {}", fault.message, fault.remedy);
        if error.is_callers() { Self::Misuse(message) } else { Self::Failed(message) }
    }

    /// Prints the message, if any, and gives the exit code.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::InvalidData => ExitCode::from(1),
            Self::Misuse(message) => {
                eprintln!("cocagne: {message}");
                ExitCode::from(2)
            }
            Self::Failed(message) => {
                eprintln!("cocagne: {message}");
                ExitCode::from(3)
            }
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::InvalidData => Ok(()),
            Self::Misuse(message) | Self::Failed(message) => f.write_str(message),
        }
    }
}

impl From<catalog::Error> for Failure {
    fn from(error: catalog::Error) -> Self {
        Self::of(&error)
    }
}
