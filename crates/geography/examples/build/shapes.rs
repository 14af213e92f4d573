//! Outlines, and what follows from them: areas, rectangles, centres, the grid.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::path::Path;

use geography::CommuneKind;
use geography::file::{Column, Table};
use geography::outline::MultiPolygon;
use geography::position::{CELL, cell};

use crate::Sources;
use crate::columns::Writer;
use crate::source::{self, Commune};
use crate::topology::{Shape, Topology, shape_bytes};

/// Shapes of all tables.
pub struct Shapes {
    topology: Topology,
    tables: Vec<(Table, Vec<Shape>)>,
    town_halls: Vec<Option<[i32; 2]>>,
    /// Where a commune is whose outline isn't known.
    elsewhere: Vec<Option<[i32; 2]>>,
}

impl Shapes {
    pub fn read(folder: &Path, halls: &Path, sources: &Sources) -> Result<Self, Box<dyn Error>> {
        let communes = &sources.communes;
        let outlines = source::outlines(source::gzip(folder, "communes-2026.geojson.gz")?)?;
        let topology = Topology::of(outlines.values());
        let nodes = topology.nodes();
        let shape = |commune: &Commune| match outlines.get(&commune.code) {
            Some(outline) if commune.kind == CommuneKind::Current => {
                topology.shape(outline, |vertex| nodes.contains(vertex))
            }
            _ => Shape::new(),
        };
        let shapes: Vec<Shape> = communes.iter().map(shape).collect();
        let of_epcis = groups(sources.epcis.iter().map(|epci| epci.members.clone()), communes, &shapes, &topology);
        let of_divisions = |key: &dyn Fn(&Commune) -> String, codes: Vec<String>| -> Vec<Shape> {
            let mut members: HashMap<String, Vec<&Shape>> = HashMap::new();
            for (commune, shape) in communes.iter().zip(&shapes) {
                members.entry(key(commune)).or_default().push(shape);
            }
            codes.iter().map(|code| topology.together(members.remove(code).unwrap_or_default())).collect()
        };
        let region_of: HashMap<&str, &str> =
            sources.departements.iter().map(|one| (one.code.as_str(), one.region.as_str())).collect();
        let region = |commune: &Commune| (*region_of.get(commune.departement.as_str()).unwrap_or(&"")).to_owned();
        let of_departements = of_divisions(
            &|commune| commune.departement.clone(),
            sources.departements.iter().map(|one| one.code.clone()).collect(),
        );
        let of_regions = of_divisions(&region, sources.regions.iter().map(|one| one.code.clone()).collect());
        let (town_halls, elsewhere) = points(folder, halls, communes)?;
        let tables = vec![
            (Table::Communes, shapes),
            (Table::Epcis, of_epcis),
            (Table::Departements, of_departements),
            (Table::Regions, of_regions),
        ];
        Ok(Self { topology, tables, town_halls, elsewhere })
    }

    pub fn write(&self, writer: &mut Writer) {
        let arcs = self.topology.arc_bytes();
        writer.blobs(Table::Arcs, Column::Lines, arcs.iter().map(Vec::as_slice));
        writer.i32s(Table::Communes, Column::TownHalls, self.town_halls.iter().copied());
        for (table, shapes) in &self.tables {
            let lines: Vec<Vec<u8>> = shapes.iter().map(shape_bytes).collect();
            writer.blobs(*table, Column::Lines, lines.iter().map(Vec::as_slice));
            let outlines: Vec<MultiPolygon> = shapes.iter().map(|shape| self.topology.outline(shape)).collect();
            let ares = |outline: &MultiPolygon| (!outline.is_empty()).then(|| (outline.area() / 100.0).round() as u32);
            writer.u32s(*table, Column::Surfaces, outlines.iter().map(ares));
            writer.i32s(*table, Column::Boxes, outlines.iter().map(MultiPolygon::bounds));
            let elsewhere =
                |row: usize| self.elsewhere.get(row).copied().flatten().filter(|_| *table == Table::Communes);
            let centres = outlines.iter().enumerate().map(|(row, outline)| centre(outline).or_else(|| elsewhere(row)));
            writer.i32s(*table, Column::Centres, centres);
            if *table == Table::Communes {
                grid(writer, &outlines);
            }
        }
    }
}

/// The outlines of groups of communes.
fn groups(
    groups: impl Iterator<Item = Vec<String>>,
    communes: &[Commune],
    shapes: &[Shape],
    topology: &Topology,
) -> Vec<Shape> {
    let rows = crate::rows(communes);
    groups
        .map(|codes| {
            let rows: BTreeSet<u32> = codes.iter().filter_map(|code| rows.get(code.as_str()).copied()).collect();
            topology.together(rows.into_iter().map(|row| &shapes[row as usize]))
        })
        .collect()
}

