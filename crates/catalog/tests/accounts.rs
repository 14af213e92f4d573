//! Accounts behave the same on both engines: sessions, one-time links, roles, tokens, and those who guess.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::net::IpAddr;
use std::time::Duration;

use catalog::account::{Means, Purpose, Role, Scope, SessionLimits, SignIn, User};
use catalog::model::Page;
use catalog::records::{Acceptance, HistoryFilter, InvitationDraft, Owned, Owner, TokenDraft, UserDraft};
use catalog::{Actor, Error};
use support::{Town, on_both_engines};

on_both_engines!(
    a_session_is_found_by_its_secret_until_it_ends,
    a_session_ends_unused_or_old,
    a_new_password_ends_other_sessions,
    an_invitation_makes_a_member_once,
    an_invitation_of_somebody_known_waits_for_them,
    an_invitation_can_be_revoked_and_expires,
    a_link_signs_in_or_replaces_a_password_once,
    who_administers_one_organization_invites_for_no_other,
    an_organization_keeps_an_administrator,
    guessing_makes_wait_and_a_restart_forgives_nothing,
    many_guesses_from_one_address_make_it_wait,
    a_personal_token_follows_its_owner,
    a_token_does_not_make_personal_tokens,
    nothing_secret_is_in_the_history,
);

const PASSWORD: &str = "correct cheval pile agrafe";
const LATER: Duration = Duration::from_secs(3_600);

async fn person(town: &Town, email: &str, role: Option<Role>) -> User {
    let records = &town.platform.records;
    let draft = UserDraft { email: email.to_owned(), password: Some(PASSWORD.to_owned()), ..UserDraft::default() };
    let user = records.create_user(draft, &town.actor).await.unwrap();
    if role.is_none() {
        return user;
    }
    records.set_role(email, "ville", role, &town.actor).await.unwrap()
}

fn invitation(email: &str, role: Role) -> InvitationDraft {
    InvitationDraft::Join { email: email.to_owned(), organization: "ville".to_owned(), role }
}

fn with_password() -> Acceptance {
    Acceptance { name: "Paul".to_owned(), password: Some("les poules du couvent".to_owned()) }
}

async fn a_session_is_found_by_its_secret_until_it_ends(town: Town) {
    let marie = person(&town, "marie@example.org", None).await;
    let records = &town.platform.records;
    let limits = SessionLimits::default();
    let new = records.start_session(marie.id, Means::Password, "Firefox\r\n", "192.0.2.1").await.unwrap();
    let (session, user) = records.session(&new.secret, &limits).await.unwrap().unwrap();
    assert_eq!((session.clone(), user), (new.session.clone(), marie.clone()));
    assert_eq!(session.device, "Firefox");
    for wrong in ["", "0", &"0".repeat(64), &new.secret.to_uppercase(), &new.secret[1..]] {
        assert!(records.session(wrong, &limits).await.unwrap().is_none(), "{wrong}");
    }
    let other = person(&town, "paul@example.org", None).await;
    let stolen = records.end_session(other.id, session.id).await;
    assert!(matches!(stolen, Err(Error::NotFound { .. })), "nobody ends the session of another: {stolen:?}");
    assert_eq!(records.sessions(marie.id, &limits).await.unwrap(), std::slice::from_ref(&session));
    records.end_session(marie.id, session.id).await.unwrap();
    assert!(records.session(&new.secret, &limits).await.unwrap().is_none());
    let kept = records.start_session(marie.id, Means::Link, "", "").await.unwrap();
    records.remove_user("marie@example.org", &town.actor).await.unwrap();
    assert!(records.session(&kept.secret, &limits).await.unwrap().is_none(), "who is removed is signed out");
    town.close().await;
}

