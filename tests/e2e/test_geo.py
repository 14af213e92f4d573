"""/geo speaks the API Géo's language: its documented questions, and what its clients do."""

from concurrent.futures import ThreadPoolExecutor
import time

import pytest
import requests


@pytest.fixture(scope="module")
def geo(portal):
    session = requests.Session()

    def ask(path, status=200, **options):
        answer = session.get(f"{portal.url}/geo{path}", timeout=30, **options)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"
        return answer

    return ask


def test_the_documented_questions_have_the_documented_shapes(geo):
    (town,) = geo("/communes?codePostal=78000").json()
    assert list(town) == ["nom", "code", "codeDepartement", "siren", "codeEpci", "codeRegion", "codesPostaux", "population"]
    assert (town["nom"], town["code"], town["codesPostaux"]) == ("Versailles", "78646", ["78000"])

    found = geo("/communes?nom=Nantes&fields=departement&boost=population&limit=5").json()
    assert 1 <= len(found) <= 5 and found[0]["nom"] == "Nantes" and found[0]["_score"] > 0
    assert found[0]["departement"] == {"code": "44", "nom": "Loire-Atlantique"}
    assert [one["_score"] for one in found] == sorted((one["_score"] for one in found), reverse=True)

    (here,) = geo("/communes?lat=48.864&lon=2.443&fields=code,nom,codesPostaux,surface,population,centre,contour").json()
    assert here["nom"] == "Montreuil" and here["contour"]["type"] in ("Polygon", "MultiPolygon")
    assert 880 < here["surface"] < 900

    town = geo("/communes/44109?fields=nom,code,codesPostaux,codeDepartement,codeRegion,population,centre,mairie,bbox,epci,region").json()
    assert town["centre"]["type"] == town["mairie"]["type"] == "Point" and town["bbox"]["type"] == "Polygon"
    assert town["epci"] == {"code": "244400404", "nom": "Nantes Métropole"}
    assert town["region"] == {"code": "52", "nom": "Pays de la Loire"}


def test_collections_of_features_are_geojson(geo):
    collection = geo("/departements/44/communes?fields=nom,code,population&format=geojson&geometry=contour").json()
    assert collection["type"] == "FeatureCollection" and len(collection["features"]) == 207
    for feature in collection["features"]:
        assert set(feature) == {"type", "properties", "geometry"}
        assert set(feature["properties"]) == {"nom", "code", "population"}
        for polygon in [feature["geometry"]["coordinates"]] if feature["geometry"]["type"] == "Polygon" else feature["geometry"]["coordinates"]:
            for ring in polygon:
                assert ring[0] == ring[-1] and len(ring) >= 4
    point = geo("/communes/44109?format=geojson").json()
    assert (point["type"], point["geometry"]["type"]) == ("Feature", "Point")


def test_sub_paths_give_what_is_inside(geo):
    assert len(geo("/epcis/244400404/communes").json()) == 24
    assert [one["code"] for one in geo("/regions/11/departements").json()] == ["75", "77", "78", "91", "92", "93", "94", "95"]
    assert geo("/departements?nom=finist").json()[0]["code"] == "29"
    assert (len(geo("/departements").json()), len(geo("/regions").json())) == (101, 18)
    (whole,) = [one for one in geo("/epcis?nom=Nantes&fields=nom,code,codesDepartements,codesRegions,population,centre,contour").json() if one["code"] == "244400404"]
    assert whole["codesDepartements"] == ["44"] and whole["contour"]["type"] == "Polygon"
    assert geo("/communes_associees_deleguees?nom=arbignieu").json()[0]["chefLieu"] == "01015"


def test_every_commune_is_found_by_code_and_where_it_is(geo):
    communes = geo("/communes?fields=code,centre,population&zone=metro,drom").json()
    assert len(communes) > 34_800
    assert sum(commune.get("population", 0) for commune in communes) > 65_000_000
    for commune in communes[::1500]:
        lon, lat = commune["centre"]["coordinates"]
        assert [one["code"] for one in geo(f"/communes?lat={lat}&lon={lon}").json()] == [commune["code"]]


def test_codes_of_other_times_are_resolved(geo):
    assert [one["code"] for one in geo("/communes?ancienCode=01144").json()] == ["01025"]
    assert geo("/communes/01144").json()["nom"] == "Bâgé-Dommartin"


def test_unknown_codes_have_an_empty_404_and_bad_questions_a_400(geo):
    for path in ["/communes/99999", "/epcis/123456789", "/departements/00", "/regions/00", "/regions/00/departements"]:
        assert geo(path, 404).content == b""
    for query in ["lat=95&lon=3", "lat=a&lon=3", "lon=3", "limit=a", "limit=-1", "zone=x", "type=x", "fields=contour", "format=geojson"]:
        answer = geo(f"/communes?{query}", 400).json()
        assert answer["code"] == 400 and answer["message"] and answer["description"]


@pytest.mark.parametrize("name", ["", "a", "x" * 6000, "\x00\x07", "Αθήνα", "東京", "' OR '1'='1", "(a+)+$", "%", "../../etc/passwd", "<script>"])
def test_any_name_may_be_asked_for(geo, name):
    started = time.monotonic()
    answer = geo("/communes", params={"nom": name, "limit": 5})
    assert len(answer.json()) <= 5
    assert time.monotonic() - started < 2


def test_any_site_may_read_and_a_copy_stays_good(portal, geo):
    answer = geo("/communes/11076", headers={"origin": "https://ailleurs.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"].startswith("application/json")
    geo("/communes/11076", 304, headers={"if-none-match": answer.headers["etag"]})
    head = requests.head(f"{portal.url}/geo/communes/11076", timeout=10)
    assert head.status_code == 200 and head.content == b""
    assert requests.post(f"{portal.url}/geo/communes", timeout=10).status_code == 405
    asked = requests.options(
        f"{portal.url}/geo/communes",
        headers={"origin": "https://ailleurs.example", "access-control-request-method": "GET"},
        timeout=10,
    )
    assert asked.ok and asked.headers["access-control-allow-origin"] == "*"
    assert geo("/communes/11076/").json()["code"] == "11076"
    assert "openapi: 3" in geo("/definition.yml").text


def test_many_at_once_are_all_answered(portal):
    def ask(code):
        return requests.get(f"{portal.url}/geo/communes/{code}", timeout=30).json()["code"] == code

    codes = [one["code"] for one in requests.get(f"{portal.url}/geo/departements/11/communes", timeout=30).json()]
    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, codes))
