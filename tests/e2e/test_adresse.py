"""`/adresse`, driven by the clients of addok and of the API Adresse as they are."""

from __future__ import annotations

import csv
import io
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from geopy.geocoders import BANFrance

from addresses import BAL, MONTPELLIER, with_addresses

#: What a real addok answers for each kind, taken from its own answers (addok 1.3.2 with addok-france), and what the
#: API Adresse adds to it.
ADDOK_TOP = ["type", "version", "features", "attribution", "licence", "query", "limit"]
ADDOK_HOUSENUMBER = {
    "label", "score", "housenumber", "id", "type", "name", "postcode", "city", "citycode", "context", "importance",
    "x", "y", "street",
}  # fmt: skip
ADDOK_CSV = [
    "latitude", "longitude", "result_label", "result_score", "result_score_next", "result_type", "result_id",
    "result_housenumber", "result_name", "result_street", "result_postcode", "result_city", "result_context",
    "result_citycode", "result_oldcitycode", "result_oldcity", "result_district", "result_status",
]  # fmt: skip
ADDOK_REVERSE_CSV = ["result_latitude", "result_longitude", "result_label", "result_distance", *ADDOK_CSV[5:]]


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> str:
    installation = with_addresses(tmp_path_factory.mktemp("adresse") / "data", BAL, MONTPELLIER)
    with installation.serve() as address:
        yield f"{address}/adresse"


