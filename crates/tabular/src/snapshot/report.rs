//! The profile of a table that was written.

use serde_json::json;

use super::pass::{Subject, Written};
use crate::{
    profile::{ColumnProfile, GeometryProfile, Profile, Warning},
    typing::{FieldType, plan},
};

impl Written {
    /// What is known of the table, as `profile.json` gives it.
    pub fn profile(&self, subject: &Subject<'_>) -> Profile {
        Profile {
            name: subject.table.name().map(str::to_owned),
            source: subject.table.source(),
            rows: self.rows,
            columns: (0..self.columns.len()).map(|index| self.column(subject, index)).collect(),
            geometry: self.geometry(subject),
            exceptions: self.exceptions,
            set_aside: self.remarks.set_aside.clone(),
            warnings: self.warnings(subject),
        }
    }

    fn column(&self, subject: &Subject<'_>, index: usize) -> ColumnProfile {
        let (column, plan) = (&self.columns[index], &self.plans.columns[index]);
        let summary = column.summary();
        let filled = column.tally.filled();
        let score = if filled == 0 { 1.0 } else { 1.0 - column.exceptions as f64 / filled as f64 };
        ColumnProfile {
            name: subject.names[index].clone(),
            label: subject.headers[index].label.clone(),
            field_type: plan.field_type,
            meaning: plan.meaning,
            meaning_score: plan.meaning.and_then(|meaning| plan::meaning_score(meaning, &column.tally)),
            sorted: summary.sorted,
            score,
            nulls: column.nulls,
            exceptions: column.exceptions,
            distinct: summary.distinct,
            distinct_exact: summary.distinct_exact,
            min: summary.min,
            max: summary.max,
            mean: summary.mean,
            std: summary.std,
            sum: summary.sum,
            quantiles: summary.quantiles,
            top: summary.top,
            histogram: summary.histogram,
            exception_examples: column.examples.clone(),
        }
    }

    fn geometry(&self, subject: &Subject<'_>) -> Option<GeometryProfile> {
        let locator = self.locator.as_ref()?;
        let position = self.plans.position?;
        let mut kinds: Vec<String> = self.columns.iter().flat_map(|column| column.shapes()).collect();
        if kinds.is_empty() && locator.located > 0 {
            kinds.push("Point".to_owned());
        }
        Some(GeometryProfile {
            source: position.source(&subject.names),
            bbox: locator.bbox,
            kinds,
            located: locator.located,
        })
    }

    /// What the reader said, then what the names needed, unless the reader said it already.
    fn warnings(&self, subject: &Subject<'_>) -> Vec<Warning> {
        let mut warnings = self.remarks.warnings.clone();
        let said = |code: &str| self.remarks.warnings.iter().any(|warning| warning.code == code);
        warnings.extend(subject.warnings.iter().filter(|warning| !said(&warning.code)).cloned());
        warnings
    }
}

/// File metadata: the GeoParquet description of the geometry column, and which columns are sorted.
pub(crate) fn metadata(profile: &Profile) -> Vec<(String, String)> {
    let sorted: Vec<&str> =
        profile.columns.iter().filter(|column| column.sorted).map(|column| column.name.as_str()).collect();
    let mut metadata = vec![("cocagne:sorted".to_owned(), json!(sorted).to_string())];
    let shapes: Vec<&str> = profile
        .columns
        .iter()
        .filter(|column| column.field_type == FieldType::Geometry)
        .map(|column| column.name.as_str())
        .collect();
    if let (Some(primary), Some(geometry)) = (shapes.first(), &profile.geometry) {
        let mut columns = serde_json::Map::new();
        for name in &shapes {
            columns.insert((*name).to_owned(), json!({ "encoding": "WKB", "geometry_types": [] }));
        }
        let mut described = json!({ "encoding": "WKB", "geometry_types": geometry.kinds });
        if let Some(bbox) = geometry.bbox {
            described["bbox"] = json!(bbox);
        }
        columns.insert((*primary).to_owned(), described);
        let geo = json!({ "version": "1.1.0", "primary_column": primary, "columns": columns });
        metadata.push(("geo".to_owned(), geo.to_string()));
    }
    metadata
}
