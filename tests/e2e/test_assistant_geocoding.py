"""Addresses placed on a map in the publishing assistant: the surely found, the doubtful, those placed by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from conftest import DEMO, DESKTOP, new_installation
from test_accessibility import TAGS
from test_assistant import PASSWORD, PEOPLE, PHONE, Clerk, Town, _is_fault, first_rows, picture, tab_to, table

STEPS = "file|check|personal|locate|describe|preview"
# Real streets of Montpellier, written as towns do; two that nobody finds without help.
SCHOOLS = table(
    "ecoles.csv",
    "nom;adresse;code_postal;commune",
    "École Alphonse Daudet;35 rue Bernard Blier;34000;Montpellier",
    "École Jean Moulin;183 r. Bernard Blier;34000;MONTPELLIER",
    "École Voltaire;118, rue Bernard Blier;34000;Montpellier",
    "École Condorcet;rue du Xylophone Enchanté;34000;Montpellier",
    "École Pape-Carpantier;5 rue du Xylophone Enchanté;34000;Montpellier",
    "École Sans Adresse;;34000;Montpellier",
    # The street is known, the number is not.
    "École Buffon;12 rue Bernard Blier;34000;Montpellier",
)


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Town:
    installation = new_installation(tmp_path_factory.mktemp("geocoding") / "data")
    installation.must("addresses", "import", DEMO / "montpellier_points_adresse_2014.csv.gz")
    for name, (role, full) in PEOPLE.items():
        with installation.popen(
            "user", "add", "--email", f"{name}@bram.example", "--name", full,
            "--organization", "bram", "--role", role, "--password-stdin",
            stdin=-1, stdout=-1, stderr=-1,
        ) as process:
            out, err = process.communicate(PASSWORD + "\n", timeout=60)
            assert process.returncode == 0, out + err
    with installation.serve("--writes-per-minute", "0", "--uploads-per-minute", "0") as url:
        yield Town(url)


@pytest.fixture
def clerk(chromium, town):
    """Opens a browser and signs in."""
    contexts, clerks = [], []

    def come(name="claire", *, viewport=None, language="fr", scheme="light", script=True) -> Clerk:
        context = chromium.new_context(
            viewport=viewport or DESKTOP,
            locale="fr-FR" if language == "fr" else "en-GB",
            color_scheme=scheme,
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        person = Clerk(page, town.url)
        clerks.append(person)
        page.on("pageerror", lambda error: person.faults.append(f"script: {error}"))
        page.on("console", lambda message: person.faults.append(message.text) if _is_console_fault(message) else None)
        page.goto(f"{town.url}/sign-in?next=/publish")
        page.locator("#email").fill(f"{name}@bram.example")
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button.button-primary").click()
        page.wait_for_url(f"{town.url}/publish")
        return person

    yield come
    for context in contexts:
        context.close()
    faults = [fault for person in clerks for fault in person.faults]
    assert not faults, "\n".join(faults)


def _is_console_fault(message) -> bool:
    return _is_fault(message) and "GL Driver Message" not in message.text


def draft_of(person: Clerk, file: dict, *, script: bool = True) -> str:
    """Gives a file; the address of its draft."""
    person.give(file)
    if not script:
        person.press("Envoyer ce fichier")
    person.page.wait_for_url(re.compile(rf"/publish/[0-9a-f-]{{36}}/({STEPS})"), timeout=60_000)
    return re.match(r".*/publish/[0-9a-f-]{36}", person.page.url).group(0)


def doubt(page, address: str):
    return page.locator("fieldset.doubt", has=page.locator("legend", has_text=address)).first


def api(page, path: str) -> dict:
    """Asks the API as the page's own person."""
    return page.evaluate("path => fetch(path).then(answer => answer.json())", path)