type Points = Vec<Option<[i32; 2]>>;

/// Town halls; and, for communes without an outline, their town hall, what was theirs in 2018, or that of their commune.
fn points(folder: &Path, halls: &Path, communes: &[Commune]) -> Result<(Points, Points), Box<dyn Error>> {
    let halls = source::town_halls(halls)?;
    let hall = |commune: &Commune| {
        let kind = match commune.kind {
            CommuneKind::Current => "COM",
            CommuneKind::Arrondissement => "ARM",
            CommuneKind::Associated => "COMA",
            CommuneKind::Delegated => "COMD",
        };
        let of = |kind: &str| halls.get(&(commune.code.clone(), kind.to_owned())).copied();
        of(kind).or_else(|| of("SRM").filter(|_| commune.kind == CommuneKind::Arrondissement))
    };
    let mut before: BTreeMap<String, MultiPolygon> = BTreeMap::new();
    for file in std::fs::read_dir(folder.join("communes"))? {
        let name = file?.file_name();
        before.extend(source::outlines(source::gzip(&folder.join("communes"), &name.to_string_lossy())?)?);
    }
    let old = |commune: &Commune| {
        let part = matches!(commune.kind, CommuneKind::Associated | CommuneKind::Delegated);
        let current = communes.iter().any(|one| one.kind == CommuneKind::Current && one.code == commune.code);
        before.get(&commune.code).filter(|_| part && !current).and_then(centre)
    };
    let town_halls: Points = communes.iter().map(hall).collect();
    let elsewhere = communes.iter().zip(&town_halls).map(|(commune, hall)| hall.or_else(|| old(commune))).collect();
    Ok((town_halls, elsewhere))
}

/// The centre of gravity of the largest polygon, or the middle of its widest stretch at that height when that is outside;
/// in millionths of a degree.
fn centre(outline: &MultiPolygon) -> Option<[i32; 2]> {
    let area = |ring: &[[i32; 2]]| geography::outline::ring_area(ring);
    let polygon = outline.0.iter().max_by(|a, b| area(&a[0]).total_cmp(&area(&b[0])))?;
    let [x, y] = gravity(&polygon[0]);
    let piece = MultiPolygon(vec![polygon.clone()]);
    let x = if piece.contains(x, y) { x } else { widest(polygon, y)? };
    Some([(x * 10.0).round() as i32, (y * 10.0).round() as i32])
}

fn gravity(ring: &[[i32; 2]]) -> [f64; 2] {
    let [x0, y0] = ring[0].map(f64::from);
    let (mut sum, mut at) = (0.0, [0.0; 2]);
    for pair in ring.windows(2) {
        let [[x1, y1], [x2, y2]] = [pair[0], pair[1]].map(|[x, y]| [f64::from(x) - x0, f64::from(y) - y0]);
        let cross = x1 * y2 - x2 * y1;
        sum += cross;
        at[0] += (x1 + x2) * cross;
        at[1] += (y1 + y2) * cross;
    }
    [x0 + at[0] / (3.0 * sum), y0 + at[1] / (3.0 * sum)]
}

/// The middle of the widest stretch of a polygon along a parallel.
fn widest(polygon: &[Vec<[i32; 2]>], y: f64) -> Option<f64> {
    let mut crossings: Vec<f64> = polygon
        .iter()
        .flat_map(|ring| ring.windows(2))
        .filter_map(|pair| {
            let [[x1, y1], [x2, y2]] = [pair[0], pair[1]].map(|vertex| vertex.map(f64::from));
            ((y1 > y) != (y2 > y)).then(|| x1 + (x2 - x1) * (y - y1) / (y2 - y1))
        })
        .collect();
    crossings.sort_by(f64::total_cmp);
    let stretch = crossings.chunks_exact(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
    Some(stretch[0].midpoint(stretch[1]))
}

/// Which communes a square may be in: those of whose polygons the rectangle meets it.
fn grid(writer: &mut Writer, outlines: &[MultiPolygon]) {
    let mut cells: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (row, outline) in (0..).zip(outlines) {
        for polygon in &outline.0 {
            let Some([west, south, east, north]) = MultiPolygon(vec![polygon.clone()]).bounds() else { continue };
            for x in west.div_euclid(CELL)..=east.div_euclid(CELL) {
                for y in south.div_euclid(CELL)..=north.div_euclid(CELL) {
                    cells.entry(cell(x * CELL, y * CELL)).or_default().insert(row);
                }
            }
        }
    }
    writer.u32s(Table::Cells, Column::Codes, cells.keys().copied().map(Some));
    writer.short_lists(Table::Cells, Column::Members, cells.into_values().map(|rows| rows.into_iter().collect()));
}
