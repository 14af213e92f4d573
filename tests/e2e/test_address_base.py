"""A town's own address base: begun from a file, put right, certified, placed on the map, published, and found."""

from __future__ import annotations

import csv
import io
import re
import time
from contextlib import ExitStack

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe

from conftest import DESKTOP, PHONE, new_installation
from sign_in import add_person, sign_in

PERSON = "adresses@bram.example"
COMMUNE = "11049"
NAME = "Bram"
#: The village lies around this place.
LON, LAT = 2.1137, 43.2434
SMALL = {"width": 320, "height": 640}
HEADER = (
    "id_ban_commune;id_ban_toponyme;id_ban_adresse;cle_interop;commune_insee;commune_nom;commune_deleguee_insee;"
    "commune_deleguee_nom;voie_nom;lieudit_complement_nom;numero;suffixe;position;x;y;long;lat;cad_parcelles;source;"
    "date_der_maj;certification_commune"
)


def row(code: str, name: str, number: int, suffix: str = "", east: float = 0, north: float = 0, certified: int = 0) -> str:
    key = f"{COMMUNE}_{code}_{number:05}" + (f"_{suffix}" if suffix else "")
    place = f"{LON + east:.7f};{LAT + north:.7f}"
    return f";;;{key};{COMMUNE};{NAME};;;{name};;{number};{suffix};entrée;;;{place};;Mairie;2024-01-02;{certified}"


ROWS = [
    *[row("0100", "Rue du Moulin", number, east=number / 10_000) for number in range(1, 12, 2)],
    row("0100", "Rue du Moulin", 3, "bis", east=0.00035, certified=1),
    row("0200", "AV DE LA GARE", 4, north=0.002),
    row("0200", "AV DE LA GARE", 6, east=0.3),
    row("b001", "La Borie Haute", 99999, north=0.01),
]
FILE = "\n".join([HEADER, *ROWS]) + "\n"


class Town:
    """A portal of one town, on which one person publishes; each test goes on from where the last one left."""

    def __init__(self, url: str, installation, chromium) -> None:
        self.url, self.installation, self.chromium = url, installation, chromium
        add_person(installation, PERSON, "--organization", "bram", "--role", "publisher")
        context = chromium.new_context(locale="fr-FR")
        sign_in(context.new_page(), url, PERSON)
        self.state = context.storage_state()
        context.close()
        self.token = installation.must(
            "token", "add", "--name", "outil", "--organization", "bram", "--scope", "publish", "--format", "json"
        ).json["secret"]


@pytest.fixture(scope="module")
def town(tmp_path_factory, chromium):
    installation = new_installation(tmp_path_factory.mktemp("town") / "data")
    with installation.serve("--writes-per-minute", "0", "--uploads-per-minute", "0") as url:
        yield Town(url, installation, chromium)