def test_addresses_are_placed_with_corrections_by_hand_and_the_page_has_a_map(clerk):
    person = clerk()
    page = person.page
    draft = draft_of(person, SCHOOLS)
    assert page.url.startswith(f"{draft}/locate"), "the offer is the first thing to decide"
    expect(page.locator("h1")).to_contain_text("3 sur 6 trouvées sûrement", timeout=60_000)
    assert "adresse, code_postal, commune" in page.locator(".lead").inner_text()
    picture(page, "locate-offer-desktop")
    person.press("Placer ces adresses")

    page.wait_for_url(re.compile("/locate\\?table="))
    expect(page.locator("h1")).to_contain_text("3 adresses à regarder", timeout=60_000)
    counts = page.locator(".locate-counts").inner_text()
    assert "3 trouvées sûrement" in counts and "1 ligne sans adresse" in counts, counts
    page.locator("[data-locate].is-live canvas").wait_for()
    by_map, left = doubt(page, "5 rue du Xylophone"), doubt(page, "rue du Xylophone Enchanté 34000")

    by_map.get_by_role("button", name=re.compile("Voir")).click()
    place_on_map(page)
    latitude = by_map.get_by_label("Latitude")
    expect(latitude).to_have_value(re.compile(r"^43\."))
    assert 43 < float(latitude.input_value()) < 44.5
    assert by_map.get_by_label("La placer moi-même").is_checked()
    page.locator("fieldset.doubt").filter(has_not=page.locator("legend", has_text="5 rue")).first.get_by_label("Aucun de ces lieux").check()
    street = doubt(page, "12 rue Bernard Blier")
    with page.expect_response(re.compile("/locate/around")) as around:
        street.get_by_label(re.compile("^Rue Bernard Blier")).check()
    kinds = [feature["properties"]["kind"] for feature in around.value.json()["features"]]
    assert kinds.count("number") > 10 and "street" in kinds and "commune" in kinds
    picture(page, "locate-doubts-desktop")
    person.press("Enregistrer et continuer")

    page.wait_for_url(re.compile("/preview"))
    assert "Adresses placées d’après adresse" in page.locator(".summary-locate").inner_text()
    picture(page, "locate-preview-desktop")
    page.locator("#title").fill("Écoles de Montpellier")
    person.press("Publier")
    page.wait_for_url(re.compile("/datasets/ecoles-de-montpellier"))
    picture(page, "locate-published-desktop")
    told = page.locator("main").text_content()
    assert "Coordonnées trouvées d’après les adresses" in told and "2 placées par une personne" in told
    assert "2 sans position" in told

    rows = first_rows(person.url, page.url)
    assert rows[0]["type_geocodage"] == "numero" or rows[0]["type_geocodage"] == "numero-interpole", rows[0]
    assert "Rue Bernard Blier" in rows[0]["adresse_trouvee"] and rows[0]["code_insee_trouve"] == "34172"
    assert 43.58 < rows[2]["latitude"] < 43.59 and 3.86 < rows[2]["longitude"] < 3.87, "118, as the town has it"
    assert rows[3]["latitude"] is None and rows[5]["latitude"] is None
    assert rows[4]["type_geocodage"] == "manuel" and 43 < rows[4]["latitude"] < 44.5

    assert rows[6]["type_geocodage"] == "voie" and "Bernard Blier" in rows[6]["adresse_trouvee"]

    explorer = page.locator("a[href*='/resources/']").first.get_attribute("href").split("?")[0]
    page.goto(f"{person.url}{explorer}?view=map")
    page.locator("[data-map].is-live canvas").wait_for()
    picture(page, "locate-map-desktop")
    identifier = explorer.rsplit("/", 1)[1]
    features = requests.get(f"{person.url}/api/v1/resources/{identifier}/export.geojson", timeout=30).json()["features"]
    assert sum(feature["geometry"] is not None for feature in features) == 5


def place_on_map(page) -> None:
    canvas = page.locator("[data-locate] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.25})


def test_everything_works_without_script_on_a_phone(clerk):
    person = clerk(script=False, viewport={"width": 320, "height": 640})
    page = person.page
    draft = draft_of(person, SCHOOLS, script=False)
    assert page.url.startswith(f"{draft}/locate")
    person.press("Placer ces adresses")
    chosen = doubt(page, "5 rue du Xylophone")
    chosen.get_by_label("La placer moi-même").check()
    chosen.get_by_label("Latitude").fill("43,61")
    person.press("Enregistrer et continuer")
    assert "n’est pas comprise" in page.get_by_role("alert").inner_text()
    assert doubt(page, "5 rue du Xylophone").get_by_label("Latitude").input_value() == "43,61", "nothing typed is lost"
    picture(page, "locate-error-phone")
    doubt(page, "5 rue du Xylophone").get_by_label("Longitude").fill("3,87")
    person.press("Enregistrer et continuer")
    page.wait_for_url(re.compile("/preview"))
    page.goto(f"{draft}/locate")
    kept = doubt(page, "5 rue du Xylophone")
    assert kept.get_by_label("Latitude").input_value() == "43.610000"
    picture(page, "locate-noscript-phone")


def test_the_keyboard_is_enough(clerk):
    person = clerk()
    page = person.page
    draft_of(person, SCHOOLS)
    tab_to(page, ".assistant-actions button[value=accept]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/locate\\?table="))
    page.locator("[data-locate].is-live canvas").wait_for()
    tab_to(page, ".doubt-see")
    page.keyboard.press("Enter")
    page.locator("[data-locate] canvas").focus()
    page.keyboard.press("Enter")
    assert page.locator("fieldset.doubt input[value=point]:checked").count() == 1, "the centre of the map is taken"
    tab_to(page, ".assistant-actions button[value=save]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/preview"))


