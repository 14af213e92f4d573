"""Exploring a resource: grid, filters, chart, exports, embeds."""

import csv
import io
import re

import pytest
import requests
from conftest import PHONE


@pytest.fixture
def grid(open_page, portal):
    """Opens a resource's table and waits for the live grid."""

    def open_(name="subsidies", query="", **options):
        page = open_page(portal.page(name, query), **options)
        page.locator("[role=grid] .grid-row:not(.is-waiting)").first.wait_for()
        return page

    return open_


def status(page) -> str:
    return page.locator("[data-grid] [role=status]").inner_text().replace("\u202f", " ").replace("\xa0", " ")


def column_texts(page, label: str) -> list[str]:
    index = page.get_by_role("columnheader").filter(has_text=label).get_attribute("aria-colindex")
    return page.locator(f".grid-row [aria-colindex='{index}']").all_inner_texts()


def test_the_grid_shows_every_row(grid, screenshot):
    page = grid()
    assert status(page) == "240 lignes"
    assert page.get_by_role("grid").get_attribute("aria-rowcount") == "241"
    screenshot(page, "explorer-desktop")


def test_a_header_sorts_and_the_address_follows(grid):
    page = grid()
    header = page.get_by_role("columnheader").filter(has_text="Montant")
    header.get_by_role("button").click()
    page.wait_for_url(re.compile("sort=Montant"))
    assert header.get_attribute("aria-sort") == "ascending"
    header.get_by_role("button").click()
    page.wait_for_url(re.compile("sort=-Montant"))
    assert header.get_attribute("aria-sort") == "descending"

    page.reload()
    page.locator("[role=grid] .grid-row:not(.is-waiting)").first.wait_for()
    assert page.get_by_role("columnheader").filter(has_text="Montant").get_attribute("aria-sort") == "descending"


def test_a_filter_box_narrows_and_exports_follow(grid, portal):
    page = grid()
    page.locator("[data-filter='Thème']").fill("sport")
    page.wait_for_url(re.compile("contains=sport"))
    page.wait_for_function("() => !document.querySelector('[data-grid]').hasAttribute('aria-busy')")
    assert status(page) == "48 lignes"
    assert set(column_texts(page, "Thème")) == {"Sport"}

    link = page.locator("a[download][href*='export.csv']").first.get_attribute("href")
    answer = requests.get(requests.compat.urljoin(portal.url, link), timeout=60)
    assert len(list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))) == 48


def test_amounts_are_filtered_as_people_write_them(grid):
    page = grid()
    page.locator("[data-filter='Montant']").fill("> 1 000,5")
    page.wait_for_url(re.compile("strictly_greater=1000.5"))
    page.wait_for_function("() => !document.querySelector('[data-grid]').hasAttribute('aria-busy')")
    for text in column_texts(page, "Montant"):
        assert float(re.sub(r"\s", "", text).replace(",", ".")) > 1000.5


def test_a_filter_that_means_nothing_is_said_and_not_sent(grid):
    page = grid()
    box = page.locator("[data-filter='Montant']")
    box.fill("beaucoup")
    box.press("Enter")
    assert box.get_attribute("aria-invalid") == "true"
    assert status(page) == "240 lignes"


def test_a_cell_that_does_not_fit_is_shown_as_it_came(grid):
    page = grid(query="?Montant__isnull=1")
    cell = page.locator(".grid-cell.is-exception")
    assert cell.count() == 1
    assert cell.inner_text().startswith("n.c.")


def test_keys_reach_every_cell(grid):
    page = grid()
    page.get_by_role("grid").focus()
    for key in ("ArrowDown", "ArrowRight", "PageDown", "Control+End"):
        page.keyboard.press(key)
    page.wait_for_function("() => document.getElementById(document.querySelector('[role=grid]').getAttribute('aria-activedescendant'))")
    active = page.locator(".grid-cell.is-active")
    assert active.locator("xpath=..").get_attribute("aria-rowindex") == "241"
    page.keyboard.press("Control+Home")
    page.wait_for_function("() => document.querySelector('.is-active')?.parentElement.getAttribute('aria-rowindex') === '2'")


