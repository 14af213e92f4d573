"""`cocagne check` and `cocagne schema`: what is wrong with a file, what can be repaired, what a schema asks."""

from __future__ import annotations

import csv
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from conftest import DATA, ROOT
from program import Installation

EXAMPLES = DATA / "schemas" / "examples"
SHIPPED = ROOT / "schemas"
CARPOOL = EXAMPLES / "lieux-covoiturage" / "exemple-invalide.csv"

KEYS = {"valid", "schema", "rows", "errors", "errorCount", "personalData", "repairs"}
ERROR_KEYS = {"code", "row", "field", "fieldNumber", "value", "rule", "message"}


@pytest.fixture
def program(tmp_path) -> Installation:
    folder = tmp_path / "data"
    folder.mkdir()
    return Installation(folder)


def check(program: Installation, file, *options: str, code: int) -> dict:
    outcome = program.run("check", file, "--format", "json", *options)
    assert outcome.code == code, f"exit {outcome.code}\n{outcome.stdout}\n{outcome.stderr}"
    return outcome.json


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


HEADER = (
    "nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,"
    "montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention,dispositifAide"
)
ROW = (
    "Commune de Bram,21110076300013,2024-03-14,2024-12,Foyer rural de Bram,21110076300013,,Fonctionnement,"
    "1500.00,aide en numéraire,unique,2024-03-14,,non,1,"
)


# --- against a schema ------------------------------------------------------------------------------------------------


def test_a_valid_file_is_said_to_be_valid(program, tmp_path):
    report = check(program, write(tmp_path, "s.csv", f"{HEADER}\n{ROW}\n"), "--schema", "scdl/subventions", code=0)

    assert KEYS <= report.keys()
    assert (report["valid"], report["schema"], report["rows"], report["errorCount"]) == (True, "scdl/subventions", 1, 0)
    assert report["schemaVersion"] == "2.1.1"


def test_an_error_says_its_code_place_value_and_rule(program, tmp_path):
    bad = ROW.replace("2024-03-14,2024-12", "14/03/2024,2024-12").replace("aide en numéraire", "don")
    report = check(program, write(tmp_path, "s.csv", f"{HEADER}\n{ROW}\n{bad}\n"), "--schema", "subventions", code=1)

    assert all(ERROR_KEYS <= error.keys() for error in report["errors"])
    found = {(e["code"], e["row"], e["field"], e["fieldNumber"], e["value"]) for e in report["errors"]}
    assert found == {
        ("type-error", 3, "dateConvention", 3, "14/03/2024"),
        ("constraint-error", 3, "nature", 10, "don"),
    }


def test_the_custom_checks_of_french_schemas_run(program, tmp_path):
    wrong_key = ROW.replace("Foyer rural de Bram,21110076300013", "Foyer rural de Bram,21110076300014")
    report = check(program, write(tmp_path, "s.csv", f"{HEADER}\n{wrong_key}\n"), "--schema", "subventions", code=1)

    assert [(e["code"], e["field"]) for e in report["errors"]] == [("french-siret-value", "idBeneficiaire")]


@pytest.mark.parametrize(
    "schema",
    [
        "scdl/subventions@2.1.1",
        "https://schema.data.gouv.fr/schemas/scdl/subventions/2.1.1/schema.json",
        str(SHIPPED / "scdl/subventions/2.1.1/schema.json"),
    ],
)
def test_a_schema_is_given_by_name_address_or_file(program, tmp_path, schema):
    assert check(program, write(tmp_path, "s.csv", f"{HEADER}\n{ROW}\n"), "--schema", schema, code=0)["valid"]


def test_without_a_schema_the_plainly_resembling_one_is_used_and_said(program):
    report = check(program, CARPOOL, code=1)

    assert (report["schema"], report["schemaGuessed"]) == ("etalab/schema-lieux-covoiturage", True)
    assert report["resembles"][0]["score"] > 0.6
    assert "etalab/schema-lieux-covoiturage" in program.run("check", CARPOOL).stdout


def test_a_file_that_resembles_no_schema_is_checked_for_odd_cells(program):
    report = check(program, DATA / "subventions-2023.csv", code=1)

    assert report["schema"] is None
    assert [(e["row"], e["field"], e["value"]) for e in report["errors"]] == [(19, "Montant", "n.c.")]
    assert report["tables"][0]["columns"][1]["meaning"] == "siret"


def test_no_schema_can_be_asked_for(program):
    assert check(program, CARPOOL, "--schema", "none", code=0)["schema"] is None


def test_a_package_means_the_table_that_the_file_is(program):
    report = check(program, EXAMPLES / "irve/exemple-valide-dynamique.csv", "--schema", "etalab/schema-irve", code=0)

    assert report["schema"] == "etalab/schema-irve-dynamique"


