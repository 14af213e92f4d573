//! Finding datasets as people ask for them.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use catalog::search::{FacetValue, Sort};
use catalog::{Publication, SearchAnswer, SearchQuery};
use support::{Town, on_both_engines};

on_both_engines!(
    words_are_found_whatever_their_form,
    the_best_comes_first,
    facets_count_what_another_choice_would_give,
    results_are_ordered_and_paged,
    a_change_is_found_at_once,
    nothing_is_found_in_nothing,
    any_text_may_be_asked_for,
    a_territory_shows_what_is_inside_it_and_what_it_is_inside_of,
);

struct Given {
    file: &'static str,
    content: &'static str,
    title: &'static str,
    organization: &'static str,
    theme: &'static str,
    years: &'static [i16],
    description: &'static str,
}

const GIVEN: [Given; 6] = [
    Given {
        file: "s.csv",
        content: "nom_association,montant\nClub,100\nCercle,200\n",
        title: "Subventions aux associations",
        organization: "castelnaudary",
        theme: "GOVE",
        years: &[2023],
        description: "Aides versées.",
    },
    Given {
        file: "t.csv",
        content: "beneficiaire,somme\nA,1\nB,2\n",
        title: "Subventions versées",
        organization: "aude",
        theme: "ECON",
        years: &[2022],
        description: "Aides du département aux associations.",
    },
    Given {
        file: "a.csv",
        content: "essence,hauteur\nPin,3\nIf,4\n",
        title: "Arbres remarquables",
        organization: "castelnaudary",
        theme: "ENVI",
        years: &[2023, 2024],
        description: "Les arbres de la ville.",
    },
    Given {
        file: "e.csv",
        content: "ecole,eleves\nPrévert,100\nFerry,90\n",
        title: "Écoles publiques",
        organization: "castelnaudary",
        theme: "EDUC",
        years: &[2024],
        description: "Effectifs de l’enseignement.",
    },
    Given {
        file: "b.json",
        content: "[{\"chapitre\":\"011\",\"total\":5},{\"chapitre\":\"012\",\"total\":7}]",
        title: "Budget primitif",
        organization: "aude",
        theme: "ECON",
        years: &[2023],
        description: "Dépenses et recettes.",
    },
    Given {
        file: "p.pdf",
        content: "%PDF-1.4 plan",
        title: "Plan local d'urbanisme",
        organization: "castelnaudary",
        theme: "REGI",
        years: &[2019],
        description: "Zonage.",
    },
];

async fn fill(town: &Town) {
    for name in ["Castelnaudary", "Aude"] {
        town.organization(name).await;
    }
    for given in &GIVEN {
        let publication = Publication {
            organization: Some(given.organization.into()),
            title: Some(given.title.into()),
            themes: Some(vec![given.theme.into()]),
            years: Some(given.years.to_vec()),
            description: Some(given.description.into()),
            territory: Some("commune:11076".into()),
            ..town.publication(given.file, given.content)
        };
        town.publish(publication).await.unwrap();
    }
}

async fn ask(town: &Town, query: SearchQuery) -> SearchAnswer {
    town.platform.search.find(query).await.unwrap()
}

async fn titles(town: &Town, text: &str) -> Vec<String> {
    let answer = ask(town, SearchQuery { text: text.into(), ..SearchQuery::default() }).await;
    answer.hits.into_iter().map(|hit| hit.dataset.title).collect()
}

async fn words_are_found_whatever_their_form(town: Town) {
    fill(&town).await;
    for (text, expected) in [
        ("subvention association 2023", "Subventions aux associations"),
        ("SUBVENTIONS aux ASSOCIATIONS", "Subventions aux associations"),
        ("ecole", "Écoles publiques"),
        ("l'école", "Écoles publiques"),
        ("l’école publique", "Écoles publiques"),
        ("arbre", "Arbres remarquables"),
        ("arbes remarquable", "Arbres remarquables"),
        ("remarqaubles", "Arbres remarquables"),
        ("urbanisne", "Plan local d'urbanisme"),
        ("urba", "Plan local d'urbanisme"),
        ("nom_association", "Subventions aux associations"),
        ("hauteur", "Arbres remarquables"),
        ("zonage", "Plan local d'urbanisme"),
        ("recettes 2023", "Budget primitif"),
        ("environnement", "Arbres remarquables"),
        ("subventions aude", "Subventions versées"),
    ] {
        assert_eq!(titles(&town, text).await.first().map(String::as_str), Some(expected), "{text}");
    }
    assert!(titles(&town, "xylophone").await.is_empty());
    town.close().await;
}

async fn the_best_comes_first(town: Town) {
    fill(&town).await;
    // Both are about it; one says so in its title.
    assert_eq!(titles(&town, "associations").await, ["Subventions aux associations", "Subventions versées"]);
    // Not every word is found: most of them will do.
    assert_eq!(titles(&town, "budget primitif xylophone").await, ["Budget primitif"]);
    town.close().await;
}

