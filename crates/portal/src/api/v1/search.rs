//! Datasets found by words and facets.

use axum::{
    extract::{Request, State as Extract},
    response::{IntoResponse, Response},
};
use catalog::search::{SearchQuery, Sort};
use serde_json::json;

use super::{
    listing::{self, Parameters},
    view,
};
use crate::{
    State,
    problem::{Kind, Problem},
};

/// Datasets found, with facets.
pub async fn datasets(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    let facets = ["organization", "theme", "format", "licence", "territory", "year"];
    let parameters = Parameters::read_repeatable(request.uri(), &["q", "around", "sort", "offset", "limit"], &facets)?;
    let page = parameters.page(&state)?;
    let query = query(&parameters, page)?;
    let base = state.base_url(request.headers());
    let validator = listing::validator(&state, request.uri(), &base).await?;
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let found = state.platform.search.find(query).await?;
    let body = json!({
        "datasets": found.hits.iter().map(|hit| view::dataset(&base, &hit.dataset, &hit.organization)).collect::<Vec<_>>(),
        "total": found.total,
        "offset": page.offset,
        "limit": page.limit,
        "next": listing::next(&base, request.uri(), page, found.total),
        "facets": found.facets,
    });
    let mut response = axum::Json(body).into_response();
    validator.apply(&mut response);
    Ok(response)
}

fn query(parameters: &Parameters, page: catalog::model::Page) -> Result<SearchQuery, Problem> {
    let refuse =
        |name: &str, why: &str| Problem::new(Kind::BadRequest, format!("in `{name}`: {why}")).with("parameter", name);
    let year = |text: String| text.parse::<i16>().ok().filter(|year| (1000..=2200).contains(year));
    let years = parameters.all("year").into_iter().map(year).collect::<Option<Vec<i16>>>();
    Ok(SearchQuery {
        text: parameters.text("q").unwrap_or_default().to_owned(),
        organization: parameters.all("organization"),
        theme: parameters.all("theme"),
        format: parameters.all("format"),
        licence: parameters.all("licence"),
        territory: parameters.all("territory"),
        around: parameters.text("around").map(str::to_owned),
        year: years.ok_or_else(|| refuse("year", "expected a year from 1000 to 2200"))?,
        sort: match parameters.text("sort") {
            None | Some("relevance") => Sort::Relevance,
            Some("recent") => Sort::Recent,
            Some("title") => Sort::Title,
            Some(_) => return Err(refuse("sort", "expected `relevance`, `recent` or `title`")),
        },
        offset: page.offset,
        limit: page.limit,
    })
}
