//! Options of accounts: sessions, mail, how often one client may do what.

use std::time::Duration;

use catalog::{account::SessionLimits, mail::Mailer};
use clap::Args;
use portal::{Config, pace::Rates};

use crate::exit::Failure;

/// What concerns persons and their sessions.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Accounts")]
pub struct Accounts {
    /// Server that sends mail: smtps://user:password@host, or smtp://host:587?tls=required; by default links are only shown.
    #[arg(long, env = "COCAGNE_SMTP", hide_env_values = true, requires = "mail_from", requires = "public_url")]
    pub smtp: Option<String>,
    /// Who signs mail, such as "Open data <no-reply@example.org>".
    #[arg(long, env = "COCAGNE_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Header in which the proxy in front says who asks, such as X-Forwarded-For; by default none is believed.
    #[arg(long, env = "COCAGNE_CLIENT_ADDRESS_HEADER")]
    pub client_address_header: Option<String>,
    /// Hours after which an unused session ends.
    #[arg(long, env = "COCAGNE_SESSION_IDLE_HOURS", default_value_t = SessionLimits::default().idle.as_secs() / HOUR, value_parser = clap::value_parser!(u64).range(1..=8_760))]
    pub session_idle_hours: u64,
    /// Days after which a session ends.
    #[arg(long, env = "COCAGNE_SESSION_DAYS", default_value_t = SessionLimits::default().absolute.as_secs() / (24 * HOUR), value_parser = clap::value_parser!(u64).range(1..=365))]
    pub session_days: u64,
    /// Days that an invitation lasts.
    #[arg(long, env = "COCAGNE_INVITATION_DAYS", default_value_t = Config::default().invitation_time.as_secs() / (24 * HOUR), value_parser = clap::value_parser!(u64).range(1..=90))]
    pub invitation_days: u64,
    /// Attempts to sign in that one client may make a minute; 0: as many as they like.
    #[arg(long, env = "COCAGNE_SIGN_INS_PER_MINUTE", default_value_t = Rates::default().sign_ins)]
    pub sign_ins_per_minute: u32,
    /// One-time links that one client may make or use a minute.
    #[arg(long, env = "COCAGNE_INVITATIONS_PER_MINUTE", default_value_t = Rates::default().invitations)]
    pub invitations_per_minute: u32,
    /// Files, or pieces of files, that one client may send a minute.
    #[arg(long, env = "COCAGNE_UPLOADS_PER_MINUTE", default_value_t = Rates::default().uploads)]
    pub uploads_per_minute: u32,
    /// Other changes that one client may make a minute.
    #[arg(long, env = "COCAGNE_WRITES_PER_MINUTE", default_value_t = Rates::default().writes)]
    pub writes_per_minute: u32,
}

const HOUR: u64 = 3_600;

impl Accounts {
    /// Writes these options into the portal's configuration.
    pub fn configure(&self, config: &mut Config) -> Result<(), Failure> {
        if let (Some(smtp), Some(from)) = (&self.smtp, &self.mail_from) {
            config.mail = Some(Mailer::new(smtp, from)?);
        }
        let header = self.client_address_header.as_ref().map(|name| name.parse());
        config.client_address_header = header.transpose().map_err(Failure::misuse)?;
        config.sessions = SessionLimits {
            idle: Duration::from_secs(self.session_idle_hours * HOUR),
            absolute: Duration::from_secs(self.session_days * 24 * HOUR),
        };
        config.invitation_time = Duration::from_secs(self.invitation_days * 24 * HOUR);
        config.rates = Rates {
            sign_ins: self.sign_ins_per_minute,
            invitations: self.invitations_per_minute,
            uploads: self.uploads_per_minute,
            writes: self.writes_per_minute,
            ..config.rates
        };
        Ok(())
    }
}
