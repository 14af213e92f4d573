"""Publishing in the browser: from a file to a public dataset, alone, on a phone too, by keyboard, without script."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from conftest import DEMO, DESKTOP, SCREENSHOTS, new_installation
from test_accessibility import TAGS

PHONE = {"width": 360, "height": 740}
PASSWORD = "un mot de passe assez long 2026"
# The spreadsheet with the most wrong with it: a title above, a header of several lines, empty sheets, amounts as text.
MESSIEST = DEMO / "VilleMTP_MTP_MarchesConclus_2012.xls"
BUDGET = DEMO / "VilleMTP_MTP_BudgetPri_2014.csv"
NIR = "1 85 05 78 006 084 91"

PEOPLE = {
    "claire": ("publisher", "Claire Vidal"),
    "paul": ("contributor", "Paul Fabre"),
}


@dataclass
class Town:
    """A running portal of a town with a publisher and a contributor."""

    url: str
    published: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Town:
    installation = new_installation(tmp_path_factory.mktemp("assistant") / "data")
    for name, (role, full) in PEOPLE.items():
        with installation.popen(
            "user", "add", "--email", f"{name}@bram.example", "--name", full,
            "--organization", "bram", "--role", role, "--password-stdin",
            stdin=-1, stdout=-1, stderr=-1,
        ) as process:
            out, err = process.communicate(PASSWORD + "\n", timeout=60)
            assert process.returncode == 0, out + err
    with installation.serve() as url:
        yield Town(url)


@dataclass
class Clerk:
    """Somebody at a browser, whose clicks are counted."""

    page: object
    url: str
    clicks: int = 0
    faults: list[str] = field(default_factory=list)

    def click(self, locator) -> None:
        locator.click()
        self.clicks += 1

    def press(self, name: str) -> None:
        """Clicks the button or the link of this name."""
        self.click(self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first)

    def give(self, file: Path | dict) -> None:
        """Chooses a file: one click opens the browser's dialogue."""
        self.page.goto(f"{self.url}/publish")
        self.clicks += 1
        self.page.locator("#file").set_input_files(file)

    def step(self) -> str:
        """The step that the page is, once it waits no more."""
        self.page.wait_for_url(re.compile(r"/publish/[0-9a-f-]{36}/(file|check|personal|describe|preview)"), timeout=60_000)
        return re.search(r"/(file|check|personal|describe|preview)", self.page.url.split("/publish/")[1]).group(1)

    def go_on(self, until: str = "preview", look=lambda step: None, most: int = 8) -> list[str]:
        """Presses the primary button of each page until a step; gives the steps that were met."""
        met = []
        for _ in range(most):
            step = self.step()
            self.page.locator("h1").first.wait_for()
            met.append(step)
            look(step)
            if step == until:
                return met
            self.click(self.page.locator(".assistant-actions .button-primary"))
            self.page.wait_for_load_state()
        raise AssertionError(f"{until} was not reached: {met}")


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
        page.on("console", lambda message: person.faults.append(message.text) if _is_fault(message) else None)
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


def _is_fault(message) -> bool:
    """A page that says what is wrong has a status that the console calls an error."""
    return message.type == "error" and "Failed to load resource" not in message.text


def picture(page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"assistant-{name}.png", full_page=True)


def table(name: str, *lines: str) -> dict:
    return {"name": name, "mimeType": "text/csv", "buffer": ("\n".join(lines) + "\n").encode()}


def subsidies(name: str = "subventions-2024.csv", rows: int = 30) -> dict:
    lines = [f"Association {n};2024-03-{n % 28 + 1:02};{n * 100}" for n in range(1, rows + 1)]
    return table(name, "association;date;montant", *lines)


PERSONS = table(
    "aides.csv",
    "nom;prenom;num_secu;courriel;montant",
    *[f"Dupont{n};Marie;{NIR};marie.dupont{n}@orange.fr;{n * 10}" for n in range(1, 40)],
)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_messiest_spreadsheet_is_published_in_less_than_three_minutes_and_ten_clicks(clerk, viewport):
    person = clerk(viewport=viewport)
    size = "phone" if viewport is PHONE else "desktop"
    begun = time.monotonic()
    picture(person.page, f"start-{size}")
    person.give(MESSIEST)
    steps = person.go_on(look=lambda step: picture(person.page, f"{step}-{size}"))
    person.page.locator("#title").fill(f"Marchés conclus en 2012 ({size})")
    person.press("Publier")
    person.page.wait_for_url(re.compile("/datasets/"), timeout=60_000)
    spent = time.monotonic() - begun
    picture(person.page, f"published-{size}")

    assert person.clicks < 10, steps
    assert spent < 180
    print(f"{size}: {person.clicks} clicks, {spent:.1f} s, steps {steps}")
    assert person.page.locator("h1").inner_text() == f"Marchés conclus en 2012 ({size})"
    assert person.page.get_by_role("status").first.inner_text().startswith("C’est en ligne")


def test_a_clean_file_is_published_after_one_page(clerk):
    person = clerk()
    person.give(subsidies())
    assert person.go_on() == ["preview"]
    assert person.page.locator("#title").input_value() == "Subventions 2024"
    person.press("Publier")
    person.page.wait_for_url(re.compile("/datasets/subventions-2024"))
    assert person.clicks == 2
