//! From a file to the catalogue, on both engines.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use catalog::account::Scope;
use catalog::model::{Action, Page};
use catalog::records::{HistoryFilter, Owner, TokenDraft};
use catalog::{Error, Publication};
use support::{Town, on_both_engines};

const TREES: &str = "essence;hauteur;plantation\nChêne;12,5;2001-03-04\nPin;8;2002-01-01\nCèdre;20,25;2003-06-30\n";
const MORE_TREES: &str =
    "essence;hauteur;plantation\nChêne;12,5;2001-03-04\nPin;8;2002-01-01\nCèdre;20,25;2003-06-30\nIf;3;2004-01-01\n";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

on_both_engines!(
    a_file_becomes_a_dataset,
    the_same_bytes_again_change_nothing,
    a_new_file_of_the_same_name_is_a_new_version,
    a_resource_can_be_named,
    another_file_is_another_resource,
    a_document_is_published_as_it_is,
    what_cannot_be_read_leaves_no_trace,
    what_is_refused_is_refused_before_any_work,
    an_organization_is_needed,
    a_token_publishes_for_its_organization_only,
    what_is_said_of_a_dataset_can_be_changed_while_publishing,
    a_removed_dataset_takes_its_snapshots_with_it,
    the_output_has_the_promised_form,
    the_codes_of_a_file_tell_its_territory_unless_its_publisher_did,
);

async fn a_file_becomes_a_dataset(town: Town) {
    town.organization("Ville").await;
    let published = town.publish(town.publication("VilleMTP_MTP_ArbresRemarq.csv", TREES)).await.unwrap();
    assert_eq!(published.dataset.slug, "arbres-remarq");
    assert_eq!(published.resources[0].rows, Some(3));
    let names: Vec<&str> = published.resources[0].columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["essence", "hauteur", "plantation"]);
    let detail = town.platform.records.dataset_detail("arbres-remarq").await.unwrap().unwrap();
    assert_eq!(detail.dataset.title, "Arbres remarq");
    assert_eq!(detail.dataset.licence, "etalab-2.0");
    assert_eq!(detail.dataset.years, [2001, 2002, 2003]);
    let version = &detail.resources[0].version;
    assert_eq!((version.number, version.table, version.rows, version.columns), (1, Some(0), Some(3), Some(3)));
    assert_eq!((version.file_name.as_str(), version.format.as_str()), ("VilleMTP_MTP_ArbresRemarq.csv", "csv"));
    assert_eq!(version.file_size, i64::try_from(TREES.len()).unwrap());
    let folder = town.platform.store.table_folder(&version.snapshot, 0).await.unwrap();
    for file in ["table.parquet", "exceptions.parquet", "profile.json"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
    let source = town.platform.store.source(&version.snapshot).await.unwrap();
    assert_eq!(std::fs::read(source.local_path().unwrap()).unwrap(), TREES.as_bytes());
    let resource = town.platform.records.resource_detail(published.resources[0].id).await.unwrap().unwrap();
    assert_eq!(resource, detail.resources[0]);
    assert!(town.names_in("staging").is_empty());
    town.close().await;
}

async fn the_same_bytes_again_change_nothing(town: Town) {
    town.organization("Ville").await;
    let first = town.publish(town.publication("arbres.csv", TREES)).await.unwrap();
    let before = town.platform.records.last_event().await.unwrap();
    let second = town.publish(town.publication("arbres.csv", TREES)).await.unwrap();
    assert_eq!(second.resources, first.resources);
    assert!(second.warnings.iter().any(|warning| warning.code == "unchanged"), "{:?}", second.warnings);
    assert_eq!(town.platform.records.last_event().await.unwrap(), before);
    assert_eq!(town.names_in("snapshots").len(), 1);
    town.close().await;
}

