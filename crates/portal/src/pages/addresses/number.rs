//! A number: what it is, where it is, whether the town vouches for it.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use catalog::addresses::{Ground, Number, Street, StreetChange, StreetEdit, problem};
use uuid::Uuid;

use super::form::{self, Fields, TypedPosition};
use super::street::{PositionRow, bbox, position_rows};
use super::{Asked, frame, identifier, told, words};
use crate::State;
use crate::i18n::Text;
use crate::pages::address::Address;
use crate::pages::frame::{Frame, Link};
use crate::pages::reader::Reader;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "addresses/number.html")]
struct NumberPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    href: String,
    notice: Option<String>,
    fault: Option<String>,
    may_change: bool,
    revision: i64,
    problems: Vec<String>,
    form: Form,
    positions: Vec<PositionRow>,
    bbox: String,
    map_url: String,
    previous: Option<Link>,
    next: Option<Link>,
}

struct Form {
    number: String,
    complement: String,
    parcels: String,
    comment: String,
    certified: bool,
    positions: Vec<TypedPosition>,
}

impl Form {
    fn of(number: &Number) -> Self {
        Self {
            number: number.label(),
            complement: number.complement.clone().unwrap_or_default(),
            parcels: number.parcels.join(" "),
            comment: number.comment.clone().unwrap_or_default(),
            certified: number.certified,
            positions: number.positions.iter().map(TypedPosition::of).collect(),
        }
    }

    fn typed(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        Self {
            number: get("number"),
            complement: get("complement"),
            parcels: get("parcels"),
            comment: get("comment"),
            certified: !fields.get("certified").is_empty(),
            positions: form::typed_positions(fields),
        }
    }
}

/// What is asked: a street and one of its numbers.
struct Found {
    asked: Asked,
    street: Street,
    place: usize,
}

impl Found {
    async fn of(reader: &Reader, state: &State, (commune, street, number): &Segments) -> Result<Self, Problem> {
        let asked = Asked::of(reader, state, commune).await?;
        let street = state.platform.address_street(&asked.base, identifier("street", street)?).await?;
        let id = identifier("number", number)?;
        let place = street.numbers.iter().position(|known| known.id == id);
        let place = place.ok_or_else(|| Problem::not_found("number", number))?;
        Ok(Self { asked, street, place })
    }

    fn number(&self) -> Option<&Number> {
        self.street.numbers.get(self.place)
    }

    fn street_href(&self) -> String {
        format!("{}/streets/{}", self.asked.href(), self.street.id)
    }

    fn link(&self, number: Option<&Number>) -> Option<Link> {
        let number = number?;
        Some(Link::new(format!("{}/numbers/{}", self.street_href(), number.id), number.label()))
    }

    fn next(&self) -> Option<Link> {
        self.link(self.street.numbers.get(self.place + 1))
    }

    fn previous(&self) -> Option<Link> {
        self.link(self.place.checked_sub(1).and_then(|place| self.street.numbers.get(place)))
    }
}

type Segments = (String, String, String);

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>, Path(segments): Path<Segments>) -> Response {
    let page = async {
        let found = Found::of(&reader, &state, &segments).await?;
        page(&reader, &found, None)
    };
    reader.own(page.await)
}

fn page(reader: &Reader, found: &Found, typed: Option<(Form, String)>) -> Result<NumberPage, Problem> {
    let t = reader.t;
    let number = found.number().ok_or_else(|| Problem::not_found("number", ""))?;
    let ground = Ground::of(&found.asked.base.commune).map_err(catalog::Error::from)?;
    let wrong = problem::of_street(&found.street, &ground);
    let own = wrong.iter().filter(|wrong| wrong.number == Some(number.id));
    let (form, fault) = match typed {
        Some((form, sentence)) => (form, Some(sentence)),
        None => (Form::of(number), None),
    };
    let mut crumbs = found.asked.crumbs(reader);
    crumbs.push(Link::new(found.street_href(), found.street.name.as_str()));
    let title = format!("{} {}", number.label(), found.street.name);
    let around = Street { numbers: vec![number.clone()], positions: Vec::new(), ..found.street.clone() };
    let located = if number.positions.is_empty() { &found.street } else { &around };
    Ok(NumberPage {
        frame: frame(reader, &title, &t.get("addresses-lead")),
        crumbs,
        title,
        href: format!("{}/numbers/{}", found.street_href(), number.id),
        notice: Address::of(&reader.uri).get("done").and_then(|done| t.find(&format!("addresses-done-{done}"))),
        fault,
        may_change: found.asked.may_change(),
        revision: found.street.revision,
        problems: own.map(|wrong| words::one_problem(&t, wrong.kind)).collect(),
        positions: position_rows(&t, &form.positions),
        bbox: bbox(located, &found.asked.base.commune),
        map_url: format!("{}/map.geojson?street={}", found.asked.href(), found.street.id),
        previous: found.previous(),
        next: found.next(),
        form,
        t,
    })
}

/// Saves what the form says, or removes the number.
pub async fn act(
    reader: Reader,
    Extract(state): Extract<State>,
    Path(segments): Path<Segments>,
    body: String,
) -> Response {
    let fields = form::fields(&body);
    let outcome = async {
        let found = Found::of(&reader, &state, &segments).await?;
        match perform(&state, &found, &fields).await {
            Ok(href) => Ok(Ok(href)),
            Err(error) => {
                let sentence = told(&reader, error)?;
                Ok::<_, Problem>(Err(page(&reader, &found, Some((Form::typed(&fields), sentence)))))
            }
        }
    };
    match outcome.await {
        Ok(Ok(href)) => reader.redirect(&href),
        Ok(Err(page)) => reader.own_as(StatusCode::UNPROCESSABLE_ENTITY, page),
        Err(problem) => reader.fail(&problem),
    }
}

async fn perform(state: &State, found: &Found, fields: &Fields) -> Result<String, catalog::Error> {
    let id = found.number().map_or_else(Uuid::nil, |number| number.id);
    let street = found.street_href();
    let (edit, to) = match fields.get("do") {
        "remove" => (StreetEdit::Remove { ids: vec![id] }, format!("{street}?done=numbers-removed")),
        act => {
            let edit = StreetEdit::Change { id, number: form::number_draft(fields)? };
            let next = found.next().filter(|_| act == "next");
            let to = next.map_or_else(|| format!("{street}?done=saved"), |next| format!("{}?done=saved", next.href));
            (edit, to)
        }
    };
    let change = StreetChange { revision: fields.revision(), edits: vec![edit] };
    state.platform.change_street(&found.asked.base, found.street.id, change, &found.asked.actor).await?;
    Ok(to)
}
