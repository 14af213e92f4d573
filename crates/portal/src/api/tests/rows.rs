//! Rows by page and as files, in the native API.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Portal, stable};

#[tokio::test]
async fn a_page_of_rows_has_its_exact_total_and_a_link_to_the_next() {
    let portal = Portal::with_trees().await;
    let page = portal.json(&portal.rows("limit=1&select=Essence,Hauteur,Plantation,Remarquable")).await;
    assert_eq!(
        page["rows"],
        json!([{"Essence": "Platane", "Hauteur": 12.5, "Plantation": "1950-03-01", "Remarquable": true}])
    );
    assert_eq!((&page["total"], &page["offset"], &page["limit"]), (&json!(60), &json!(0), &json!(1)));
    assert!(page["next"].as_str().unwrap().starts_with("https://data.example.fr/api/v1/resources/"), "{page}");
}

#[tokio::test]
async fn next_links_walk_every_row_once_by_cursor_and_by_offset() {
    let portal = Portal::with_trees().await;
    for first in ["limit=3", "limit=3&offset=0"] {
        let mut address = Some(portal.rows(&format!("Essence__differs=Pin parasol&sort=Essence,-Hauteur&{first}")));
        let mut seen = Vec::new();
        while let Some(path) = address {
            let page = portal.json(&path).await;
            assert_eq!(page["total"], 8);
            seen.extend(page["rows"].as_array().unwrap().iter().map(|row| row["__id"].as_u64().unwrap()));
            address = page["next"].as_str().map(|next| next.trim_start_matches("https://data.example.fr").to_owned());
        }
        assert_eq!(seen, [4, 5, 8, 1, 3, 7, 6, 2], "{first}");
    }
}

#[tokio::test]
async fn filters_groups_and_places_are_answered() {
    let portal = Portal::with_trees().await;
    let total = |query: &str| {
        let path = portal.rows(query);
        let portal = &portal;
        async move { portal.json(&path).await["total"].as_u64().unwrap() }
    };
    assert_eq!(total("Essence__exact=Tilleul").await, 3);
    assert_eq!(total("Essence__contains=tAN").await, 2);
    assert_eq!(total("Hauteur__isnull").await, 1);
    assert_eq!(total("Plantation__less=1950-03-01").await, 2);
    assert_eq!(total("Essence__in=Tilleul,\"Chêne vert\"").await, 4);
    assert_eq!(total("q=micoc").await, 1);
    assert_eq!(total("bbox=1.9535,43.3,1.9565,43.4").await, 3);
    assert_eq!(total("near=1.954,43.318,50").await, 1);
    assert_eq!(total("or=(Essence__exact.Platane,and(Remarquable__exact.true,Hauteur__greater.20))").await, 3);
    let groups = portal
        .json(&portal.rows(
            "Essence__differs=Pin parasol&group_by=Essence&aggregate=count,max(Hauteur)&sort=-count,Essence&limit=2",
        ))
        .await;
    assert_eq!(
        groups["rows"],
        json!([
            {"Essence": "Tilleul", "count": 3, "Hauteur__max": 10.0},
            {"Essence": "Platane", "count": 2, "Hauteur__max": 12.5},
        ])
    );
    assert_eq!((&groups["total"], &groups["cursor"]), (&json!(5), &Value::Null));
}

#[tokio::test]
async fn a_cell_that_does_not_fit_is_listed_and_comes_back_raw() {
    let portal = Portal::with_trees().await;
    let listed = portal.json(&format!("/api/v1/resources/{}/exceptions", portal.trees)).await;
    assert_eq!(
        listed,
        json!({"exceptions": [{"row": 3, "column": "Hauteur", "position": 2, "raw": "n.c."}], "total": 1, "next": null})
    );
    let typed = portal.json(&portal.rows("__id__exact=3&select=Hauteur")).await;
    assert_eq!(typed["rows"], json!([{"Hauteur": null}]));
    let raw = portal.json(&portal.rows("__id__exact=3&select=Hauteur&raw=1")).await;
    assert_eq!(raw["rows"], json!([{"Hauteur": "n.c."}]));
}