def test_spreadsheets_are_checked_like_text(program):
    report = check(program, EXAMPLES / "arbre/exemple-valide.xlsx", code=0)

    assert report["schema"] == "NaturalSolutions/schema-arbre"


def test_a_schema_for_other_columns_is_told_by_the_header(program):
    report = check(program, CARPOOL, "--schema", "scdl/deliberations", code=1)

    codes = {error["code"] for error in report["errors"]}
    assert codes & {"missing-label", "incorrect-label", "extra-label"}, codes


def test_rows_keep_their_number_below_lines_that_are_passed_over(program, tmp_path):
    schema = write(tmp_path, "s.json", json.dumps({"fields": [{"name": "a", "type": "integer"}, {"name": "b"}]}))
    table = write(tmp_path, "t.csv", 'a,b\n1,"deux\nlignes"\n,\n2,x\n\nz,y\n')

    errors = check(program, table, "--schema", str(schema), code=1)["errors"]
    assert [(error["code"], error["row"]) for error in errors] == [("blank-row", 3), ("blank-row", 5), ("type-error", 6)]


def test_all_errors_are_counted_and_only_so_many_are_listed(program, tmp_path):
    bad = ROW.replace("2024-03-14,2024-12", "hier,2024-12")
    table = write(tmp_path, "s.csv", "\n".join([HEADER, *[bad] * 5_000]))

    report = check(program, table, "--schema", "subventions", "--max-errors", "7", code=1)
    assert (report["errorCount"], len(report["errors"])) == (5_000, 7)
    assert [error["row"] for error in report["errors"]] == list(range(2, 9))


# --- personal data ---------------------------------------------------------------------------------------------------


def test_personal_data_is_told_with_its_ground(program, tmp_path):
    # A made number, with a right key.
    number = 1_85_05_78_006_084
    key = 97 - number % 97
    table = write(tmp_path, "aides.csv", f"numero_secu,montant\n{number}{key:02d},12\n{number}{key:02d},15\n")

    report = check(program, table, code=0)
    (finding,) = [finding for finding in report["personalData"] if finding["detector"] == "nir"]
    assert {"detector", "field", "rows", "level", "ground"} <= finding.keys()
    assert (finding["field"], finding["rows"], finding["level"]) == ("numero_secu", 2, "high")
    assert finding["ground"]
    assert str(number) not in json.dumps(report["personalData"]), "what is found is not told"


# --- repairs ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def messy(tmp_path) -> Path:
    """As a spreadsheet leaves it: another encoding and delimiter, French dates and numbers, spaces around values."""
    row = ROW.replace("2024-03-14,2024-12", "14/03/2024,2024-12").replace("Foyer rural de Bram", "  Foyer rural de Bram ")
    text = f"{HEADER}\n{row}\n".replace(",", ";").replace("1500.00", "1 500,00")
    return write(tmp_path, "subventions.csv", text, "windows-1252")


def test_fix_writes_what_is_certain_and_says_so(program, messy, tmp_path):
    before = messy.read_bytes()
    out = tmp_path / "fixed.csv"

    report = check(program, messy, "--schema", "subventions", "--fix", str(out), code=0)

    assert not report["valid"] and report["fixed"]["valid"]
    assert all({"code", "count", "description"} <= repair.keys() for repair in report["repairs"])
    assert report["fixed"]["repairs"] and all(repair["count"] > 0 for repair in report["fixed"]["repairs"])
    (row,) = csv.DictReader(out.open(encoding="utf-8"))
    assert (row["dateConvention"], row["montant"], row["nomBeneficiaire"]) == ("2024-03-14", "1500.00", "Foyer rural de Bram")
    assert row["nature"] == "aide en numéraire"
    assert messy.read_bytes() == before, "the source stays as it came"


def test_what_was_fixed_is_valid_by_itself(program, messy, tmp_path):
    out = tmp_path / "fixed.csv"
    check(program, messy, "--schema", "subventions", "--fix", str(out), code=0)

    report = check(program, out, "--schema", "subventions", code=0)
    assert report["valid"] and not [repair for repair in report["repairs"] if repair["certain"]]


def test_fix_writes_a_workbook_whose_codes_keep_their_zeros(program, messy, tmp_path):
    out = tmp_path / "fixed.xlsx"
    check(program, messy, "--schema", "subventions", "--fix", str(out), code=0)

    labels, values = openpyxl.load_workbook(out).active.iter_rows(values_only=True)
    row = dict(zip(labels, values))
    assert (row["montant"], row["idBeneficiaire"], row["dateConvention"]) == (1500, "21110076300013", "2024-03-14")


