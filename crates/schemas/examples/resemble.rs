//! Reads headers from the standard input, one a line, columns separated by tabs, and says which schemas they resemble.

#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use schemas::Library;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let library = Library::shipped()?;
    for line in std::io::stdin().lines() {
        let header: Vec<String> = line?.split('\t').map(str::to_owned).collect();
        println!("{}", header.join(" | "));
        for proposal in library.propose(&header) {
            let (has, lacks) = (proposal.matched.len(), proposal.missing.join(", "));
            println!("  {:.3} {}@{}: has {has}, lacks {lacks}", proposal.score, proposal.name, proposal.version);
        }
    }
    Ok(())
}