@pytest.fixture
def clerk(town):
    """Opens pages as the person who keeps the base; fails when a script did."""
    contexts, faults = [], []

    def open_(path: str, *, viewport=None, script=True, language="fr-FR"):
        context = town.chromium.new_context(
            locale=language, viewport=viewport or DESKTOP, java_script_enabled=script, storage_state=town.state
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: _note(message, faults))
        page.goto(f"{town.url}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def _note(message, faults: list[str]) -> None:
    # A form that comes back with what is wrong has a status that the browser tells of.
    if message.type == "error" and "GL Driver" not in message.text and "422" not in message.text:
        faults.append(message.text)


def api(town, method: str, path: str, **options):
    headers = {"Authorization": f"Bearer {town.token}"}
    return requests.request(method, f"{town.url}/api/v1/addresses{path}", headers=headers, timeout=30, **options)


def street(town, name: str) -> dict:
    lines = api(town, "GET", f"/{COMMUNE}/streets?limit=100").json()["streets"]
    line = next(line for line in lines if line["name"] == name)
    return api(town, "GET", f"/{COMMUNE}/streets/{line['id']}").json()


def open_street(clerk, town, name: str, **options):
    return clerk(f"/addresses/{COMMUNE}/streets/{street(town, name)['id']}", **options)


def notice(page) -> str:
    return page.get_by_role("status").first.inner_text()


def test_nobody_sees_bases_without_being_signed_in(town):
    answer = requests.get(f"{town.url}/addresses/{COMMUNE}", headers={"Accept": "text/html"})
    assert "/sign-in" in answer.url
    assert requests.get(f"{town.url}/api/v1/addresses").status_code == 401


def test_an_empty_list_says_what_to_do(clerk):
    page = clerk("/addresses")
    assert "Aucune base" in page.locator("main").inner_text()
    assert page.get_by_role("button", name="Commencer").is_visible()


def test_what_is_no_file_of_the_commune_is_said_and_nothing_is_begun(clerk, tmp_path, town):
    page = clerk("/addresses", script=False)
    path = tmp_path / "arbres.csv"
    path.write_text("essence;hauteur\nchêne;12\n", encoding="utf-8")
    page.get_by_label("Commune", exact=True).fill("Bram")
    page.get_by_role("radio", name="Un fichier").check()
    page.get_by_label("Fichier", exact=True).set_input_files(path)
    page.get_by_role("button", name="Commencer").click()
    assert "n’est pas une base d’adresses" in page.get_by_role("alert").inner_text()
    page.get_by_label("Commune", exact=True).fill("Atlantide")
    page.get_by_role("radio", name="Aucune").check()
    page.get_by_role("button", name="Commencer").click()
    assert "Aucune commune" in page.get_by_role("alert").inner_text()
    assert api(town, "GET", "").json()["total"] == 0


def test_a_base_is_begun_from_a_file(clerk, tmp_path, town, screenshot):
    page = clerk("/addresses", script=False)
    path = tmp_path / "bal.csv"
    path.write_text(FILE, encoding="utf-8")
    page.get_by_label("Commune", exact=True).fill("Bram")
    page.get_by_role("radio", name="Un fichier").check()
    page.get_by_label("Fichier", exact=True).set_input_files(path)
    screenshot(page, "addresses-begin")
    page.get_by_role("button", name="Commencer").click()
    page.wait_for_url(f"**/addresses/{COMMUNE}?done=begun")
    text = page.locator("main").inner_text()
    assert "2 voies" in text and "1 lieu-dit" in text and "9 numéros" in text
    assert "certifiés : 1 sur 9" in text.replace("\u00a0", " ")
    links = page.get_by_role("list").filter(has_text="hors de la commune").get_by_role("link")
    assert [re.sub(r"\s", " ", label) for label in links.all_inner_texts()] == [
        "1 position hors de la commune",
        "1 nom à écrire en toutes lettres",
    ]
    page.get_by_role("link", name="1 position hors de la commune").click()
    assert page.locator("tbody tr").count() == 1
    base = api(town, "GET", f"/{COMMUNE}").json()
    assert (base["streets"], base["numbers"], base["certified"]) == (3, 9, 1)


def test_a_name_is_put_right_with_the_form_that_is_proposed(clerk, town):
    page = clerk(f"/addresses/{COMMUNE}?q=gare", script=False)
    page.get_by_role("link", name="AV DE LA GARE").click()
    page.get_by_text("Nom et description").click()
    page.get_by_label("Nom complet").fill("Av. de la Gare")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    assert "Avenue de la Gare" in page.get_by_role("alert").inner_text()
    page.get_by_role("button", name="Écrire « Avenue de la Gare »").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Avenue de la Gare"
    assert street(town, "Avenue de la Gare")["revision"] == 2


@pytest.mark.parametrize("script", [True, False])
def test_numbers_are_added_one_by_one_and_by_range(clerk, town, script):
    page = clerk(f"/addresses/{COMMUNE}", script=script)
    name = f"Rue Neuve {'une' if script else 'deux'}"
    page.get_by_label("Nom complet").fill(name)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    assert "Donnez-lui ses numéros" in notice(page)
    page.get_by_label("Numéro", exact=True).fill("12 bis")
    page.get_by_label("Latitude").first.fill("43,2440")
    page.get_by_label("Longitude").first.fill("2.1140")
    page.get_by_role("button", name="Ajouter le numéro").click()
    page.get_by_label("Du", exact=True).fill("2")
    page.get_by_label("Au", exact=True).fill("8")
    page.get_by_role("button", name="Ajouter la série").click()
    found = [(number["number"], number["suffix"], len(number["positions"])) for number in street(town, name)["numbers"]]
    assert found == [(2, "", 0), (4, "", 0), (6, "", 0), (8, "", 0), (12, "bis", 1)]
    page.get_by_label("Numéro", exact=True).fill("4")
    page.get_by_role("button", name="Ajouter le numéro").click()
    assert "existe déjà" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Numéro", exact=True).input_value() == "4"


def test_all_the_numbers_of_a_street_are_certified_at_once(clerk, town):
    page = open_street(clerk, town, "Rue du Moulin", script=False)
    page.get_by_role("button", name="Tout certifier").click()
    assert "C’est certifié" in notice(page)
    assert all(number["certified"] for number in street(town, "Rue du Moulin")["numbers"])


def test_a_number_is_placed_on_the_map_and_by_keyboard(clerk, town):
    page = open_street(clerk, town, "Rue Neuve une")
    page.get_by_role("rowheader", name="2", exact=True).get_by_role("link").click()
    canvas = page.locator("canvas.maplibregl-canvas")
    canvas.wait_for()
    page.locator("[data-map-hint]").wait_for(state="visible")
    canvas.click(position={"x": 300, "y": 200})
    latitude = page.get_by_label("Latitude").first
    assert abs(float(latitude.input_value()) - LAT) < 0.1
    placed = latitude.input_value()
    canvas.focus()
    page.keyboard.press("Enter")
    assert latitude.input_value() != placed
    page.get_by_label("La commune certifie cette adresse").check()
    page.get_by_role("button", name="Enregistrer et passer au suivant").click()
    assert "4 Rue Neuve une" in page.get_by_role("heading", level=1).inner_text()
    first = street(town, "Rue Neuve une")["numbers"][0]
    assert first["certified"] and first["positions"][0]["kind"] == "entrance"


def test_a_mark_is_dragged(clerk, town):
    number = street(town, "Rue du Moulin")["numbers"][0]
    page = clerk(f"/addresses/{COMMUNE}/streets/{street(town, 'Rue du Moulin')['id']}/numbers/{number['id']}")
    mark = page.locator(".maplibregl-marker")
    mark.wait_for()
    before = page.get_by_label("Longitude").first.input_value()
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 10, steps=5)
    page.mouse.up()
    assert page.get_by_label("Longitude").first.input_value() != before


