//! What is published in place of the file that came: its tables, repaired and cleaned.

use std::fmt;

use tabular::read::SourceFile;

use super::prepare::{Intake, Prepared, Source};
use super::{Publication, Report};
use crate::check::{self, CheckRequest, Done, TableCheck, Treatment};
use crate::error::{Error, Result};
use crate::model::{Justified, SnapshotId};
use crate::platform::Platform;
use crate::spool;
use crate::store::{SOURCE_FILE, Staging, Store};

/// What is done to a table.
#[derive(Debug, Clone)]
pub(crate) struct TablePlan {
    /// Which of the file's tables.
    pub table: u32,
    /// Title of the resource, when it is chosen.
    pub title: Option<String>,
    pub treatment: Treatment,
    pub justified: Vec<Justified>,
}

/// A file that may be published once it has passed the gate.
pub(crate) struct Ready {
    pub prepared: Prepared,
    /// Titles of the resources, by table, when they are chosen.
    pub titles: Vec<Option<String>>,
    pub derived_from: Option<SnapshotId>,
    pub treatments: Vec<Done>,
    /// By table.
    pub justified: Vec<Vec<Justified>>,
    /// Where it was made; `None` for the file that came.
    staging: Option<Staging>,
}

impl fmt::Debug for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ready").field("prepared", &self.prepared).field("titles", &self.titles).finish_non_exhaustive()
    }
}

impl Ready {
    /// The file that came.
    pub(crate) fn as_it_came(prepared: Prepared) -> Self {
        let justified = vec![Vec::new(); prepared.tables.len()];
        Self { prepared, titles: Vec::new(), derived_from: None, treatments: Vec::new(), justified, staging: None }
    }

    /// Takes the justifications that are about a finding of one of its tables.
    pub(crate) fn justify(&mut self, justified: &[Justified]) {
        for (table, own) in self.prepared.tables.iter().zip(&mut self.justified) {
            let about = |justified: &&Justified| table.personal.iter().any(|finding| finding.id == justified.finding);
            own.extend(justified.iter().filter(about).cloned());
        }
    }

    /// Makes it a snapshot. Without a staging folder of its own it is in `staging`, or in the store already.
    pub(crate) async fn store(&self, store: &Store, staging: &Staging) -> Result<()> {
        let folder = self.staging.as_ref().unwrap_or(staging).folder();
        store.put(&folder, &self.prepared.source.snapshot).await?;
        Ok(())
    }
}

impl Platform {
    /// The tables of a publication whose file is not published as it came. The file itself becomes a snapshot, which
    /// no version has as its content.
    pub(super) async fn treated(
        &self,
        publication: &Publication,
        prepared: Prepared,
        intake: &Intake,
        staging: &Staging,
        report: &Report,
    ) -> Result<Vec<Ready>> {
        self.store.put(&staging.folder(), &prepared.source.snapshot).await?;
        let mut plans = Vec::new();
        for (table, _) in (0_u32..).zip(&prepared.tables) {
            let check = self.check_table(&prepared.source, table, intake, |_| ()).await?;
            plans.push(plan(publication, table, &check));
        }
        if plans.iter().all(|plan| plan.treatment.is_empty()) {
            return Ok(vec![Ready::as_it_came(prepared)]);
        }
        let mut ready = Vec::new();
        for plan in plans {
            ready.push(self.treat(&prepared.source, plan, intake, report).await?);
        }
        Ok(ready)
    }

