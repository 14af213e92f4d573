//! The catalogue's records behave the same on both engines.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use catalog::account::{Role, Scope, SignIn};
use catalog::model::{Action, Page};
use catalog::records::{DatasetDraft, HistoryFilter, OrganizationDraft, Owner, TokenDraft, UserDraft};
use catalog::{Actor, Error};
use jiff::{Span, Timestamp};
use support::{Town, on_both_engines};

on_both_engines!(
    organizations_are_kept_and_listed_by_slug,
    slugs_are_unique,
    what_is_wrong_is_refused,
    a_change_appends_what_changed,
    datasets_are_listed_by_change,
    an_organization_with_datasets_stays,
    history_can_be_followed,
    events_are_numbered_without_gaps_by_writers_at_once,
    a_refused_change_leaves_no_fact,
    users_sign_in_with_their_password,
    roles_limit_what_users_may_do,
    tokens_authenticate_until_they_are_revoked,
    tokens_expire,
    everything_is_read_again_by_another_process,
);

async fn organizations_are_kept_and_listed_by_slug(town: Town) {
    let draft = OrganizationDraft {
        name: "Commune de Castelnaudary".into(),
        description: "Pays de *Cocagne*".into(),
        siret: Some("211100763".into()),
        homepage: Some("https://www.ville-castelnaudary.fr".into()),
        email: Some("Mairie@Example.org".into()),
        territory: Some("commune:11076".into()),
        ..OrganizationDraft::default()
    };
    let records = &town.platform.records;
    let created = records.create_organization(draft, &town.actor).await.unwrap();
    assert_eq!(created.slug, "commune-de-castelnaudary");
    assert_eq!(created.email.as_deref(), Some("mairie@example.org"));
    town.organization("Aude").await;
    town.organization("Zèbre-Ville").await;
    assert_eq!(records.organization("commune-de-castelnaudary").await.unwrap(), Some(created.clone()));
    assert_eq!(records.organization(&created.id.to_string()).await.unwrap(), Some(created));
    assert_eq!(records.organization("nulle-part").await.unwrap(), None);
    let second = records.organizations(Page { offset: 1, limit: 1 }).await.unwrap();
    assert_eq!((second.items[0].slug.as_str(), second.total), ("commune-de-castelnaudary", 3));
    town.close().await;
}

async fn slugs_are_unique(town: Town) {
    let own = town.organization("Ville").await;
    assert_eq!(town.organization("Ville").await.slug, "ville-2");
    assert_eq!(town.dataset("ville", "Budget").await.slug, "budget");
    assert_eq!(town.dataset("ville", "Budget").await.slug, "budget-2");
    assert_eq!(town.dataset("ville-2", "Budget !").await.slug, "budget-3");
    let chosen = OrganizationDraft { slug: Some("ville-2".into()), ..OrganizationDraft::from(&own) };
    let outcome = town.platform.records.update_organization("ville", chosen, &town.actor).await;
    assert!(matches!(outcome, Err(Error::Conflict { .. })), "{outcome:?}");
    town.close().await;
}

async fn what_is_wrong_is_refused(town: Town) {
    town.organization("Ville").await;
    let right = DatasetDraft { title: "Arbres".into(), ..DatasetDraft::default() };
    let wrong = [
        DatasetDraft { title: " ".into(), ..right.clone() },
        DatasetDraft { licence: "libre".into(), ..right.clone() },
        DatasetDraft { themes: vec!["VELO".into()], ..right.clone() },
        DatasetDraft { frequency: "souvent".into(), ..right.clone() },
        DatasetDraft { territory: Some("ville:1".into()), ..right.clone() },
        DatasetDraft { years: vec![-3], ..right.clone() },
        DatasetDraft { contact_email: Some("mairie".into()), ..right.clone() },
        DatasetDraft { slug: Some("Été".into()), ..right.clone() },
    ];
    for draft in wrong {
        let outcome = town.platform.records.create_dataset("ville", draft.clone(), &town.actor).await;
        assert!(matches!(outcome, Err(Error::Invalid { .. })), "{draft:?}: {outcome:?}");
    }
    let outcome = town.platform.records.create_dataset("nulle-part", right, &town.actor).await;
    assert!(matches!(outcome, Err(Error::NotFound { .. })), "{outcome:?}");
    assert_eq!(town.platform.records.datasets(Page::default()).await.unwrap().total, 0);
    town.close().await;
}