async fn a_new_file_of_the_same_name_is_a_new_version(town: Town) {
    town.organization("Ville").await;
    let first = town.publish(town.publication("arbres.csv", TREES)).await.unwrap();
    let second = town.publish(town.publication("arbres.csv", MORE_TREES)).await.unwrap();
    assert_eq!(second.resources[0].id, first.resources[0].id);
    assert_ne!(second.resources[0].snapshot, first.resources[0].snapshot);
    let records = &town.platform.records;
    let versions = records.versions(first.resources[0].id).await.unwrap();
    assert_eq!(
        versions.iter().map(|version| (version.number, version.rows)).collect::<Vec<_>>(),
        [(2, Some(4)), (1, Some(3))]
    );
    assert!(town.platform.store.table_folder(&versions[1].snapshot, 0).await.is_ok(), "old versions stay");
    assert_eq!(records.version(first.resources[0].id, 1).await.unwrap().as_ref(), Some(&versions[1]));
    assert_eq!(records.versions_of_snapshot(&versions[1].snapshot).await.unwrap(), versions[1..]);
    // Going back to the first file is a third version of the first snapshot.
    let third = town.publish(town.publication("arbres.csv", TREES)).await.unwrap();
    assert_eq!(third.resources[0].snapshot, first.resources[0].snapshot);
    assert_eq!(records.versions(first.resources[0].id).await.unwrap().len(), 3);
    town.close().await;
}

async fn a_resource_can_be_named(town: Town) {
    town.organization("Ville").await;
    let first = town.publish(town.publication("arbres.csv", TREES)).await.unwrap();
    let id = first.resources[0].id;
    let named = Publication {
        dataset: Some("arbres".into()),
        resource: Some(id),
        ..town.publication("Export 2024 (définitif).csv", MORE_TREES)
    };
    let second = town.publish(named.clone()).await.unwrap();
    assert_eq!((second.resources[0].id, second.resources[0].title.as_str()), (id, "Arbres"));
    let unknown = Publication { resource: Some(uuid::Uuid::nil()), ..named };
    let outcome = town.publish(unknown).await;
    assert!(matches!(outcome, Err(Error::NotFound { what: "resource", .. })), "{outcome:?}");
    town.close().await;
}

async fn another_file_is_another_resource(town: Town) {
    town.organization("Ville").await;
    town.publish(town.publication("arbres.csv", TREES)).await.unwrap();
    let other = Publication { dataset: Some("arbres".into()), ..town.publication("haies.csv", MORE_TREES) };
    town.publish(other).await.unwrap();
    let detail = town.platform.records.dataset_detail("arbres").await.unwrap().unwrap();
    let titles: Vec<(&str, i32)> =
        detail.resources.iter().map(|r| (r.resource.title.as_str(), r.resource.position)).collect();
    assert_eq!(titles, [("Arbres", 0), ("Haies", 1)]);
    assert_eq!(detail.dataset.title, "Arbres");
    town.close().await;
}

async fn a_document_is_published_as_it_is(town: Town) {
    town.organization("Ville").await;
    let published = town.publish(town.publication("Délibération 2016-248.pdf", PDF)).await.unwrap();
    assert_eq!(published.resources[0].rows, None);
    let detail = town.platform.records.resource_detail(published.resources[0].id).await.unwrap().unwrap();
    assert_eq!((detail.version.table, detail.version.media_type.as_str()), (None, "application/pdf"));
    assert_eq!(detail.dataset.years, [2016]);
    let lie = town.publish(town.publication("programme.pdf", b"MZ\x90\0\x03\0\0\0")).await;
    assert!(lie.is_err());
    assert_eq!(town.platform.records.datasets(Page::default()).await.unwrap().total, 1);
    town.close().await;
}

async fn what_cannot_be_read_leaves_no_trace(town: Town) {
    town.organization("Ville").await;
    let before = town.platform.records.last_event().await.unwrap();
    let missing = Publication::file(town.folder.path().join("absent.csv"), "absent.csv");
    for publication in
        [town.publication("vide.csv", ""), town.publication("bruit.bin", [0_u8, 1, 2, 255].repeat(100)), missing]
    {
        let outcome = town.publish(publication.clone()).await;
        assert!(outcome.is_err(), "{publication:?}");
    }
    assert_eq!(town.platform.records.last_event().await.unwrap(), before);
    assert!(town.names_in("snapshots").is_empty());
    assert!(town.names_in("staging").is_empty());
    town.close().await;
}

