//! Small pictures without letters, for cards and columns. They repeat what the text beside them says.

use super::line::path;
use super::scale::Scale;
use super::write::{Svg, unit};

/// Vertical bars in a picture of this size.
pub fn spark_columns(values: &[f64], width: f64, height: f64) -> String {
    let mut svg = Svg::stretched("spark", width, height);
    let scale = Scale::with_zero(values.iter().copied(), 1);
    let scale_top = values.iter().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
    let slot = width / values.len().max(1) as f64;
    let gap = (slot * 0.2).min(3.0);
    for (place, value) in values.iter().enumerate() {
        let share = if scale_top > 0.0 { (value.max(0.0) / scale_top).min(1.0) } else { scale.place(*value) };
        let bar = if *value == 0.0 { 0.0 } else { (share * (height - 2.0)).max(1.0) };
        svg.rect("bar", [slot * place as f64 + gap / 2.0, height - bar, slot - gap, bar], "");
    }
    svg.finish()
}

/// Horizontal bars in a picture of this size, the first six.
pub fn spark_bars(values: &[f64], width: f64, height: f64) -> String {
    let mut svg = Svg::stretched("spark", width, height);
    let values = &values[..values.len().min(6)];
    let top = values.iter().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
    let slot = height / values.len().max(4) as f64;
    for (place, value) in values.iter().enumerate() {
        let share = if top > 0.0 { (value.max(0.0) / top).min(1.0) } else { 0.0 };
        svg.rect("bar", [0.0, slot * place as f64 + 2.0, (share * width).max(1.0), (slot - 5.0).max(2.0)], "");
    }
    svg.finish()
}

/// A line with its surface in a picture of this size.
pub fn spark_line(values: &[f64], width: f64, height: f64) -> String {
    let mut svg = Svg::stretched("spark", width, height);
    let top = values.iter().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
    let slot = width / values.len().saturating_sub(1).max(1) as f64;
    let share = |value: f64| if top > 0.0 { (value.max(0.0) / top).min(1.0) } else { 0.0 };
    let places: Vec<(f64, f64)> = values
        .iter()
        .enumerate()
        .map(|(place, value)| (slot * place as f64, height - 4.0 - share(*value) * (height - 10.0)))
        .collect();
    if let (Some(first), Some(last)) = (places.first(), places.last()) {
        let line = path(&places);
        let bottom = unit(height);
        svg.path("surface", &format!("{line}L{} {bottom}L{} {bottom}Z", unit(last.0), unit(first.0)), "");
        svg.path("line", &line, "");
    }
    svg.finish()
}

/// The picture of a table with nothing to draw: its rows as strokes.
pub fn lines_of_text(width: f64, height: f64) -> String {
    let mut svg = Svg::stretched("spark", width, height);
    for row in 0..5_u32 {
        let y = 10.0 + f64::from(row) * (height - 10.0) / 5.0;
        // Lengths that look like writing and are always the same.
        for (cell, share) in [0.9, 0.55, 0.75, 0.4].iter().enumerate() {
            let varied = share - 0.12 * f64::from((row * 7 + cell as u32 * 3) % 4);
            let x = 4.0 + cell as f64 * width / 4.0;
            svg.rect("stroke", [x, y, varied * (width / 4.0 - 12.0), 6.0], "");
        }
    }
    svg.finish()
}
