"""What tests share: installations on both catalogues, a portal filled with real files, a browser."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from program import Installation

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
DEMO = ROOT / "demo" / "files"
SCREENSHOTS = ROOT / "tests" / "screenshots"

POSTGRES = os.environ.get("COCAGNE_TEST_POSTGRES")
CATALOGUES = ["sqlite", "postgres"] if POSTGRES else ["sqlite"]


def new_installation(folder: Path, catalogue: str = "sqlite") -> Installation:
    """An empty installation with one organisation; on PostgreSQL in a database of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    url = None
    if catalogue == "postgres":
        name = f"test_{uuid.uuid4().hex}"
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        url = POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    installation = Installation(folder, url)
    installation.must("organization", "add", "--name", "Commune de Bram", "--slug", "bram")
    return installation


@pytest.fixture
def installation(tmp_path) -> Installation:
    """An empty installation of this test alone."""
    return new_installation(tmp_path / "data")


@pytest.fixture(params=CATALOGUES)
def any_installation(request, tmp_path) -> Installation:
    """An empty installation, on each kind of catalogue."""
    return new_installation(tmp_path / "data", request.param)


@dataclass
class Portal:
    """A running server, and what was published on it by short names."""

    url: str
    installation: Installation
    published: dict[str, dict]

    def resource(self, name: str, index: int = 0) -> dict:
        return self.published[name]["resources"][index]

    def rows(self, name: str) -> str:
        return f"{self.url}/api/v1/resources/{self.resource(name)['id']}/rows"

    def page(self, name: str, query: str = "") -> str:
        """Address of a resource's explorer."""
        slug = self.published[name]["dataset"]["slug"]
        return f"{self.url}/datasets/{slug}/resources/{self.resource(name)['id']}{query}"


PUBLISHED = {
    "subsidies": (DATA / "subventions-2023.csv", "Subventions aux associations 2023"),
    "places": (DATA / "equipements.csv", "Équipements publics"),
    "trees": (DEMO / "VilleMTP_MTP_ArbresRemarq.geojson", "Arbres remarquables"),
    "polling": (DEMO / "VilleMTP_MTP_BureauxVote.geojson", "Périmètres des bureaux de vote"),
    "tracks": (DEMO / "VilleMTP_AggloMTP_PistesCyclables.zip", "Pistes cyclables"),
    "budget": (DEMO / "VilleMTP_MTP_BudgetPri_2014.csv", "Budget primitif 2014"),
    "schools": (DEMO / "VilleMTP_MTP_EffectifSco_2012.ods", "Effectifs scolaires"),
    "parking": (DEMO / "VilleMTP_MTP_TarifStaVoies.csv", "Tarifs du stationnement par voie"),
}


def filled(folder: Path, catalogue: str) -> tuple[Installation, dict[str, dict]]:
    installation = new_installation(folder, catalogue)
    published = {
        name: installation.publish(file, "--organization", "bram", "--title", title, "--licence", "etalab-2.0")
        for name, (file, title) in PUBLISHED.items()
    }
    return installation, published


@pytest.fixture(scope="session")
def portal(tmp_path_factory) -> Portal:
    """The portal that pages and read-only tests share."""
    installation, published = filled(tmp_path_factory.mktemp("portal") / "data", "sqlite")
    with installation.serve("--query-seconds", "10", "--writes-per-minute", "0", "--uploads-per-minute", "0") as url:
        yield Portal(url, installation, published)


@pytest.fixture(scope="session", params=CATALOGUES)
def any_portal(request, tmp_path_factory) -> Portal:
    """A portal on each kind of catalogue, for the APIs."""
    if request.param == "sqlite":
        yield request.getfixturevalue("portal")
        return
    installation, published = filled(tmp_path_factory.mktemp("portal") / "data", request.param)
    with installation.serve("--query-seconds", "10", "--writes-per-minute", "0", "--uploads-per-minute", "0") as url:
        yield Portal(url, installation, published)


# --- the browser ---------------------------------------------------------------------------------------------------

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Maps need WebGL; without a graphics card it is drawn by the processor.
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 740}


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, portal):
    """Opens a page in a context of its own; fails when the page asked another host, or a script failed."""
    contexts, faults = [], []

    def open_(url: str, *, viewport=None, language="fr", scheme="light", script=True, motion="no-preference"):
        context = chromium.new_context(
            viewport=viewport or DESKTOP,
            locale="fr-FR" if language == "fr" else "en-GB",
            color_scheme=scheme,
            reduced_motion=motion,
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("request", lambda request: _same_host(request.url, portal.url, faults))
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def _same_host(url: str, own: str, faults: list[str]) -> None:
    if url.startswith("http") and not url.startswith(own + "/"):
        faults.append(f"a page asked another host: {url}")


def _is_fault(message) -> bool:
    """Errors, such as a policy that stops a style; Chromium's own words about its graphics aren't the page's."""
    return message.type == "error" and "GL Driver Message" not in message.text


@pytest.fixture
def browse(chromium):
    """Opens blank pages, each in a browser of its own: for people who sign in."""
    contexts = []

    def open_(language="fr", viewport=None, scheme="light", script=True):
        locale = "fr-FR" if language == "fr" else "en-GB"
        context = chromium.new_context(
            locale=locale, viewport=viewport or DESKTOP, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def screenshot(request):
    """Keeps a picture of a page, to be looked at."""

    def take(page, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    return take
