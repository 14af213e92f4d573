//! Sessions: a person who signed in with a browser.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a person proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Means {
    /// E-mail address and password.
    Password,
    /// A one-time link.
    Link,
    /// A passkey.
    Passkey,
    /// An OpenID Connect provider.
    Openid,
}

impl Means {
    /// The name that records keep.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::Passkey => "passkey",
            Self::Openid => "openid",
        }
    }

    /// The means of a name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Password, Self::Link, Self::Passkey, Self::Openid].into_iter().find(|means| means.as_str() == name)
    }
}

/// A session, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct Session {
    pub id: Uuid,
    pub account: Uuid,
    pub means: Means,
    /// What the browser says of itself, at most 300 characters.
    pub device: String,
    /// The network address that signed in.
    pub address: String,
    pub created_at: Timestamp,
    /// To the minute.
    pub last_used_at: Timestamp,
}

/// A session just begun: the only moment at which its secret is known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct NewSession {
    pub session: Session,
    /// 64 hexadecimal figures; the browser's cookie.
    pub secret: String,
}

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without any request.
    pub idle: Duration,
    /// Since the person signed in.
    pub absolute: Duration,
}

impl Default for SessionLimits {
    fn default() -> Self {
        const HOUR: u64 = 3_600;
        Self { idle: Duration::from_secs(24 * HOUR), absolute: Duration::from_secs(14 * 24 * HOUR) }
    }
}
