//! Who acts: users, their roles, sessions, invitations, API tokens, and the actor that each change is recorded under.

mod actor;
mod invitation;
pub mod openid;
pub mod passkey;
pub mod password;
mod session;
mod sign_in;
mod token;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use actor::Actor;
pub use invitation::{Invitation, NewInvitation, Purpose};
pub use session::{Means, NewSession, Session, SessionLimits};
pub use sign_in::SignIn;
pub(crate) use sign_in::delay as sign_in_delay;
pub use token::{NewToken, Scope, Token};

/// What a member of an organisation may do; each role may do what the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads what isn't public yet.
    Reader,
    /// Prepares data that somebody else publishes.
    Contributor,
    /// Publishes, changes and removes datasets.
    Publisher,
    /// Changes the organisation and its members too.
    Administrator,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [Self::Reader, Self::Contributor, Self::Publisher, Self::Administrator];

    /// The name that records keep.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Contributor => "contributor",
            Self::Publisher => "publisher",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// A person with an account. The password's hash never leaves the records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct User {
    pub id: Uuid,
    /// In lower case; unique.
    pub email: String,
    pub name: String,
    /// Whether the person administers the whole installation.
    pub superuser: bool,
    pub memberships: Vec<Membership>,
    pub created_at: Timestamp,
}

/// A user's role in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct Membership {
    pub organization: Uuid,
    pub role: Role,
}

impl User {
    /// The role in an organisation, when the person is a member of it.
    pub fn role_in(&self, organization: Uuid) -> Option<Role> {
        self.memberships.iter().find(|membership| membership.organization == organization).map(|own| own.role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_names() {
        assert_eq!(Role::parse(Role::Publisher.as_str()), Some(Role::Publisher));
        assert_eq!(Role::parse("king"), None);
    }
}