def test_what_is_no_position_is_said_and_what_was_typed_stays(clerk, town):
    number = street(town, "Rue du Moulin")["numbers"][0]
    page = clerk(
        f"/addresses/{COMMUNE}/streets/{street(town, 'Rue du Moulin')['id']}/numbers/{number['id']}", script=False
    )
    page.get_by_label("Latitude").first.fill("quarante-trois")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    assert "quarante-trois" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Latitude").first.input_value() == "quarante-trois"


def test_what_was_deleted_comes_back_from_the_history(clerk, town):
    before = street(town, "Rue Neuve deux")
    page = open_street(clerk, town, "Rue Neuve deux", script=False)
    page.get_by_role("checkbox", name="Choisir le 4", exact=True).check()
    page.get_by_role("button", name="Supprimer les numéros choisis").click()
    assert len(street(town, "Rue Neuve deux")["numbers"]) == len(before["numbers"]) - 1
    page.get_by_text("Supprimer cette voie").click()
    page.get_by_role("button", name="Supprimer", exact=True).click()
    assert "L’historique" in notice(page)
    page.get_by_role("link", name="Historique de la base").click()
    page.get_by_role("button", name="Remettre : Suppression : Rue Neuve deux").click()
    page.goto(f"{town.url}/addresses/{COMMUNE}/history")
    page.get_by_role("button", name="Remettre : Changement : Rue Neuve deux").click()
    assert street(town, "Rue Neuve deux")["numbers"] == before["numbers"]


