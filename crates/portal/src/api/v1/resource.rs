//! A resource: its description, rows, profile, exceptions, versions and files, current or of an old version.

use std::collections::HashMap;

use axum::{
    extract::{Path, Request, State as Extract},
    response::{IntoResponse, Response},
};
use query::{Answer, encode::Format};
use serde_json::json;

use super::{listing, view};
use crate::{
    State,
    api::{Target, export as exports, rows as json_rows, within},
    caching::Validator,
    params::{self, Dialect, Parsed},
    problem::{Kind, Problem},
};

type Segments = Path<HashMap<String, String>>;

/// What the path names: a resource, and maybe a version.
pub async fn target(state: &State, segments: &HashMap<String, String>) -> Result<Target, Problem> {
    let id = segments.get("id").map_or("", String::as_str);
    match segments.get("number") {
        Some(number) => Target::version_of(state, id, number).await,
        None => Target::current(state, id).await,
    }
}

fn finish(validator: &Validator, mut response: Response) -> Response {
    validator.apply(&mut response);
    response
}

/// The description of a resource in a version.
pub async fn detail(
    Extract(state): Extract<State>,
    Path(segments): Segments,
    request: Request,
) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let target = target(&state, &segments).await?;
    let base = state.base_url(request.headers());
    let validator = listing::validator(&state, request.uri(), &base).await?;
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    Ok(finish(&validator, axum::Json(view::resource(&base, target.detail(), target.version())).into_response()))
}

/// Every version, the newest first.
pub async fn versions(
    Extract(state): Extract<State>,
    Path(segments): Segments,
    request: Request,
) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let target = target(&state, &segments).await?;
    let base = state.base_url(request.headers());
    let validator = listing::validator(&state, request.uri(), &base).await?;
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let mut versions = state.platform.records.versions(target.detail().resource.id).await?;
    versions.sort_by_key(|version| std::cmp::Reverse(version.number));
    let body = json!({
        "versions": versions.iter().map(|version| view::version(&base, version)).collect::<Vec<_>>(),
        "total": versions.len(),
    });
    Ok(finish(&validator, axum::Json(body).into_response()))
}

/// What was understood of the table.
pub async fn profile(
    Extract(state): Extract<State>,
    Path(segments): Segments,
    request: Request,
) -> Result<Response, Problem> {
    listing::Parameters::read(request.uri(), &[])?;
    let target = target(&state, &segments).await?;
    let validator = target.validator(request.uri(), "");
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let table = target.table(&state).await?;
    Ok(finish(&validator, axum::Json(table.profile()).into_response()))
}

/// A page of rows.
pub async fn rows(
    Extract(state): Extract<State>,
    Path(segments): Segments,
    request: Request,
) -> Result<Response, Problem> {
    let target = target(&state, &segments).await?;
    let base = state.base_url(request.headers());
    let validator = target.validator(request.uri(), &base);
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let table = target.table(&state).await?;
    let limits = &state.config.limits;
    let snapshot = target.version().snapshot.as_str();
    let parsed = parse(&request, table.profile(), &[])?.on(snapshot)?.paged(limits.page_size, limits.page_size_max)?;
    let answer = within(&state, state.engine.answer(&table, &parsed.query)).await?;
    let body = write_page(&answer, &parsed, |place| listing::with_place(&base, request.uri(), place), snapshot)?;
    Ok(finish(&validator, json_rows::respond(body)))
}

fn parse(request: &Request, profile: &tabular::Profile, others: &[&str]) -> Result<Parsed, Problem> {
    Ok(params::parse_with(request.uri().query().unwrap_or_default(), profile, Dialect::Native, others)?)
}

fn write_page(
    answer: &Answer,
    parsed: &Parsed,
    address: impl Fn(&[(&str, &str)]) -> String,
    snapshot: &str,
) -> Result<Vec<u8>, Problem> {
    let page = &parsed.query.page;
    let limit = page.limit.unwrap_or_default();
    let cursor = answer.next.as_ref().map(|cursor| cursor.to_text(snapshot));
    let next = match &cursor {
        Some(cursor) if !parsed.by_offset() => Some(address(&[("cursor", cursor)])),
        _ if page.after.is_none() && page.offset + limit < answer.total => {
            Some(address(&[("offset", &(page.offset + limit).to_string())]))
        }
        _ => None,
    };
    let mut out = Vec::with_capacity(8 << 10);
    out.push(b'{');
    json_rows::write_name("rows", &mut out);
    json_rows::write(answer, &mut out)?;
    json_rows::write_number("total", answer.total, &mut out);
    if page.after.is_none() {
        json_rows::write_number("offset", page.offset, &mut out);
    }
    json_rows::write_number("limit", limit, &mut out);
    json_rows::write_text("next", next.as_deref(), &mut out);
    json_rows::write_text("cursor", cursor.as_deref(), &mut out);
    out.push(b'}');
    Ok(out)
}

