//! One-time links: to join an organisation, to choose a new password, to sign in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Role;

/// What a one-time link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "purpose")]
pub enum Purpose {
    /// To become a member, with an account made on the way when there is none.
    Join {
        /// The organisation.
        organization: Uuid,
        /// The role there.
        role: Role,
    },
    /// To choose a new password for an account.
    Password {
        /// The account.
        account: Uuid,
    },
    /// To sign in once without a password.
    SignIn {
        /// The account.
        account: Uuid,
    },
}

/// A one-time link, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct Invitation {
    pub id: Uuid,
    #[serde(flatten)]
    pub purpose: Purpose,
    /// Whom it is for, in lower case.
    pub email: String,
    /// Who made it, as history names actors.
    pub invited_by: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

impl Invitation {
    /// Whether it can still be used at this moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.used_at.is_none() && self.revoked_at.is_none() && self.expires_at > at
    }
}

/// A link just made: the only moment at which its secret is known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct NewInvitation {
    pub invitation: Invitation,
    /// 64 hexadecimal figures, the last part of the link.
    pub secret: String,
}