def ask(url: str, path: str, **parameters) -> dict:
    answer = requests.get(f"{url}{path}", params=parameters, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()


def first(url: str, path: str, **parameters) -> dict:
    return ask(url, path, **parameters)["features"][0]["properties"]


# --- clients --------------------------------------------------------------------------------------------------------


def test_geopy_works_unchanged(url):
    ban = BANFrance(domain=url.removeprefix("http://"), scheme="http", timeout=30)
    found = ban.geocode("8 boulevard du port castelnaudary")
    assert found.address == "8 Boulevard du Port 11400 Castelnaudary"
    assert abs(found.latitude - 43.317) < 1e-4 and abs(found.longitude - 1.956) < 1e-4
    several = ban.geocode("rue", exactly_one=False, limit=3)
    assert len(several) == 3
    back = ban.reverse((43.3171, 1.9562))
    assert back.address == "10 Boulevard du Port 11400 Castelnaudary"
    assert back.raw["properties"]["citycode"] == "11076"
    assert ban.geocode("qzxwvk jfhgtrw") is None


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_usual_requests_of_plain_clients(url, slash):
    answer = requests.get(f"{url}/search{slash}?q=8+bd+du+port&limit=15&type=housenumber&autocomplete=0", timeout=30)
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["access-control-allow-origin"] == "*"
    document = answer.json()
    assert document["features"][0]["properties"]["id"] == "11076_0123_00008"
    assert document["query"] == "8 bd du port" and document["limit"] == 15
    assert document["filters"] == {"type": ["housenumber"]}
    back = requests.get(f"{url}/reverse{slash}?lon=1.9560&lat=43.3170", timeout=30).json()
    assert back["features"][0]["properties"]["id"] == "11076_0123_00008"
    assert back["limit"] == 1 and "query" not in back


def test_answers_have_the_shape_of_addok(url):
    document = ask(url, "/search/", q="8 boulevard du port castelnaudary")
    assert list(document) == ADDOK_TOP
    assert document["type"] == "FeatureCollection" and document["licence"] == "ETALAB-2.0"
    feature = document["features"][0]
    assert feature["type"] == "Feature" and feature["geometry"]["type"] == "Point"
    longitude, latitude = feature["geometry"]["coordinates"]
    assert (longitude, latitude) == (1.956, 43.317)
    properties = feature["properties"]
    assert ADDOK_HOUSENUMBER <= set(properties)
    assert properties["name"] == "8 Boulevard du Port" and properties["street"] == "Boulevard du Port"
    assert properties["context"] == "11, Aude, Occitanie"
    assert 0 <= properties["score"] <= 1
    assert 600_000 < properties["x"] < 640_000 and 6_240_000 < properties["y"] < 6_270_000, "Lambert-93"
    assert properties["certified"] is True
    town = first(url, "/search", q="Castelnaudary", type="municipality")
    assert town["id"] == town["citycode"] == "11076" and town["population"] > 10_000 and town["postcode"] == "11400"


def test_a_centre_prefers_what_is_near_and_tells_how_far(url):
    document = ask(url, "/search", q="boulevard", lat=43.318, lon=1.954, limit=5)
    assert document["center"] == [1.954, 43.318]
    nearest = document["features"][0]["properties"]
    assert nearest["citycode"] == "11076" and isinstance(nearest["distance"], int)
    for name in ("lng", "long"):
        assert ask(url, "/search", q="rue", lat=43.318, **{name: 1.954})["center"] == [1.954, 43.318]


def test_filters_hold(url):
    for parameters, key, values in [
        ({"citycode": "34172"}, "citycode", {"34172"}),
        ({"citycode": ["34172", "11076"]}, "citycode", {"34172", "11076"}),
        ({"postcode": "11400"}, "postcode", {"11400"}),
        ({"type": "street"}, "type", {"street"}),
        ({"type": "street locality"}, "type", {"street", "locality"}),
        ({"type": "municipality"}, "type", {"municipality"}),
    ]:
        features = ask(url, "/search", q="rue de la", limit=20, **parameters)["features"]
        assert {feature["properties"][key] for feature in features} <= values, parameters
    assert ask(url, "/search", q="rue", type="castle")["features"] == []
    inside = ask(url, "/search", q="rue", bbox="1.9,43.3,2.0,43.4", limit=20)["features"]
    assert inside and all(1.9 <= f["geometry"]["coordinates"][0] <= 2.0 for f in inside)


def test_ours_beyond_addok(url):
    parts = first(url, "/search", housenumber="12 bis", street="rue de dunkerque", city="castelnaudary")
    assert parts["id"] == "11076_0200_00012_bis"
    assert first(url, "/search", q="12 boulevard du port castelnaudary", autocomplete=0)["interpolated"] is True
    assert "reading" in first(url, "/search", q="boulevard du port castelnaudary", explain=1)["explanation"]
    description = requests.get(f"{url}/openapi.json", timeout=30).json()
    assert description["openapi"].startswith("3.1") and "/search/csv" in description["paths"]
    assert ask(url, "/health")["status"] == "HEALTHY"


def test_reverse_has_filters_a_limit_and_a_radius(url):
    features = ask(url, "/reverse", lat=43.3170, lon=1.9560, limit=3)["features"]
    assert len(features) == 3
    distances = [feature["properties"]["distance"] for feature in features]
    assert distances == sorted(distances)
    street = first(url, "/reverse", lat=43.3170, lon=1.9560, type="street")
    assert street["type"] == "street" and "housenumber" not in street
    assert ask(url, "/reverse", lat=43.3170, lon=1.9560, citycode="34172", radius=1000)["features"] == []
    assert ask(url, "/reverse", lat=0, lon=0)["features"] == []


def test_what_a_client_has_already_is_not_sent_again(url):
    address = f"{url}/search?q=rue+de+dunkerque"
    answer = requests.get(address, timeout=30)
    again = requests.get(address, headers={"If-None-Match": answer.headers["etag"]}, timeout=30)
    assert again.status_code == 304 and not again.content
    assert requests.get(f"{address}+castelnaudary", timeout=30).headers["etag"] != answer.headers["etag"]


def test_head_and_options_are_answered(url):
    head = requests.head(f"{url}/search/?q=rue", timeout=30)
    assert head.status_code == 200 and not head.content
    asked = requests.options(
        f"{url}/search/csv/",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"},
        timeout=30,
    )
    assert asked.status_code == 200 and asked.headers["access-control-allow-origin"] == "*"
    assert requests.post(f"{url}/search/", timeout=30).status_code == 405


@pytest.fixture
def other_site() -> str:
    """A page of another origin."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>Form</title>")

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_form_widget_of_another_site_may_ask(url, chromium, other_site):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(other_site)
    labels = page.evaluate(
        """async (url) => {
            const labels = [];
            for (const typed of ["8 b", "8 boul", "8 boulevard du po", "8 boulevard du port cast"]) {
                const answer = await fetch(`${url}/search/?q=${encodeURIComponent(typed)}&limit=6&autocomplete=1`);
                const found = await answer.json();
                labels.push(found.features.map(feature => feature.properties.label));
            }
            const form = new FormData();
            form.append("data", new Blob(["adresse\\n8 boulevard du port castelnaudary\\n"]), "a.csv");
            const file = await fetch(`${url}/search/csv/`, {method: "POST", body: form});
            return [labels, await file.text(), file.headers.get("content-disposition")];
        }""",
        url,
    )
    context.close()
    assert labels[0][-1][0] == "8 Boulevard du Port 11400 Castelnaudary"
    assert "11076_0123_00008" in labels[1] and labels[2] == 'attachment; filename="a.geocoded.csv"'


# --- bad questions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "query", "status", "description"),
    [
        ("/search", "", 400, 'The "q" parameter is required.'),
        ("/search/", "q=", 400, 'The "q" parameter is required.'),
        ("/search", "q=a&limit=101", 400, 'The "limit" parameter is invalid. out of range (1..100)'),
        ("/search", "q=a&limit=-3", 400, 'The "limit" parameter is invalid. out of range (1..100)'),
        ("/search", "q=a&limit=ten", 400, 'The "limit" parameter is invalid. The value must be an integer.'),
        ("/search", "q=a&limit=99999999999999999999", 400, 'The "limit" parameter is invalid. The value must be an integer.'),
        ("/search", "q=abc&lat=91&lon=2", 400, 'The "lat" parameter is invalid. out of range'),
        ("/search", "q=abc&lat=43&lon=-181", 400, 'The "lon" parameter is invalid. out of range'),
        ("/search", "q=abc&lat=x&lon=2", 400, 'The "lat" parameter is invalid. invalid value'),
        ("/search", "q=abc&lat=nan&lon=2", 400, 'The "lat" parameter is invalid. invalid value'),
        ("/reverse", "lat=43", 400, 'The "lon" parameter is required.'),
        ("/reverse", "lon=2", 400, 'The "lat" parameter is required.'),
        ("/reverse/", "lon=2&lat=1e400", 400, 'The "lat" parameter is invalid. invalid value'),
        ("/reverse", "lon=200&lat=4", 400, 'The "lon" parameter is invalid. out of range'),
        ("/search", "q=" + "a" * 201, 413, None),
        ("/search", "q=" + "%C3%A9" * 1_000, 413, None),
    ],
)
def test_bad_questions_are_refused_in_the_shapes_that_clients_know(url, path, query, status, description):
    answer = requests.get(f"{url}{path}?{query}", timeout=30)
    assert answer.status_code == status
    document = answer.json()
    assert document["code"] == status and document["message"] == document["title"] and document["detail"]
    if description:
        assert document["description"] == description
    else:
        assert "limit is 200" in document["title"]
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "text",
    [
        "a", " ", "-", "é", "1", "%", "*", "(", ".*", "\\", "'", '"', "--", "<script>alert(1)</script>",
        "' OR 1=1; DROP TABLE addresses; --", "(a+)+$", "[[[[[[", "\x00", "\x00\x01\x02\x7f", "\u202eabc\u0301\u0301",
        "東京都千代田区", "Москва, Красная площадь", "شارع الحرية", "🏠🏠🏠", "a" * 200, "a " * 100, "1 " * 100,
        "rue " * 50, "999999999999999999999999 rue de dunkerque", "-1 rue de dunkerque", "${jndi:ldap://x}", "NULL", "undefined",
    ],
)  # fmt: skip
def test_odd_questions_are_answered_and_quickly(url, text):
    for autocomplete in (0, 1):
        answer = requests.get(f"{url}/search", params={"q": text, "autocomplete": autocomplete}, timeout=5)
        assert answer.status_code == 200, answer.text
        assert answer.json()["query"] == text
        assert answer.elapsed.total_seconds() < 2


def test_ten_kilobytes_and_bytes_that_are_no_text(url):
    assert requests.get(f"{url}/search?q=" + "a" * 10_240, timeout=5).status_code == 413
    assert requests.get(f"{url}/search?q=" + "a" * 100_000, timeout=5).status_code == 414
    answer = requests.get(f"{url}/search?q=%ff%fe%00", timeout=5)
    assert answer.status_code == 200 and answer.json()["query"] == "\ufffd\ufffd\x00"


# --- files ----------------------------------------------------------------------------------------------------------


def send(url: str, path: str, content: bytes, name="file.csv", **fields) -> requests.Response:
    data = [(key, value) for key, values in fields.items() for value in ([values] if isinstance(values, str) else values)]
    return requests.post(f"{url}{path}", data=data, files={"data": (name, content, "text/csv")}, timeout=120)


def rows(answer: requests.Response, delimiter: str = ",", encoding: str = "utf-8") -> list[dict]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode(encoding)), delimiter=delimiter))


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_csv_as_addok_csv_answers_it(url, slash):
    content = b'id;adresse;cp;ville\n1;"8 bd du port; appt 3";11400;Castelnaudary\n2;;;\n3;qzxwvk jfhgtrw;;\n'
    answer = send(url, f"/search/csv{slash}", content, "mes adresses.csv", columns=["adresse", "ville"])
    assert answer.headers["content-disposition"] == 'attachment; filename="mes adresses.geocoded.csv"'
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[0] == "id;adresse;cp;ville;" + ";".join(ADDOK_CSV)
    assert lines[1].startswith('1;"8 bd du port; appt 3";11400;Castelnaudary;')
    found = rows(answer, ";")
    assert [row["result_status"] for row in found] == ["ok", "skipped", "not-found"]
    assert found[0]["result_id"] == "11076_0123_00008" and found[0]["result_housenumber"] == "8"
    assert float(found[0]["result_score"]) > float(found[0]["result_score_next"])
    assert found[1]["latitude"] == found[2]["result_label"] == ""


def test_columns_that_filter_and_columns_that_are_wanted(url):
    content = b"a,cp,insee,quoi\nboulevard du port,11400,,street\nboulevard du port,,34172,street\n"
    answer = send(url, "/search/csv/", content, columns="a", postcode="cp", citycode="insee", type="quoi",
                  result_columns=["result_citycode", "result_type", "latitude"])  # fmt: skip
    assert answer.text.splitlines()[0] == "a,cp,insee,quoi,latitude,result_type,result_citycode"
    found = rows(answer)
    assert (found[0]["result_citycode"], found[0]["result_type"]) == ("11076", "street")
    assert found[1]["result_citycode"] in ("34172", "")


def test_a_position_in_the_file_prefers_what_is_near(url):
    content = b"a,y,x\nrue de dunkerque,43.3185,1.9530\n"
    found = rows(send(url, "/search/csv/", content, columns="a", lat="y", lon="x"))
    assert found[0]["result_citycode"] == "11076"


def test_a_csv_of_positions(url):
    answer = send(url, "/reverse/csv/", 'nom,lat,lon\nA,43.3170,1.9560\nB,x,\nC,"43,3171","1,9562"\nD,,\nE,95,1\n'.encode())
    assert answer.text.splitlines()[0] == "nom,lat,lon," + ",".join(ADDOK_REVERSE_CSV)
    found = rows(answer)
    assert [row["result_status"] for row in found] == ["ok", "error", "ok", "skipped", "error"]
    assert found[0]["result_id"] == "11076_0123_00008" and found[2]["result_housenumber"] == "10"
    assert found[0]["result_distance"] == "0"
    for names in ("latitude,longitude", "lat,lng", "lat,long"):
        assert rows(send(url, "/reverse/csv", f"{names}\n43.3170,1.9560\n".encode()))[0]["result_status"] == "ok"
    assert rows(send(url, "/reverse/csv", b"y,x\n43.3170,1.9560\n", lat="y", lon="x"))[0]["result_status"] == "ok"


def test_encodings_and_marks_of_order(url):
    text = "numéro;rue\r\n1;cours de la république castelnaudary\r\n"
    for encoding, told in [("latin-1", None), ("latin-1", "iso-8859-1"), ("cp1252", "cp1252"), ("utf-8", "utf-8-sig")]:
        answer = send(url, "/search/csv/", text.encode(encoding), columns="rue", **({"encoding": told} if told else {}))
        body = answer.content.decode(encoding)
        assert body.startswith("numéro;rue;latitude;") and "Cours de la République" in body
        assert body.count("\r\n") == 2 == body.count("\n")
    marked = send(url, "/search/csv/", text.encode("utf-8-sig"), columns="rue").content
    assert marked.startswith(b"\xef\xbb\xbfnum") and marked.count(b"\xef\xbb\xbf") == 1
    assert send(url, "/search/csv/", text.encode(), columns="rue", with_bom="true").content.startswith(b"\xef\xbb\xbf")
    wide = send(url, "/search/csv/", text.encode("utf-16"), columns="rue")
    assert "Cours de la République" in wide.content.decode("utf-16")


def test_what_is_odd_in_a_file_is_kept(url):
    content = b'a,b\r\n"x ""y""",1\r\nshort\r\nlong,1,2,3\r\n\r\n"two\r\nlines",z\r\n'
    answer = send(url, "/search/csv/", content, columns="a")
    lines = answer.content.split(b"\r\n")
    assert lines[1].startswith(b'"x ""y""",1,')
    parsed = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert parsed[2][0] == "short" and parsed[2][-1] == "error" and len(parsed[2]) == 2 + len(ADDOK_CSV)
    assert parsed[3][:2] == ["long", "1"] and parsed[3][-3:] == ["error", "2", "3"]
    assert parsed[4] == [] and parsed[5][0] == "two\r\nlines"


def test_a_file_that_was_answered_already_is_answered_again_in_place(url):
    once = send(url, "/search/csv/", b"a\n8 boulevard du port castelnaudary\n", columns="a")
    twice = send(url, "/search/csv/", once.content, columns="a")
    assert twice.text == once.text


@pytest.mark.parametrize(
    ("path", "content", "fields", "title", "told"),
    [
        ("/search/csv/", b"a,b\n1,2\n", {"columns": "zz"}, 'Unknown column "zz"', "a, b"),
        ("/search/csv/", b"a,b\n1,2\n", {"postcode": "cp"}, 'Unknown column "cp"', "a, b"),
        ("/search/csv/", b"a,b\n1,2\n", {"lat": "y", "lon": "x"}, 'Unknown column "y"', "a, b"),
        ("/search/csv/", b"", {}, "Empty file", "empty"),
        ("/search/csv/", b"\n\n", {}, "Empty file", "empty"),
        ("/search/csv/", b"a\nx\n", {"encoding": "foo"}, 'Unable to decode with encoding "foo"', "foo"),
        ("/search/csv/", b"a\n\xe9\n", {"encoding": "utf-8"}, 'Unable to decode with encoding "utf-8"', "byte 2"),
        ("/search/csv/", b"a\nx\n", {"delimiter": "ab"}, "Unable to tell the columns apart", "ab"),
        ("/search/csv/", b"a\nx\n", {"result_columns": "nope"}, 'Unknown result column "nope"', "result_label"),
        ("/search/csv/", b"a\n" + b"x" * 2_000_000, {}, "Line too long", "line 2"),
        ("/reverse/csv/", b"a,b\n1,2\n", {}, "No columns of coordinates", "a, b"),
    ],
)
def test_files_that_cannot_be_answered_are_refused_before_anything_is_sent(url, path, content, fields, title, told):
    answer = send(url, path, content, **fields)
    assert answer.status_code == 400, answer.text
    document = answer.json()
    assert document["title"] == document["message"] == title and told in document["description"]


def test_requests_without_a_file_are_refused(url):
    for answer in [
        requests.post(f"{url}/search/csv/", files={"x": (None, "y")}, timeout=30),
        requests.post(f"{url}/search/csv/", timeout=30),
        requests.post(f"{url}/search/csv/", data=b"--x\r\n", headers={"content-type": "multipart/form-data; boundary=x"}, timeout=30),
        requests.post(f"{url}/search/csv/", data=b"", headers={"content-type": "multipart/form-data"}, timeout=30),
    ]:
        assert answer.status_code == 400 and answer.json()["title"], answer.text


def test_a_hundred_thousand_rows_keep_their_order(url):
    count = 100_000
    content = b"n,a\n" + b"".join(b"%d,8 boulevard du port castelnaudary\n" % n for n in range(count))
    answer = send(url, "/search/csv/", content, columns="a", result_columns=["result_status", "result_id"])
    lines = answer.text.splitlines()
    assert len(lines) == count + 1
    assert all(line == f"{n},8 boulevard du port castelnaudary,11076_0123_00008,ok" for n, line in enumerate(lines[1:]))


def test_questions_are_answered_while_files_are(url):
    content = b"a\n" + b"12 rue de la republique montpellier\n" * 50_000
    done = threading.Event()
    sender = threading.Thread(target=lambda: (send(url, "/search/csv/", content), done.set()))
    sender.start()
    asked = 0
    while not done.is_set():
        assert requests.get(f"{url}/search?q=rue+de+dunkerque", timeout=5).status_code == 200
        asked += 1
    sender.join()
    assert asked > 3


def test_lines_of_json(url):
    lines = [
        "8 boulevard du port castelnaudary",
        {"q": "12 bis rue de dunkerque", "citycode": "11076", "id": "mine"},
        {"street": "cours de la republique", "city": "castelnaudary", "housenumber": 3},
        {"q": ""},
        ["not", "two", "numbers"],
        {"q": "x" * 300},
    ]
    body = "\n".join(json.dumps(line) for line in lines) + "\n\nnot json\n"
    answer = requests.post(f"{url}/search/ndjson", data=body.encode(), headers={"content-type": "application/x-ndjson"}, timeout=30)
    assert answer.headers["content-type"] == "application/x-ndjson"
    documents = [json.loads(line) for line in answer.text.splitlines()]
    assert len(documents) == 7
    ids = [document["features"][0]["properties"]["id"] for document in documents[:3]]
    assert ids == ["11076_0123_00008", "11076_0200_00012_bis", "11076_0300_00003"]
    assert documents[1]["id"] == "mine" and len(documents[0]["features"]) == 1
    assert [document["line"] for document in documents[3:]] == [4, 5, 6, 8]
    assert [document["code"] for document in documents[3:]] == [400, 400, 413, 400]
    back = requests.post(f"{url}/reverse/ndjson/", data=b'[1.9560,43.3170]\n{"lat": 43.3171, "lon": 1.9562, "id": 7}\n{"lat": 100, "lon": 0}\n', timeout=30)
    documents = [json.loads(line) for line in back.text.splitlines()]
    assert documents[0]["features"][0]["properties"]["housenumber"] == "8"
    assert documents[1]["id"] == 7 and documents[2]["code"] == 400


def test_limits_are_the_operators(tmp_path):
    installation = with_addresses(tmp_path / "data", BAL)
    options = [
        "--address-questions-per-minute", "3", "--address-file-bytes", "1000",
        "--address-attribution", "Ville de Castelnaudary", "--address-licence", "Licence Ouverte 2.0",
    ]  # fmt: skip
    with installation.serve(*options) as address:
        url = f"{address}/adresse"
        assert send(url, "/search/csv/", b"a\n" + b"x\n" * 1_000).status_code == 413
        document = ask(url, "/search", q="rue")
        assert (document["attribution"], document["licence"]) == ("Ville de Castelnaudary", "Licence Ouverte 2.0")
        statuses = [requests.get(f"{url}/search?q=rue", timeout=30).status_code for _ in range(4)]
        assert statuses[-1] == 429


def test_a_first_start_knows_the_communes(tmp_path):
    from program import Installation

    installation = Installation(tmp_path / "data")
    installation.folder.mkdir()
    with installation.serve() as address:
        town = first(f"{address}/adresse", "/search", q="castelnaudary")
        assert town["type"] == "municipality" and town["citycode"] == "11076"
        assert first(f"{address}/adresse", "/reverse", lat=43.318, lon=1.954)["citycode"] == "11076"
