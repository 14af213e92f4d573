//! From what comes to what is public, on both engines.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use catalog::account::{Membership, Role, User};
use catalog::draft::{Checking, Description, Draft, DraftChange, DraftState, Edit, Incoming, TableKey, Upload};
use catalog::model::{Action, Organization, SnapshotId};
use catalog::records::HistoryFilter;
use catalog::{Actor, Error};
use jiff::Timestamp;
use personal_data::{Level, Remedy};
use support::{Town, on_both_engines};
use uuid::Uuid;

/// Names and numbers of social security of invented persons.
const PERSONS: &str = "numero,num_secu\n1,1 85 05 78 006 084 91\n2,2 69 05 49 588 157 80\n3,\n";
const TREES: &str = "essence;hauteur;plantation\nChêne;12,5;2001-03-04\nPin;8;2002-01-01\nCèdre;20,25;2003-06-30\n";
const FIRST: TableKey = TableKey { source: 0, table: 0 };

on_both_engines!(
    a_draft_is_published_as_it_came,
    a_draft_is_seen_by_members_only,
    two_tabs_do_not_lose_each_others_work,
    a_contributor_submits_and_a_publisher_decides,
    open_personal_data_holds_a_draft,
    a_remedy_makes_another_file_and_keeps_the_one_that_came,
    a_justification_names_a_person_and_is_recorded,
    a_discarded_draft_takes_its_files_with_it,
    several_files_become_one_dataset,
    what_arrived_in_pieces_becomes_a_draft,
    other_files_take_the_place_of_those_that_came,
    the_check_is_made_again_for_another_program,
    a_file_of_which_a_table_is_left_out_is_not_published_itself,
    nobody_publishes_open_personal_data,
    a_schema_is_kept_with_the_version,
    facts_of_drafts_are_not_for_everybody,
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

async fn begun(town: &Town, name: &str, content: &str, actor: &Actor, organization: &Organization) -> Draft {
    let upload = Upload::bytes(name, content.as_bytes().to_vec());
    town.platform.create_draft(upload, &organization.slug, actor).await.unwrap()
}

async fn edit(town: &Town, draft: &Draft, edits: Vec<Edit>, actor: &Actor) -> catalog::Result<Draft> {
    town.platform.change_draft(draft.id, DraftChange { revision: draft.revision, edits }, actor).await
}

async fn version_of(town: &Town, resource: Uuid) -> catalog::model::Version {
    town.platform.records.resource_detail(resource).await.unwrap().unwrap().version
}

/// What the catalogue would serve under a hash to anybody.
async fn is_served(town: &Town, snapshot: &SnapshotId) -> bool {
    !town.platform.records.versions_of_snapshot(snapshot).await.unwrap().is_empty()
}

async fn a_draft_is_published_as_it_came(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Publisher);
    let draft = begun(&town, "arbres.csv", TREES, &marie, &organization).await;
    assert_eq!(draft.sources[0].tables[0].rows, 3);
    assert!(!is_served(&town, &draft.sources[0].snapshot).await);
    let check = town.platform.checked_draft(draft.id, &marie).await.unwrap();
    assert!(check.table(FIRST).unwrap().personal.iter().all(|finding| finding.level < Level::High));
    let proposal = town.platform.propose_description(draft.id, &marie).await.unwrap();
    let description = proposal.under(Description { title: Some("Arbres".to_owned()), ..Description::default() });
    let draft = edit(&town, &draft, vec![Edit::Describe { description }], &marie).await.unwrap();
    let published = town.platform.publish_draft(draft.id, &marie, |_| {}).await.unwrap();
    let detail = town.platform.records.dataset_detail("arbres").await.unwrap().unwrap();
    assert_eq!(
        (detail.dataset.title.as_str(), detail.dataset.themes.as_slice()),
        ("Arbres", ["ENVI".to_owned()].as_slice())
    );
    let version = version_of(&town, published.resources[0].id).await;
    assert_eq!(version.snapshot, draft.sources[0].snapshot);
    assert_eq!((version.derived_from, version.treatments.len()), (None, 0));
    let draft = town.platform.draft(draft.id, &marie).await.unwrap();
    assert_eq!(draft.state, DraftState::Published { dataset: published.dataset.id });
    let again = town.platform.publish_draft(draft.id, &marie, |_| {}).await;
    assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
    town.close().await;
}

