//! What whoever runs a portal decides of `/adresse`.

use clap::Args;
use portal::{Config, api::adresse::Settings, pace::Rates};

/// Options of `/adresse`.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Addresses")]
pub struct Options {
    /// Whose the addresses are: `attribution` of each answer of /adresse.
    #[arg(long, env = "COCAGNE_ADDRESS_ATTRIBUTION", default_value_t = Settings::default().attribution)]
    pub address_attribution: String,
    /// Licence of the addresses: `licence` of each answer of /adresse.
    #[arg(long, env = "COCAGNE_ADDRESS_LICENCE", default_value_t = Settings::default().licence)]
    pub address_licence: String,
    /// Size of a file of addresses sent to /adresse at most, in bytes.
    #[arg(long, env = "COCAGNE_ADDRESS_FILE_BYTES", default_value_t = Settings::default().file_bytes)]
    pub address_file_bytes: u64,
    /// Files of addresses that are answered at once; others wait.
    #[arg(long, env = "COCAGNE_ADDRESS_FILES_AT_ONCE", default_value_t = Settings::default().files_at_once, value_parser = at_least_one)]
    pub address_files_at_once: usize,
    /// Questions that one client may ask of /adresse a minute; 0: as many as they like.
    #[arg(long, env = "COCAGNE_ADDRESS_QUESTIONS_PER_MINUTE", default_value_t = Rates::default().address_questions)]
    pub address_questions_per_minute: u32,
    /// Files of addresses that one client may send a minute; 0: as many as they like.
    #[arg(long, env = "COCAGNE_ADDRESS_FILES_PER_MINUTE", default_value_t = Rates::default().address_files)]
    pub address_files_per_minute: u32,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=1_000) => Ok(number),
        _ => Err("a number from 1 to 1000 is expected".to_owned()),
    }
}

impl Options {
    /// Writes these options into the portal's configuration, once those of accounts are there.
    pub fn configure(&self, config: &mut Config) {
        config.addresses = Settings {
            attribution: self.address_attribution.clone(),
            licence: self.address_licence.clone(),
            file_bytes: self.address_file_bytes,
            files_at_once: self.address_files_at_once,
            ..Settings::default()
        };
        config.rates.address_questions = self.address_questions_per_minute;
        config.rates.address_files = self.address_files_per_minute;
    }
}