async fn a_change_appends_what_changed(town: Town) {
    town.organization("Ville").await;
    let dataset = town.dataset("ville", "Arbres").await;
    let records = &town.platform.records;
    let draft = DatasetDraft { licence: "odbl".into(), keywords: vec!["arbre".into()], ..DatasetDraft::from(&dataset) };
    let changed = records.update_dataset("arbres", draft.clone(), &town.actor).await.unwrap();
    assert_eq!(changed.licence, "ODbL-1.0");
    let event = &records.history(HistoryFilter::default()).await.unwrap()[0];
    assert_eq!(
        (event.action, event.subject, event.actor.as_str()),
        (Action::DatasetChanged, dataset.id, "command-line")
    );
    assert_eq!(event.detail["licence"], "ODbL-1.0");
    assert_eq!(event.detail["keywords"][0], "arbre");
    assert!(event.detail.get("title").is_none());
    let before = records.last_event().await.unwrap();
    records.update_dataset("arbres", draft, &town.actor).await.unwrap();
    assert_eq!(records.last_event().await.unwrap(), before, "the same values again are no change");
    town.close().await;
}

async fn datasets_are_listed_by_change(town: Town) {
    let ville = town.organization("Ville").await;
    town.organization("Autre").await;
    for title in ["Un", "Deux", "Trois"] {
        town.dataset("ville", title).await;
    }
    town.dataset("autre", "Quatre").await;
    let records = &town.platform.records;
    let page = records.datasets_of(ville.id, Page { offset: 0, limit: 2 }).await.unwrap();
    let titles: Vec<&str> = page.items.iter().map(|dataset| dataset.title.as_str()).collect();
    assert_eq!((titles, page.total), (vec!["Trois", "Deux"], 3));
    assert_eq!(records.dataset_counts().await.unwrap()[&ville.id], 3);
    let ids: Vec<_> =
        records.datasets(Page::WHOLE).await.unwrap().items.iter().map(|dataset| dataset.id).rev().collect();
    let details = records.dataset_details(&ids).await.unwrap();
    assert_eq!(details.iter().map(|detail| detail.dataset.id).collect::<Vec<_>>(), ids);
    town.close().await;
}

async fn an_organization_with_datasets_stays(town: Town) {
    town.organization("Ville").await;
    town.dataset("ville", "Arbres").await;
    let records = &town.platform.records;
    let outcome = records.remove_organization("ville", &town.actor).await;
    assert!(matches!(outcome, Err(Error::Conflict { .. })), "{outcome:?}");
    records.remove_dataset("arbres", &town.actor).await.unwrap();
    records.remove_organization("ville", &town.actor).await.unwrap();
    assert_eq!(records.organizations(Page::default()).await.unwrap().total, 0);
    let actions: Vec<Action> =
        records.history(HistoryFilter::default()).await.unwrap().iter().map(|event| event.action).collect();
    let expected =
        [Action::OrganizationRemoved, Action::DatasetRemoved, Action::DatasetCreated, Action::OrganizationCreated];
    assert_eq!(actions, expected);
    town.close().await;
}

async fn history_can_be_followed(town: Town) {
    town.organization("Ville").await;
    let first = town.dataset("ville", "Un").await;
    town.dataset("ville", "Deux").await;
    let records = &town.platform.records;
    let ids = |events: Vec<catalog::model::Event>| events.iter().map(|event| event.id).collect::<Vec<_>>();
    let all = HistoryFilter::default();
    assert_eq!(ids(records.history(all).await.unwrap()), [3, 2, 1]);
    assert_eq!(ids(records.history(HistoryFilter { after: Some(1), ..all }).await.unwrap()), [2, 3]);
    assert_eq!(ids(records.history(HistoryFilter { before: Some(3), limit: 1, ..all }).await.unwrap()), [2]);
    assert_eq!(ids(records.history(HistoryFilter { dataset: Some(first.id), ..all }).await.unwrap()), [2]);
    assert_eq!(records.last_event().await.unwrap(), 3);
    town.close().await;
}