async fn a_session_ends_unused_or_old(town: Town) {
    let marie = person(&town, "marie@example.org", None).await;
    let records = &town.platform.records;
    let new = records.start_session(marie.id, Means::Passkey, "", "").await.unwrap();
    let unused = SessionLimits { idle: Duration::ZERO, ..SessionLimits::default() };
    let old = SessionLimits { absolute: Duration::ZERO, ..SessionLimits::default() };
    for limits in [unused, old] {
        assert!(records.session(&new.secret, &limits).await.unwrap().is_none());
        assert_eq!(records.sessions(marie.id, &limits).await.unwrap(), []);
    }
    assert_eq!(records.sweep_sessions(&SessionLimits::default()).await.unwrap(), 0);
    assert_eq!(records.sweep_sessions(&unused).await.unwrap(), 1);
    assert!(records.session(&new.secret, &SessionLimits::default()).await.unwrap().is_none());
    town.close().await;
}

async fn a_new_password_ends_other_sessions(town: Town) {
    let marie = person(&town, "marie@example.org", None).await;
    let records = &town.platform.records;
    let limits = SessionLimits::default();
    let kept = records.start_session(marie.id, Means::Password, "", "").await.unwrap();
    let other = records.start_session(marie.id, Means::Password, "", "").await.unwrap();
    let (id, actor) = (marie.id.to_string(), Actor::user(&marie));
    records.set_password(&id, "une tout autre phrase".into(), Some(kept.session.id), &actor).await.unwrap();
    assert!(records.session(&kept.secret, &limits).await.unwrap().is_some());
    assert!(records.session(&other.secret, &limits).await.unwrap().is_none());
    let paul = person(&town, "paul@example.org", None).await;
    let outcome = records.set_password(&id, "encore une autre phrase".into(), None, &Actor::user(&paul)).await;
    assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{outcome:?}");
    town.close().await;
}

async fn an_invitation_makes_a_member_once(town: Town) {
    let ville = town.organization("Ville").await;
    let administrator = person(&town, "marie@example.org", Some(Role::Administrator)).await;
    let records = &town.platform.records;
    let actor = Actor::user(&administrator);
    let new = records.invite(invitation(" Paul@Example.org", Role::Contributor), LATER, &actor).await.unwrap();
    assert_eq!(new.invitation.email, "paul@example.org");
    assert_eq!(records.open_invitations(ville.id).await.unwrap(), std::slice::from_ref(&new.invitation));
    for weak in [None, Some("court".to_owned()), Some("motdepasse123".to_owned())] {
        let acceptance = Acceptance { password: weak, ..Acceptance::default() };
        let outcome = records.use_invitation(&new.secret, acceptance, None).await;
        assert!(matches!(outcome, Err(Error::Invalid { field: "password", .. })), "{outcome:?}");
    }
    let used = records.use_invitation(&new.secret, with_password(), None).await.unwrap();
    assert!(used.lets_in);
    assert_eq!((used.user.name.as_str(), used.user.role_in(ville.id)), ("Paul", Some(Role::Contributor)));
    let again = records.use_invitation(&new.secret, with_password(), None).await;
    assert!(matches!(again, Err(Error::NotFound { .. })), "{again:?}");
    assert_eq!(records.open_invitations(ville.id).await.unwrap(), []);
    let welcome = records.sign_in("paul@example.org", "les poules du couvent", None).await.unwrap();
    assert_eq!(welcome.user(), Some(used.user));
    town.close().await;
}

