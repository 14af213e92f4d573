"""Beside Frictionless: the same files and schemas, the same errors.

Each pair is given to both; what each says is compared as a set of (code, row, field). A difference must be told in
`DIFFERENCES` with its reason; one that isn't told fails, and so does a reason that explains nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from frictionless import Checklist, Dialect, Resource, Schema
from frictionless.formats import CsvControl

from conftest import DATA, ROOT
from corpus import CASES
from program import Installation

EXAMPLES = DATA / "schemas" / "examples"
SCHEMAS = ROOT / "schemas"

# What is published beside the schemas: the file, the schema, and its delimiter.
PUBLISHED = [
    ("arbre/exemple-valide.csv", "NaturalSolutions/schema-arbre/0.2.0/schema.json", ";"),
    ("irve/exemple-valide-statique.csv", "etalab/schema-irve-statique/2.3.0/schema-statique.json", ","),
    ("irve/exemple-valide-statique.csv", "etalab/schema-irve-statique/2.3.1/schema-statique.json", ","),
    ("irve/exemple-valide-dynamique.csv", "etalab/schema-irve-dynamique/2.3.0/schema-dynamique.json", ","),
    ("lieux-covoiturage/exemple-valide.csv", "etalab/schema-lieux-covoiturage/0.2.0/schema.json", ","),
    ("lieux-covoiturage/exemple-invalide.csv", "etalab/schema-lieux-covoiturage/0.2.0/schema.json", ","),
    ("lieux-covoiturage/exemple-valide.csv", "etalab/schema-lieux-covoiturage/0.3.1/schema.json", ","),
    ("stationnement/exemple-valide.csv", "etalab/schema-stationnement/0.1.5/schema.json", ","),
    ("stationnement/exemple-invalide.csv", "etalab/schema-stationnement/0.1.5/schema.json", ","),
]


@dataclass(frozen=True)
class Difference:
    """Why one says what the other doesn't."""

    case: str
    # "frictionless" or "cocagne": who says it.
    by: str
    code: str
    reason: str
    # None: whatever the row.
    rows: tuple[int, ...] | None = None

    def explains(self, case: str, by: str, error: tuple) -> bool:
        code, row, _ = error
        same = (self.case, self.by, self.code) == (case, by, code)
        return same and (self.rows is None or row in self.rows)


CUSTOM = "Frictionless doesn't know the `custom_checks` of French schemas, so it doesn't run them."

DIFFERENCES = [
    Difference("extra-label", "frictionless", "extra-label", "The same error: Frictionless names no field for a column that is none."),
    Difference("extra-label", "cocagne", "extra-label", "The same error: the column is named by its label."),
    Difference("integer-group", "frictionless", "type-error", "Version 2 of the specification gives integers a `groupChar`, which Frictionless ignores.", (2,)),
    Difference("lieux-covoiturage/exemple-valide.csv etalab/schema-lieux-covoiturage/0.3.1/schema.json", "cocagne", "opening-hours-value", CUSTOM),
    Difference("stationnement/exemple-invalide.csv etalab/schema-stationnement/0.1.5/schema.json", "cocagne", "french-siret-value", CUSTOM),
]

# The parts of a descriptor that ask something of the data.
RULES = {"fields", "missingValues", "primaryKey", "foreignKeys", "uniqueKeys", "fieldsMatch"}


def frictionless_errors(path: Path, schema: Path | dict, delimiter: str) -> set[tuple]:
    descriptor = json.loads(schema.read_text("utf-8-sig")) if isinstance(schema, Path) else schema
    # Frictionless refuses a schema whose name has a space; what it says about itself asks nothing of the data.
    descriptor = {name: value for name, value in descriptor.items() if name in RULES}
    dialect = Dialect(controls=[CsvControl(delimiter=delimiter)])
    resource = Resource(path=path.name, basepath=str(path.parent), schema=Schema.from_descriptor(descriptor),
                        dialect=dialect, format="csv", encoding="utf-8-sig")
    report = resource.validate(Checklist(), limit_errors=100_000)
    errors = report.flatten(["type", "rowNumber", "fieldName"])
    return {(code, row, field or None) for code, row, field in errors}


def cocagne_errors(installation: Installation, path: Path, schema: Path) -> set[tuple]:
    outcome = installation.run("check", path, "--schema", schema, "--format", "json", "--max-errors", "100000")
    assert outcome.code in (0, 1), outcome.stderr
    report = outcome.json
    assert "fault" not in report, report
    assert report["errorCount"] == len(report["errors"])
    assert outcome.code == (0 if report["valid"] else 1) and report["valid"] == (not report["errors"])
    return {_comparable(error) for error in report["errors"]}


HEADER = {"blank-header", "blank-label", "duplicate-label", "incorrect-label", "extra-label", "missing-label"}


def _comparable(error: dict) -> tuple:
    """Frictionless gives no row to what is wrong with the header."""
    return (error["code"], None if error["code"] in HEADER else error["row"], error["field"])


def compare(case: str, theirs: set[tuple], ours: set[tuple]) -> list[str]:
    unexplained = []
    for by, errors in (("frictionless", theirs - ours), ("cocagne", ours - theirs)):
        for error in sorted(errors, key=str):
            if not any(difference.explains(case, by, error) for difference in DIFFERENCES):
                unexplained.append(f"{case}: only {by} says {error}")
    return unexplained


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_generated_files(case, tmp_path, installation_without_organization):
    table, schema = tmp_path / "table.csv", tmp_path / "schema.json"
    table.write_text(case.table, encoding="utf-8")
    schema.write_text(json.dumps(case.schema), encoding="utf-8")

    theirs = frictionless_errors(table, case.schema, ",")
    ours = cocagne_errors(installation_without_organization, table, schema)

    assert not (differences := compare(case.name, theirs, ours)), "\n".join(differences)


@pytest.mark.parametrize("file, schema, delimiter", PUBLISHED, ids=lambda value: str(value))
def test_published_examples(file, schema, delimiter, installation_without_organization):
    theirs = frictionless_errors(EXAMPLES / file, SCHEMAS / schema, delimiter)
    ours = cocagne_errors(installation_without_organization, EXAMPLES / file, SCHEMAS / schema)

    case = f"{file} {schema}"
    assert not (differences := compare(case, theirs, ours)), "\n".join(differences)


def test_every_reason_explains_a_difference(tmp_path, installation_without_organization):
    """A reason outlives its difference when one of the two changes: it must go then."""
    pairs = {}
    for case in CASES:
        folder = tmp_path / case.name
        folder.mkdir()
        (folder / "table.csv").write_text(case.table, encoding="utf-8")
        (folder / "schema.json").write_text(json.dumps(case.schema), encoding="utf-8")
        pairs[case.name] = (folder / "table.csv", folder / "schema.json", ",")
    for file, schema, delimiter in PUBLISHED:
        pairs[f"{file} {schema}"] = (EXAMPLES / file, SCHEMAS / schema, delimiter)

    idle = []
    for difference in DIFFERENCES:
        table, schema, delimiter = pairs[difference.case]
        theirs = frictionless_errors(table, schema, delimiter)
        ours = cocagne_errors(installation_without_organization, table, schema)
        said = theirs - ours if difference.by == "frictionless" else ours - theirs
        if not any(difference.explains(difference.case, difference.by, error) for error in said):
            idle.append(difference)

    assert not idle, "\n".join(map(str, idle))


@pytest.fixture
def installation_without_organization(tmp_path) -> Installation:
    """Where the commands run; checking needs nothing else."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Installation(folder)
