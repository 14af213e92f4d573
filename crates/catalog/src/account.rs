//! Who acts: users, their roles, API tokens, and the actor that each change is recorded under.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
        [Self::Reader, Self::Contributor, Self::Publisher, Self::Administrator]
            .into_iter()
            .find(|role| role.as_str() == name)
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

/// An API token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct Token {
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// The only organisation that it may publish for; `None` for all.
    pub organization: Option<Uuid>,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// To the minute.
    pub last_used_at: Option<Timestamp>,
}

/// A token just created: the only moment at which its secret is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "each field is what its name says")]
pub struct NewToken {
    pub token: Token,
    /// `cocagne_` and 64 hexadecimal figures.
    pub secret: String,
}

/// Who makes a change, and what they may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    name: String,
    rights: Rights,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rights {
    Everything,
    Roles(Vec<Membership>),
}

impl Actor {
    /// The person who runs the program on its machine: may do everything.
    pub fn command_line() -> Self {
        Self { name: "command-line".to_owned(), rights: Rights::Everything }
    }

    /// A signed-in user.
    pub fn user(user: &User) -> Self {
        let rights = if user.superuser { Rights::Everything } else { Rights::Roles(user.memberships.clone()) };
        Self { name: format!("user:{}", user.email), rights }
    }

    /// The bearer of a token: a publisher of its organisation, or of all.
    pub fn token(token: &Token) -> Self {
        let rights = match token.organization {
            None => Rights::Everything,
            Some(organization) => Rights::Roles(vec![Membership { organization, role: Role::Publisher }]),
        };
        Self { name: format!("token:{}", token.name), rights }
    }

    /// As history keeps it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the actor has at least this role in the organisation.
    pub fn has_role(&self, organization: Uuid, role: Role) -> bool {
        match &self.rights {
            Rights::Everything => true,
            Rights::Roles(roles) => roles.iter().any(|m| m.organization == organization && m.role >= role),
        }
    }

    /// Whether the actor may publish for the organisation.
    pub fn may_publish(&self, organization: Uuid) -> bool {
        self.has_role(organization, Role::Publisher)
    }

    /// Whether the actor administers the whole installation.
    pub fn may_administer(&self) -> bool {
        self.rights == Rights::Everything
    }

    /// The only organisation that the actor may publish for, when there is just one.
    pub fn only_organization(&self) -> Option<Uuid> {
        match &self.rights {
            Rights::Everything => None,
            Rights::Roles(roles) => {
                let mut own = roles.iter().filter(|m| m.role >= Role::Publisher);
                own.next().filter(|_| own.next().is_none()).map(|m| m.organization)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bearer(organization: Option<Uuid>) -> Actor {
        let created_at = Timestamp::UNIX_EPOCH;
        let name = "robot".to_owned();
        let id = Uuid::nil();
        Actor::token(&Token {
            id,
            name,
            organization,
            created_at,
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
        })
    }

    #[test]
    fn a_token_of_one_organization_publishes_for_no_other() {
        let (own, other) = (Uuid::now_v7(), Uuid::now_v7());
        let actor = bearer(Some(own));
        assert!(actor.may_publish(own));
        assert!(!actor.may_publish(other));
        assert!(!actor.may_administer());
        assert_eq!(actor.only_organization(), Some(own));
        assert!(bearer(None).may_publish(other));
    }

    #[test]
    fn a_contributor_does_not_publish() {
        let organization = Uuid::now_v7();
        let user = User {
            id: Uuid::now_v7(),
            email: "a@b.fr".to_owned(),
            name: String::new(),
            superuser: false,
            memberships: vec![Membership { organization, role: Role::Contributor }],
            created_at: Timestamp::UNIX_EPOCH,
        };
        let actor = Actor::user(&user);
        assert!(actor.has_role(organization, Role::Reader));
        assert!(!actor.may_publish(organization));
    }

    #[test]
    fn roles_have_names() {
        assert_eq!(Role::parse(Role::Publisher.as_str()), Some(Role::Publisher));
        assert_eq!(Role::parse("king"), None);
    }
}
