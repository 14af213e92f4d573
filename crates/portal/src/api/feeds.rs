//! For machines that follow: Atom feeds of changes, the sitemap, OpenSearch, `robots.txt`, `security.txt`, health.

use std::{collections::HashMap, fmt::Write};

use axum::{
    Router,
    extract::{Path, Request, State as Extract},
    http::{HeaderMap, Uri, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use catalog::{
    model::{Action, Dataset, Event, Page},
    records::HistoryFilter,
};
use geography::territory::{self, Territory};
use serde_json::json;
use uuid::Uuid;

use super::v1::listing;
use crate::{
    State,
    caching::Validator,
    problem::{Kind, Problem},
};

/// Facts of a feed.
const FACTS: u64 = 50;
/// Facts among which those around a territory are looked for.
const READ: u64 = 1_000;
/// Addresses of a sitemap, by its protocol.
const ADDRESSES: usize = 50_000;

/// The routes.
pub fn router() -> Router<State> {
    Router::new()
        .route("/feed.atom", get(portal_feed))
        .route("/datasets/{slug}/feed.atom", get(dataset_feed))
        .route("/sitemap.xml", get(sitemap))
        .route("/opensearch.xml", get(opensearch))
        .route("/robots.txt", get(robots))
        .route("/.well-known/security.txt", get(security))
        .route("/health", get(health))
}

async fn portal_feed(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    let title = state.config.site_name.clone();
    feed(&state, &request.into_parts().0, &title, None).await
}

async fn dataset_feed(
    Extract(state): Extract<State>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let dataset = state.platform.records.dataset(&slug).await?;
    let dataset = dataset.ok_or_else(|| Problem::not_found("dataset", &slug))?;
    feed(&state, &request.into_parts().0, &dataset.title, Some(dataset.id)).await
}

async fn feed(state: &State, request: &Parts, title: &str, dataset: Option<Uuid>) -> Result<Response, Problem> {
    let base = state.base_url(&request.headers);
    let validator = listing::validator(state, &request.uri, &base).await?;
    if let Some(response) = validator.unchanged(&request.method, &request.headers) {
        return Ok(response);
    }
    let around = around(&request.uri)?;
    let limit = if around.is_some() { READ } else { FACTS };
    let filter = HistoryFilter { dataset, limit, ..HistoryFilter::default() };
    let mut events = state.platform.records.history(filter).await?;
    let mut datasets = HashMap::new();
    for id in events.iter().filter_map(|event| event.dataset) {
        if let std::collections::hash_map::Entry::Vacant(vacant) = datasets.entry(id) {
            vacant.insert(state.platform.records.dataset(&id.to_string()).await?);
        }
    }
    if let Some(around) = around {
        events.retain(|event| {
            let dataset = event.dataset.and_then(|id| datasets.get(&id)?.as_ref());
            dataset.is_some_and(|dataset| is_around(dataset, around))
        });
        events.truncate(FACTS as usize);
    }
    let address = format!("{base}{}", request.uri.path_and_query().map_or("/", |target| target.as_str()));
    let updated = events.first().map(|event| event.at.to_string());
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    element("title", title, &mut out);
    element("id", &address, &mut out);
    element("updated", updated.as_deref().unwrap_or("1970-01-01T00:00:00Z"), &mut out);
    let _ = writeln!(out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escape(&address));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}/\"/>", escape(&base));
    element_of("author", &[("name", &state.config.site_name)], &mut out);
    for event in &events {
        let dataset = event.dataset.and_then(|id| datasets.get(&id)?.as_ref());
        if let Some(dataset) = dataset {
            entry(event, dataset, &base, &mut out);
        }
    }
    out.push_str("</feed>\n");
    Ok(respond(&validator, "application/atom+xml; charset=utf-8", out))
}

/// The territory that a feed is narrowed to: `?around=commune:11076`.
fn around(uri: &Uri) -> Result<Option<Territory>, Problem> {
    let pairs = crate::params::pairs(uri.query().unwrap_or_default()).filter_map(Result::ok);
    let Some(key) = pairs.into_iter().find(|pair| pair.name == "around").and_then(|pair| pair.value) else {
        return Ok(None);
    };
    let refused = || Problem::new(Kind::BadRequest, "around is a territory: for example commune:11076, departement:11");
    territory::find(&key).map(Some).ok_or_else(refused)
}

/// Whether a dataset is about something inside a territory, or about what that is inside of.
fn is_around(dataset: &Dataset, around: Territory) -> bool {
    let own = dataset.territory.as_deref().and_then(territory::find);
    own.is_some_and(|own| own.contains(around) || around.contains(own))
}

