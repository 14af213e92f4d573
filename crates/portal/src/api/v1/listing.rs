//! What lists of the catalogue share: parameters, pages, validators.

use axum::http::Uri;

use crate::{
    State,
    caching::Validator,
    params::{self, encode_component},
    problem::{Kind, Problem},
};

/// Parameters of one address.
const MOST_PARAMETERS: usize = 100;

/// How an answer made from the catalogue is recognised.
///
/// # Errors
/// When the catalogue cannot be read.
pub async fn validator(state: &State, uri: &Uri, base: &str) -> Result<Validator, Problem> {
    Ok(Validator::of(&state.last_event().await?.to_string(), uri, base))
}

/// Parameters of a list: each known, each once unless it may be repeated.
#[derive(Debug)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads a query string.
    ///
    /// # Errors
    /// When a parameter isn't among `known`, comes twice, or isn't UTF-8.
    pub fn read(uri: &Uri, known: &[&str]) -> Result<Self, Problem> {
        Self::read_repeatable(uri, known, &[])
    }

    /// Reads a query string in which some parameters may come several times.
    ///
    /// # Errors
    /// As [`Parameters::read`].
    pub fn read_repeatable(uri: &Uri, known: &[&str], repeatable: &[&str]) -> Result<Self, Problem> {
        let mut read: Vec<(String, String)> = Vec::new();
        for pair in params::pairs(uri.query().unwrap_or_default()) {
            let pair = pair?;
            let refuse = |why: &str| {
                Err(Problem::new(Kind::BadRequest, format!("in `{}`: {why}", pair.argument()))
                    .with("parameter", pair.argument()))
            };
            let repeats = repeatable.contains(&pair.name.as_ref());
            if !repeats && !known.contains(&pair.name.as_ref()) {
                let all: Vec<&str> = known.iter().chain(repeatable).copied().collect();
                return match all.as_slice() {
                    [] => refuse("this address takes no parameters"),
                    all => refuse(&format!("no such parameter; those of this address are {}", all.join(", "))),
                };
            }
            if !repeats && read.iter().any(|(name, _)| *name == pair.name) {
                return refuse("it comes twice");
            }
            if read.len() >= MOST_PARAMETERS {
                return refuse("there are too many parameters");
            }
            read.push((pair.name.clone().into_owned(), pair.value.clone().unwrap_or_default().into_owned()));
        }
        Ok(Self(read))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A text; `None` when it is absent or empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|text| !text.is_empty())
    }

    /// Every value of a parameter that may be repeated; empty ones say nothing.
    pub fn all(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(known, value)| known == name && !value.is_empty());
        values.map(|(_, value)| value.clone()).collect()
    }

    /// A whole number within bounds, or `default` when absent.
    ///
    /// # Errors
    /// When it is something else.
    pub fn number(&self, name: &str, default: u64, least: u64, most: u64) -> Result<u64, Problem> {
        let Some(text) = self.get(name) else { return Ok(default) };
        let value = text
            .parse()
            .ok()
            .filter(|value| (least..=most).contains(value) && text.bytes().all(|b| b.is_ascii_digit()));
        value.ok_or_else(|| {
            let detail = format!("in `{name}={text}`: expected a whole number from {least} to {most}");
            Problem::new(Kind::BadRequest, detail).with("parameter", format!("{name}={text}"))
        })
    }

    /// `offset` and `limit`.
    ///
    /// # Errors
    /// When they are not numbers within bounds.
    pub fn page(&self, state: &State) -> Result<catalog::model::Page, Problem> {
        let limits = &state.config.limits;
        Ok(catalog::model::Page {
            offset: self.number("offset", 0, 0, 1_000_000)?,
            limit: self.number(
                "limit",
                limits.page_size.min(limits.catalogue_page_max),
                1,
                limits.catalogue_page_max,
            )?,
        })
    }
}

/// Address of the part of a list that begins at `offset`, or null when the list has ended.
pub fn next(base: &str, uri: &Uri, page: catalog::model::Page, total: u64) -> Option<String> {
    let offset = page.offset + page.limit;
    (offset < total).then(|| with_place(base, uri, &[("offset", &offset.to_string())]))
}

/// The address of this request with another place in the answer.
pub fn with_place(base: &str, uri: &Uri, place: &[(&str, &str)]) -> String {
    let mut out = format!("{base}{}?", uri.path());
    let arguments = uri.query().unwrap_or_default().split('&');
    let is_place = |argument: &str| matches!(argument.split('=').next(), Some("offset" | "cursor" | "page" | "before"));
    for argument in arguments.filter(|argument| !argument.is_empty() && !is_place(argument)) {
        out.push_str(argument);
        out.push('&');
    }
    for (index, (name, value)) in place.iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        encode_component(value, &mut out);
    }
    out
}