async fn an_invitation_of_somebody_known_waits_for_them(town: Town) {
    let ville = town.organization("Ville").await;
    let paul = person(&town, "paul@example.org", None).await;
    let other = person(&town, "marie@example.org", Some(Role::Publisher)).await;
    let records = &town.platform.records;
    let new = records.invite(invitation("paul@example.org", Role::Reader), LATER, &town.actor).await.unwrap();
    for by in [None, Some(Actor::user(&other)), Some(Actor::command_line())] {
        let outcome = records.use_invitation(&new.secret, with_password(), by.as_ref()).await;
        assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{outcome:?}");
    }
    let used = records.use_invitation(&new.secret, Acceptance::default(), Some(&Actor::user(&paul))).await.unwrap();
    assert!(!used.lets_in, "the link was shown to who made it: it opens no account that there was");
    assert_eq!(used.user.role_in(ville.id), Some(Role::Reader));
    assert!(records.sign_in("paul@example.org", PASSWORD, None).await.unwrap().user().is_some());
    // An invitation raises, and never lowers.
    let lower = records.invite(invitation("marie@example.org", Role::Reader), LATER, &town.actor).await.unwrap();
    let used = records.use_invitation(&lower.secret, Acceptance::default(), Some(&Actor::user(&other))).await.unwrap();
    assert_eq!(used.user.role_in(ville.id), Some(Role::Publisher));
    town.close().await;
}

async fn an_invitation_can_be_revoked_and_expires(town: Town) {
    let ville = town.organization("Ville").await;
    let records = &town.platform.records;
    let late = records.invite(invitation("a@example.org", Role::Reader), Duration::ZERO, &town.actor).await.unwrap();
    assert!(records.open_invitation(&late.secret).await.unwrap().is_none());
    let revoked = records.invite(invitation("b@example.org", Role::Reader), LATER, &town.actor).await.unwrap();
    assert!(records.open_invitation(&revoked.secret).await.unwrap().is_some());
    let replaced = revoked;
    let revoked = records.invite(invitation("b@example.org", Role::Reader), LATER, &town.actor).await.unwrap();
    assert!(records.open_invitation(&replaced.secret).await.unwrap().is_none(), "a newer link takes its place");
    records.revoke_invitation(ville.id, revoked.invitation.id, &town.actor).await.unwrap();
    for secret in [&late.secret, &replaced.secret, &revoked.secret, "", "nothing"] {
        let outcome = records.use_invitation(secret, with_password(), None).await;
        assert!(matches!(outcome, Err(Error::NotFound { .. })), "{outcome:?}");
    }
    assert_eq!(records.users(Page::WHOLE).await.unwrap().total, 0);
    town.close().await;
}

async fn a_link_signs_in_or_replaces_a_password_once(town: Town) {
    let marie = person(&town, "marie@example.org", None).await;
    let records = &town.platform.records;
    let draft = InvitationDraft::SignIn { account: "marie@example.org".to_owned() };
    let link = records.invite(draft.clone(), LATER, &town.actor).await.unwrap();
    assert_eq!(link.invitation.purpose, Purpose::SignIn { account: marie.id });
    let used = records.use_invitation(&link.secret, Acceptance::default(), None).await.unwrap();
    assert_eq!((used.user.id, used.lets_in), (marie.id, true));
    assert!(records.use_invitation(&link.secret, Acceptance::default(), None).await.is_err());
    let outcome = records.invite(draft, LATER, &Actor::user(&marie)).await;
    assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{outcome:?}");

    assert!(records.invite_to_reset("personne@example.org", LATER).await.unwrap().is_none());
    let (link, user) = records.invite_to_reset("Marie@example.org ", LATER).await.unwrap().unwrap();
    assert_eq!(user.id, marie.id);
    let session = records.start_session(marie.id, Means::Password, "", "").await.unwrap();
    records.use_invitation(&link.secret, with_password(), None).await.unwrap();
    assert!(records.session(&session.secret, &SessionLimits::default()).await.unwrap().is_none());
    assert_eq!(records.sign_in("marie@example.org", PASSWORD, None).await.unwrap(), SignIn::Wrong);
    assert!(records.sign_in("marie@example.org", "les poules du couvent", None).await.unwrap().user().is_some());
    town.close().await;
}