async fn a_draft_is_seen_by_members_only(town: Town) {
    let organization = town.organization("Ville").await;
    let other = town.organization("Ailleurs").await;
    let marie = actor("marie", &organization, Role::Contributor);
    let draft = begun(&town, "arbres.csv", TREES, &marie, &organization).await;
    let stranger = actor("paul", &other, Role::Administrator);
    assert!(matches!(town.platform.draft(draft.id, &stranger).await, Err(Error::NotFound { .. })));
    assert!(matches!(town.platform.check_draft(draft.id, &stranger).await, Err(Error::NotFound { .. })));
    assert!(matches!(town.platform.preview_draft(draft.id, &stranger).await, Err(Error::NotFound { .. })));
    assert!(matches!(town.platform.discard_draft(draft.id, &stranger).await, Err(Error::NotFound { .. })));
    assert!(town.platform.drafts(&stranger).await.unwrap().is_empty());
    let reader = actor("luc", &organization, Role::Reader);
    assert_eq!(town.platform.drafts(&reader).await.unwrap().len(), 1);
    let change = edit(&town, &draft, vec![Edit::Include { table: FIRST, included: false }], &reader).await;
    assert!(matches!(change, Err(Error::Forbidden { .. })), "{change:?}");
    let colleague = actor("jean", &organization, Role::Contributor);
    let change = edit(&town, &draft, vec![Edit::Include { table: FIRST, included: false }], &colleague).await;
    assert!(matches!(change, Err(Error::Forbidden { .. })), "{change:?}");
    let refused = town.platform.create_draft(Upload::bytes("a.csv", TREES.into()), "ville", &reader).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
    town.close().await;
}

async fn two_tabs_do_not_lose_each_others_work(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Contributor);
    let draft = begun(&town, "arbres.csv", TREES, &marie, &organization).await;
    let title = |title: &str| vec![Edit::ResourceTitle { table: FIRST, title: Some(title.to_owned()) }];
    let changed = edit(&town, &draft, title("Un"), &marie).await.unwrap();
    assert_eq!(changed.revision, draft.revision + 1);
    let late = edit(&town, &draft, title("Deux"), &marie).await;
    assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    let kept = town.platform.draft(draft.id, &marie).await.unwrap();
    assert_eq!(kept, changed);
    town.close().await;
}

async fn a_contributor_submits_and_a_publisher_decides(town: Town) {
    let organization = town.organization("Ville").await;
    let (marie, paul) =
        (actor("marie", &organization, Role::Contributor), actor("paul", &organization, Role::Publisher));
    let draft = begun(&town, "arbres.csv", TREES, &marie, &organization).await;
    let published = town.platform.publish_draft(draft.id, &marie, |_| {}).await;
    assert!(matches!(published, Err(Error::Forbidden { .. })), "{published:?}");
    let draft = town.platform.submit_draft(draft.id, &marie).await.unwrap();
    assert_eq!(draft.state, DraftState::Submitted);
    assert!(matches!(town.platform.submit_draft(draft.id, &marie).await, Err(Error::Conflict { .. })));
    assert!(matches!(town.platform.return_draft(draft.id, "Titre", &marie).await, Err(Error::Forbidden { .. })));
    let draft = town.platform.return_draft(draft.id, "Précisez le titre", &paul).await.unwrap();
    assert_eq!(draft.state, DraftState::Returned { note: "Précisez le titre".to_owned() });
    let description = Description { title: Some("Arbres remarquables".to_owned()), ..Description::default() };
    let draft = edit(&town, &draft, vec![Edit::Describe { description }], &marie).await.unwrap();
    assert_eq!(draft.state, DraftState::Editing);
    let draft = town.platform.submit_draft(draft.id, &marie).await.unwrap();
    let published = town.platform.publish_draft(draft.id, &paul, |_| {}).await.unwrap();
    assert_eq!(published.dataset.slug, "arbres-remarquables");
    town.close().await;
}

async fn open_personal_data_holds_a_draft(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Publisher);
    let draft = begun(&town, "usagers.csv", PERSONS, &marie, &organization).await;
    for outcome in [
        town.platform.submit_draft(draft.id, &marie).await.map(|_| ()),
        town.platform.publish_draft(draft.id, &marie, |_| {}).await.map(|_| ()),
    ] {
        let Err(Error::PersonalData { findings }) = outcome else { panic!("{outcome:?}") };
        assert_eq!(findings[0].finding.id, "nir:num_secu");
    }
    assert!(town.platform.records.datasets(catalog::model::Page::WHOLE).await.unwrap().items.is_empty());
    town.close().await;
}