async fn events_are_numbered_without_gaps_by_writers_at_once(town: Town) {
    town.organization("Ville").await;
    let writers = (0..12).map(|number| {
        let records = town.platform.records.clone();
        tokio::spawn(async move {
            let draft = DatasetDraft { title: format!("Jeu {}", number % 3), ..DatasetDraft::default() };
            records.create_dataset("ville", draft, &Actor::command_line()).await.unwrap().slug
        })
    });
    let mut slugs = Vec::new();
    for writer in writers {
        slugs.push(writer.await.unwrap());
    }
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), 12);
    let events = town
        .platform
        .records
        .history(HistoryFilter { after: Some(0), limit: 100, ..HistoryFilter::default() })
        .await
        .unwrap();
    assert_eq!(events.iter().map(|event| event.id).collect::<Vec<_>>(), (1..=13).collect::<Vec<_>>());
    town.close().await;
}

async fn a_refused_change_leaves_no_fact(town: Town) {
    town.organization("Ville").await;
    let before = town.platform.records.last_event().await.unwrap();
    let outcome = town.platform.records.create_token(token("x", Some("nulle-part"), None), &town.actor).await;
    assert!(outcome.is_err());
    assert_eq!(town.platform.records.last_event().await.unwrap(), before);
    town.dataset("ville", "Après").await;
    assert_eq!(town.platform.records.last_event().await.unwrap(), before + 1);
    town.close().await;
}

async fn users_sign_in_with_their_password(town: Town) {
    let records = &town.platform.records;
    let password = "correct cheval pile agrafe".to_owned();
    let draft = UserDraft {
        email: "Marie@Example.org".into(),
        name: "Marie".into(),
        password: Some(password.clone()),
        superuser: false,
    };
    let user = records.create_user(draft.clone(), &town.actor).await.unwrap();
    assert_eq!(user.email, "marie@example.org");
    assert_eq!(records.sign_in(" MARIE@example.org", &password, None).await.unwrap().user(), Some(user));
    for (email, password) in [("marie@example.org", "autre chose encore"), ("personne@example.org", &password)] {
        assert_eq!(records.sign_in(email, password, None).await.unwrap(), SignIn::Wrong);
    }
    let again = records.create_user(draft.clone(), &town.actor).await;
    assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
    let weak = UserDraft { email: "b@example.org".into(), password: Some("court".into()), ..draft };
    let outcome = records.create_user(weak, &town.actor).await;
    assert!(matches!(outcome, Err(Error::Invalid { field: "password", .. })), "{outcome:?}");
    let facts = serde_json::to_string(&records.history(HistoryFilter::default()).await.unwrap()).unwrap();
    assert!(!facts.contains("agrafe") && !facts.contains("argon2"));
    records.set_password("marie@example.org", "une autre phrase longue".into(), None, &town.actor).await.unwrap();
    assert_eq!(records.sign_in("marie@example.org", &password, None).await.unwrap(), SignIn::Wrong);
    records.remove_user("marie@example.org", &town.actor).await.unwrap();
    assert!(records.user("marie@example.org").await.unwrap().is_none());
    town.close().await;
}

