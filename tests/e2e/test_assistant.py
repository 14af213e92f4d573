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
        main = self.page.locator("main")
        named = main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True))
        self.click(named.first)

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


def test_the_keyboard_is_enough(clerk):
    person = clerk()
    page = person.page
    page.goto(f"{person.url}/publish")
    tab_to(page, "#file")
    page.locator("#file").set_input_files(MESSIEST)
    for _ in range(5):
        step = person.step()
        if step == "preview":
            break
        tab_to(page, ".assistant-actions .button-primary")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        page.wait_for_function("step => !location.pathname.endsWith(step)", arg=f"/{step}")
    tab_to(page, "#title")
    page.keyboard.press("Control+A")
    page.keyboard.type("Marchés au clavier")
    tab_to(page, ".assistant-actions button[value=publish]")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/datasets/marches-au-clavier"))


def tab_to(page, selector: str) -> None:
    """Goes to an element as whoever has no mouse."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            marked = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle !== 'none'")
            assert marked, f"{selector} shows that it has the focus"
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_everything_works_without_script(clerk):
    person = clerk(script=False)
    person.give(MESSIEST)
    person.press("Envoyer ce fichier")
    person.go_on()
    person.page.locator("#title").fill("Marchés sans script")
    person.press("Publier")
    person.page.wait_for_url(re.compile("/datasets/marches-sans-script"))
    assert person.clicks < 10


WAYS = {
    "fr-light": {"language": "fr", "scheme": "light", "viewport": DESKTOP},
    "fr-dark": {"language": "fr", "scheme": "dark", "viewport": PHONE},
    "en-light": {"language": "en", "scheme": "light", "viewport": PHONE},
    "en-dark": {"language": "en", "scheme": "dark", "viewport": DESKTOP},
}


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing_on_any_step(clerk, way):
    person = clerk(**WAYS[way])
    page = person.page

    def axe(name: str) -> None:
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        picture(page, f"axe-{name}-{way}")
        assert result.violations_count == 0, f"{name}: {result.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"

    axe("start")
    person.give(table("vide.csv", ""))
    page.get_by_role("alert").first.wait_for()
    axe("unreadable")
    person.give(ERRORS)
    base = re.match(r".*/publish/[0-9a-f-]{36}", wait_for_draft(person)).group(0)
    for step in ["file", "check", "describe", "preview", "personal"]:
        page.goto(f"{base}/{step}")
        assert page.locator("h1").count() == 1
        axe(step)
    person.give(PERSONS)
    base = re.match(r".*/publish/[0-9a-f-]{36}", wait_for_draft(person)).group(0)
    page.goto(f"{base}/personal?see=1")
    axe("personal-found")
    page.goto(f"{base}/preview")
    axe("preview-held")
    page.goto(f"{person.url}/publish")
    axe("drafts")


ERRORS = table(
    "subventions.csv",
    "nomAttribuant;idAttribuant;dateConvention;referenceDecision;nomBeneficiaire;idBeneficiaire;objet;montant;nature;"
    "conditionsVersement;datesPeriodeVersement;idRAE;notificationUE;pourcentageSubvention",
    *[
        f"Commune de Bram ;21110049100010;{n % 28 + 1:02}/03/2024;2024-{n};Association {n};bientôt;Fête;{n}00,50;"
        "numéraire;unique;2024-03-01;;non;1"
        for n in range(1, 30)
    ],
)


def wait_for_draft(person: Clerk) -> str:
    person.step()
    return person.page.url


def test_what_is_wrong_is_told_by_problem_and_column_and_can_be_taken_home(clerk):
    person = clerk()
    page = person.page
    person.give(ERRORS)
    base = re.match(r".*/publish/[0-9a-f-]{36}", wait_for_draft(person)).group(0)
    page.goto(f"{base}/check")
    assert "Subventions" in page.locator(".schema-choice").inner_text()
    groups = page.locator(".error-group").all_inner_texts()
    assert any("idBeneficiaire" in group and "bientôt" in group for group in groups), groups
    assert page.locator(".repair").count() > 0
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Télécharger la liste complète (CSV)").click()
    lines = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0].startswith('"ligne";"colonne"')
    assert any('"bientôt"' in line for line in lines)


def test_a_repair_is_done_only_when_it_is_accepted(clerk):
    person = clerk()
    page = person.page
    file = table("lieux.csv", "nom;ville", *[f"  Salle {n};Bram " for n in range(20)])
    for accept, name in [(False, "Lieux tels quels"), (True, "Lieux réparés")]:
        person.give(file)
        assert person.step() == "check"
        assert any(before.startswith("··Salle") for before in page.locator("del").all_text_contents())
        boxes = page.locator(".repair input[type=checkbox]")
        for place in range(boxes.count()):
            boxes.nth(place).set_checked(accept)
        person.press("Réparer ce qui est coché et continuer")
        person.go_on()
        page.locator("#title").fill(name)
        person.press("Publier")
        page.wait_for_url(re.compile("/datasets/"))
        rows = first_rows(person.url, page.url)
        assert rows[0]["nom"] == ("Salle 0" if accept else "  Salle 0")


def first_rows(url: str, dataset_page: str) -> list[dict]:
    slug = dataset_page.split("/datasets/")[1].split("?")[0]
    dataset = requests.get(f"{url}/api/v1/datasets/{slug}", timeout=30).json()
    return requests.get(f"{url}/api/v1/resources/{dataset['resources'][0]['id']}/rows", timeout=30).json()["rows"]


def test_what_names_persons_is_held_until_somebody_decides(clerk):
    person = clerk()
    page = person.page
    person.give(PERSONS)
    draft = re.match(r".*/publish/[0-9a-f-]{36}", wait_for_draft(person)).group(0)
    page.goto(f"{draft}/preview")
    assert page.get_by_role("button", name="Publier", exact=True).count() == 0, "it cannot be published yet"
    picture(page, "held-desktop")
    person.press("Régler ce point")
    page.wait_for_url(re.compile("/personal"))
    picture(page, "personal-found-desktop")
    assert NIR not in page.content(), "the page shows no number whole"

    number = page.locator("section.finding", has_text="num_secu").first
    number.get_by_label("Publier, en justifiant").check()
    person.press("Enregistrer ces choix et continuer")
    assert "justification" in page.get_by_role("alert").inner_text()
    page.locator("section.finding", has_text="num_secu").first.locator("input[type=radio]").first.check()
    person.press("Enregistrer ces choix et continuer")
    assert person.go_on()[-1] == "preview"
    page.locator("#title").fill("Aides sans noms")
    person.press("Publier")
    page.wait_for_url(re.compile("/datasets/aides-sans-noms"))
    rows = first_rows(person.url, page.url)
    assert rows and "num_secu" not in rows[0]
    assert not any(NIR in str(value) for row in rows for value in row.values())


def test_a_contributor_asks_and_a_publisher_decides(clerk):
    paul, claire = clerk("paul"), clerk("claire")
    paul.give(subsidies("demande-2025.csv"))
    paul.go_on()
    draft = re.match(r".*/publish/[0-9a-f-]{36}", paul.page.url).group(0)
    assert paul.page.get_by_role("button", name="Publier", exact=True).count() == 0
    paul.press("Envoyer pour accord")
    paul.page.get_by_role("status").filter(has_text="envoyé").wait_for()

    claire.page.goto(f"{claire.url}/publish")
    picture(claire.page, "waiting-desktop")
    claire.click(claire.page.locator(".panel-new .drafts a").filter(has_text="Demande 2025"))
    claire.page.wait_for_url(re.compile("/preview"))
    picture(claire.page, "review-desktop")
    claire.page.locator("#note").fill("Précisez l’année dans le titre.")
    claire.click(claire.page.locator("#return button"))
    claire.page.wait_for_url(re.compile("/publish\\?done"))

    paul.page.goto(f"{draft}/preview")
    assert "Précisez l’année" in paul.page.locator(".notice-warn").inner_text()
    paul.page.locator("#title").fill("Demandes de 2025")
    paul.press("Envoyer pour accord")
    paul.page.get_by_role("status").filter(has_text="envoyé").wait_for()
    claire.page.goto(f"{draft}/preview")
    claire.press("Donner mon accord et publier")
    claire.page.wait_for_url(re.compile("/datasets/demandes-de-2025"))


def test_nobody_else_sees_a_draft(clerk, town):
    person = clerk()
    person.give(subsidies("secret.csv"))
    draft = wait_for_draft(person)
    answer = requests.get(draft, headers={"accept": "text/html"}, timeout=30, allow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
    assert requests.get(draft, timeout=30).status_code == 401
    assert "secret" not in requests.get(f"{town.url}/datasets", timeout=30).text


def test_one_leaves_and_comes_back(clerk):
    person = clerk()
    person.give(subsidies("plus-tard.csv"))
    person.go_on()
    person.page.locator("#title").fill("À finir plus tard")
    person.press("Garder en brouillon")
    person.page.get_by_role("status").filter(has_text="enregistré").wait_for()

    again = clerk(viewport=PHONE)
    again.click(again.page.locator(".drafts a").filter(has_text="À finir plus tard"))
    assert again.go_on() == ["preview"]
    assert again.page.locator("#title").input_value() == "À finir plus tard"
    again.page.goto(f"{again.url}/publish")
    item = again.page.locator(".drafts li").filter(has_text="À finir plus tard")
    again.click(item.get_by_role("button", name=re.compile("Abandonner")))
    again.page.get_by_role("status").filter(has_text="abandonné").wait_for()
    assert again.page.locator(".drafts li").filter(has_text="À finir plus tard").count() == 0


def test_what_is_decided_in_another_tab_is_told_and_nothing_is_lost(clerk):
    person = clerk()
    page = person.page
    person.give(subsidies("onglets.csv"))
    draft = re.match(r".*/publish/[0-9a-f-]{36}", wait_for_draft(person)).group(0)
    page.goto(f"{draft}/describe")
    other = page.context.new_page()
    other.goto(f"{draft}/describe")
    other.locator("#title").fill("Titre de l’autre onglet")
    other.get_by_role("button", name="Enregistrer et continuer").click()
    other.wait_for_url(re.compile("/preview"))

    page.locator("#title").fill("Titre de cet onglet")
    person.press("Enregistrer et continuer")
    assert page.locator("h1").inner_text() == "Ce brouillon a changé entre-temps"
    picture(page, "conflict-desktop")
    person.press("Garder mon choix")
    page.wait_for_url(re.compile("/preview"))
    assert page.locator("#title").input_value() == "Titre de cet onglet"


def test_a_session_that_expires_loses_nothing(clerk):
    person = clerk()
    page = person.page
    person.give(subsidies("session.csv"))
    draft = re.match(r".*/publish/[0-9a-f-]{36}", wait_for_draft(person)).group(0)
    page.goto(f"{draft}/describe")
    page.locator("#title").fill("Tapé avant l’expiration")
    page.context.clear_cookies(name="cocagne")
    person.press("Enregistrer et continuer")
    assert page.locator("h1").inner_text() == "Votre session a expiré"
    picture(page, "expired-desktop")
    with page.context.expect_page() as opened:
        person.press("Se connecter dans un nouvel onglet")
    tab = opened.value
    tab.locator("#email").fill("claire@bram.example")
    tab.locator("#password").fill(PASSWORD)
    tab.locator("main form button.button-primary").first.click()
    tab.wait_for_url(re.compile("/publish/"))
    person.press("Renvoyer mes choix")
    # The form was made before anybody signed in: it is asked for once more.
    person.press("Renvoyer mes choix")
    page.wait_for_url(re.compile("/preview"))
    assert page.locator("#title").input_value() == "Tapé avant l’expiration"


def test_a_dataset_is_updated_with_the_same_choices_and_told_what_changes(clerk):
    person = clerk()
    page = person.page
    line = [f"Salle {n} ;{n}" for n in range(20)]
    person.give(table("salles.csv", "nom;places", *line))
    person.go_on()
    page.locator("#title").fill("Salles municipales")
    person.press("Publier")
    page.wait_for_url(re.compile("/datasets/salles-municipales"))
    person.press("Mettre à jour")
    page.wait_for_url(re.compile("/publish\\?dataset="))
    page.locator("#file").set_input_files(table("salles-v2.csv", "nom;places", *line[2:], "Salle neuve ;200"))
    met = person.go_on(look=lambda step: picture(page, f"update-{step}-desktop"))
    assert "preview" in met
    told = page.locator(".notice", has_text="Ce qui change").inner_text()
    assert "1 ligne ajoutée" in told and "2 lignes retirées" in told and "18 lignes inchangées" in told, told
    person.press("Mettre en ligne la nouvelle version")
    page.wait_for_url(re.compile("/datasets/salles-municipales"))
    assert "version 2" in page.locator(".resource-list").inner_text()
    assert first_rows(person.url, page.url)[-1]["nom"] == "Salle neuve"


def test_a_file_that_cannot_be_read_says_why_and_another_is_taken(clerk):
    person = clerk()
    person.give({"name": "rapport.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 broken"})
    alert = person.page.get_by_role("alert").first
    alert.wait_for()
    picture(person.page, "unreadable-desktop")
    assert "n’a pas pu être lu" in alert.inner_text()
    person.page.locator("#file").set_input_files(subsidies("bon.csv"))
    assert person.step() == "preview"


def test_cells_are_pasted_and_a_private_address_is_refused(clerk):
    person = clerk()
    page = person.page
    page.locator("summary", has_text="Coller des cellules").click()
    page.locator("#pasted").fill("nom\tplaces\nSalle A\t12\nSalle B\t30\n")
    person.press("Reprendre ces cellules")
    assert person.go_on()[-1] == "preview"
    page.goto(f"{person.url}/publish")
    page.locator("summary", has_text="Adresse web").click()
    page.locator("#url").fill("http://127.0.0.1:1/secret.csv")
    person.press("Reprendre ce fichier")
    assert "réseau privé" in page.get_by_role("alert").first.inner_text()


def test_several_files_become_files_of_one_dataset(clerk):
    person = clerk()
    page = person.page
    page.locator("summary", has_text="dossier entier").click()
    page.evaluate("document.querySelector('#folder').removeAttribute('webkitdirectory')")
    page.locator("#folder").set_input_files([subsidies("un.csv"), subsidies("deux.csv", rows=5)])
    assert person.step() == "file"
    assert page.locator(".choice input").count() == 2
    picture(page, "tables-desktop")
    page.locator(".choice input").first.uncheck()
    person.click(page.locator(".assistant-actions .button-primary"))
    person.go_on()
    assert "5 lignes" in page.locator(".summary-file").inner_text()


def test_a_large_file_goes_on_after_a_break(clerk):
    person = clerk()
    page = person.page
    broken = []

    def break_once(route):
        if not broken and route.request.method == "PATCH":
            broken.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/uploads/*", break_once)
    person.give(subsidies("grand.csv", rows=120_000))
    assert person.step() in {"file", "check", "preview"}
    assert broken, "the file went in parts"
    person.go_on()
    assert "120 000 lignes" in page.locator(".summary-file").inner_text().replace("\u202f", " ")


def test_cells_are_never_markup(clerk):
    person = clerk()
    page = person.page
    evil = "<script>document.title='pris'</script><img src=x onerror=alert(1)>"
    person.give(table("<b>gras</b>.csv", f"nom {evil};autre", *[f"{evil} ;{n}" for n in range(20)]))
    draft = re.match(r".*/publish/[0-9a-f-]{36}", wait_for_draft(person)).group(0)
    for step in ["file", "check", "personal", "describe", "preview"]:
        page.goto(f"{draft}/{step}")
        assert page.title() != "pris"
        assert page.locator("main img, main script, main b").count() == 0