def test_two_tabs_do_not_lose_each_others_work(clerk, town):
    first, second = (open_street(clerk, town, "Avenue de la Gare", script=False) for _ in range(2))
    first.get_by_label("Numéro", exact=True).fill("8")
    first.get_by_role("button", name="Ajouter le numéro").click()
    second.get_by_label("Numéro", exact=True).fill("10")
    second.get_by_role("button", name="Ajouter le numéro").click()
    assert "entre-temps" in second.get_by_role("alert").inner_text()
    second.get_by_role("button", name="Ajouter le numéro").click()
    labels = [number["number"] for number in street(town, "Avenue de la Gare")["numbers"]]
    assert labels == [4, 6, 8, 10]


def test_the_base_is_published_and_its_new_number_is_found(clerk, town, screenshot):
    page = clerk(f"/addresses/{COMMUNE}")
    page.locator("main").get_by_role("link", name="Publier", exact=True).click()
    screenshot(page, "addresses-publish")
    page.get_by_role("button", name="Publier maintenant").click()
    page.wait_for_url(f"**/addresses/{COMMUNE}?done=published")
    page.get_by_role("link", name="Voir le jeu de données").click()
    assert "Base adresse locale : Bram" in page.get_by_role("heading", level=1).inner_text().replace("\u00a0", " ")
    found = wait_for_address(town, "12 bis rue neuve une bram")
    assert found["properties"]["label"].startswith("12bis Rue Neuve une") or "12 bis Rue Neuve une" in found["properties"]["label"]
    assert found["properties"]["citycode"] == COMMUNE
    assert [round(degrees, 4) for degrees in found["geometry"]["coordinates"]] == [2.114, 43.244]
    # The rest of the country's communes are still there.
    other = requests.get(f"{town.url}/adresse/search", params={"q": "Castelnaudary", "type": "municipality"}).json()
    assert other["features"][0]["properties"]["citycode"] == "11076"


def wait_for_address(town, text: str) -> dict:
    """The index follows the publication in the background."""
    deadline = time.monotonic() + 60
    while True:
        answer = requests.get(f"{town.url}/adresse/search", params={"q": text}, timeout=30)
        features = answer.json().get("features", []) if answer.ok else []
        if features and features[0]["properties"]["type"] == "housenumber":
            return features[0]
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.5)


def test_what_is_published_is_a_valid_file_of_the_format(town):
    dataset = requests.get(f"{town.url}/api/v1/datasets", params={"q": "adresse locale"}).json()["datasets"][0]
    assert dataset["licence"] == "etalab-2.0"
    detail = requests.get(f"{town.url}/api/v1/datasets/{dataset['slug']}").json()
    content = requests.get(detail["resources"][0]["version"]["file"]).content
    rows = read(content)
    assert list(rows[0]) == HEADER.split(";")
    borie = next(row for row in rows if row["voie_nom"] == "La Borie Haute")
    assert (borie["numero"], borie["cle_interop"]) == ("99999", f"{COMMUNE}_b001_99999")
    new = next(row for row in rows if row["voie_nom"] == "Rue Neuve une" and row["suffixe"] == "bis")
    assert re.fullmatch(rf"{COMMUNE}_y\d\d\d_00012_bis", new["cle_interop"])
    assert re.fullmatch(r"6\d{5}\.\d\d", new["x"]) and re.fullmatch(r"62\d{5}\.\d\d", new["y"])
    assert {row["certification_commune"] for row in rows} == {"0", "1"}
    moulin = [row for row in rows if row["voie_nom"] == "Rue du Moulin"]
    assert [row["numero"] + row["suffixe"] for row in moulin] == ["1", "3", "3bis", "5", "7", "9", "11"]


