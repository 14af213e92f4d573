//! Typing data in, from any schema: a form and a grid in one, checked as one types, that makes the file.

mod check;
mod page;
mod save;
mod sheet;
mod suggest;

pub use check::live;
pub use page::show;
pub use save::act;
pub use suggest::territories;

use catalog::account::Role;
use catalog::model::Organization;

use crate::State;
use crate::params;
use crate::problem::Problem;
use crate::session::Visitor;

/// Rows of an empty form.
const FIRST_ROWS: usize = 5;
/// Rows that a button adds.
const MORE_ROWS: usize = 10;
/// Rows of a form: beyond, a spreadsheet is the better tool.
const MOST_ROWS: usize = 500;

/// The fields of a form in their order.
///
/// # Errors
/// When it isn't UTF-8.
fn fields(body: &str) -> Result<Vec<(String, String)>, Problem> {
    params::pairs(body)
        .map(|pair| {
            let pair = pair?;
            Ok((pair.name.into_owned(), pair.value.unwrap_or_default().into_owned()))
        })
        .collect()
}

/// The value of a field.
fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// The organisations that a visitor may prepare data for.
pub(super) async fn organizations(state: &State, visitor: &Visitor) -> Result<Vec<Organization>, Problem> {
    let actor = visitor.actor()?;
    let all = state.platform.records.organizations(catalog::model::Page::WHOLE).await?;
    Ok(all.items.into_iter().filter(|organization| actor.has_role(organization.id, Role::Contributor)).collect())
}
