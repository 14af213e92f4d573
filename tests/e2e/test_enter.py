"""Typing data in from a schema: the form, the check as one types, cells from a spreadsheet, the template."""

from __future__ import annotations

import io

import openpyxl
import pytest
import requests
from axe_playwright_python.sync_playwright import Axe

from conftest import DESKTOP, PHONE
from sign_in import add_person, sign_in

SCHEMA = "scdl/subventions"
ROW = {
    "nomAttribuant": "Commune de Castelnaudary",
    "idAttribuant": "21110076300013",
    "dateConvention": "2024-03-12",
    "nomBeneficiaire": "Comité des fêtes",
    "rnaBeneficiaire": "W113000001",
    "objet": "Fête du village",
    "montant": "1500.50",
    "nature": "aide en numéraire",
    "conditionsVersement": "unique",
    "datesPeriodeVersement": "2024-04-01",
    "notificationUE": "non",
    "pourcentageSubvention": "1",
}


@pytest.fixture(scope="module")
def session(portal, chromium) -> dict:
    """The cookie of a person who publishes for the organisation; signed in once."""
    add_person(portal.installation, "saisie@bram.example", "--organization", "bram", "--role", "publisher")
    context = chromium.new_context(locale="fr-FR")
    sign_in(context.new_page(), portal.url, "saisie@bram.example")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def clerk(portal, chromium, session):
    """Opens pages as a person who publishes for the organisation."""
    contexts = []

    def open_(path: str, *, viewport=None, script=True):
        context = chromium.new_context(
            locale="fr-FR", viewport=viewport or DESKTOP, java_script_enabled=script, storage_state=session
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{portal.url}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()


def fill(page, row: int, values: dict[str, str]) -> None:
    """Fills cells by their column's name; asks for the optional columns first, as a person would."""
    page.get_by_role("button", name="colonnes facultatives").click()
    for number, label in enumerate(page.locator("thead th").all_inner_texts()):
        value = values.get(label.removesuffix("*").strip())
        if value is None:
            continue
        cell = page.locator(f"#c-{row}-{number}")
        if page.locator(f"select#c-{row}-{number}").count():
            cell.select_option(value)
        else:
            cell.fill(value)


def test_schemas_are_found_and_explained(portal, open_page):
    page = open_page(f"{portal.url}/schemas?q=subvention")
    page.get_by_role("link", name="Subventions", exact=True).first.click()
    assert "idBeneficiaire" in page.get_by_role("table").inner_text()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_nobody_types_in_without_being_signed_in(portal, open_page):
    page = open_page(f"{portal.url}/enter/{SCHEMA}")
    assert "/sign-in" in page.url


def test_what_is_wrong_is_said_beside_the_cell_while_one_types(clerk):
    page = clerk(f"/enter/{SCHEMA}")
    page.locator("#c-0-1").fill("21110076300014")
    page.locator("#c-0-2").fill("12/03/2024")
    page.locator("#c-1-0").focus()
    page.locator("#e-c-0-1").wait_for()
    assert "SIRET" in page.locator("#e-c-0-1").inner_text()
    assert page.locator("#c-0-1").get_attribute("aria-describedby") == "e-c-0-1"
    assert "Ligne 1" in page.locator("#e-c-0-2").inner_text()
    page.locator("#c-0-1").fill("21110076300013")
    page.locator("#c-1-0").focus()
    page.locator("#e-c-0-1").wait_for(state="detached")


def test_a_block_copied_from_a_spreadsheet_fills_the_cells_and_adds_rows(clerk):
    page = clerk(f"/enter/{SCHEMA}")
    block = "\n".join("\t".join([f"Commune {n}", "21110076300013", '"2024-03-12"']) for n in range(12))
    page.locator("#c-0-0").evaluate(
        """(cell, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        block + "\n",
    )
    assert page.locator("tbody tr").count() == 12
    assert page.locator("#c-11-0").input_value() == "Commune 11"
    assert page.locator("#c-11-2").input_value() == "2024-03-12"
    # What script added is a form like any other.
    page.get_by_role("button", name="Vérifier").click()
    assert page.locator("#c-11-0").input_value() == "Commune 11"


@pytest.mark.parametrize("script", [True, False])
def test_rows_typed_in_become_a_draft_that_can_be_gone_on_with(clerk, portal, script):
    page = clerk(f"/enter/{SCHEMA}", script=script)
    page.get_by_label("Titre du jeu de données").fill("Subventions saisies")
    fill(page, 0, ROW)
    page.get_by_role("button", name="Vérifier").click()
    assert "aucune erreur" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/publish/**")
    draft = page.url.split("/publish/")[1].split("/")[0].split("?")[0]
    page.goto(f"{portal.url}/enter/{SCHEMA}?draft={draft}")
    assert page.locator("tbody input, tbody select").first.input_value() == ROW["nomAttribuant"]
    page.locator("tbody input").first.fill("Commune de Bram (Aude)")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/publish/**")
    page.goto(f"{portal.url}/enter/{SCHEMA}?draft={draft}")
    assert page.locator("tbody input").first.input_value() == "Commune de Bram (Aude)"


def test_an_empty_form_is_not_saved_and_says_so(clerk):
    page = clerk(f"/enter/{SCHEMA}", script=False)
    page.get_by_role("button", name="Enregistrer").click()
    assert "au moins une ligne" in page.get_by_role("alert").inner_text()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_form_is_accessible(clerk, viewport, screenshot):
    page = clerk(f"/enter/{SCHEMA}", viewport=viewport)
    page.locator("#c-0-1").fill("1")
    page.get_by_role("button", name="Vérifier").click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]
    screenshot(page, f"enter-{viewport['width']}")


def test_the_template_is_a_spreadsheet_with_the_columns_of_the_schema(portal):
    answer = requests.get(f"{portal.url}/schemas/{SCHEMA}/template.xlsx")
    assert answer.status_code == 200
    workbook = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(workbook.sheetnames) == 1
    sheet = workbook.active
    header = [cell.value for cell in sheet[1]]
    fields = requests.get(f"{portal.url}/schemas/{SCHEMA}/schema.json").json()["fields"]
    assert header == [field["name"] for field in fields]
    assert sheet["B1"].comment and "SIRET" in sheet["B1"].comment.text
    lists = {str(validation.sqref): validation.formula1 for validation in sheet.data_validations.dataValidation}
    assert any("oui" in formula for formula in lists.values())


def test_a_template_filled_in_is_published_as_one_valid_table(portal, tmp_path):
    answer = requests.get(f"{portal.url}/schemas/{SCHEMA}/template.xlsx")
    workbook = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = workbook.active
    for cell in list(sheet[1]):
        value = ROW.get(cell.value, "")
        is_number = cell.value in ("montant", "pourcentageSubvention")
        sheet.cell(row=2, column=cell.column, value=float(value) if is_number else value or None)
    path = tmp_path / "subventions.xlsx"
    workbook.save(path)
    outcome = portal.installation.run("check", path, "--schema", SCHEMA, "--format", "json")
    assert outcome.json["valid"], outcome.json["errors"]
    assert outcome.json["rows"] == 1


def test_communes_are_suggested_by_the_beginning_of_their_name(portal):
    communes = requests.get(f"{portal.url}/enter/communes", params={"q": "castelnaud"}).json()["communes"]
    assert communes[0]["code"] == "11076"
    assert requests.get(f"{portal.url}/enter/communes", params={"q": "x" * 5000}).json()["communes"] == []
