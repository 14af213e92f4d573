//! Outlines as arcs: a line between two meeting points is kept once, and the outline of several territories together is
//! made of the arcs that one alone of them has.

use std::collections::{BTreeMap, HashMap, HashSet};

use geography::file::varint;
use geography::outline::{MultiPolygon, Polygon, Ring, Vertex, ring_area};

/// An arc as it is followed: twice its number, and one more when backwards.
type Step = u32;

/// Square metres: smaller pieces of several territories together are no land.
const SPLINTER: f64 = 10_000.0;

/// Rings of polygons as arcs.
pub type Shape = Vec<Vec<Vec<Step>>>;

/// All arcs of a set of outlines that share their borders exactly.
pub struct Topology {
    arcs: Vec<Vec<Vertex>>,
    /// The arc that begins or ends with an edge, followed so that the edge comes first.
    by_edge: HashMap<(Vertex, Vertex), Step>,
}

impl Topology {
    /// Cuts outlines where three or more lines meet.
    pub fn of<'a>(outlines: impl IntoIterator<Item = &'a MultiPolygon> + Clone) -> Self {
        let mut near: HashMap<Vertex, Vec<Vertex>> = HashMap::new();
        for ring in outlines.clone().into_iter().flat_map(|outline| outline.0.iter().flatten()) {
            for pair in ring.windows(2) {
                for (from, to) in [(pair[0], pair[1]), (pair[1], pair[0])] {
                    let near = near.entry(from).or_default();
                    if !near.contains(&to) {
                        near.push(to);
                    }
                }
            }
        }
        let mut topology = Self { arcs: Vec::new(), by_edge: HashMap::new() };
        for ring in outlines.into_iter().flat_map(|outline| outline.0.iter().flatten()) {
            for arc in cut(ring, |vertex| near[vertex].len() != 2) {
                topology.add(arc);
            }
        }
        topology
    }

    fn add(&mut self, arc: Vec<Vertex>) {
        if let [first, second, .., before, last] | [first, second @ before, last] = arc.as_slice() {
            let (first, second, before, last) = (*first, *second, *before, *last);
            self.keep(arc, (first, second), (last, before));
        } else if let [first, last] = arc.as_slice() {
            let (first, last) = (*first, *last);
            self.keep(arc, (first, last), (last, first));
        }
    }

    fn keep(&mut self, arc: Vec<Vertex>, forwards: (Vertex, Vertex), backwards: (Vertex, Vertex)) {
        if !self.by_edge.contains_key(&forwards) {
            let step = self.arcs.len() as Step * 2;
            self.by_edge.insert(forwards, step);
            self.by_edge.insert(backwards, step + 1);
            self.arcs.push(arc);
        }
    }

    /// An outline as arcs.
    pub fn shape(&self, outline: &MultiPolygon, near_is_node: impl Fn(&Vertex) -> bool) -> Shape {
        let steps = |ring: &Ring| -> Vec<Step> {
            cut(ring, &near_is_node).iter().filter_map(|arc| self.by_edge.get(&(arc[0], arc[1])).copied()).collect()
        };
        outline.0.iter().map(|polygon| polygon.iter().map(steps).collect()).collect()
    }

    /// Whether lines begin and end at a vertex.
    pub fn nodes(&self) -> HashSet<Vertex> {
        self.arcs.iter().flat_map(|arc| [arc[0], arc[arc.len() - 1]]).collect()
    }

    /// The vertices of a ring of arcs.
    pub fn ring(&self, steps: &[Step]) -> Ring {
        let mut ring = Ring::new();
        for step in steps {
            ring.pop();
            ring.extend(self.vertices(*step));
        }
        ring
    }

    fn vertices(&self, step: Step) -> Box<dyn DoubleEndedIterator<Item = Vertex> + '_> {
        let arc = self.arcs[step as usize / 2].iter().copied();
        if step.is_multiple_of(2) { Box::new(arc) } else { Box::new(arc.rev()) }
    }

    /// The outline of several shapes together.
    pub fn together<'a>(&self, shapes: impl IntoIterator<Item = &'a Shape>) -> Shape {
        // An arc with a member on each side is followed both ways, and is inside.
        let mut border: HashSet<Step> = HashSet::new();
        for step in shapes.into_iter().flatten().flatten().flatten() {
            if !border.remove(&(step ^ 1)) {
                border.insert(*step);
            }
        }
        self.polygons(self.rings(border))
    }

    /// Rings of steps that follow one another; where several may follow, the sharpest turn to the left, which keeps to the
    /// same piece of land.
    fn rings(&self, border: HashSet<Step>) -> Vec<Vec<Step>> {
        let mut leaving: BTreeMap<Vertex, Vec<Step>> = BTreeMap::new();
        let mut sorted: Vec<Step> = border.into_iter().collect();
        sorted.sort_unstable();
        for step in &sorted {
            if let Some(first) = self.vertices(*step).next() {
                leaving.entry(first).or_default().push(*step);
            }
        }
        let mut rings = Vec::new();
        for start in sorted {
            let first = self.vertices(start).next();
            if first.and_then(|first| leaving.get(&first)).is_none_or(|steps| !steps.contains(&start)) {
                continue;
            }
            // The first step is taken last: where lines cross, it is one of those that may follow.
            let mut ring = vec![start];
            while let Some(next) = self.follow(ring[ring.len() - 1], &mut leaving).filter(|next| *next != start) {
                ring.push(next);
            }
            rings.push(ring);
        }
        rings
    }

    /// Takes what follows a step.
    fn follow(&self, step: Step, leaving: &mut BTreeMap<Vertex, Vec<Step>>) -> Option<Step> {
        let mut backwards = self.vertices(step).rev();
        let (here, before) = (backwards.next()?, backwards.next()?);
        let candidates = leaving.get_mut(&here)?;
        let turn = |candidate: &Step| {
            let next = self.vertices(*candidate).nth(1).unwrap_or(here);
            let back = angle(here, before);
            // How far one turns clockwise from where one came from.
            (back - angle(here, next)).rem_euclid(std::f64::consts::TAU)
        };
        let best = candidates.iter().enumerate().min_by(|(_, a), (_, b)| turn(a).total_cmp(&turn(b)))?.0;
        Some(candidates.swap_remove(best))
    }

    /// Outer rings with the holes that are in them, the largest first.
    fn polygons(&self, rings: Vec<Vec<Step>>) -> Shape {
        let mut outer: Vec<(f64, Polygon, Vec<Vec<Step>>)> = Vec::new();
        let mut holes = Vec::new();
        let whole: f64 = rings.iter().map(|steps| ring_area(&self.ring(steps))).sum();
        for steps in rings {
            let ring = self.ring(&steps);
            let area = ring_area(&ring);
            // Borders that were generalised apart leave splinters where they nearly meet.
            if area.abs() < SPLINTER && whole.abs() > SPLINTER {
                continue;
            }
            if area > 0.0 {
                outer.push((area, vec![ring], vec![steps]));
            } else {
                holes.push((ring, steps));
            }
        }
        outer.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
        for (ring, steps) in holes {
            let inside = |polygon: &Polygon| {
                let vertices = ring.iter().filter(|vertex| !polygon[0].contains(vertex));
                let piece = MultiPolygon(vec![vec![polygon[0].clone()]]);
                vertices.take(1).all(|[x, y]| piece.contains(f64::from(*x), f64::from(*y)))
            };
            // The smallest that is around it.
            if let Some((.., all)) = outer.iter_mut().rev().find(|(_, polygon, _)| inside(polygon)) {
                all.push(steps);
            }
        }
        outer.into_iter().map(|(_, _, steps)| steps).collect()
    }

    /// The bytes of each arc.
    pub fn arc_bytes(&self) -> Vec<Vec<u8>> {
        let bytes = |arc: &Vec<Vertex>| {
            let (mut bytes, mut before) = (Vec::new(), [0, 0]);
            for vertex in arc {
                for axis in 0..2 {
                    varint::write(i64::from(vertex[axis]) - i64::from(before[axis]), &mut bytes);
                }
                before = *vertex;
            }
            bytes
        };
        self.arcs.iter().map(bytes).collect()
    }

    /// The outline of a shape.
    pub fn outline(&self, shape: &Shape) -> MultiPolygon {
        MultiPolygon(shape.iter().map(|polygon| polygon.iter().map(|steps| self.ring(steps)).collect()).collect())
    }
}

