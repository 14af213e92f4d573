"""Seven queries over HTTP at 1 and 16 connections: serve.py FILE.csv [SECONDS]

Requests carry distinct parameters, so no cache answers twice. wrk drives the servers; DuckDB answers in its process.
"""
import pathlib
import sys
import tempfile

import measure
from load import drive
from peers import cocagne, datasette, duckdb, roapi
from peers.queries import QUERIES, parameters

def measure_server(peer, source, seconds):
    rows = {}
    with tempfile.TemporaryDirectory() as folder, peer.Server(source, folder) as server:
        for query in QUERIES:
            requests = [server.request(query, values) for values in parameters(query, source, 2000)]
            for connections in (1, 16):
                rows[query, connections] = drive(server.base, requests, connections, seconds)
                print(peer.NAME, query, connections, *(f"{value:.2f}" for value in rows[query, connections]), file=sys.stderr)
        memory = measure.resident(server.pid)
    return rows, memory


def main():
    source, seconds = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    results = {peer.NAME: measure_server(peer, source, seconds) for peer in (cocagne, datasette, roapi)}
    alone = duckdb.measure(source)
    print(f"\nServing {source.name}: requests a second (median latency), {seconds} s each\n")
    print("| query | connections | Cocagne | Datasette | ROAPI | Cocagne against the better | DuckDB in process |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for query in QUERIES:
        for connections in (1, 16):
            cells, rates = [], {}
            for name, (rows, _) in results.items():
                rate, latency, errors = rows[query, connections]
                rates[name] = 0 if errors else rate
                cells.append(f"{errors} errors" if errors else f"{rate:.1f} ({latency:.1f} ms)")
            best = max(rate for name, rate in rates.items() if name != "Cocagne")
            ratio = f"{rates['Cocagne'] / best:.1f}" if best else "—"
            single = f"{alone[query]:.1f} ms" if connections == 1 else ""
            print(f"| {query} | {connections} | {' | '.join(cells)} | {ratio} | {single} |")
    print("\nResident memory after the run: " + ", ".join(f"{n} {m / 1e6:.0f} MB" for n, (_, m) in results.items()))


if __name__ == "__main__":
    main()
