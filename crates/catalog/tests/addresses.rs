//! A town's own address base, on both engines: begun, kept, published.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use catalog::account::{Membership, Role, User};
use catalog::addresses::{
    Base, BaseDraft, DatasetWords, From, Number, NumberDraft, Position, PositionKind, ProblemKind, Street,
    StreetChange, StreetDraft, StreetEdit, StreetKind, bal,
};
use catalog::model::{Action, Organization};
use catalog::records::{HistoryFilter, OrganizationDraft};
use catalog::{Actor, Error};
use jiff::Timestamp;
use support::{Town, on_both_engines};
use uuid::Uuid;

const FILE: &str = "\
id_ban_commune;id_ban_toponyme;id_ban_adresse;cle_interop;commune_insee;commune_nom;voie_nom;numero;suffixe;position;x;y;long;lat;source;date_der_maj;certification_commune
;;;11076_0123_00001;11076;Castelnaudary;Rue du Four;1;;entrée;;;1.9540000;43.3180000;Ville;2024-01-02;1
;;;11076_0123_00003_bis;11076;Castelnaudary;Rue du Four;3;bis;entrée;;;1.9541000;43.3181000;Ville;2024-01-02;0
;;;11076_0456_00012;11076;Castelnaudary;AV FOCH;12;;;;;;;Ville;2024-01-02;0
;;;11076_b001_99999;11076;Castelnaudary;La Borie;99999;;segment;;;1.9600000;43.3200000;Ville;2024-01-02;1
";

on_both_engines!(
    a_base_is_begun_from_a_file_once,
    only_members_see_a_base_and_only_contributors_change_it,
    a_commune_outside_the_territory_is_refused,
    two_tabs_do_not_lose_each_others_work,
    what_was_removed_comes_back,
    two_streets_become_one,
    a_large_base_is_begun_in_one_go,
    a_base_is_published_and_published_again,
    a_removed_base_makes_room_for_another,
    a_base_is_in_the_backup,
    what_is_published_and_nothing_else_is_searched,
    an_import_does_not_take_the_place_of_what_a_town_published,
);

fn actor(name: &str, organization: &Organization, role: Role) -> Actor {
    Actor::user(&User {
        id: Uuid::now_v7(),
        email: format!("{name}@example.org"),
        name: name.to_owned(),
        superuser: false,
        memberships: vec![Membership { organization: organization.id, role }],
        created_at: Timestamp::UNIX_EPOCH,
    })
}

fn of_castelnaudary(from: From) -> BaseDraft {
    BaseDraft { organization: "ville".to_owned(), commune: "11076".to_owned(), from }
}

/// A base begun from the file, and who may do everything with it.
async fn begun(town: &Town) -> (Base, Actor) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Publisher);
    let path = town.file("bal.csv", FILE);
    let begun = town.platform.begin_addresses(of_castelnaudary(From::File(path)), &marie).await.unwrap();
    assert_eq!((begun.streets, begun.numbers, begun.counted.unreadable), (3, 3, 0));
    (begun.base, marie)
}

async fn street(town: &Town, base: &Base, name: &str) -> Street {
    let lines = town.platform.address_streets(base).await.unwrap();
    let line = lines.iter().find(|line| line.name == name).unwrap();
    town.platform.address_street(base, line.id).await.unwrap()
}

async fn change(
    town: &Town,
    base: &Base,
    street: &Street,
    edits: Vec<StreetEdit>,
    actor: &Actor,
) -> catalog::Result<Street> {
    town.platform.change_street(base, street.id, StreetChange { revision: street.revision, edits }, actor).await
}

fn add(number: u32) -> StreetEdit {
    let position = Position::new(Some(PositionKind::Entrance), 1.9542, 43.3182).unwrap();
    StreetEdit::Add { id: None, number: NumberDraft { positions: vec![position], ..NumberDraft::new(number, "") } }
}

fn fault<T: std::fmt::Debug>(outcome: catalog::Result<T>) -> &'static str {
    match outcome {
        Err(Error::Address(fault)) => fault.code(),
        other => panic!("{other:?}"),
    }
}

fn words() -> DatasetWords {
    DatasetWords {
        title: "Base adresse locale".to_owned(),
        resource: "Adresses".to_owned(),
        description: "Les adresses de la commune.".to_owned(),
        keywords: vec!["adresses".to_owned()],
        person: "Marie".to_owned(),
        ground: "CGCT, article L2121-30".to_owned(),
    }
}