async fn a_remedy_makes_another_file_and_keeps_the_one_that_came(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Publisher);
    let draft = begun(&town, "usagers.csv", PERSONS, &marie, &organization).await;
    let came = draft.sources[0].snapshot.clone();
    let remedy = Edit::Remedy { table: FIRST, finding: "nir:num_secu".to_owned(), remedy: Some(Remedy::Remove) };
    let draft = edit(&town, &draft, vec![remedy], &marie).await.unwrap();
    let preview = town.platform.preview_draft(draft.id, &marie).await.unwrap();
    assert_ne!(preview[0].snapshot, came);
    assert!(!is_served(&town, &preview[0].snapshot).await);
    // What was made to be looked at is needed as long as the draft is there.
    let needed = town.platform.records.snapshots().await.unwrap();
    assert!(needed.contains(&preview[0].snapshot) && needed.contains(&came));
    let published = town.platform.publish_draft(draft.id, &marie, |_| {}).await.unwrap();
    let version = version_of(&town, published.resources[0].id).await;
    assert_eq!((&version.snapshot, &version.derived_from), (&preview[0].snapshot, &Some(came.clone())));
    assert_eq!((version.rows, version.columns), (Some(3), Some(1)));
    assert_eq!(version.treatments.len(), 1);
    let source = town.platform.store.source(&version.snapshot).await.unwrap();
    assert_eq!(std::fs::read_to_string(source.local_path().unwrap()).unwrap(), "numero\n1\n2\n3\n");
    // The file that came is kept, and given to nobody.
    assert!(!is_served(&town, &came).await);
    town.platform.discard_draft(draft.id, &marie).await.unwrap();
    let needed = town.platform.records.snapshots().await.unwrap();
    town.platform.store.sweep(&needed, std::time::Duration::ZERO).await.unwrap();
    let kept = town.platform.store.source(&came).await.unwrap();
    assert_eq!(std::fs::read(kept.local_path().unwrap()).unwrap(), PERSONS.as_bytes());
    assert!(town.platform.verify(&|_| {}).await.unwrap().is_clean());
    town.close().await;
}

async fn a_justification_names_a_person_and_is_recorded(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Publisher);
    let draft = begun(&town, "usagers.csv", PERSONS, &marie, &organization).await;
    let justify = |person: &str, reason: &str| {
        let (person, reason) = (person.to_owned(), reason.to_owned());
        vec![Edit::Justify { table: FIRST, finding: "nir:num_secu".to_owned(), person, reason }]
    };
    for wrong in [justify("", "Numéros inventés pour un exercice"), justify("Marie Curie", "ok")] {
        assert!(matches!(edit(&town, &draft, wrong, &marie).await, Err(Error::Invalid { .. })));
    }
    let said = justify("Marie Curie", "Numéros inventés pour un exercice");
    let draft = edit(&town, &draft, said, &marie).await.unwrap();
    let published = town.platform.publish_draft(draft.id, &marie, |_| {}).await.unwrap();
    let version = version_of(&town, published.resources[0].id).await;
    assert_eq!(version.justifications[0].person, "Marie Curie");
    let all = HistoryFilter { private: true, ..HistoryFilter::default() };
    let facts = town.platform.records.history(all).await.unwrap();
    let recorded = facts.iter().find(|fact| fact.action == Action::PersonalDataJustified).unwrap();
    assert_eq!(recorded.detail["person"], "Marie Curie");
    let public = town.platform.records.history(HistoryFilter::default()).await.unwrap();
    let told = serde_json::to_string(&public).unwrap();
    assert!(!told.contains("Curie"), "{told}");
    town.close().await;
}

async fn a_discarded_draft_takes_its_files_with_it(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Contributor);
    let draft = begun(&town, "arbres.csv", TREES, &marie, &organization).await;
    let sweep = async || {
        let needed = town.platform.records.snapshots().await.unwrap();
        town.platform.store.sweep(&needed, std::time::Duration::ZERO).await.unwrap().snapshots
    };
    assert!(sweep().await.is_empty());
    town.platform.discard_draft(draft.id, &marie).await.unwrap();
    assert_eq!(sweep().await, [draft.sources[0].snapshot.clone()]);
    assert!(matches!(town.platform.draft(draft.id, &marie).await, Err(Error::NotFound { .. })));
    town.close().await;
}