async fn who_administers_one_organization_invites_for_no_other(town: Town) {
    town.organization("Ville").await;
    let autre = town.organization("Autre").await;
    let marie = person(&town, "marie@example.org", Some(Role::Administrator)).await;
    let publisher = person(&town, "paul@example.org", Some(Role::Publisher)).await;
    let records = &town.platform.records;
    let elsewhere = InvitationDraft::Join { email: "a@b.fr".into(), organization: "autre".into(), role: Role::Reader };
    let password = InvitationDraft::Password { account: "paul@example.org".into() };
    for (draft, actor) in [
        (elsewhere.clone(), Actor::user(&marie)),
        (password, Actor::user(&marie)),
        (invitation("a@b.fr", Role::Reader), Actor::user(&publisher)),
    ] {
        let outcome = records.invite(draft, LATER, &actor).await;
        assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{outcome:?}");
    }
    let open = records.invite(elsewhere, LATER, &town.actor).await.unwrap();
    let outcome = records.revoke_invitation(autre.id, open.invitation.id, &Actor::user(&marie)).await;
    assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{outcome:?}");
    town.close().await;
}

async fn an_organization_keeps_an_administrator(town: Town) {
    let ville = town.organization("Ville").await;
    let marie = person(&town, "marie@example.org", Some(Role::Administrator)).await;
    let records = &town.platform.records;
    let actor = Actor::user(&marie);
    for role in [None, Some(Role::Publisher)] {
        let outcome = records.set_role("marie@example.org", "ville", role, &actor).await;
        assert!(matches!(outcome, Err(Error::Conflict { .. })), "{outcome:?}");
    }
    person(&town, "paul@example.org", Some(Role::Administrator)).await;
    records.set_role("marie@example.org", "ville", Some(Role::Publisher), &actor).await.unwrap();
    let members = records.members(ville.id).await.unwrap();
    let members: Vec<_> = members.iter().map(|(user, role)| (user.email.as_str(), *role)).collect();
    assert_eq!(members, [("marie@example.org", Role::Publisher), ("paul@example.org", Role::Administrator)]);
    records.set_role("paul@example.org", "ville", None, &town.actor).await.unwrap();
    town.close().await;
}

async fn guessing_makes_wait_and_a_restart_forgives_nothing(town: Town) {
    person(&town, "marie@example.org", None).await;
    let records = &town.platform.records;
    for email in ["personne@example.org", "marie@example.org"] {
        for _ in 0..5 {
            assert_eq!(records.sign_in(email, "pas le bon du tout", None).await.unwrap(), SignIn::Wrong);
        }
        let waits = records.sign_in(&email.to_uppercase(), PASSWORD, None).await.unwrap();
        assert!(matches!(waits, SignIn::Wait(wait) if wait <= Duration::from_secs(2)), "{waits:?}");
    }
    let again = town.reopened().await;
    let waits = again.records.sign_in("marie@example.org", PASSWORD, None).await.unwrap();
    assert!(matches!(waits, SignIn::Wait(_)), "{waits:?}");
    again.records.close().await.unwrap();
    town.close().await;
}

async fn many_guesses_from_one_address_make_it_wait(town: Town) {
    person(&town, "marie@example.org", None).await;
    let records = &town.platform.records;
    let from: Option<IpAddr> = Some("192.0.2.1".parse().unwrap());
    for number in 0..25 {
        let email = format!("personne{number}@example.org");
        assert_eq!(records.sign_in(&email, "pas le bon du tout", from).await.unwrap(), SignIn::Wrong, "{number}");
    }
    let waits = records.sign_in("marie@example.org", PASSWORD, from).await.unwrap();
    assert!(matches!(waits, SignIn::Wait(_)), "{waits:?}");
    let elsewhere = records.sign_in("marie@example.org", PASSWORD, Some("192.0.2.2".parse().unwrap())).await.unwrap();
    assert!(elsewhere.user().is_some(), "the account itself isn't locked by it");
    town.close().await;
}

