//! Pages as a browser asks for them: a platform in a temporary folder, small files published, the answers read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use catalog::records::OrganizationDraft;
use catalog::{Actor, Platform, PlatformConfig, Publication};
use query::{Engine, EngineLimits};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::{Config, State};

/// A hundred grants, with an amount that isn't one, and markup where a name should be.
fn grants() -> String {
    let mut csv = String::from("Association;Thème;Année;Montant\n");
    for club in 0..96 {
        let theme = if club % 2 == 0 { "Sport" } else { "Culture" };
        csv.push_str(&format!("Club {club};{theme};{};{},50\n", 2021 + club % 3, 100 + club));
    }
    csv + "Judo;Sport;2021;9 999,00\nChorale;Culture;2021;800,00\n<script>alert(1)</script>;Culture;2022;950,00\nThéâtre;Culture;2023;n.c.\n"
}

/// Places with a position.
const PLACES: &str = "nom;type;latitude;longitude\nÉcole Prosper;école;43.318;1.954\nStade;sport;43.320;1.957\nHalle;marché;43.319;1.951\n";

struct Portal {
    router: Router,
    state: State,
    folder: TempDir,
}

struct Page {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    html: String,
}

impl Portal {
    async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(PlatformConfig::in_folder(folder.path())).await.unwrap();
        let draft = OrganizationDraft { name: "Castelnaudary".into(), ..OrganizationDraft::default() };
        platform.records.create_organization(draft, &Actor::command_line()).await.unwrap();
        let config = Config { public_url: Some("https://data.example.fr".into()), ..Config::default() };
        let state = State::new(platform, Engine::new(EngineLimits::default()), config);
        Self { router: crate::router(state.clone()), state, folder }
    }

    /// Publishes a file; gives the address of its resource's explorer.
    async fn publish(&self, name: &str, content: &str, title: &str) -> String {
        let path = self.folder.path().join(format!("upload-{name}"));
        std::fs::write(&path, content).unwrap();
        let publication = Publication { title: Some(title.into()), ..Publication::file(path, name) };
        let published = self.state.platform.publish(publication, &Actor::command_line(), |_| {}).await.unwrap();
        self.state.directory.forget();
        let id = published.resources[0].id;
        let detail = self.state.platform.records.resource_detail(id).await.unwrap().unwrap();
        format!("/datasets/{}/resources/{id}", detail.dataset.slug)
    }

    async fn get(&self, path: &str) -> Page {
        self.get_with(path, &[("accept-language", "fr")]).await
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Page {
        let mut request =
            Request::get(path).header(header::ACCEPT, "text/html").header(header::HOST, "data.example.fr");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response: Response<Body> = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 8 << 20).await.unwrap();
        Page { status: parts.status, headers: parts.headers, html: String::from_utf8_lossy(&body).into_owned() }
    }
}

impl Page {
    #[track_caller]
    fn has(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "no {text:?} in {}", self.html);
        self
    }

    #[track_caller]
    fn lacks(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "{text:?} in {}", self.html);
        self
    }

    /// A header's values, joined.
    fn header(&self, name: &str) -> String {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join(", ")
    }
}

