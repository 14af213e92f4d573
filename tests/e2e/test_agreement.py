"""Every real file publishes, and its rows, types and sums are those of an independent reading."""

import datetime
import io
import math
import re
from dataclasses import dataclass
from pathlib import Path

import independent
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
import pytest
import requests
from conftest import DATA, DEMO, ROOT, new_installation
from independent import Table, blank, day, leading_zero, number

# Real towns' files that aren't part of the project stand beside a checkout where there are any.
BESIDE = ROOT.parent / "shared" / "data" / "datasets"
FOLDERS = [folder for folder in (DATA, DEMO, BESIDE) if folder.is_dir()]
# Examples of schemas are there to be checked, some of them are wrong on purpose.
APART = DATA / "schemas"
FILES = sorted(
    {
        path.name: path
        for folder in FOLDERS
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "README.md" and APART not in path.parents
    }.values()
)
FILES += sorted(path for path in BESIDE.rglob("*.txt")) if BESIDE.is_dir() else []

# Share of a column's cells that may not fit its type.
STRAY = 0.02
# Formats that hold a document and no table: kept as they are.
DOCUMENTS = {"LEIEvent.xml", "castelnaudary-2016-248.txt"}
# One column that holds lines of a CSV: whether it is cut is the reader's choice, so only rows are counted.
COUNT_ONLY = {"VilleMTP_MTP_Elections.ods"}


@dataclass
class Portal:
    installation: object
    url: str


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    installation = new_installation(tmp_path_factory.mktemp("agreement") / "data")
    with installation.serve() as url:
        yield Portal(installation, url)


def label(path: Path) -> str:
    return "/".join(path.parts[-2:])


@pytest.mark.parametrize("path", FILES, ids=label)
def test_rows_types_and_sums_agree(running, path):
    answer = running.installation.publish(path, "--organization", "bram", "--title", label(path), timeout=600)
    resources = answer["resources"]
    assert resources
    if path.name in DOCUMENTS:
        return
    expected = independent.tables(path)
    assert expected, "the independent reading finds tables"
    faults = []
    for table, resource in pairs(expected, resources):
        faults += [f"{resource['title']}: {fault}" for fault in differences(running.url, path, table, resource)]
    assert not faults, "\n".join(faults)


def pairs(expected: list[Table], resources: list[dict]):
    """Puts each table beside its resource; sheets of prose may be read in more than one way, and are left out."""
    tables = [table for table in expected if not is_prose(table)]
    assert len(resources) >= len(tables), [resource["title"] for resource in resources]
    if len(expected) == len(resources):
        return [(table, resource) for table, resource in zip(expected, resources) if not is_prose(table)]
    found = []
    for table in tables:
        named = [resource for resource in resources if table.name in resource["title"]]
        sized = [resource for resource in resources if resource["rows"] == len(table.rows)]
        assert named or sized, f"{table.name}: {len(table.rows)} rows; got {[(r['title'], r['rows']) for r in resources]}"
        found.append((table, (named or sized)[0]))
    return found


def is_prose(table: Table) -> bool:
    """Sheets of notes: fewer than two columns have a name."""
    return not table.located and bool(table.header) and sum(name != "" for name in table.header) < 2


def differences(url: str, path: Path, table: Table, resource: dict) -> list[str]:
    if resource["rows"] != len(table.rows):
        return [f"{resource['rows']} rows, {len(table.rows)} expected"]
    if path.name in COUNT_ONLY or not table.header:
        return []
    content = requests.get(f"{url}/api/v1/resources/{resource['id']}/export.parquet", timeout=600)
    assert content.status_code == 200, content.text
    typed = pyarrow.parquet.read_table(io.BytesIO(content.content))
    columns = [column for column in resource["columns"] if column["type"] != "geometry"]
    faults = []
    for index, column in matched(table.header, columns):
        cells = table.column(index)
        fault = COMPARE[column["type"]](cells, typed.column(column["name"]), column)
        if fault:
            faults.append(f"{column['name']} ({column['type']}): {fault}")
    return faults


