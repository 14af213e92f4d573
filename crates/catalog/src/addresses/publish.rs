//! From a base to a public dataset.

use std::fs::File;
use std::io::BufWriter;

use super::{Base, Fault, Street, bal};
use crate::account::{Actor, Role};
use crate::error::{AtPath as _, Error, OpenFinding, Result};
use crate::platform::Platform;
use crate::publish::{Justification, Publication, PublishProgress, Published};

/// Identifier of the licence under which address bases are public (Licence Ouverte 2.0).
const LICENCE: &str = "etalab-2.0";
/// The EU's theme of regions and cities.
const THEME: &str = "REGI";
/// Changed whenever the town changes an address.
const FREQUENCY: &str = "IRREG";

/// What is said of the dataset, in the language of those who publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetWords {
    /// Title of the dataset.
    pub title: String,
    /// Title of its resource.
    pub resource: String,
    /// What it is, in Markdown.
    pub description: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Who answers for its being public.
    pub person: String,
    /// Why it may be: the ground of law. An address by itself names nobody, but the personal data guard can't know that
    /// a table lists every house and not some persons' homes.
    pub ground: String,
}

/// A base that was published.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedAddresses {
    /// The base as it is now.
    pub base: Base,
    /// The dataset and its resource.
    pub published: Published,
}

impl Platform {
    /// Publishes a base as a dataset in the exchange format; again, as its next version. The dataset that it was is
    /// found again unless somebody removed it.
    ///
    /// # Errors
    /// `Forbidden` unless the actor is a publisher; [`Fault::Empty`]; what [`Platform::publish`] refuses.
    pub async fn publish_addresses(
        &self,
        base: &Base,
        words: DatasetWords,
        actor: &Actor,
        progress: impl Fn(PublishProgress) + Send + Sync + Clone + 'static,
    ) -> Result<PublishedAddresses> {
        if !base.may_be_published_by(actor) {
            return Err(Error::Forbidden { actor: actor.name().to_owned(), needed: Role::Publisher.as_str() });
        }
        // The revision is read before the streets: what changes meanwhile is published the next time.
        let base = self.address_base(&base.commune, actor).await?;
        let streets = self.whole_addresses(&base).await?;
        if streets.is_empty() {
            return Err(Fault::Empty.into());
        }
        let staging = self.store.stage()?;
        let path = staging.scratch().join(bal::FILE_NAME);
        let writing = (base.clone(), path.clone());
        tokio::task::spawn_blocking(move || to_file(&writing.0, &streets, &writing.1)).await??;
        let publication = self.publication_of(&base, words.clone(), Publication::file(&path, bal::FILE_NAME)).await?;
        let published = match self.publish(publication.clone(), actor, progress.clone()).await {
            Err(Error::PersonalData { findings }) => {
                let publication = justified(publication, &findings, &words);
                self.publish(publication, actor, progress).await?
            }
            outcome => outcome?,
        };
        let resource = published.resources.first().map(|resource| resource.id);
        let resource =
            resource.ok_or_else(|| Error::Record("an address base was published without a table".to_owned()))?;
        let noted = (base.revision, published.dataset.id, resource);
        let base = self.records.note_addresses_published(base.id, noted, actor).await?;
        Ok(PublishedAddresses { base, published })
    }

    /// What is said of the dataset when it is new; of one that is there, nothing but its content changes.
    async fn publication_of(&self, base: &Base, words: DatasetWords, file: Publication) -> Result<Publication> {
        let organization = Some(base.organization.to_string());
        if let Some(before) = base.published
            && let Some(detail) = self.records.resource_detail(before.resource).await?
            && detail.organization.id == base.organization
        {
            let dataset = Some(detail.dataset.id.to_string());
            return Ok(Publication { organization, dataset, resource: Some(before.resource), ..file });
        }
        Ok(Publication {
            organization,
            title: Some(words.title),
            resource_title: Some(words.resource),
            description: Some(words.description),
            licence: Some(LICENCE.to_owned()),
            themes: Some(vec![THEME.to_owned()]),
            keywords: Some(words.keywords),
            territory: Some(format!("commune:{}", base.commune)),
            frequency: Some(FREQUENCY.to_owned()),
            ..file
        })
    }
}

/// The findings of the guard, answered for on the ground of law. They are of the columns that the format has: nothing
/// that names a person can be in any of them but the name of a street.
fn justified(publication: Publication, findings: &[OpenFinding], words: &DatasetWords) -> Publication {
    let justifications = findings.iter().map(|open| Justification {
        finding: open.finding.id.clone(),
        person: words.person.clone(),
        reason: words.ground.clone(),
    });
    Publication { justifications: justifications.collect(), ..publication }
}

fn to_file(base: &Base, streets: &[Street], path: &std::path::Path) -> Result<()> {
    let file = BufWriter::new(File::create(path).at(path)?);
    bal::write(base, streets, file).at(path)
}
