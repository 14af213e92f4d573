//! The catalogue: search, facets, order, pages; every state is an address.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;
use catalog::search::{FacetValue, Facets, SearchQuery, Sort};

use super::address::Address;
use super::card::{Card, card};
use super::dataset::source_format_name;
use super::frame::{Frame, Link};
use super::organization::territory;
use super::pager::Pager;
use super::reader::Reader;
use super::territory::Around;
use crate::State;
use crate::i18n::Text;
use crate::problem::Problem;

/// Datasets of a page.
const SIZE: u64 = 20;
/// Values of a facet that are listed; the others are reached by searching.
const VALUES: usize = 20;
/// Values of one facet that an address may choose.
const CHOSEN: usize = 20;
/// Names of the facets, in an address and among the keys of sentences.
const FACETS: [&str; 6] = ["organization", "theme", "format", "licence", "territory", "year"];
/// Orders, with their names in an address.
const SORTS: [(Sort, &str); 3] = [(Sort::Relevance, "relevance"), (Sort::Recent, "recent"), (Sort::Title, "title")];

#[derive(Template)]
#[template(path = "datasets.html")]
struct CataloguePage {
    t: Text,
    frame: Frame,
    text: String,
    kept: Vec<(String, String)>,
    total: String,
    sorts: Vec<Order>,
    around: Option<Around>,
    removable: Vec<Link>,
    filtered: bool,
    without_filters: String,
    facets: Vec<FacetList>,
    results: Vec<Card>,
    suggestions: Vec<Link>,
    pager: Pager,
}

struct Order {
    href: String,
    label: String,
    current: bool,
}

struct FacetList {
    label: String,
    open: bool,
    values: Vec<Choice>,
}

struct Choice {
    href: String,
    label: String,
    count: String,
    current: bool,
}

/// The page.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    // A search box that is sent empty asks for everything.
    let asked = Address::of(&reader.uri);
    let tidy = asked.only(|_, value| !value.is_empty());
    if tidy != asked {
        return reader.redirect(&tidy.href());
    }
    reader.answer(&state, page(&reader, &state, &asked.without("lang"))).await
}

async fn page(reader: &Reader, state: &State, address: &Address) -> Result<CataloguePage, Problem> {
    let t = reader.t;
    let number = address.get("page").and_then(|page| page.parse::<u64>().ok()).unwrap_or(1).clamp(1, 10_000);
    let around = Around::of(reader, address);
    let query = SearchQuery { around: Around::key(around.as_ref()), ..query(address, number) };
    let answer = state.platform.search.find(query.clone()).await?;
    let mut results = Vec::with_capacity(answer.hits.len());
    for detail in &answer.hits {
        results.push(card(state, &t, reader.now, detail).await);
    }
    let start = address.without("page");
    let filters = |name: &str| FACETS.contains(&name);
    let total = t.count("datasets-found", &answer.total);
    Ok(CataloguePage {
        frame: frame(reader, address, &total).with_feed(Around::feed(around.as_ref())),
        kept: start.without("q").parameters().to_vec(),
        sorts: orders(&start, query.sort, &t),
        around,
        removable: removable(&start, &answer.facets, &t),
        filtered: start.get("q").is_some() && start.parameters().iter().any(|(name, _)| filters(name)),
        without_filters: start.only(|name, _| !filters(name)).href(),
        facets: FACETS.iter().filter_map(|name| facet(name, values(&answer.facets, name), &start, &t)).collect(),
        suggestions: if answer.total == 0 { suggestions(&query.text, &t) } else { Vec::new() },
        pager: Pager::new(address, number, answer.total.div_ceil(SIZE), &t),
        text: query.text,
        results,
        total,
        t,
    })
}

fn frame(reader: &Reader, address: &Address, total: &str) -> Frame {
    let t = reader.t;
    let title = match address.get("q") {
        Some(text) => format!("{} – {}", crate::chart::shorten(text, 60), t.get("datasets-title")),
        None => t.get("datasets-title"),
    };
    let mut frame = Frame::new(reader, "datasets", title, total);
    // Combinations of filters have no end; the pages of the whole list are enough to find everything.
    frame.indexed = address.parameters().iter().all(|(name, _)| name == "page");
    frame
}

fn query(address: &Address, page: u64) -> SearchQuery {
    let chosen = |name: &str| chosen(address, name);
    let sort = address.get("sort").and_then(|asked| SORTS.iter().find(|(_, name)| *name == asked));
    SearchQuery {
        text: address.get("q").unwrap_or_default().chars().take(200).collect(),
        organization: chosen("organization"),
        theme: chosen("theme"),
        format: chosen("format"),
        licence: chosen("licence"),
        territory: chosen("territory"),
        year: chosen("year").iter().filter_map(|year| year.parse().ok()).collect(),
        sort: sort.map_or(Sort::Relevance, |(sort, _)| *sort),
        offset: (page - 1) * SIZE,
        limit: SIZE,
        ..SearchQuery::default()
    }
}

/// The values of a facet that an address chooses.
fn chosen(address: &Address, facet: &str) -> Vec<String> {
    let values = address.parameters().iter().filter(|(name, _)| name == facet).map(|(_, value)| value.clone());
    values.take(CHOSEN).collect()
}

