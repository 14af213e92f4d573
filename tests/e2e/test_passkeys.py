"""Passkeys, in Chromium with a virtual authenticator: registered, used, removed; refused when anything is wrong."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DESKTOP, PHONE, new_installation
from sign_in import PASSWORD, add_person, by_name, is_signed_in, sign_in, sign_out

PERSON, OTHER = "jeanne@bram.example", "paul@bram.example"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    installation = new_installation(tmp_path_factory.mktemp("passkeys") / "data")
    for person in (PERSON, OTHER):
        add_person(installation, person)
    with installation.serve("--sign-ins-per-minute", "0", "--writes-per-minute", "0") as url:
        yield by_name(url)


class Device:
    """A device that keeps passkeys, as Chromium simulates it: its user is there and proves it."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def credentials(self) -> list[dict]:
        return self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]

    def put_back(self, credential: dict, **changes) -> None:
        """Replaces what the device keeps, as somebody would who copied it."""
        self.session.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})
        fields = ("credentialId", "isResidentCredential", "rpId", "privateKey", "userHandle", "signCount")
        kept = {name: credential[name] for name in fields} | changes
        self.session.send("WebAuthn.addCredential", {"authenticatorId": self.id, "credential": kept})

    def distrust_its_user(self) -> None:
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})


@pytest.fixture
def page(browse):
    page = browse()
    page.device = Device(page)
    return page


def register(page, url: str, name: str) -> None:
    page.goto(f"{url}/account/passkeys")
    page.get_by_label("Nom de la clé").last.fill(name)
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    page.get_by_text("La clé d’accès est enregistrée.").wait_for()


def use_passkey(page, url: str, query: str = "") -> None:
    """Opens the sign-in page, whose field suggests passkeys: a device that says yes to everything signs in at once."""
    page.goto(f"{url}/sign-in{query}")


def own_passkeys(page, url: str) -> list[str]:
    page.goto(f"{url}/account/passkeys")
    return page.locator(".rows strong").all_inner_texts()


def remove(page, url: str, name: str) -> None:
    page.goto(f"{url}/account/passkeys")
    page.get_by_text(f"Renommer ou retirer «\u202f{name}\u202f»").click()
    page.get_by_role("button", name=f"Retirer «\u202f{name}\u202f»").click()
    page.get_by_text("La clé d’accès est retirée.").wait_for()


def test_a_passkey_signs_in_without_a_name_or_a_password(page, site):
    sign_in(page, site, PERSON)
    register(page, site, "Ordinateur")
    assert own_passkeys(page, site) == ["Ordinateur"]
    sign_out(page, site)
    assert not is_signed_in(page, site)

    use_passkey(page, site, "?next=/datasets")
    page.wait_for_url(f"{site}/datasets")
    assert is_signed_in(page, site)
    page.goto(f"{site}/account")
    assert PERSON in page.locator("main").inner_text()
    page.goto(f"{site}/account/passkeys")
    assert "Utilisée le" in page.locator(".rows").inner_text()

    remove(page, site, "Ordinateur")
    assert own_passkeys(page, site) == []


def test_the_button_signs_in_where_fields_suggest_nothing(page, site):
    page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")
    sign_in(page, site, PERSON)
    register(page, site, "Bouton")
    sign_out(page, site)
    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    page.wait_for_url(f"{site}/account")
    remove(page, site, "Bouton")


def test_a_removed_passkey_signs_in_nobody(page, site):
    page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")
    sign_in(page, site, PERSON)
    register(page, site, "Perdue")
    remove(page, site, "Perdue")
    sign_out(page, site)
    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    page.get_by_text("Cette clé d’accès n’est pas enregistrée ici.").wait_for()
    assert not is_signed_in(page, site)


def test_a_person_has_several_passkeys_by_name(browse, page, site):
    sign_in(page, site, OTHER)
    register(page, site, "Téléphone")
    phone = browse()
    Device(phone)
    sign_in(phone, site, OTHER)
    register(phone, site, "Bureau")
    assert own_passkeys(page, site) == ["Téléphone", "Bureau"]

    page.get_by_text("Renommer ou retirer «\u202fBureau\u202f»").click()
    page.locator("details[open]").get_by_label("Nom de la clé").fill("<b>Mairie & co</b>")
    page.locator("details[open]").get_by_role("button", name="Renommer").click()
    page.get_by_text("La clé d’accès a changé de nom.").wait_for()
    assert own_passkeys(page, site) == ["Téléphone", "<b>Mairie & co</b>"]
    remove(page, site, "<b>Mairie & co</b>")
    remove(page, site, "Téléphone")


def test_a_device_is_registered_once(page, site):
    sign_in(page, site, OTHER)
    register(page, site, "Unique")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    page.get_by_text("Cet appareil garde déjà une clé d’accès pour ce compte.").wait_for()
    remove(page, site, "Unique")