async fn what_is_refused_is_refused_before_any_work(town: Town) {
    town.organization("Ville").await;
    let wrong = Publication { licence: Some("libre".into()), ..Publication::url("http://127.0.0.1:1/x.csv") };
    let outcome = town.publish(wrong).await;
    assert!(matches!(outcome, Err(Error::Invalid { field: "licence", .. })), "{outcome:?}");
    let inside = town.publish(Publication::url("http://127.0.0.1:1/x.csv")).await;
    assert!(matches!(inside, Err(Error::Fetch(_))), "{inside:?}");
    assert!(town.names_in("staging").is_empty());
    town.close().await;
}

async fn an_organization_is_needed(town: Town) {
    let outcome = town.publish(town.publication("arbres.csv", TREES)).await;
    assert!(matches!(outcome, Err(Error::NoOrganization)), "{outcome:?}");
    town.organization("Ville").await;
    town.organization("Autre").await;
    let outcome = town.publish(town.publication("arbres.csv", TREES)).await;
    match outcome {
        Err(Error::WhichOrganization { known }) => assert_eq!(known, ["autre", "ville"]),
        other => panic!("{other:?}"),
    }
    let named = |organization: &str| Publication {
        organization: Some(organization.into()),
        ..town.publication("arbres.csv", TREES)
    };
    let first = town.publish(named("ville")).await.unwrap();
    let second = town.publish(named("autre")).await.unwrap();
    assert_eq!((first.dataset.slug.as_str(), second.dataset.slug.as_str()), ("arbres", "arbres-2"));
    let stolen = Publication { dataset: Some("arbres".into()), ..named("autre") };
    let outcome = town.publish(stolen).await;
    assert!(matches!(outcome, Err(Error::Conflict { .. })), "{outcome:?}");
    town.close().await;
}

async fn a_token_publishes_for_its_organization_only(town: Town) {
    town.organization("Ville").await;
    town.organization("Autre").await;
    let owner = Owner::Organization("ville".to_owned());
    let draft = TokenDraft { name: "robot".to_owned(), owner, scope: Scope::Publish, expires_at: None };
    let token = town.platform.records.create_token(draft, &town.actor).await.unwrap();
    let robot = town.platform.records.authenticate(&token.secret).await.unwrap().unwrap();
    let publication = town.publication("arbres.csv", TREES);
    let published = town.platform.publish(publication.clone(), &robot, |_| {}).await.unwrap();
    let event = &town.platform.records.history(HistoryFilter::default()).await.unwrap()[0];
    assert_eq!((event.action, event.actor.as_str()), (Action::VersionPublished, "token:robot"));
    assert_eq!(event.dataset, Some(published.dataset.id));
    let elsewhere = Publication { organization: Some("autre".into()), ..publication };
    let outcome = town.platform.publish(elsewhere, &robot, |_| {}).await;
    assert!(matches!(outcome, Err(Error::Forbidden { .. })), "{outcome:?}");
    town.close().await;
}

async fn what_is_said_of_a_dataset_can_be_changed_while_publishing(town: Town) {
    town.organization("Ville").await;
    let publication = Publication {
        title: Some("Les arbres".into()),
        dataset: Some("arbres-de-la-ville".into()),
        description: Some("Chaque arbre.".into()),
        themes: Some(vec!["ENVI".into()]),
        years: Some(vec![2024]),
        ..town.publication("arbres.csv", TREES)
    };
    town.publish(publication.clone()).await.unwrap();
    let next = Publication { description: None, keywords: Some(vec!["arbre".into()]), ..publication };
    town.publish(next).await.unwrap();
    let dataset = town.platform.records.dataset("arbres-de-la-ville").await.unwrap().unwrap();
    assert_eq!((dataset.title.as_str(), dataset.description.as_str()), ("Les arbres", "Chaque arbre."));
    assert_eq!(
        (dataset.keywords, dataset.themes, dataset.years),
        (vec!["arbre".to_owned()], vec!["ENVI".to_owned()], vec![2024])
    );
    town.close().await;
}