def test_one_says_no_and_is_not_asked_again(clerk):
    person = clerk()
    page = person.page
    draft = draft_of(person, SCHOOLS)
    person.press("Ne pas les placer")
    page.wait_for_url(re.compile("/preview"))
    assert "ne sont pas placées" in page.locator(".summary-locate").inner_text()
    page.goto(draft)
    page.wait_for_url(re.compile("/preview"))
    page.locator("#title").fill("Écoles sans positions")
    person.press("Publier")
    page.wait_for_url(re.compile("/datasets/ecoles-sans-positions"))
    assert "latitude" not in first_rows(person.url, page.url)[0]


def test_a_file_without_addresses_has_no_such_step(clerk):
    person = clerk()
    page = person.page
    draft_of(person, table("montants.csv", "association;montant", *[f"Association {n};{n}00" for n in range(30)]))
    assert page.locator(".stages li").count() == 5
    assert "Adresses" not in page.locator(".stages").inner_text()


def test_addresses_that_do_not_say_their_town_are_those_of_the_organisation(clerk, town):
    person = clerk()
    page = person.page
    draft = draft_of(person, table("lieux.csv", "nom;adresse", "Salle A;118 rue Bernard Blier", "Salle B;183 rue Bernard Blier"))
    page.goto(f"{draft}/locate")
    page.locator("summary", has_text="Changer les colonnes").click()
    page.get_by_label("Où sont toutes ces adresses").fill("Nulle-Part-sur-Rien")
    person.press("Placer avec ces réglages")
    assert "n’est pas connu" in page.get_by_role("alert").inner_text()
    page.get_by_label("Où sont toutes ces adresses").fill("Montpellier")
    person.press("Placer avec ces réglages")
    page.wait_for_url(re.compile("/preview"))
    page.goto(f"{draft}/locate")
    expect(page.locator(".locate-counts")).to_contain_text("2 trouvées sûrement", timeout=60_000)
    assert page.get_by_label("Où sont toutes ces adresses").input_value() == "Montpellier (34172)"


def test_a_town_whose_addresses_are_not_known_is_named(clerk):
    person = clerk()
    page = person.page
    lines = [f"Lieu {n};{n} rue de la Mairie;11150;Bram" for n in range(1, 4)]
    draft = draft_of(person, table("bram.csv", "nom;adresse;cp;ville", *lines))
    page.goto(f"{draft}/locate")
    notice = page.locator(".notice-warn").inner_text()
    assert "Bram" in notice and "cocagne addresses import" in notice
    picture(page, "locate-unknown-town-desktop")
    page.locator("summary", has_text="Changer les colonnes").click()
    page.get_by_label("Placer au centre de la commune").check()
    person.press("Placer avec ces réglages")
    page.wait_for_url(re.compile("/preview"))
    page.locator("#title").fill("Lieux de Bram")
    person.press("Publier")
    page.wait_for_url(re.compile("/datasets/lieux-de-bram"))
    rows = first_rows(person.url, page.url)
    assert {row["type_geocodage"] for row in rows} == {"commune"}
    assert {row["code_insee_trouve"] for row in rows} == {"11049"}


PERSONS = table(
    "adherents.csv",
    "nom;prenom;adresse;code_postal;commune",
    *[
        f"{name};{first};{118 + n} rue Bernard Blier;34000;Montpellier"
        for n, (name, first) in enumerate(
            [("Dupont", "Marie"), ("Martin", "Jean"), ("Durand", "Paul"), ("Bernard", "Anne"), ("Petit", "Luc")] * 6
        )
    ],
)


