//! A chart as a page shows it: drawn in two widths, with its numbers as a table.

use crate::chart::{Chart, svg_pair};
use crate::i18n::Text;

/// What the templates need of a chart.
pub struct Drawn {
    pub title: String,
    pub svg: String,
    pub label_title: String,
    pub value_title: String,
    /// Label and value, as they are read.
    pub rows: Vec<(String, String)>,
    /// Says what is not drawn: groups too small, rows without a label.
    pub left_out: Vec<String>,
}

/// Draws a chart.
pub fn shown(chart: &Chart, t: &Text) -> Drawn {
    let value = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| chart.measure.full(t, value));
    Drawn {
        title: chart.title.clone(),
        svg: svg_pair(chart, t),
        label_title: chart.label_title.clone(),
        value_title: chart.value_title.clone(),
        rows: chart.points.iter().map(|point| (point.label.clone(), value(point.value))).collect(),
        left_out: [("chart-left-out", chart.left_out), ("chart-unlabelled", chart.unlabelled)]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| t.count(key, &count))
            .collect(),
    }
}
