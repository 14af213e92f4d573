//! A program killed while it publishes leaves the old state or the new one.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use catalog::draft::{DraftChange, DraftState, Edit, TableKey, Upload};
use catalog::model::Page;
use catalog::records::OrganizationDraft;
use catalog::{Actor, Platform, PlatformConfig, Publication};

/// Tells the publishing program its folder.
const FOLDER: &str = "COCAGNE_TEST_CRASH_FOLDER";
/// Begins what it says of its progress.
const STEP: &str = "step ";

async fn open(folder: &Path) -> Platform {
    Platform::open(PlatformConfig::in_folder(folder.join("data"))).await.unwrap()
}

/// Not a test: the program that is killed. It publishes one version after another, saying each step.
#[tokio::test]
#[ignore = "run by the other test as a program of its own"]
async fn publisher() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let platform = open(folder).await;
    let tell = |step: String| {
        let mut out = std::io::stdout();
        writeln!(out, "{STEP}{step}").and_then(|()| out.flush()).unwrap();
    };
    for version in 0_u64.. {
        let name = folder.join(format!("{}-{version}.csv", std::process::id()));
        let rows: String = (0..2_000).map(|row| format!("{row},{version},{}\n", std::process::id())).collect();
        std::fs::write(&name, format!("numero,version,programme\n{rows}")).unwrap();
        let progress = move |step| tell(format!("{step:?}"));
        platform.publish(Publication::file(&name, "table.csv"), &Actor::command_line(), progress).await.unwrap();
        tell("published".to_owned());
    }
}

/// Not a test: the program that is killed. File after file arrives in pieces, becomes a draft, is cleaned, looked at,
/// and published; each step is said.
#[tokio::test]
#[ignore = "run by the other test as a program of its own"]
async fn drafter() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let platform = open(Path::new(&folder)).await;
    let tell = |step: String| {
        let mut out = std::io::stdout();
        writeln!(out, "{STEP}{step}").and_then(|()| out.flush()).unwrap();
    };
    let actor = Actor::command_line();
    for version in 0_u64.. {
        let rows: String =
            (0..2_000).map(|row| format!("{row},{version}-{},1 85 05 78 006 084 91\n", std::process::id())).collect();
        let content = format!("numero,version,num_secu\n{rows}");
        let named = [("filename".to_owned(), "table.csv".to_owned())].into();
        let upload = platform.uploads.create(actor.name(), content.len() as u64, named).await.unwrap();
        tell(format!("begun {}", upload.id));
        let mut at = 0;
        for piece in content.as_bytes().chunks(content.len() / 3 + 1) {
            let bytes = Ok::<_, std::convert::Infallible>(bytes::Bytes::copy_from_slice(piece));
            at = platform
                .uploads
                .append(upload.id, actor.name(), at, futures::stream::iter([bytes]))
                .await
                .unwrap()
                .offset;
            tell(format!("arrived {} {at}", upload.id));
        }
        let draft = platform.create_draft(Upload::uploaded(upload.id), "ville", &actor).await.unwrap();
        tell("drafted".to_owned());
        let remedy = Some(personal_data::Remedy::Remove);
        let table = TableKey { source: 0, table: 0 };
        let edits = vec![Edit::Remedy { table, finding: "nir:num_secu".to_owned(), remedy }];
        let change = DraftChange { revision: draft.revision, edits };
        platform.change_draft(draft.id, change, &actor).await.unwrap();
        tell("changed".to_owned());
        platform.checked_draft(draft.id, &actor).await.unwrap();
        tell("checked".to_owned());
        platform.preview_draft(draft.id, &actor).await.unwrap();
        tell("previewed".to_owned());
        platform.publish_draft(draft.id, &actor, move |step| tell(format!("{step:?}"))).await.unwrap();
        tell("published".to_owned());
    }
}

/// Starts a program and kills it after so many steps; gives what it said.
fn start_and_kill(program: &str, folder: &Path, steps: usize) -> Vec<String> {
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", program, "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(program.stdout.take().unwrap());
    let seen: Vec<String> = said.lines().map_while(Result::ok).filter(|line| line.contains(STEP)).take(steps).collect();
    program.kill().unwrap();
    program.wait().unwrap();
    assert_eq!(seen.len(), steps, "the program ended by itself");
    seen
}

