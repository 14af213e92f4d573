//! The page: the summary, what the guard asks, the doubtful addresses and their map.

use askama::Template;
use catalog::draft::TableKey;
use catalog::geocode::{Geocoding, GeocodingChoice, Handled, Survey};
use personal_data::Finding;
use uuid::Uuid;

use super::doubt::{self, DoubtView};
use super::form::{self, Fault, Wrong};
use super::settings::{self, Settings};
use super::{Offer, table_of};
use crate::chart::{Feature, map_svg};
use crate::i18n::Text;
use crate::pages::assistant::fields::table_key;
use crate::pages::assistant::open::Opened;
use crate::pages::assistant::posted::Asked;
use crate::pages::assistant::route::Step;
use crate::pages::assistant::shell::Shell;
use crate::pages::assistant::start;
use crate::pages::frame::{Frame, Link};
use crate::params;
use crate::problem::Problem;

/// Doubtful addresses of a page.
pub const PER_PAGE: usize = 25;

#[derive(Template)]
#[template(path = "assistant/locate.html")]
pub struct LocatePage {
    t: Text,
    frame: Frame,
    shell: Shell,
    title: String,
    lead: String,
    /// The tables, among several.
    tables: Vec<Link>,
    body: Option<Body>,
}

/// What there is to decide about a table.
pub struct Body {
    /// The table, as the form names it.
    name: String,
    page: usize,
    accepted: bool,
    declined: bool,
    bar: Vec<Part>,
    notices: Vec<String>,
    settings: Settings,
    settings_open: bool,
    answer: Option<Answer>,
    doubts: Vec<DoubtView>,
    doubts_title: String,
    likely: Option<String>,
    picture: String,
    spots: String,
    around: String,
    pages: String,
    previous: Option<String>,
    has_next: bool,
    more: Option<String>,
}

/// A part of the bar.
pub struct Part {
    pub class: &'static str,
    pub label: String,
    /// Where it begins and how wide it is, of 1 000.
    pub from: u64,
    pub width: u64,
}

/// What somebody must answer for.
pub struct Answer {
    pub messages: Vec<String>,
    pub grounds: Vec<String>,
    pub person: String,
    pub reason: String,
}

/// Which table and which page an address asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub table: Option<TableKey>,
    pub page: usize,
}

