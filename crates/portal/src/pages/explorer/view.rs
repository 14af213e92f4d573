//! The three views of rows.

use std::sync::Arc;

use catalog::model::ResourceDetail;
use query::Table;
use query::model::Query;
use tabular::Profile;

use super::filters::Choosable;
use super::request::{Asked, OWN, ViewKind};
use super::table::{Source, TableView, view as table_view};
use crate::State;
use crate::chart::plan::{FUNCTIONS, Kind, function_name, is_number};
use crate::chart::{self, Spec};
use crate::i18n::Text;
use crate::pages::drawn::{Drawn, shown};
use crate::pages::picture;
use crate::pages::rows::ask;
use crate::params::is_grouped;
use crate::problem::Problem;

/// What is shown.
pub enum View {
    Table(TableView),
    Chart(ChartView),
    Map(MapView),
    /// The question can't be understood: nothing is shown but why.
    None,
}

/// A chart, and the form that changes it.
pub struct ChartView {
    pub chart: Option<Drawn>,
    pub form: Option<ChartForm>,
}

/// The form under a chart.
pub struct ChartForm {
    pub kept: Vec<(String, String)>,
    pub selects: Vec<Select>,
}

/// A list to choose from.
pub struct Select {
    pub name: &'static str,
    pub label: String,
    pub options: Vec<Choosable>,
}

/// A map: what its script needs, and what is there without it.
pub struct MapView {
    pub title: String,
    pub tiles: String,
    pub geojson: String,
    pub rows: u64,
    pub bbox: String,
    pub rows_url: String,
    pub list_url: String,
    pub picture: String,
    pub sentence: String,
    pub list: TableView,
}

/// What a view is made from.
pub struct Subject<'a> {
    pub state: &'a State,
    pub table: &'a Arc<Table>,
    pub detail: &'a ResourceDetail,
    pub asked: &'a Asked,
}

impl Subject<'_> {
    fn api(&self) -> String {
        format!("/api/v1/resources/{}", self.detail.resource.id)
    }

    fn source(&self, t: &Text) -> Source<'_> {
        let caption = t.with("table-caption", "title", &self.detail.resource.title);
        Source {
            state: self.state,
            table: self.table,
            asked: self.asked,
            rows_url: format!("{}/rows", self.api()),
            caption,
        }
    }

    fn profile(&self) -> &Profile {
        self.table.profile()
    }
}

/// Makes the view that the address asks for. A question that can't be understood gives none.
///
/// # Errors
/// As the engine.
pub async fn view(subject: &Subject<'_>, t: &Text) -> Result<View, Problem> {
    let Ok(query) = &subject.asked.query else { return Ok(View::None) };
    match subject.asked.view {
        ViewKind::Chart => Ok(View::Chart(chart_view(subject, query, t).await?)),
        ViewKind::Map if subject.profile().geometry.is_some() && !is_grouped(query) => {
            Ok(View::Map(map_view(subject, query, t).await?))
        }
        ViewKind::Map | ViewKind::Table => Ok(View::Table(table_view(&subject.source(t), query, t).await?)),
    }
}

async fn chart_view(subject: &Subject<'_>, query: &Query, t: &Text) -> Result<ChartView, Problem> {
    let profile = subject.profile();
    let Some(spec) = Spec::read(subject.asked.address.parameters(), profile) else {
        return Ok(ChartView { chart: None, form: None });
    };
    let answer = ask(subject.state, subject.table, &chart::query_of(&spec, query.filter.clone())).await?;
    let chart = chart::chart_from_rows(&spec, profile, &answer.rows, answer.total, t).map(|chart| shown(&chart, t));
    Ok(ChartView { chart, form: Some(form(&spec, subject, t)) })
}

fn form(spec: &Spec, subject: &Subject<'_>, t: &Text) -> ChartForm {
    let columns = &subject.profile().columns;
    let option = |value: &str, label: String, chosen: &str| Choosable {
        selected: value == chosen,
        value: value.to_owned(),
        label,
    };
    let drawable = columns.iter().filter(|column| column.field_type != tabular::typing::FieldType::Geometry);
    let kinds = Kind::ALL
        .iter()
        .map(|kind| option(kind.name(), t.get(&format!("chart-kind-{}", kind.name())), spec.kind.name()));
    let labels = drawable.clone().map(|column| option(&column.name, column.label.clone(), &spec.x));
    let chosen = spec.y.as_deref().unwrap_or_default();
    let count = std::iter::once(option("", t.get("chart-rows"), chosen));
    let values = count.chain(
        drawable.filter(|column| is_number(column)).map(|column| option(&column.name, column.label.clone(), chosen)),
    );
    let function = function_name(spec.function);
    let functions = FUNCTIONS.iter().map(|(_, name)| option(name, t.get(&format!("chart-function-{name}")), function));
    let selects = vec![
        Select { name: "kind", label: t.get("chart-kind"), options: kinds.collect() },
        Select { name: "x", label: t.get("chart-x"), options: labels.collect() },
        Select { name: "y", label: t.get("chart-y"), options: values.collect() },
        Select { name: "fn", label: t.get("chart-function"), options: functions.collect() },
    ];
    let kept = subject.asked.at_start().only(|name, _| name == "view" || !OWN.contains(&name));
    ChartForm { kept: kept.parameters().to_vec(), selects }
}

async fn map_view(subject: &Subject<'_>, query: &Query, t: &Text) -> Result<MapView, Problem> {
    let features = picture::features(subject.state, subject.table, query.filter.clone()).await?;
    let list = table_view(&subject.source(t), query, t).await?;
    let geometry = subject.profile().geometry.as_ref();
    let bbox = geometry.and_then(|geometry| geometry.bbox).map(|bbox| bbox.map(|side| side.to_string()).join(","));
    let question = subject.asked.question().query();
    let with_question = |address: String| if question.is_empty() { address } else { format!("{address}?{question}") };
    let title = t.with("map-title", "title", &subject.detail.resource.title);
    let located = geometry.map_or(0, |geometry| geometry.located);
    Ok(MapView {
        picture: chart::map_svg(&features, 720.0, 420.0, Some((t, &title))),
        title,
        tiles: with_question(format!("{}/tiles/{{z}}/{{x}}/{{y}}.mvt", subject.api())),
        geojson: with_question(format!("{}/export.geojson", subject.api())),
        rows: subject.profile().rows,
        bbox: bbox.unwrap_or_default(),
        rows_url: format!("{}/rows", subject.api()),
        list_url: subject.asked.in_view(ViewKind::Table).href(),
        sentence: t.count("map-located", &located),
        list,
    })
}

/// The script modules that a view gains from.
pub fn scripts(view: &View) -> Vec<&'static str> {
    match view {
        View::Table(_) => vec!["grid.js"],
        View::Map(_) => vec!["map.js"],
        View::Chart(_) | View::None => Vec::new(),
    }
}
