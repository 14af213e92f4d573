//! Who makes a change, and what they may change.

use uuid::Uuid;

use super::{Membership, Role, Scope, Token, User};

/// Who makes a change, and what they may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    name: String,
    rights: Rights,
    /// The account behind, and whether its owner is there in person.
    account: Option<(Uuid, bool)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rights {
    /// The installation and every organisation.
    Everything,
    /// This role in every organisation.
    Everywhere(Role),
    Roles(Vec<Membership>),
}

impl Actor {
    /// The person who runs the program on its machine: may do everything.
    pub fn command_line() -> Self {
        Self { name: "command-line".to_owned(), rights: Rights::Everything, account: None }
    }

    /// A signed-in user.
    pub fn user(user: &User) -> Self {
        let rights = if user.superuser { Rights::Everything } else { Rights::Roles(user.memberships.clone()) };
        Self { name: format!("user:{}", user.email), rights, account: Some((user.id, true)) }
    }

    /// Somebody who uses a one-time link: the link is the right.
    pub(crate) fn invited(email: &str) -> Self {
        Self { name: format!("user:{email}"), rights: Rights::Roles(Vec::new()), account: None }
    }

    /// The bearer of a token that belongs to an organisation, or to the whole installation.
    pub fn token(token: &Token) -> Self {
        let rights = match token.organization {
            None => Rights::everywhere(token.scope),
            Some(organization) => Rights::Roles(vec![Membership { organization, role: token.scope.role() }]),
        };
        Self { name: format!("token:{}", token.name), rights, account: None }
    }

    /// The bearer of a person's token: what the person may do, as far as the token's scope and organisation go.
    pub fn personal_token(token: &Token, owner: &User) -> Self {
        let role = token.scope.role();
        let rights = match (owner.superuser, token.organization) {
            (true, None) => Rights::everywhere(token.scope),
            (true, Some(organization)) => Rights::Roles(vec![Membership { organization, role }]),
            (false, only) => {
                let own = owner.memberships.iter().filter(|own| only.is_none_or(|only| own.organization == only));
                let capped = own.map(|own| Membership { role: own.role.min(role), ..*own });
                Rights::Roles(capped.collect())
            }
        };
        Self { name: format!("user:{} token:{}", owner.email, token.name), rights, account: Some((owner.id, false)) }
    }

    /// As history keeps it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The account behind: of a signed-in person, or of the owner of a personal token.
    pub fn account(&self) -> Option<Uuid> {
        self.account.map(|(id, _)| id)
    }

    /// Whether this is the person of this account, signed in. A token of theirs isn't: it must not change how they
    /// sign in.
    pub fn is_person(&self, account: Uuid) -> bool {
        self.account == Some((account, true))
    }

    /// The role in an organisation: the highest that the actor has.
    pub fn role_in(&self, organization: Uuid) -> Option<Role> {
        match &self.rights {
            Rights::Everything => Some(Role::Administrator),
            Rights::Everywhere(role) => Some(*role),
            Rights::Roles(roles) => roles.iter().find(|own| own.organization == organization).map(|own| own.role),
        }
    }

    /// Whether the actor has at least this role in the organisation.
    pub fn has_role(&self, organization: Uuid, role: Role) -> bool {
        self.role_in(organization).is_some_and(|own| own >= role)
    }

    /// Whether the actor has at least this role in some organisation.
    pub fn has_role_somewhere(&self, role: Role) -> bool {
        match &self.rights {
            Rights::Everything => true,
            Rights::Everywhere(own) => *own >= role,
            Rights::Roles(roles) => roles.iter().any(|own| own.role >= role),
        }
    }