impl Place {
    /// Of a query.
    pub fn of(query: Option<&str>) -> Self {
        let mut place = Self { table: None, page: 1 };
        for pair in params::pairs(query.unwrap_or_default()).filter_map(Result::ok) {
            let value = pair.value.unwrap_or_default();
            match pair.name.as_ref() {
                "table" => place.table = table_key(&value),
                "page" => place.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        place
    }
}

/// Address of a page of a table.
pub fn href(draft: Uuid, table: TableKey, page: usize) -> String {
    let page = if page > 1 { format!("&page={page}") } else { String::new() };
    format!("/publish/{draft}/locate?table={}{page}", table_of(table))
}

/// The page of a draft without addresses.
pub fn nothing(asked: &Asked, opened: &Opened) -> LocatePage {
    let t = asked.reader.t;
    let title = t.get("locate-title-none");
    LocatePage {
        frame: start::frame(&asked.reader, &title),
        shell: Shell::of(&asked.reader, &asked.person, opened, Step::Locate),
        lead: t.get("locate-lead-none"),
        title,
        tables: Vec::new(),
        body: None,
        t,
    }
}

/// The page of a table.
pub async fn of(
    asked: &Asked,
    opened: &Opened,
    offers: &[Offer],
    offer: &Offer,
    survey: Option<&Survey>,
    page: usize,
    wrong: Option<&Wrong>,
) -> Result<LocatePage, Problem> {
    let t = asked.reader.t;
    let several = offers.len() > 1;
    let tables = offers.iter().filter(|_| several);
    let (title, lead) = sentences(offer, survey, &t);
    let mut frame = start::frame(&asked.reader, &title);
    let mut shell = Shell::of(&asked.reader, &asked.person, opened, Step::Locate);
    shell.faults.extend(wrong.map(|wrong| fault(&wrong.fault, &t)));
    let body = body(asked, opened, offer, survey, page, wrong).await?;
    if !body.doubts.is_empty() {
        frame.scripts.push("locate.js");
    }
    Ok(LocatePage {
        frame,
        shell,
        title,
        lead,
        tables: tables.map(|one| Link::new(href(asked.id, one.key, 1), opened.table_title(one.key))).collect(),
        body: Some(body),
        t,
    })
}

fn sentences(offer: &Offer, survey: Option<&Survey>, t: &Text) -> (String, String) {
    let columns = settings::named(&offer.geocoding);
    let Some(survey) = survey else { return (t.get("locate-title-nowhere"), t.get("locate-lead-nowhere")) };
    let handled = survey.handled(&offer.geocoding.corrections);
    let left = handled.doubtful + handled.missing;
    match &offer.said {
        Some(GeocodingChoice::Accepted(_)) if left > 0 => {
            (t.count("locate-title-left", &left), t.get("locate-lead-left"))
        }
        Some(GeocodingChoice::Accepted(_)) => {
            (t.get("locate-title-done"), t.with("locate-lead-done", "columns", &columns))
        }
        _ => {
            let of = t.integer(&(survey.rows - survey.empty));
            let title = t.with2("locate-title", "sure", &t.integer(&survey.sure), "rows", &of);
            (title, t.with("locate-lead", "columns", &columns))
        }
    }
}

fn fault(fault: &Fault, t: &Text) -> String {
    match fault {
        Fault::Position(address) => t.with("locate-error-position", "address", address),
        Fault::Reason => t.get("locate-error-reason"),
        Fault::Columns => t.get("locate-error-columns"),
        Fault::Within => t.get("locate-error-within"),
    }
}

async fn body(
    asked: &Asked,
    opened: &Opened,
    offer: &Offer,
    survey: Option<&Survey>,
    page: usize,
    wrong: Option<&Wrong>,
) -> Result<Body, Problem> {
    let (t, geocoding) = (&asked.reader.t, &offer.geocoding);
    let profile = match opened.table(offer.key) {
        Some((source, _)) => asked.state.platform.store.profile(&source.snapshot, offer.key.table).await?,
        None => return Err(Problem::not_found("table", &table_of(offer.key))),
    };
    let accepted = offer.is_accepted();
    let handled = survey.map(|survey| survey.handled(&geocoding.corrections)).unwrap_or_default();
    let doubts = survey.filter(|_| accepted).map(|survey| survey.doubts.as_slice()).unwrap_or_default();
    let pages = doubts.len().div_ceil(PER_PAGE).max(1);
    let page = page.min(pages);
    let shown = doubts.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
    let spots: Vec<doubt::Spot> = (0..).zip(shown.clone()).map(|(place, doubt)| doubt::spot(place, doubt)).collect();
    let views = (0..).zip(shown.clone()).map(|(place, doubt)| {
        let view = doubt::view(place, doubt, geocoding.corrections.get(&doubt.address), t);
        match wrong.and_then(|wrong| Some((wrong.fields.as_ref()?, &wrong.fault))) {
            Some((fields, Fault::Position(address))) => view.typed(fields, Some(address)),
            Some((fields, _)) => view.typed(fields, None),
            None => view,
        }
    });
    let likely = survey.filter(|_| accepted).map_or(0, |survey| likely(survey, geocoding));
    let points: Vec<[f64; 2]> =
        shown.clone().flat_map(|doubt| &doubt.candidates).map(|one| [one.longitude, one.latitude]).collect();
    Ok(Body {
        name: settings::name(offer.key),
        page,
        accepted,
        declined: offer.said == Some(GeocodingChoice::Declined),
        bar: survey.map(|survey| bar(survey, &handled, t)).unwrap_or_default(),
        notices: survey.map(|survey| notices(survey, t)).unwrap_or_default(),
        settings: Settings::of(geocoding, &profile, t),
        settings_open: wrong.is_some_and(|wrong| matches!(wrong.fault, Fault::Columns | Fault::Within)),
        answer: survey.and_then(|survey| answer(asked, opened, offer, survey, wrong)),
        doubts: views.collect(),
        doubts_title: t.count("locate-doubts", &(doubts.len() as u64)),
        likely: (likely > 0).then(|| t.count("locate-accept-likely", &likely)),
        picture: picture(&points, geocoding, t),
        spots: serde_json::to_string(&spots).unwrap_or_default(),
        around: format!("/publish/{}/locate/around", asked.id),
        pages: if pages > 1 {
            t.with2("locate-page", "page", &t.integer(&(page as u64)), "pages", &t.integer(&(pages as u64)))
        } else {
            String::new()
        },
        previous: (page > 1).then(|| href(asked.id, offer.key, page - 1)),
        has_next: page < pages,
        more: survey.filter(|survey| survey.more && accepted).map(|_| t.get("locate-too-many")),
    })
}

/// Rows that would be placed if the likely ones were taken.
fn likely(survey: &Survey, geocoding: &Geocoding) -> u64 {
    let lower =
        Geocoding { threshold: geocoding.threshold.min(catalog::geocode::Sureness::LIKELY), ..geocoding.clone() };
    let open = survey.doubts.iter().filter(|doubt| !geocoding.corrections.contains_key(&doubt.address));
    open.filter(|doubt| doubt.candidates.first().is_some_and(|best| lower.takes(best))).map(|doubt| doubt.rows).sum()
}

/// What is surely found, what a person has placed, what is left.
fn bar(survey: &Survey, handled: &Handled, t: &Text) -> Vec<Part> {
    let parts = [
        ("bar-sure", "locate-bar-sure", survey.sure),
        ("bar-hand", "locate-bar-hand", handled.placed),
        ("bar-doubtful", "locate-bar-doubtful", handled.doubtful),
        ("bar-missing", "locate-bar-missing", handled.missing),
        ("bar-left", "locate-bar-left", handled.left),
        ("bar-empty", "locate-bar-empty", survey.empty),
    ];
    let all = survey.rows.max(1);
    let mut from = 0;
    let present = parts.into_iter().filter(|(_, _, count)| *count > 0);
    let mut bar: Vec<Part> = present
        .map(|(class, key, count)| {
            // What is there at all is seen.
            let width = (count * 1_000 / all).max(6).min(1_000_u64.saturating_sub(from));
            let part = Part { class, label: t.count(key, &count), from, width };
            from += width;
            part
        })
        .collect();
    if let Some(last) = bar.last_mut() {
        last.width = 1_000_u64.saturating_sub(last.from);
    }
    bar
}

fn notices(survey: &Survey, t: &Text) -> Vec<String> {
    let towns = &survey.towns_without_addresses;
    if towns.is_empty() {
        return Vec::new();
    }
    let names = towns.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    let names = if towns.len() > 5 { format!("{names}…") } else { names };
    vec![t.with("locate-no-addresses", "towns", &names), t.get("locate-no-addresses-how")]
}

/// What the guard finds of positions that nobody answers for yet, and who answered for the addresses.
fn answer(asked: &Asked, opened: &Opened, offer: &Offer, survey: &Survey, wrong: Option<&Wrong>) -> Option<Answer> {
    let t = &asked.reader.t;
    let choices = opened.draft.choices.table(offer.key)?;
    let justified = |finding: &Finding| choices.justifications.iter().find(|one| one.finding == finding.id);
    let open: Vec<&Finding> = form::grave(survey).filter(|finding| justified(finding).is_none()).collect();
    let mut grounds: Vec<String> = open.iter().map(|finding| finding.ground.text(t.tag())).collect();
    grounds.dedup();
    let check = opened.check.table(offer.key);
    let addresses = check.into_iter().flat_map(|check| opened.draft.address_findings(check, &offer.geocoding));
    let before = addresses.into_iter().find_map(justified);
    let typed = |name: &str| wrong.and_then(|wrong| wrong.fields.as_ref()?.find(name)).map(str::to_owned);
    let person = || before.map_or(asked.person.name.as_str(), |known| known.person.as_str()).to_owned();
    (!open.is_empty()).then(|| Answer {
        messages: open.iter().map(|finding| finding.message(t.tag())).collect(),
        grounds,
        person: typed("person").unwrap_or_else(person),
        reason: typed("reason").unwrap_or_else(|| before.map(|known| known.reason.clone()).unwrap_or_default()),
    })
}

/// The places of a page without script.
fn picture(points: &[[f64; 2]], geocoding: &Geocoding, t: &Text) -> String {
    if points.is_empty() {
        return String::new();
    }
    let mut features: Vec<Feature> = Vec::new();
    if let Some(outline) = geocoding.columns.within.as_deref().filter(|key| key.starts_with("commune:")) {
        features.extend(super::around::outline(outline));
    }
    features.extend(points.iter().map(|point| Feature::Point(*point)));
    map_svg(&features, 720.0, 420.0, Some((t, &t.get("locate-map"))))
}
