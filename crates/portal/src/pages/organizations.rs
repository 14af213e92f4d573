//! All organisations, with how much each publishes.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;
use catalog::model::Page;

use super::card::organization_href;
use super::frame::Frame;
use super::reader::Reader;
use crate::State;
use crate::i18n::Text;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "organizations.html")]
struct OrganizationsPage {
    t: Text,
    frame: Frame,
    lead: String,
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
    let organizations = publishers(state, &t).await?;
    let lead = t.count("organizations-lead", &(organizations.len() as u64));
    let frame = Frame::new(reader, "organizations", t.get("organizations-title"), lead.as_str());
    Ok(OrganizationsPage { t, frame, lead, organizations })
}

/// All organisations, those that publish most first.
pub async fn publishers(state: &State, t: &Text) -> Result<Vec<Publisher>, Problem> {
    let listing = state.platform.records.organizations(Page::WHOLE).await?;
    let counts = state.platform.records.dataset_counts().await?;
    let mut counted: Vec<_> = listing
        .items
        .into_iter()
        .map(|organization| (counts.get(&organization.id).copied().unwrap_or(0), organization))
        .collect();
    counted.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.name.cmp(&other.name)));
    let publisher = |(count, organization): (u64, catalog::model::Organization)| Publisher {
        href: organization_href(&organization.slug),
        label: organization.name,
        count: t.count("datasets-count", &count),
    };
    Ok(counted.into_iter().map(publisher).collect())
}
