"""Cocagne's geocoder beside addok on one synthetic country: run.py COUNTRY.ndjson FOLDER [CASES [SECONDS]]

Prints the tables in Markdown. What takes long (addok's import) is kept in FOLDER and not done again for the same country.
"""
import pathlib
import subprocess
import sys
import time

import addok
import ask
import cases
import cocagne
import large
import measure
import recall
import speed

HELD_OUT_SEED = 2026


def say(*words):
    print(time.strftime("%H:%M:%S"), *words, file=sys.stderr, flush=True)


def count_numbers(country):
    """House numbers of a country: each has an id within the object of its street."""
    with open(country, encoding="utf-8") as lines:
        return sum(max(0, line.count('"id":') - 1) for line in lines)


def measure_addok(country, sample, asked, folder, seconds, rows):
    measured = {}
    with addok.Redis(folder / "redis") as redis:
        measured["import"] = redis.load(country)
        with addok.Server(redis) as server:
            say("addok: recall")
            measured["judged"] = ask.ask(server, asked)
            say("addok: speed")
            measured["rates"] = speed.rates(server, sample, seconds)
            measured["rows"] = [speed.rows_a_second(server, sample, rows, uploads) for uploads in (1, 2)]
            measured["memory"] = server.memory()
        with addok.Server(redis, workers=4) as server:
            measured["rates_4"] = speed.rates(server, sample, seconds, connections=(16,))
    return measured


def measure_cocagne(country, sample, asked, folder, seconds, rows):
    measured = {}
    data = folder / "cocagne"
    subprocess.run(["rm", "-rf", str(data)], check=True)
    say("Cocagne: import")
    measured["import"] = cocagne.load(country, data)
    measured["index"] = cocagne.index_bytes(data)
    with cocagne.Server(data) as server:
        measured["start"] = cocagne.resident_by_kind(server.pid)
        say("Cocagne: recall")
        measured["judged"] = ask.ask(server, asked)
        say("Cocagne: speed")
        measured["rates"] = speed.rates(server, sample, seconds)
        measured["rows"] = [speed.rows_a_second(server, sample, rows * 20, uploads) for uploads in (1, 2)]
        measured["memory"] = server.memory()
        measured["kinds"] = cocagne.resident_by_kind(server.pid)
    return measured


def print_speed(ours, theirs, numbers):
    print("\n### Requests a second (median latency)\n")
    print("| request | connections | Cocagne | addok, 2 workers | addok, 4 workers | Cocagne against the better |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    cell = lambda rate, latency, errors: f"{rate:,.0f} ({latency:.2f} ms)" + (f", {errors} errors" if errors else "")
    for (kind, connections), measured in ours["rates"].items():
        two, four = theirs["rates"][kind, connections], theirs["rates_4"].get((kind, connections))
        best = max(each[0] for each in (two, four) if each)
        print(f"| {kind} | {connections} | {cell(*measured)} | {cell(*two)} | {cell(*four) if four else ''} | {measured[0] / best:.1f} |")
    print("\n### Files, import, memory\n")
    print("| | Cocagne | addok | ratio |\n| --- | ---: | ---: | ---: |")
    for turn, what in enumerate(("rows a second, one CSV file", "rows a second, two files at once")):
        (mine, mine_found), (other, other_found) = ours["rows"][turn], theirs["rows"][turn]
        print(f"| {what} (rows with an answer) | {mine:,.0f} ({100 * mine_found:.1f} %) | {other:,.0f} ({100 * other_found:.1f} %) | {mine / other:.1f} |")
    took = sum(theirs["import"].values())
    seconds, peak = ours["import"]
    print(f"| import, seconds | {seconds:.1f} | {took:.1f} | {took / seconds:.1f} |")
    print(f"| import, house numbers a second | {numbers / seconds:,.0f} | {numbers / took:,.0f} | |")
    print(f"| import, peak memory, MB | {peak / 1e6:.0f} | | |")
    print(f"| resident after the run, MB | {ours['memory'] / 1e6:.0f} | {theirs['memory'] / 1e6:.0f} | {theirs['memory'] / ours['memory']:.1f} |")
    own, mapped = ours["kinds"]
    print(f"| of which pages of mapped files, the rest at start, MB | {mapped / 1e6:.0f}, {ours['start'][0] / 1e6:.0f} | | |")
    print(f"| bytes a house number, all resident memory | {ours['memory'] / numbers:.0f} | {theirs['memory'] / numbers:.0f} | {theirs['memory'] / ours['memory']:.1f} |")
    print(f"| bytes a house number, the index file | {ours['index'] / numbers:.0f} | | {theirs['memory'] / ours['index']:.1f} |")


def main():
    country, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 400
    seconds = int(sys.argv[4]) if len(sys.argv) > 4 else 4
    folder.mkdir(parents=True, exist_ok=True)
    say("reading the country")
    sample, numbers = cases.Country(country, HELD_OUT_SEED), count_numbers(country)
    asked = [*cases.synthetic(sample, HELD_OUT_SEED, count), *cases.real()]
    theirs = measure_addok(country, sample, asked, folder, seconds, 5000)
    ours = measure_cocagne(country, sample, asked, folder, seconds, 5000)
    results = {"Cocagne": ours["judged"], "addok": theirs["judged"]}
    (folder / "failures.txt").write_text("\n".join(recall.failures(ours["judged"])))
    print(f"\n## Geocoding on a synthetic country of {numbers:,} house numbers, {len(sample.towns):,} communes\n")
    print("### Recall, in %\n")
    recall.print_recall(results)
    print("\n### Scores where nothing is right\n")
    recall.print_absent(results)
    print("\n### Calibration: what the score says and how often the first answer was right\n")
    recall.print_calibration(results)
    print_speed(ours, theirs, numbers)
    print("\n### In the process, one core\n")
    large.print_latency(folder / "cocagne", sample)


if __name__ == "__main__":
    main()
