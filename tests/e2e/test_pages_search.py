"""Finding data, as a citizen does."""

import pytest
from conftest import PHONE


def test_the_home_page_leads_to_data(open_page, portal, screenshot):
    page = open_page(portal.url)
    screenshot(page, "home-desktop")
    page.get_by_role("searchbox").first.fill("subventions associations 2023")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Subventions aux associations 2023").first.click()

    assert page.get_by_role("heading", level=1).inner_text() == "Subventions aux associations 2023"
    screenshot(page, "dataset-desktop")


@pytest.mark.parametrize("words", ["subvention association", "SUBVENTIONS", "subvntions", "Équipement", "equipements publics", "arbre"])
def test_search_forgives_accents_plurals_and_slips(open_page, portal, words):
    page = open_page(f"{portal.url}/datasets?q={words}")
    assert page.locator(".results .result").count() >= 1, words


def test_nothing_found_says_what_to_do(open_page, portal):
    page = open_page(f"{portal.url}/datasets?q=zzyzzx")
    assert page.locator(".results .result").count() == 0
    assert page.get_by_role("main").get_by_role("link").count() >= 1


def test_facets_narrow_and_can_be_undone(open_page, portal, screenshot):
    page = open_page(f"{portal.url}/datasets")
    every = page.locator(".results .result").count()
    screenshot(page, "datasets-desktop")
    facet = page.locator(".facet").filter(has=page.locator("summary", has_text="Format"))
    link = facet.get_by_role("link").filter(has_text="geojson")
    if not link.first.is_visible():
        facet.locator("summary").click()
    link.first.click()
    narrowed = page.locator(".results .result").count()
    assert 0 < narrowed < every
    page.locator(".chips a").first.click()
    assert page.locator(".results .result").count() == every


def test_the_language_can_be_switched(open_page, portal):
    page = open_page(f"{portal.url}/datasets")
    assert page.locator("html").get_attribute("lang") == "fr"
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_browsers_languages_are_heard(open_page, portal):
    assert open_page(portal.url, language="en").locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("path", ["/", "/datasets", "/organizations"])
def test_nothing_sticks_out_on_a_phone(open_page, portal, screenshot, path):
    page = open_page(portal.url + path, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screenshot(page, f"phone{path.replace('/', '-')}")


def test_nothing_sticks_out_at_320_pixels(open_page, portal):
    for address in (portal.url, portal.page("subsidies"), f"{portal.url}/datasets/{portal.published['subsidies']['dataset']['slug']}"):
        page = open_page(address, viewport={"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
