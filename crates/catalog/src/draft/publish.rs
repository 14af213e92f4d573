//! From a draft to a public dataset.

use std::sync::Arc;

use geocoder::Index;
use personal_data::Level;
use serde_json::json;
use uuid::Uuid;

use super::geocoding::placing;
use super::{Draft, DraftCheck, DraftState, TableChoices, TableKey};
use crate::account::Actor;
use crate::check::{TableCheck, Treatment};
use crate::error::{Error, OpenFinding, Result};
use crate::model::{Action, SnapshotId};
use crate::platform::Platform;
use crate::publish::{
    Intake, Publication, PublishProgress, Published, Ready, Report, Source, SourceLocation, TablePlan, refuse_open,
};
use crate::records::Noted;

/// A table as it would be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Which table of the draft.
    pub key: TableKey,
    /// Title of the resource.
    pub title: String,
    /// The snapshot that holds it, which no version points to.
    pub snapshot: SnapshotId,
    /// Which of the snapshot's tables.
    pub table: u32,
}

impl Platform {
    /// Publishes a draft: its treated tables become public, the files that came stay private. Nothing is public when
    /// anything is refused.
    ///
    /// # Errors
    /// `Forbidden` unless the actor is a publisher; `PersonalData` while a high finding is open; `Conflict` when it is
    /// published already or was changed meanwhile; what [`Platform::publish`] refuses.
    pub async fn publish_draft(
        &self,
        id: Uuid,
        actor: &Actor,
        progress: impl Fn(PublishProgress) + Send + Sync + 'static,
    ) -> Result<Published> {
        let report: Report = std::sync::Arc::new(progress);
        let draft = self.draft(id, actor).await?;
        draft.need_publisher(actor)?;
        draft.need_open()?;
        let check = self.checked_draft(id, actor).await?;
        draft.refuse_open_findings(&check)?;
        let ready = self.ready(&draft, &check, &report).await?;
        refuse_open(&ready)?;
        report(PublishProgress::Storing);
        let name = draft.sources.first().map(|source| source.file_name.clone()).unwrap_or_default();
        let publication = draft.publication();
        let mut change = self.records.change(actor).await?;
        let published = self.append(&mut change, &publication, &name, ready).await?;
        let (revision, dataset) = (draft.revision, published.dataset.id);
        let update = |draft: Draft, _| {
            draft.need_open()?;
            draft.need_revision(revision)?;
            let noted = Noted { action: Action::DraftPublished, detail: json!({ "dataset": dataset }) };
            Ok((Draft { state: DraftState::Published { dataset }, ..draft }, noted))
        };
        change.update_draft(id, update).await?;
        change.commit().await?;
        self.checks.forget(id);
        Ok(published)
    }

    /// The tables as they would be published, made when they aren't yet: to be looked at before they are public.
    ///
    /// # Errors
    /// When the draft doesn't exist, the actor may not see it, or a table can't be made.
    pub async fn preview_draft(&self, id: Uuid, actor: &Actor) -> Result<Vec<Preview>> {
        let silent: Report = std::sync::Arc::new(|_: PublishProgress| ());
        let draft = self.draft(id, actor).await?;
        let check = self.checked_draft(id, actor).await?;
        let ready = self.ready(&draft, &check, &silent).await?;
        let made: Vec<SnapshotId> = ready.iter().map(|one| one.prepared.source.snapshot.clone()).collect();
        self.records.keep_for_draft(id, &made, actor).await?;
        Ok(previews(&draft, &ready))
    }

    /// The files that a draft would publish, each a snapshot.
    async fn ready(&self, draft: &Draft, check: &DraftCheck, report: &Report) -> Result<Vec<Ready>> {
        let index = self.geocoder.current();
        let plan = |table: &TableChoices| plan(table, check.table(table.key), index.clone());
        let mut ready = Vec::new();
        for (number, source) in (0_u32..).zip(&draft.sources) {
            let stored = Source::from(source);
            let keys = (0_u32..).zip(&source.tables).map(|(table, _)| TableKey { source: number, table });
            let choices: Vec<&TableChoices> = keys.filter_map(|key| draft.choices.table(key)).collect();
            let as_it_came =
                choices.iter().all(|table| table.included && (!table.is_treated() || plan(table).treatment.is_empty()));
            if as_it_came {
                ready.push(self.ready_as_it_came(draft, stored, &choices).await?);
                continue;
            }
            for choices in choices.into_iter().filter(|table| table.included) {
                let plan = plan(choices);
                let intake = self.intake(draft, choices.key).await?;
                let staging = self.store.stage()?;
                let one = self.treat(&stored, plan, &intake, report).await?;
                one.store(&self.store, &staging).await?;
                ready.push(one);
            }
        }
        if ready.is_empty() {
            return Err(Error::invalid("tables", "none is to be published: include one"));
        }
        Ok(ready)
    }