#[tokio::test]
async fn an_empty_portal_says_how_to_publish() {
    let portal = Portal::empty().await;
    portal
        .get("/")
        .await
        .has("cocagne publish associations.csv")
        .has("cocagne organization add")
        .has("https://data.example.fr");
    assert_eq!(portal.get("/datasets").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_first_page_leads_to_data_in_little_weight() {
    let portal = Portal::empty().await;
    portal.publish("subventions.csv", &grants(), "Subventions 2023").await;
    portal.publish("lieux.csv", PLACES, "Lieux publics").await;
    let page = portal.get("/").await;
    page.has("href=\"/datasets/subventions-2023\"").has("Lieux publics").has("role=\"search\"").has("Castelnaudary");
    let mut weight = page.html.len();
    for asset in page.html.split('"').filter(|part| part.starts_with("/assets/")) {
        weight += portal.get(asset).await.html.len();
    }
    assert!(weight < 150_000, "{weight} bytes");
}

#[tokio::test]
async fn a_dataset_page_gives_the_answer_before_the_file() {
    let portal = Portal::empty().await;
    portal.publish("subventions.csv", &grants(), "Subventions 2023").await;
    let page = portal.get("/datasets/subventions-2023").await;
    page.has("<h1>Subventions 2023</h1>").has("Castelnaudary publie ici 100 lignes").has("class=\"key-figure\"");
    page.has("export.parquet").has("Fichier d’origine (CSV").has("<svg class=\"chart chart-wide\"");
    let place = |text: &str| page.html.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(
        place("<svg class=\"chart") < place("Fichier d’origine")
            && place("Fichier d’origine") < place("rel=\"license\"")
    );
    let json = page.html.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let described: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(described["@type"], "Dataset");
    assert_eq!(described["url"], "https://data.example.fr/datasets/subventions-2023");
}

#[tokio::test]
async fn the_table_flags_cells_that_do_not_fit_and_shows_markup_as_text() {
    let portal = Portal::empty().await;
    let explorer = portal.publish("subventions.csv", &grants(), "Subventions").await;
    let page = portal.get(&format!("{explorer}?page=2")).await;
    page.has("<span class=\"raw\">n.c.</span>")
        .has("ne correspond pas au type de la colonne")
        .has("1 cellule à vérifier");
    page.has("&#60;script&#62;alert(1)")
        .lacks("<script>alert(1)")
        .has("100 lignes")
        .has("data-grid")
        .has("scope=\"col\"");
}

#[tokio::test]
async fn rows_are_filtered_sorted_and_kept_in_the_links() {
    let portal = Portal::empty().await;
    let explorer = portal.publish("subventions.csv", &grants(), "Subventions").await;
    let page = portal.get(&format!("{explorer}?Th%C3%A8me__exact=Sport&sort=-Montant")).await;
    page.has("49 lignes")
        .has("sur 100")
        .has("aria-sort=\"descending\"")
        .has("Thème\u{a0}: Sport")
        .lacks(">Chorale</td>");
    page.has("export.csv?Th%C3%A8me__exact=Sport");
    assert!(page.html.find(">Judo</td>").unwrap() < page.html.find(">Club 94</td>").unwrap());
}

#[tokio::test]
async fn a_form_s_empty_fields_leave_the_address() {
    let portal = Portal::empty().await;
    let explorer = portal.publish("subventions.csv", &grants(), "Subventions").await;
    let page = portal.get(&format!("{explorer}?q=&Montant__greater=500&Montant__less=")).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.header("location"), format!("{explorer}?Montant__greater=500"));
}

#[tokio::test]
async fn a_question_that_is_not_understood_is_explained_in_place() {
    let portal = Portal::empty().await;
    let explorer = portal.publish("subventions.csv", &grants(), "Subventions").await;
    let page = portal.get(&format!("{explorer}?Montan__less=5")).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("La question n’a pas été comprise").has("Montant").has("Effacer les filtres");
}

#[tokio::test]
async fn the_chart_has_its_numbers_as_a_table_and_can_be_changed() {
    let portal = Portal::empty().await;
    let explorer = portal.publish("subventions.csv", &grants(), "Subventions").await;
    portal
        .get(&format!("{explorer}?view=chart"))
        .await
        .has("role=\"img\"")
        .has("2021")
        .has("<caption>")
        .has("name=\"kind\"");
    let changed = portal.get(&format!("{explorer}?view=chart&kind=bars&x=Th%C3%A8me&y=Montant&fn=sum")).await;
    changed.has("Montant, total par Thème").has("Culture").has("Sport");
}

#[tokio::test]
async fn a_map_is_a_picture_and_a_list_without_script() {
    let portal = Portal::empty().await;
    let explorer = portal.publish("lieux.csv", PLACES, "Lieux").await;
    let page = portal.get(&format!("{explorer}?view=map")).await;
    page.has("data-map").has("data-tiles-url").has("class=\"map-picture\"").has("École Prosper").has("map.js");
    portal.get(&explorer).await.has("grid.js").lacks("map.js");
}

#[tokio::test]
async fn an_embed_is_the_view_alone() {
    let portal = Portal::empty().await;
    let explorer = portal.publish("lieux.csv", PLACES, "Lieux").await;
    let id = explorer.rsplit('/').next().unwrap();
    let page = portal.get(&format!("/embed/{id}?view=map")).await;
    page.has("data-map").has("https://data.example.fr/datasets/lieux/resources/").lacks("site-header");
    assert!(page.header("content-security-policy").contains("frame-ancestors *"));
}

#[tokio::test]
async fn the_api_page_has_examples_on_the_table_s_own_columns() {
    let portal = Portal::empty().await;
    let explorer = portal.publish("subventions.csv", &grants(), "Subventions").await;
    let page = portal.get(&format!("{explorer}/api")).await;
    page.has("https://data.example.fr/api/v1/resources/")
        .has("Th%C3%A8me__exact")
        .has("pandas")
        .has("URLSearchParams")
        .has("jsonlite");
}

#[tokio::test]
async fn search_narrows_and_says_what_to_try_when_nothing_is_found() {
    let portal = Portal::empty().await;
    portal.publish("subventions.csv", &grants(), "Subventions 2023").await;
    portal.publish("lieux.csv", PLACES, "Lieux publics").await;
    portal.get("/datasets?q=subvention").await.has("1 jeu de données").has("Subventions 2023").lacks("Lieux publics");
    portal.get("/datasets?q=zzzz+qqqq").await.has("Rien ne correspond").has("href=\"/datasets?q=zzzz\"");
    assert_eq!(portal.get("/datasets?q=").await.header("location"), "/datasets");
}

#[tokio::test]
async fn the_reader_s_language_is_heard_and_a_choice_is_kept() {
    let portal = Portal::empty().await;
    portal.get_with("/about", &[("accept-language", "en")]).await.has("<html lang=\"en\">");
    let chosen = portal.get("/about?lang=en").await;
    chosen.has("<html lang=\"en\">").has("hreflang=\"fr\"");
    assert!(chosen.header("set-cookie").starts_with("lang=en;"));
    portal.get_with("/about", &[("accept-language", "fr"), ("cookie", "lang=en")]).await.has("<html lang=\"en\">");
    assert!(chosen.header("vary").contains("accept-language"));
}

#[tokio::test]
async fn a_page_that_the_browser_has_is_not_sent_again() {
    let portal = Portal::empty().await;
    portal.publish("lieux.csv", PLACES, "Lieux").await;
    let etag = portal.get("/datasets/lieux").await.header("etag");
    let again = portal.get_with("/datasets/lieux", &[("accept-language", "fr"), ("if-none-match", &etag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let english = portal.get_with("/datasets/lieux", &[("accept-language", "en"), ("if-none-match", &etag)]).await;
    assert_eq!(english.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_not_there_is_a_page_that_helps() {
    let portal = Portal::empty().await;
    for path in ["/nowhere", "/datasets/nothing", "/organizations/nobody", "/datasets/a/resources/b", "/embed/x"] {
        let page = portal.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        page.has("Cette page n’existe pas").has("role=\"search\"");
    }
}

#[tokio::test]
async fn every_page_speaks_without_a_missing_sentence() {
    let portal = Portal::empty().await;
    let explorer = portal.publish("subventions.csv", &grants(), "Subventions").await;
    for language in ["fr", "en"] {
        for path in [
            "/",
            "/datasets",
            "/datasets/subventions",
            "/datasets/subventions/history",
            "/organizations",
            "/organizations/castelnaudary",
            "/about",
            "/accessibility",
            "/legal",
            "/nowhere",
            &explorer,
        ] {
            let page = portal.get_with(path, &[("accept-language", language)]).await;
            page.has(&format!("<html lang=\"{language}\">"));
            // A key without a sentence shows as itself, alone in its element.
            let keys = page.html.split(['<', '>']).filter(|text| is_key(text)).collect::<Vec<_>>();
            assert!(keys.is_empty(), "{path}: {keys:?}");
        }
    }
}

/// Whether a text looks like the name of a sentence: `home-title`.
fn is_key(text: &str) -> bool {
    text.contains('-') && text.len() > 5 && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}