def test_positions_of_persons_need_somebody_who_answers_for_them(clerk):
    person = clerk()
    page = person.page
    draft = draft_of(person, PERSONS)
    page.goto(f"{draft}/personal")
    for finding in page.locator("section.finding").all():
        if finding.get_by_label("Publier, en justifiant").count():
            finding.get_by_label("Publier, en justifiant").check()
            finding.locator("textarea").fill("Élus municipaux dans l’exercice de leur mandat")
    person.press("Enregistrer ces choix et continuer")
    page.goto(f"{draft}/locate")
    assert "désignent des personnes" in page.locator(".finding-high").inner_text()
    picture(page, "locate-persons-desktop")
    reason = page.locator(".finding-high textarea")
    assert "Élus municipaux" in reason.input_value(), "who answers for the addresses is proposed"
    reason.fill("")
    person.press("Placer ces adresses")
    assert "désignent des personnes" in page.get_by_role("alert").inner_text()
    page.locator(".finding-high textarea").fill("Élus municipaux dans l’exercice de leur mandat")
    person.press("Placer ces adresses")
    page.wait_for_load_state()
    page.goto(f"{draft}/preview")
    page.locator("#title").fill("Élus de Montpellier")
    person.press("Publier")
    page.wait_for_url(re.compile("/datasets/elus-de-montpellier"))
    assert first_rows(person.url, page.url)[0]["latitude"] is not None


def test_addresses_that_are_taken_out_are_not_placed(clerk):
    person = clerk()
    page = person.page
    draft = draft_of(person, PERSONS)
    page.goto(f"{draft}/personal")
    for finding in page.locator("section.finding").all():
        finding.locator("input[type=radio]").first.check()
    person.press("Enregistrer ces choix et continuer")
    page.goto(f"{draft}/locate")
    assert page.locator("h1").inner_text() == "Aucune adresse à placer"


def test_what_is_decided_in_another_tab_is_told_and_nothing_is_lost(clerk):
    person = clerk()
    page = person.page
    draft = draft_of(person, SCHOOLS)
    person.press("Placer ces adresses")
    page.wait_for_url(re.compile("/locate\\?table="))
    other = page.context.new_page()
    other.goto(f"{draft}/locate")
    other.locator("fieldset.doubt").first.get_by_label("Aucun de ces lieux").check()
    other.get_by_role("button", name="Enregistrer et continuer").click()
    other.wait_for_url(re.compile("/preview"))

    mine = doubt(page, "5 rue du Xylophone")
    mine.get_by_label("La placer moi-même").check()
    mine.get_by_label("Latitude").fill("43.6")
    mine.get_by_label("Longitude").fill("3.9")
    person.press("Enregistrer et continuer")
    assert page.locator("h1").inner_text() == "Ce brouillon a changé entre-temps"
    person.press("Garder mon choix")
    page.wait_for_url(re.compile("/preview"))
    page.goto(f"{draft}/locate")
    assert doubt(page, "5 rue du Xylophone").get_by_label("Latitude").input_value() == "43.600000"


def test_a_session_that_expires_loses_nothing(clerk):
    person = clerk()
    page = person.page
    draft = draft_of(person, SCHOOLS)
    person.press("Placer ces adresses")
    page.wait_for_url(re.compile("/locate\\?table="))
    mine = doubt(page, "5 rue du Xylophone")
    mine.get_by_label("La placer moi-même").check()
    mine.get_by_label("Latitude").fill("43.6")
    mine.get_by_label("Longitude").fill("3.9")
    page.context.clear_cookies(name="cocagne")
    person.press("Enregistrer et continuer")
    assert page.locator("h1").inner_text() == "Votre session a expiré"
    with page.context.expect_page() as opened:
        person.press("Se connecter dans un nouvel onglet")
    tab = opened.value
    tab.locator("#email").fill("claire@bram.example")
    tab.locator("#password").fill(PASSWORD)
    tab.locator("main form button.button-primary").first.click()
    tab.wait_for_url(re.compile("/publish/"))
    person.press("Renvoyer mes choix")
    person.press("Renvoyer mes choix")
    page.wait_for_url(re.compile("/preview"))
    page.goto(f"{draft}/locate")
    assert doubt(page, "5 rue du Xylophone").get_by_label("Longitude").input_value() == "3.900000"


