//! The parts that charts with two axes share: the frame, horizontal grid lines, labels along the bottom.

use super::scale::Scale;
use super::write::{LETTER, Svg, shorten};
use super::{Chart, Width};
use crate::i18n::Text;

/// The drawing area inside an image.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height of a value on the page.
    pub fn y(&self, scale: &Scale, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * scale.place(value)
    }
}

/// Opens an image with its grid, its value axis and its labels, and says where to draw.
pub fn open(chart: &Chart, width: Width, text: &Text) -> (Svg, Scale, Area) {
    let height = if width == Width::Wide { 340.0 } else { 260.0 };
    let scale = Scale::with_zero(chart.points.iter().filter_map(|point| point.value), 4);
    let ticks: Vec<(f64, String)> =
        scale.ticks().into_iter().map(|tick| (tick, chart.measure.short(text, tick))).collect();
    let widest = ticks.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(1) as f64;
    let area = Area { left: widest * LETTER + 12.0, top: 14.0, right: width.units() - 12.0, bottom: height - 34.0 };

    let mut svg = Svg::image(width.class(), width.units(), height, &name(chart, text));
    for (tick, label) in &ticks {
        let y = area.y(&scale, *tick);
        svg.line(if *tick == 0.0 { "axis" } else { "grid" }, [area.left, y, area.right, y]);
        svg.text("tick", area.left - 8.0, y + 4.5, "end", label);
    }
    bottom_labels(&mut svg, chart, area, height);
    (svg, scale, area)
}

/// What the image is called by those who don't see it: its title, then its extremes.
pub fn name(chart: &Chart, text: &Text) -> String {
    let known = chart.points.iter().filter_map(|point| Some((point, point.value?)));
    let greatest = known.max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((point, value)) = greatest else {
        return chart.title.clone();
    };
    text.with_all(
        "chart-name",
        &[
            ("title", &chart.title),
            ("count", &text.integer(&(chart.points.len() as u64))),
            ("label", &point.label),
            ("value", &chart.measure.full(text, value)),
        ],
    )
}

/// Writes as many labels as the width holds, evenly, always with the first.
fn bottom_labels(svg: &mut Svg, chart: &Chart, area: Area, height: f64) {
    let count = chart.points.len().max(1);
    let slot = area.width() / count as f64;
    let widest = chart.points.iter().map(|point| point.label.chars().count()).max().unwrap_or(1).min(14);
    let every = ((widest as f64 * LETTER + 10.0) / slot).ceil().max(1.0) as usize;
    for (place, point) in chart.points.iter().enumerate().step_by(every) {
        let x = area.left + slot * (place as f64 + 0.5);
        let half = widest as f64 * LETTER / 2.0;
        let x = x.min(area.right + 10.0 - half.min(area.width() / 2.0));
        svg.text("tick", x, height - 10.0, "middle", &shorten(&point.label, 14));
    }
}
