//! The routes as the router itself has them: no list by hand, so that none is forgotten.
//!
//! Axum doesn't list its routes, but writes them when it is asked to describe itself. Should that form change, nothing
//! is found and the tests fail.

use std::collections::BTreeMap;

const METHODS: [&str; 9] = ["get", "head", "delete", "options", "patch", "post", "put", "trace", "connect"];

/// Method in capitals and pattern of every route.
pub fn all() -> Vec<(String, String)> {
    of(&format!("{:?}", crate::routes()))
}

fn of(described: &str) -> Vec<(String, String)> {
    let (routes, paths) = described.split_once("node: Node { paths: {").expect("the router describes its paths");
    let paths = paths.split_once("} }").expect("the paths end").0;
    let paths: BTreeMap<&str, &str> = paths
        .split(", RouteId(")
        .filter_map(|entry| entry.trim_start_matches("RouteId(").split_once("): \""))
        .map(|(id, path)| (id, path.trim_end_matches('"')))
        .collect();
    let mut found = Vec::new();
    for part in routes.split("RouteId(").skip(1) {
        let (id, endpoint) = part.split_once("): ").expect("a route has an endpoint");
        let endpoint = endpoint.split_once("MethodRouter { ").expect("every endpoint has methods").1;
        for method in METHODS {
            let (_, handler) = endpoint.split_once(&format!("{method}: ")).expect("every method is described");
            if !handler.starts_with("None") {
                found.push((method.to_uppercase(), paths[id].to_owned()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn routes_are_found_in_what_the_router_says_of_itself() {
    let found = all();
    let has = |method: &str, path: &str| found.contains(&(method.to_owned(), path.to_owned()));
    assert!(found.len() > 100, "{found:?}");
    assert!(has("GET", "/") && has("POST", "/api/v1/publish") && has("DELETE", "/api/v1/tokens/{id}"));
    assert!(has("GET", "/sign-in") && has("POST", "/sign-in") && !has("DELETE", "/sign-in"));
    assert!(has("GET", "/tabular/api/resources/{id}/data/"));
}
