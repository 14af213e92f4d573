"""DuckDB in process on the Parquet file that it writes itself: the engine's own time, without any HTTP."""
import statistics
import tempfile
import time

import duckdb

from .queries import QUERIES, parameters


def statement(query, values):
    match query:
        case "page" | "deep_page":
            return f"from t limit 20 offset {values['offset']}"
        case "filter_sort":
            return f"from t where montant > {values['montant']} order by montant desc limit 20"
        case "contains":
            like = f"objet ilike '%{values['text']}%'"
            return f"select *, (select count(*) from t where {like}) from t where {like} limit 20"
        case "group_by":
            return f"select nature, sum(montant), count(*) from t where montant > {values['montant']} group by nature"
        case "look_up":
            return f"from t where referenceDecision = '{values['reference']}'"
        case "export":
            return "copy (from t) to '/dev/null' (format csv)"


def measure(source, runs=20):
    """Median milliseconds a query."""
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect()
        # A decimal comma is read as Cocagne reads it, so that both compare the same numbers.
        amount = "try_cast(replace(montant, ',', '.') as double)"
        rows = f"select * replace ({amount} as montant) from read_csv('{source}', all_varchar = true)"
        connection.sql(f"copy ({rows}) to '{folder}/t.parquet' (format parquet, compression zstd)")
        connection.sql(f"create view t as from '{folder}/t.parquet'")
        return {query: median_ms(connection, query, source, 3 if query == "export" else runs) for query in QUERIES}


def median_ms(connection, query, source, runs):
    times = []
    for values in parameters(query, source, runs):
        start = time.perf_counter()
        connection.execute(statement(query, values)).fetchall()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)
