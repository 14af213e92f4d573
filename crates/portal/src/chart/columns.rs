//! Vertical bars: along time with a gap between them, or a distribution without.

use super::{Chart, Drawing, Width, axis};
use crate::i18n::Text;

pub fn svg(chart: &Chart, width: Width, text: &Text) -> String {
    let (mut svg, scale, area) = axis::open(chart, width, text);
    let slot = area.width() / chart.points.len().max(1) as f64;
    let gap = if chart.drawing == Drawing::Histogram { 1.0 } else { (slot * 0.25).min(24.0) };
    let zero = area.y(&scale, 0.0);
    for (place, point) in chart.points.iter().enumerate() {
        let Some(value) = point.value else { continue };
        let y = area.y(&scale, value);
        let x = area.left + slot * place as f64 + gap / 2.0;
        let hint = text.with2("chart-hint", "label", &point.label, "value", &chart.measure.full(text, value));
        // A value that isn't zero is always seen.
        let height = if value == 0.0 { 0.0 } else { (zero - y).abs().max(1.0) };
        svg.rect("bar", [x, y.min(zero), (slot - gap).max(0.5), height], &hint);
    }
    svg.finish()
}
