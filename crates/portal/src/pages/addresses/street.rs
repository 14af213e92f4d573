//! A street: its name, its numbers, what is to be mended in it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::addresses::{
    Fault, Ground, Number, NumberDraft, Part, Problem as Wrong, Street, StreetChange, StreetDraft, StreetEdit,
    StreetKind, number, problem,
};
use uuid::Uuid;

use super::form::{self, Fields, TypedPosition};
use super::{Asked, frame, identifier, told, words};
use crate::State;
use crate::i18n::Text;
use crate::pages::address::Address;
use crate::pages::frame::{Frame, Link};
use crate::pages::pager::Pager;
use crate::pages::reader::Reader;
use crate::problem::Problem;

/// Numbers of a page.
const PAGE: usize = 200;
/// Regional languages that the form offers; others that a file brought are kept.
const LANGUAGES: [&str; 10] = ["bre", "cat", "cos", "eus", "gcf", "gcr", "gsw", "oci", "rcf", "swb"];

#[derive(Template)]
#[template(path = "addresses/street.html")]
struct StreetPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    href: String,
    key: String,
    notice: Option<String>,
    fault: Option<String>,
    may_change: bool,
    revision: i64,
    problems: Vec<String>,
    numbers: Vec<Row>,
    count: String,
    certified: String,
    all_certified: bool,
    pager: Pager,
    bbox: String,
    map_url: String,
    form: Form,
    parts: Vec<Choice>,
    languages: Vec<Choice>,
    is_locality: bool,
    positions: Vec<PositionRow>,
}

/// What the forms hold: what is there, or what was typed.
#[derive(Default)]
struct Form {
    name: String,
    locality: bool,
    part: String,
    other_name: String,
    language: String,
    parcels: String,
    comment: String,
    proposed: Option<String>,
    number: String,
    lat: String,
    lon: String,
    from: String,
    to: String,
    into: String,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct Row {
    id: Uuid,
    href: String,
    label: String,
    positions: String,
    complement: String,
    certified: bool,
    problems: Vec<String>,
}

/// A line of the form of positions.
pub struct PositionRow {
    pub place: usize,
    pub lat: String,
    pub lon: String,
    pub kinds: Vec<(String, String, bool)>,
}

/// Lines of the form of positions: those that are there, and an empty one.
pub fn position_rows(t: &Text, typed: &[TypedPosition]) -> Vec<PositionRow> {
    let empty = TypedPosition { kind: "entrance".to_owned(), ..TypedPosition::default() };
    let rows = typed.iter().chain(std::iter::once(&empty)).enumerate();
    rows.map(|(place, position)| {
        let unknown = (String::new(), words::position_kind(t, None), position.kind.is_empty());
        let kinds = catalog::addresses::PositionKind::ALL.into_iter().map(|kind| {
            (kind.as_str().to_owned(), words::position_kind(t, Some(kind)), position.kind == kind.as_str())
        });
        PositionRow {
            place,
            lat: position.lat.clone(),
            lon: position.lon.clone(),
            kinds: std::iter::once(unknown).chain(kinds).collect(),
        }
    })
    .collect()
}

/// The page.
pub async fn show(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((commune, id)): Path<(String, String)>,
) -> Response {
    let page = async {
        let asked = Asked::of(&reader, &state, &commune).await?;
        let street = state.platform.address_street(&asked.base, identifier("street", &id)?).await?;
        let form = Form::of(&street);
        page(&reader, &asked, &street, form, None)
    };
    reader.own(page.await)
}

impl Form {
    fn of(street: &Street) -> Self {
        let other = street.other_names.iter().next();
        Self {
            name: street.name.clone(),
            locality: street.kind == StreetKind::Locality,
            part: street.part.as_ref().map(|part| part.code.clone()).unwrap_or_default(),
            other_name: other.map(|(_, name)| name.clone()).unwrap_or_default(),
            language: other.map(|(language, _)| language.clone()).unwrap_or_default(),
            parcels: street.parcels.join(" "),
            comment: street.comment.clone().unwrap_or_default(),
            ..Self::default()
        }
    }

