//! Signing in at an OpenID Connect provider: the authorization code flow with PKCE (OpenID Connect Core 1.0 § 3.1,
//! RFC 7636, RFC 9207), and ending the provider's session too (RP-Initiated Logout 1.0).
//!
//! [`Provider`] speaks with the provider and gives a [`Person`] whose tokens were verified; it holds no records.
//! [`crate::records`] says which account that person has.
//!
//! ProConnect, by which agents of French administrations sign in, is the same protocol with its own choices: see
//! [`Profile::ProConnect`].

mod config;
mod error;
mod flow;
mod person;
mod provider;
mod signed;
mod token;
mod transport;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

pub use config::{ClientAuthentication, Policy, Profile, ProviderConfig};
pub use error::OpenIdError;
pub(crate) use flow::Request;
pub use flow::Return;
pub use person::Person;
pub use provider::Provider;

/// An account's identity at a provider, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct Identity {
    pub id: Uuid,
    pub issuer: String,
    /// As the provider gave it when the person last came that way.
    pub email: Option<String>,
    /// Of the establishment that the person works for, as the provider gave it last.
    pub siret: Option<String>,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}