# --- what is refused -------------------------------------------------------------------------------------------------

ASSERT = """async ({options, finish, change}) => {
  const json = (url, body) => fetch(url, {method: 'POST', headers: {'content-type': 'application/json', accept: 'application/json'}, body: JSON.stringify(body)});
  const asked = await (await json(options, {})).json();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked);
  const answer = (await navigator.credentials.get({publicKey})).toJSON();
  if (change) answer.response[change] = answer.response[change].replace(/.{6}$/, 'AAAAAA');
  const first = await json(finish, {answer, next: '/'});
  return {status: first.status, body: await first.json(), answer};
}"""


@pytest.fixture
def registered(page, site):
    """A page with a registered passkey, signed out."""
    page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")
    sign_in(page, site, OTHER)
    register(page, site, "Essai")
    sign_out(page, site)
    page.goto(f"{site}/about")
    yield page
    page.context.clear_cookies()
    sign_in(page, site, OTHER)
    remove(page, site, "Essai")


def answer(page, change=None) -> dict:
    arguments = {"options": "/sign-in/passkey/options", "finish": "/sign-in/passkey", "change": change}
    return page.evaluate(ASSERT, arguments)


def send(page, site: str, given: dict, **headers: str):
    headers = {"content-type": "application/json", "accept": "application/json"} | headers
    body = json.dumps({"answer": given, "next": "/"})
    return page.context.request.post(f"{site}/sign-in/passkey", data=body, headers=headers)


def test_an_answer_signs_in_once(registered, site):
    first = answer(registered)
    assert first["status"] == 200
    registered.context.clear_cookies()
    again = send(registered, site, first["answer"])
    assert again.status == 400
    assert again.json()["reason"] == "passkey-stale"
    assert not is_signed_in(registered, site)


@pytest.mark.parametrize("part", ["signature", "authenticatorData", "userHandle"])
def test_an_answer_that_was_changed_is_refused(registered, site, part):
    outcome = answer(registered, change=part)
    assert outcome["status"] == 400
    assert outcome["body"]["reason"].startswith("passkey-")
    assert not is_signed_in(registered, site)


def test_an_answer_made_for_another_origin_is_refused(registered, site):
    """The same machine under another name: `Host` says another origin than the one that the device signed."""
    asked = registered.evaluate(
        """async () => (await fetch('/sign-in/passkey/options', {method: 'POST', headers: {'content-type': 'application/json', accept: 'application/json'}, body: '{}'})).json()"""
    )
    signed = registered.evaluate(
        """async (asked) => (await navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked)})).toJSON()""",
        asked,
    )
    outcome = send(registered, site, signed, host="localhost:1")
    assert outcome.status == 400
    assert outcome.json()["reason"] == "passkey-refused"
    assert not is_signed_in(registered, site)


def test_a_counter_that_goes_back_betrays_a_copy(registered, site):
    assert answer(registered)["status"] == 200
    (kept,) = registered.device.credentials()
    assert kept["signCount"] > 0
    registered.device.put_back(kept, signCount=0)
    registered.context.clear_cookies()
    outcome = answer(registered)
    assert (outcome["status"], outcome["body"]["reason"]) == (400, "passkey-refused")
    assert not is_signed_in(registered, site)
    registered.device.put_back(kept)


def test_a_device_must_know_its_user(registered, site):
    registered.device.distrust_its_user()
    refused = registered.evaluate(
        f"async (a) => {{ try {{ await ({ASSERT})(a); return 'answered' }} catch (e) {{ return e.name }} }}",
        {"options": "/sign-in/passkey/options", "finish": "/sign-in/passkey", "change": None},
    )
    assert refused == "NotAllowedError"


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"answer":{}}', '{"answer":{"id":"AA"}}', "x" * 200_000])
def test_a_malformed_answer_is_refused(page, site, body):
    for path in ("/sign-in/passkey", "/account/passkeys"):
        headers = {"content-type": "application/json", "accept": "application/json"}
        outcome = page.context.request.post(site + path, data=body, headers=headers)
        assert 400 <= outcome.status < 500, outcome.text()


def test_another_site_can_neither_ask_nor_answer(page, site):
    sign_in(page, site, OTHER)
    for path in ("/sign-in/passkey/options", "/sign-in/passkey"):
        headers = {"content-type": "application/json", "origin": "https://evil.example", "sec-fetch-site": "cross-site"}
        outcome = page.context.request.post(site + path, data="{}", headers=headers)
        assert outcome.status == 403