def matched(header: list[str], columns: list[dict]) -> list[tuple[int, dict]]:
    """Columns by place when there are as many, else by name; columns without name or value may be dropped."""
    if len(header) == len(columns):
        return list(enumerate(columns))
    exact = [(header.index(column["name"]), column) for column in columns if header.count(column["name"]) == 1]
    if len(exact) >= 0.8 * len(columns):
        return exact
    plain = [squeezed(name) for name in header]
    found = [(plain.index(squeezed(column["name"])), column) for column in columns if squeezed(column["name"]) in plain]
    named = sum(1 for name in header if name)
    assert len(found) >= 0.8 * min(named, len(columns)), f"{[c['name'] for c in columns]} for {header}"
    return found


def squeezed(name: str) -> str:
    return re.sub(r"\W+", "", name).lower()


# --- a column of each type -----------------------------------------------------------------------------------------


def kept(cells: list) -> list:
    return [cell for cell in cells if not blank(cell)]


def too_many(strays: list, cells: list) -> str | None:
    # Words for "nothing" that files use aren't values.
    strays = [cell for cell in strays if str(cell).strip().lower() not in NOTHING]
    most = max(1, math.ceil(STRAY * len(cells))) if len(cells) >= 20 else STRAY * len(cells)
    return f"{len(strays)} of {len(cells)} cells don't fit: {strays[:3]}" if len(strays) > most else None


NOTHING = {"", "-", "--", "n/a", "na", "nd", "n.d.", "nc", "n.c.", "null", "none", "nan", "#n/a", "s", "ns", "n.s."}


def numbers(cells: list, typed: pa.ChunkedArray, column: dict) -> str | None:
    present = kept(cells)
    values = [number(cell) for cell in present]
    fault = too_many([cell for cell, value in zip(present, values) if value is None], present)
    if fault:
        return fault
    if column["type"] == "integer" and any(leading_zero(cell) for cell in present):
        return "a leading zero was lost"
    read = [value for value in values if value is not None]
    got = len(typed) - typed.null_count
    if got != len(read):
        return f"{got} values, {len(read)} expected"
    total = pc.sum(pc.cast(typed, pa.float64())).as_py() or 0.0
    expected = math.fsum(read)
    return None if math.isclose(total, expected, rel_tol=1e-9, abs_tol=1e-6) else f"sum {total}, {expected} expected"


def days(cells: list, typed: pa.ChunkedArray, column: dict) -> str | None:
    present = kept(cells)
    values = [day(cell) for cell in present]
    fault = too_many([cell for cell, value in zip(present, values) if value is None], present)
    if fault:
        return fault
    got = typed.drop_null().to_pylist()
    got = [value.date() if isinstance(value, datetime.datetime) else value for value in got]
    read = [value for value in values if value is not None]
    if len(got) != len(read):
        return f"{len(got)} values, {len(read)} expected"
    return None if sorted(got) == sorted(read) else f"{sorted(got)[:2]}…, {sorted(read)[:2]}… expected"


def texts(cells: list, typed: pa.ChunkedArray, column: dict) -> str | None:
    present = [cell for cell in kept(cells) if str(cell).strip().lower() not in NOTHING]
    got = len(typed) - typed.null_count
    if not len(present) <= got <= len(kept(cells)):
        return f"{got} values, {len(present)} expected"
    plain = [cell for cell in present if number(cell) is not None and not leading_zero(cell)]
    if present and len(plain) == len(present) and column["meaning"] is None and max(len(str(cell)) for cell in plain) < 16:
        return f"all cells are numbers: {plain[:3]}"
    if present and all(isinstance(cell, str) for cell in present):
        got_texts = {" ".join(value.split()) for value in typed.drop_null().to_pylist()}
        lost = {" ".join(cell.split()) for cell in present} - got_texts
        if lost and not any("\ufffd" in text for text in lost):
            return f"texts were changed: {sorted(lost)[:2]}"
    return None


def presence(cells: list, typed: pa.ChunkedArray, column: dict) -> str | None:
    present = [cell for cell in kept(cells) if str(cell).strip().lower() not in NOTHING]
    got = len(typed) - typed.null_count
    most = math.ceil(STRAY * len(present))
    return None if len(present) - most <= got <= len(kept(cells)) else f"{got} values, {len(present)} expected"


COMPARE = {
    "integer": numbers,
    "number": numbers,
    "year": numbers,
    "date": days,
    "datetime": days,
    "time": presence,
    "boolean": presence,
    "text": texts,
}
