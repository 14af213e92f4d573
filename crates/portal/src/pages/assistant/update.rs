//! A draft of what came: checked against the schema that it resembles, and, for a dataset that is public already, with
//! the choices that were made the last time.

use catalog::draft::{Draft, DraftChange, DraftState, Edit, TableChoices, TableKey, Upload};
use catalog::{Actor, Error, Platform};
use tabular::Profile;

/// Reads what came and begins a draft of it.
///
/// # Errors
/// As [`Platform::create_draft`].
pub async fn create(platform: &Platform, upload: Upload, organization: &str, actor: &Actor) -> Result<Draft, Error> {
    let draft = platform.create_draft(upload, organization, actor).await?;
    let mut edits = first_choices(platform, &draft).await?;
    if let Some(key) = draft.choices.dataset.clone() {
        edits.extend(choices_of_last_time(platform, &draft, &key, actor).await?);
    }
    if edits.is_empty() {
        return Ok(draft);
    }
    let change = DraftChange { revision: draft.revision, edits };
    platform.change_draft(draft.id, change, actor).await
}

/// What follows from the tables themselves: a sheet without a table is left aside, a schema that a table plainly follows
/// is the one that it is checked against.
async fn first_choices(platform: &Platform, draft: &Draft) -> Result<Vec<Edit>, Error> {
    let some_have_columns = draft.tables().any(|(_, _, table)| is_table(table.columns, table.rows));
    let mut edits = Vec::new();
    for (key, source, table) in draft.tables() {
        if some_have_columns && !is_table(table.columns, table.rows) {
            edits.push(Edit::Include { table: key, included: false });
            continue;
        }
        let chosen = draft.choices.table(key).is_some_and(|choices| choices.schema.is_some());
        if !chosen {
            let profile = platform.store.profile(&source.snapshot, key.table).await?;
            let likely = resembling(platform, &profile).await?;
            edits.extend(likely.map(|schema| Edit::Schema { table: key, schema: Some(schema) }));
        }
    }
    Ok(edits)
}

/// Whether there is more than a note: a title and some lines in a sheet make no table.
fn is_table(columns: u32, rows: u64) -> bool {
    columns > 1 && rows > 0
}

/// The schema that a header resembles convincingly.
async fn resembling(platform: &Platform, profile: &Profile) -> Result<Option<String>, Error> {
    let header: Vec<String> = profile.columns.iter().map(|column| column.label.clone()).collect();
    let schemas = std::sync::Arc::clone(&platform.schemas);
    let propose = move || schemas.propose(&header).into_iter().next();
    let best = tokio::task::spawn_blocking(propose).await?;
    Ok(best.filter(schemas::Resemblance::is_convincing).map(|best| best.name))
}

/// The choices of the draft that last became this dataset, for the tables that are here again, and the resource to be
/// updated when there is only one.
async fn choices_of_last_time(
    platform: &Platform,
    draft: &Draft,
    dataset: &str,
    actor: &Actor,
) -> Result<Vec<Edit>, Error> {
    let Some(detail) = platform.records.dataset_detail(dataset).await? else { return Ok(Vec::new()) };
    let mut edits = Vec::new();
    let single = draft.tables().nth(1).is_none();
    if let ([only], true, None) = (detail.resources.as_slice(), single, draft.choices.resource) {
        let resource = Some(only.resource.id);
        edits.push(Edit::Target { dataset: Some(detail.dataset.slug.clone()), resource });
    }
    let id = detail.dataset.id;
    let last = platform
        .drafts(actor)
        .await?
        .into_iter()
        .find(|other| matches!(other.state, DraftState::Published { dataset } if dataset == id));
    if let Some(last) = last {
        edits.extend(again(draft, &last));
    }
    Ok(edits)
}

/// The choices of another draft, for the tables that have the same name here.
fn again(draft: &Draft, last: &Draft) -> Vec<Edit> {
    let single = draft.tables().nth(1).is_none() && last.tables().nth(1).is_none();
    let same = |key: TableKey, name: &Option<String>| {
        let found = last.tables().find(|(other, _, table)| single || (*other == key && table.name == *name));
        found.and_then(|(other, ..)| last.choices.table(other))
    };
    let tables = draft.tables().filter_map(|(key, _, table)| Some((key, same(key, &table.name)?)));
    tables.flat_map(|(key, choices)| edits_of(key, choices)).collect()
}

fn edits_of(table: TableKey, choices: &TableChoices) -> Vec<Edit> {
    let mut edits = vec![
        Edit::Include { table, included: choices.included },
        // Before the repairs: choosing a schema forgets them.
        Edit::Schema { table, schema: choices.schema.clone() },
        Edit::Repairs { table, repairs: choices.repairs.clone() },
    ];
    edits.extend(choices.remedies.iter().map(|(finding, remedy)| Edit::Remedy {
        table,
        finding: finding.clone(),
        remedy: Some(remedy.clone()),
    }));
    edits.extend(choices.geocoding.clone().map(|geocoding| Edit::Geocode { table, geocoding: Some(geocoding) }));
    edits.extend(choices.justifications.iter().map(|justified| Edit::Justify {
        table,
        finding: justified.finding.clone(),
        person: justified.person.clone(),
        reason: justified.reason.clone(),
    }));
    edits
}
