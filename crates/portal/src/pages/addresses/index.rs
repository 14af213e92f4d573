//! The bases that one may look at, and how another is begun.

use askama::Template;
use axum::extract::{Request, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::addresses::{BaseDraft, Begun, From, name};
use catalog::draft::Incoming;
use catalog::model::Organization;
use geography::{Geography, territory};

use super::{frame, href, told};
use crate::State;
use crate::i18n::Text;
use crate::pages::assistant::fields::Fields;
use crate::pages::assistant::intake;
use crate::pages::enter::organizations;
use crate::pages::frame::{Frame, Link};
use crate::pages::reader::Reader;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "addresses/index.html")]
struct IndexPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    bases: Vec<Item>,
    notice: Option<String>,
    fault: Option<String>,
    organizations: Vec<Choice>,
    commune: String,
    from: String,
    /// Communes that were meant by the name that was typed.
    meant: Vec<Choice>,
    /// What the index of addresses knows of the commune that is proposed.
    known: Option<String>,
}

struct Item {
    href: String,
    name: String,
    organization: String,
    state: String,
    class: &'static str,
    modified: String,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    let page = async {
        let mut page = page(&reader, &state).await?;
        let done = crate::pages::address::Address::of(&reader.uri).get("done").map(str::to_owned);
        page.notice = done.filter(|done| done == "removed").map(|_| reader.t.get("addresses-done-removed"));
        Ok(page)
    };
    reader.own(page.await)
}

async fn page(reader: &Reader, state: &State) -> Result<IndexPage, Problem> {
    let t = reader.t;
    let actor = reader.visitor.actor()?;
    let all = state.platform.records.organizations(catalog::model::Page::WHOLE).await?.items;
    let bases = state.platform.address_bases(actor).await?;
    let bases: Vec<Item> = bases
        .into_iter()
        .map(|base| {
            let (state, class) = match (base.published, base.is_ahead()) {
                (None, _) => ("addresses-state-new", "tag-warn"),
                (Some(_), true) => ("addresses-state-ahead", "tag-new"),
                (Some(_), false) => ("addresses-state-published", "tag-plain"),
            };
            let organization = all.iter().find(|organization| organization.id == base.organization);
            Item {
                href: href(&base.commune),
                name: format!("{} ({})", base.commune_name, base.commune),
                organization: organization.map(|organization| organization.name.clone()).unwrap_or_default(),
                state: t.get(state),
                class,
                modified: t.with("addresses-modified", "date", &t.day(&base.modified_at)),
            }
        })
        .collect();
    let own = organizations(state, &reader.visitor).await?;
    let proposed = proposed(&own);
    let known = proposed.as_deref().and_then(|code| known(state, code, &t));
    let title = t.get("addresses-title");
    Ok(IndexPage {
        frame: frame(reader, &title, &t.get("addresses-lead")),
        crumbs: vec![Link::new("/publish", t.get("nav-publish"))],
        bases,
        notice: None,
        fault: None,
        organizations: own.iter().map(|organization| choice(organization, None)).collect(),
        commune: proposed.unwrap_or_default(),
        from: if known.is_some() { "index" } else { "file" }.to_owned(),
        meant: Vec::new(),
        known,
        t,
    })
}

/// The commune of the only organisation, when it is a commune.
fn proposed(own: &[Organization]) -> Option<String> {
    let mut communes =
        own.iter().filter_map(|organization| organization.territory.as_deref()?.strip_prefix("commune:"));
    let first = communes.next()?;
    communes.next().is_none().then(|| first.to_owned())
}

fn known(state: &State, code: &str, t: &Text) -> Option<String> {
    let index = state.platform.geocoder.current()?;
    let (streets, numbers) = catalog::addresses::places::count(&index, code);
    let commune = Geography::shipped().commune(code)?;
    (streets > 0).then(|| {
        let values =
            [("commune", commune.name()), ("streets", &t.integer(&streets)), ("numbers", &t.integer(&numbers))];
        t.with_all("addresses-known", &values)
    })
}

