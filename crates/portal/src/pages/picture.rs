//! The picture that the data suggests: where its rows are, or the chart of its profile. A picture is a function of a
//! snapshot, so it is made once and kept.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use catalog::model::Version;
use query::Table;
use query::model::{Page, Query};
use serde_json::{Map, Value};
use tabular::Profile;
use tabular::profile::GeometrySource;
use tabular::snapshot::BBOX;

use super::rows::{Rows, ask};
use crate::State;
use crate::chart::plan::Kind;
use crate::chart::{self, Chart, Feature, Spec};
use crate::i18n::Text;
use crate::problem::Problem;

/// Pictures kept at most; then all are forgotten.
const KEPT: usize = 1_000;
/// Points drawn on a map without a background.
const POINTS: u64 = 3_000;
/// Lines and surfaces drawn: each may have thousands of places.
const SHAPES: u64 = 300;
/// Parts that a long table is looked at in.
const SAMPLES: u64 = 6;

/// What the data suggests.
#[derive(Debug, Clone)]
pub enum Picture {
    /// The places of rows.
    Map(Arc<Vec<Feature>>),
    /// A chart; its answer in both languages.
    Chart(Arc<[Chart; 2]>),
    /// Nothing to draw.
    Nothing,
}

static PICTURES: LazyLock<Mutex<HashMap<(String, u32), Picture>>> = LazyLock::new(Mutex::default);

/// The picture of a version; what fails to be drawn is logged and left out, for the page says more than its picture.
pub async fn of(state: &State, version: &Version) -> Picture {
    let Some(table) = version.table else { return Picture::Nothing };
    let key = (version.snapshot.as_str().to_owned(), table);
    let kept = PICTURES.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some(picture) = kept {
        return picture;
    }
    match draw(state, version).await {
        Ok(picture) => {
            let mut pictures = PICTURES.lock().unwrap_or_else(PoisonError::into_inner);
            if pictures.len() >= KEPT {
                pictures.clear();
            }
            pictures.insert(key, picture.clone());
            picture
        }
        Err(problem) => {
            tracing::warn!(snapshot = %version.snapshot, %problem, "no picture");
            Picture::Nothing
        }
    }
}

async fn draw(state: &State, version: &Version) -> Result<Picture, Problem> {
    let table = state.open(version).await?;
    let profile = table.profile();
    let suggested = chart::suggest::suggest(profile);
    // Money along time says more than where it was paid; otherwise a place on earth says most.
    let amounts = suggested.as_ref().is_some_and(|spec| spec.kind == Kind::Time && spec.y.is_some());
    if !amounts && is_mostly_located(profile) {
        let features = features(state, &table, None).await?;
        if !features.is_empty() {
            return Ok(Picture::Map(Arc::new(features)));
        }
    }
    let Some(spec) = suggested else { return Ok(Picture::Nothing) };
    Ok(match answer(state, &table, &spec).await? {
        Some(charts) => Picture::Chart(Arc::new(charts)),
        None => Picture::Nothing,
    })
}

fn is_mostly_located(profile: &Profile) -> bool {
    profile.geometry.as_ref().is_some_and(|geometry| geometry.located * 2 > profile.rows)
}

async fn answer(state: &State, table: &Arc<Table>, spec: &Spec) -> Result<Option<[Chart; 2]>, Problem> {
    let rows = ask(state, table, &chart::query_of(spec, None)).await?;
    let made = |t: Text| chart::chart_from_rows(spec, table.profile(), &rows.rows, rows.total, &t);
    Ok(made(Text::french()).zip(made(Text::english())).map(|(french, english)| [french, english]))
}

