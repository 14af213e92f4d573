"""Fits the calibration of scores: fit.py FOLDER [NUMBERS] [CASES]; writes crates/geocoder/data/calibration.json.

The country and the queries are of other seeds than those that the tables are measured on, and the real queries take no part.
"""
import json
import os
import pathlib
import subprocess
import sys

import ask
import cases

ROOT = pathlib.Path(__file__).parents[2]
EXAMPLES = pathlib.Path(os.environ["COCAGNE_EXAMPLES"])
SEED = 1515


def example(name, *words, given=None):
    return subprocess.run([EXAMPLES / name, *map(str, words)], input=given, check=True, stdout=subprocess.PIPE, text=True).stdout


def answers(index, asked):
    """(judged, signals of the first answer) of each case, from the index in an example's process."""
    lines = example("measure", "answers", index, given="".join(json.dumps(case) + "\n" for case in asked)).splitlines()
    for case, line in zip(asked, map(json.loads, lines), strict=True):
        yield ask.judge(case, line), line["signals"]


def main():
    folder = pathlib.Path(sys.argv[1])
    numbers, count = (int(word) for word in [*sys.argv[2:4], 1_000_000, 1000][:2]) if len(sys.argv) > 3 else (1_000_000, 1000)
    country, index = folder / f"fit_{numbers}.ndjson", folder / f"fit_{numbers}.index"
    if not country.exists():
        example("generate", numbers, "--seed", SEED, "--names", ROOT / "benches/geocode/street_names.tsv", "--output", country)
    example("measure", "build", index, country)
    asked = list(cases.synthetic(cases.Country(country, SEED), SEED, count))
    rows = [{"signals": signals, "right": judged.rank == 1} for judged, signals in answers(index, asked) if judged.score is not None]
    fitted = example("measure", "calibrate", given="".join(json.dumps(row) + "\n" for row in rows))
    (ROOT / "crates/geocoder/data/calibration.json").write_text(fitted)
    print(f"fitted on {len(rows)} answers to {len(asked)} queries, of which {sum(row['right'] for row in rows)} right", file=sys.stderr)


if __name__ == "__main__":
    main()
