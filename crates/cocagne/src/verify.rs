//! `verify`: hashes every file of every snapshot again.

use clap::Args;

use crate::{exit::Failure, installation::Installation, language, output::Output, progress};

#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    installation: Installation,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let platform = arguments.installation.open().await?;
    let bar = progress::steps();
    let report = platform
        .verify(&|at| {
            bar.set_length(at.total);
            bar.set_position(at.done);
        })
        .await?;
    bar.finish_and_clear();
    arguments.output.print(&report, |report| {
        let text = language::text();
        let mut lines = vec![text.count("verify-snapshots", &report.snapshots)];
        lines.extend(report.faults.iter().map(|fault| {
            let kind = serde_json::to_value(fault.kind).ok().and_then(|kind| Some(kind.as_str()?.to_owned()));
            format!("{}/{}: {}", fault.snapshot, fault.file, kind.unwrap_or_default())
        }));
        lines.push(text.get(if report.is_clean() { "verify-clean" } else { "verify-damaged" }));
        lines.join("\n")
    })?;
    if report.is_clean() { Ok(()) } else { Err(Failure::InvalidData) }
}