async fn several_files_become_one_dataset(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Publisher);
    let file = |name: &str, content: &str| Incoming::Bytes { name: name.to_owned(), content: content.into() };
    let files = vec![file("arbres.csv", TREES), file("bancs.csv", "rue,bancs\nRue Haute,3\nRue Basse,4\n")];
    let draft = town.platform.create_draft(Upload { files, ..Upload::default() }, "ville", &marie).await.unwrap();
    assert_eq!(draft.tables().count(), 2);
    let description = Description { title: Some("Espace public".to_owned()), ..Description::default() };
    let draft = edit(&town, &draft, vec![Edit::Describe { description }], &marie).await.unwrap();
    let published = town.platform.publish_draft(draft.id, &marie, |_| {}).await.unwrap();
    let titles: Vec<&str> = published.resources.iter().map(|resource| resource.title.as_str()).collect();
    assert_eq!((published.dataset.slug.as_str(), titles), ("espace-public", vec!["Arbres", "Bancs"]));
    town.close().await;
}

async fn what_arrived_in_pieces_becomes_a_draft(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Contributor);
    let named = [("filename".to_owned(), "arbres.csv".to_owned())].into();
    let arriving = town.platform.uploads.create(marie.name(), TREES.len() as u64, named).await.unwrap();
    let (first, rest) = TREES.as_bytes().split_at(30);
    let piece =
        |bytes: &[u8]| futures::stream::iter([Ok::<_, std::convert::Infallible>(bytes::Bytes::copy_from_slice(bytes))]);
    town.platform.uploads.append(arriving.id, marie.name(), 0, piece(first)).await.unwrap();
    let early = town.platform.create_draft(Upload::uploaded(arriving.id), "ville", &marie).await;
    assert!(matches!(early, Err(Error::Conflict { .. })), "{early:?}");
    town.platform.uploads.append(arriving.id, marie.name(), 30, piece(rest)).await.unwrap();
    let paul = actor("paul", &organization, Role::Contributor);
    let other = town.platform.create_draft(Upload::uploaded(arriving.id), "ville", &paul).await;
    assert!(matches!(other, Err(Error::NotFound { .. })), "{other:?}");
    let draft = town.platform.create_draft(Upload::uploaded(arriving.id), "ville", &marie).await.unwrap();
    assert_eq!((draft.sources[0].file_name.as_str(), draft.sources[0].tables[0].rows), ("arbres.csv", 3));
    assert!(town.names_in("uploads").is_empty());
    town.close().await;
}

async fn other_files_take_the_place_of_those_that_came(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Contributor);
    let draft = begun(&town, "arbres.csv", TREES, &marie, &organization).await;
    let title = vec![Edit::ResourceTitle { table: FIRST, title: Some("Arbres".to_owned()) }];
    let draft = edit(&town, &draft, title, &marie).await.unwrap();
    let corrected = TREES.replace("Pin", "Pin parasol");
    let files = vec![Incoming::Bytes { name: "arbres2.csv".to_owned(), content: corrected.into_bytes() }];
    let replaced = town.platform.replace_draft_files(draft.id, draft.revision, files.clone(), &marie).await.unwrap();
    assert_eq!(replaced.choices.table(FIRST).unwrap().title.as_deref(), Some("Arbres"));
    let late = town.platform.replace_draft_files(draft.id, draft.revision, files, &marie).await;
    assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    let needed = town.platform.records.snapshots().await.unwrap();
    assert!(!needed.contains(&draft.sources[0].snapshot) && needed.contains(&replaced.sources[0].snapshot));
    town.close().await;
}

async fn the_check_is_made_again_for_another_program(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Contributor);
    let draft = begun(&town, "usagers.csv", PERSONS, &marie, &organization).await;
    let first = town.platform.checked_draft(draft.id, &marie).await.unwrap();
    // Kept: another program has it at once.
    let other = town.reopened().await;
    let Checking::Done(kept) = other.check_draft(draft.id, &marie).await.unwrap() else { panic!("checked again") };
    assert_eq!(kept, first);
    // Another title may be another ground: checked anew.
    let description = Description { title: Some("Élus".to_owned()), ..Description::default() };
    let draft = edit(&town, &draft, vec![Edit::Describe { description }], &marie).await.unwrap();
    let again = other.checked_draft(draft.id, &marie).await.unwrap();
    assert!(again.made_at > first.made_at);
    other.records.close().await.unwrap();
    town.close().await;
}