fn entry(event: &Event, dataset: &Dataset, base: &str, out: &mut String) {
    let what =
        serde_json::to_value(event.action).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
    let resource =
        event.detail.get("title").and_then(serde_json::Value::as_str).filter(|title| *title != dataset.title);
    let title = match (event.action, resource) {
        (Action::VersionPublished | Action::ResourceCreated | Action::ResourceRemoved, Some(resource)) => {
            format!("{} – {resource}", dataset.title)
        }
        _ => dataset.title.clone(),
    };
    out.push_str("<entry>\n");
    element("title", &title, out);
    element("id", &format!("urn:uuid:{}#{}", event.subject, event.id), out);
    element("updated", &event.at.to_string(), out);
    element_of("author", &[("name", actor(&event.actor))], out);
    let _ = writeln!(
        out,
        "<link rel=\"alternate\" type=\"text/html\" href=\"{}/datasets/{}\"/>",
        escape(base),
        escape(&dataset.slug)
    );
    let _ = writeln!(out, "<category term=\"{}\"/>", escape(&what));
    if !dataset.description.is_empty() {
        element("summary", &dataset.description.chars().take(500).collect::<String>(), out);
    }
    out.push_str("</entry>\n");
}

/// Who, without an address: feeds are public.
fn actor(name: &str) -> &str {
    name.split(':').next().unwrap_or(name)
}

async fn sitemap(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    let base = state.base_url(request.headers());
    let validator = listing::validator(&state, request.uri(), &base).await?;
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in ["/", "/datasets", "/organizations"] {
        element_of("url", &[("loc", &format!("{base}{path}"))], &mut out);
    }
    for organization in state.platform.records.organizations(Page::WHOLE).await?.items {
        element_of("url", &[("loc", &format!("{base}/organizations/{}", organization.slug))], &mut out);
    }
    let mut offset = 0;
    loop {
        let page = Page { offset, limit: Page::LARGEST };
        let datasets = state.platform.records.datasets(page).await?.items;
        for dataset in &datasets {
            let address = format!("{base}/datasets/{}", dataset.slug);
            element_of("url", &[("loc", &address), ("lastmod", &dataset.modified_at.to_string())], &mut out);
        }
        offset += Page::LARGEST;
        if datasets.is_empty() || offset as usize + 2 * Page::LARGEST as usize > ADDRESSES {
            break;
        }
    }
    out.push_str("</urlset>\n");
    Ok(respond(&validator, "application/xml; charset=utf-8", out))
}

async fn opensearch(Extract(state): Extract<State>, request: Request) -> Response {
    let base = state.base_url(request.headers());
    let name = &state.config.site_name;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n",
    );
    element("ShortName", &name.chars().take(16).collect::<String>(), &mut out);
    element("Description", name, &mut out);
    element("InputEncoding", "UTF-8", &mut out);
    let base = escape(&base);
    let _ = writeln!(out, "<Url type=\"text/html\" template=\"{base}/datasets?q={{searchTerms}}\"/>");
    let _ = writeln!(out, "<Url type=\"application/json\" template=\"{base}/api/v1/datasets?q={{searchTerms}}\"/>");
    out.push_str("</OpenSearchDescription>\n");
    ([(header::CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8")], out).into_response()
}

async fn robots(Extract(state): Extract<State>, headers: HeaderMap) -> String {
    let base = state.base_url(&headers);
    format!("User-agent: *\nDisallow: /api/\nDisallow: /tabular/\nDisallow: /embed/\n\nSitemap: {base}/sitemap.xml\n")
}

async fn security(Extract(state): Extract<State>, headers: HeaderMap) -> Result<String, Problem> {
    let contact = state.config.security_contact.as_deref();
    let contact =
        contact.ok_or_else(|| Problem::new(Kind::NotFound, "this portal has not named a security contact"))?;
    let expires = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * 180);
    let expires = expires.strftime("%Y-%m-%dT%H:%M:%SZ");
    let base = state.base_url(&headers);
    Ok(format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: fr, en\nCanonical: {base}/.well-known/security.txt\n"
    ))
}

async fn health(Extract(state): Extract<State>) -> Result<Response, Problem> {
    let checked = state.platform.records.last_event().await;
    checked.map_err(|error| {
        tracing::error!(%error, "the catalogue does not answer");
        Problem::new(Kind::Unavailable, "the catalogue does not answer")
    })?;
    let body = json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")});
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response())
}

fn respond(validator: &Validator, media_type: &'static str, body: String) -> Response {
    let mut response = ([(header::CONTENT_TYPE, media_type)], body).into_response();
    validator.apply(&mut response);
    response
}

fn element(name: &str, text: &str, out: &mut String) {
    let _ = writeln!(out, "<{name}>{}</{name}>", escape(text));
}

fn element_of(name: &str, members: &[(&str, &str)], out: &mut String) {
    let _ = write!(out, "<{name}>");
    for (member, text) in members {
        let _ = write!(out, "<{member}>{}</{member}>", escape(text));
    }
    let _ = writeln!(out, "</{name}>");
}

/// Text in XML, without the characters that XML cannot hold.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(character),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