    /// The organisations in which the actor has at least this role; `None` for all of them.
    pub fn organizations(&self, role: Role) -> Option<Vec<Uuid>> {
        match &self.rights {
            Rights::Everything => None,
            Rights::Everywhere(own) => (*own < role).then(Vec::new),
            Rights::Roles(roles) => {
                Some(roles.iter().filter(|own| own.role >= role).map(|own| own.organization).collect())
            }
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
        match self.organizations(Role::Publisher)?.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

impl Rights {
    fn everywhere(scope: Scope) -> Self {
        if scope == Scope::Administer { Self::Everything } else { Self::Everywhere(scope.role()) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn token(organization: Option<Uuid>, scope: Scope) -> Token {
        Token {
            id: Uuid::nil(),
            name: "robot".to_owned(),
            organization,
            account: None,
            scope,
            created_at: Timestamp::UNIX_EPOCH,
            expires_at: None,
            revoked_at: None,
            last_used_at: None,
        }
    }

    fn person(superuser: bool, memberships: Vec<Membership>) -> User {
        User {
            id: Uuid::now_v7(),
            email: "a@b.fr".to_owned(),
            name: String::new(),
            superuser,
            memberships,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_token_of_one_organization_publishes_for_no_other() {
        let (own, other) = (Uuid::now_v7(), Uuid::now_v7());
        let actor = Actor::token(&token(Some(own), Scope::Publish));
        assert!(actor.may_publish(own));
        assert!(!actor.may_publish(other));
        assert!(!actor.may_administer());
        assert_eq!(actor.only_organization(), Some(own));
    }

    #[test]
    fn a_token_of_the_installation_does_what_its_scope_says() {
        let any = Uuid::now_v7();
        let actors = Scope::ALL.map(|scope| Actor::token(&token(None, scope)));
        assert_eq!(actors.each_ref().map(|actor| actor.has_role(any, Role::Reader)), [true, true, true]);
        assert_eq!(actors.each_ref().map(|actor| actor.may_publish(any)), [false, true, true]);
        assert_eq!(actors.each_ref().map(|actor| actor.has_role(any, Role::Administrator)), [false, false, true]);
        assert_eq!(actors.each_ref().map(Actor::may_administer), [false, false, true]);
        assert_eq!(actors.map(|actor| actor.organizations(Role::Publisher)), [Some(vec![]), None, None]);
    }

    #[test]
    fn a_personal_token_gives_no_more_than_its_owner_has() {
        let (reads, administers) = (Uuid::now_v7(), Uuid::now_v7());
        let owner = person(
            false,
            vec![
                Membership { organization: reads, role: Role::Reader },
                Membership { organization: administers, role: Role::Administrator },
            ],
        );
        let actor = Actor::personal_token(&token(None, Scope::Publish), &owner);
        assert_eq!(actor.role_in(reads), Some(Role::Reader));
        assert_eq!(actor.role_in(administers), Some(Role::Publisher));
        assert_eq!(actor.role_in(Uuid::now_v7()), None);
        assert!(!actor.is_person(owner.id), "a token is not its owner");
        assert_eq!(actor.account(), Some(owner.id));
        let narrow = Actor::personal_token(&token(Some(reads), Scope::Administer), &owner);
        assert_eq!((narrow.role_in(reads), narrow.role_in(administers)), (Some(Role::Reader), None));
    }

    #[test]
    fn a_superuser_s_token_administers_only_when_its_scope_says_so() {
        let owner = person(true, Vec::new());
        assert!(!Actor::personal_token(&token(None, Scope::Publish), &owner).may_administer());
        assert!(Actor::personal_token(&token(None, Scope::Administer), &owner).may_administer());
        let one = Actor::personal_token(&token(Some(Uuid::now_v7()), Scope::Administer), &owner);
        assert!(!one.may_administer());
    }

    #[test]
    fn a_contributor_does_not_publish() {
        let organization = Uuid::now_v7();
        let user = person(false, vec![Membership { organization, role: Role::Contributor }]);
        let actor = Actor::user(&user);
        assert!(actor.has_role(organization, Role::Reader));
        assert!(!actor.may_publish(organization));
        assert!(actor.is_person(user.id));
    }
}
