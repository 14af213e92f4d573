"""Publishing beside a bare conversion: publish.py FILE.csv [RUNS]

Every contender takes the same CSV file. Cocagne does more than the others: it keeps and hashes the source, types each
column with its exceptions, profiles it, and writes the catalogue; the others convert.
"""
import os
import pathlib
import statistics
import sys
import tempfile

import measure

BINARY = os.environ["COCAGNE_BIN"]


def cocagne(source, folder):
    measure.process([BINARY, "organization", "add", "--name", "Bench", "--data", folder])
    command = [BINARY, "publish", str(source), "--title", "Bench", "--data", folder, "--licence", "lov2", "--yes"]
    seconds, memory = measure.process(command)
    return seconds, memory, measure.folder_bytes(folder) - source.stat().st_size


def duckdb(source, folder):
    # Typing these two columns would stop at the first bad cell, so they stay text.
    text = "types = {'montant': 'VARCHAR', 'dateConvention': 'VARCHAR'}"
    sql = f"COPY (FROM read_csv('{source}', {text})) TO '{folder}/table.parquet' (FORMAT parquet, COMPRESSION zstd)"
    seconds, memory = measure.process([sys.executable, "-c", f"import duckdb; duckdb.sql({sql!r})"])
    return seconds, memory, measure.folder_bytes(folder)


def sqlite_utils(source, folder):
    command = ["sqlite-utils", "insert", f"{folder}/bench.db", "subventions", str(source), "--csv"]
    seconds, memory = measure.process(command)
    return seconds, memory, measure.folder_bytes(folder)


def main():
    source, runs = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    results = {contender.__name__: [] for contender in (cocagne, duckdb, sqlite_utils)}
    for run in range(runs):
        for contender in (cocagne, duckdb, sqlite_utils):
            if contender is sqlite_utils and run > 0:
                continue  # more than a minute a run: once is enough to see the order of magnitude
            with tempfile.TemporaryDirectory() as folder:
                results[contender.__name__].append(contender(source, folder))
    print(f"\nPublishing {source.name} ({source.stat().st_size / 1e6:.0f} MB), median of {runs}\n")
    print("| | seconds | peak memory, MB | on disk beside the source, MB | time against Cocagne |")
    print("| --- | ---: | ---: | ---: | ---: |")
    own = statistics.median(result[0] for result in results["cocagne"])
    for name, measured in results.items():
        seconds, memory, size = (statistics.median(column) for column in zip(*measured))
        print(f"| {name} | {seconds:.2f} | {memory / 1e6:.0f} | {size / 1e6:.0f} | {seconds / own:.2f} |")


if __name__ == "__main__":
    main()