async fn a_base_is_begun_from_a_file_once(town: Town) {
    let (base, marie) = begun(&town).await;
    assert_eq!((base.commune_name.as_str(), base.revision, base.is_ahead()), ("Castelnaudary", 1, true));
    let lines = town.platform.address_streets(&base).await.unwrap();
    let told: Vec<(&str, u32, u32)> =
        lines.iter().map(|line| (line.name.as_str(), line.numbers, line.certified)).collect();
    assert_eq!(told, [("AV FOCH", 1, 0), ("La Borie", 0, 0), ("Rue du Four", 2, 1)]);
    let problems: Vec<ProblemKind> = lines[0].problems.keys().copied().collect();
    assert_eq!(problems, [ProblemKind::NoPosition, ProblemKind::NameStyle]);
    let again = town.platform.begin_addresses(of_castelnaudary(From::Nothing), &marie).await;
    assert_eq!(fault(again), "exists");
    town.close().await;
}

async fn only_members_see_a_base_and_only_contributors_change_it(town: Town) {
    let (base, _) = begun(&town).await;
    let organization = town.platform.records.organization("ville").await.unwrap().unwrap();
    let other = town.organization("Ailleurs").await;
    let stranger = actor("paul", &other, Role::Administrator);
    assert!(matches!(town.platform.address_base("11076", &stranger).await, Err(Error::NotFound { .. })));
    assert!(town.platform.address_bases(&stranger).await.unwrap().is_empty());
    let reader = actor("luc", &organization, Role::Reader);
    assert_eq!(town.platform.address_bases(&reader).await.unwrap(), std::slice::from_ref(&base));
    let draft = StreetDraft::named("Rue Neuve", StreetKind::Street);
    let refused = town.platform.add_street(&base, draft.clone(), &reader).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    let contributor = actor("jean", &organization, Role::Contributor);
    let added = town.platform.add_street(&base, draft, &contributor).await.unwrap();
    assert_eq!(added.code, "y000");
    let refused = town.platform.publish_addresses(&base, words(), &contributor, |_| {}).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    let refused = town.platform.remove_addresses(&base, &contributor).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    let public = town.platform.records.history(HistoryFilter::default()).await.unwrap();
    assert!(public.iter().all(|event| event.subject != base.id), "how a base is made is not for everybody");
    town.close().await;
}

async fn a_commune_outside_the_territory_is_refused(town: Town) {
    let draft = OrganizationDraft {
        name: "Ville".to_owned(),
        territory: Some("commune:11076".to_owned()),
        ..OrganizationDraft::default()
    };
    town.platform.records.create_organization(draft, &town.actor).await.unwrap();
    let begin = |commune: &str| {
        let draft = BaseDraft { commune: commune.to_owned(), ..of_castelnaudary(From::Nothing) };
        town.platform.begin_addresses(draft, &town.actor)
    };
    assert_eq!(fault(begin("11069").await), "territory");
    assert_eq!(fault(begin("99999").await), "commune");
    assert!(begin("11076").await.is_ok());
    town.close().await;
}

async fn two_tabs_do_not_lose_each_others_work(town: Town) {
    let (base, marie) = begun(&town).await;
    let seen = street(&town, &base, "Rue du Four").await;
    let changed = change(&town, &base, &seen, vec![add(5)], &marie).await.unwrap();
    assert_eq!((changed.revision, changed.numbers.len()), (2, 3));
    let late = change(&town, &base, &seen, vec![add(7)], &marie).await;
    assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    let base = town.platform.address_base("11076", &marie).await.unwrap();
    assert_eq!(base.revision, 2);
    let history = town.platform.address_history(&base, None, 10).await.unwrap();
    assert_eq!((history[0].action, history[0].actor.as_str()), (Action::StreetChanged, "user:marie@example.org"));
    assert_eq!(history[0].detail["added"], serde_json::json!(["5"]));
    town.close().await;
}

