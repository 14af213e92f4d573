//! What a page of the assistant is asked, and by whom; what a form of it says.

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use axum::{Form, RequestExt as _, RequestPartsExt as _};
use catalog::Actor;
use catalog::draft::{Draft, DraftChange, Edit};
use uuid::Uuid;

use super::fields::Fields;
use super::open::{self, Found, Opened};
use super::{resend, wait};
use crate::State;
use crate::pages::reader::Reader;
use crate::problem::{Kind, Problem};
use crate::session::Visitor;

/// The person who uses the assistant.
#[derive(Debug, Clone)]
pub struct Person {
    /// Whose rights hold.
    pub actor: Actor,
    /// How people call them.
    pub name: String,
    /// What their forms carry.
    pub csrf: String,
}

impl Person {
    /// The person of a visit.
    ///
    /// # Errors
    /// [`Kind::Unauthorized`] when nobody is signed in with a browser.
    pub fn of(visitor: &Visitor) -> Result<Self, Problem> {
        let user = visitor.person()?;
        let name = if user.name.trim().is_empty() { user.email.clone() } else { user.name.clone() };
        Ok(Self { actor: visitor.actor()?.clone(), name, csrf: visitor.csrf.clone() })
    }
}

/// Extractor: a page of a draft, asked by a person.
pub struct Asked {
    pub reader: Reader,
    pub state: State,
    pub person: Person,
    pub id: Uuid,
}

impl FromRequestParts<State> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Response> {
        let reader = reader(parts, state).await?;
        let visitor = Visitor::from_request_parts(parts, state).await.map_err(|problem| reader.fail(&problem))?;
        let person = Person::of(&visitor).map_err(|problem| reader.fail(&problem))?;
        let Ok(Path(id)) = parts.extract::<Path<Uuid>>().await else {
            return Err(reader.fail(&Problem::not_found("page", parts.uri.path())));
        };
        Ok(Self { reader, state: state.clone(), person, id })
    }
}

async fn reader(parts: &mut Parts, state: &State) -> Result<Reader, Response> {
    match Reader::from_request_parts(parts, state).await {
        Ok(reader) => Ok(reader),
        Err(never) => match never {},
    }
}

impl Asked {
    /// The draft when it was checked; else what is to be answered: a page that waits, or says why the file can't be read.
    pub async fn open(&self) -> Result<Opened, Response> {
        match open::open(&self.state, self.id, &self.person.actor).await {
            Ok(Found::Ready(opened)) => Ok(*opened),
            Ok(Found::Running(draft, progress)) => Err(wait::checking(self, &draft, progress)),
            Ok(Found::Failed { draft, code, detail }) => Err(wait::failed(self, &draft, &code, &detail)),
            Err(problem) => Err(self.reader.fail(&problem)),
        }
    }
}

/// Extractor: a form of a page of a draft.
pub struct Posted {
    pub asked: Asked,
    pub fields: Fields,
}

impl FromRequest<State> for Posted {
    type Rejection = Response;

    async fn from_request(mut request: Request, state: &State) -> Result<Self, Response> {
        let asked: Asked = request.extract_parts_with_state(state).await?;
        match request.extract::<Form<Vec<(String, String)>>, _>().await {
            Ok(Form(fields)) => Ok(Self { asked, fields: Fields::new(fields) }),
            Err(rejection) if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
                Err(asked.reader.fail(&Problem::new(Kind::TooLarge, rejection.body_text())))
            }
            Err(rejection) => Err(asked.reader.fail(&Problem::new(Kind::BadRequest, rejection.body_text()))),
        }
    }
}

impl Posted {
    /// Makes changes on the revision that the form was made on; gives the draft as it is then.
    ///
    /// # Errors
    /// What is to be answered: the page that keeps the choices when the draft was changed meanwhile.
    pub async fn change(&self, edits: Vec<Edit>) -> Result<Draft, Response> {
        let Asked { state, person, id, .. } = &self.asked;
        if edits.is_empty() {
            return state.platform.draft(*id, &person.actor).await.map_err(|error| self.refused(error));
        }
        let change = DraftChange { revision: self.fields.revision(), edits };
        match state.platform.change_draft(*id, change, &person.actor).await {
            Ok(draft) => Ok(draft),
            Err(catalog::Error::Conflict { .. }) => Err(self.conflict().await),
            Err(error) => Err(self.refused(error)),
        }
    }

    /// The page that tells that the draft was changed elsewhere; one that went public meanwhile is shown as it is.
    pub async fn conflict(&self) -> Response {
        let Asked { reader, state, person, id } = &self.asked;
        match state.platform.draft(*id, &person.actor).await {
            Ok(draft) if matches!(draft.state, catalog::draft::DraftState::Published { .. }) => {
                reader.redirect(&format!("/publish/{id}"))
            }
            Ok(draft) => resend::conflict(&self.asked, &draft, &self.fields),
            Err(error) => self.refused(error),
        }
    }

    /// The page of what the catalogue refuses.
    pub fn refused(&self, error: catalog::Error) -> Response {
        self.asked.reader.fail(&Problem::from(error))
    }

    /// Answers with another page of this draft.
    pub fn go(&self, step: super::route::Step) -> Response {
        self.asked.reader.redirect(&format!("/publish/{}/{}", self.asked.id, step.name()))
    }
}

/// Shows either the page or what is to be answered in its place.
pub fn either(outcome: Result<Response, Response>) -> Response {
    outcome.unwrap_or_else(|answer| answer).into_response()
}
