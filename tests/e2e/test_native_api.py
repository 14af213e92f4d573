"""The native API: filters, places, orders, groups, pages, versions, SQL, publishing with a token."""

import math

import pytest
import requests
from conftest import DATA


@pytest.fixture
def rows(any_portal):
    """Asks for rows of a resource; gives the answer's JSON."""

    def ask(name: str, query: str = "", status: int = 200) -> dict:
        answer = requests.get(f"{any_portal.rows(name)}?{query}", timeout=60)
        assert answer.status_code == status, answer.text
        return answer.json()

    return ask


def every(rows, name: str, query: str = "") -> list[dict]:
    """All rows, by offsets."""
    found, total = [], 1
    while len(found) < total:
        answer = rows(name, f"{query}&limit=200&offset={len(found)}")
        assert answer["rows"], "a page before the end has rows"
        found += answer["rows"]
        total = answer["total"]
    return found


def test_offsets_and_cursors_walk_the_same_rows(rows, any_portal):
    by_offset = [row["__id"] for row in every(rows, "places", "sort=type,-latitude")]
    answer = rows("places", "sort=type,-latitude&limit=90")
    by_cursor = [row["__id"] for row in answer["rows"]]
    while answer["cursor"]:
        answer = rows("places", f"sort=type,-latitude&limit=90&cursor={requests.utils.quote(answer['cursor'])}")
        by_cursor += [row["__id"] for row in answer["rows"]]
    assert by_cursor == by_offset
    assert sorted(by_offset) == list(range(1, 401))


def test_next_links_lead_to_the_end(rows, any_portal):
    answer, count = rows("places", "limit=150"), 0
    count += len(answer["rows"])
    while answer["next"]:
        answer = requests.get(answer["next"], timeout=60).json()
        count += len(answer["rows"])
    assert count == 400


def test_sorting_on_several_columns_is_stable(rows):
    found = every(rows, "places", "sort=type,-latitude")
    assert found == sorted(found, key=lambda row: (row["type"], -row["latitude"], row["__id"]))


def test_a_box_keeps_what_it_touches(rows):
    places = every(rows, "places")
    west, south, east, north = 1.9, 43.2, 2.1, 43.4
    inside = {row["__id"] for row in places if west <= row["longitude"] <= east and south <= row["latitude"] <= north}
    kept = {row["__id"] for row in every(rows, "places", f"bbox={west},{south},{east},{north}")}
    assert kept == inside and inside


def test_a_distance_keeps_what_is_near(rows):
    def metres(row, lon, lat):
        a, b = math.radians(row["latitude"]), math.radians(lat)
        h = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(row["longitude"] - lon) / 2) ** 2
        return 2 * 6_371_008.8 * math.asin(math.sqrt(h))

    places = every(rows, "places")
    kept = {row["__id"] for row in every(rows, "places", "near=2.0,43.3,9000")}
    # The radius of the sphere may differ by a part in a thousand.
    assert {row["__id"] for row in places if metres(row, 2.0, 43.3) < 8_985} <= kept
    assert kept <= {row["__id"] for row in places if metres(row, 2.0, 43.3) < 9_015}


def test_search_looks_at_every_text(rows):
    kept = every(rows, "places", "q=médiathèque")
    assert kept and all("médiathèque" in f"{row['nom']} {row['type']}".lower() for row in kept)
    assert len(kept) == sum(row["type"] == "médiathèque" for row in every(rows, "places"))


def test_fields_are_chosen_in_order(rows):
    assert [name for name in rows("places", "select=type,id&limit=1")["rows"][0] if name != "__id"] == ["type", "id"]


def test_groups_agree_with_the_rows(rows):
    places = every(rows, "places")
    groups = rows("places", "group_by=type&aggregate=count,avg(latitude),max(id)&sort=-count&limit=100")["rows"]
    assert sum(group["count"] for group in groups) == 400
    assert [group["count"] for group in groups] == sorted((group["count"] for group in groups), reverse=True)
    for group in groups:
        of = [row for row in places if row["type"] == group["type"]]
        assert group["count"] == len(of)
        assert group["latitude__avg"] == pytest.approx(sum(row["latitude"] for row in of) / len(of))
        assert group["id__max"] == max(row["id"] for row in of)


def test_types_are_json_types(rows):
    row = rows("subsidies", "limit=1")["rows"][0]
    assert row["Date de convention"] == "2023-07-13"
    assert row["Montant"] == 613.99
    assert row["Versée"] is False
    assert row["SIRET"] == "34820368872371"


def test_cells_that_do_not_fit_are_listed_and_given_back_raw(rows, any_portal):
    resource = any_portal.resource("subsidies")["id"]
    listed = requests.get(f"{any_portal.url}/api/v1/resources/{resource}/exceptions", timeout=60).json()
    assert [(cell["row"], cell["column"], cell["raw"]) for cell in listed["exceptions"]] == [(18, "Montant", "n.c.")]
    assert rows("subsidies", "__id__exact=18")["rows"][0]["Montant"] is None
    assert rows("subsidies", "__id__exact=18&raw=1")["rows"][0]["Montant"] == "n.c."
    raw = requests.get(f"{any_portal.url}/api/v1/resources/{resource}/export.csv?raw=1", timeout=60).content.decode("utf-8-sig")
    assert "n.c." in raw


def test_the_profile_describes_each_column(any_portal):
    resource = any_portal.resource("subsidies")["id"]
    profile = requests.get(f"{any_portal.url}/api/v1/resources/{resource}/profile", timeout=60).json()
    columns = {column["name"]: column for column in profile["columns"]}
    assert profile["rows"] == 240
    assert columns["Montant"]["type"] == "number" and columns["Montant"]["exceptions"] == 1
    assert columns["Code commune"]["meaning"] == "commune-code"


