//! A town's own address base: begun, edited, put right, published.
//!
//! ```text
//! /addresses ──► /addresses/{commune} ──► …/streets/{id} ──► …/numbers/{number}
//!                        ├──► …/publish    (in the background; the page tells how far it is)
//!                        ├──► …/history    (what was removed comes back from there)
//!                        └──► …/bal.csv, …/map.geojson
//! ```
//! Every change is a form that is posted and answered with a redirect, or with the same page and what is wrong. Forms name
//! the street's revision: what somebody else changed meanwhile is never overwritten.

mod base;
mod file;
mod form;
mod history;
mod index;
mod job;
mod number;
mod publish;
mod street;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use catalog::Actor;
use catalog::addresses::Base;
use uuid::Uuid;

use super::frame::{Frame, Link};
use super::reader::Reader;
use crate::State;
use crate::problem::{Kind, Problem};

/// The routes of address bases.
pub fn router() -> Router<State> {
    // A file comes in the form: its size is bounded as it is read.
    let files =
        Router::new().route("/addresses", get(index::show).post(index::begin)).layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/addresses/{commune}", get(base::show))
        .route("/addresses/{commune}/streets", post(base::add_street))
        .route("/addresses/{commune}/remove", post(base::remove))
        .route("/addresses/{commune}/publish", get(publish::show).post(publish::begin))
        .route("/addresses/{commune}/publish/progress", get(publish::progress))
        .route("/addresses/{commune}/history", get(history::show))
        .route("/addresses/{commune}/history/{event}/undo", post(history::undo))
        .route("/addresses/{commune}/bal.csv", get(file::exchange))
        .route("/addresses/{commune}/map.geojson", get(file::map))
        .route("/addresses/{commune}/streets/{id}", get(street::show).post(street::act))
        .route("/addresses/{commune}/streets/{id}/numbers/{number}", get(number::show).post(number::act))
        .merge(files)
}

/// A page of a base, asked by somebody who may look at it.
struct Asked {
    actor: Actor,
    base: Base,
}

impl Asked {
    async fn of(reader: &Reader, state: &State, commune: &str) -> Result<Self, Problem> {
        let actor = reader.visitor.actor()?.clone();
        let base = state.platform.address_base(commune, &actor).await?;
        Ok(Self { actor, base })
    }

    fn may_change(&self) -> bool {
        self.base.may_be_changed_by(&self.actor)
    }

    fn may_publish(&self) -> bool {
        self.base.may_be_published_by(&self.actor)
    }

    /// `/addresses/11076`
    fn href(&self) -> String {
        href(&self.base.commune)
    }

    fn crumbs(&self, reader: &Reader) -> Vec<Link> {
        vec![
            Link::new("/addresses", reader.t.get("addresses-title")),
            Link::new(self.href(), self.base.commune_name.as_str()),
        ]
    }
}

/// Address of a base.
fn href(commune: &str) -> String {
    format!("/addresses/{commune}")
}

fn frame(reader: &Reader, title: &str, description: &str) -> Frame {
    let mut frame = Frame::new(reader, "publish", title, description);
    frame.indexed = false;
    frame.scripts.push("addresses.js");
    frame
}

fn identifier(what: &str, text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| Problem::not_found(what, text))
}

/// What goes back to the form with a sentence; everything else is a page of its own.
fn told(reader: &Reader, error: catalog::Error) -> Result<String, Problem> {
    match error {
        catalog::Error::Address(fault) => Ok(words::fault(&reader.t, &fault)),
        catalog::Error::Conflict { what: "street", .. } => Ok(reader.t.get("addresses-conflict")),
        error => Err(error.into()),
    }
}

/// The right to change is missing.
fn need(may: bool) -> Result<(), Problem> {
    if may { Ok(()) } else { Err(Problem::new(Kind::Forbidden, "the role contributor is needed in the organisation")) }
}