async fn roles_limit_what_users_may_do(town: Town) {
    let ville = town.organization("Ville").await;
    town.organization("Autre").await;
    let records = &town.platform.records;
    let draft = UserDraft { email: "marie@example.org".into(), ..UserDraft::default() };
    records.create_user(draft, &town.actor).await.unwrap();
    let user = records.set_role("marie@example.org", "ville", Some(Role::Publisher), &town.actor).await.unwrap();
    assert_eq!((user.memberships[0].organization, user.memberships[0].role), (ville.id, Role::Publisher));
    let marie = Actor::user(&user);
    let title = |title: &str| DatasetDraft { title: title.into(), ..DatasetDraft::default() };
    records.create_dataset("ville", title("À moi"), &marie).await.unwrap();
    let elsewhere = records.create_dataset("autre", title("Pas à moi"), &marie).await;
    assert!(matches!(elsewhere, Err(Error::Forbidden { .. })), "{elsewhere:?}");
    let above = records
        .create_organization(OrganizationDraft { name: "X".into(), ..OrganizationDraft::default() }, &marie)
        .await;
    assert!(matches!(above, Err(Error::Forbidden { .. })), "{above:?}");
    let user = records.set_role("marie@example.org", "ville", None, &town.actor).await.unwrap();
    let outcome = records.create_dataset("ville", title("Plus à moi"), &Actor::user(&user)).await;
    assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{outcome:?}");
    town.close().await;
}

/// A token that publishes, for one organisation or for all.
fn token(name: &str, organization: Option<&str>, expires_at: Option<Timestamp>) -> TokenDraft {
    let owner = organization.map_or(Owner::Installation, |slug| Owner::Organization(slug.to_owned()));
    TokenDraft { name: name.to_owned(), owner, scope: Scope::Publish, expires_at }
}

async fn tokens_authenticate_until_they_are_revoked(town: Town) {
    let ville = town.organization("Ville").await;
    let records = &town.platform.records;
    let new = records.create_token(token("robot", Some("ville"), None), &town.actor).await.unwrap();
    let bearer = records.authenticate(&new.secret).await.unwrap().unwrap();
    assert_eq!(bearer.name(), "token:robot");
    assert!(bearer.may_publish(ville.id));
    assert_eq!(bearer.only_organization(), Some(ville.id));
    let kept = records.tokens(Page::default()).await.unwrap();
    assert_eq!((kept.total, kept.items[0].last_used_at.is_some()), (1, true));
    for wrong in ["", "cocagne_", &new.secret[..new.secret.len() - 1], &new.secret.replace("cocagne_", "cocagn__")] {
        assert!(records.authenticate(wrong).await.unwrap().is_none(), "{wrong}");
    }
    let facts = serde_json::to_string(&records.history(HistoryFilter::default()).await.unwrap()).unwrap();
    assert!(!facts.contains(&new.secret));
    records.revoke_token(new.token.id, &town.actor).await.unwrap();
    assert!(records.authenticate(&new.secret).await.unwrap().is_none());
    let other = records.create_token(token("robot", None, None), &town.actor).await.unwrap();
    assert_ne!(other.secret, new.secret);
    let everywhere = records.authenticate(&other.secret).await.unwrap().unwrap();
    assert!(everywhere.may_publish(ville.id) && !everywhere.may_administer());
    town.close().await;
}

async fn tokens_expire(town: Town) {
    town.organization("Ville").await;
    let records = &town.platform.records;
    let past = Timestamp::now() - Span::new().seconds(1);
    let outcome = records.create_token(token("vieux", None, Some(past)), &town.actor).await;
    assert!(matches!(outcome, Err(Error::Invalid { .. })), "{outcome:?}");
    let later = Timestamp::now() + Span::new().hours(1);
    let made = records.create_token(token("jeune", None, Some(later)), &town.actor).await.unwrap();
    assert!(records.authenticate(&made.secret).await.unwrap().is_some());
    assert_eq!(made.token.expires_at.map(Timestamp::as_millisecond), Some(later.as_millisecond()));
    town.close().await;
}

async fn everything_is_read_again_by_another_process(town: Town) {
    town.organization("Ville").await;
    let dataset = town.dataset("ville", "Œuvres d’art — été").await;
    let again = town.reopened().await;
    assert_eq!(again.records.dataset("oeuvres-d-art-ete").await.unwrap(), Some(dataset));
    again.records.close().await.unwrap();
    town.close().await;
}