async fn a_personal_token_follows_its_owner(town: Town) {
    let ville = town.organization("Ville").await;
    let marie = person(&town, "marie@example.org", Some(Role::Publisher)).await;
    let records = &town.platform.records;
    let actor = Actor::user(&marie);
    let token = |scope| TokenDraft { name: "script".into(), owner: Owner::Person, scope, expires_at: None };
    let new = records.create_token(token(Scope::Publish), &actor).await.unwrap();
    assert_eq!((new.token.account, new.token.organization), (Some(marie.id), None));
    let bearer = records.authenticate(&new.secret).await.unwrap().unwrap();
    assert_eq!(bearer.name(), "user:marie@example.org token:script");
    assert!(bearer.may_publish(ville.id) && !bearer.is_person(marie.id));
    records.set_role("marie@example.org", "ville", Some(Role::Reader), &town.actor).await.unwrap();
    let bearer = records.authenticate(&new.secret).await.unwrap().unwrap();
    assert_eq!(bearer.role_in(ville.id), Some(Role::Reader));
    let other = records.create_token(token(Scope::ReadDrafts), &actor).await.unwrap();
    records.revoke_token(other.token.id, &actor).await.unwrap();
    assert!(records.authenticate(&other.secret).await.unwrap().is_none());
    assert_eq!(records.tokens_of(Owned::ByPerson(marie.id), Page::WHOLE).await.unwrap().total, 2);
    assert_eq!(records.tokens_of(Owned::ByOrganization(ville.id), Page::WHOLE).await.unwrap().total, 0);
    records.remove_user("marie@example.org", &town.actor).await.unwrap();
    assert!(records.authenticate(&new.secret).await.unwrap().is_none());
    town.close().await;
}

async fn a_token_does_not_make_personal_tokens(town: Town) {
    town.organization("Ville").await;
    let marie = person(&town, "marie@example.org", Some(Role::Administrator)).await;
    let records = &town.platform.records;
    let draft = |owner| TokenDraft { name: "x".into(), owner, scope: Scope::Administer, expires_at: None };
    let own = records.create_token(draft(Owner::Person), &Actor::user(&marie)).await.unwrap();
    let bearer = records.authenticate(&own.secret).await.unwrap().unwrap();
    for owner in [Owner::Person, Owner::Installation] {
        let outcome = records.create_token(draft(owner), &bearer).await;
        assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{outcome:?}");
    }
    let outcome = records.set_password(&marie.id.to_string(), "une tout autre phrase".into(), None, &bearer).await;
    assert!(matches!(outcome, Err(Error::Forbidden { .. })), "a token doesn't change how its owner signs in");
    let outcome = records.revoke_token(own.token.id, &bearer).await;
    assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{outcome:?}");
    records.create_token(draft(Owner::Organization("ville".into())), &bearer).await.unwrap();
    town.close().await;
}

async fn nothing_secret_is_in_the_history(town: Town) {
    town.organization("Ville").await;
    let marie = person(&town, "marie@example.org", Some(Role::Administrator)).await;
    let records = &town.platform.records;
    let invited = records.invite(invitation("paul@example.org", Role::Reader), LATER, &town.actor).await.unwrap();
    records.use_invitation(&invited.secret, with_password(), None).await.unwrap();
    let draft = TokenDraft { name: "x".into(), owner: Owner::Person, scope: Scope::Publish, expires_at: None };
    let token = records.create_token(draft, &Actor::user(&marie)).await.unwrap();
    let session = records.start_session(marie.id, Means::Password, "", "").await.unwrap();
    let facts = records.history(HistoryFilter { limit: 100, ..HistoryFilter::default() }).await.unwrap();
    let facts = serde_json::to_string(&facts).unwrap();
    for secret in [PASSWORD, "les poules du couvent", "argon2", &invited.secret, &token.secret, &session.secret] {
        assert!(!facts.contains(secret), "{secret}");
    }
    assert!(facts.contains("invitation-created") && facts.contains("invitation-used"));
    town.close().await;
}
