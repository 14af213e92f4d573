"""Licences in plain words, which one a mixture may carry, and the quality score of a dataset."""

from __future__ import annotations

import requests


def combine(portal, *sources: str) -> dict:
    answer = requests.get(f"{portal.url}/api/v1/licences/combine", params=[("source", source) for source in sources])
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_registry_says_what_an_administration_may_use(portal):
    licences = {licence["id"]: licence for licence in requests.get(f"{portal.url}/api/v1/licences").json()["licences"]}
    assert licences["etalab-2.0"]["french_administration"] == "listed"
    assert licences["CC-BY-4.0"]["french_administration"] == "homologation"
    assert licences["ODbL-1.0"]["share_alike"]


def test_a_mixture_is_given_a_licence_with_its_reasons(portal):
    assert combine(portal, "lov2", "CC-BY-4.0")["suggested"] == "etalab-2.0"
    mixed = combine(portal, "lov2", "odbl")
    assert mixed["suggested"] == "ODbL-1.0"
    refused = next(candidate for candidate in mixed["candidates"] if candidate["licence"] == "etalab-2.0")
    assert refused["verdict"] == "no"
    assert any("4.4" in opinion["article"]["fr"] for opinion in refused["opinions"])


def test_what_cannot_be_mixed_is_told_with_a_way_out(portal):
    answer = combine(portal, "ODbL-1.0", "CC-BY-SA-4.0")
    assert answer["suggested"] is None
    assert "4.5" in answer["apart"]["article"]["fr"]
    assert combine(portal, "libre")["suggested"] is None
    assert requests.get(f"{portal.url}/api/v1/licences/combine").status_code == 400


def test_sql_over_several_datasets_says_which_licence_the_answer_may_carry(portal):
    one, other = portal.resource("subsidies")["id"], portal.resource("places")["id"]
    answer = requests.get(
        f"{portal.url}/api/v1/sql",
        params={"query": f'SELECT (SELECT count(*) FROM "{one}") AS a, (SELECT count(*) FROM "{other}") AS b'},
    )
    assert answer.json()["licence"] == "etalab-2.0"


def test_the_page_answers_without_script(portal, open_page):
    page = open_page(f"{portal.url}/licences", script=False)
    page.get_by_label("Licence ODbL 1.0 (base de données ouverte)").check()
    page.get_by_label("Licence Ouverte 2.0").check()
    page.get_by_role("button", name="Quelle licence").click()
    assert "ODbL" in page.get_by_role("status").inner_text()


def test_a_dataset_has_a_score_with_the_next_thing_to_do(portal, open_page):
    slug = portal.published["subsidies"]["dataset"]["slug"]
    score = requests.get(f"{portal.url}/api/v1/datasets/{slug}/quality").json()
    assert 0 < score["total"] < 100
    assert sum(mark["points"] for mark in score["marks"]) == score["total"]
    missing = {mark["criterion"]: mark["of"] - mark["points"] for mark in score["marks"]}
    assert missing[score["next"]] == max(missing.values())
    page = open_page(f"{portal.url}/datasets/{slug}")
    assert f"{score['total']} sur 100" in page.get_by_role("heading", name="Qualité").locator("..").inner_text()