/// The places of the rows that a filter keeps, a bounded number of them.
///
/// # Errors
/// As the engine.
pub async fn features(
    state: &State,
    table: &Arc<Table>,
    filter: Option<query::model::Filter>,
) -> Result<Vec<Feature>, Problem> {
    let Some(geometry) = &table.profile().geometry else { return Ok(Vec::new()) };
    let points = geometry.kinds.iter().all(|kind| kind == "Point");
    let shape = match &geometry.source {
        GeometrySource::Column { name } if !points => Some(name),
        _ => None,
    };
    // A point is where its box is, in degrees whatever the source's coordinates; the cheapest column comes with it.
    let select = shape.or(table.profile().columns.first().map(|column| &column.name)).cloned().into_iter().collect();
    let query = Query { filter, select, with_position: true, ..Query::default() };
    let most = if points { POINTS } else { SHAPES };
    let mut features = Vec::new();
    for (offset, limit) in samples(table.profile().rows, most, query.filter.is_some()) {
        let page = Page { offset, limit: Some(limit), after: None };
        let Rows { rows, .. } = ask(state, table, &Query { page, ..query.clone() }).await?;
        features.extend(rows.iter().flat_map(|row| places(row, shape)));
    }
    Ok(features)
}

/// Parts of a table, as offsets and lengths, that hold at most so many rows. Files are often in the order of places, so
/// a long one is looked at in several parts; a filter's answer, whose length isn't known, only at its beginning.
fn samples(rows: u64, most: u64, filtered: bool) -> Vec<(u64, u64)> {
    if filtered || rows <= most {
        return vec![(0, most)];
    }
    (0..SAMPLES).map(|part| (part * (rows / SAMPLES), most / SAMPLES)).collect()
}

/// The shapes of a row: of its geometry column when it has shapes, else the point of its box.
fn places(row: &Map<String, Value>, shape: Option<&String>) -> Vec<Feature> {
    if let Some(name) = shape {
        return row.get(name).map(Feature::from_geojson).unwrap_or_default();
    }
    let [west, south, ..] = BBOX;
    let number = |name: &str| row.get(name).and_then(Value::as_f64);
    number(west).zip(number(south)).map(|(lon, lat)| Feature::Point([lon, lat])).into_iter().collect()
}

impl Picture {
    /// Whether it shows places.
    pub fn is_map(&self) -> bool {
        matches!(self, Self::Map(_))
    }

    /// The chart, in the reader's language.
    pub fn chart(&self, t: &Text) -> Option<&Chart> {
        match self {
            Self::Chart(charts) => Some(&charts[usize::from(t.tag() == "en")]),
            _ => None,
        }
    }

    /// As small as on a card, without letters.
    pub fn small(&self) -> String {
        match self {
            Self::Map(features) => chart::map_svg(features, 320.0, 120.0, None),
            Self::Chart(charts) => {
                let values: Vec<f64> = charts[0].points.iter().map(|point| point.value.unwrap_or(0.0)).collect();
                match charts[0].drawing {
                    chart::Drawing::Bars => chart::spark_bars(&values, 320.0, 100.0),
                    chart::Drawing::Line => chart::spark_line(&values, 320.0, 100.0),
                    chart::Drawing::Columns | chart::Drawing::Histogram => chart::spark_columns(&values, 320.0, 100.0),
                }
            }
            Self::Nothing => chart::lines_of_text(320.0, 100.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(row) => row,
            _ => Map::new(),
        }
    }

    #[test]
    fn a_long_table_is_looked_at_in_parts() {
        assert_eq!(samples(100, 3_000, false), [(0, 3_000)]);
        assert_eq!(samples(60_000, 3_000, true), [(0, 3_000)]);
        let parts = samples(60_000, 3_000, false);
        assert_eq!(parts.first(), Some(&(0, 500)));
        assert_eq!(parts.last(), Some(&(50_000, 500)));
    }

    #[test]
    fn a_point_is_where_its_box_is_and_a_shape_is_its_geometry() {
        let point = row(json!({"nom": "Halle", "__xmin": 1.9, "__ymin": 43.3, "__xmax": 1.9, "__ymax": 43.3}));
        assert_eq!(places(&point, None), [Feature::Point([1.9, 43.3])]);
        assert_eq!(places(&row(json!({"nom": "Halle", "__xmin": null})), None), []);
        let line = row(json!({"trace": {"type": "LineString", "coordinates": [[1.9, 43.3], [2.0, 43.4]]}}));
        assert_eq!(places(&line, Some(&"trace".to_owned())), [Feature::Line(vec![[1.9, 43.3], [2.0, 43.4]])]);
    }
}
