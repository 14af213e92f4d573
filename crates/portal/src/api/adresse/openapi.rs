//! The description of this API: OpenAPI 3.1, written by hand in `openapi.json`.

use axum::{
    extract::{Request, State as Extract},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{State, caching::Validator, problem::Problem};

const DOCUMENT: &str = include_str!("openapi.json");

/// The document, whose server is this one.
pub(super) async fn document(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    let base = state.base_url(request.headers());
    let validator = Validator::of("adresse-openapi", request.uri(), &base);
    if let Some(response) = validator.unchanged(request.method(), request.headers()) {
        return Ok(response);
    }
    let mut document: Value = serde_json::from_str(DOCUMENT).map_err(std::io::Error::from)?;
    document["servers"] = json!([{ "url": format!("{base}/adresse") }]);
    document["info"]["version"] = env!("CARGO_PKG_VERSION").into();
    let mut response = axum::Json(document).into_response();
    validator.apply(&mut response);
    Ok(response)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_described_is_what_the_rules_let_in() {
        let document: Value = serde_json::from_str(DOCUMENT).unwrap();
        let described: BTreeSet<(String, String)> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, item)| {
                item.as_object().unwrap().keys().map(move |method| (method.to_uppercase(), format!("/adresse{path}")))
            })
            .collect();
        let rules = crate::access::RULES.iter().copied().flatten();
        let ours = rules.filter(|rule| rule.path.starts_with("/adresse/") && !rule.path.ends_with('/'));
        assert_eq!(described, ours.map(|rule| (rule.method.to_owned(), rule.path.to_owned())).collect());
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document: Value = serde_json::from_str(DOCUMENT).unwrap();
        let references: Vec<&str> =
            DOCUMENT.split("\"$ref\": \"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!references.is_empty());
        for reference in references {
            assert!(document.pointer(reference).is_some(), "{reference}");
        }
    }
}