async fn facets_count_what_another_choice_would_give(town: Town) {
    fill(&town).await;
    let counts =
        |values: &[FacetValue]| values.iter().map(|value| (value.value.clone(), value.count)).collect::<Vec<_>>();
    let pair = |value: &str, count| (value.to_owned(), count);
    let all = ask(&town, SearchQuery::default()).await;
    assert_eq!(all.total, 6);
    assert_eq!(counts(&all.facets.organization), [pair("castelnaudary", 4), pair("aude", 2)]);
    assert_eq!(all.facets.organization[0].label, "Castelnaudary");
    assert_eq!(counts(&all.facets.format), [pair("csv", 4), pair("json", 1), pair("pdf", 1)]);
    assert_eq!(counts(&all.facets.year), [pair("2024", 2), pair("2023", 3), pair("2022", 1), pair("2019", 1)]);
    assert_eq!(counts(&all.facets.licence), [pair("etalab-2.0", 6)]);
    assert_eq!(counts(&all.facets.territory), [pair("commune:11076", 6)]);
    let filtered =
        ask(&town, SearchQuery { organization: vec!["aude".into()], year: vec![2023], ..SearchQuery::default() }).await;
    assert_eq!(filtered.hits.iter().map(|hit| hit.dataset.title.as_str()).collect::<Vec<_>>(), ["Budget primitif"]);
    assert_eq!(
        counts(&filtered.facets.organization),
        [pair("castelnaudary", 2), pair("aude", 1)],
        "as if no organisation was chosen"
    );
    assert_eq!(counts(&filtered.facets.year), [pair("2023", 1), pair("2022", 1)], "as if no year was chosen");
    assert_eq!(counts(&filtered.facets.theme), [pair("ECON", 1)]);
    let either = ask(&town, SearchQuery { format: vec!["json".into(), "pdf".into()], ..SearchQuery::default() }).await;
    assert_eq!(either.total, 2);
    town.close().await;
}

async fn results_are_ordered_and_paged(town: Town) {
    fill(&town).await;
    let page = |sort, offset, limit| SearchQuery { sort, offset, limit, ..SearchQuery::default() };
    let titles = |answer: SearchAnswer| answer.hits.into_iter().map(|hit| hit.dataset.title).collect::<Vec<_>>();
    let first = ask(&town, page(Sort::Title, 0, 3)).await;
    assert_eq!(first.total, 6);
    assert_eq!(titles(first), ["Arbres remarquables", "Budget primitif", "Écoles publiques"]);
    assert_eq!(titles(ask(&town, page(Sort::Title, 5, 3)).await), ["Subventions versées"]);
    assert_eq!(titles(ask(&town, page(Sort::Recent, 0, 1)).await), ["Plan local d'urbanisme"]);
    assert!(titles(ask(&town, page(Sort::Recent, u64::MAX, u64::MAX)).await).is_empty());
    town.close().await;
}

async fn a_change_is_found_at_once(town: Town) {
    fill(&town).await;
    assert!(titles(&town, "fontaines").await.is_empty());
    let elsewhere = town.reopened().await;
    let publication =
        Publication { organization: Some("aude".into()), ..town.publication("Fontaines.csv", "nom,debit\nA,1\nB,2\n") };
    elsewhere.publish(publication, &town.actor, |_| {}).await.unwrap();
    assert_eq!(titles(&town, "fontaines").await, ["Fontaines"]);
    elsewhere.records.remove_dataset("fontaines", &town.actor).await.unwrap();
    assert!(titles(&town, "fontaines").await.is_empty());
    elsewhere.records.close().await.unwrap();
    town.close().await;
}

async fn nothing_is_found_in_nothing(town: Town) {
    let answer = ask(&town, SearchQuery { text: "arbres".into(), ..SearchQuery::default() }).await;
    assert_eq!((answer.total, answer.hits.len()), (0, 0));
    assert_eq!(ask(&town, SearchQuery::default()).await.total, 0);
    town.close().await;
}

async fn any_text_may_be_asked_for(town: Town) {
    fill(&town).await;
    let long = "mot ".repeat(10_000);
    for text in [
        "\"",
        "title:x AND (",
        "*",
        "+-!(){}[]^\"~*?:\\/",
        "l'",
        "🌳",
        "\0",
        &long,
        "a b c d e f g h i j k l m n o p q r s",
    ] {
        ask(&town, SearchQuery { text: text.into(), ..SearchQuery::default() }).await;
    }
    town.close().await;
}

async fn a_territory_shows_what_is_inside_it_and_what_it_is_inside_of(town: Town) {
    town.organization("Castelnaudary").await;
    for (title, territory) in [
        ("Ville", Some("commune:11076")),
        ("Voisine", Some("commune:11049")),
        ("Département", Some("departement:11")),
        ("Région", Some("region:76")),
        ("France", Some("pays:FR")),
        ("Ailleurs", Some("commune:44109")),
        ("Nulle part", None),
    ] {
        let publication = town.publication("arbres.csv", "essence,hauteur\nPin,8\nIf,3\n");
        let territory = territory.map(str::to_owned);
        town.publish(Publication { title: Some(title.into()), territory, ..publication }).await.unwrap();
    }
    let around = async |key: &str| {
        let query = SearchQuery { around: Some(key.into()), sort: Sort::Title, ..SearchQuery::default() };
        ask(&town, query).await.hits.into_iter().map(|hit| hit.dataset.title).collect::<Vec<_>>()
    };
    assert_eq!(around("commune:11076").await, ["Département", "France", "Région", "Ville"]);
    assert_eq!(around("epci:200035855").await, ["Département", "France", "Région", "Ville"]);
    assert_eq!(around("departement:11").await, ["Département", "France", "Région", "Ville", "Voisine"]);
    assert_eq!(around("departement:44").await, ["Ailleurs", "France"]);
    assert!(around("commune:00000").await.is_empty());
    town.close().await;
}
