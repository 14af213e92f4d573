//! The keys that a table's rows refer to in the table itself, read before it is checked.

use arrow::array::Array as _;
use tableschema::{ForeignTables, Options, Schema};
use tabular::read::Table;

use super::cells::{self, FIRST_ROW};
use crate::error::Result;

/// Reads the table once when its schema refers to itself; nothing is read otherwise. References to other resources
/// stay unchecked, which the report says: a table comes alone.
pub(super) fn own(table: &dyn Table, schema: Option<&Schema>, header: &[String]) -> Result<ForeignTables> {
    let mut tables = ForeignTables::default();
    let Some(schema) = schema else { return Ok(tables) };
    let own = schema.foreign_keys.iter().filter(|key| key.resource.is_empty());
    let keys: Vec<Vec<String>> = own.map(|key| key.reference_fields.clone()).collect();
    if keys.is_empty() {
        return Ok(tables);
    }
    let mut row = FIRST_ROW;
    let batches = table.batches()?.map(|raw| {
        let batch = cells::batch(raw?, row);
        row += batch.columns.first().map_or(0, |column| column.len() as u64);
        Ok::<_, tabular::Error>(batch)
    });
    tables.add("", schema, header, batches, &keys, &Options::default())?;
    Ok(tables)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::{CheckRequest, of_table};

    #[test]
    fn a_row_that_refers_to_none_of_the_table_is_told() {
        let schema = br#"{"fields": [{"name": "id"}, {"name": "parent"}],
            "foreignKeys": [{"fields": "parent", "reference": {"resource": "", "fields": "id"}}]}"#;
        let schema = Arc::new(Schema::parse(schema, &tableschema::Limits::default()).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("services.csv");
        std::fs::write(&path, "id,parent\nmairie,\nvoirie,mairie\nparcs,culture\n").unwrap();
        let source = tabular::read::SourceFile { path, name: "services.csv".to_owned() };
        let tables = tabular::detect::open(&source, &tabular::Limits::default(), folder.path()).unwrap();
        let request = CheckRequest { schema: Some(schema), ..CheckRequest::default() };
        let report = of_table(tables[0].as_ref(), &request, &|_| ()).unwrap().validation.unwrap();
        assert_eq!(report.error_count, 1, "{report:?}");
        assert_eq!(report.errors[0].row, Some(4));
    }
}
