//! How a program reads a resource: examples that can be copied, made with its own columns.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use tabular::Profile;
use tabular::profile::ColumnProfile;
use tabular::typing::FieldType;

use super::page::{found, title};
use crate::State;
use crate::chart::suggest::Roles;
use crate::i18n::Text;
use crate::pages::card::{dataset_href, resource_href};
use crate::pages::frame::{Fact, Frame, Link};
use crate::pages::reader::Reader;
use crate::pages::value;
use crate::params::encode_component;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "resource_api.html")]
struct ApiPage {
    t: Text,
    frame: Frame,
    crumbs: Vec<Link>,
    title: String,
    examples: Vec<Example>,
    addresses: Vec<Fact>,
    grammar: Vec<Fact>,
    fields: Vec<FieldRow>,
}

struct Example {
    title: &'static str,
    text: String,
    code: String,
}

struct FieldRow {
    name: String,
    kind: String,
    example: String,
}

/// The page.
pub async fn show(
    reader: Reader,
    Extract(state): Extract<State>,
    Path((slug, id)): Path<(String, String)>,
) -> Response {
    reader.answer(&state, page(&reader, &state, &slug, &id)).await
}

async fn page(reader: &Reader, state: &State, slug: &str, id: &str) -> Result<ApiPage, Problem> {
    let t = reader.t;
    let (detail, table) = found(state, Some(slug), id).await?;
    let profile = table.profile();
    let title = title(&detail);
    let api = format!("{}/api/v1/resources/{}", reader.base, detail.resource.id);
    let frame = Frame::new(reader, "datasets", t.with("api-title", "title", &title), t.get("api-lead"));
    Ok(ApiPage {
        t,
        frame,
        crumbs: vec![
            Link::new("/datasets", t.get("nav-datasets")),
            Link::new(dataset_href(slug), detail.dataset.title.as_str()),
            Link::new(resource_href(&detail), detail.resource.title.as_str()),
        ],
        title,
        examples: examples(&api, &Question::of(profile), &t),
        addresses: addresses(&api, reader, id, &t),
        grammar: grammar(&Question::of(profile), &t),
        fields: profile.columns.iter().map(|column| field(column, &t)).collect(),
    })
}

fn addresses(api: &str, reader: &Reader, id: &str, t: &Text) -> Vec<Fact> {
    vec![
        Fact::new(t.get("api-rows"), format!("{api}/rows")),
        Fact::new(t.get("api-profile"), format!("{api}/profile")),
        Fact::new(t.get("api-export"), format!("{api}/export.csv")),
        Fact::new(t.get("api-tabular"), format!("{}/tabular/api/resources/{id}/data/", reader.base)),
        Fact::new(t.get("api-openapi"), format!("{}/api/v1/openapi.json", reader.base)),
    ]
}

/// A question that this table can be asked: a filter and an order on its own columns.
struct Question {
    /// Name and value of the filter, decoded.
    filter: Option<(String, String)>,
    sort: Option<String>,
    group: Option<(String, String)>,
}

impl Question {
    fn of(profile: &Profile) -> Self {
        let roles = Roles::of(profile);
        let category = roles.categories.first();
        let filter = category
            .and_then(|column| {
                Some((format!("{}__exact", column.name), column.top.first()?.value.as_str()?.to_owned()))
            })
            .or_else(|| {
                let column = roles.measures.first()?;
                Some((format!("{}__greater", column.name), column.mean?.round().to_string()))
            })
            .or_else(|| {
                let column = profile.columns.iter().find(|column| column.field_type == FieldType::Text)?;
                Some((
                    format!("{}__contains", column.name),
                    column.top.first()?.value.as_str()?.chars().take(12).collect(),
                ))
            });
        let sort = roles.measures.first().or(roles.times.first()).map(|column| format!("{}__sort", column.name));
        let group = category
            .zip(roles.measures.first())
            .map(|(by, of)| (format!("{}__groupby", by.name), format!("{}__sum", of.name)));
        Self { filter, sort, group }
    }

    /// The question in an address.
    fn query(&self) -> String {
        let mut out = String::new();
        for (name, value) in self.pairs() {
            encode_component(&name, &mut out);
            out.push('=');
            encode_component(&value, &mut out);
            out.push('&');
        }
        out + "page_size=20"
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let sort = self.sort.clone().map(|name| (name, "desc".to_owned()));
        self.filter.clone().into_iter().chain(sort).collect()
    }
}

fn examples(api: &str, question: &Question, t: &Text) -> Vec<Example> {
    let example = |title, key, code| Example { title, text: t.get(key), code };
    vec![
        example("curl", "api-curl-text", curl(api, question)),
        example("Python", "api-python-text", python(api, question)),
        example("R", "api-r-text", r(api, question)),
        example("JavaScript", "api-javascript-text", javascript(api, question)),
    ]
}

