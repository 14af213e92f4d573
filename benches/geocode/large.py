"""A larger country without addok: import, memory, times in the process. large.py COUNTRY.ndjson FOLDER"""
import json
import os
import pathlib
import shutil
import subprocess
import sys

import cases
import cocagne
import speed

# What is timed in the process: a full address, its usual mistakes, and everything typed so far.
TIMED = {"full", "one edit", "by ear", "no postcode", "near, no town", "town"}


def index_of(data):
    return next(pathlib.Path(data, "addresses").glob("*.index"))


def print_latency(data, sample, count=1500):
    asked = [case for case in cases.synthetic(sample, 4, count) if case["set"] in TIMED or case["set"].startswith("prefix")]
    example = pathlib.Path(os.environ["COCAGNE_EXAMPLES"], "measure")
    lines = "".join(json.dumps(case) + "\n" for case in asked)
    output = subprocess.run([example, "latency", index_of(data)], input=lines, capture_output=True, check=True, text=True).stdout
    print("| searches | median | mean | 95 of 100 | 99 of 100 | slowest |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for line in map(json.loads, output.splitlines()):
        times = " | ".join(f"{line[key] / 1000:.3f} ms" for key in ("median_us", "mean_us", "p95_us", "p99_us", "most_us"))
        print(f"| {line['set']} | {times} |")


def main():
    country, data = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    shutil.rmtree(data, ignore_errors=True)
    seconds, peak = cocagne.load(country, data)
    sample = cases.Country(country, 2026)
    status = subprocess.run([cocagne.BINARY, "addresses", "status", "--format", "json", "--data", str(data)], check=True, capture_output=True)
    numbers = json.loads(status.stdout)["numbers"]
    with cocagne.Server(data) as server:
        start = cocagne.resident_by_kind(server.pid)
        rates = speed.rates(server, sample, 5, connections=(16,))
        after = cocagne.resident_by_kind(server.pid)
    print(f"\n## {numbers:,} synthetic house numbers, Cocagne alone\n")
    print("| | |\n| --- | ---: |")
    print(f"| file, MB | {country.stat().st_size / 1e6:,.0f} |")
    print(f"| import, seconds (house numbers a second) | {seconds:.1f} ({numbers / seconds:,.0f}) |")
    print(f"| import, peak memory, MB | {peak / 1e6:,.0f} |")
    print(f"| index, MB (bytes a house number) | {cocagne.index_bytes(data) / 1e6:,.0f} ({cocagne.index_bytes(data) / numbers:.0f}) |")
    for when, (own, mapped) in (("at start", start), ("after the requests below", after)):
        print(f"| resident {when}, MB: the program's own, pages of mapped files | {own / 1e6:,.0f}, {mapped / 1e6:,.0f} |")
    for (kind, connections), (rate, latency, errors) in rates.items():
        print(f"| {kind}, {connections} connections: requests a second (median) | {rate:,.0f} ({latency:.2f} ms){f', {errors} errors' if errors else ''} |")
    print("\n### In the process, one core\n")
    print_latency(data, sample)


if __name__ == "__main__":
    main()