def test_positions_are_in_france(any_portal):
    """Lambert-93 and the like are turned into longitude and latitude."""
    for name, (west, south, east, north) in {"tracks": (3.5, 43.4, 4.2, 43.9), "trees": (3.7, 43.5, 4.0, 43.7), "polling": (3.7, 43.5, 4.0, 43.7)}.items():
        resource = any_portal.resource(name)["id"]
        collection = requests.get(f"{any_portal.url}/api/v1/resources/{resource}/export.geojson", timeout=120).json()
        for lon, lat in positions(collection):
            assert west < lon < east and south < lat < north, name


def positions(part):
    if isinstance(part, dict):
        inner = part.get("features") or [part.get("geometry")] if "features" in part or "geometry" in part else part.get("coordinates") or part.get("geometries")
        yield from positions(inner) if inner else ()
    elif isinstance(part, list) and part and isinstance(part[0], (int, float)):
        yield part[0], part[1]
    elif isinstance(part, list):
        for item in part:
            yield from positions(item)


def test_tiles_hold_the_rows(any_portal):
    resource = any_portal.resource("places")["id"]
    tile = requests.get(f"{any_portal.url}/api/v1/resources/{resource}/tiles/6/32/23.mvt", timeout=60)
    assert tile.status_code == 200
    assert tile.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert b"rows" in tile.content
    far = requests.get(f"{any_portal.url}/api/v1/resources/{resource}/tiles/6/0/0.mvt", timeout=60)
    assert far.status_code in (200, 204) and b"rows" not in far.content
    assert requests.get(f"{any_portal.url}/api/v1/resources/{resource}/tiles/3/9/0.mvt", timeout=60).status_code in (400, 404)


@pytest.mark.parametrize(
    "query",
    ["Nowhere__exact=1", "sort=nowhere", "select=nowhere", "latitude__less=north", "bbox=1,2,3", "bbox=a,b,c,d", "near=1,2", "limit=-1", "offset=x", "cursor=x", "or=(", "nonsense=1", "aggregate=sum(type)"],
)
def test_a_query_that_means_nothing_is_400_and_says_what(rows, query):
    problem = rows("places", query, status=400)
    assert problem["status"] == 400
    assert problem["detail"]


def test_an_old_version_keeps_its_address(any_installation, tmp_path):
    file = tmp_path / "a.csv"
    options = ("--organization", "bram", "--dataset", "a", "--title", "A")
    file.write_text("nom,n\nun,1\n")
    resource = any_installation.publish(file, *options)["resources"][0]["id"]
    file.write_text("nom,n\nun,1\ndeux,2\n")
    any_installation.publish(file, *options)
    with any_installation.serve() as url:
        base = f"{url}/api/v1/resources/{resource}"
        versions = requests.get(f"{base}/versions", timeout=60).json()
        old = requests.get(f"{base}/versions/1/rows", timeout=60).json()
        new = requests.get(f"{base}/rows", timeout=60).json()
        old_file = requests.get(f"{base}/versions/1/export.csv", timeout=60)
        history = requests.get(f"{url}/api/v1/datasets/a/history", timeout=60).json()["events"]
    assert [version["number"] for version in versions["versions"]] == [2, 1]
    assert (old["total"], new["total"]) == (1, 2)
    assert old_file.status_code == 200
    actions = [event["action"] for event in history]
    assert actions.count("version-published") == 2
    assert all(event["at"] and event["actor"] for event in history)


def test_sql_joins_resources_and_only_reads(any_portal):
    def sql(statement: str):
        body = {"sql": statement, "tables": {"places": any_portal.resource("places")["id"], "subsidies": any_portal.resource("subsidies")["id"]}}
        return requests.post(f"{any_portal.url}/api/v1/sql", json=body, timeout=60)

    answer = sql('SELECT type, count(*) AS n FROM places GROUP BY type ORDER BY n DESC')
    assert answer.status_code == 200, answer.text
    assert sum(row["n"] for row in answer.json()["rows"]) == 400
    joined = sql('SELECT count(*) AS n FROM places p JOIN subsidies s ON p.id = s."Montant"')
    assert joined.status_code == 200, joined.text
    for forbidden in ("DROP TABLE places", "INSERT INTO places VALUES (1)", "COPY places TO 'x.csv'", "CREATE EXTERNAL TABLE t STORED AS CSV LOCATION '/etc/passwd'", "SELECT * FROM '/etc/passwd'", "SET datafusion.execution.batch_size = 1"):
        refused = sql(forbidden)
        assert refused.status_code in (400, 404, 422), f"{forbidden}: {refused.status_code}"
    endless = sql("SELECT count(*) FROM places a, places b, places c, places d WHERE a.id + b.id + c.id + d.id = 7")
    assert endless.status_code in (400, 422, 503), endless.status_code
    assert requests.get(f"{any_portal.url}/health", timeout=60).status_code == 200


def test_a_program_publishes_with_a_token_and_not_without(any_installation):
    secret = any_installation.must("token", "add", "--name", "robot").stdout.strip()
    with any_installation.serve() as url:
        answer = any_installation.publish(DATA / "equipements.csv", "--organization", "bram", "--title", "À distance", "--to", url, "--token", secret)
        rows = requests.get(f"{url}/api/v1/resources/{answer['resources'][0]['id']}/rows", timeout=60).json()
        refused = any_installation.run("publish", DATA / "equipements.csv", "--organization", "bram", "--title", "Sans droit", "--to", url, "--token", "wrong", "--yes")
        datasets = requests.get(f"{url}/api/v1/datasets", timeout=60).json()
    assert rows["total"] == 400
    assert refused.code != 0
    assert datasets["total"] == 1