    async fn ready_as_it_came(&self, draft: &Draft, stored: Source, choices: &[&TableChoices]) -> Result<Ready> {
        let silent: Report = std::sync::Arc::new(|_: PublishProgress| ());
        let staging = self.store.stage()?;
        let mut intake = Intake { title: draft.choices.description.title.clone(), ..Intake::default() };
        for table in choices {
            let schema = self.intake(draft, table.key).await?.schema;
            intake.by_table.extend(schema.map(|schema| (table.key.table, schema)));
        }
        let prepared = self.prepare(stored, &intake, &staging, &silent).await?;
        let mut ready = Ready::as_it_came(prepared);
        ready.titles = choices.iter().map(|table| table.title.clone()).collect();
        ready.justified = choices.iter().map(|table| table.justifications.clone()).collect();
        Ok(ready)
    }

    pub(super) async fn refuse_open_findings(&self, draft: &Draft, actor: &Actor) -> Result<()> {
        let check = self.checked_draft(draft.id, actor).await?;
        draft.refuse_open_findings(&check)
    }
}

/// What is chosen for a table, as the check found it: a repair, a finding or an address that is there no more asks for
/// nothing. Addresses are looked for in `index`.
pub(super) fn plan(choices: &TableChoices, check: Option<&TableCheck>, index: Option<Arc<Index>>) -> TablePlan {
    let geocoding = check.and_then(|check| placing(choices, check, index));
    let (repairs, personal) =
        check.map(|check| (check.repairs.as_slice(), check.personal.as_slice())).unwrap_or_default();
    let repairs = repairs.iter().filter(|repair| repair.applicable && choices.repairs.contains(&repair.id)).cloned();
    let remedies = personal
        .iter()
        .filter_map(|finding| choices.remedies.get(&finding.id).map(|remedy| (finding.clone(), remedy.clone())));
    TablePlan {
        table: choices.key.table,
        title: choices.title.clone(),
        treatment: Treatment { repairs: repairs.collect(), remedies: remedies.collect(), geocoding },
        justified: choices.justifications.clone(),
    }
}

fn previews(draft: &Draft, ready: &[Ready]) -> Vec<Preview> {
    let included = draft.choices.tables.iter().filter(|table| table.included);
    let made = ready.iter().flat_map(|one| (0_u32..).zip(&one.prepared.tables).map(move |(n, table)| (one, n, table)));
    included
        .zip(made)
        .map(|(choices, (one, table, prepared))| Preview {
            key: choices.key,
            title: choices
                .title
                .clone()
                .or_else(|| prepared.profile.name.clone())
                .unwrap_or_else(|| crate::publish::naming::title(&one.prepared.source.file_name)),
            snapshot: one.prepared.source.snapshot.clone(),
            table,
        })
        .collect()
}

impl Draft {
    /// The grave findings that no remedy treats and nobody answers for.
    pub fn open_findings(&self, check: &DraftCheck) -> Vec<OpenFinding> {
        let several = check.tables.len() > 1;
        let mut open = Vec::new();
        for (key, _, table) in self.tables() {
            let (Some(choices), Some(check)) = (self.choices.table(key), check.table(key)) else { continue };
            let answered = |id: &String| {
                choices.remedies.contains_key(id) || choices.justifications.iter().any(|one| one.finding == *id)
            };
            let grave = check.personal.iter().filter(|finding| finding.level == Level::High);
            let name = table.name.clone().filter(|_| several);
            let still = grave.filter(|finding| choices.included && !answered(&finding.id));
            open.extend(still.map(|finding| OpenFinding { table: name.clone(), finding: finding.clone() }));
        }
        open
    }

    fn refuse_open_findings(&self, check: &DraftCheck) -> Result<()> {
        let findings = self.open_findings(check);
        if findings.is_empty() { Ok(()) } else { Err(Error::PersonalData { findings }) }
    }

    /// What is said of the dataset, as publishing takes it.
    fn publication(&self) -> Publication {
        let said = self.choices.description.clone();
        let nowhere = SourceLocation::Url(String::new());
        Publication {
            organization: Some(self.organization.to_string()),
            dataset: self.choices.dataset.clone(),
            resource: self.choices.resource,
            title: said.title,
            description: said.description,
            licence: said.licence,
            themes: said.themes,
            keywords: said.keywords,
            territory: said.territory,
            frequency: said.frequency,
            years: said.years,
            contact_email: said.contact_email,
            source_note: said.source_note,
            ..Publication::of(nowhere)
        }
    }
}
