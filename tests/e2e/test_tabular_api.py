"""api-tabular's documented questions give its documented shapes."""

import csv
import io

import pytest
import requests


@pytest.fixture
def api(any_portal):
    """Asks about the subsidies; gives the answer's JSON and checks its status."""
    base = f"{any_portal.url}/tabular/api/resources/{any_portal.resource('subsidies')['id']}"

    def ask(path: str, status: int = 200):
        answer = requests.get(f"{base}/{path}", timeout=60)
        assert answer.status_code == status, answer.text
        return answer.json()

    ask.base = base
    return ask


def test_a_resource_links_to_what_is_known_of_it(api):
    answer = api("")
    assert answer.keys() == {"created_at", "url", "links"}
    assert {link["rel"] for link in answer["links"]} == {"profile", "data", "swagger"}
    for link in answer["links"]:
        assert link["type"] == "GET"
        assert requests.get(link["href"], timeout=60).status_code == 200


def test_the_profile_has_the_columns_of_the_file(api):
    profile = api("profile/")["profile"]
    assert profile["header"][:2] == ["Bénéficiaire", "SIRET"]
    assert profile["total_lines"] == 240
    assert profile["separator"] == ";"
    assert profile["columns"]["Montant"].keys() >= {"python_type", "format", "score"}
    assert profile["columns"]["Montant"]["python_type"] == "float"
    amounts = profile["profile"]["Montant"]
    assert amounts.keys() >= {"nb_distinct", "nb_missing_values", "tops", "min", "max", "mean", "std"}
    assert profile["profile"]["Thème"]["tops"][0].keys() == {"value", "count"}


def test_data_comes_by_pages_with_absolute_links(api):
    answer = api("data/?page_size=50")
    assert answer.keys() >= {"data", "links", "meta"}
    assert answer["meta"] == {"page": 1, "page_size": 50, "total": 240}
    assert len(answer["data"]) == 50 and answer["data"][0]["__id"] == 1
    assert answer["links"].keys() >= {"profile", "swagger", "next", "prev"}
    assert answer["links"]["prev"] is None

    seen = [row["__id"] for row in answer["data"]]
    while answer["links"]["next"]:
        answer = requests.get(answer["links"]["next"], timeout=60).json()
        seen += [row["__id"] for row in answer["data"]]
    assert seen == list(range(1, 241))


def test_the_default_page_has_20_rows(api):
    assert len(api("data/")["data"]) == 20


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("Thème__exact=Sport", lambda row: row["Thème"] == "Sport"),
        ("Thème__differs=Sport", lambda row: row["Thème"] != "Sport"),
        ("Bénéficiaire__contains=judo", lambda row: "judo" in row["Bénéficiaire"].lower()),
        ("Bénéficiaire__notcontains=judo", lambda row: "judo" not in row["Bénéficiaire"].lower()),
        ("Code commune__in=01004,09122", lambda row: row["Code commune"] in ("01004", "09122")),
        ("Code commune__notin=01004,09122", lambda row: row["Code commune"] not in ("01004", "09122")),
        ("Montant__less=500", lambda row: row["Montant"] is not None and row["Montant"] <= 500),
        ("Montant__greater=500", lambda row: row["Montant"] is not None and row["Montant"] >= 500),
        ("Montant__strictly_less=500", lambda row: row["Montant"] is not None and row["Montant"] < 500),
        ("Montant__strictly_greater=500", lambda row: row["Montant"] is not None and row["Montant"] > 500),
        ("Montant__isnull", lambda row: row["Montant"] is None),
        ("Montant__isnotnull", lambda row: row["Montant"] is not None),
        ("Date de convention__greater=2023-07-01", lambda row: row["Date de convention"] >= "2023-07-01"),
        ("Versée__exact=true", lambda row: row["Versée"] is True),
        ("or=(Thème__exact.Sport,and(Montant__less.\"500\",Versée__exact.false))", lambda row: row["Thème"] == "Sport" or (row["Montant"] is not None and row["Montant"] <= 500 and row["Versée"] is False)),
    ],
)
def test_a_filter_keeps_the_rows_that_it_says(api, query, holds):
    every = [row for page in (1, 2) for row in api(f"data/?page={page}&page_size=200")["data"]]
    expected = [row["__id"] for row in every if holds(row)]
    answer = api(f"data/?page_size=200&{query}")
    kept = [row["__id"] for row in answer["data"]]

    assert answer["meta"]["total"] == len(expected) > 0
    assert kept == expected[:200]


def test_sorting_puts_nulls_last(api):
    amounts = [row["Montant"] for page in (1, 2) for row in api(f"data/?Montant__sort=desc&page_size=200&page={page}")["data"]]
    assert amounts[-1] is None
    assert amounts[:-1] == sorted(amounts[:-1], reverse=True)


def test_columns_are_chosen(api):
    assert api("data/?columns=SIRET,Montant")["data"][0].keys() - {"__id"} == {"SIRET", "Montant"}


def test_leading_zeros_are_kept(api):
    codes = {row["Code commune"] for row in api("data/?page_size=200")["data"]}
    assert {"01004", "09122"} <= codes


def test_groups_are_rows(api):
    every = [row for page in (1, 2) for row in api(f"data/?page={page}&page_size=200")["data"]]
    groups = {row["Thème"]: row for row in api("data/?Thème__groupby&Montant__sum&Montant__count")["data"]}
    assert set(groups) == {row["Thème"] for row in every}
    for theme, group in groups.items():
        amounts = [row["Montant"] for row in every if row["Thème"] == theme and row["Montant"] is not None]
        assert group["Montant__count"] == len(amounts)
        assert group["Montant__sum"] == pytest.approx(sum(amounts))


@pytest.mark.parametrize("query", ["Nowhere__exact=1", "Montant__less=abc", "page=0", "page_size=-1", "or=((", "Montant__nonsense=1"])
def test_a_query_that_means_nothing_is_400(api, query):
    errors = api(f"data/?{query}", status=400)["errors"]
    assert errors and errors[0].keys() >= {"code", "title", "detail"}


def test_an_unknown_resource_is_404(any_portal):
    answer = requests.get(f"{any_portal.url}/tabular/api/resources/00000000-0000-4000-8000-000000000000/data/", timeout=60)
    assert answer.status_code == 404
    assert answer.json()["errors"][0].keys() >= {"code", "title", "detail"}


def test_files_follow_the_filters(api):
    total = api("data/?Thème__exact=Sport")["meta"]["total"]
    text = requests.get(f"{api.base}/data/csv/?Thème__exact=Sport", timeout=60)
    assert text.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert len(rows) == total and {row["Thème"] for row in rows} == {"Sport"}
    assert len(requests.get(f"{api.base}/data/json/?Thème__exact=Sport", timeout=60).json()) == total


def test_the_swagger_is_yaml_about_this_resource(api):
    answer = requests.get(f"{api.base}/swagger/", timeout=60)
    assert answer.status_code == 200
    assert "Montant" in answer.text and "openapi" in answer.text


def test_the_service_says_that_it_is_well(any_portal):
    assert requests.get(f"{any_portal.url}/tabular/health/", timeout=60).status_code == 200
    assert isinstance(requests.get(f"{any_portal.url}/tabular/api/aggregation-exceptions/", timeout=60).json(), list)
