//! The description of this API: OpenAPI 3.1, written by hand in `openapi.json` and checked against the routes.

use axum::{
    extract::{Request, State as Extract},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{State, caching::Validator, problem::Problem};

const DOCUMENT: &str = include_str!("openapi.json");

/// The document, whose server is this one.
pub async fn document(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    super::listing::Parameters::read(request.uri(), &[])?;
    let base = state.base_url(request.headers());
    let limits = &state.config.limits;
    let validator = Validator::of(
        "openapi",
        request.uri(),
        &format!("{base} {} {}", limits.page_size_max, limits.catalogue_page_max),
    );
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let mut document: Value = serde_json::from_str(DOCUMENT).map_err(std::io::Error::from)?;
    document["servers"] = json!([{"url": base}]);
    document["info"]["version"] = env!("CARGO_PKG_VERSION").into();
    for (parameter, most, default) in [
        ("rowLimit", limits.page_size_max, limits.page_size),
        ("exceptionLimit", limits.page_size_max, limits.page_size),
        ("limit", limits.catalogue_page_max, limits.page_size.min(limits.catalogue_page_max)),
    ] {
        let schema = &mut document["components"]["parameters"][parameter]["schema"];
        schema["maximum"] = most.into();
        schema["default"] = default.into();
    }
    let mut response = axum::Json(document).into_response();
    validator.apply(&mut response);
    Ok(response)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn document() -> Value {
        serde_json::from_str(DOCUMENT).unwrap()
    }

    #[test]
    fn every_route_is_documented_and_every_documented_path_is_a_route() {
        let routes = super::super::routes();
        let served: BTreeSet<(String, String)> =
            routes.documented().iter().map(|(method, path)| ((*method).to_owned(), path.clone())).collect();
        let document = document();
        let paths = document["paths"].as_object().unwrap();
        let operations = paths.iter().flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys().filter(|key| *key != "parameters");
            methods.map(move |method| (method.clone(), path.clone()))
        });
        assert_eq!(operations.collect::<BTreeSet<_>>(), served);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut references = Vec::new();
        collect(&document, &mut references);
        assert!(!references.is_empty());
        for reference in references {
            assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
        }
    }

    fn collect(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                    out.push(reference.to_owned());
                }
                members.values().for_each(|member| collect(member, out));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, out)),
            _ => {}
        }
    }

    #[test]
    fn every_operation_has_a_name_of_its_own_and_answers_problems() {
        let document = document();
        let mut names = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap().iter().filter(|(key, _)| *key != "parameters") {
                let name = operation["operationId"].as_str().unwrap();
                assert!(names.insert(name.to_owned()), "{name} is twice");
                assert!(
                    operation["responses"]["default"].is_object() || operation["responses"]["400"].is_object(),
                    "{method} {path}"
                );
            }
        }
    }
}
