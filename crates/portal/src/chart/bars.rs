//! Horizontal bars: one a category, its name before it (above it on a phone), its value after it.

use super::axis::name;
use super::scale::Scale;
use super::write::{LETTER, Svg, fit};
use super::{Chart, Width};
use crate::i18n::Text;

pub fn svg(chart: &Chart, width: Width, text: &Text) -> String {
    let values: Vec<String> = chart
        .points
        .iter()
        .map(|point| point.value.map_or_else(|| "–".to_owned(), |value| chart.measure.full(text, value)))
        .collect();
    let scale = Scale::with_zero(chart.points.iter().filter_map(|point| point.value), 4);
    let layout = Layout::new(chart, &values, width);
    let mut svg = Svg::image(width.class(), width.units(), layout.height(chart.points.len()), &name(chart, text));
    let zero = layout.x(scale.place(0.0));
    for (place, (point, value)) in chart.points.iter().zip(&values).enumerate() {
        let top = layout.step * place as f64 + 4.0;
        let bar = top + layout.label_height;
        let end = layout.x(scale.place(point.value.unwrap_or(0.0)));
        let (from, to) = (zero.min(end), zero.max(end));
        svg.rect(
            "bar",
            [from, bar, (to - from).max(1.0), layout.bar],
            &text.with2("chart-hint", "label", &point.label, "value", value),
        );
        let middle = bar + layout.bar / 2.0 + 5.0;
        match width {
            Width::Wide => svg.text("label", layout.left - 10.0, middle, "end", &fit(&point.label, layout.left - 12.0)),
            Width::Narrow => svg.text("label", 0.0, top + 14.0, "start", &fit(&point.label, width.units())),
        }
        svg.text("value", to + 6.0, middle, "start", value);
    }
    svg.finish()
}

struct Layout {
    left: f64,
    right: f64,
    step: f64,
    bar: f64,
    label_height: f64,
}

impl Layout {
    fn new(chart: &Chart, values: &[String], width: Width) -> Self {
        let letters = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(1) as f64 * LETTER;
        let value_room = letters(&mut values.iter().map(|value| value.chars().count())) + 14.0;
        let label_room = letters(&mut chart.points.iter().map(|point| point.label.chars().count())) + 14.0;
        let right = width.units() - value_room;
        match width {
            Width::Wide => {
                Self { left: label_room.clamp(60.0, 270.0), right, step: 30.0, bar: 20.0, label_height: 0.0 }
            }
            Width::Narrow => Self { left: 0.0, right, step: 44.0, bar: 16.0, label_height: 20.0 },
        }
    }

    fn x(&self, place: f64) -> f64 {
        self.left + (self.right - self.left).max(20.0) * place
    }

    fn height(&self, bars: usize) -> f64 {
        self.step * bars.max(1) as f64 + 6.0
    }
}