#[tokio::test]
async fn what_cannot_be_understood_is_a_problem_that_says_how_to_mend_it() {
    let portal = Portal::with_trees().await;
    let cases = [
        ("Hauteurs__less=5", "did you mean `Hauteur`"),
        ("Hauteur__less=haut", "Hauteur"),
        ("limit=201", "200"),
        ("limit=0", "whole number"),
        ("cursor=x", "start again"),
        ("or=(", "closing parenthesis"),
        ("nonsense=1", "no such parameter"),
        ("sort=nowhere", "nowhere"),
        ("aggregate=sum(Essence)", "numbers"),
        ("Essence__exact=%FF", "UTF-8"),
        ("page=2&offset=3", "keep one"),
        ("bbox=1,2,3", "bbox=west,south,east,north"),
    ];
    for (query, says) in cases {
        let answer = portal.get(&portal.rows(query)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert!(problem["detail"].as_str().unwrap().contains(says), "{query}: {problem}");
        assert_eq!(problem["status"], 400);
    }
}

#[tokio::test]
async fn exports_follow_the_filter_the_order_and_the_columns() {
    let portal = Portal::with_trees().await;
    let export = |extension: &str| {
        format!(
            "/api/v1/resources/{}/export.{extension}?Essence__exact=Tilleul&sort=-Hauteur&select=Essence,Hauteur",
            portal.trees
        )
    };
    let csv = portal.get(&export("csv")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(
        csv.header("content-disposition").starts_with("attachment; filename=\"arbres"),
        "{}",
        csv.header("content-disposition")
    );
    let lines: Vec<String> =
        csv.text().trim_start_matches('\u{feff}').lines().map(|line| line.replace(';', ",")).collect();
    assert_eq!(lines.first().map(String::as_str), Some("Essence,Hauteur"));
    assert_eq!(lines.len(), 4);
    let rows = portal.json(&export("json")).await;
    assert_eq!(
        rows,
        json!([{"Essence": "Tilleul", "Hauteur": 10.0}, {"Essence": "Tilleul", "Hauteur": 9.5}, {"Essence": "Tilleul", "Hauteur": 8.0}])
    );
    assert_eq!(portal.get(&export("ndjson")).await.text().lines().count(), 3);
    let places = portal.json(&export("geojson")).await;
    assert_eq!(places["features"].as_array().unwrap().len(), 3);
    assert_eq!(places["features"][0]["geometry"], json!({"type": "Point", "coordinates": [1.96, 43.324]}));
    assert!(portal.get(&export("xlsx")).await.body.starts_with(b"PK"));
    assert!(portal.get(&export("parquet")).await.body.starts_with(b"PAR1"));
    assert_eq!(portal.get(&export("doc")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_raw_export_gives_cells_as_they_came() {
    let portal = Portal::with_trees().await;
    let path = format!("/api/v1/resources/{}/export.csv", portal.trees);
    assert!(!portal.get(&path).await.text().contains("n.c."));
    assert!(portal.get(&format!("{path}?raw=1")).await.text().contains("n.c."));
}

#[tokio::test]
async fn a_csv_is_written_for_french_spreadsheets_when_asked() {
    let portal = Portal::with_trees().await;
    let export = |rest: &str| format!("/api/v1/resources/{}/export.{rest}", portal.trees);
    let french = portal.get(&export("csv?select=Essence,Hauteur&limit=1&delimiter=;&bom=1")).await;
    assert_eq!(french.text(), "\u{feff}Essence;Hauteur\r\nPlatane;12.5\r\n");
    for wrong in ["csv?delimiter=x", "csv?bom=2", "json?bom=1"] {
        assert_eq!(portal.get(&export(wrong)).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn an_old_version_keeps_its_address() {
    let portal = Portal::empty().await;
    let id = portal.publish("a.csv", "nom,n\nun,1\ndeux,2\n", "A").await;
    assert_eq!(portal.publish("a.csv", "nom,n\nun,1\ndeux,2\ntrois,3\n", "A").await, id);
    let root = format!("/api/v1/resources/{id}");
    assert_eq!(portal.json(&format!("{root}/rows")).await["total"], 3);
    assert_eq!(portal.json(&format!("{root}/versions/1/rows")).await["total"], 2);
    assert_eq!(portal.json(&format!("{root}/versions/2/rows")).await["total"], 3);
    let versions = portal.json(&format!("{root}/versions")).await;
    let numbers: Vec<_> =
        versions["versions"].as_array().unwrap().iter().map(|version| version["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, [2, 1]);
    let export = portal.get(&format!("{root}/versions/1/export.csv")).await;
    assert!(export.header("content-disposition").contains("-v1.csv"), "{}", export.header("content-disposition"));
    for unknown in ["versions/3", "versions/0", "versions/x", "versions/99999999999"] {
        assert_eq!(portal.get(&format!("{root}/{unknown}/rows")).await.status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

#[tokio::test]
async fn the_profile_and_the_description_have_their_shape() {
    let portal = Portal::with_trees().await;
    let profile = portal.json(&format!("/api/v1/resources/{}/profile", portal.trees)).await;
    let types: Vec<_> =
        profile["columns"].as_array().unwrap().iter().map(|column| column["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["text", "number", "date", "boolean", "number", "number"]);
    let described = portal.json(&format!("/api/v1/resources/{}", portal.trees)).await;
    insta::assert_json_snapshot!(stable(&described));
}

#[tokio::test]
async fn tiles_are_served_where_rows_have_positions() {
    let portal = Portal::with_trees().await;
    let tile = |place: &str| format!("/api/v1/resources/{}/tiles/{place}.mvt", portal.trees);
    let held = portal.get(&tile("10/517/374")).await;
    assert_eq!((held.status, held.header("content-type")), (StatusCode::OK, "application/vnd.mapbox-vector-tile"));
    assert!(held.body.windows(4).any(|part| part == b"rows"));
    assert_eq!(portal.get(&tile("10/1024/0")).await.status, StatusCode::NOT_FOUND);
    for wrong in ["23/0/0", "-1/0/0", "a/b/c"] {
        assert_eq!(portal.get(&tile(wrong)).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let flat = portal.publish("plat.csv", "nom,n\nun,1\ndeux,2\n", "Plat").await;
    assert_eq!(portal.get(&format!("/api/v1/resources/{flat}/tiles/0/0/0.mvt")).await.status, StatusCode::NOT_FOUND);
}
