"""What the crate `tableschema` is held to, asked of Frictionless: the same cells and tables, the same codes, rows and
columns, but for the differences that the data names with their reasons. The crate's own tests read the same files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from frictionless import Dialect, Schema
from frictionless.exception import FrictionlessException
from frictionless.resources import TableResource

CONFORMANCE = Path(__file__).resolve().parents[2] / "crates" / "tableschema" / "tests" / "conformance"
CELLS = json.loads((CONFORMANCE / "cells.json").read_text(encoding="utf-8"))
TABLES = json.loads((CONFORMANCE / "tables.json").read_text(encoding="utf-8"))
VERSION_2 = "https://datapackage.org/profiles/2.0/tableschema.json"


def outcome_of_cell(schema: Schema, cell: str) -> str:
    notes = schema.fields[0].read_cell(cell)[1]
    if not notes:
        return "valid"
    return "type-error" if "type" in notes else "constraint-error"


@pytest.mark.parametrize("case", CELLS, ids=lambda case: case["about"])
def test_cells_are_for_frictionless_what_the_data_says(case, record_property):
    if case["field"].get("format") == "wkt":
        pytest.importorskip("tatsu", reason="Frictionless reads WKT with an optional library")
    descriptor = {"$schema": VERSION_2, "fields": [case["field"]]}
    if reason := case.get("refused_by_frictionless"):
        record_property("difference", reason)
        with pytest.raises(FrictionlessException):
            Schema.from_descriptor(descriptor)
        return
    schema = Schema.from_descriptor(descriptor)
    expected = {cell: "valid" for cell in case["valid"]} | case["invalid"]
    for cell, difference in case.get("differs", {}).items():
        assert difference["why"] and difference["here"] != difference["frictionless"]
        record_property("difference", f"{cell!r}: {difference['why']}")
        expected[cell] = difference["frictionless"]
    assert {cell: outcome_of_cell(schema, cell) for cell in expected} == expected


def errors_of_table(case, folder: Path) -> list:
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        if case["header"]:
            csv.writer(file).writerows([case["header"], *case["rows"]])
    schema = Schema.from_descriptor({"$schema": VERSION_2, **case["schema"]})
    resource = TableResource(path=path.name, basepath=str(folder), schema=schema, dialect=Dialect(header_rows=[1]))
    report = resource.validate()
    errors = []
    for error in report.tasks[0].errors if report.tasks else report.errors:
        error = error.to_descriptor()
        rows = error.get("rowNumbers") or [None]
        errors.append([error["type"], error.get("rowNumber", rows[0]), error.get("fieldNumber")])
    return sorted(errors, key=str)


@pytest.mark.parametrize("case", TABLES, ids=lambda case: case["about"])
def test_tables_are_for_frictionless_what_the_data_says(case, tmp_path, record_property):
    expected = case.get("frictionless", case["errors"])
    if "frictionless" in case:
        assert case["why"]
        record_property("difference", case["why"])
    assert errors_of_table(case, tmp_path) == sorted(expected, key=str)
