"""Territories of datasets, and "my territory": chosen without an account, followed by every list."""

import re

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from conftest import DATA, PHONE, new_installation
from test_accessibility import TAGS

TOWNS = {
    "Arbres de Castelnaudary": ("castelnaudary", "code_insee,essence\n" + "11076,Pin\n" * 20),
    "Lieux de l’Aude": ("aude", "code_insee,lieu\n11076,a\n11049,b\n11206,c\n" + "11262,d\n" * 20),
    "Places de Nantes": ("nantes", "code_insee,place\n" + "44109,Royale\n" * 20),
    "Sans lieu": ("nantes", "nom,valeur\na,1\nb,2\n"),
}


@pytest.fixture(scope="module")
def towns(tmp_path_factory):
    folder = tmp_path_factory.mktemp("towns")
    installation = new_installation(folder / "data")
    for name, territory in [("Castelnaudary", "commune:11076"), ("Aude", "departement:11"), ("Nantes", None)]:
        options = ["--territory", territory] if territory else []
        installation.must("organization", "add", "--name", name, "--slug", name.lower(), *options)
    for title, (organization, rows) in TOWNS.items():
        file = folder / f"{organization}.csv"
        file.write_text(rows, encoding="utf-8")
        installation.publish(file, "--organization", organization, "--title", title, "--dataset", slug(title))
    with installation.serve() as url:
        yield url


def slug(title):
    return re.sub(r"[^a-z]+", "-", title.lower()).strip("-")


def titles(html):
    return [title for title in TOWNS if title in html]


def choosing(url, key):
    session = requests.Session()
    session.headers["accept"] = "text/html"
    answer = session.post(f"{url}/territory", data={"territory": key, "then": "/datasets"}, timeout=20)
    assert answer.url == f"{url}/datasets" and answer.ok
    return session


def test_codes_join_a_dataset_to_its_territory(towns):
    datasets = requests.get(f"{towns}/api/v1/datasets", timeout=20).json()["datasets"]
    territory = {dataset["title"]: dataset.get("territory") for dataset in datasets}
    assert territory["Arbres de Castelnaudary"] == "commune:11076"
    assert territory["Lieux de l’Aude"] == "departement:11"
    assert territory["Places de Nantes"] == "commune:44109"
    assert territory["Sans lieu"] is None


def test_lists_follow_a_chosen_territory_and_can_stop(towns):
    mine = choosing(towns, "commune:11076")
    expected = ["Arbres de Castelnaudary", "Lieux de l’Aude"]
    for path in ["/", "/datasets"]:
        assert titles(mine.get(towns + path, timeout=20).text) == expected, path
    organizations = mine.get(f"{towns}/organizations", timeout=20).text
    main = organizations.split("<main")[1]
    assert "/organizations/aude" in main and "/organizations/nantes" not in main
    assert len(titles(mine.get(f"{towns}/datasets?around=all", timeout=20).text)) == 4
    assert titles(mine.get(f"{towns}/datasets?territory=commune:44109", timeout=20).text) == ["Places de Nantes"]
    choosing_nothing = mine.post(f"{towns}/territory", data={"territory": "", "then": "/"}, timeout=20)
    assert len(titles(choosing_nothing.text)) == 4


def test_a_wider_territory_shows_what_is_inside(towns):
    assert titles(choosing(towns, "region:76").get(f"{towns}/datasets", timeout=20).text) == ["Arbres de Castelnaudary", "Lieux de l’Aude"]
    assert titles(choosing(towns, "departement:44").get(f"{towns}/datasets", timeout=20).text) == ["Places de Nantes"]
    nothing = choosing(towns, "commune:75056")
    assert titles(nothing.get(towns, timeout=20).text) == []
    assert "cocagne publish" not in nothing.get(towns, timeout=20).text, "the portal isn't empty"


def test_feeds_and_the_api_follow_when_asked(towns):
    feed = requests.get(f"{towns}/feed.atom?around=commune:11076", timeout=20).text
    assert titles(feed) == ["Arbres de Castelnaudary", "Lieux de l’Aude"]
    assert requests.get(f"{towns}/feed.atom?around=lune", timeout=20).status_code == 400
    found = requests.get(f"{towns}/api/v1/datasets?around=departement:44", timeout=20).json()
    assert [dataset["title"] for dataset in found["datasets"]] == ["Places de Nantes"]
    assert requests.get(f"{towns}/api/v1/datasets?around=lune", timeout=20).json()["total"] == 0
    assert 'href="/feed.atom?around=' in choosing(towns, "commune:11076").get(towns, timeout=20).text