async fn what_was_removed_comes_back(town: Town) {
    let (base, marie) = begun(&town).await;
    let before = street(&town, &base, "Rue du Four").await;
    let removal = vec![StreetEdit::Remove { ids: vec![before.numbers[1].id] }];
    let after = change(&town, &base, &before, removal, &marie).await.unwrap();
    assert_eq!(after.numbers.len(), 1);
    let last = async || town.platform.address_history(&base, None, 1).await.unwrap()[0].id;
    let back = town.platform.restore_addresses(&base, last().await, &marie).await.unwrap();
    assert_eq!(back.numbers, before.numbers);
    town.platform.remove_street(&base, back.id, back.revision, &marie).await.unwrap();
    let removed = last().await;
    let again = town.platform.restore_addresses(&base, removed, &marie).await.unwrap();
    assert_eq!((again.id, &again.code, &again.numbers), (back.id, &back.code, &back.numbers));
    let twice = town.platform.restore_addresses(&base, removed, &marie).await;
    assert!(matches!(twice, Err(Error::Conflict { .. })), "{twice:?}");
    let nothing = town.platform.restore_addresses(&base, i64::MAX, &marie).await;
    assert!(matches!(nothing, Err(Error::NotFound { .. })), "{nothing:?}");
    town.close().await;
}

async fn two_streets_become_one(town: Town) {
    let (base, marie) = begun(&town).await;
    let (into, from) = (street(&town, &base, "Rue du Four").await, street(&town, &base, "AV FOCH").await);
    let merged = town.platform.merge_streets(&base, into.id, into.revision, from.id, &marie).await.unwrap();
    let labels: Vec<String> = merged.numbers.iter().map(Number::label).collect();
    assert_eq!(labels, ["1", "3 bis", "12"]);
    let gone = town.platform.address_street(&base, from.id).await;
    assert!(matches!(gone, Err(Error::NotFound { .. })), "{gone:?}");
    let itself = town.platform.merge_streets(&base, into.id, merged.revision, into.id, &marie).await;
    assert_eq!(fault(itself), "same-street");
    town.close().await;
}

async fn a_large_base_is_begun_in_one_go(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Publisher);
    let mut file = FILE.lines().next().unwrap().to_owned() + "\n";
    for street in 0..800 {
        for number in 1..=50 {
            let place = format!("1.9{street:03}000;43.31{number:03}00");
            file += &format!(
                ";;;11076_{street:04}_{number:05};11076;Castelnaudary;Rue n° {street};{number};;entrée;;;{place};Ville;2024-01-02;1\n"
            );
        }
    }
    let path = town.file("bal.csv", file);
    let begun = town.platform.begin_addresses(of_castelnaudary(From::File(path)), &marie).await.unwrap();
    assert_eq!((begun.streets, begun.numbers), (800, 40_000));
    let lines = town.platform.address_streets(&begun.base).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.certified).sum::<u32>(), 40_000);
    town.close().await;
}

async fn a_base_is_published_and_published_again(town: Town) {
    let (base, marie) = begun(&town).await;
    let first = town.platform.publish_addresses(&base, words(), &marie, |_| {}).await.unwrap();
    assert!(!first.base.is_ahead());
    let detail = town.platform.records.dataset_detail(&first.published.dataset.slug).await.unwrap().unwrap();
    assert_eq!((detail.dataset.title.as_str(), detail.dataset.licence.as_str()), ("Base adresse locale", "etalab-2.0"));
    assert_eq!(detail.dataset.territory.as_deref(), Some("commune:11076"));
    let version = &detail.resources[0].version;
    assert_eq!((version.number, version.rows), (1, Some(4)));
    let seen = street(&town, &base, "Rue du Four").await;
    change(&town, &base, &seen, vec![add(5)], &marie).await.unwrap();
    let base = town.platform.address_base("11076", &marie).await.unwrap();
    assert!(base.is_ahead());
    let second = town.platform.publish_addresses(&base, words(), &marie, |_| {}).await.unwrap();
    assert_eq!(second.published.resources[0].id, first.published.resources[0].id);
    let detail = town.platform.records.resource_detail(second.published.resources[0].id).await.unwrap().unwrap();
    assert_eq!((detail.version.number, detail.version.rows), (2, Some(5)));
    // What was published is a base again.
    let source = town.platform.store.source(&detail.version.snapshot).await.unwrap();
    let day = jiff::civil::date(2026, 1, 1);
    let reading = bal::of_file(source.local_path().unwrap(), "11076", &[], day).unwrap().unwrap();
    assert_eq!((reading.streets.len(), reading.counted.unreadable), (3, 0));
    town.close().await;
}

