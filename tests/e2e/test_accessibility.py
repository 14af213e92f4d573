"""axe-core finds nothing on any page, in both languages and colour schemes, on desktop and phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DESKTOP, PHONE

PAGES = {
    "home": lambda portal: portal.url,
    "datasets": lambda portal: f"{portal.url}/datasets",
    "nothing found": lambda portal: f"{portal.url}/datasets?q=zzyzzx",
    "dataset": lambda portal: f"{portal.url}/datasets/{portal.published['subsidies']['dataset']['slug']}",
    "history": lambda portal: f"{portal.url}/datasets/{portal.published['subsidies']['dataset']['slug']}/history",
    "organizations": lambda portal: f"{portal.url}/organizations",
    "organization": lambda portal: f"{portal.url}/organizations/bram",
    "table": lambda portal: portal.page("subsidies"),
    "chart": lambda portal: portal.page("subsidies", "?view=chart"),
    "map": lambda portal: portal.page("trees", "?view=map"),
    "api": lambda portal: portal.page("subsidies") + "/api",
    "embed": lambda portal: f"{portal.url}/embed/{portal.resource('subsidies')['id']}",
    "licences": lambda portal: f"{portal.url}/licences?source=ODbL-1.0&source=CC-BY-4.0",
    "schemas": lambda portal: f"{portal.url}/schemas",
    "schema": lambda portal: f"{portal.url}/schemas/scdl/subventions",
    "sign in": lambda portal: f"{portal.url}/sign-in",
    "about": lambda portal: f"{portal.url}/about",
    "accessibility": lambda portal: f"{portal.url}/accessibility",
    "legal": lambda portal: f"{portal.url}/legal",
    "not found": lambda portal: f"{portal.url}/datasets/nowhere",
}
WAYS = {
    "desktop-fr-light": {"viewport": DESKTOP, "language": "fr", "scheme": "light"},
    "desktop-en-dark": {"viewport": DESKTOP, "language": "en", "scheme": "dark"},
    "phone-fr-dark": {"viewport": PHONE, "language": "fr", "scheme": "dark"},
    "phone-en-light": {"viewport": PHONE, "language": "en", "scheme": "light"},
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def tolerant_page(chromium):
    """A page that may answer 404, which the console calls an error."""
    contexts = []

    def open_(url, *, viewport, language, scheme):
        context = chromium.new_context(viewport=viewport, locale="fr-FR" if language == "fr" else "en-GB", color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(tolerant_page, portal, screenshot, name, way):
    page = tolerant_page(PAGES[name](portal), **WAYS[way])
    if name == "table":
        page.locator("[role=grid] .grid-row:not(.is-waiting)").first.wait_for()
    if name == "map":
        page.locator(".map-legend").wait_for()
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})

    screenshot(page, f"axe-{name.replace(' ', '-')}-{way}")
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("name", ["home", "datasets", "dataset", "table"])
def test_every_control_is_reached_by_tab_and_shows_it(open_page, portal, name):
    page = open_page(PAGES[name](portal))
    if name == "table":
        page.locator("[role=grid] .grid-row:not(.is-waiting)").first.wait_for()
    seen, unmarked = set(), []
    for _ in range(250):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (!e || e === document.body) return null;
              const s = getComputedStyle(e);
              window.__n = window.__n || new Map();
              if (!window.__n.has(e)) window.__n.set(e, window.__n.size);
              const marked = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
              return [window.__n.get(e), marked, e.outerHTML.slice(0, 120)];
            }"""
        )
        if state is None:
            break
        if state[0] in seen:
            break
        seen.add(state[0])
        if not state[1]:
            unmarked.append(state[2])
    hidden_ones = page.evaluate(
        "() => [...document.querySelectorAll('main a[href], main button, main input, main select')].filter(e => e.checkVisibility() && e.tabIndex >= 0 && !window.__n.has(e)).map(e => e.outerHTML.slice(0, 120))"
    )
    assert not unmarked
    assert len(seen) >= 250 or not hidden_ones


def test_the_first_tab_skips_to_the_content(open_page, portal):
    page = open_page(portal.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
