//! Charts made by the server: a page shows its picture without any script.
//!
//! [`suggest`] chooses a [`Spec`] from a profile; [`plan`] turns a spec into a query and its answer into [`Chart`]; [`svg`]
//! draws it in two widths, for a desk and for a phone. All of it is pure: the same data gives the same bytes.

mod axis;
mod bars;
mod columns;
mod line;
mod mapped;
pub mod plan;
mod scale;
mod spark;
pub mod suggest;
mod write;

pub use mapped::{Feature, map_svg};
pub use plan::{Spec, chart_from_rows, query_of};
pub use spark::{lines_of_text, spark_bars, spark_columns, spark_line};
pub use write::{escape, shorten};

use crate::i18n::Text;

/// What is drawn, with everything that the drawing and its table need.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// How it is drawn.
    pub drawing: Drawing,
    /// What it shows, in one line: “Montant (somme) par année”.
    pub title: String,
    /// Name of the values' column in the table.
    pub value_title: String,
    /// Name of the labels' column in the table.
    pub label_title: String,
    /// How values are written.
    pub measure: Measure,
    /// The values, in the order of drawing.
    pub points: Vec<Point>,
    /// Groups left out because there are too many to be read.
    pub left_out: u64,
    /// Rows whose label (or time) is empty: they are not drawn.
    pub unlabelled: u64,
}

/// One value with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// What the value belongs to, as it is read: “mars 2024”, “Culture”.
    pub label: String,
    /// The value; `None` where nothing is known.
    pub value: Option<f64>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// Horizontal bars, one a category.
    Bars,
    /// Vertical bars along time.
    Columns,
    /// A line along time.
    Line,
    /// Vertical bars that touch: a distribution.
    Histogram,
}

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A count of rows.
    Count,
    /// Euros.
    Money,
    /// Percent, as a number from 0 to 100.
    Percentage,
    /// Anything else.
    Number,
}

impl Measure {
    /// The value in full.
    pub fn full(self, text: &Text, value: f64) -> String {
        match self {
            Self::Count => text.number(value, 0),
            Self::Money => text.money(value),
            Self::Percentage => text.percent(value / 100.0),
            Self::Number => text.reasonable(value),
        }
    }

    /// The value in few characters, for axes.
    pub fn short(self, text: &Text, value: f64) -> String {
        match self {
            Self::Money => text.with("amount-short", "amount", &text.compact(value)),
            Self::Percentage => text.percent(value / 100.0),
            Self::Count | Self::Number => text.compact(value),
        }
    }
}

/// The two widths that a chart is drawn in; the style sheet shows one of them, so that its text is always legible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// For a desk, 720 units.
    Wide,
    /// For a phone, 340 units.
    Narrow,
}

impl Width {
    fn units(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow => 340.0,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Wide => "chart chart-wide",
            Self::Narrow => "chart chart-narrow",
        }
    }
}

/// Draws a chart as one SVG element.
pub fn svg(chart: &Chart, width: Width, text: &Text) -> String {
    match chart.drawing {
        Drawing::Bars => bars::svg(chart, width, text),
        Drawing::Columns | Drawing::Histogram => columns::svg(chart, width, text),
        Drawing::Line => line::svg(chart, width, text),
    }
}

/// Draws a chart in both widths, one after the other.
pub fn svg_pair(chart: &Chart, text: &Text) -> String {
    svg(chart, Width::Wide, text) + &svg(chart, Width::Narrow, text)
}
