"""The command line, as clerks and programs use it."""

import json

import requests
from conftest import DATA, DEMO
from program import Installation

SUBSIDIES = DATA / "subventions-2023.csv"


def test_publishing_says_what_was_published(any_installation):
    answer = any_installation.publish(SUBSIDIES, "--organization", "bram", "--title", "Subventions 2023", "--licence", "etalab-2.0")

    assert answer["dataset"]["slug"] == "subventions-2023"
    (resource,) = answer["resources"]
    assert len(resource["snapshot"]) == 64 and resource["rows"] == 240
    columns = {column["name"]: column for column in resource["columns"]}
    assert [column["type"] for column in resource["columns"]] == ["text", "text", "text", "text", "date", "number", "boolean"]
    assert columns["SIRET"]["meaning"] == "siret"
    assert columns["Code commune"]["meaning"] == "commune-code"


def test_publishing_again_adds_a_version_and_keeps_the_resource(any_installation, tmp_path):
    first = any_installation.publish(SUBSIDIES, "--organization", "bram", "--dataset", "subventions", "--title", "Subventions")
    longer = tmp_path / "subventions-2023.csv"
    longer.write_bytes(SUBSIDIES.read_bytes() + "Chorale de Bram;34820368872371;11049;Culture;01/12/2023;50,00;oui\r\n".encode("cp1252"))
    second = any_installation.publish(longer, "--organization", "bram", "--dataset", "subventions")

    assert first["dataset"]["id"] == second["dataset"]["id"]
    assert first["resources"][0]["id"] == second["resources"][0]["id"]
    assert second["resources"][0]["rows"] == 241
    assert first["resources"][0]["snapshot"] != second["resources"][0]["snapshot"]


def test_every_sheet_of_a_spreadsheet_is_a_resource(installation):
    answer = installation.publish(DEMO / "VilleMTP_MTP_EffectifSco_2012.ods", "--organization", "bram", "--title", "Écoles")

    assert answer["resources"][0]["rows"] == 119
    assert len({resource["id"] for resource in answer["resources"]}) == len(answer["resources"])


def test_check_says_what_was_understood_and_which_cells_are_odd(installation):
    outcome = installation.run("check", SUBSIDIES, "--format", "json")
    report = outcome.json

    assert report["rows"] == 240
    odd = [error for error in report["errors"] if error["value"] == "n.c."]
    # Rows count from 1 with the header as row 1.
    assert [error["row"] for error in odd] == [19]


def test_results_go_to_stdout_and_messages_to_stderr(installation):
    outcome = installation.must("publish", SUBSIDIES, "--organization", "bram", "--title", "Subventions", "--format", "json", "--yes")

    json.loads(outcome.stdout)
    assert "\x1b[" not in outcome.stdout + outcome.stderr, "no colours and no progress bar outside of a terminal"


def test_misuse_exits_2(installation):
    assert installation.run("publish").code == 2
    assert installation.run("publish", SUBSIDIES, "--organization", "nobody", "--yes").code == 2
    assert installation.run("nonsense").code == 2


def test_a_missing_file_is_said_with_its_name(installation):
    outcome = installation.run("publish", installation.folder / "nowhere.csv", "--organization", "bram", "--yes")

    assert outcome.code in (1, 2, 3)
    assert "nowhere.csv" in outcome.stdout + outcome.stderr


def test_verify_finds_a_changed_byte(installation):
    answer = installation.publish(SUBSIDIES, "--organization", "bram", "--title", "Subventions")
    installation.must("verify")
    snapshot = answer["resources"][0]["snapshot"]
    (source,) = installation.folder.rglob(f"snapshots/{snapshot}/source")
    source.chmod(0o644)
    source.write_bytes(source.read_bytes().replace(b"2023", b"2024", 1))

    outcome = installation.run("verify")
    assert outcome.code != 0
    assert snapshot in outcome.stdout + outcome.stderr


def test_a_backup_restores_everything(any_installation, tmp_path):
    published = any_installation.publish(SUBSIDIES, "--organization", "bram", "--title", "Subventions")
    any_installation.must("backup", tmp_path / "backup")
    restored = Installation(tmp_path / "restored")
    restored.folder.mkdir()
    restored.must("restore", tmp_path / "backup")
    restored.must("verify")
    with restored.serve() as url:
        resource = published["resources"][0]["id"]
        rows = requests.get(f"{url}/api/v1/resources/{resource}/rows", timeout=30).json()
    assert rows["total"] == 240


def test_an_empty_portal_says_how_to_publish(installation):
    with installation.serve() as url:
        page = requests.get(url, timeout=30)
    assert page.status_code == 200
    assert "cocagne publish" in page.text
