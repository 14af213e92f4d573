//! Read-only SQL over resources, named in double quotes: `SELECT * FROM "budget-2024/depenses"`.

mod names;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::{Request, State as Extract, rejection::JsonRejection},
    http::Uri,
    response::Response,
};
use catalog::licence::compatibility;
use query::{SqlAnswer, Table, encode::json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::listing::Parameters;
use crate::{
    State,
    api::{Target, rows, within},
    caching::Validator,
    problem::{Kind, Problem},
};

/// The body of a `POST`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// One `SELECT`.
    sql: String,
    /// Short names for resources: alias → identifier, or `dataset/resource`.
    #[serde(default)]
    tables: BTreeMap<String, String>,
}

/// A statement in the URL: cacheable, shareable.
pub async fn get(Extract(state): Extract<State>, request: Request) -> Result<Response, Problem> {
    let parameters = Parameters::read(request.uri(), &["query"])?;
    let sql = parameters
        .text("query")
        .ok_or_else(|| Problem::new(Kind::BadRequest, "`query=` is missing: one SELECT").with("parameter", "query"))?;
    let tables = Tables::of(&state, sql, &BTreeMap::new()).await?;
    let validator = tables.validator(request.uri(), sql);
    if let Some(response) =
        validator.as_ref().and_then(|validator| validator.unchanged(request.method(), request.headers()))
    {
        return Ok(response);
    }
    let mut response = run(&state, sql, &tables).await?;
    if let Some(validator) = validator {
        validator.apply(&mut response);
    }
    Ok(response)
}

/// A statement in a body, with aliases.
pub async fn post(
    Extract(state): Extract<State>,
    body: Result<Json<Statement>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(statement) = body.map_err(refused)?;
    let tables = Tables::of(&state, &statement.sql, &statement.tables).await?;
    run(&state, &statement.sql, &tables).await
}

fn refused(rejection: JsonRejection) -> Problem {
    let kind = match rejection.status().as_u16() {
        413 => Kind::TooLarge,
        415 => Kind::UnsupportedMediaType,
        _ => Kind::BadRequest,
    };
    Problem::new(kind, rejection.body_text())
}

async fn run(state: &State, sql: &str, tables: &Tables) -> Result<Response, Problem> {
    let answer =
        within(state, async { state.engine.sql_answer(&tables.open, sql).await.map_err(of_the_statement) }).await?;
    write(&answer, tables.licence().as_deref()).map(rows::respond)
}

/// What goes wrong while a statement runs (a division by zero, a cast) is of the statement, not of the server.
fn of_the_statement(error: query::Error) -> Problem {
    match error {
        query::Error::Internal(message) => Problem::new(Kind::BadSql, message),
        other => other.into(),
    }
}

fn write(answer: &SqlAnswer, licence: Option<&str>) -> Result<Vec<u8>, Problem> {
    let column = |name: &str, arrow_type: String| json!({"name": name, "type": type_name(&arrow_type)});
    let columns: Value =
        answer.schema.fields().iter().map(|field| column(field.name(), field.data_type().to_string())).collect();
    let mut out = Vec::with_capacity(8 << 10);
    out.push(b'{');
    rows::write_name("columns", &mut out);
    out.extend_from_slice(columns.to_string().as_bytes());
    rows::write_name("rows", &mut out);
    out.push(b'[');
    let mut first = true;
    for batch in answer.batches.iter().filter(|batch| batch.num_rows() > 0) {
        if !first {
            out.push(b',');
        }
        first = false;
        json::write_rows(batch, &mut out).map_err(of_the_statement)?;
    }
    out.push(b']');
    rows::write_name("truncated", &mut out);
    out.extend_from_slice(if answer.truncated { b"true" } else { b"false" });
    rows::write_name("licence", &mut out);
    out.extend_from_slice(json!(licence).to_string().as_bytes());
    out.push(b'}');
    Ok(out)
}