def test_what_depends_on_the_choice_is_in_no_shared_cache(towns):
    plain = requests.get(f"{towns}/datasets", timeout=20)
    assert "cookie" in plain.headers["vary"] and plain.headers["cache-control"].startswith("public")
    mine = choosing(towns, "commune:11076").get(f"{towns}/datasets", timeout=20)
    assert "cookie" in mine.headers["vary"] and mine.headers["cache-control"].startswith("private")
    assert mine.headers["etag"] != plain.headers["etag"]
    other = requests.get(
        f"{towns}/datasets",
        headers={"if-none-match": plain.headers["etag"], "cookie": "territory=departement:44"},
        timeout=20,
    )
    assert other.status_code == 200 and titles(other.text) == ["Places de Nantes"]


def test_a_cookie_of_anything_is_harmless(towns):
    for value in ["commune:<script>alert(1)</script>", "x" * 3000, "epci:", "pays:FR", "commune:00000"]:
        answer = requests.get(f"{towns}/datasets", headers={"cookie": f"territory={value}"}, timeout=20)
        assert answer.ok and len(titles(answer.text)) == 4 and "<script>alert" not in answer.text
    away = requests.post(f"{towns}/territory", data={"territory": "region:76", "then": "https://evil.example"}, allow_redirects=False, timeout=20)
    assert away.headers["location"] == "/datasets"
    foreign = requests.post(
        f"{towns}/territory", data={"territory": "region:76"},
        headers={"origin": "https://evil.example", "sec-fetch-site": "cross-site", "accept": "text/html"}, allow_redirects=False, timeout=20,
    )
    assert foreign.status_code == 403


def test_a_dataset_and_its_organisation_show_their_territory(browse, towns, screenshot):
    page = browse()
    page.goto(f"{towns}/datasets/{slug('Arbres de Castelnaudary')}")
    fact = page.locator(".facts > div", has_text="Territoire")
    assert fact.get_by_role("link", name="Castelnaudary (Aude)").is_visible()
    assert fact.get_by_role("img", name="Carte : Castelnaudary (Aude)").is_visible()
    fact.scroll_into_view_if_needed()
    screenshot(page, "territory-of-a-dataset")
    fact.get_by_role("link", name="Castelnaudary (Aude)").click()
    assert titles(page.locator("main").inner_text()) == ["Arbres de Castelnaudary"]
    page.goto(f"{towns}/organizations/aude")
    assert page.get_by_role("img", name="Carte : Aude (Occitanie)").is_visible()
    screenshot(page, "territory-of-an-organisation")


@pytest.mark.parametrize("script", [True, False])
def test_a_territory_is_chosen_with_the_keyboard(browse, towns, screenshot, script):
    page = browse(script=script)
    page.goto(f"{towns}/datasets")
    page.get_by_role("link", name="Mon territoire").press("Enter")
    page.get_by_label("Commune, intercommunalité, département ou région").fill("castelnaudar")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Castelnaudary (Aude)", exact=True).press("Enter")
    page.wait_for_url("**/datasets")
    assert titles(page.locator("main").inner_text()) == ["Arbres de Castelnaudary", "Lieux de l’Aude"]
    assert page.get_by_role("banner").get_by_text("Castelnaudary").is_visible()
    screenshot(page, f"territory-datasets-{script}")
    page.get_by_role("link", name="Voir tout le portail").click()
    assert len(titles(page.locator("main").inner_text())) == 4
    page.get_by_role("link", name="Revenir à Castelnaudary").click()
    page.get_by_role("link", name="Changer de territoire").click()
    page.get_by_role("button", name="Ne plus suivre de territoire").press("Enter")
    page.wait_for_url("**/datasets")
    assert len(titles(page.locator("main").inner_text())) == 4


def test_a_name_is_completed_while_one_types(browse, towns):
    page = browse()
    page.goto(f"{towns}/territory")
    page.get_by_label("Commune, intercommunalité, département ou région").press_sequentially("occitan")
    option = page.locator("#suggested-territories option").first
    option.wait_for(state="attached")
    assert option.get_attribute("value") == "Occitanie (région) [region:76]"
    page.get_by_label("Commune, intercommunalité, département ou région").fill("Occitanie (région) [region:76]")
    page.get_by_role("button", name="Occitanie (région)").click()
    assert page.get_by_role("banner").get_by_text("Occitanie").is_visible()


@pytest.mark.parametrize("way", ["fr-light", "en-dark", "phone-fr-dark", "phone-en-light"])
def test_axe_finds_nothing_on_pages_of_territories(browse, towns, screenshot, way):
    options = {"language": "en" if "en" in way else "fr", "scheme": "dark" if "dark" in way else "light"}
    page = browse(viewport=PHONE if "phone" in way else None, **options)
    page.goto(f"{towns}/territory?q=castel")
    page.get_by_role("button", name="Castelnaudary (Aude)", exact=True).click()
    for name, path in [
        ("choice", "/territory?q=saint-de"), ("nothing", "/territory?q=zzzzz"), ("home", "/"), ("datasets", "/datasets"),
        ("organizations", "/organizations"), ("dataset", f"/datasets/{slug('Arbres de Castelnaudary')}"),
    ]:
        page.goto(towns + path)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{name} scrolls sideways by {width} px"
        screenshot(page, f"territory-{name}-{way}")