def read(content: bytes) -> list[dict]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_is_given_without_publishing(town):
    answer = api(town, "GET", f"/{COMMUNE}/bal.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(read(answer.content)) > 15


def test_a_tool_puts_streets_and_numbers_with_a_token(town):
    made = api(town, "POST", f"/{COMMUNE}/streets", json={"name": "Chemin des Vignes", "kind": "street"})
    assert made.status_code == 201
    path = f"/{COMMUNE}/streets/{made.json()['id']}"
    own = "11111111-2222-4333-8444-555555555555"
    position = {"kind": "entrance", "lon": LON, "lat": LAT}
    put = api(town, "PUT", f"{path}/numbers/{own}", json={"revision": 1, "number": 7, "suffix": "ter", "positions": [position]})
    assert (put.status_code, put.json()["revision"]) == (201, 2)
    again = api(town, "PUT", f"{path}/numbers/{own}", json={"revision": 2, "number": 7, "suffix": "ter", "certified": True})
    assert (again.status_code, again.json()["number"]["certified"]) == (200, True)
    late = api(town, "PUT", f"{path}/numbers/{own}", json={"revision": 2, "number": 9})
    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    whole = {"revision": 3, "name": "Chemin des Vignes", "kind": "street", "numbers": [{"number": 1}, {"id": own, "number": 2}]}
    put = api(town, "PUT", path, json=whole).json()
    assert [number["number"] for number in put["numbers"]] == [1, 2]
    bad = api(town, "PATCH", path, json={"revision": 4, "edits": [{"edit": "add", "number": 12_000}]})
    assert (bad.status_code, bad.json()["reason"]) == (400, "address-number")
    assert api(town, "DELETE", path).status_code == 400
    assert api(town, "DELETE", f"{path}?revision=4").status_code == 204
    assert api(town, "GET", path).status_code == 404


def test_a_reader_looks_and_does_not_touch(town, browse):
    reader = "lectrice@bram.example"
    add_person(town.installation, reader, "--organization", "bram", "--role", "reader")
    page = browse(script=False)
    sign_in(page, town.url, reader)
    page.goto(f"{town.url}/addresses/{COMMUNE}")
    assert "ne permet pas de la modifier" in page.locator("main").inner_text()
    assert page.get_by_role("button", name="Ajouter", exact=True).count() == 0
    assert page.locator("main").get_by_role("link", name="Publier").count() == 0


PAGES = {
    "list": lambda town: "/addresses",
    "base": lambda town: f"/addresses/{COMMUNE}",
    "street": lambda town: f"/addresses/{COMMUNE}/streets/{street(town, 'Rue du Moulin')['id']}",
    "locality": lambda town: f"/addresses/{COMMUNE}/streets/{street(town, 'La Borie Haute')['id']}",
    "number": lambda town: f"/addresses/{COMMUNE}/streets/{street(town, 'Rue du Moulin')['id']}/numbers/"
    + street(town, "Rue du Moulin")["numbers"][0]["id"],
    "publish": lambda town: f"/addresses/{COMMUNE}/publish",
    "history": lambda town: f"/addresses/{COMMUNE}/history",
}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_at_every_width(clerk, town, name, viewport, screenshot):
    page = clerk(PAGES[name](town), viewport=viewport)
    if name in ("base", "street", "locality", "number"):
        page.locator("canvas.maplibregl-canvas").first.wait_for()
    for summary in page.locator("main details > summary").all():
        summary.click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    screenshot(page, f"addresses-{name}-{viewport['width']}")


def test_pages_speak_english(clerk, town):
    page = clerk(f"/addresses/{COMMUNE}", language="en-GB")
    text = page.locator("main").inner_text()
    assert "Numbers certified" in text and "addresses-" not in text


def test_a_base_is_begun_from_what_the_index_knows(tmp_path, chromium, town):
    """The published base of one town is what another keeper of it begins with, once the first base is removed."""
    with ExitStack() as stack:
        context = chromium.new_context(locale="fr-FR", storage_state=town.state, java_script_enabled=False)
        stack.callback(context.close)
        page = context.new_page()
        page.goto(f"{town.url}/addresses/{COMMUNE}")
        page.get_by_text("Supprimer cette base").click()
        page.get_by_label("Code de la commune").fill(COMMUNE)
        page.get_by_role("button", name="Supprimer la base").click()
        assert "La base est supprimée" in notice(page)
        page.get_by_label("Commune", exact=True).fill(f"{NAME} ({COMMUNE})")
        page.get_by_role("radio", name="Les adresses déjà connues ici").check()
        page.get_by_role("button", name="Commencer").click()
        page.wait_for_url(f"**/addresses/{COMMUNE}?done=begun")
    moulin = street(town, "Rue du Moulin")
    assert (moulin["code"], len(moulin["numbers"])) == ("0100", 7)
    assert all(number["certified"] and number["positions"] for number in moulin["numbers"])