async fn a_removed_dataset_takes_its_snapshots_with_it(town: Town) {
    town.organization("Ville").await;
    let trees = town.publish(town.publication("arbres.csv", TREES)).await.unwrap();
    town.publish(town.publication("haies.csv", MORE_TREES)).await.unwrap();
    town.platform.records.remove_dataset("arbres", &town.actor).await.unwrap();
    let needed = town.platform.records.snapshots().await.unwrap();
    assert!(!needed.contains(&trees.resources[0].snapshot));
    let report = town.platform.verify(&|_| {}).await.unwrap();
    assert!(report.is_clean());
    assert_eq!(report.orphans, [trees.resources[0].snapshot.clone()]);
    assert!(town.platform.sweep().await.unwrap().snapshots.is_empty(), "too young to be swept");
    let swept = town.platform.store.sweep(&needed, std::time::Duration::ZERO).await.unwrap();
    assert_eq!(swept.snapshots, [trees.resources[0].snapshot.clone()]);
    assert_eq!(town.names_in("snapshots").len(), 1);
    town.close().await;
}

async fn the_output_has_the_promised_form(town: Town) {
    town.organization("Ville").await;
    let published =
        town.publish(town.publication("arbres.csv", TREES)).await.unwrap().with_base("https://data.ville.fr/");
    let json = serde_json::to_value(&published).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&json), ["dataset", "resources", "warnings"]);
    assert_eq!(keys(&json["dataset"]), ["id", "slug", "url"]);
    assert_eq!(keys(&json["resources"][0]), ["id", "title", "snapshot", "rows", "columns", "url"]);
    assert_eq!(
        json["resources"][0]["columns"][1],
        serde_json::json!({"name": "hauteur", "type": "number", "meaning": null})
    );
    assert_eq!(json["dataset"]["url"], "https://data.ville.fr/datasets/arbres");
    let id = published.resources[0].id;
    assert_eq!(json["resources"][0]["url"], format!("https://data.ville.fr/datasets/arbres/resources/{id}"));
    town.close().await;
}

async fn the_codes_of_a_file_tell_its_territory_unless_its_publisher_did(town: Town) {
    town.organization("Castelnaudary").await;
    let territory = async |title: &str, codes: &[&str], said: Option<&str>| {
        let rows: String = codes.iter().cycle().take(30).map(|code| format!("{code},nom\n")).collect();
        let publication = Publication {
            title: Some(title.to_owned()),
            territory: said.map(str::to_owned),
            ..town.publication("lieux.csv", format!("code_insee,nom\n{rows}"))
        };
        let published = town.publish(publication).await.unwrap();
        town.platform.records.dataset(&published.dataset.slug).await.unwrap().unwrap().territory
    };
    assert_eq!(territory("Une", &["11076"], None).await.as_deref(), Some("commune:11076"));
    assert_eq!(territory("Ancienne", &["01144"], None).await.as_deref(), Some("commune:01025"));
    assert_eq!(territory("Plusieurs", &["44109", "44143"], None).await.as_deref(), Some("epci:244400404"));
    assert_eq!(territory("Département", &["34172", "34001", "34300"], None).await.as_deref(), Some("departement:34"));
    assert_eq!(territory("Dit", &["34172"], Some("region:76")).await.as_deref(), Some("region:76"));
    // What was said stays when the file comes again.
    assert_eq!(territory("Dit", &["11076"], None).await.as_deref(), Some("region:76"));
    assert_eq!(territory("Partout", &["11076", "75056"], None).await, None);
    town.close().await;
}
