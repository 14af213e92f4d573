"""Readings of the same files by Python's own libraries, to hold the program's against.

Nothing here knows how the program works: encodings are tried in turn, a delimiter is the character that cuts the most
lines alike, the header is the first row as wide as the table that holds words.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import shapefile
import xlrd

csv.field_size_limit(1 << 30)


@dataclass
class Table:
    """A table as read: `rows` hold texts, or the values that a format types itself."""

    name: str
    header: list[str]
    rows: list[list]
    # Whether each row came with a geometry.
    located: bool = False

    def column(self, index: int) -> list:
        return [row[index] if index < len(row) else None for row in self.rows]


def tables(path: Path) -> list[Table]:
    """The tables of a file, by its name's ending; empty for formats that hold no table."""
    name, content = path.name, path.read_bytes()
    if name.endswith(".gz"):
        name, content = name.removesuffix(".gz"), gzip.decompress(content)
    ending = name.rsplit(".", 1)[-1].lower()
    reader = READERS.get(ending)
    return reader(name, content) if reader else []


# --- grids of cells --------------------------------------------------------------------------------------------------


def from_grid(name: str, grid: list[list]) -> Table | None:
    """Finds the header in rows of cells, and drops what is blank."""
    grid = [row for row in grid if any(not blank(cell) for cell in row)]
    while len(grid) > 3 and is_grand_total(grid[-1]):
        grid.pop()
    if len(grid) < 2:
        return None
    widths = Counter(last_filled(row) for row in grid)
    usual = max(widths, key=lambda width: (widths[width], width))
    start = next((index for index, row in enumerate(grid[:40]) if is_header(row, usual)), 0)
    header = [text(cell) for cell in grid[start][: max(last_filled(row) for row in grid[start:])]]
    rows = grid[start + 1 :]
    return Table(name, header, rows[1:] if names_again(rows) or goes_on(header, rows[0]) else rows)


def is_grand_total(row: list) -> bool:
    """Whether a row sums up those above it: it says so, and holds but numbers beside."""
    label, *others = [cell for cell in row if not blank(cell)]
    named = re.fullmatch(r"(total|totaux)( général| généraux| résultat|)", text(label).strip().lower())
    return bool(named and others and all(number(cell) is not None for cell in others))


def goes_on(header: list[str], row: list) -> bool:
    """Whether a row of words names columns that the header left without a name: a header of two lines."""
    filled = [index for index, cell in enumerate(row) if not blank(cell)]
    words = all(number(row[index]) is None and len(text(row[index])) < 60 for index in filled)
    unnamed = sum(header[index] == "" for index in filled if index < len(header))
    return words and unnamed > 0 and len(filled) <= len(header) / 2


def names_again(rows: list[list]) -> bool:
    """Whether the first row says in words what columns of numbers are: a second header."""
    if len(rows) < 3:
        return False
    width = max(len(row) for row in rows)
    columns = [[row[index] for row in rows if index < len(row) and not blank(row[index])] for index in range(width)]
    numeric = [cells for cells in columns if len(cells) > 2 and all(number(cell) is not None for cell in cells[1:])]
    named = [cells for cells in numeric if number(cells[0]) is None]
    return len(numeric) >= 2 and len(named) == len(numeric)


def is_header(row: list, usual: int) -> bool:
    filled = [cell for cell in row if not blank(cell)]
    words = [cell for cell in filled if number(cell) is None]
    return last_filled(row) >= min(usual, 2) and len(filled) >= 0.5 * usual and len(words) >= 0.5 * len(filled)


def blank(cell) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip() == "")


def text(cell) -> str:
    return "" if cell is None else str(cell).strip()


def last_filled(row: list) -> int:
    return max((index + 1 for index, cell in enumerate(row) if not blank(cell)), default=0)


# --- formats -----------------------------------------------------------------------------------------------------------


def decode(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter(lines: list[str]) -> str:
    def alike(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in lines if line.strip())
        count, times = max(((c, t) for c, t in counts.items() if c > 0), key=lambda pair: pair[1], default=(0, 0))
        return times, count

    return max(";,\t|", key=alike)


def read_csv(name: str, content: bytes) -> list[Table]:
    decoded = decode(content)
    mark = delimiter(decoded.splitlines()[:200])
    table = from_grid(name, list(csv.reader(io.StringIO(decoded, newline=""), delimiter=mark)))
    return [table] if table else []


def read_xlsx(name: str, content: bytes) -> list[Table]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = [from_grid(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book.worksheets]
    return [table for table in found if table]


def read_xls(name: str, content: bytes) -> list[Table]:
    book = xlrd.open_workbook(file_contents=content)

    def value(cell):
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                return xlrd.xldate_as_datetime(cell.value, book.datemode)
            except (ValueError, OverflowError, xlrd.XLDateError):
                return cell.value
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR) else cell.value

    found = [from_grid(sheet.name, [[value(cell) for cell in sheet.row(index)] for index in range(sheet.nrows)]) for sheet in book.sheets()]
    return [table for table in found if table]


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def read_ods(name: str, content: bytes) -> list[Table]:
    document = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))
    found = []
    for sheet in document.iter(f"{TABLE}table"):
        grid = []
        for row in sheet.iter(f"{TABLE}table-row"):
            cells: list = []
            for cell in row:
                if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                    continue
                repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
                value = ods_value(cell)
                cells += [value] * (1 if value is None and repeated > 1000 else repeated)
            repeated = int(row.get(f"{TABLE}number-rows-repeated", "1"))
            grid += [cells] * (repeated if any(not blank(cell) for cell in cells) else 1)
        found.append(from_grid(sheet.get(f"{TABLE}name", ""), grid))
    return [table for table in found if table]


