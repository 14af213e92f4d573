//! API tokens: by what right a program acts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Role;

/// What a token may be used for; each scope gives what the ones before it give. A token never gives more than its owner
/// has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Reads drafts.
    ReadDrafts,
    /// Publishes, changes and removes datasets.
    Publish,
    /// Changes organisations, members and tokens too.
    Administer,
}

impl Scope {
    /// Every scope, the least first.
    pub const ALL: [Self; 3] = [Self::ReadDrafts, Self::Publish, Self::Administer];

    /// The name that records and commands know.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReadDrafts => "read-drafts",
            Self::Publish => "publish",
            Self::Administer => "administer",
        }
    }

    /// The scope of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }

    /// The highest role that a token of this scope gives.
    pub fn role(self) -> Role {
        match self {
            Self::ReadDrafts => Role::Reader,
            Self::Publish => Role::Publisher,
            Self::Administer => Role::Administrator,
        }
    }
}

/// An API token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct Token {
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// The only organisation that it may act for; `None` for all that its owner may act for.
    pub organization: Option<Uuid>,
    /// The person who owns it; `None` when it belongs to the organisation, or to the whole installation.
    pub account: Option<Uuid>,
    pub scope: Scope,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// To the minute.
    pub last_used_at: Option<Timestamp>,
}

impl Token {
    /// Whether it still opens anything at this moment.
    pub fn is_valid(&self, at: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| end > at)
    }
}

/// A token just created: the only moment at which its secret is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct NewToken {
    pub token: Token,
    /// `cocagne_` and 64 hexadecimal figures.
    pub secret: String,
}
