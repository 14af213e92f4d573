//! `restore`: fills an empty installation from a backup.

use std::path::PathBuf;

use clap::Args;

use crate::{exit::Failure, installation::Installation, language};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder of the backup.
    from: PathBuf,
    #[command(flatten)]
    installation: Installation,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    arguments.installation.open().await?.restore(&arguments.from).await?;
    println!("{}", language::text().with("restore-done", "path", &arguments.from.display().to_string()));
    Ok(())
}