async fn a_file_of_which_a_table_is_left_out_is_not_published_itself(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Publisher);
    let file = |name: &str, content: &str| Incoming::Bytes { name: name.to_owned(), content: content.into() };
    let files = vec![file("arbres.csv", TREES), file("usagers.csv", PERSONS)];
    let draft = town.platform.create_draft(Upload { files, ..Upload::default() }, "ville", &marie).await.unwrap();
    let left_out = Edit::Include { table: TableKey { source: 1, table: 0 }, included: false };
    let draft = edit(&town, &draft, vec![left_out], &marie).await.unwrap();
    let published = town.platform.publish_draft(draft.id, &marie, |_| {}).await.unwrap();
    assert_eq!(published.resources.len(), 1);
    assert!(!is_served(&town, &draft.sources[1].snapshot).await);
    town.close().await;
}

async fn nobody_publishes_open_personal_data(town: Town) {
    town.organization("Ville").await;
    let publication = town.publication("usagers.csv", PERSONS);
    let refused = town.publish(publication.clone()).await;
    let Err(Error::PersonalData { findings }) = refused else { panic!("{refused:?}") };
    assert_eq!((findings[0].finding.id.as_str(), findings[0].finding.rows), ("nir:num_secu", 2));
    assert!(town.names_in("snapshots").is_empty());
    let cleaned =
        catalog::Publication { remedies: [("nir:num_secu".to_owned(), Remedy::Mask)].into(), ..publication.clone() };
    let published = town.publish(cleaned).await.unwrap();
    let version = version_of(&town, published.resources[0].id).await;
    assert_eq!((version.columns, version.treatments.len()), (Some(2), 1));
    assert!(!is_served(&town, version.derived_from.as_ref().unwrap()).await);
    // The same bytes were looked at before: the gate is as strict.
    assert!(matches!(town.publish(publication.clone()).await, Err(Error::PersonalData { .. })));
    let justification = catalog::publish::Justification {
        finding: "nir:num_secu".to_owned(),
        person: "Marie Curie".to_owned(),
        reason: "Numéros inventés pour un exercice".to_owned(),
    };
    let justified = catalog::Publication { justifications: vec![justification], ..publication };
    let published = town.publish(justified).await.unwrap();
    assert_eq!(version_of(&town, published.resources[0].id).await.justifications.len(), 1);
    town.close().await;
}

async fn a_schema_is_kept_with_the_version(town: Town) {
    town.organization("Ville").await;
    let csv = "COLL_NOM,COLL_SIRET,PRENOM_SEXE,PRENOM,NOMBRE_OCCURRENCES\nVille,21110076300015,F,Emma,12\n";
    let mut publication = town.publication("prenoms.csv", csv);
    publication.schema = Some("scdl/prenoms".to_owned());
    let published = town.publish(publication.clone()).await.unwrap();
    let schema = version_of(&town, published.resources[0].id).await.schema.unwrap();
    assert_eq!(schema.name, "scdl/prenoms");
    assert_eq!(schema.valid, schema.errors == 0);
    publication.schema = Some("scdl/nothing-of-this-name".to_owned());
    let refused = town.publish(publication).await;
    assert!(matches!(refused, Err(Error::Schema { .. })), "{refused:?}");
    town.close().await;
}

async fn facts_of_drafts_are_not_for_everybody(town: Town) {
    let organization = town.organization("Ville").await;
    let marie = actor("marie", &organization, Role::Publisher);
    let draft = begun(&town, "arbres.csv", TREES, &marie, &organization).await;
    town.platform.publish_draft(draft.id, &marie, |_| {}).await.unwrap();
    let public = town.platform.records.history(HistoryFilter::default()).await.unwrap();
    assert!(public.iter().all(|fact| !Action::PRIVATE.contains(&fact.action)), "{public:?}");
    let own = HistoryFilter { subject: Some(draft.id), private: true, ..HistoryFilter::default() };
    let actions: Vec<Action> =
        town.platform.records.history(own).await.unwrap().iter().map(|fact| fact.action).collect();
    assert_eq!(actions, [Action::DraftPublished, Action::DraftCreated]);
    town.close().await;
}