    /// What is wrong and what is personal in a table of a source that is in the store.
    pub(crate) async fn check_table(
        &self,
        source: &Source,
        table: u32,
        intake: &Intake,
        progress: impl Fn(u64) + Send + Sync + 'static,
    ) -> Result<TableCheck> {
        let staging = self.store.stage()?;
        let path = self.local_source(&source.snapshot, &staging).await?;
        let file = SourceFile { path, name: source.file_name.clone() };
        let (limits, guard, library) = (self.limits.clone(), self.guard.clone(), std::sync::Arc::clone(&self.schemas));
        let context = intake.context(&source.file_name, table);
        let schema = intake.schema_of(table).map(|named| std::sync::Arc::clone(&named.schema));
        // What is on the map already needs no address.
        let located = self.store.profile(&source.snapshot, table).await?.geometry.is_some();
        tokio::task::spawn_blocking(move || {
            let table = check::open(&file, table, &limits, &staging.scratch())?;
            let request = CheckRequest { schema, context, guard, library: Some(&library), ..CheckRequest::default() };
            let check = check::of_source(table.as_ref(), &request, &progress)?;
            Ok(TableCheck { locating: check.locating.filter(|_| !located), ..check })
        })
        .await?
    }

    /// Makes the file that a plan asks for, from a source that is in the store, and prepares it.
    pub(crate) async fn treat(
        &self,
        source: &Source,
        plan: TablePlan,
        intake: &Intake,
        report: &Report,
    ) -> Result<Ready> {
        let staging = self.store.stage()?;
        let path = self.local_source(&source.snapshot, &staging).await?;
        let (to, scratch) = (staging.folder().join(SOURCE_FILE), staging.scratch());
        let file = SourceFile { path, name: source.file_name.clone() };
        let (limits, origin, derived_from) = (self.limits.clone(), source.origin.clone(), source.snapshot.clone());
        let TablePlan { table, title, treatment, justified } = plan;
        let (made, treatments) = tokio::task::spawn_blocking(move || {
            let several = tabular::detect::open(&file, &limits, &scratch)?.len() > 1;
            let table = check::open(&file, table, &limits, &scratch)?;
            let transformed = check::transform(table.as_ref(), &treatment, &to)?;
            let name = table.name().filter(|_| several);
            let file_name = treated_name(&file.name, name, check::extension(table.as_ref(), &treatment));
            let (hash, size) = spool::hash(&to)?;
            Ok::<_, Error>((super::source(&hash, size, file_name, origin)?, transformed.done))
        })
        .await??;
        let prepared = self.prepare(made, intake, &staging, report).await?;
        let mut ready = Ready {
            titles: vec![title],
            derived_from: Some(derived_from),
            treatments,
            staging: Some(staging),
            ..Ready::as_it_came(prepared)
        };
        ready.justify(&justified);
        Ok(ready)
    }
}

/// The certain repairs when they are accepted, and the remedies that are about this table.
fn plan(publication: &Publication, table: u32, check: &TableCheck) -> TablePlan {
    let certain =
        check.repairs.iter().filter(|repair| publication.accept_repairs && repair.certain && repair.applicable);
    let remedies = check
        .personal
        .iter()
        .filter_map(|finding| publication.remedies.get(&finding.id).map(|remedy| (finding.clone(), remedy.clone())));
    let treatment = Treatment { repairs: certain.cloned().collect(), remedies: remedies.collect(), geocoding: None };
    TablePlan { table, title: None, treatment, justified: Vec::new() }
}

/// `Budget 2014.xlsx`, its sheet `Dépenses` → `Budget 2014 Dépenses.csv`.
fn treated_name(name: &str, table: Option<&str>, extension: &str) -> String {
    let stem = super::naming::stem(name);
    let table = table.map(|table| format!(" {}", table.trim())).unwrap_or_default();
    let stem: String =
        format!("{stem}{table}").chars().map(|c| if c.is_control() || c == '/' { '_' } else { c }).collect();
    format!("{}.{extension}", stem.chars().take(180).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_treated_file_is_named_after_the_one_that_came() {
        assert_eq!(treated_name("Budget 2014.xlsx", Some("Dépenses"), "csv"), "Budget 2014 Dépenses.csv");
        assert_eq!(treated_name("subventions.csv.gz", None, "csv"), "subventions.csv");
        assert_eq!(treated_name("a.zip", Some("x/y"), "geojson"), "a x_y.geojson");
    }
}
