//! What an address asks of the explorer.

use std::sync::Arc;

use axum::http::Uri;
use query::Table;
use query::model::Query;

use crate::pages::address::Address;
use crate::params::{Dialect, ParamError, is_grouped, parse_with};

/// Parameters that only pages know; the others are the grammar of queries.
pub const OWN: [&str; 6] = ["view", "kind", "x", "y", "fn", "lang"];
/// Parameters that choose a part of an answer.
const PLACE: [&str; 5] = ["page", "page_size", "offset", "limit", "cursor"];
/// Operators without a value.
const BARE: [&str; 9] = ["isnull", "isnotnull", "groupby", "count", "avg", "min", "max", "sum", "median"];
/// Rows of a page.
pub const ROWS: u64 = 50;
/// Rows of a page at most.
const MOST_ROWS: u64 = 200;

/// How rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewKind {
    Table,
    Chart,
    Map,
}

impl ViewKind {
    /// Its name in an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Chart => "chart",
            Self::Map => "map",
        }
    }

    fn of(address: &Address) -> Self {
        match address.get("view") {
            Some("chart") => Self::Chart,
            Some("map") => Self::Map,
            _ => Self::Table,
        }
    }
}

/// An address, understood.
pub struct Asked {
    /// The address without what forms leave empty.
    pub address: Address,
    /// How rows are shown.
    pub view: ViewKind,
    /// Which rows, or what is wrong with the question.
    pub query: Result<Query, ParamError>,
}

/// The address that says the same without the empty fields of a form; `None` when the address is already so.
pub fn tidied(uri: &Uri) -> Option<Address> {
    let asked = Address::of(uri);
    let operator = |name: &str| name.rsplit_once("__").map(|(_, operator)| operator.to_ascii_lowercase());
    let is_bare = |name: &str| operator(name).is_some_and(|operator| BARE.contains(&operator.as_str()));
    let kept = asked.only(|name, value| !value.is_empty() || is_bare(name));
    (kept != asked).then_some(kept)
}

impl Asked {
    /// Reads an address against the columns of a table.
    pub fn read(uri: &Uri, table: &Arc<Table>) -> Self {
        let address = Address::of(uri).without("lang");
        let query = parse_with(uri.query().unwrap_or_default(), table.profile(), Dialect::Native, &OWN)
            .and_then(|parsed| parsed.paged(ROWS, MOST_ROWS))
            .map(|parsed| {
                let mut query = parsed.query;
                query.with_row_id = !is_grouped(&query);
                query
            });
        Self { view: ViewKind::of(&address), address, query }
    }

    /// The address without the part of the answer: a change of question goes back to the first page.
    pub fn at_start(&self) -> Address {
        self.address.only(|name, _| !PLACE.contains(&name))
    }

    /// The question alone, for the API, files and tiles.
    pub fn question(&self) -> Address {
        self.address.only(|name, _| !PLACE.contains(&name) && !OWN.contains(&name))
    }

    /// Another view of the same rows.
    pub fn in_view(&self, view: ViewKind) -> Address {
        let plain = self.at_start().only(|name, _| !OWN.contains(&name));
        if view == ViewKind::Table { plain } else { plain.with("view", view.name()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_fields_of_a_form_leave_the_address() {
        let tidy = |uri: &'static str| tidied(&Uri::from_static(uri)).map(|address| address.href());
        assert_eq!(tidy("/r?q=&nom__contains=&montant__less=5").as_deref(), Some("/r?montant__less=5"));
        assert_eq!(tidy("/r?montant__less=5&nom__isnull"), None);
        assert_eq!(tidy("/r"), None);
    }
}