fn orders(start: &Address, current: Sort, t: &Text) -> Vec<Order> {
    let order = |(sort, name): &(Sort, &str)| Order {
        href: if *sort == Sort::Relevance { start.without("sort") } else { start.with("sort", name) }.href(),
        label: t.get(&format!("sort-{name}")),
        current: *sort == current,
    };
    // Without a text, relevance is nothing but the last change.
    let worth = SORTS.iter().filter(|(sort, _)| *sort != Sort::Relevance || start.get("q").is_some());
    let mut orders: Vec<Order> = worth.map(order).collect();
    if start.get("q").is_none() && current == Sort::Relevance {
        orders.iter_mut().take(1).for_each(|order| order.current = true);
    }
    orders
}

fn values<'a>(facets: &'a Facets, name: &str) -> &'a [FacetValue] {
    match name {
        "organization" => &facets.organization,
        "theme" => &facets.theme,
        "format" => &facets.format,
        "licence" => &facets.licence,
        "territory" => &facets.territory,
        _ => &facets.year,
    }
}

/// A facet with something to choose; choosing adds a value, choosing again takes it away.
fn facet(name: &str, values: &[FacetValue], start: &Address, t: &Text) -> Option<FacetList> {
    let chosen = chosen(start, name);
    (values.len() > 1 || !chosen.is_empty()).then_some(())?;
    let choice = |value: &FacetValue| {
        let current = chosen.contains(&value.value);
        let href = if current { without(start, name, &value.value) } else { start.and(name, &value.value) }.href();
        Choice {
            href,
            label: value_label(name, &value.value, &value.label, t),
            count: t.integer(&value.count),
            current,
        }
    };
    Some(FacetList {
        label: t.get(&format!("facet-{name}")),
        open: !chosen.is_empty() || matches!(name, "organization" | "theme"),
        values: values.iter().take(VALUES).map(choice).collect(),
    })
}

fn without(start: &Address, name: &str, value: &str) -> Address {
    start.only(|known, chosen| !(known == name && chosen == value))
}

/// A facet's value as it is read.
fn value_label(name: &str, value: &str, label: &str, t: &Text) -> String {
    match name {
        "theme" => catalog::theme::find(value).map(|theme| theme.name.in_language(t.tag()).to_owned()),
        "licence" => catalog::licence::find(value).map(|licence| licence.name.in_language(t.tag()).to_owned()),
        "territory" => Some(territory(value, t)),
        "format" => Some(source_format_name(value)),
        _ => None,
    }
    .unwrap_or_else(|| label.to_owned())
}

/// The filters in use, each with the address without it.
fn removable(start: &Address, facets: &Facets, t: &Text) -> Vec<Link> {
    let mut links = Vec::new();
    if let Some(text) = start.get("q") {
        links.push(Link::new(
            start.without("q").href(),
            t.with("search-words", "text", &crate::chart::shorten(text, 60)),
        ));
    }
    for (name, value) in start.parameters().iter().filter(|(name, _)| FACETS.contains(&name.as_str())) {
        let known = values(facets, name).iter().find(|known| known.value == *value);
        let label = value_label(name, value, known.map_or(value.as_str(), |known| &known.label), t);
        links.push(Link::new(without(start, name, value).href(), label));
    }
    links
}

/// The words of a search that found nothing, one by one.
fn suggestions(text: &str, t: &Text) -> Vec<Link> {
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() > 2).collect();
    if words.len() < 2 {
        return Vec::new();
    }
    let link = |word: &&str| {
        Link::new(Address::path("/datasets").with("q", word).href(), t.with("no-result-word", "word", word))
    };
    words.iter().take(5).map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(value: &str, count: u64) -> FacetValue {
        FacetValue { value: value.into(), label: value.into(), count }
    }

    #[test]
    fn choosing_twice_takes_the_filter_away() {
        let start = Address::path("/datasets").with("q", "eau");
        let values = [value("ENVI", 3), value("TRAN", 2)];
        let of = |start: &Address| {
            facet("theme", &values, start, &Text::french()).map(|facet| facet.values).unwrap_or_default()
        };
        assert_eq!(of(&start)[0].href, "/datasets?q=eau&theme=ENVI");
        let chosen = start.and("theme", "ENVI");
        assert!(of(&chosen)[0].current);
        assert_eq!(of(&chosen)[0].href, "/datasets?q=eau");
        assert_eq!(of(&chosen)[1].href, "/datasets?q=eau&theme=ENVI&theme=TRAN");
        assert_eq!(of(&chosen)[0].label, "Environnement");
    }

    #[test]
    fn a_facet_with_nothing_to_choose_is_left_out() {
        assert!(facet("format", &[value("csv", 9)], &Address::path("/datasets"), &Text::french()).is_none());
    }

    #[test]
    fn the_words_of_a_search_without_result_are_suggested() {
        let links = suggestions("subventions de l'eau", &Text::french());
        assert_eq!(links.len(), 2);
        assert_eq!(links[0].href, "/datasets?q=subventions");
    }

    #[test]
    fn an_address_chooses_a_bounded_number_of_values() {
        let address = (0..100).fold(Address::path("/datasets"), |address, year| address.and("year", &year.to_string()));
        assert_eq!(query(&address, 1).year.len(), CHOSEN);
    }
}
