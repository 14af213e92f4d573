//! Schemas by the address of their file: in the national catalogue, or in their authors' repository.

use crate::Error;
use crate::catalogue::decode;
use crate::entry::{Entry, Version};
use crate::index::Index;
use crate::library::Asked;
use crate::version;

/// The site of the national catalogue.
const SITE: &str = "schema.data.gouv.fr";
/// Names of branches that hold the latest state.
const BRANCHES: [&str; 5] = ["master", "main", "latest", "HEAD", "develop"];

/// The schema at an address; `None` when the address says nothing to the library.
pub(crate) fn resolve<'a>(url: &str, entries: &'a [Entry], index: &Index) -> Result<Option<Asked<'a>>, Error> {
    if let Some(asked) = listed(url, entries) {
        return Ok(Some(asked));
    }
    let address = plain(url);
    if let Some(path) = address.strip_prefix(SITE) {
        return on_site(path.trim_matches('/'), entries);
    }
    match Repository::parse(&address) {
        Some(repository) => in_repository(&repository, entries, index),
        None => Ok(None),
    }
}

/// An address that the catalogue itself gives.
fn listed<'a>(url: &str, entries: &'a [Entry]) -> Option<Asked<'a>> {
    let listed = |entry: &'a Entry| Some((entry, entry.versions.iter().find(|version| version.url == url)?));
    let (entry, version) = entries.iter().find_map(listed)?;
    Some(Asked { entry, version, resource: None })
}

/// Host and path, decoded; the scheme, `www.`, the query and what follows a `#` say nothing.
fn plain(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    decode(rest.strip_prefix("www.").unwrap_or(rest)).trim_end_matches('/').to_owned()
}

/// `schemas/{owner}/{name}/{version}/{file}` of files, `{owner}/{name}/{version}` of pages.
fn on_site<'a>(path: &str, entries: &'a [Entry]) -> Result<Option<Asked<'a>>, Error> {
    let path = path.strip_prefix("schemas/").unwrap_or(path);
    let mut parts = path.split('/');
    let (Some(owner), Some(name)) = (parts.next(), parts.next()) else { return Ok(None) };
    let full = format!("{owner}/{}", name.trim_end_matches(".html"));
    let Some(entry) = entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(&full)) else { return Ok(None) };
    let version = parts.next().map_or("latest", |part| part.trim_end_matches(".html"));
    of_version(entry, version).map(Some)
}

fn of_version<'a>(entry: &'a Entry, name: &str) -> Result<Asked<'a>, Error> {
    let unknown = || Error::UnknownVersion {
        name: entry.name.clone(),
        version: name.to_owned(),
        known: entry.versions.iter().map(|version| version.name.clone()).collect(),
    };
    Ok(Asked { entry, version: entry.version(name).ok_or_else(unknown)?, resource: None })
}

/// A file in a repository: GitHub's and GitLab's ways of writing it.
#[derive(Debug, PartialEq, Eq)]
struct Repository {
    /// `github.com/etalab/schema-irve`, in lower case.
    name: String,
    /// Tag or branch, when the address says it.
    revision: Option<String>,
    /// Last part of the path.
    file: Option<String>,
}

impl Repository {
    fn parse(address: &str) -> Option<Self> {
        let address = address.to_owned();
        let parts: Vec<&str> = address.split('/').filter(|part| *part != "-").collect();
        let (host, owner, name) = (*parts.first()?, *parts.get(1)?, *parts.get(2)?);
        let raw = host == "raw.githubusercontent.com";
        let host = if raw { "github.com" } else { host };
        let name = format!("{host}/{owner}/{}", name.trim_end_matches(".git")).to_lowercase();
        let mut rest = parts.get(3..).unwrap_or_default();
        if !raw {
            rest = match rest.split_first() {
                None => return Some(Self { name, revision: None, file: None }),
                Some((&("raw" | "blob" | "tree"), rest)) => rest,
                Some(_) => return None,
            };
        }
        if let ["refs", "heads" | "tags", after @ ..] = rest {
            rest = after;
        }
        let (revision, path) = rest.split_first()?;
        let file = path.last().map(|file| (*file).to_owned());
        Some(Self { name, revision: Some((*revision).to_owned()), file })
    }

    /// Whether an address is of this repository.
    fn holds(&self, url: &str) -> bool {
        Self::parse(&plain(url)).is_some_and(|other| other.name == self.name)
    }
}

/// Of a repository's schemas, the one whose file has this name; the revision says the version.
fn in_repository<'a>(repository: &Repository, entries: &'a [Entry], index: &Index) -> Result<Option<Asked<'a>>, Error> {
    let here = |number: usize, entry: &Entry| {
        let addresses = [entry.homepage.as_deref(), index.own_path(number)];
        addresses.into_iter().flatten().any(|url| repository.holds(url))
    };
    let mut found: Vec<(usize, &Entry)> =
        entries.iter().enumerate().filter(|(number, entry)| here(*number, entry)).collect();
    if let Some(file) = &repository.file {
        found.retain(|(number, entry)| has_file(entry, index.own_path(*number), file));
    }
    let entry = match found.as_slice() {
        [] => return Ok(None),
        [(_, entry)] => *entry,
        several => {
            let names = several.iter().map(|(_, entry)| entry.name.clone()).collect();
            return Err(Error::Ambiguous { reference: repository.name.clone(), names });
        }
    };
    let revision = repository.revision.as_deref().unwrap_or("latest");
    let version = if BRANCHES.contains(&revision) { "latest" } else { version::plain(revision) };
    of_version(entry, version).map(Some)
}

fn has_file(entry: &Entry, own_path: Option<&str>, file: &str) -> bool {
    let last = |url: &str| plain(url).rsplit('/').next() == Some(file);
    let published = |version: &Version| last(&version.url);
    own_path.is_some_and(last) || entry.versions.iter().any(published)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_a_file_of_a_repository() {
        let file = |revision: &str| {
            Some(Repository {
                name: "github.com/etalab/schema-irve".to_owned(),
                revision: Some(revision.to_owned()),
                file: Some("schema-statique.json".to_owned()),
            })
        };
        let parse = |url: &str| Repository::parse(&plain(url));
        let raw = "https://raw.githubusercontent.com/etalab/schema-irve";
        assert_eq!(parse(&format!("{raw}/v2.3.0/statique/schema-statique.json")), file("v2.3.0"));
        assert_eq!(parse(&format!("{raw}/refs/heads/main/statique/schema-statique.json")), file("main"));
        let site = "https://github.com/etalab/schema-irve.git";
        assert_eq!(parse(&format!("{site}/blob/v2.3.0/statique/schema-statique.json#L3")), file("v2.3.0"));
        assert_eq!(
            parse("https://git.example.fr/scdl/subventions/-/raw/v2/schema.json").map(|found| found.revision),
            Some(Some("v2".to_owned()))
        );
        assert_eq!(parse("https://github.com/etalab/schema-irve/issues/3"), None);
    }
}