    /// What was typed, over what is there.
    fn typed(street: &Street, fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        let there = Self::of(street);
        match fields.get("do") {
            "describe" => Self {
                name: get("name"),
                locality: fields.get("kind") == StreetKind::Locality.as_str(),
                part: get("part"),
                other_name: get("other_name"),
                language: get("language"),
                parcels: get("parcels"),
                comment: get("comment"),
                ..there
            },
            "add" => Self { number: get("number"), lat: get("lat-0"), lon: get("lon-0"), ..there },
            "range" => Self { from: get("from"), to: get("to"), ..there },
            "merge" => Self { into: get("other"), ..there },
            _ => there,
        }
    }
}

fn page(
    reader: &Reader,
    asked: &Asked,
    street: &Street,
    form: Form,
    fault: Option<String>,
) -> Result<StreetPage, Problem> {
    let t = reader.t;
    let ground = Ground::of(&asked.base.commune).map_err(catalog::Error::from)?;
    let wrong = problem::of_street(street, &ground);
    let href = format!("{}/streets/{}", asked.href(), street.id);
    let address = Address::of(&reader.uri).at(href.as_str());
    let pages = street.numbers.len().div_ceil(PAGE).max(1);
    let shown = address.get("page").and_then(|page| page.parse().ok()).unwrap_or(1_usize).clamp(1, pages);
    let own = wrong.iter().filter(|wrong| wrong.number.is_none()).map(|wrong| words::one_problem(&t, wrong.kind));
    let numbers = street.numbers.iter().skip((shown - 1) * PAGE).take(PAGE);
    let certified = street.certified_numbers() as u64;
    let typed: Vec<TypedPosition> = street.positions.iter().map(TypedPosition::of).collect();
    let mut crumbs = asked.crumbs(reader);
    crumbs.truncate(2);
    Ok(StreetPage {
        frame: frame(reader, &street.name, &t.get("addresses-lead")),
        crumbs,
        title: street.name.clone(),
        key: format!("{}_{}", asked.base.commune, street.code),
        notice: address.get("done").and_then(|done| t.find(&format!("addresses-done-{done}"))),
        fault,
        may_change: asked.may_change(),
        revision: street.revision,
        problems: own.collect(),
        numbers: numbers.map(|number| row(number, &href, &wrong, &t)).collect(),
        count: t.count("addresses-numbers", &(street.numbers.len() as u64)),
        certified: t.with2(
            "addresses-certified",
            "n",
            &t.integer(&certified),
            "of",
            &t.integer(&(street.numbers.len() as u64)),
        ),
        all_certified: certified == street.numbers.len() as u64 && !street.numbers.is_empty(),
        pager: Pager::new(&address.only(|_, _| false), shown as u64, pages as u64, &t),
        bbox: bbox(street, &asked.base.commune),
        map_url: format!("{}/map.geojson?street={}", asked.href(), street.id),
        parts: parts(&ground, &form.part, &t),
        languages: languages(&form.language, &t),
        is_locality: street.kind == StreetKind::Locality,
        positions: position_rows(&t, &typed),
        form,
        href,
        t,
    })
}

fn row(number: &Number, href: &str, wrong: &[Wrong], t: &Text) -> Row {
    let own = wrong.iter().filter(|wrong| wrong.number == Some(number.id));
    Row {
        id: number.id,
        href: format!("{href}/numbers/{}", number.id),
        label: number.label(),
        positions: words::positions(t, number),
        complement: number.complement.clone().unwrap_or_default(),
        certified: number.certified,
        problems: own.map(|wrong: &Wrong| words::one_problem(t, wrong.kind)).collect(),
    }
}

fn parts(ground: &Ground, chosen: &str, t: &Text) -> Vec<Choice> {
    if ground.parts.is_empty() && chosen.is_empty() {
        return Vec::new();
    }
    let none = Choice { value: String::new(), label: t.get("addresses-part-none"), chosen: chosen.is_empty() };
    let known = ground.parts.iter().map(|part| Choice {
        chosen: part.code == chosen,
        value: part.code.clone(),
        label: format!("{} ({})", part.name, part.code),
    });
    std::iter::once(none).chain(known).collect()
}

fn languages(chosen: &str, t: &Text) -> Vec<Choice> {
    let none = Choice { value: String::new(), label: t.get("addresses-language-none"), chosen: chosen.is_empty() };
    let known = LANGUAGES.into_iter().map(|code| Choice {
        value: code.to_owned(),
        label: t.get(&format!("addresses-language-{code}")),
        chosen: code == chosen,
    });
    let other = (!chosen.is_empty() && !LANGUAGES.contains(&chosen)).then(|| Choice {
        value: chosen.to_owned(),
        label: chosen.to_owned(),
        chosen: true,
    });
    std::iter::once(none).chain(known).chain(other).collect()
}

/// Around the street; the commune, when nothing of the street is located.
pub fn bbox(street: &Street, commune: &str) -> String {
    let numbers = street.numbers.iter().flat_map(|number| &number.positions);
    let all: Vec<_> = street.positions.iter().chain(numbers).collect();
    if all.is_empty() {
        return super::base::bbox(commune);
    }
    let around = all.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[west, south, east, north], position| {
        [west.min(position.lon), south.min(position.lat), east.max(position.lon), north.max(position.lat)]
    });
    // A single point would be shown from too near.
    let [west, south, east, north] = around;
    format!("{},{},{},{}", west - 0.001, south - 0.0007, east + 0.001, north + 0.0007)
}