#[tokio::test]
async fn a_killed_publication_leaves_the_old_state_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let platform = open(folder.path()).await;
    let draft = OrganizationDraft { name: "Ville".into(), ..OrganizationDraft::default() };
    platform.records.create_organization(draft, &Actor::command_line()).await.unwrap();
    platform.records.close().await.unwrap();
    for steps in 1..=14 {
        let to = folder.path().to_owned();
        tokio::task::spawn_blocking(move || start_and_kill("publisher", &to, steps)).await.unwrap();
        let platform = open(folder.path()).await;
        let report = platform.verify(&|_| {}).await.unwrap();
        assert!(report.is_clean(), "after {steps} steps: {report:?}");
        let needed = platform.records.snapshots().await.unwrap();
        for detail in platform.records.datasets(Page::WHOLE).await.unwrap().items {
            for resource in platform.records.dataset_detail(&detail.slug).await.unwrap().unwrap().resources {
                assert_eq!(resource.version.rows, Some(2_000));
                assert!(platform.store.table_folder(&resource.version.snapshot, 0).await.is_ok());
            }
        }
        platform.store.sweep(&needed, Duration::ZERO).await.unwrap();
        let staged = std::fs::read_dir(folder.path().join("data/staging")).unwrap().count();
        assert_eq!(staged, 0, "after {steps} steps");
        platform.records.close().await.unwrap();
    }
    let platform = open(folder.path()).await;
    assert_eq!(platform.records.datasets(Page::WHOLE).await.unwrap().total, 1);
}

#[tokio::test]
async fn a_killed_assistant_leaves_drafts_whole_and_nothing_personal_public() {
    let folder = tempfile::tempdir().unwrap();
    let platform = open(folder.path()).await;
    let draft = OrganizationDraft { name: "Ville".into(), ..OrganizationDraft::default() };
    platform.records.create_organization(draft, &Actor::command_line()).await.unwrap();
    platform.records.close().await.unwrap();
    for steps in 1..=12 {
        let to = folder.path().to_owned();
        let said = tokio::task::spawn_blocking(move || start_and_kill("drafter", &to, steps)).await.unwrap();
        let platform = open(folder.path()).await;
        let report = platform.verify(&|_| {}).await.unwrap();
        assert!(report.is_clean(), "after {steps} steps: {report:?}");
        acknowledged_bytes_are_there(&platform, &said).await;
        for draft in platform.drafts(&Actor::command_line()).await.unwrap() {
            for source in &draft.sources {
                assert!(platform.store.source(&source.snapshot).await.is_ok());
                assert!(platform.records.versions_of_snapshot(&source.snapshot).await.unwrap().is_empty());
            }
            if let DraftState::Published { dataset } = draft.state {
                let detail = platform.records.dataset_detail(&dataset.to_string()).await.unwrap().unwrap();
                assert!(detail.resources.iter().all(|resource| resource.version.columns == Some(2)));
            }
        }
        let needed = platform.records.snapshots().await.unwrap();
        platform.store.sweep(&needed, Duration::ZERO).await.unwrap();
        let staged = std::fs::read_dir(folder.path().join("data/staging")).unwrap().count();
        assert_eq!(staged, 0, "after {steps} steps");
        platform.records.close().await.unwrap();
    }
}

/// The last upload that was said to have come so far has, unless a draft took it.
async fn acknowledged_bytes_are_there(platform: &Platform, said: &[String]) {
    let Some(last) = said.iter().rev().find_map(|line| line.split_once("arrived ")) else { return };
    let (id, offset) = last.1.split_once(' ').unwrap();
    match platform.uploads.find(id.parse().unwrap(), Actor::command_line().name()).await {
        Ok(arriving) => assert!(arriving.offset >= offset.trim().parse().unwrap(), "{arriving:?} {last:?}"),
        Err(catalog::Error::NotFound { .. }) => {}
        Err(error) => panic!("{error}"),
    }
}
