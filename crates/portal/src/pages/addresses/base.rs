//! A base: how far it is, what is to be mended, its streets.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::addresses::{Ground, ProblemKind, StreetDraft, StreetKind, StreetLine, name};

use super::job::{self, Stage};
use super::{Asked, form, frame, told, words};
use crate::State;
use crate::i18n::Text;
use crate::pages::address::Address;
use crate::pages::frame::{Frame, Link};
use crate::pages::pager::Pager;
use crate::pages::reader::Reader;
use crate::problem::{Kind, Problem};

/// Streets of a page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "addresses/base.html")]
struct BasePage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    organization: String,
    href: String,
    notice: Option<String>,
    fault: Option<String>,
    figures: Vec<String>,
    certified: String,
    certified_share: u64,
    state: String,
    dataset: Option<Link>,
    work: Option<String>,
    may_change: bool,
    may_publish: bool,
    problems: Vec<ProblemLink>,
    text: String,
    shown: Option<String>,
    clear: Option<String>,
    streets: Vec<Row>,
    total: String,
    pager: Pager,
    is_empty: bool,
    bbox: String,
    map_url: String,
    name: String,
    kind: StreetKind,
    proposed: Option<String>,
}

struct ProblemLink {
    href: String,
    label: String,
    current: bool,
}

struct Row {
    href: String,
    name: String,
    kind: String,
    numbers: String,
    certified: String,
    problems: Vec<String>,
}

impl BasePage {
    /// The commune's code, typed to remove the base.
    fn code(&self) -> &str {
        self.href.rsplit('/').next().unwrap_or_default()
    }
}

/// What was typed to add a street, and why it wasn't taken.
#[derive(Default)]
struct Typed {
    name: String,
    locality: bool,
    fault: Option<String>,
    proposed: Option<String>,
}

/// The page; `?q=` looks for streets, `?problem=` shows those that have it.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(commune): Path<String>) -> Response {
    let page = async {
        let asked = Asked::of(&reader, &state, &commune).await?;
        page(&reader, &state, &asked, Typed::default()).await
    };
    reader.own(page.await)
}

async fn page(reader: &Reader, state: &State, asked: &Asked, typed: Typed) -> Result<BasePage, Problem> {
    let t = reader.t;
    let address = Address::of(&reader.uri).at(asked.href());
    let lines = state.platform.address_streets(&asked.base).await?;
    let organization = state.platform.records.organization(&asked.base.organization.to_string()).await?;
    let sum = |count: fn(&StreetLine) -> u32| lines.iter().map(|line| u64::from(count(line))).sum::<u64>();
    let (numbers, certified) = (sum(|line| line.numbers), sum(|line| line.certified));
    let localities = lines.iter().filter(|line| line.kind == StreetKind::Locality).count() as u64;
    let streets = lines.len() as u64 - localities;
    let list = listed(&lines, &address, &t);
    let title = t.with("addresses-of", "commune", &asked.base.commune_name);
    Ok(BasePage {
        frame: frame(reader, &title, &t.get("addresses-lead")),
        crumbs: vec![Link::new("/addresses", t.get("addresses-title"))],
        organization: organization.map(|organization| organization.name).unwrap_or_default(),
        href: asked.href(),
        notice: address.get("done").and_then(|done| t.find(&format!("addresses-done-{done}"))),
        fault: typed.fault,
        figures: vec![
            t.count("addresses-streets", &streets),
            t.count("addresses-localities", &localities),
            t.count("addresses-numbers", &numbers),
        ],
        certified: t.with2("addresses-certified", "n", &t.integer(&certified), "of", &t.integer(&numbers)),
        certified_share: (certified * 100).checked_div(numbers).unwrap_or(0),
        state: state_of(asked, &t),
        dataset: dataset(state, asked, &t).await?,
        work: work(asked, &t),
        may_change: asked.may_change(),
        may_publish: asked.may_publish(),
        problems: problems(&lines, &address, &t),
        is_empty: lines.is_empty(),
        bbox: bbox(&asked.base.commune),
        map_url: format!("{}/map.geojson", asked.href()),
        name: typed.name,
        kind: if typed.locality { StreetKind::Locality } else { StreetKind::Street },
        proposed: typed.proposed,
        text: list.text,
        shown: list.shown,
        clear: list.clear,
        streets: list.rows,
        total: list.total,
        pager: list.pager,
        title,
        t,
    })
}

struct List {
    text: String,
    shown: Option<String>,
    clear: Option<String>,
    rows: Vec<Row>,
    total: String,
    pager: Pager,
}

fn listed(lines: &[StreetLine], address: &Address, t: &Text) -> List {
    let text: String = address.get("q").unwrap_or_default().chars().take(200).collect();
    let words: Vec<String> = name::key(&text).split(' ').map(str::to_owned).collect();
    let problem = address.get("problem").and_then(ProblemKind::parse);
    let wanted = |line: &&StreetLine| {
        let key = name::key(&line.name);
        words.iter().all(|word| key.contains(word.as_str()))
            && problem.is_none_or(|problem| line.problems.contains_key(&problem))
    };
    let found: Vec<&StreetLine> = lines.iter().filter(wanted).collect();
    let pages = found.len().div_ceil(PAGE).max(1);
    let page = address.get("page").and_then(|page| page.parse().ok()).unwrap_or(1_usize).clamp(1, pages);
    let rows = found.iter().skip((page - 1) * PAGE).take(PAGE).map(|line| row(line, address, t)).collect();
    let clear = (problem.is_some() || !text.is_empty()).then(|| address.only(|_, _| false).href());
    List {
        rows,
        shown: problem.map(|problem| t.get(&format!("addresses-only-{}", problem.as_str()))),
        clear,
        total: t.count("addresses-found", &(found.len() as u64)),
        pager: Pager::new(&address.only(|name, _| matches!(name, "q" | "problem")), page as u64, pages as u64, t),
        text,
    }
}

