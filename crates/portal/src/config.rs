//! What whoever runs a portal decides: its public address, its name, and every limit on what a request may ask.

use std::time::Duration;

use axum::http::HeaderName;
use catalog::{account::SessionLimits, account::openid::Provider, mail::Mailer};

use crate::pace::Rates;

/// The configuration of a portal. [`Config::default`] serves a small town without any setting.
#[derive(Debug, Clone)]
pub struct Config {
    /// `https://data.example.fr`, without a final slash. `None` takes scheme and host from each request.
    pub public_url: Option<String>,
    /// Name shown in titles and feeds.
    pub site_name: String,
    /// Where security problems are told (`mailto:…` or `https://…`); without it there is no `security.txt`.
    pub security_contact: Option<String>,
    /// Limits on requests and answers.
    pub limits: Limits,
    /// The header in which the proxy in front of this portal says which address a request comes from; of several
    /// addresses the last is taken. `None`: nobody is believed, and the connection's own address counts.
    pub client_address_header: Option<HeaderName>,
    /// Through what mail is sent; without it links are only shown.
    pub mail: Option<Mailer>,
    /// The OpenID Connect provider that persons may sign in at.
    pub openid: Option<Provider>,
    /// How long sessions last.
    pub sessions: SessionLimits,
    /// How long invitations last.
    pub invitation_time: Duration,
    /// How long a link to choose a new password, or to sign in, lasts.
    pub reset_time: Duration,
    /// How often one client may write, sign in, upload.
    pub rates: Rates,
    /// Notices and limits of `/adresse`.
    pub addresses: crate::api::adresse::Settings,
}

/// Limits on requests and answers.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of path and query of a URL.
    pub url_bytes: usize,
    /// Bytes of the body of a request that carries no file.
    pub body_bytes: usize,
    /// Bytes of a published file.
    pub upload_bytes: usize,
    /// Time for an answer's first byte.
    pub query_time: Duration,
    /// Rows of a page when a request doesn't say.
    pub page_size: u64,
    /// Rows of a page at most.
    pub page_size_max: u64,
    /// Datasets, events and versions of a page at most.
    pub catalogue_page_max: u64,
    /// Rows of an SQL answer at most.
    pub sql_rows: usize,
    /// Bytes of an SQL statement at most.
    pub sql_bytes: usize,
    /// Resources that one SQL statement may name.
    pub sql_tables: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            url_bytes: 16 << 10,
            body_bytes: 256 << 10,
            upload_bytes: 4 << 30,
            query_time: Duration::from_secs(20),
            page_size: 20,
            page_size_max: 200,
            catalogue_page_max: 100,
            sql_rows: 10_000,
            sql_bytes: 32 << 10,
            sql_tables: 10,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            public_url: None,
            site_name: "Cocagne".to_owned(),
            security_contact: None,
            limits: Limits::default(),
            client_address_header: None,
            mail: None,
            openid: None,
            sessions: SessionLimits::default(),
            invitation_time: Duration::from_secs(7 * 24 * 3_600),
            reset_time: Duration::from_secs(3_600),
            rates: Rates::default(),
            addresses: crate::api::adresse::Settings::default(),
        }
    }
}

impl Config {
    /// Whether browsers come over TLS, so that cookies can be kept to it.
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }
}
