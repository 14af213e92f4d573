//! The OpenAPI 3.0 document of one resource.

use serde_json::{Map, Value, json};
use tabular::{Profile, profile::ColumnProfile, typing::FieldType};

use super::profile::is_number;

/// The document, whose paths are under `server`.
pub fn document(profile: &Profile, id: &str, server: &str) -> Value {
    let parameters = parameters(profile);
    let path = |suffix: &str| format!("/api/resources/{id}/data/{suffix}");
    let mut paths = Map::new();
    let page = json!({"schema": {"$ref": "#/components/schemas/ResourceData"}});
    paths.insert(
        path(""),
        operation("Rows by page, each an object", "getResourceDataFromId", "application/json", page, &parameters),
    );
    let files = [
        ("csv", "CSV", "text/csv"),
        ("json", "JSON", "application/json"),
        ("parquet", "Parquet", "application/vnd.apache.parquet"),
        ("geojson", "GeoJSON", "application/geo+json"),
    ];
    for (suffix, name, media_type) in files {
        let summary = format!("All rows as a {name} file");
        let operation_id = format!("getResourceDataFromId{}", name.to_uppercase());
        paths.insert(
            path(&format!("{suffix}/")),
            operation(&summary, &operation_id, media_type, json!({}), &parameters),
        );
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Tabular API",
            "description": "Rows of one resource, filtered, sorted and aggregated.",
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{"url": server}],
        "tags": [{"name": "Data retrieval", "description": "Rows of the resource"}],
        "paths": paths,
        "components": components(profile),
    })
}

fn operation(summary: &str, id: &str, media_type: &str, content: Value, parameters: &[Value]) -> Value {
    json!({
        "get": {
            "summary": summary,
            "operationId": id,
            "tags": ["Data retrieval"],
            "responses": {
                "200": {"description": "The rows", "content": {media_type: content}},
                "400": {"description": "Invalid query string"},
                "404": {"description": "Resource not found"},
            },
        },
        "parameters": parameters,
    })
}

fn parameters(profile: &Profile) -> Vec<Value> {
    let mut out = vec![
        json!({"name": "page", "in": "query", "description": "Number of the page, from 1", "required": false, "schema": {"type": "integer"}, "example": 1}),
        json!({"name": "page_size", "in": "query", "description": "Rows of a page", "required": false, "schema": {"type": "integer"}, "example": 20}),
        json!({
            "name": "columns", "in": "query", "description": "Columns to keep: columns=column1,column2", "required": false,
            "schema": {"type": "array", "items": {"type": "string"}}, "style": "form", "explode": false,
        }),
    ];
    for column in &profile.columns {
        out.extend(operators(column.field_type).map(|(operator, means)| parameter(column, operator, means)));
    }
    out
}

fn parameter(column: &ColumnProfile, operator: &str, means: &str) -> Value {
    let name = format!("{}__{operator}", column.name);
    let bare = matches!(operator, "isnull" | "isnotnull" | "groupby" | "count" | "avg" | "min" | "max" | "sum");
    let mut out = json!({
        "name": name, "in": "query", "description": format!("{means}: {}", column.name), "required": false,
        "schema": {"type": if bare { "boolean" } else { "string" }},
    });
    if bare {
        out["allowEmptyValue"] = true.into();
    }
    if operator == "sort" {
        out["schema"]["enum"] = json!(["asc", "desc"]);
    }
    out
}

/// What may be asked of a column of this type, and what it means.
fn operators(field_type: FieldType) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = [
        ("exact", "The value is"),
        ("differs", "The value is not"),
        ("isnull", "There is no value"),
        ("isnotnull", "There is a value"),
        ("contains", "The text contains"),
        ("notcontains", "The text does not contain"),
        ("in", "The value is in the list"),
        ("notin", "The value is not in the list"),
        ("sort", "Order of the rows"),
        ("groupby", "One row a value"),
        ("count", "Number of values"),
        ("avg", "Mean"),
        ("min", "Least value"),
        ("max", "Greatest value"),
        ("sum", "Sum"),
        ("less", "At most"),
        ("greater", "At least"),
        ("strictly_less", "Less than"),
        ("strictly_greater", "Greater than"),
    ];
    all.into_iter().filter(move |(operator, _)| match *operator {
        "isnull" | "isnotnull" => true,
        _ if field_type == FieldType::Geometry => false,
        "avg" | "sum" => is_number(field_type),
        "contains" | "notcontains" => {
            matches!(field_type, FieldType::Text | FieldType::Date | FieldType::Datetime | FieldType::Time)
        }
        "in" | "notin" | "less" | "greater" | "strictly_less" | "strictly_greater" | "min" | "max" => {
            field_type != FieldType::Boolean
        }
        _ => true,
    })
}

fn components(profile: &Profile) -> Value {
    let member = |column: &ColumnProfile| {
        let schema = match column.field_type {
            FieldType::Boolean => json!({"type": "boolean", "nullable": true}),
            FieldType::Integer | FieldType::Year => json!({"type": "integer", "nullable": true}),
            FieldType::Number => json!({"type": "number", "nullable": true}),
            FieldType::Geometry => json!({"type": "object", "nullable": true}),
            FieldType::Date | FieldType::Datetime | FieldType::Time | FieldType::Text => {
                json!({"type": "string", "nullable": true})
            }
        };
        (column.name.clone(), schema)
    };
    let row: Map<String, Value> = std::iter::once(("__id".to_owned(), json!({"type": "integer"})))
        .chain(profile.columns.iter().map(member))
        .collect();
    let link = json!({"type": "string", "nullable": true});
    let count = json!({"type": "integer"});
    json!({"schemas": {
        "ResourceData": {"type": "object", "properties": {
            "data": {"type": "array", "items": {"$ref": "#/components/schemas/Resource"}},
            "links": {"type": "object", "properties": {"profile": link, "swagger": link, "next": link, "prev": link}},
            "meta": {"type": "object", "properties": {"page": count, "page_size": count, "total": count}},
        }},
        "Resource": {"type": "object", "properties": row},
    }})
}