/// The bytes of a shape.
pub fn shape_bytes(shape: &Shape) -> Vec<u8> {
    let mut bytes = Vec::new();
    if shape.is_empty() {
        return bytes;
    }
    varint::write(shape.len() as i64, &mut bytes);
    for polygon in shape {
        varint::write(polygon.len() as i64, &mut bytes);
        for ring in polygon {
            varint::write(ring.len() as i64, &mut bytes);
            let mut before = 0;
            for step in ring {
                varint::write(i64::from(*step) - before, &mut bytes);
                before = i64::from(*step);
            }
        }
    }
    bytes
}

fn angle(from: Vertex, to: Vertex) -> f64 {
    f64::from(to[1] - from[1]).atan2(f64::from(to[0] - from[0]))
}

/// A ring cut at some of its vertices; whole, from its least vertex on, when there is none.
fn cut(ring: &Ring, is_node: impl Fn(&Vertex) -> bool) -> Vec<Vec<Vertex>> {
    let open = &ring[..ring.len().saturating_sub(1)];
    let start = (0..open.len()).find(|n| is_node(&open[*n]));
    let least = || (0..open.len()).min_by_key(|n| open[*n]);
    let Some(first) = start.or_else(least) else { return Vec::new() };
    let mut arcs = Vec::new();
    let mut arc = vec![open[first]];
    for n in 1..=open.len() {
        let vertex = open[(first + n) % open.len()];
        arc.push(vertex);
        if n == open.len() || is_node(&vertex) {
            arcs.push(std::mem::replace(&mut arc, vec![vertex]));
        }
    }
    arcs
}
