//! Vector tiles of the rows that a query keeps.

use std::collections::HashMap;

use axum::{
    body::Body,
    extract::{Path, Request, State as Extract},
    http::{HeaderValue, header},
    response::Response,
};

use super::resource::target;
use crate::{
    State,
    api::within,
    params::{self, Dialect},
    problem::{Kind, Problem},
};

/// Deepest zoom: a tile is then some ten metres wide.
const DEEPEST: u8 = 22;

/// One tile, layer `rows`.
pub async fn tile(
    Extract(state): Extract<State>,
    Path(segments): Path<HashMap<String, String>>,
    request: Request,
) -> Result<Response, Problem> {
    let (z, x, y) = place(&segments)?;
    let target = target(&state, &segments).await?;
    let validator = target.validator(request.uri(), "");
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let table = target.table(&state).await?;
    if table.profile().geometry.is_none() {
        return Err(Problem::new(Kind::NotFound, "the rows of this table have no position, so there are no tiles"));
    }
    let query =
        params::parse_with(request.uri().query().unwrap_or_default(), table.profile(), Dialect::Native, &[])?.query;
    let tile = within(&state, state.engine.tile(&table, z, x, y, &query)).await?;
    let mut response = Response::new(Body::from(tile));
    let media_type = HeaderValue::from_static("application/vnd.mapbox-vector-tile");
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    validator.apply(&mut response);
    Ok(response)
}

fn place(segments: &HashMap<String, String>) -> Result<(u8, u32, u32), Problem> {
    let segment = |name: &str| segments.get(name).map_or("", String::as_str);
    let Some(y) = segment("file").strip_suffix(".mvt") else {
        return Err(Problem::new(Kind::NotFound, "tiles are at `…/tiles/{z}/{x}/{y}.mvt`"));
    };
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let place = (segment("z").parse::<u8>().ok(), number(segment("x")), number(y));
    match place {
        (Some(z), Some(x), Some(y)) if z <= DEEPEST && x < 1 << z && y < 1 << z => Ok((z, x, y)),
        (Some(z), Some(_), Some(_)) if z <= DEEPEST => {
            Err(Problem::new(Kind::NotFound, format!("at zoom {z}, x and y go from 0 to {}", (1_u32 << z) - 1)))
        }
        _ => Err(Problem::new(
            Kind::BadRequest,
            format!("a tile has a zoom from 0 to {DEEPEST}, and whole numbers x and y"),
        )),
    }
}