/// All rows that a query keeps, as a file.
pub async fn export(
    Extract(state): Extract<State>,
    Path(segments): Segments,
    request: Request,
) -> Result<Response, Problem> {
    let unknown = || {
        Problem::new(
            Kind::NotFound,
            "no such address under a resource; exports are `export.csv`, `.xlsx`, `.json`, `.ndjson`, `.geojson`, `.parquet`",
        )
    };
    let extension = segments.get("file").and_then(|file| file.strip_prefix("export."));
    let format = extension.and_then(Format::from_extension).ok_or_else(unknown)?;
    let target = target(&state, &segments).await?;
    let validator = target.validator(request.uri(), "");
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let table = target.table(&state).await?;
    let options = exports::options(request.uri().query().unwrap_or_default(), format)?;
    let others: &[&str] = if format == Format::Csv { &exports::CSV_PARAMETERS } else { &[] };
    let mut parsed = parse(&request, table.profile(), others)?.on(target.version().snapshot.as_str())?;
    if parsed.page.is_some() {
        let limits = &state.config.limits;
        parsed = parsed.paged(limits.page_size, limits.page_size_max)?;
    }
    if parsed.query.select.is_empty() {
        // A file holds the columns of the source; the row number only when it is selected.
        parsed.query.with_row_id = false;
    }
    let stem = target.file_stem();
    Ok(finish(&validator, exports::stream(&state, &table, parsed.query, format, options, &stem).await?))
}

/// Rows looked at in one go for their exceptions.
const WINDOW: u64 = 1 << 16;

/// Cells that don't fit their column, by row.
pub async fn exceptions(
    Extract(state): Extract<State>,
    Path(segments): Segments,
    request: Request,
) -> Result<Response, Problem> {
    let parameters = listing::Parameters::read(request.uri(), &["after", "limit"])?;
    let limits = &state.config.limits;
    let after = parameters.number("after", 0, 0, u64::from(u32::MAX))?;
    let limit =
        usize::try_from(parameters.number("limit", limits.page_size, 1, limits.page_size_max)?).unwrap_or(usize::MAX);
    let target = target(&state, &segments).await?;
    let base = state.base_url(request.headers());
    let validator = target.validator(request.uri(), &base);
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let table = target.table(&state).await?;
    let last = if table.profile().exceptions == 0 { 0 } else { table.profile().rows };
    let (mut cells, mut from) = (Vec::new(), after + 1);
    // One more than asked says whether something follows.
    while from <= last && cells.len() <= limit {
        let to = (from + WINDOW - 1).min(last);
        let window: Vec<u64> = (from..=to).collect();
        cells.extend(within(&state, state.engine.exceptions(&table, &window)).await?);
        from = to + 1;
    }
    let given = whole_rows(&cells, limit);
    let next = (given < cells.len()).then(|| cells.get(given.wrapping_sub(1)).map(|cell| cell.row)).flatten();
    let address = next.map(|row| format!("{base}{}?after={row}&limit={limit}", request.uri().path()));
    let cell = |cell: &query::ExceptionCell| json!({"row": cell.row, "column": cell.column, "position": cell.position, "raw": cell.raw});
    let body = json!({
        "exceptions": cells.iter().take(given).map(cell).collect::<Vec<_>>(),
        "total": table.profile().exceptions,
        "next": address,
    });
    Ok(finish(&validator, axum::Json(body).into_response()))
}

/// How many cells make a page that doesn't cut a row; a row with more cells than a page is given whole.
fn whole_rows(cells: &[query::ExceptionCell], limit: usize) -> usize {
    let Some(beyond) = cells.get(limit) else { return cells.len() };
    let cut = cells.iter().take(limit).filter(|cell| cell.row != beyond.row).count();
    if cut > 0 { cut } else { cells.iter().filter(|cell| cell.row == beyond.row).count() }
}