def ods_value(cell):
    kind = cell.get(f"{OFFICE}value-type")
    if kind in ("float", "currency", "percentage"):
        return float(cell.get(f"{OFFICE}value"))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    if kind == "date":
        return datetime.datetime.fromisoformat(cell.get(f"{OFFICE}date-value")[:19])
    paragraphs = ["".join(part.itertext()) for part in cell.findall(f"{TEXT}p")]
    return "\n".join(paragraphs) or None


def read_geojson(name: str, content: bytes) -> list[Table]:
    features = json.loads(decode(content))["features"]
    keys = list(dict.fromkeys(key for feature in features for key in feature.get("properties") or {}))
    rows = [[alone((feature.get("properties") or {}).get(key)) for key in keys] for feature in features]
    return [Table(name, keys, rows, located=True)]


def alone(value):
    """A list of one value stands for the value."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def read_kml(name: str, content: bytes) -> list[Table]:
    document = ElementTree.fromstring(content)
    places = [element for element in document.iter() if element.tag.rsplit("}", 1)[-1] == "Placemark"]
    return [Table(name, [], [[] for _ in places], located=True)] if places else []


def read_kmz(name: str, content: bytes) -> list[Table]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return [table for member in archive.namelist() if member.endswith(".kml") for table in read_kml(member, archive.read(member))]


def read_zip(name: str, content: bytes) -> list[Table]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    found = []
    for member in archive.namelist():
        if member.lower().endswith(".shp"):
            stem = member[:-4]
            part = {ending: io.BytesIO(archive.read(stem + "." + ending)) for ending in ("shp", "shx", "dbf") if stem + "." + ending in archive.namelist()}
            found.append(read_shapefile(stem, part))
    return found


def read_shapefile(stem: str, part: dict) -> Table:
    for encoding in ("utf-8", "cp1252"):
        try:
            reader = shapefile.Reader(**{ending: io.BytesIO(file.getvalue()) for ending, file in part.items()}, encoding=encoding)
            header = [field[0] for field in reader.fields if field[0] != "DeletionFlag"]
            return Table(stem, header, [list(record) for record in reader.records()], located=True)
        except (UnicodeDecodeError, shapefile.dbfFileException):
            continue
    raise ValueError(f"{stem}: neither UTF-8 nor Windows-1252")


def read_json(name: str, content: bytes) -> list[Table]:
    document = json.loads(decode(content))
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)]
        document = max(lists, key=len, default=[document])
    if not all(isinstance(row, dict) for row in document):
        return []
    return [Table(name, [], [[] for _ in document])]


READERS = {
    "csv": read_csv,
    "txt": read_csv,
    "tsv": read_csv,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "ods": read_ods,
    "geojson": read_geojson,
    "json": read_json,
    "kml": read_kml,
    "kmz": read_kmz,
    "zip": read_zip,
}

# --- values --------------------------------------------------------------------------------------------------------------

FIGURES = re.compile(r"[+-]?(\d+|\d{1,3}([ \u00a0\u202f]\d{3})+)([.,]\d*)?|[+-]?[.,]\d+|[+-]?\d+(\.\d+)?[eE][+-]?\d+")


def number(cell) -> float | None:
    """A cell as a number, in English or French writing; `None` when it isn't one."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return float(cell)
    if not isinstance(cell, str):
        return None
    plain = cell.strip().removesuffix("€").removesuffix("%").strip()
    if not FIGURES.fullmatch(plain):
        return None
    return float(re.sub(r"[ \u00a0\u202f]", "", plain).replace(",", "."))


def leading_zero(cell) -> bool:
    return isinstance(cell, str) and re.fullmatch(r"0\d+", cell.strip()) is not None


DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d/%m/%y")


def day(cell) -> datetime.date | None:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if not isinstance(cell, str):
        return None
    for form in DAYS:
        try:
            return datetime.datetime.strptime(cell.strip()[:10], form).date()
        except ValueError:
            continue
    return None