/// What a button of the page did.
enum Done {
    /// The street has changed: this is told.
    Changed(&'static str),
    /// The page to go to.
    To(String),
}

/// Does what a button of the page says.
pub async fn act(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((commune, id)): Path<(String, String)>,
    body: String,
) -> Response {
    let fields = form::fields(&body);
    let outcome = async {
        let asked = Asked::of(&reader, &state, &commune).await?;
        let id = identifier("street", &id)?;
        match perform(&state, &asked, id, &fields).await {
            Ok(Done::Changed(done)) => Ok(Ok(format!("{}/streets/{id}?done={done}", asked.href()))),
            Ok(Done::To(href)) => Ok(Ok(href)),
            Err(error) => {
                let proposed = match &error {
                    catalog::Error::Address(Fault::NameStyle { proposed, .. }) => Some(proposed.clone()),
                    _ => None,
                };
                let sentence = told(&reader, error)?;
                let street = state.platform.address_street(&asked.base, id).await?;
                let form = Form { proposed, ..Form::typed(&street, &fields) };
                Ok::<_, Problem>(Err(page(&reader, &asked, &street, form, Some(sentence))))
            }
        }
    };
    match outcome.await {
        Ok(Ok(href)) => reader.redirect(&href),
        Ok(Err(page)) => reader.own_as(StatusCode::UNPROCESSABLE_ENTITY, page),
        Err(problem) => reader.fail(&problem),
    }
}

async fn perform(state: &State, asked: &Asked, id: Uuid, fields: &Fields) -> Result<Done, catalog::Error> {
    let (platform, actor) = (&state.platform, &asked.actor);
    let revision = fields.revision();
    let (edit, done) = match fields.get("do") {
        "delete" => {
            platform.remove_street(&asked.base, id, revision, actor).await?;
            return Ok(Done::To(format!("{}?done=street-removed", asked.href())));
        }
        "merge" => return merge(state, asked, id, fields).await,
        "describe" => (StreetEdit::Describe { said: described(state, asked, id, fields).await? }, "saved"),
        "locate" => {
            let positions = form::positions(&form::typed_positions(fields))?;
            (StreetEdit::Locate { positions }, "saved")
        }
        "add" => (StreetEdit::Add { id: None, number: added(fields)? }, "added"),
        "range" => (range(fields)?, "added"),
        "certify-all" => (StreetEdit::Certify { ids: None, certified: true }, "certified"),
        "certify" => (StreetEdit::Certify { ids: Some(chosen(fields)), certified: true }, "certified"),
        "uncertify" => (StreetEdit::Certify { ids: Some(chosen(fields)), certified: false }, "uncertified"),
        "remove" => (StreetEdit::Remove { ids: chosen(fields) }, "numbers-removed"),
        other => {
            let detail = format!("no button says {:?}", other.chars().take(40).collect::<String>());
            return Err(catalog::Error::Invalid { field: "do", detail });
        }
    };
    platform.change_street(&asked.base, id, StreetChange { revision, edits: vec![edit] }, actor).await?;
    Ok(Done::Changed(done))
}

fn chosen(fields: &Fields) -> Vec<Uuid> {
    fields.all("n").filter_map(|id| Uuid::try_parse(id).ok()).collect()
}

fn added(fields: &Fields) -> Result<NumberDraft, Fault> {
    let (number, suffix) = number::parse(fields.get("number"))?;
    let positions = form::positions(&form::typed_positions(fields))?;
    Ok(NumberDraft { positions, ..NumberDraft::new(number, suffix) })
}

fn range(fields: &Fields) -> Result<StreetEdit, Fault> {
    let bound = |name: &str| number::parse(fields.get(name)).map(|(number, _)| number);
    Ok(StreetEdit::AddRange { from: bound("from")?, to: bound("to")?, one_side: fields.get("side") != "both" })
}

async fn described(state: &State, asked: &Asked, id: Uuid, fields: &Fields) -> Result<StreetDraft, catalog::Error> {
    let street = state.platform.address_street(&asked.base, id).await?;
    // The form shows one name in another language; others that a file brought stay.
    let mut other_names: BTreeMap<String, String> = street.other_names.into_iter().skip(1).collect();
    if !fields.get("other_name").is_empty() {
        other_names.insert(fields.get("language").to_owned(), fields.get("other_name").to_owned());
    }
    let part = fields.get("part");
    let kept = street.part.filter(|own| own.code == part);
    let known = Ground::of(&asked.base.commune)?.parts.into_iter().find(|known| known.code == part);
    let unknown = || Part { code: part.to_owned(), name: String::new() };
    Ok(StreetDraft {
        name: fields.get("name").to_owned(),
        kind: StreetKind::parse(fields.get("kind")).unwrap_or(street.kind),
        other_names,
        part: if part.is_empty() { None } else { Some(kept.or(known).unwrap_or_else(unknown)) },
        parcels: number::parcels(fields.get("parcels"))?,
        comment: Some(fields.get("comment").to_owned()),
    })
}

/// The other street goes by its name or by its address in the portal.
async fn merge(state: &State, asked: &Asked, id: Uuid, fields: &Fields) -> Result<Done, catalog::Error> {
    let wanted = fields.get("other");
    let key = catalog::addresses::name::key(wanted);
    let lines = state.platform.address_streets(&asked.base).await?;
    let from = lines.iter().find(|line| line.id != id && catalog::addresses::name::key(&line.name) == key);
    let missing = || catalog::Error::from(Fault::Name { name: wanted.chars().take(200).collect() });
    let from = from.ok_or_else(missing)?.id;
    state.platform.merge_streets(&asked.base, id, fields.revision(), from, &asked.actor).await?;
    Ok(Done::Changed("merged"))
}