fn row(line: &StreetLine, address: &Address, t: &Text) -> Row {
    let base = address.only(|_, _| false).href();
    Row {
        href: format!("{base}/streets/{}", line.id),
        name: line.name.clone(),
        kind: words::kind(t, line.kind),
        numbers: t.integer(&u64::from(line.numbers)),
        certified: if line.numbers == 0 {
            String::new()
        } else {
            t.percent(f64::from(line.certified) / f64::from(line.numbers))
        },
        problems: line.problems.iter().map(|(kind, count)| words::problem(t, *kind, u64::from(*count))).collect(),
    }
}

fn problems(lines: &[StreetLine], address: &Address, t: &Text) -> Vec<ProblemLink> {
    let current = address.get("problem").and_then(ProblemKind::parse);
    let links = ProblemKind::ALL.into_iter().filter_map(|kind| {
        let count: u64 = lines.iter().filter_map(|line| line.problems.get(&kind)).map(|count| u64::from(*count)).sum();
        (count > 0).then(|| ProblemLink {
            href: address.only(|_, _| false).with("problem", kind.as_str()).href(),
            label: words::problem(t, kind, count),
            current: current == Some(kind),
        })
    });
    links.collect()
}

fn state_of(asked: &Asked, t: &Text) -> String {
    match asked.base.published {
        None => t.get("addresses-never-published"),
        Some(published) if asked.base.is_ahead() => t.with("addresses-ahead", "date", &t.day(&published.at)),
        Some(published) => t.with("addresses-up-to-date", "date", &t.day(&published.at)),
    }
}

async fn dataset(state: &State, asked: &Asked, t: &Text) -> Result<Option<Link>, Problem> {
    let Some(published) = asked.base.published else { return Ok(None) };
    let detail = state.platform.records.resource_detail(published.resource).await?;
    Ok(detail.map(|detail| Link::new(format!("/datasets/{}", detail.dataset.slug), t.get("addresses-dataset"))))
}

/// What goes on in the background.
fn work(asked: &Asked, t: &Text) -> Option<String> {
    match job::stage(asked.base.id)? {
        Stage::Publishing(_) => Some(t.get("addresses-publishing")),
        Stage::Indexing(share) => Some(t.with("addresses-indexing", "share", &t.percent(f64::from(share) / 100.0))),
        Stage::Done | Stage::Failed(_) => None,
        Stage::Unindexed => Some(t.get("addresses-unindexed")),
    }
}

/// West, south, east and north of the commune.
pub fn bbox(commune: &str) -> String {
    let bbox = Ground::of(commune).ok().and_then(|ground| ground.commune().bbox());
    bbox.map(|bbox| format!("{},{},{},{}", bbox.west, bbox.south, bbox.east, bbox.north)).unwrap_or_default()
}

/// Adds a street.
pub async fn add_street(
    reader: Reader,
    Extract(state): Extract<State>,
    Path(commune): Path<String>,
    body: String,
) -> Response {
    let fields = form::fields(&body);
    let outcome = async {
        let asked = Asked::of(&reader, &state, &commune).await?;
        let kind = StreetKind::parse(fields.get("kind")).unwrap_or(StreetKind::Street);
        let draft = StreetDraft::named(fields.get("name"), kind);
        match state.platform.add_street(&asked.base, draft, &asked.actor).await {
            Ok(street) => Ok(Ok(format!("{}/streets/{}?done=street", asked.href(), street.id))),
            Err(error) => {
                let proposed = match &error {
                    catalog::Error::Address(catalog::addresses::Fault::NameStyle { proposed, .. }) => {
                        Some(proposed.clone())
                    }
                    _ => None,
                };
                let fault = Some(told(&reader, error)?);
                let locality = kind == StreetKind::Locality;
                let typed = Typed { name: fields.get("name").to_owned(), locality, fault, proposed };
                Ok::<_, Problem>(Err((asked, typed)))
            }
        }
    };
    match outcome.await {
        Ok(Ok(href)) => reader.redirect(&href),
        Ok(Err((asked, typed))) => {
            reader.own_as(StatusCode::UNPROCESSABLE_ENTITY, page(&reader, &state, &asked, typed).await)
        }
        Err(problem) => reader.fail(&problem),
    }
}

/// Removes the base, when its commune's code was typed to say so.
pub async fn remove(
    reader: Reader,
    Extract(state): Extract<State>,
    Path(commune): Path<String>,
    body: String,
) -> Response {
    let outcome = async {
        let asked = Asked::of(&reader, &state, &commune).await?;
        if form::fields(&body).get("code") != asked.base.commune {
            return Err(Problem::new(Kind::BadRequest, "type the commune's code to remove its base"));
        }
        state.platform.remove_addresses(&asked.base, &asked.actor).await?;
        Ok::<_, Problem>("/addresses?done=removed")
    };
    match outcome.await {
        Ok(href) => reader.redirect(href),
        Err(problem) => reader.fail(&problem),
    }
}