async fn a_removed_base_makes_room_for_another(town: Town) {
    let (base, marie) = begun(&town).await;
    town.platform.remove_addresses(&base, &marie).await.unwrap();
    assert!(matches!(town.platform.address_base("11076", &marie).await, Err(Error::NotFound { .. })));
    let begun = town.platform.begin_addresses(of_castelnaudary(From::Nothing), &marie).await.unwrap();
    assert!(town.platform.address_streets(&begun.base).await.unwrap().is_empty());
    let empty = town.platform.publish_addresses(&begun.base, words(), &marie, |_| {}).await;
    assert_eq!(fault(empty), "empty");
    town.close().await;
}

async fn a_base_is_in_the_backup(town: Town) {
    let (base, marie) = begun(&town).await;
    let streets = town.platform.whole_addresses(&base).await.unwrap();
    let folder = town.folder.path().join("backup");
    town.platform.backup(&folder).await.unwrap();
    let other = Town::on_sqlite().await;
    other.platform.restore(&folder).await.unwrap();
    let there = other.platform.address_base("11076", &marie).await.unwrap();
    assert_eq!(there, base);
    assert_eq!(other.platform.whole_addresses(&there).await.unwrap(), streets);
    other.close().await;
    town.close().await;
}

/// Streets and numbers that the index knows of the commune.
fn indexed(town: &Town) -> (u64, u64) {
    let index = geocoder::Geocoder::open(town.platform.geocoder.folder()).current().unwrap();
    catalog::addresses::places::count(&index, "11076")
}

async fn what_is_published_and_nothing_else_is_searched(town: Town) {
    let (base, marie) = begun(&town).await;
    let published = town.platform.publish_addresses(&base, words(), &marie, |_| {}).await.unwrap();
    let seen = street(&town, &base, "Rue du Four").await;
    change(&town, &base, &seen, vec![add(5)], &marie).await.unwrap();
    town.platform.index_addresses(&published.base, |_| ()).await.unwrap();
    // The avenue has no position at all: nobody can be sent there.
    assert_eq!(indexed(&town), (2, 2));
    let base = town.platform.address_base("11076", &marie).await.unwrap();
    let published = town.platform.publish_addresses(&base, words(), &marie, |_| {}).await.unwrap();
    town.platform.index_addresses(&published.base, |_| ()).await.unwrap();
    assert_eq!(indexed(&town), (2, 3));
    town.close().await;
}

async fn an_import_does_not_take_the_place_of_what_a_town_published(town: Town) {
    let (base, marie) = begun(&town).await;
    assert_eq!(town.platform.refresh_published_addresses().await.unwrap(), 0, "nothing is public yet");
    town.platform.publish_addresses(&base, words(), &marie, |_| {}).await.unwrap();
    assert_eq!(town.platform.refresh_published_addresses().await.unwrap(), 1);
    assert_eq!(indexed(&town), (2, 2));
    import(&town, &["11076", "11069"]);
    let other = || {
        catalog::addresses::places::count(
            &geocoder::Geocoder::open(town.platform.geocoder.folder()).current().unwrap(),
            "11069",
        )
    };
    assert_eq!((indexed(&town), other()), ((1, 1), (1, 1)));
    let fresh = geocoder::Geocoder::open(town.platform.geocoder.folder()).current();
    assert!(fresh.is_some());
    assert_eq!(refreshed(&town).await, 1);
    assert_eq!((indexed(&town), other()), ((2, 2), (1, 1)), "the other commune stays as it was imported");
    assert_eq!(refreshed(&town).await, 0);
    town.close().await;
}

/// Refreshes as a program does that was just started: it has no index of before in its hands.
async fn refreshed(town: &Town) -> usize {
    let platform = catalog::Platform::open(town.config.clone()).await.unwrap();
    let count = platform.refresh_published_addresses().await.unwrap();
    platform.records.close().await.unwrap();
    count
}

/// What another program's import leaves: one street with one number in each commune.
fn import(town: &Town, communes: &[&str]) {
    let geocoder = geocoder::Geocoder::open(town.platform.geocoder.folder());
    let scratch = tempfile::tempdir().unwrap();
    let mut builder = geocoder::Builder::new(scratch.path(), geocoder::BuildOptions::default());
    for commune in communes {
        let here = geocoder::Position { lon: 1.95, lat: 43.31 };
        let mut place = geocoder::Place::new(
            geocoder::PlaceKind::Street,
            &format!("{commune}_0001"),
            "Rue Autre",
            commune,
            "Ville",
            here,
        );
        place.numbers.push(geocoder::HouseNumber::new(1, "", here));
        builder.add(&place).unwrap();
    }
    geocoder.finish(builder, &|_| ()).unwrap();
}
