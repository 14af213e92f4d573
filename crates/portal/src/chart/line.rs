//! A line along time, broken where nothing is known, with its surface to zero.

use std::fmt::Write;

use super::write::unit;
use super::{Chart, Width, axis};
use crate::i18n::Text;

pub fn svg(chart: &Chart, width: Width, text: &Text) -> String {
    let (mut svg, scale, area) = axis::open(chart, width, text);
    let slot = area.width() / chart.points.len().max(1) as f64;
    let zero = area.y(&scale, 0.0);
    let places: Vec<Option<(f64, f64)>> = chart
        .points
        .iter()
        .enumerate()
        .map(|(place, point)| Some((area.left + slot * (place as f64 + 0.5), area.y(&scale, point.value?))))
        .collect();
    for run in places.split(Option::is_none) {
        let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let line = path(&run);
        let surface = format!("{line}L{} {}L{} {}Z", unit(last.0), unit(zero), unit(first.0), unit(zero));
        svg.path("surface", &surface, "");
        svg.path("line", &line, "");
    }
    for (place, point) in places.iter().zip(&chart.points) {
        let (Some((x, y)), Some(value)) = (place, point.value) else { continue };
        let hint = text.with2("chart-hint", "label", &point.label, "value", &chart.measure.full(text, value));
        svg.circle(
            if slot > 14.0 { "dot" } else { "dot dot-small" },
            *x,
            *y,
            if slot > 14.0 { 4.0 } else { 2.0 },
            &hint,
        );
    }
    svg.finish()
}

/// The path through these places.
pub fn path(places: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (place, (x, y)) in places.iter().enumerate() {
        let _ = write!(d, "{}{} {}", if place == 0 { 'M' } else { 'L' }, unit(*x), unit(*y));
    }
    d
}