def test_scrolling_asks_for_rows_as_they_come(grid):
    page = grid("parking")
    page.get_by_role("grid").evaluate("grid => { grid.scrollTop = grid.scrollHeight / 2 }")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.grid-row')].some(row => Number(row.getAttribute('aria-rowindex')) > 3500 && !row.classList.contains('is-waiting'))"
    )
    assert page.locator(".grid-row").count() < 80, "only rows in view exist"


def test_the_table_stays_when_rows_cannot_be_had(chromium, portal):
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    page.route("**/rows?*", lambda route: route.abort())
    page.goto(portal.page("subsidies"))
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-grid] table tbody tr").count() > 0
    context.close()


def test_everything_works_without_script(open_page, portal, screenshot):
    page = open_page(portal.page("subsidies"), script=False)
    assert page.locator("[data-grid] table tbody tr").count() > 0
    page.locator("[data-grid] thead a").filter(has_text="Montant").click()
    assert "sort=" in page.url
    page.locator("form[role=search] input[name=q]").last.fill("judo")
    page.locator("form[role=search] button").last.click()
    texts = page.locator("[data-grid] tbody tr").all_inner_texts()
    assert texts and all("judo" in text.lower() for text in texts)
    screenshot(page, "explorer-without-script")


def test_the_chart_is_sensible_at_once_and_can_be_changed(open_page, portal, screenshot):
    page = open_page(portal.page("subsidies", "?view=chart"))
    assert page.locator("main figure svg:visible").count() == 1
    screenshot(page, "chart-desktop")
    form = page.locator("form:has(#chart-kind)")
    before = page.url
    form.locator("#chart-x").select_option(index=1)
    form.get_by_role("button").click()
    assert page.url != before
    assert page.locator("main figure svg:visible").count() == 1


@pytest.mark.parametrize("name", ["subsidies", "places", "budget", "trees", "schools"])
def test_every_resource_has_a_chart_view(open_page, portal, name):
    page = open_page(portal.page(name, "?view=chart"))
    assert page.locator("main figure svg:visible, main .notice:visible").count() >= 1


def test_an_embed_stands_alone_in_a_frame(open_page, portal, chromium):
    resource = portal.resource("subsidies")["id"]
    answer = requests.get(f"{portal.url}/embed/{resource}", timeout=60)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy or "frame-ancestors" not in policy
    assert "frame-ancestors 'none'" in requests.get(portal.page("subsidies"), timeout=60).headers["content-security-policy"] or "frame-ancestors 'self'" in requests.get(
        portal.page("subsidies"), timeout=60
    ).headers["content-security-policy"]


def test_the_api_page_has_examples_that_work(open_page, portal):
    page = open_page(portal.page("subsidies") + "/api")
    text = page.get_by_role("main").inner_text()
    for language in ("curl", "Python", "R", "JavaScript"):
        assert language in text
    urls = set(re.findall(rf"{re.escape(portal.url)}/[^\s\"'<>)]+", text))
    assert urls
    for url in urls:
        assert requests.get(url, timeout=60).status_code == 200, url


def test_the_explorer_fits_a_phone(grid, screenshot):
    page = grid(viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screenshot(page, "explorer-phone")


@pytest.mark.parametrize("format", ["csv", "xlsx", "json", "ndjson", "geojson", "parquet"])
def test_every_format_is_a_file(portal, format):
    resource = portal.resource("places")["id"]
    answer = requests.get(f"{portal.url}/api/v1/resources/{resource}/export.{format}?type__exact=école", timeout=60)
    assert answer.status_code == 200
    assert f".{format}" in answer.headers["content-disposition"]
    expected = requests.get(f"{portal.rows('places')}?type__exact=école", timeout=60).json()["total"]
    assert rows_in(format, answer.content) == expected > 0


def rows_in(format: str, content: bytes) -> int:
    """Counts rows with another program's reader."""
    import json

    import openpyxl
    import pyarrow.parquet

    if format == "csv":
        return len(list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))))
    if format == "xlsx":
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0].max_row - 1
    if format == "json":
        return len(json.loads(content))
    if format == "ndjson":
        return sum(1 for line in content.splitlines() if json.loads(line))
    if format == "geojson":
        return len(json.loads(content)["features"])
    return pyarrow.parquet.read_table(io.BytesIO(content)).num_rows
