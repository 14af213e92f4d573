//! Rows by page, and as files.

use axum::{
    extract::{Path, Request, State as Extract},
    response::Response,
};
use query::{
    Answer,
    encode::{Format, Options},
    model::Page,
};

use super::{Links, errors::Errors};
use crate::{
    State,
    api::{Target, export, rows, within},
    params::{self, Dialect, ParamError, Parsed},
    problem::{Kind, Problem},
};

pub async fn page(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Errors> {
    let target = Target::current(&state, &id).await?;
    let validator = target.validator(request.uri(), &state.base_url(request.headers()));
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let table = target.table(&state).await?;
    let query_string = request.uri().query().unwrap_or_default();
    let limits = &state.config.limits;
    let parsed = parse(query_string, table.profile())?.paged(limits.page_size, limits.page_size_max)?;
    let answer = within(&state, state.engine.answer(&table, &parsed.query)).await?;
    let links = Links::new(&state, &request, &id);
    let body = write(
        &answer,
        &parsed,
        &links,
        &format!("{}{}", state.base_url(request.headers()), request.uri().path()),
        query_string,
    )?;
    let mut response = rows::respond(body);
    validator.apply(&mut response);
    Ok(response)
}

pub async fn file(
    Extract(state): Extract<State>,
    Path((id, format)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Errors> {
    let offered = [Format::Csv, Format::Json, Format::Parquet, Format::Geojson];
    let format = Format::from_extension(&format).filter(|format| offered.contains(format));
    let Some(format) = format else {
        let detail = "the formats are `csv`, `json`, `parquet` and `geojson`";
        return Err(Problem::new(Kind::NotFound, detail).into());
    };
    let target = Target::current(&state, &id).await?;
    let validator = target.validator(request.uri(), "");
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let table = target.table(&state).await?;
    let mut query = parse(request.uri().query().unwrap_or_default(), table.profile())?.query;
    query.page = Page::default();
    let mut response = export::stream(&state, &table, query, format, Options::default(), &id).await?;
    validator.apply(&mut response);
    Ok(response)
}

fn parse(query_string: &str, profile: &::tabular::Profile) -> Result<Parsed, ParamError> {
    params::parse_with(query_string, profile, Dialect::Tabular, &[])
}

fn write(
    answer: &Answer,
    parsed: &Parsed,
    links: &Links,
    address: &str,
    query_string: &str,
) -> Result<Vec<u8>, Problem> {
    let page = parsed.page.unwrap_or(1);
    let size = parsed.query.page.limit.unwrap_or_default();
    let turned = |page: u64| turn(address, query_string, page, size);
    let next = (parsed.query.page.offset + size < answer.total).then(|| turned(page + 1));
    let prev = (page > 1).then(|| turned(page - 1));
    let mut out = Vec::with_capacity(8 << 10);
    out.push(b'{');
    rows::write_name("data", &mut out);
    rows::write(answer, &mut out)?;
    rows::write_name("links", &mut out);
    out.push(b'{');
    rows::write_text("profile", Some(&links.to("profile")), &mut out);
    rows::write_text("swagger", Some(&links.to("swagger")), &mut out);
    rows::write_text("next", next.as_deref(), &mut out);
    rows::write_text("prev", prev.as_deref(), &mut out);
    out.push(b'}');
    rows::write_name("meta", &mut out);
    out.push(b'{');
    rows::write_number("page", page, &mut out);
    rows::write_number("page_size", size, &mut out);
    rows::write_number("total", answer.total, &mut out);
    out.extend_from_slice(b"}}");
    Ok(out)
}

/// The same request for another page: every argument kept but those of the page.
fn turn(address: &str, query_string: &str, page: u64, size: u64) -> String {
    let mut out = format!("{address}?");
    for argument in query_string.split('&').filter(|argument| !argument.is_empty() && !is_of_the_page(argument)) {
        out.push_str(argument);
        out.push('&');
    }
    out.push_str(&format!("page={page}&page_size={size}"));
    out
}

fn is_of_the_page(argument: &str) -> bool {
    matches!(argument.split('=').next(), Some("page" | "page_size"))
}
