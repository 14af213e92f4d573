//! The schemas known here: what each asks, a template to fill in, and the way to type data in from it.

mod list;
mod schema;
mod template;
pub(super) mod words;

pub use list::{show as list, to_enter};
pub use schema::{descriptor, show, table_of, template};

use schemas::{Entry, Found, Kind as SchemaKind};

use crate::State;
use crate::problem::{Kind, Problem};

/// The schema of a page's address and what is known of it.
///
/// # Errors
/// When there is no such schema, or it can't be read.
pub(super) fn find(state: &State, owner: &str, name: &str) -> Result<(Entry, Found), Problem> {
    let entry = entry(state, owner, name)?;
    let found = state.platform.schemas.find(&entry.name);
    let found = found.map_err(|error| Problem::new(Kind::Internal, error.to_string()))?;
    Ok((entry, found))
}

/// What is known of the schema of a page's address.
pub(super) fn entry(state: &State, owner: &str, name: &str) -> Result<Entry, Problem> {
    let full = format!("{owner}/{name}");
    let known = state.platform.schemas.entries().iter().find(|entry| entry.name == full);
    known.cloned().ok_or_else(|| Problem::not_found("schema", &full))
}

/// Schemas that describe one table, in the order of the catalogue.
pub(super) fn of_tables(state: &State) -> impl Iterator<Item = &Entry> {
    state.platform.schemas.entries().iter().filter(|entry| entry.kind == SchemaKind::TableSchema)
}

/// Whether a schema has all the words of a search, accents and case aside.
pub(super) fn matches(entry: &Entry, search: &str) -> bool {
    let text = catalog::slug::fold(&format!("{} {} {}", entry.name, entry.title, entry.description));
    catalog::slug::fold(search).split_whitespace().all(|word| text.contains(word))
}
