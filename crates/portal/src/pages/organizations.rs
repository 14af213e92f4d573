//! All organisations, with how much each publishes.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;
use catalog::SearchQuery;
use catalog::model::{Organization, Page};
use geography::territory::{self, Territory};

use super::address::Address;
use super::card::organization_href;
use super::frame::Frame;
use super::reader::Reader;
use super::territory::Around;
use crate::State;
use crate::i18n::Text;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "organizations.html")]
struct OrganizationsPage {
    t: Text,
    frame: Frame,
    lead: String,
    around: Option<Around>,
    organizations: Vec<Publisher>,
}

/// An organisation in a list.
pub struct Publisher {
    pub href: String,
    pub label: String,
    /// “12 jeux de données”.
    pub count: String,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    reader.answer(&state, page(&reader, &state)).await
}

async fn page(reader: &Reader, state: &State) -> Result<OrganizationsPage, Problem> {
    let t = reader.t;
    let around = Around::of(reader, &Address::of(&reader.uri));
    let organizations = publishers(state, &t, around.as_ref()).await?;
    let lead = t.count("organizations-lead", &(organizations.len() as u64));
    let frame = Frame::new(reader, "organizations", t.get("organizations-title"), lead.as_str());
    Ok(OrganizationsPage { t, frame, lead, around, organizations })
}

/// All organisations, those that publish most first; around a territory, those that are there or publish about it.
pub async fn publishers(state: &State, t: &Text, around: Option<&Around>) -> Result<Vec<Publisher>, Problem> {
    let listing = state.platform.records.organizations(Page::WHOLE).await?;
    let mut counted: Vec<_> = match around.and_then(|around| around.territory) {
        Some(territory) => {
            let counts = counts_around(state, territory).await?;
            let count = |organization: &Organization| counts.get(&organization.slug).copied().unwrap_or(0);
            let counted = listing.items.into_iter().map(|organization| (count(&organization), organization));
            counted.filter(|(count, organization)| *count > 0 || is_around(organization, territory)).collect()
        }
        None => {
            let counts = state.platform.records.dataset_counts().await?;
            let count = |organization: &Organization| counts.get(&organization.id).copied().unwrap_or(0);
            listing.items.into_iter().map(|organization| (count(&organization), organization)).collect()
        }
    };
    counted.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.name.cmp(&other.name)));
    let publisher = |(count, organization): (u64, Organization)| Publisher {
        href: organization_href(&organization.slug),
        label: organization.name,
        count: t.count("datasets-count", &count),
    };
    Ok(counted.into_iter().map(publisher).collect())
}

/// Datasets around a territory, by the slug of who publishes them.
async fn counts_around(state: &State, territory: Territory) -> Result<HashMap<String, u64>, Problem> {
    let query = SearchQuery { around: Some(territory.key()), limit: 0, ..SearchQuery::default() };
    let facets = state.platform.search.find(query).await?.facets;
    Ok(facets.organization.into_iter().map(|value| (value.value, value.count)).collect())
}

fn is_around(organization: &Organization, territory: Territory) -> bool {
    let own = organization.territory.as_deref().and_then(territory::find);
    own.is_some_and(|own| own.contains(territory) || territory.contains(own))
}
