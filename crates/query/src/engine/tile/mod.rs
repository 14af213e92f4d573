//! Vector tiles of a table's rows (Mapbox Vector Tile 2.1), in a layer named `rows`.
//!
//! | feature | attributes |
//! | --- | --- |
//! | a row | `__id` (also the feature's own id), `label` when the table has a text column |
//! | a cluster of rows too small or too many to be drawn apart | `count`; its point is their mean |
//!
//! Whatever the table, a tile stays small: rows that are dots at its scale are drawn apart when they are few and
//! clustered on a grid when they are many; of larger shapes only the largest are drawn when they are very many.

mod clip;
mod grid;
mod mercator;
mod mvt;

use std::sync::Arc;

use arrow::{
    array::{Array, AsArray, RecordBatch},
    datatypes::Float64Type,
};
use bytes::Bytes;
use tabular::{geometry::wkb, profile::GeometrySource, snapshot::BBOX, typing::FieldType};

use self::{grid::Dots, mercator::Tile, mvt::Layer};
use super::{
    Engine, Table, blocking,
    budget::Budget,
    filter,
    plan::Plan,
    predicate::{Predicate, Seen},
    read::{self, Projection},
    workers,
};
use crate::{Error, Result, encode::value::Cells, model::Query};

/// Shapes that are drawn at most.
const MOST_SHAPES: usize = 5_000;
/// Bytes after which no further shape is drawn.
const MOST_BYTES: usize = 500_000;

impl Engine {
    /// The tile at zoom `z`, column `x`, row `y` of Web Mercator, with the rows that the query's filter keeps. The
    /// first field of `select`, or else the first text column, is the label; the rest of the query has no effect.
    ///
    /// # Errors
    /// [`Error::BadQuery`] when there is no such tile, or when the rows have no position; else as [`Engine::answer`].
    pub async fn tile(&self, table: &Arc<Table>, z: u8, x: u32, y: u32, query: &Query) -> Result<Bytes> {
        let tile = Tile::new(z, x, y).ok_or_else(|| Error::bad_query("there is no such tile"))?;
        if !table.has_position() {
            return Err(Error::bad_query("the rows of this table have no position on earth"));
        }
        let kept = Query { filter: query.filter.clone(), select: query.select.clone(), ..Query::default() };
        let plan = Plan::new(table, &kept)?;
        let [west, south, east, north] = tile.bbox();
        let within = filter::touches(west, south, east, north);
        let filter = plan.filter.map_or(within.clone(), |filter| filter.and(within));
        let label = label(table, query);
        let (budget, _waiting) = Budget::start(self.inner.limits.time);
        let (late, table) = (budget.timeout(), Arc::clone(table));
        let permit = self.inner.scans.acquire().await.map_err(|_| Error::Internal("the engine is closed".into()))?;
        let drawn = blocking(move || {
            let predicate = Predicate::new(&table, &filter)?;
            Drawing { table: &table, tile, predicate, label, budget: &budget }.run()
        });
        let drawn = tokio::time::timeout(self.inner.limits.time, drawn).await.map_err(|_| late)?;
        drop(permit);
        drawn
    }
}

fn label(table: &Table, query: &Query) -> Option<String> {
    let first_text = || {
        let mut columns = table.profile().columns.iter();
        columns.find(|column| column.field_type == FieldType::Text).map(|column| column.name.clone())
    };
    query.select.first().cloned().or_else(first_text)
}

/// A row that is larger than a dot at the tile's scale.
#[derive(Debug, Clone, Copy)]
struct Shape {
    position: usize,
    size: f64,
}

struct Drawing<'a> {
    table: &'a Table,
    tile: Tile,
    predicate: Predicate,
    label: Option<String>,
    budget: &'a Budget,
}