def test_repairs_are_chosen_by_name(program, messy, tmp_path):
    proposed = [repair["id"] for repair in check(program, messy, "--schema", "subventions", code=1)["repairs"]]
    (date,) = [repair for repair in proposed if repair.startswith("date:")]
    out = tmp_path / "fixed.csv"

    report = check(program, messy, "--schema", "subventions", "--fix", str(out), "--repair", date, code=1)

    assert [repair["id"] for repair in report["fixed"]["repairs"]] == [date]
    (row,) = csv.DictReader(out.open(encoding="utf-8"))
    assert (row["dateConvention"], row["montant"]) == ("2024-03-14", "1 500,00")


def test_fix_refuses_what_it_cannot_do(program, messy, tmp_path):
    def refused(*options: str) -> str:
        outcome = program.run("check", messy, "--schema", "subventions", *options)
        assert outcome.code == 2, outcome
        return outcome.stderr

    assert "subventions.csv" in refused("--fix", str(messy))
    assert "trim:nowhere" in refused("--fix", str(tmp_path / "o.csv"), "--repair", "trim:nowhere")
    assert program.run("check", messy, messy, "--fix", tmp_path / "o.csv").code == 2
    assert not (tmp_path / "o.csv").exists()
    assert program.run("check", messy, "--repair", "trim:nom").code == 2, "a repair needs --fix"


# --- JSON documents --------------------------------------------------------------------------------------------------


def test_a_json_document_is_checked_against_a_json_schema(program, tmp_path):
    example = json.loads((EXAMPLES / "amenagements-cyclables/exemple-valide.json").read_text())
    assert check(program, EXAMPLES / "amenagements-cyclables/exemple-valide.json", code=0)["schema"]

    example["features"][0]["properties"]["statut_d"] = "PEUT-ÊTRE"
    broken = write(tmp_path, "amenagements.json", json.dumps(example))
    report = check(program, broken, "--schema", "etalab/schema-amenagements-cyclables", code=1)
    (error,) = report["errors"]
    assert (error["code"], error["pointer"]) == ("json-enum", "/features/0/properties/statut_d")
    assert error["field"] == "statut_d" and error["value"] == "PEUT-ÊTRE"


def test_public_contracts_are_checked(program, tmp_path):
    document = write(tmp_path, "decp.json", json.dumps({"marches": {"marche": [{"id": "1"}]}}))

    report = check(program, document, "--schema", "139bercy/format-commande-publique@2.0.2", code=1)
    assert {"json-required"} <= {error["code"] for error in report["errors"]}


# --- forms of the answer ---------------------------------------------------------------------------------------------


def test_the_report_speaks_french_and_english(program):
    program.environment = {"LC_ALL": "fr_FR.UTF-8"}
    french = program.run("check", CARPOOL).stdout
    program.environment = {"LC_ALL": "en_GB.UTF-8"}
    english = program.run("check", CARPOOL).stdout

    assert "Ligne 3" in french and "erreurs" in french
    assert "errors" in english and "erreurs" not in english


def test_continuous_integration_reads_junit(program):
    outcome = program.run("check", CARPOOL, "--format", "junit")

    assert outcome.code == 1
    (suite,) = ElementTree.fromstring(outcome.stdout)
    assert int(suite.get("failures")) == len(suite.findall(".//failure")) > 0
    assert "type-error" in {failure.get("type") for failure in suite.iter("failure")}


def test_github_shows_annotations(program):
    outcome = program.run("check", CARPOOL, "--format", "github")

    assert outcome.code == 1
    assert any(line.startswith("::error file=") and "line=3,title=type-error" in line for line in outcome.stdout.splitlines())


def test_several_files_give_a_list(program):
    outcome = program.run("check", CARPOOL, EXAMPLES / "arbre/exemple-valide.csv", "--format", "json")

    assert outcome.code == 1
    assert [report["valid"] for report in outcome.json] == [False, True]


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_an_unknown_schema_is_misuse_and_the_nearest_is_named(program):
    outcome = program.run("check", CARPOOL, "--schema", "scdl/subvention")

    assert outcome.code == 2
    assert "scdl/subventions" in outcome.stderr


def test_a_broken_schema_is_misuse_and_says_why(program, tmp_path):
    for text in ["{", "[]", '{"fields": 3}', '{"$ref": "https://e.fr/x.json", "type": "object"}']:
        outcome = program.run("check", CARPOOL, "--schema", write(tmp_path, "s.json", text))
        assert outcome.code == 2, text
        assert "s.json" in outcome.stderr


def test_a_catastrophic_pattern_ends(program, tmp_path):
    pattern = {"fields": [{"name": "a", "constraints": {"pattern": "(a+)+$"}}, {"name": "b"}]}
    schema = write(tmp_path, "s.json", json.dumps(pattern))
    table = write(tmp_path, "t.csv", "a,b\n" + f"{'a' * 5_000}!,1\n" * 200)

    assert check(program, table, "--schema", str(schema), code=1)["errorCount"] == 200