def test_a_registration_begun_by_one_person_is_not_ended_by_another(browse, page, site):
    sign_in(page, site, OTHER)
    page.goto(f"{site}/account/passkeys")
    made = page.evaluate(
        """async () => {
          const form = document.querySelector('[data-passkey-register]');
          const headers = {'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': form.dataset.csrf};
          const asked = await (await fetch(form.dataset.options, {method: 'POST', headers, body: '{}'})).json();
          const made = await navigator.credentials.create({publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked)});
          return made.toJSON();
        }"""
    )
    thief = browse()
    sign_in(thief, site, PERSON)
    thief.goto(f"{site}/account/passkeys")
    outcome = thief.evaluate(
        """async (answer) => {
          const form = document.querySelector('[data-passkey-register]');
          const headers = {'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': form.dataset.csrf};
          const kept = await fetch(form.dataset.finish, {method: 'POST', headers, body: JSON.stringify({name: 'Volée', answer})});
          return {status: kept.status, body: await kept.json()};
        }""",
        made,
    )
    assert (outcome["status"], outcome["body"]["reason"]) == (400, "passkey-stale")
    assert own_passkeys(thief, site) == []


def test_without_a_form_s_secret_nothing_is_registered(page, site):
    sign_in(page, site, OTHER)
    headers = {"content-type": "application/json", "accept": "application/json"}
    outcome = page.context.request.post(f"{site}/account/passkeys/options", data="{}", headers=headers)
    assert outcome.status == 403


def test_the_only_way_to_sign_in_is_not_removed(browse, site, tmp_path):
    installation = new_installation(tmp_path / "data")
    add_person(installation, PERSON, password=None)
    with installation.serve() as url:
        url = by_name(url)
        link = installation.must("user", "invite", PERSON, "--public-url", url).stdout.split()[-1]
        page = browse()
        Device(page)
        page.goto(link)
        page.get_by_role("button").last.click()
        page.wait_for_url(f"{url}/account**")
        register(page, url, "Seule")
        page.goto(f"{url}/account/passkeys")
        page.get_by_text("Renommer ou retirer «\u202fSeule\u202f»").click()
        page.get_by_role("button", name="Retirer «\u202fSeule\u202f»").click()
        page.get_by_text("C’est la seule façon de vous connecter à ce compte").wait_for()
        assert own_passkeys(page, url) == ["Seule"]


# --- as it is seen ---------------------------------------------------------------------------------------------------


def test_without_script_the_pages_say_what_passkeys_need(browse, site, screenshot):
    page = browse(script=False)
    page.goto(f"{site}/sign-in")
    assert "demande JavaScript" in page.locator("main").inner_text()
    assert not page.get_by_role("button", name="Se connecter avec une clé d’accès").is_visible()
    screenshot(page, "sign-in-without-script")
    sign_in(page, site, OTHER)
    page.goto(f"{site}/account/passkeys")
    assert "Ajouter une clé d’accès demande JavaScript" in page.locator("main").inner_text()
    assert not page.locator("[data-passkey-register]").is_visible()


def test_under_an_address_no_passkey_is_offered(browse, site):
    page = browse()
    url = site.replace("localhost", "127.0.0.1")
    page.goto(f"{url}/sign-in")
    assert page.locator("[data-passkey-sign-in]").count() == 0
    sign_in(page, url, OTHER)
    page.goto(f"{url}/account/passkeys")
    assert "Les clés d’accès ne sont pas disponibles à cette adresse" in page.locator("main").inner_text()


@pytest.mark.parametrize("way", ["desktop-fr-light", "phone-en-dark"])
def test_axe_finds_nothing(browse, site, screenshot, way):
    size, language, scheme = way.split("-")
    page = browse(language=language, viewport=DESKTOP if size == "desktop" else PHONE, scheme=scheme)
    Device(page)
    page.add_init_script("PublicKeyCredential.isConditionalMediationAvailable = async () => false")
    page.goto(f"{site}/sign-in?lang=fr")
    look(page, screenshot, f"sign-in-{way}", f"{site}/sign-in?lang={language}")
    page.goto(f"{site}/sign-in?lang=fr")
    sign_in(page, site, PERSON)
    register(page, site, "Ordinateur de la mairie, salle du conseil, premier étage")
    look(page, screenshot, f"passkeys-{way}", f"{site}/account/passkeys?lang={language}", unfold=True)
    page.goto(f"{site}/account?lang=fr")
    remove(page, site, "Ordinateur de la mairie, salle du conseil, premier étage")


def look(page, screenshot, name: str, url: str, unfold=False) -> None:
    page.goto(url)
    if unfold:
        page.locator("details > summary").first.click()
    screenshot(page, name)
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert result.violations_count == 0, result.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the window"


def test_the_password_is_still_there(page, site):
    sign_in(page, site, PERSON, PASSWORD)
    assert is_signed_in(page, site)
