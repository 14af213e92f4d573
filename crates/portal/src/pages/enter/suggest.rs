//! What a cell may be completed with: territories by the beginning of their name, code or postcode.

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use geography::territory;
use serde_json::json;

use crate::pages::address::Address;

/// Suggestions of one answer.
const MOST: usize = 12;

/// `?q=castel`
pub async fn territories(request: Request) -> Response {
    let address = Address::of(request.uri());
    let text: String = address.get("q").unwrap_or_default().chars().take(100).collect();
    let found = territory::suggest(&text, Some(territory::Kind::Commune), MOST);
    let suggestions = found.iter().map(|commune| {
        let departement = commune.departement().map(geography::Departement::code);
        json!({"code": commune.code(), "name": commune.name(), "postcodes": commune.postcodes(), "parent": departement})
    });
    axum::Json(json!({"communes": suggestions.collect::<Vec<_>>()})).into_response()
}