impl Drawing<'_> {
    fn run(&self) -> Result<Bytes> {
        let groups = self.predicate.groups(self.table);
        let parts = workers::each(&groups, 1, |group| self.group(group), |_| false)?;
        let (mut dots, mut shapes) = (Dots::default(), Vec::new());
        for (part, found) in parts {
            dots.merge(part);
            shapes.extend(found);
        }
        if shapes.len() > MOST_SHAPES {
            shapes.sort_unstable_by(|left: &Shape, right| right.size.total_cmp(&left.size));
            shapes.truncate(MOST_SHAPES);
        }
        let mut layer = Layer::new();
        self.draw_dots(&dots, &mut layer)?;
        self.draw_shapes(shapes.iter().map(|shape| shape.position).collect(), &mut layer)?;
        Ok(layer.finish())
    }

    /// The rows of a group within the tile, dots and shapes apart.
    fn group(&self, group: usize) -> Result<(Dots, Vec<Shape>)> {
        let columns = self.predicate.columns();
        let names: Vec<&str> = columns.iter().map(String::as_str).chain(BBOX).collect();
        let projection = Projection::for_scan(self.table, &names)?;
        let (mut dots, mut shapes) = (Dots::default(), Vec::new());
        let mut seen = Seen::default();
        for part in read::located(self.table, &projection, &self.predicate.ranges(self.table, group))? {
            self.budget.check()?;
            let (batch, positions) = part?;
            let side = |index: usize| batch.column(columns.len() + index).as_primitive::<Float64Type>();
            let [west, south, east, north] = [side(0), side(1), side(2), side(3)];
            for row in self.predicate.keeps(&batch, &mut seen)?.set_indices() {
                let position = usize::try_from(positions.value(row)).unwrap_or(usize::MAX);
                let (low, high) = (
                    self.tile.place(west.value(row), south.value(row)),
                    self.tile.place(east.value(row), north.value(row)),
                );
                let size = (high[0] - low[0]).abs().max((high[1] - low[1]).abs());
                if size < grid::DOT {
                    dots.add(position, [f64::midpoint(low[0], high[0]), f64::midpoint(low[1], high[1])]);
                } else {
                    shapes.push(Shape { position, size });
                }
            }
        }
        Ok((dots, shapes))
    }

    fn draw_dots(&self, dots: &Dots, layer: &mut Layer) -> Result<()> {
        let Some(apart) = dots.apart() else {
            for cluster in dots.clusters() {
                layer.cluster(cluster.point, cluster.count, cluster.row);
            }
            return Ok(());
        };
        let positions: Vec<usize> = apart.iter().map(|(position, _)| *position).collect();
        let labels = self.labels(&positions)?;
        for (index, (position, point)) in apart.iter().enumerate() {
            layer.row(*position, label_at(&labels, index), &wkb::Geometry::Point(*point));
        }
        Ok(())
    }

    fn labels(&self, positions: &[usize]) -> Result<Vec<Option<String>>> {
        let Some(label) = &self.label else { return Ok(Vec::new()) };
        let projection = Projection::new(self.table, &[label])?;
        let mut labels = Vec::with_capacity(positions.len());
        for batch in self.read(&projection, positions)? {
            let texts = Cells::new(batch.column(0))?.to_text();
            labels.extend(texts.iter().map(|text| text.map(str::to_owned)));
        }
        Ok(labels)
    }

    fn read(&self, projection: &Projection, positions: &[usize]) -> Result<Vec<RecordBatch>> {
        if positions.is_empty() {
            return Ok(Vec::new());
        }
        read::ranges(self.table, projection, &read::runs(positions))?.collect()
    }

    fn draw_shapes(&self, mut positions: Vec<usize>, layer: &mut Layer) -> Result<()> {
        let source = self.table.profile().geometry.as_ref().map(|geometry| &geometry.source);
        let Some(GeometrySource::Column { name }) = source else { return Ok(()) };
        positions.sort_unstable();
        let labels = self.labels(&positions)?;
        let projection = Projection::new(self.table, &[name])?;
        let mut index = 0;
        for batch in self.read(&projection, &positions)? {
            self.budget.check()?;
            let shapes = batch.column(0).as_binary::<i32>();
            for row in 0..batch.num_rows() {
                if layer.bytes() > MOST_BYTES {
                    return Ok(());
                }
                let shape = if shapes.is_valid(row) { wkb::read(shapes.value(row)).ok() } else { None };
                if let Some(shape) = shape.and_then(|shape| clip::to_tile(&shape, &self.tile)) {
                    layer.row(positions[index], label_at(&labels, index), &shape);
                }
                index += 1;
            }
        }
        Ok(())
    }
}

fn label_at(labels: &[Option<String>], index: usize) -> Option<&str> {
    labels.get(index)?.as_deref()
}
