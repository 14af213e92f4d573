"""Maps: drawn here, without any other server; usable with keys, by touch, and as a list."""

import pytest
from conftest import PHONE

READY = """new Promise((ready, failed) => {
  const box = document.querySelector('[data-map]');
  if (box.querySelector('.map-legend')) ready();
  box.addEventListener('map:ready', ready);
  setTimeout(() => failed(new Error('no map: ' + box.innerText)), 30000);
})"""


@pytest.fixture
def map_page(open_page, portal):
    def open_(name, query="?view=map", **options):
        page = open_page(portal.page(name, query), **options)
        page.evaluate(READY)
        return page

    return open_




@pytest.mark.parametrize(("name", "kind"), [("places", "Groupe de points"), ("trees", "Point"), ("polling", "Surface"), ("tracks", "Ligne")])
def test_points_lines_and_areas_are_drawn(map_page, screenshot, name, kind):
    page = map_page(name)
    assert kind in page.locator(".map-legend").inner_text()
    screenshot(page, f"map-{name}")


def test_enter_opens_what_is_nearest_to_the_centre(map_page, screenshot):
    page = map_page("polling")
    page.locator(".map-view canvas").focus()
    page.keyboard.press("Enter")
    popup = page.locator(".maplibregl-popup")
    popup.wait_for()
    assert popup.locator("dt").count() > 3
    screenshot(page, "map-popup")
    page.keyboard.press("Escape")
    popup.wait_for(state="detached")


def test_groups_fall_apart(map_page):
    page = map_page("places")
    page.locator(".map-view canvas").focus()
    popup = page.locator(".maplibregl-popup")
    for _ in range(12):
        page.keyboard.press("Enter")
        page.wait_for_timeout(700)
        if popup.count():
            break
    assert popup.locator("dd").count() > 2


def test_large_layers_come_as_tiles(open_page, portal, chromium, tmp_path):
    file = tmp_path / "points.csv"
    with file.open("w") as out:
        out.write("id,nom,latitude,longitude\n")
        for index in range(30_000):
            out.write(f"{index},Point {index},{43 + (index * 37 % 10_000) / 10_000:.5f},{1 + (index * 91 % 20_000) / 10_000:.5f}\n")
    published = portal.installation.publish(file, "--organization", "bram", "--title", "Beaucoup de points")
    tiles = []
    page = open_page(f"{portal.url}/datasets/{published['dataset']['slug']}")
    page.on("response", lambda response: tiles.append(response.status) if ".mvt" in response.url else None)
    page.goto(f"{portal.url}/datasets/{published['dataset']['slug']}/resources/{published['resources'][0]['id']}?view=map")
    page.evaluate(READY)
    assert tiles and set(tiles) <= {200, 204, 304}
    assert "Groupe" in page.locator(".map-legend").inner_text()


def test_the_same_rows_are_a_list_away(map_page):
    page = map_page("trees")
    page.locator(".map-legend a").click()
    page.locator("[role=grid] .grid-row:not(.is-waiting)").first.wait_for()
    assert "view=map" not in page.url


def test_the_map_of_a_filter_shows_its_rows(open_page, portal):
    page = open_page(portal.page("places", "?view=map&type__exact=stade"))
    page.evaluate(READY)
    assert page.locator(".map-view canvas").is_visible()


def test_a_phone_shows_the_map(map_page, screenshot):
    page = map_page("trees", viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screenshot(page, "map-phone")


def test_dark_and_still(map_page, screenshot):
    page = map_page("polling", scheme="dark", motion="reduce")
    screenshot(page, "map-dark")


def test_without_script_the_map_is_a_picture_and_a_list(open_page, portal, screenshot):
    page = open_page(portal.page("trees", "?view=map"), script=False)
    assert page.get_by_role("main").locator("svg, table, a[href*='view=table']").count() > 0
    screenshot(page, "map-without-script")
