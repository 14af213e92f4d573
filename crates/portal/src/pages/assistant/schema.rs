//! The schema that a table is checked against: the one that it resembles, another one, or none.

use std::collections::HashSet;

use axum::response::Response;
use catalog::check::TableCheck;
use catalog::draft::{Edit, TableChoices};
use schemas::{Entry, Kind, Library};

use super::fields::table_key;
use super::posted::{Posted, either};
use super::route::Step;
use crate::i18n::Text;
use crate::pages::frame::Link;

/// What the page says of a table's schema, and offers.
pub struct Choice {
    pub sentence: String,
    /// Page of the schema that is followed.
    pub read: Option<String>,
    /// The schema that it resembles most, when it follows none.
    pub likely: Option<Link>,
    pub groups: Vec<Group>,
}

/// Schemas of a list.
pub struct Group {
    pub label: String,
    pub options: Vec<Option_>,
}

/// A schema that can be chosen.
pub struct Option_ {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// What a table's schema is and may be.
pub fn choice(library: &Library, choices: &TableChoices, check: &TableCheck, t: &Text) -> Choice {
    let used = choices.schema.as_deref();
    let entry = used.and_then(|reference| library.entry(reference.split('@').next().unwrap_or(reference)));
    let title = entry.map(|entry| entry.title.as_str()).or(used);
    let best = check.resembles.first();
    let sentence = match (title, best) {
        (Some(title), _) => t.with("check-schema-used", "title", title),
        (None, Some(best)) => t.with_all(
            "check-schema-likely",
            &[
                ("title", best.title.as_str()),
                ("matched", &t.integer(&(best.matched.len() as u64))),
                ("total", &t.integer(&((best.matched.len() + best.unknown.len()) as u64))),
            ],
        ),
        (None, None) => t.get("check-schema-none"),
    };
    let likely = best.filter(|_| used.is_none());
    let chosen = entry.map(|entry| entry.name.as_str()).or(used);
    Choice {
        sentence,
        read: entry.map(|entry| format!("/schemas/{}", entry.name)),
        likely: likely.map(|best| Link::new(best.name.as_str(), t.with("check-schema-use", "title", &best.title))),
        groups: groups(library, check, chosen, t),
    }
}

fn groups(library: &Library, check: &TableCheck, chosen: Option<&str>, t: &Text) -> Vec<Group> {
    let close: HashSet<&str> = check.resembles.iter().map(|resemblance| resemblance.name.as_str()).collect();
    let closest = check.resembles.iter().map(|resemblance| Option_ {
        value: resemblance.name.clone(),
        label: t.with_all(
            "check-schema-match",
            &[
                ("title", &resemblance.title),
                ("matched", &t.integer(&(resemblance.matched.len() as u64))),
                ("total", &t.integer(&((resemblance.matched.len() + resemblance.unknown.len()) as u64))),
            ],
        ),
        chosen: chosen == Some(resemblance.name.as_str()),
    });
    let table = |entry: &&Entry| entry.kind != Kind::JsonSchema && !close.contains(entry.name.as_str());
    let mut others: Vec<Option_> = library
        .entries()
        .iter()
        .filter(table)
        .map(|entry| Option_ {
            value: entry.name.clone(),
            label: entry.title.clone(),
            chosen: chosen == Some(entry.name.as_str()),
        })
        .collect();
    others.sort_by_cached_key(|option| option.label.to_lowercase());
    let groups = [("check-schema-group-likely", closest.collect()), ("check-schema-group-all", others)];
    let groups = groups.into_iter().filter(|(_, options): &(_, Vec<Option_>)| !options.is_empty());
    groups.map(|(label, options)| Group { label: t.get(label), options }).collect()
}

/// Chooses a schema for a table; it is checked again.
pub async fn decide(posted: Posted) -> Response {
    either(
        async {
            let Some(table) = table_key(posted.fields.get("table")) else { return Ok(posted.go(Step::Check)) };
            let use_ = posted.fields.get("use");
            let chosen = if use_.is_empty() { posted.fields.get("schema") } else { use_ };
            let schema = Some(chosen.to_owned()).filter(|schema| !schema.is_empty());
            posted.change(vec![Edit::Schema { table, schema }]).await?;
            Ok(posted.go(Step::Check))
        }
        .await,
    )
}
