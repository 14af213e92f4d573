//! What is backed up from one engine is restored into another.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use catalog::Error;
use catalog::account::{Role, Scope};
use catalog::records::{InvitationDraft, Owner, TokenDraft, UserDraft};
use support::Town;

/// A town in which everything happened at least once.
async fn fill(town: &Town) {
    town.organization("Ville").await;
    town.publish(town.publication("arbres.csv", "essence,hauteur\nChêne,12.5\nPin,8\n")).await.unwrap();
    town.publish(town.publication("arbres.csv", "essence,hauteur\nChêne,12.5\nPin,8\nIf,3\n")).await.unwrap();
    town.publish(town.publication("acte.pdf", "%PDF-1.4 acte")).await.unwrap();
    let records = &town.platform.records;
    let password = Some("correct cheval pile agrafe".to_owned());
    let draft = UserDraft { email: "marie@example.org".into(), password, ..UserDraft::default() };
    records.create_user(draft, &town.actor).await.unwrap();
    records.set_role("marie@example.org", "ville", Some(Role::Publisher), &town.actor).await.unwrap();
    let owner = Owner::Organization("ville".to_owned());
    let draft = TokenDraft { name: "robot".to_owned(), owner, scope: Scope::ReadDrafts, expires_at: None };
    records.create_token(draft, &town.actor).await.unwrap();
    let invited = InvitationDraft::Join {
        email: "paul@example.org".to_owned(),
        organization: "ville".to_owned(),
        role: Role::Contributor,
    };
    records.invite(invited, Duration::from_secs(3_600), &town.actor).await.unwrap();
}

/// The tables of a backup, as text.
fn catalogue(backup: &Path) -> BTreeMap<String, String> {
    let folder = backup.join("catalogue");
    support::names_in(&folder)
        .into_iter()
        .map(|name| (name.clone(), std::fs::read_to_string(folder.join(&name)).unwrap()))
        .collect()
}

async fn goes_through(from: Town, to: Town) {
    fill(&from).await;
    let first = from.folder.path().join("first");
    let made = from.platform.backup(&first).await.unwrap();
    assert_eq!((made.snapshots, made.tables["version"].rows, made.tables["account"].rows), (3, 3, 1));
    let restored = to.platform.restore(&first).await.unwrap();
    assert_eq!(restored, made);
    let second = to.folder.path().join("second");
    to.platform.backup(&second).await.unwrap();
    assert_eq!(catalogue(&second), catalogue(&first));
    let tried = to.platform.records.sign_in("marie@example.org", "correct cheval pile agrafe", None).await.unwrap();
    let user = tried.user().unwrap();
    assert_eq!(user.memberships[0].role, Role::Publisher);
    let report = to.platform.verify(&|_| {}).await.unwrap();
    assert!(report.is_clean() && report.orphans.is_empty() && report.snapshots == 3, "{report:?}");
    // Life goes on where it stopped.
    let before = to.platform.records.last_event().await.unwrap();
    to.publish(to.publication("acte.pdf", "%PDF-1.4 acte corrigé")).await.unwrap();
    assert!(to.platform.records.last_event().await.unwrap() > before);
    from.close().await;
    to.close().await;
}

#[tokio::test]
async fn from_sqlite_to_sqlite() {
    goes_through(Town::on_sqlite().await, Town::on_sqlite().await).await;
}

#[tokio::test]
async fn from_sqlite_to_postgres() {
    if let Some(town) = Town::on_postgres().await {
        goes_through(Town::on_sqlite().await, town).await;
    }
}

#[tokio::test]
async fn from_postgres_to_sqlite() {
    if let Some(town) = Town::on_postgres().await {
        goes_through(town, Town::on_sqlite().await).await;
    }
}

#[tokio::test]
async fn only_an_empty_installation_is_filled() {
    let town = Town::on_sqlite().await;
    fill(&town).await;
    let backup = town.folder.path().join("backup");
    town.platform.backup(&backup).await.unwrap();
    let outcome = town.platform.restore(&backup).await;
    assert!(matches!(outcome, Err(Error::Conflict { .. })), "{outcome:?}");
    let again = town.platform.backup(&backup).await;
    assert!(matches!(again, Err(Error::Conflict { .. })), "an existing backup isn't overwritten: {again:?}");
    town.close().await;
}

#[tokio::test]
async fn an_altered_backup_is_refused() {
    let town = Town::on_sqlite().await;
    fill(&town).await;
    let snapshot = town.names_in("snapshots").remove(0);
    for altered in ["catalogue/dataset.ndjson".to_owned(), format!("snapshots/{snapshot}/source")] {
        let backup = town.folder.path().join(altered.replace('/', "-"));
        town.platform.backup(&backup).await.unwrap();
        let path = backup.join(&altered);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[10] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        let empty = Town::on_sqlite().await;
        assert!(empty.platform.restore(&backup).await.is_err(), "{altered}");
        assert_eq!(empty.platform.records.last_event().await.unwrap(), 0);
        empty.close().await;
    }
    town.close().await;
}

#[tokio::test]
async fn a_damaged_snapshot_is_not_backed_up_in_silence() {
    let town = Town::on_sqlite().await;
    fill(&town).await;
    let snapshot = town.names_in("snapshots").remove(0);
    std::fs::write(town.config.data_folder.join("snapshots").join(snapshot).join("source"), "autre chose").unwrap();
    let backup = town.folder.path().join("backup");
    let outcome = town.platform.backup(&backup).await;
    assert!(matches!(outcome, Err(Error::Damaged { .. })), "{outcome:?}");
    assert!(!backup.exists());
    assert!(!support::names_in(town.folder.path()).iter().any(|name| name.contains("partial")));
    town.close().await;
}