def test_many_doubtful_addresses_are_paged(clerk):
    person = clerk()
    page = person.page
    lines = [f"Lieu {n};{n} rue du Xylophone Enchanté;34000;Montpellier" for n in range(1, 61)]
    draft = draft_of(person, table("beaucoup.csv", "nom;adresse;code_postal;commune", *lines))
    person.press("Placer ces adresses")
    page.wait_for_url(re.compile("/locate\\?table="))
    assert page.locator("fieldset.doubt").count() == 25
    assert "Page 1 sur 3" in page.locator(".locate-pages").inner_text()
    first = page.locator("fieldset.doubt legend").first.inner_text()
    page.locator("fieldset.doubt").first.get_by_label("Aucun de ces lieux").check()
    person.press("Enregistrer et page suivante")
    page.wait_for_url(re.compile("page=2"))
    assert page.locator("fieldset.doubt legend").first.inner_text() != first
    assert "1 laissée sans position" in page.locator(".locate-counts").inner_text()
    person.press("Page précédente")
    assert page.locator("fieldset.doubt").first.get_by_label("Aucun de ces lieux").is_checked()


def test_a_dataset_is_updated_with_the_same_corrections(clerk):
    person = clerk()
    page = person.page
    draft_of(person, SCHOOLS)
    person.press("Placer ces adresses")
    page.wait_for_url(re.compile("/locate\\?table="))
    mine = doubt(page, "5 rue du Xylophone")
    mine.get_by_label("La placer moi-même").check()
    mine.get_by_label("Latitude").fill("43.6")
    mine.get_by_label("Longitude").fill("3.9")
    person.press("Enregistrer et continuer")
    page.wait_for_url(re.compile("/preview"))
    page.locator("#title").fill("Écoles mises à jour")
    person.press("Publier")
    page.wait_for_url(re.compile("/datasets/ecoles-mises-a-jour"))
    person.press("Mettre à jour")
    page.wait_for_url(re.compile("/publish\\?dataset="))
    again = SCHOOLS["buffer"].decode().splitlines() + ["École Neuve;183 rue Bernard Blier;34000;Montpellier"]
    page.locator("#file").set_input_files(table("ecoles-2.csv", *again))
    page.wait_for_url(re.compile(rf"/publish/[0-9a-f-]{{36}}/({STEPS})"), timeout=60_000)
    page.goto(re.match(r".*/publish/[0-9a-f-]{36}", page.url).group(0) + "/preview")
    person.press("Mettre en ligne la nouvelle version")
    page.wait_for_url(re.compile("/datasets/ecoles-mises-a-jour"))
    rows = first_rows(person.url, page.url)
    assert rows[4]["type_geocodage"] == "manuel" and rows[4]["longitude"] == 3.9
    assert rows[7]["latitude"] is not None


WAYS = {
    "fr-light": {"language": "fr", "scheme": "light", "viewport": DESKTOP},
    "fr-dark": {"language": "fr", "scheme": "dark", "viewport": PHONE},
    "en-light": {"language": "en", "scheme": "light", "viewport": {"width": 320, "height": 640}},
    "en-dark": {"language": "en", "scheme": "dark", "viewport": DESKTOP},
}


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing(clerk, way):
    person = clerk(**WAYS[way])
    page = person.page

    def axe(name: str) -> None:
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        picture(page, f"axe-locate-{name}-{way}")
        assert result.violations_count == 0, f"{name}: {result.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"

    draft_of(person, SCHOOLS)
    page.locator(".locate-settings summary").click()
    axe("offer")
    page.locator(".assistant-actions button[value=accept]").click()
    page.wait_for_url(re.compile("/locate\\?table="))
    page.locator("[data-locate].is-live canvas").wait_for()
    page.locator("fieldset.doubt input[value=point]").first.check()
    axe("doubts")


def test_the_api_tells_what_would_be_found_and_takes_corrections(clerk):
    person = clerk()
    page = person.page
    draft = draft_of(person, SCHOOLS)
    path = draft.replace(person.url, "").replace("/publish/", "/api/v1/drafts/")
    check = api(page, f"{path}/check")
    assert check["tables"][0]["locating"]["columns"]["address"] == ["adresse"]
    survey = api(page, f"{path}/addresses?source=0&table=0")
    assert survey["state"] == "done", survey
    assert (survey["survey"]["sure"], survey["survey"]["rows"], survey["survey"]["empty"]) == (3, 7, 1)
    told = json.dumps(survey["survey"]["doubts"], ensure_ascii=False)
    assert "Xylophone" in told
