"""`cocagne addresses` and `cocagne geocode`: files in, files out, while a server answers."""

from __future__ import annotations

import csv
import io
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest
import requests

from addresses import BAL, MONTPELLIER, with_addresses
from program import Installation, binary

ROWS = """id;adresse;cp;ville
1;8 bd du port;11400;Castelnaudary
2;"12 bis, rue de Dunkerque";11400;Castelnaudary
3;;;
4;qzxwvk jfhgtrw;;
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> Installation:
    """An installation with the addresses of one town; read only."""
    return with_addresses(tmp_path_factory.mktemp("addresses") / "data", BAL)


def geocoded(outcome) -> list[dict]:
    assert outcome.code == 0, outcome.stderr
    delimiter = ";" if ";" in outcome.stdout.split("\n", 1)[0] else ","
    return list(csv.DictReader(io.StringIO(outcome.stdout), delimiter=delimiter))


def test_an_import_says_what_it_brought(tmp_path):
    installation = Installation(tmp_path / "data")
    installation.folder.mkdir()
    told = installation.must("addresses", "import", BAL, "--format", "json").json
    assert told["communes"] == 1
    assert told["streets"] >= 4 and told["numbers"] == 9 and told["localities"] >= 1
    assert told["municipalities"] > 34_000, "the communes of France are always there"
    assert told["faults"] == [] and told["faultCount"] == 0
    assert told["bytes"] > 0 and told["seconds"] >= 0
    status = installation.must("addresses", "status", "--format", "json").json
    assert status["numbers"] == told["numbers"] and status["sha256"] == told["sha256"]


def test_an_import_replaces_the_communes_of_its_files_and_no_other(tmp_path):
    installation = with_addresses(tmp_path / "data", BAL, MONTPELLIER)
    smaller = tmp_path / "smaller.csv"
    lines = BAL.read_text(encoding="utf-8").splitlines(keepends=True)
    smaller.write_text("".join(lines[:3]), encoding="utf-8")
    told = installation.must("addresses", "import", smaller, "--format", "json").json
    assert told["communes"] == 1
    file = tmp_path / "rows.csv"
    file.write_text("adresse\n12 rue de Dunkerque Castelnaudary\n8 boulevard du port Castelnaudary\n118 rue Bernard Blier Montpellier\n")
    rows = geocoded(installation.run("geocode", file))
    assert rows[0]["result_type"] != "housenumber"
    assert rows[1]["result_housenumber"] == "8" and rows[1]["result_citycode"] == "11076"
    assert rows[2]["result_housenumber"] == "118" and rows[2]["result_citycode"] == "34172"


def test_lines_that_are_wrong_are_told_and_the_others_imported(tmp_path):
    installation = Installation(tmp_path / "data")
    installation.folder.mkdir()
    file = tmp_path / "bal.csv"
    lines = BAL.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.insert(3, lines[2].replace("1.9562;43.3171", "east;north").replace("00010", "00011").replace(";10;", ";11;"))
    file.write_text("".join(lines), encoding="utf-8")
    told = installation.must("addresses", "import", file, "--format", "json").json
    assert told["faultCount"] >= 1
    fault = told["faults"][0]
    assert fault["line"] == 4 and fault["message"] and fault["file"].endswith("bal.csv")


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"\x00\x01\x02\x03" * 100, b"{\"a\": 1}\n"])
def test_what_brings_no_address_leaves_the_index_as_it_was(tmp_path, here, content):
    before = here.must("addresses", "status", "--format", "json").json
    file = tmp_path / "nothing.csv"
    file.write_bytes(content)
    outcome = here.run("addresses", "import", file)
    assert outcome.code == 1, (outcome.stdout, outcome.stderr)
    assert outcome.stderr.strip()
    assert here.must("addresses", "status", "--format", "json").json == before


def test_a_file_that_is_not_there_is_misuse(here):
    assert here.run("addresses", "import", "/nonexistent.csv").code == 2
    assert here.run("geocode", "/nonexistent.csv").code == 2


def test_a_csv_comes_back_with_positions(here, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    outcome = here.run("geocode", file, "--columns", "adresse,ville", "--postcode", "cp")
    rows = geocoded(outcome)
    assert [row["result_status"] for row in rows] == ["ok", "ok", "skipped", "not-found"]
    assert rows[0]["result_id"] == "11076_0123_00008"
    assert rows[1]["result_housenumber"] == "12bis"
    assert abs(float(rows[0]["latitude"]) - 43.317) < 1e-4
    assert outcome.stdout.splitlines()[2].startswith('2;"12 bis, rue de Dunkerque";11400;Castelnaudary;')


def test_old_encodings_and_separators_are_found_out(here, tmp_path):
    file = tmp_path / "old.csv"
    file.write_bytes("numéro;rue\r\n1;cours de la république castelnaudary\r\n".encode("latin-1"))
    process = subprocess.run([binary(), "geocode", file, "--data", here.folder], capture_output=True, timeout=60)
    assert process.returncode == 0, process.stderr
    text = process.stdout.decode("cp1252")
    assert text.startswith("numéro;rue;latitude;") and "République" in text
    assert text.count("\r\n") == 2 == text.count("\n")


def test_positions_become_addresses(here, tmp_path):
    file = tmp_path / "points.csv"
    file.write_text("nom,lat,lon\nA,43.3170,1.9560\nB,,\nC,x,1\n", encoding="utf-8")
    rows = geocoded(here.run("geocode", file, "--reverse"))
    assert [row["result_status"] for row in rows] == ["ok", "skipped", "error"]
    assert rows[0]["result_label"] == "8 Boulevard du Port 11400 Castelnaudary"
    assert float(rows[0]["result_distance"]) < 5


def test_the_answer_may_go_to_a_file_and_come_from_the_standard_input(here, tmp_path):
    out = tmp_path / "out.csv"
    process = here.popen("geocode", "-", "--output", out, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    _, errors = process.communicate(ROWS, timeout=60)
    assert process.returncode == 0, errors
    assert out.read_text(encoding="utf-8").count("\n") == 5


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (b"", [], 1),
        (b"adresse\nx\n", ["--columns", "rue"], 2),
        (b"adresse\nx\n", ["--postcode", "cp"], 2),
        (b"adresse\nx\n", ["--reverse"], 2),
        (b"adresse\nx\n", ["--encoding", "klingon"], 2),
        (b"adresse\n\xe9\n", ["--encoding", "utf-8"], 1),
        (b"adresse\nx\n", ["--delimiter", "ab"], 2),
        (b"adresse\nx\n", ["--lat", "adresse"], 2),
    ],
)
def test_misuse_and_bad_data_have_their_exit_codes(here, tmp_path, content, options, code):
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    outcome = here.run("geocode", file, *options)
    assert outcome.code == code, outcome.stderr
    assert outcome.stderr.strip() and not outcome.stdout


def test_an_installation_without_addresses_says_how_to_get_them(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text(ROWS)
    outcome = Installation(tmp_path).run("geocode", file, "--data", tmp_path / "empty")
    assert outcome.code == 2 and "cocagne addresses import" in outcome.stderr


def test_help_is_in_the_reader_s_language(here):
    here.environment["LC_ALL"] = "fr_FR.UTF-8"
    assert "Importe des fichiers d’adresses" in here.must("addresses", "--help").stdout
    here.environment["LC_ALL"] = "en_GB.UTF-8"
    assert "Imports address files" in here.must("addresses", "--help").stdout
    del here.environment["LC_ALL"]


def test_an_import_is_served_within_seconds_and_no_request_fails(tmp_path):
    installation = with_addresses(tmp_path / "data", BAL)
    with installation.serve() as url:
        ask = f"{url}/adresse/search?q=118+rue+bernard+blier+montpellier&limit=1"
        statuses: list[int] = []
        over = threading.Event()

        def keep_asking():
            session = requests.Session()
            while not over.is_set():
                statuses.append(session.get(ask, timeout=10).status_code)

        asker = threading.Thread(target=keep_asking)
        asker.start()
        try:
            assert _housenumber(ask) is None
            installation.must("addresses", "import", MONTPELLIER)
            imported = time.monotonic()
            while _housenumber(ask) != "118":
                assert time.monotonic() - imported < 5, "the new index is served within a second or two"
        finally:
            over.set()
            asker.join()
        assert statuses and set(statuses) == {200}


def _housenumber(ask: str):
    features = requests.get(ask, timeout=10).json()["features"]
    return features[0]["properties"].get("housenumber") if features else None


def test_an_import_that_is_killed_leaves_the_index_of_before(tmp_path):
    installation = with_addresses(tmp_path / "data", BAL)
    before = installation.must("addresses", "status", "--format", "json").json
    for moment in (0.02, 0.1, 0.25, 0.5):
        with installation.popen("addresses", "import", MONTPELLIER, "--replace", stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(timeout=moment)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        status = installation.must("addresses", "status", "--format", "json").json
        assert status == before or process.returncode == 0
        before = status
    told = installation.must("addresses", "import", BAL, "--format", "json").json
    assert told["numbers"] >= 9, "what the killed ones left is in nobody's way"
    leftovers = [path.name for path in Path(installation.folder, "addresses").iterdir() if path.name.startswith("tmp")]
    assert len(leftovers) <= 1
