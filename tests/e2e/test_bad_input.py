"""Files that lie, break or burst: a clear refusal, bounded time and memory, nothing left in the catalogue."""

import io
import json
import random
import re
import subprocess
import threading
import zipfile
from pathlib import Path

import openpyxl
import pytest
import requests
from program import Outcome

MIB = 1 << 20
MOST_MEMORY = 512 * MIB


def write(path, *chunks: bytes, times: int = 1):
    with path.open("wb") as file:
        for _ in range(times):
            for chunk in chunks:
                file.write(chunk)
    return path


def empty(folder):
    return write(folder / "empty.csv")


def blank(folder):
    return write(folder / "blank.csv", b"\n  \n;;;\n\n")


def only_a_header(folder):
    return write(folder / "header.csv", b"nom,montant\n")


def rubbish(folder):
    return write(folder / "rubbish.csv", random.Random(1).randbytes(64 << 10))


def picture_named_csv(folder):
    return write(folder / "picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + random.Random(2).randbytes(4096))


def text_named_xlsx(folder):
    return write(folder / "lie.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + random.Random(3).randbytes(4096))


def a_workbook() -> bytes:
    book = openpyxl.Workbook()
    for index in range(2000):
        book.active.append([index, f"nom {index}", index / 3])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def truncated_xlsx(folder):
    content = a_workbook()
    return write(folder / "truncated.xlsx", content[: len(content) // 2])


def zip_bomb(folder):
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("rows.csv", "w", force_zip64=True) as member:
        member.write(b"a,b\n")
        for _ in range(400):
            member.write(b"0,0\n" * (MIB // 4))
    return path


def xlsx_bomb(folder):
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(io.BytesIO(a_workbook())) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.infolist():
            if item.filename != "xl/worksheets/sheet1.xml":
                archive.writestr(item.filename, source.read(item))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            member.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for _ in range(400):
                member.write(b'<row><c t="inlineStr"><is><t>a</t></is></c></row>' * 21_400)
            member.write(b"</sheetData></worksheet>")
    return path


def columns_100_000(folder):
    header = ",".join(f"c{index}" for index in range(100_000)).encode()
    return write(folder / "wide.csv", header + b"\n" + b"1," * 99_999 + b"1\n")


def cell_200_mb(folder):
    return write(folder / "long.csv", b"a,b\n1,", *[b"x" * MIB] * 200, b"\n")


def quote_never_closed(folder):
    return write(folder / "quote.csv", b'a,b\n1,"', b"x,y\n" * (8 * MIB // 4))


def deep_json(folder):
    return write(folder / "deep.json", b"[" * 200_000 + b"]" * 200_000)


def deep_json_in_a_row(folder):
    return write(folder / "deeprow.json", b'[{"a":' + b'{"b":' * 100_000 + b"1" + b"}" * 100_000 + b"}]")


def broken_json(folder):
    return write(folder / "broken.json", b'[{"a": 1}, {"a": 2')


def broken_geojson(folder):
    return write(folder / "broken.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Po')


def broken_parquet(folder):
    return write(folder / "broken.parquet", b"PAR1" + random.Random(4).randbytes(4096) + b"\xff\xff\xff\x7fPAR1")


def broken_gzip(folder):
    return write(folder / "broken.csv.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + random.Random(5).randbytes(512))


REFUSED = [
    empty,
    blank,
    rubbish,
    picture_named_csv,
    text_named_xlsx,
    truncated_xlsx,
    zip_bomb,
    xlsx_bomb,
    columns_100_000,
    cell_200_mb,
    deep_json,
    deep_json_in_a_row,
    broken_json,
    broken_geojson,
    broken_parquet,
    broken_gzip,
]
# What each refusal must be about; others only have to be refused.
CODES = {
    empty: {"empty-file"},
    blank: {"empty-file", "no-rows", "no-table"},
    truncated_xlsx: {"broken-file"},
    zip_bomb: {"too-large"},
    xlsx_bomb: {"too-large", "broken-file"},
    columns_100_000: {"too-many-columns"},
    cell_200_mb: {"cell-too-large"},
    deep_json: {"too-deep"},
    deep_json_in_a_row: {"too-deep"},
    broken_json: {"broken-file"},
    broken_geojson: {"broken-file"},
}


def publish_measured(installation, file) -> tuple[Outcome, int]:
    """Publishes, and gives the most memory that the program held: the system's own mark, read until the end."""
    command = ("publish", file, "--organization", "bram", "--title", "Essai", "--format", "json", "--yes")
    marks = [0]
    with installation.popen(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        watch = threading.Thread(target=follow_memory, args=(process.pid, marks), daemon=True)
        watch.start()
        stdout, stderr = process.communicate(timeout=120)
        watch.join()
    return Outcome(process.returncode, stdout, stderr), marks[0]


def follow_memory(pid: int, marks: list[int]) -> None:
    """Reads the high-water mark of a process until it has ended."""
    while True:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            return
        mark = re.search(r"VmHWM:\s+(\d+) kB", status)
        if mark is None:
            return
        # The process is a copy of this one until it has become the program.
        if re.search(r"Name:\s+cocagne", status):
            marks[0] = max(marks[0], int(mark[1]) << 10)
        threading.Event().wait(0.002)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One installation with a running server, which no bad file may harm."""
    from conftest import new_installation

    installation = new_installation(tmp_path_factory.mktemp("bad") / "data")
    with installation.serve() as url:
        yield installation, url


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_a_bad_file_is_refused_with_place_and_remedy(served, tmp_path, make):
    installation, url = served
    outcome, memory = publish_measured(installation, make(tmp_path))

    assert outcome.code == 1, f"exit {outcome.code}: {outcome.stdout[:500]}\n{outcome.stderr[:2000]}"
    errors = json.loads(outcome.stdout)["errors"]
    assert errors
    for error in errors:
        assert error["code"] and error["message"] and error["remedy"], error
        assert {"row", "column", "byte"} <= error.keys()
    if make in CODES:
        assert {error["code"] for error in errors} <= CODES[make], errors
    assert memory < MOST_MEMORY, f"{memory >> 20} MiB"
    assert requests.get(f"{url}/health", timeout=10).status_code == 200
    assert requests.get(f"{url}/api/v1/datasets", timeout=10).json()["total"] == 0
    installation.must("verify")


def nul_bytes(folder):
    return write(folder / "nul.csv", b"nom,montant\n", *[b"a\x00b,1\n"] * 50)


def mixed_encodings(folder):
    rows = "nom,montant\né,1\n".encode() + "à la carte,2\n".encode("latin-1") + "où,3\n".encode() * 20
    return write(folder / "mixed.csv", rows)


def invalid_geometries(folder):
    def feature(name, geometry):
        return {"type": "Feature", "properties": {"nom": name}, "geometry": geometry}

    bow = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]
    features = [
        feature("bon", {"type": "Point", "coordinates": [2, 43]}),
        feature("hors du monde", {"type": "Point", "coordinates": [1e9, 43]}),
        feature("noeud", {"type": "Polygon", "coordinates": bow}),
        feature("trop court", {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}),
        feature("vide", {"type": "LineString", "coordinates": []}),
        feature("sans type", {"coordinates": [2, 43]}),
        feature("texte", {"type": "Point", "coordinates": ["a", "b"]}),
        feature("rien", None),
    ]
    return write(folder / "invalid.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())


@pytest.mark.parametrize("make", [nul_bytes, mixed_encodings, invalid_geometries, only_a_header, quote_never_closed], ids=lambda make: make.__name__)
def test_a_doubtful_file_is_refused_or_published_with_a_warning(installation, tmp_path, make):
    outcome, memory = publish_measured(installation, make(tmp_path))

    answer = json.loads(outcome.stdout)
    assert outcome.code in (0, 1), outcome.stderr
    assert answer["errors"] if outcome.code == 1 else answer["warnings"], answer
    assert memory < MOST_MEMORY
    installation.must("verify")


def test_one_good_file_after_all_of_them(served, tmp_path):
    installation, url = served
    file = write(tmp_path / "bon.csv", b"nom,montant\na,1\nb,2\n")
    answer = installation.publish(file, "--organization", "bram", "--title", "Bon")

    assert requests.get(f"{url}/api/v1/resources/{answer['resources'][0]['id']}/rows", timeout=10).json()["total"] == 2
