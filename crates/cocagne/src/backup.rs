//! `backup`: the catalogue and every snapshot, in a folder.

use std::path::PathBuf;

use clap::Args;

use crate::{exit::Failure, installation::Installation, language};

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder to write; it must not exist, or be empty.
    to: PathBuf,
    #[command(flatten)]
    installation: Installation,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    arguments.installation.open().await?.backup(&arguments.to).await?;
    println!("{}", language::text().with("backup-done", "path", &arguments.to.display().to_string()));
    Ok(())
}
