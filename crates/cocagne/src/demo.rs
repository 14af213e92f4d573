//! `demo`: a portal filled with files that real towns published.

use std::path::{Path, PathBuf};

use catalog::{
    Actor, Platform, PlatformConfig, Publication,
    records::{OrganizationDraft, UserDraft},
};
use clap::Args;
use geocoder::import::ImportOptions;
use rust_embed::Embed;
use serde::Deserialize;

use crate::{exit::Failure, language, progress, serve, user::SignInLink};

/// Whose the demonstration is.
const ADMINISTRATOR: &str = "demo@cocagne.example";

/// The files, and `demo.toml` that describes them.
#[derive(Embed)]
#[folder = "../../demo"]
struct Files;

#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder of the demonstration; what it already holds is kept.
    #[arg(long, env = "COCAGNE_DEMO_DATA", default_value = "cocagne-demo")]
    folder: PathBuf,
    #[command(flatten)]
    portal: serve::Portal,
}

/// `demo.toml`.
#[derive(Debug, Deserialize)]
struct Contents {
    /// Address files, names in `files/`.
    addresses: Vec<String>,
    organization: Vec<OrganizationDraft>,
    dataset: Vec<Dataset>,
}

#[derive(Debug, Deserialize)]
struct Dataset {
    organization: String,
    title: String,
    description: String,
    licence: String,
    themes: Vec<String>,
    keywords: Vec<String>,
    territory: String,
    frequency: String,
    years: Option<Vec<i16>>,
    source: String,
    /// Names in `files/`.
    files: Vec<String>,
}

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let platform = Platform::open(PlatformConfig::in_folder(&arguments.folder)).await?;
    let contents: Contents = toml::from_str(&text("demo.toml")?).map_err(Failure::failed)?;
    learn_addresses(&platform, &contents.addresses).await?;
    fill(&platform, contents).await?;
    let link = administrator(&platform).await?;
    serve::serve(platform, &arguments.portal, |address| eprintln!("{}", link.sentence(address))).await
}

/// Somebody who may do everything in the demonstration, and a link with which they come in.
async fn administrator(platform: &Platform) -> Result<SignInLink, Failure> {
    if platform.records.user(ADMINISTRATOR).await?.is_none() {
        let draft = UserDraft { email: ADMINISTRATOR.to_owned(), superuser: true, ..UserDraft::default() };
        platform.records.create_user(draft, &Actor::command_line()).await?;
    }
    SignInLink::make(&platform.records, ADMINISTRATOR).await
}

/// Publishes what isn't there yet: a demonstration that was interrupted goes on where it stopped.
async fn fill(platform: &Platform, contents: Contents) -> Result<(), Failure> {
    let actor = Actor::command_line();
    for draft in contents.organization {
        let slug = draft.slug.clone().unwrap_or_default();
        if platform.records.organization(&slug).await?.is_none() {
            platform.records.create_organization(draft, &actor).await?;
        }
    }
    let folder = tempfile::tempdir().map_err(Failure::failed)?;
    let bar = progress::steps();
    bar.set_length(contents.dataset.len() as u64);
    eprintln!("{}", language::text().get("demo-filling"));
    for dataset in contents.dataset {
        for file in &dataset.files {
            let path = unpack(file, folder.path())?;
            platform.publish(dataset.publication(&path, file), &actor, |_| ()).await?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// Imports the town's addresses, the first time.
async fn learn_addresses(platform: &Platform, names: &[String]) -> Result<(), Failure> {
    if platform.geocoder.current().is_some() {
        return Ok(());
    }
    eprintln!("{}", language::text().get("demo-addresses"));
    let folder = tempfile::tempdir().map_err(Failure::failed)?;
    let files = names.iter().map(|name| unpack(name, folder.path())).collect::<Result<Vec<_>, _>>()?;
    let options = ImportOptions { faults: 10, ..ImportOptions::default() };
    platform.import_addresses(files, options, |_| ()).await?;
    Ok(())
}

impl Dataset {
    fn publication(&self, path: &Path, name: &str) -> Publication {
        Publication {
            organization: Some(self.organization.clone()),
            title: Some(self.title.clone()),
            description: Some(self.description.clone()),
            licence: Some(self.licence.clone()),
            themes: Some(self.themes.clone()),
            keywords: Some(self.keywords.clone()),
            territory: Some(self.territory.clone()),
            frequency: Some(self.frequency.clone()),
            years: self.years.clone(),
            source_note: Some(self.source.clone()),
            ..Publication::file(path, name)
        }
    }
}

fn unpack(name: &str, folder: &Path) -> Result<PathBuf, Failure> {
    let path = folder.join(name);
    std::fs::write(&path, bytes(&format!("files/{name}"))?).map_err(Failure::failed)?;
    Ok(path)
}

fn text(name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes(name)?.into_owned()).map_err(Failure::failed)
}

fn bytes(name: &str) -> Result<std::borrow::Cow<'static, [u8]>, Failure> {
    let file = Files::get(name).ok_or_else(|| Failure::failed(format!("demo/{name} is missing")))?;
    Ok(file.data)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_demonstration_is_in_the_program() {
        let contents: Contents = toml::from_str(&text("demo.toml").unwrap()).unwrap();
        assert!(contents.dataset.len() >= 15);
        assert!(!contents.addresses.is_empty());
        for file in contents.dataset.iter().flat_map(|dataset| &dataset.files).chain(&contents.addresses) {
            assert!(bytes(&format!("files/{file}")).is_ok(), "{file}");
        }
    }
}
