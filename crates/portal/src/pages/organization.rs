//! An organisation: who it is, what it publishes.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use catalog::account::Role;
use catalog::model::{Organization, Page};
use uuid::Uuid;

use super::address::Address;
use super::card::{Card, card, organization_href};
use super::frame::{Frame, Link};
use super::markdown;
use super::reader::Reader;
use super::territory::{TerritoryView, label};
use crate::State;
use crate::i18n::Text;
use crate::problem::Problem;

/// Datasets shown here; the catalogue shows the others.
const SHOWN: u64 = 24;

#[derive(Template)]
#[template(path = "organization.html")]
struct OrganizationPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    name: String,
    lead: String,
    description: String,
    territory: Option<TerritoryView>,
    homepage: Option<String>,
    email: Option<String>,
    siret: Option<String>,
    since: String,
    cards: Vec<Card>,
    more: bool,
    all: String,
    /// The page of members, for those who administer it.
    members: Option<String>,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(slug): Path<String>) -> Response {
    reader.answer(&state, page(&reader, &state, &slug)).await
}

async fn page(reader: &Reader, state: &State, slug: &str) -> Result<OrganizationPage, Problem> {
    let t = reader.t;
    let records = &state.platform.records;
    let organization = records.organization(slug).await?.ok_or_else(|| Problem::not_found("organization", slug))?;
    let listing = records.datasets_of(organization.id, Page { offset: 0, limit: SHOWN }).await?;
    let ids: Vec<Uuid> = listing.items.iter().map(|dataset| dataset.id).collect();
    let mut cards = Vec::new();
    for detail in records.dataset_details(&ids).await? {
        cards.push(card(state, &t, reader.now, &detail).await);
    }
    let lead = t.count("organization-lead", &listing.total);
    let frame =
        Frame::new(reader, "organizations", organization.name.as_str(), format!("{}. {lead}", organization.name));
    let all = Address::path("/datasets").with("organization", &organization.slug).href();
    let more = listing.total > SHOWN;
    let administers =
        reader.visitor.actor.as_ref().is_some_and(|actor| actor.has_role(organization.id, Role::Administrator));
    let members = administers.then(|| format!("{}/members", organization_href(&organization.slug)));
    Ok(OrganizationPage { cards, more, all, members, ..about(&t, frame, lead, organization) })
}

fn about(t: &Text, frame: Frame, lead: String, organization: Organization) -> OrganizationPage {
    OrganizationPage {
        t: *t,
        frame,
        crumbs: vec![Link::new("/organizations", t.get("nav-organizations"))],
        lead,
        description: markdown::to_html(&organization.description),
        territory: organization.territory.as_deref().map(|key| TerritoryView::of(key, t)),
        homepage: organization.homepage.filter(|address| markdown::is_safe(address)),
        email: organization.email,
        siret: organization.siret,
        since: t.day(&organization.created_at),
        name: organization.name,
        cards: Vec::new(),
        more: false,
        all: String::new(),
        members: None,
    }
}

/// A territory as it is read: `commune:11076` is “Castelnaudary (Aude)”.
pub fn territory(code: &str, t: &Text) -> String {
    if let Some(known) = geography::territory::find(code) {
        return label(known, t);
    }
    match code.split_once(':') {
        Some(("pays", "FR")) => t.get("territory-france"),
        Some((kind, number)) => {
            let kind = t.find(&format!("territory-{kind}")).unwrap_or_else(|| kind.to_owned());
            format!("{kind} {number}")
        }
        None => code.to_owned(),
    }
}
