//! A program killed while it publishes leaves the old state or the new one.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

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

/// Starts the publisher and kills it after so many steps.
fn publish_and_kill(folder: &Path, steps: usize) {
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "publisher", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(program.stdout.take().unwrap());
    let seen = said.lines().map_while(Result::ok).filter(|line| line.contains(STEP)).take(steps).count();
    program.kill().unwrap();
    program.wait().unwrap();
    assert_eq!(seen, steps, "the publisher ended by itself");
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
        tokio::task::spawn_blocking(move || publish_and_kill(&to, steps)).await.unwrap();
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