/// A text between double quotes in Python, R and JavaScript, as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A text between single quotes of a shell.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn curl(api: &str, question: &Question) -> String {
    let rows = shell(&format!("{api}/rows?{}", question.query()));
    let file = shell(&format!("{api}/export.csv"));
    format!("curl {rows}\ncurl -o table.csv {file}")
}

fn python(api: &str, question: &Question) -> String {
    let parameters: String =
        question.pairs().iter().map(|(name, value)| format!("    {}: {},\n", quoted(name), quoted(value))).collect();
    format!(
        "import requests, pandas\n\nrows = requests.get({}, params={{\n{parameters}    \"page_size\": 20,\n}}).json()\nprint(rows[\"total\"])\n\n# {}\ntable = pandas.read_parquet({})\n",
        quoted(&format!("{api}/rows")),
        "the whole table, typed",
        quoted(&format!("{api}/export.parquet")),
    )
}

fn r(api: &str, question: &Question) -> String {
    format!(
        "library(jsonlite)\n\nanswer <- fromJSON({})\nanswer$total\nhead(answer$rows)\n\ntable <- read.csv({}, check.names = FALSE)\n",
        quoted(&format!("{api}/rows?{}", question.query())),
        quoted(&format!("{api}/export.csv")),
    )
}

fn javascript(api: &str, question: &Question) -> String {
    let parameters: String =
        question.pairs().iter().map(|(name, value)| format!("  {}: {},\n", quoted(name), quoted(value))).collect();
    format!(
        "const query = new URLSearchParams({{\n{parameters}  page_size: \"20\",\n}});\nconst answer = await fetch({} + query);\nconst {{ rows, total }} = await answer.json();\nconsole.log(total, rows);\n",
        quoted(&format!("{api}/rows?")),
    )
}

fn grammar(question: &Question, t: &Text) -> Vec<Fact> {
    let column = question
        .filter
        .as_ref()
        .map_or("colonne", |(name, _)| name.rsplit_once("__").map_or(name.as_str(), |(column, _)| column));
    let mut rows = vec![
        Fact::new(t.get("grammar-exact"), format!("{column}__exact=…")),
        Fact::new(t.get("grammar-contains"), format!("{column}__contains=…")),
        Fact::new(t.get("grammar-compare"), format!("{column}__greater=… {column}__less=…")),
        Fact::new(t.get("grammar-in"), format!("{column}__in=a,b")),
        Fact::new(t.get("grammar-null"), format!("{column}__isnull")),
        Fact::new(t.get("grammar-search"), "q=…"),
        Fact::new(t.get("grammar-sort"), format!("{column}__sort=desc")),
        Fact::new(t.get("grammar-columns"), format!("columns={column}")),
        Fact::new(t.get("grammar-page"), "page=2&page_size=100"),
        Fact::new(t.get("grammar-where"), "bbox=1.8,43.2,2.1,43.4"),
    ];
    if let Some((by, of)) = &question.group {
        rows.push(Fact::new(t.get("grammar-group"), format!("{by}&{of}")));
    }
    rows
}

fn field(column: &ColumnProfile, t: &Text) -> FieldRow {
    let example = column.top.first().map(|frequent| &frequent.value).or(column.min.as_ref());
    let shown = match example {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(serde_json::Value::Object(_)) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let kind = match column.meaning {
        Some(meaning) => format!("{} · {}", value::type_name(column.field_type, t), value::meaning_name(meaning, t)),
        None => value::type_name(column.field_type, t),
    };
    FieldRow { name: column.name.clone(), kind, example: crate::chart::shorten(&shown, 60) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::plan::tests::{column, profile};
    use serde_json::json;
    use tabular::profile::Frequency;

    #[test]
    fn examples_use_the_columns_of_the_table_and_survive_quotes() {
        let mut place = column("lieu \"dit\"", FieldType::Text, 3);
        place.top = vec![Frequency { value: json!("l'Île"), count: 40 }];
        let table = profile(vec![place, column("montant", FieldType::Number, 50)], 100);
        let question = Question::of(&table);
        assert!(curl("http://h/api", &question).contains("lieu%20%22dit%22__exact"));
        assert!(python("http://h/api", &question).contains(r#""lieu \"dit\"__exact": "l'Île""#));
        assert!(javascript("http://h/api", &question).contains("\"montant__sort\": \"desc\""));
        assert_eq!(shell("l'eau"), r"'l'\''eau'");
    }

    #[test]
    fn a_table_without_rows_still_has_examples() {
        let question = Question::of(&profile(vec![], 0));
        assert!(curl("http://h/api", &question).contains("rows?page_size=20"));
    }
}
