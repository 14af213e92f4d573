"""Validating beside Frictionless: validate.py FILE.csv [RUNS]

Both check the file against the SCDL schema that ships. Cocagne does more: the schema's custom checks (SIRET), personal
data, and which repairs are possible. `scan` only reads the file, in the same reader: the floor under any check.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
SCHEMA = ROOT / "schemas/scdl/subventions/2.1.1/schema.json"
BINARY = os.environ["COCAGNE_BIN"]
SCAN = os.environ["COCAGNE_SCAN"]
MOST_ERRORS = 1_000_000

# What the schema asks of the data; the rest of the descriptor is for people.
FRICTIONLESS = """
import json, sys
from frictionless import Checklist, Resource, Schema, system
system.trusted = True
schema, source = sys.argv[1:]
descriptor = {name: value for name, value in json.load(open(schema)).items() if name in ("fields", "missingValues")}
resource = Resource(path=source, schema=Schema.from_descriptor(descriptor))
print(resource.validate(Checklist(), limit_errors=%d).stats["errors"])
""" % MOST_ERRORS


def cocagne(source, report):
    command = [BINARY, "check", str(source), "--schema", str(SCHEMA), "--format", "json"]
    # Exit 1 says that the data is not valid, which it isn't.
    spent = timed(command, report, (0, 1))
    return *spent, json.loads(pathlib.Path(report).read_text())["errorCount"]


def frictionless(source, report):
    spent = timed([sys.executable, "-c", FRICTIONLESS, str(SCHEMA), str(source)], report, (0,))
    return *spent, int(pathlib.Path(report).read_text())


def scan(source, report):
    return *timed([SCAN, str(source)], report, (0,)), 0


def timed(command, report, codes):
    """Runs a command to its end, its answer in a file; gives (seconds, the processor's seconds, peak resident bytes)."""
    start = time.perf_counter()
    with open(report, "w") as out:
        child = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in codes:
        raise RuntimeError(f"{command[0]} ended with {child.returncode}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    source, runs = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with open(source, "rb") as file:
        rows = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1
    results = {contender.__name__: [] for contender in (cocagne, scan, frictionless)}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs):
            for contender in (cocagne, scan, frictionless):
                if contender is frictionless and run > 0:
                    continue  # it takes seconds for each hundred thousand rows: once shows the order of magnitude
                results[contender.__name__].append(contender(source, os.path.join(folder, "report")))
    print(f"\nValidating {source.name} ({rows:,} rows, {source.stat().st_size / 1e6:.0f} MB), median of {runs}\n")
    print("| | seconds | processor, s | rows a second | peak memory, MB | errors found | rows a second against Frictionless |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    slow = statistics.median(result[0] for result in results["frictionless"])
    for name, measured in results.items():
        seconds, processor, memory, errors = (statistics.median(column) for column in zip(*measured))
        found = "" if name == "scan" else f"{errors:,.0f}"
        print(f"| {name} | {seconds:.2f} | {processor:.2f} | {rows / seconds:,.0f} | {memory / 1e6:.0f} | {found} | {slow / seconds:.1f} |")


if __name__ == "__main__":
    main()