fn choice(organization: &Organization, chosen: Option<&str>) -> Choice {
    let id = organization.id.to_string();
    Choice { chosen: chosen == Some(id.as_str()), value: id, label: organization.name.clone() }
}

/// Begins a base.
pub async fn begin(reader: Reader, Extract(state): Extract<State>, request: Request) -> Response {
    match attempt(&reader, &state, request).await {
        Ok(Ok(begun)) => reader.redirect(&format!("{}?done=begun", href(&begun.base.commune))),
        Ok(Err(refused)) => again(&reader, &state, refused).await,
        Err(problem) => reader.fail(&problem),
    }
}

/// A form that comes back with what is wrong.
struct Refused {
    sentence: String,
    fields: Fields,
    meant: Vec<Choice>,
}

async fn attempt(reader: &Reader, state: &State, request: Request) -> Result<Result<Begun, Refused>, Problem> {
    let actor = reader.visitor.actor()?;
    let staging = state.platform.store.stage()?;
    let intake::Intake { files, fields } =
        intake::read(request, &staging.scratch(), state.config.limits.upload_bytes).await?;
    let refused = |sentence: String, fields: Fields| Ok(Err(Refused { sentence, fields, meant: Vec::new() }));
    let commune = match commune(fields.get("commune")) {
        Ok(code) => code,
        Err(meant) => {
            let key = if meant.is_empty() { "addresses-commune-unknown" } else { "addresses-commune-which" };
            return Ok(Err(Refused { sentence: reader.t.get(key), fields, meant }));
        }
    };
    let from = match (fields.get("from"), files.into_iter().next()) {
        ("nothing", _) => From::Nothing,
        ("index", _) => From::Index,
        (_, Some(Incoming::File { path, .. })) => From::File(path),
        _ => return refused(reader.t.get("addresses-file-missing"), fields),
    };
    let organization = fields.get("organization").to_owned();
    let organization = if organization.is_empty() {
        organizations(state, &reader.visitor).await?.first().map(|own| own.id.to_string()).unwrap_or_default()
    } else {
        organization
    };
    match state.platform.begin_addresses(BaseDraft { organization, commune, from }, actor).await {
        Ok(begun) => Ok(Ok(begun)),
        Err(error) => refused(told(reader, error)?, fields),
    }
}

/// The code of a commune that was typed as a code or a name; those that may be meant, when it isn't clear.
fn commune(text: &str) -> Result<String, Vec<Choice>> {
    let text = text.trim();
    // A code may come with the name, “Bram (11049)”; figures beside another name are a postcode.
    let written = name::key(text);
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_ascii_uppercase);
    let meant = words.find(|word| {
        let commune = Geography::shipped().commune(word);
        commune.is_some_and(|found| text.eq_ignore_ascii_case(word) || written.contains(&name::key(found.name())))
    });
    if let Some(code) = meant {
        return Ok(code);
    }
    let found = territory::suggest(text, Some(territory::Kind::Commune), 10);
    let folded = catalog::slug::fold(text);
    let same: Vec<_> = found.iter().filter(|found| catalog::slug::fold(found.name()) == folded).collect();
    if let [only] = same.as_slice() {
        return Ok(only.code().to_owned());
    }
    let label = |territory: &territory::Territory| format!("{} ({})", territory.name(), territory.code());
    Err(found
        .iter()
        .map(|found| Choice { value: found.code().to_owned(), label: label(found), chosen: false })
        .collect())
}

async fn again(reader: &Reader, state: &State, refused: Refused) -> Response {
    let page = async {
        let mut page = page(reader, state).await?;
        page.fault = Some(refused.sentence);
        page.commune = refused.fields.get("commune").to_owned();
        page.from = refused.fields.get("from").to_owned();
        page.meant = refused.meant;
        let chosen = refused.fields.get("organization");
        for organization in &mut page.organizations {
            organization.chosen = organization.value == chosen;
        }
        Ok(page)
    };
    reader.own_as(StatusCode::UNPROCESSABLE_ENTITY, page.await)
}
