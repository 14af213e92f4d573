//! What a new file changes of the version that is online: rows and columns.

use std::collections::{HashMap, HashSet};

use arrow::array::ArrayRef;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use catalog::draft::Preview;
use catalog::model::Version;
use futures::TryStreamExt as _;
use query::model::Query;
use sha2::{Digest as _, Sha256};
use tabular::Profile;
use uuid::Uuid;

use crate::State;
use crate::chart::shorten;
use crate::i18n::Text;
use crate::problem::{Kind, Problem};

/// Rows up to which rows are compared one by one; of longer tables only the numbers of rows are.
const COMPARED: u64 = 300_000;

/// The differences, in words.
pub struct Changes {
    pub lines: Vec<String>,
    /// Whether somebody's program may break.
    pub warns: bool,
}

/// What a table as it would be published changes of the resource that it updates; nothing when there is no such table.
///
/// # Errors
/// When a table can't be read.
pub async fn of(state: &State, resource: Uuid, made: &Preview, t: &Text) -> Result<Option<Changes>, Problem> {
    let Some(online) = state.platform.records.resource_detail(resource).await? else { return Ok(None) };
    let version = &online.version;
    let Some(table) = version.table else { return Ok(None) };
    let before = state.platform.store.profile(&version.snapshot, table).await?;
    let after = state.platform.store.profile(&made.snapshot, made.table).await?;
    let mut lines = Vec::new();
    let warns = columns(&before, &after, &mut lines, t);
    if before.rows.max(after.rows) > COMPARED {
        let rows = |profile: &Profile| t.count("rows-count", &profile.rows);
        lines.push(t.with2("changes-rows-only", "before", &rows(&before), "after", &rows(&after)));
    } else {
        let new = Version { snapshot: made.snapshot.clone(), table: Some(made.table), ..version.clone() };
        rows(state, version, &new, &shared(&before, &after), &mut lines, t).await?;
    }
    Ok(Some(Changes { lines, warns }))
}

fn shared(before: &Profile, after: &Profile) -> Vec<String> {
    let after: HashSet<&str> = after.columns.iter().map(|column| column.name.as_str()).collect();
    before
        .columns
        .iter()
        .filter(|column| after.contains(column.name.as_str()))
        .map(|column| column.name.clone())
        .collect()
}

/// Says which columns are new or gone; whether some are gone.
fn columns(before: &Profile, after: &Profile, lines: &mut Vec<String>, t: &Text) -> bool {
    let names = |profile: &Profile| profile.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
    let (before, after) = (names(before), names(after));
    let missing = |of: &[String], from: &[String]| {
        let missing: Vec<String> =
            of.iter().filter(|name| !from.contains(name)).map(|name| shorten(name, 60)).collect();
        (!missing.is_empty()).then(|| missing.join(", "))
    };
    let (added, removed) = (missing(&after, &before), missing(&before, &after));
    lines.extend(added.as_ref().map(|names| t.with("changes-columns-added", "names", names)));
    lines.extend(removed.as_ref().map(|names| t.with("changes-columns-removed", "names", names)));
    if added.is_none() && removed.is_none() {
        lines.push(t.get("changes-columns-same"));
    }
    removed.is_some()
}

/// Counts the rows that are only here, only there, and in both, by what the shared columns say.
async fn rows(
    state: &State,
    online: &Version,
    new: &Version,
    shared: &[String],
    lines: &mut Vec<String>,
    t: &Text,
) -> Result<(), Problem> {
    if shared.is_empty() {
        return Ok(());
    }
    let mut known: HashMap<[u8; 16], i64> = HashMap::new();
    let before = fingerprints(state, online, shared).await?;
    let total_before = before.len() as u64;
    for row in before {
        *known.entry(row).or_default() += 1;
    }
    let mut same = 0_u64;
    let after = fingerprints(state, new, shared).await?;
    let total_after = after.len() as u64;
    for row in after {
        if let Some(left) = known.get_mut(&row).filter(|left| **left > 0) {
            *left -= 1;
            same += 1;
        }
    }
    lines.push(t.count("changes-rows-added", &(total_after - same)));
    lines.push(t.count("changes-rows-removed", &(total_before - same)));
    lines.push(t.count("changes-rows-same", &same));
    Ok(())
}

/// Half a hash of what each row says.
async fn fingerprints(state: &State, version: &Version, columns: &[String]) -> Result<Vec<[u8; 16]>, Problem> {
    let table = state.open(version).await?;
    let query = Query { select: columns.to_vec(), ..Query::default() };
    let mut batches = state.engine.stream(&table, &query).await?;
    let mut rows = Vec::new();
    while let Some(batch) = batches.try_next().await.map_err(|error| broken(&error))? {
        let options = FormatOptions::default().with_null("\u{0}");
        let cells: Vec<&ArrayRef> = columns.iter().filter_map(|name| batch.column_by_name(name)).collect();
        let formats = cells.iter().map(|cells| ArrayFormatter::try_new(cells.as_ref(), &options));
        let formats = formats.collect::<Result<Vec<_>, _>>().map_err(|error| broken(&error))?;
        for row in 0..batch.num_rows() {
            let mut hash = Sha256::new();
            for format in &formats {
                hash.update(format.value(row).to_string().as_bytes());
                hash.update([0xff]);
            }
            let mut half = [0; 16];
            half.copy_from_slice(&hash.finalize()[..16]);
            rows.push(half);
        }
    }
    Ok(rows)
}

fn broken(error: &dyn std::error::Error) -> Problem {
    Problem::new(Kind::Internal, format!("a table could not be compared: {error}"))
}