/// An Arrow type in the words of profiles.
fn type_name(arrow_type: &str) -> &'static str {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| arrow_type.starts_with(prefix));
    match arrow_type {
        "Boolean" => "boolean",
        "Null" => "null",
        _ if starts(&["Utf8", "LargeUtf8"]) => "text",
        _ if starts(&["Int", "UInt"]) && !starts(&["Interval"]) => "integer",
        _ if starts(&["Float", "Decimal"]) => "number",
        _ if starts(&["Date"]) => "date",
        _ if starts(&["Timestamp"]) => "datetime",
        _ if starts(&["Time"]) => "time",
        _ if starts(&["Binary", "LargeBinary"]) => "geometry",
        _ => "other",
    }
}

/// The tables of a statement, open.
struct Tables {
    open: Vec<(String, Arc<Table>)>,
    snapshots: String,
    /// Licence of each table's dataset.
    licences: Vec<String>,
}

impl Tables {
    async fn of(state: &State, sql: &str, aliases: &BTreeMap<String, String>) -> Result<Self, Problem> {
        let mut tables = Self { open: Vec::new(), snapshots: String::new(), licences: Vec::new() };
        for (alias, name) in aliases {
            let target = find(state, name).await?;
            let target = target.ok_or_else(|| unknown(name))?;
            tables.add(state, alias, &target).await?;
        }
        for (name, certain) in names::tables(sql) {
            if tables.open.iter().any(|(known, _)| *known == name) {
                continue;
            }
            match find(state, &name).await? {
                Some(target) => tables.add(state, &name, &target).await?,
                None if certain && name.contains('/') => return Err(unknown(&name)),
                None => {}
            }
        }
        Ok(tables)
    }

    async fn add(&mut self, state: &State, name: &str, target: &Target) -> Result<(), Problem> {
        let most = state.config.limits.sql_tables;
        if self.open.len() >= most {
            return Err(Problem::new(Kind::BadSql, format!("one statement reads at most {most} resources")));
        }
        let version = target.version();
        self.snapshots.push_str(version.snapshot.as_str());
        self.snapshots.push_str(&format!("/{} ", version.table.unwrap_or_default()));
        self.licences.push(target.detail().dataset.licence.clone());
        self.open.push((name.to_owned(), target.table(state).await?));
        Ok(())
    }

    /// The licence that what is combined may carry, if any.
    fn licence(&self) -> Option<String> {
        if self.licences.is_empty() {
            return None;
        }
        compatibility::combine(self.licences.iter().map(String::as_str)).suggested
    }

    /// None for a statement whose answer isn't a function of the tables alone.
    fn validator(&self, uri: &Uri, sql: &str) -> Option<Validator> {
        let lower = sql.to_ascii_lowercase();
        let volatile = ["now", "random", "uuid", "current_", "today"].iter().any(|word| lower.contains(word));
        (!volatile).then(|| Validator::of(&self.snapshots, uri, ""))
    }
}

fn unknown(name: &str) -> Problem {
    let name: String = name.chars().take(200).collect();
    Problem::new(
        Kind::BadSql,
        format!(
            "no resource is called `{name}`: name it in double quotes by its identifier, or as \"dataset/resource\" with both slugs"
        ),
    )
}

/// The resource that a name means: an identifier, `dataset/resource`, or a dataset with one table.
async fn find(state: &State, name: &str) -> Result<Option<Target>, Problem> {
    let found = |target: Result<Target, Problem>| match target {
        Ok(target) => Ok(Some(target)),
        Err(problem) if problem.kind() == Kind::NotFound => Ok(None),
        Err(problem) => Err(problem),
    };
    if uuid::Uuid::try_parse(name).is_ok() {
        return found(Target::current(state, name).await);
    }
    let (dataset, title) = name.split_once('/').map_or((name, None), |(dataset, title)| (dataset, Some(title)));
    if !catalog::slug::is_slug(dataset) {
        return Ok(None);
    }
    let Some(detail) = state.platform.records.dataset_detail(dataset).await? else { return Ok(None) };
    let mut tables = detail.resources.iter().filter(|resource| resource.version.table.is_some());
    let resource = match title {
        Some(title) => tables.find(|resource| catalog::slug::slugify(&resource.resource.title) == title),
        None => tables.next().filter(|_| tables.next().is_none()),
    };
    match resource {
        Some(resource) => found(Target::current(state, &resource.resource.id.to_string()).await),
        None => Ok(None),
    }
}
