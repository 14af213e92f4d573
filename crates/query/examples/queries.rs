//! Times the queries that people ask most, each with other literals at every round.
//!
//! `cargo run --release -p query --example queries -- FOLDER [ROUNDS]`: FOLDER holds a snapshot's table whose columns
//! are those of a file of subsidies (`nomAttribuant`, `montant`, `nature`, `objet`, `dateConvention`,
//! `rnaBeneficiaire`, `idBeneficiaire`).
#![allow(clippy::print_stdout, reason = "it is what the program is for")]

use std::{path::PathBuf, sync::Arc, time::Instant};

use futures::TryStreamExt;
use query::{
    Engine, EngineLimits, Error, Result, Table,
    encode::{self, Format},
    model::{Aggregate, AggregateFunction, Comparison, Filter, Page, Query, Sort},
};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let rounds: u64 = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(20);
    let engine = Engine::new(EngineLimits::default());
    let start = Instant::now();
    let table = engine.open(&folder).await?;
    println!("{:<28}{:>10.2} ms", "open", start.elapsed().as_secs_f64() * 1e3);
    let bench = Bench { engine, table, rounds };
    let rows = bench.table.profile().rows;
    bench.time("page", |round| page(round * 20 % rows)).await?;
    bench.time("deep page", |round| page(rows * 9 / 10 + round * 20)).await?;
    bench.time("filter + sort", filter_and_sort).await?;
    bench.time("contains, exact total", contains).await?;
    bench.time("group by", group_by).await?;
    bench
        .time("look-up, unique code", |round| equal("rnaBeneficiaire", &format!("W{:09}", round * 7_919 % rows)))
        .await?;
    let known = bench.some_codes("idBeneficiaire").await?;
    let code = |round: u64| known[usize::try_from(round).unwrap_or(0) % known.len()].clone();
    bench.time("look-up, repeated code", |round| equal("idBeneficiaire", &code(round))).await?;
    bench.export(Format::Csv).await?;
    bench.export(Format::Ndjson).await?;
    bench.export(Format::Parquet).await
}

struct Bench {
    engine: Engine,
    table: Arc<Table>,
    rounds: u64,
}

impl Bench {
    /// Median and worst time of a query, the first round left out.
    async fn time(&self, name: &str, query: impl Fn(u64) -> Query) -> Result<()> {
        let (mut times, mut total) = (Vec::new(), 0);
        for round in 0..=self.rounds {
            let query = query(round);
            let start = Instant::now();
            total = self.engine.answer(&self.table, &query).await?.total;
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let first = times.remove(0);
        times.sort_by(f64::total_cmp);
        let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
        println!("{name:<28}{median:>10.2} ms   worst {worst:>8.2}   first {first:>8.2}   total {total}");
        Ok(())
    }

    async fn export(&self, format: Format) -> Result<()> {
        let start = Instant::now();
        let rows = self.engine.stream(&self.table, &Query::default()).await?;
        let chunks = encode::encode(rows, format, self.table.profile());
        let bytes = chunks.try_fold(0, |sum, chunk| std::future::ready(Ok(sum + chunk.len()))).await?;
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{:<28}{:>10.0} ms   {:.0} MB",
            format!("export {}", format.extension()),
            seconds * 1e3,
            bytes as f64 / 1e6
        );
        Ok(())
    }

    async fn some_codes(&self, field: &str) -> Result<Vec<String>> {
        let query = Query { group_by: vec![field.to_owned()], page: first(500), ..Query::default() };
        let answer = self.engine.answer(&self.table, &query).await?;
        let mut json = vec![b'['];
        answer.batches.iter().take(1).try_for_each(|batch| encode::json::write_rows(batch, &mut json))?;
        json.push(b']');
        let rows: Vec<serde_json::Value> =
            serde_json::from_slice(&json).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(rows.iter().filter_map(|row| row[field].as_str().map(str::to_owned)).collect())
    }
}

fn first(limit: u64) -> Page {
    Page { offset: 0, limit: Some(limit), after: None }
}

fn page(offset: u64) -> Query {
    Query { page: Page { offset, limit: Some(20), after: None }, ..Query::default() }
}

fn filtered(filter: Filter) -> Query {
    Query { filter: Some(filter), page: first(20), ..Query::default() }
}

fn filter_and_sort(round: u64) -> Query {
    let value = (1_000 + round * 37).to_string();
    let filter = Filter::Compare { field: "montant".into(), op: Comparison::Greater, value };
    Query { sort: vec![Sort { field: "dateConvention".into(), descending: true }], ..filtered(filter) }
}

fn contains(round: u64) -> Query {
    filtered(Filter::Contains { field: "objet".into(), value: format!("N° {}", 1_000 + round) })
}

fn group_by(round: u64) -> Query {
    let filter = Filter::Compare { field: "montant".into(), op: Comparison::Greater, value: (round * 11).to_string() };
    let sum =
        Aggregate { function: AggregateFunction::Sum, field: Some("montant".into()), name: "montant__sum".into() };
    Query { group_by: vec!["nomAttribuant".into()], aggregates: vec![sum], ..filtered(filter) }
}

fn equal(field: &str, value: &str) -> Query {
    filtered(Filter::Compare { field: field.into(), op: Comparison::Equal, value: value.into() })
}