def test_a_missing_file_fails_and_is_named(program):
    outcome = program.run("check", program.folder / "nowhere.csv")

    assert outcome.code == 3
    assert outcome.stderr


def test_a_file_that_is_no_table_is_a_report(program, tmp_path):
    report = check(program, write(tmp_path, "t.csv", ""), "--schema", "subventions", code=1)

    assert (report["valid"], report["fault"]["code"]) == (False, "empty-file")


# --- the schemas -----------------------------------------------------------------------------------------------------


def test_schemas_are_listed_and_shown(program):
    listed = program.must("schema", "list", "--format", "json").json
    names = {entry["name"] for entry in listed}
    assert {"scdl/subventions", "scdl/deliberations", "etalab/schema-irve-statique"} <= names and len(names) > 70

    shown = program.must("schema", "show", "scdl/subventions@2.0.1", "--format", "json").json
    assert shown["version"] == "2.0.1"
    (amount,) = [field for field in shown["fields"] if field["name"] == "montant"]
    assert (amount["type"], amount["required"]) == ("number", True)
    assert "montant" in program.must("schema", "show", "subventions").stdout


@pytest.fixture
def catalogue_server():
    """A catalogue of schemas on this machine."""
    files: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = files.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("content-length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", files
    server.shutdown()
    server.server_close()


def listed(base: str, name: str, version: str) -> dict:
    versions = [{"version_name": version, "schema_url": f"{base}/{name}/{version}/schema.json"}]
    return {"name": name, "title": name, "schema_type": "tableschema", "versions": versions}


def test_a_refresh_covers_what_ships(program, tmp_path, catalogue_server):
    base, files = catalogue_server
    entries = [listed(base, "scdl/subventions", "9.0.0"), listed(base, "ville/essai", "1.0.0"), listed(base, "ville/perdu", "1.0.0")]
    files["/schemas.json"] = json.dumps({"schemas": entries}).encode()
    files["/scdl/subventions/9.0.0/schema.json"] = b'{"fields": [{"name": "montant", "type": "number"}]}'
    files["/ville/essai/1.0.0/schema.json"] = b'{"fields": [{"name": "essai", "type": "integer"}]}'

    allowed = ("--fetch-allow", "127.0.0.1")
    refreshed = program.must("schema", "refresh", f"{base}/schemas.json", *allowed, "--format", "json").json

    assert (refreshed["schemas"], refreshed["versions"]) == (2, 2)
    assert [skipped["name"] for skipped in refreshed["skipped"]] == ["ville/perdu"]
    assert program.must("schema", "show", "subventions", "--format", "json").json["version"] == "9.0.0"
    assert program.must("schema", "show", "subventions@2.1.1", "--format", "json").json["version"] == "2.1.1"
    table = write(tmp_path, "t.csv", "essai;b\nx;1\n")
    assert check(program, table, "--schema", "ville/essai", code=1)["errors"]


def test_a_refresh_never_reaches_into_the_machine_unasked(program, catalogue_server):
    base, files = catalogue_server
    files["/schemas.json"] = b'{"schemas": []}'

    outcome = program.run("schema", "refresh", f"{base}/schemas.json")
    assert outcome.code in (2, 3) and "127.0.0.1" in outcome.stderr


def test_a_refresh_that_fails_keeps_what_was_there(program, catalogue_server):
    base, files = catalogue_server
    files["/schemas.json"] = json.dumps({"schemas": [listed(base, "ville/essai", "1.0.0")]}).encode()
    files["/ville/essai/1.0.0/schema.json"] = b'{"fields": [{"name": "essai"}]}'
    refresh = ("schema", "refresh", f"{base}/schemas.json", "--fetch-allow", "127.0.0.1")
    program.must(*refresh)
    files.pop("/ville/essai/1.0.0/schema.json")

    assert program.run(*refresh).code == 3
    files["/schemas.json"] = b"<html>"
    assert program.run(*refresh).code == 2
    program.must("schema", "show", "ville/essai")


def test_a_catalogue_on_the_disk_reads_only_what_is_beside_it(program, tmp_path):
    (tmp_path / "set").mkdir()
    write(tmp_path, "secret.json", '{"fields": [{"name": "secret"}]}')
    write(tmp_path / "set", "a.json", '{"fields": [{"name": "a"}]}')
    entries = [
        {"name": f"ville/{name}", "schema_type": "tableschema", "versions": [{"version_name": "1", "schema_url": url}]}
        for name, url in [("a", "a.json"), ("b", "../secret.json"), ("c", str(tmp_path / "secret.json"))]
    ]
    catalogue = write(tmp_path / "set", "schemas.json", json.dumps({"schemas": entries}))

    refreshed = program.must("schema", "refresh", catalogue, "--format", "json").json
    assert refreshed["schemas"] == 1 and {skipped["name"] for skipped in refreshed["skipped"]} == {"ville/b", "ville/c"}
