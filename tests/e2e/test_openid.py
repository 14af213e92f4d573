"""Signing in at a real OpenID Connect provider, in Chromium: there and back, refusals, faults, and signing out there too."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DESKTOP, PHONE, new_installation
from openid_provider import openid_provider
from sign_in import PASSWORD, add_person, by_name, is_signed_in, sign_in, sign_out

JEANNE, ODILE = "jeanne.roux@bram.example", "odile.faure@bram.example"
SIREN = "211100763"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Town:
    """A portal, its provider, and what it was started with."""

    def __init__(self, folder, provider, *options, profile="proconnect", issuer=None, **provider_options):
        self.provider = provider
        self.installation = new_installation(folder)
        self.installation.must("organization", "add", "--name", "Commune de Fanjeaux", "--slug", "fanjeaux", "--siret", SIREN)
        self.log = folder / "log.txt"
        quiet = self.installation.popen
        self.installation.popen = lambda *line, **how: quiet(*line, **({"stderr": self.log.open("a")} | how))
        self._options = [*provider.options(profile, issuer), *options]
        self._provider_options = provider_options
        self.url = ""

    def __enter__(self):
        self._serving = self.installation.serve(*self._options)
        self.url = by_name(self._serving.__enter__())
        self.provider.serve(self.url, **self._provider_options)
        return self

    def __exit__(self, *error):
        return self._serving.__exit__(*error)


@pytest.fixture
def provider():
    with openid_provider() as running:
        yield running


@pytest.fixture
def town(tmp_path, provider):
    with Town(tmp_path / "data", provider) as town:
        yield town


@pytest.fixture
def page(browse):
    return browse()


def leave(page, town, path="/sign-in", name="ProConnect"):
    page.goto(f"{town.url}{path}")
    page.get_by_role("link", name=f"Se connecter avec {name}").click()


def identify(page, login, button="Sign in at the provider"):
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(login)
    page.get_by_role("button", name=button).click()


def come(page, town, login, path="/sign-in"):
    """Leaves for the provider, signs in there, and comes back."""
    leave(page, town, path)
    identify(page, login)
    page.wait_for_url(re.compile(re.escape(town.url)))


def heading(page) -> str:
    return page.locator("h1").inner_text().replace("\u202f", " ").replace("\u00a0", " ")


# --- there and back ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_an_agent_signs_in_with_proconnect_and_out_of_it(browse, town, script):
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "publisher", password=None)
    page = browse(script=script)
    leave(page, town, "/sign-in?next=/datasets")
    assert page.url.startswith(town.provider.issuer)
    (asked,) = [seen["authorize"] for seen in town.provider.seen()]
    assert asked["response_type"] == "code"
    assert asked["scope"].split() == ["openid", "given_name", "usual_name", "email", "uid", "siret", "idp_id"]
    assert asked["acr_values"] == "eidas1"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 32 and len(asked["nonce"]) >= 32
    assert asked["redirect_uri"] == f"{town.url}/sign-in/openid/return"

    identify(page, "jeanne")
    page.wait_for_url(f"{town.url}/datasets")
    page.goto(f"{town.url}/account")
    assert JEANNE in page.locator("main").inner_text()

    sign_out(page, town.url)
    page.get_by_role("button", name="Yes, sign me out").click()
    page.wait_for_url(f"{town.url}/sign-in?done=signed-out")
    assert "Vous êtes déconnecté, ici et chez le fournisseur d’identité." in page.locator("main").inner_text()
    (ended,) = [seen["end"] for seen in town.provider.seen() if "end" in seen]
    assert ended["id_token_hint"].count(".") == 2
    assert ended["post_logout_redirect_uri"] == f"{town.url}/sign-out/openid"
    assert len(ended["state"]) >= 32
    assert not is_signed_in(page, town.url)

    # The provider has forgotten them too: it asks who it is.
    leave(page, town)
    page.get_by_label("Login").wait_for()


def test_whoever_came_once_is_known_whatever_their_address(page, town):
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader", password=None)
    come(page, town, "jeanne")
    town.installation.must("user", "list")
    page.goto(f"{town.url}/account/identities")
    assert "ProConnect" in page.locator(".rows").inner_text()
    assert JEANNE in page.locator(".rows").inner_text()
    page.context.clear_cookies(domain="localhost")
    leave(page, town)
    page.wait_for_url(f"{town.url}/account")
    assert is_signed_in(page, town.url)


def test_an_invited_agent_gets_the_role_of_the_invitation(page, town):
    town.installation.must("user", "invite", ODILE, "--organization", "bram", "--role", "contributor")
    come(page, town, "odile")
    assert page.url == f"{town.url}/account/identities?done=invited"
    assert "votre invitation est acceptée" in page.locator("main").inner_text()
    page.goto(f"{town.url}/account")
    text = page.locator("main").inner_text()
    assert "Odile Faure" in text and "Commune de Bram" in text


def test_somebody_unknown_is_told_so_and_may_take_another_identity(page, town, screenshot):
    come(page, town, "paul")
    assert heading(page) == "Aucun compte ne correspond à votre identité"
    assert "paul.marc@ailleurs.example" in page.locator("main").inner_text()
    screenshot(page, "openid-no-account")
    assert not is_signed_in(page, town.url)
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader", password=None)
    page.get_by_role("link", name="Réessayer avec ProConnect").click()
    identify(page, "jeanne")
    page.wait_for_url(f"{town.url}/account")


def test_an_address_that_the_provider_does_not_vouch_for_opens_no_account(page, town):
    add_person(town.installation, "nour.sans@bram.example", "--superuser")
    come(page, town, "nour")
    assert heading(page) == "ProConnect ne garantit pas votre adresse électronique"
    assert not is_signed_in(page, town.url)


def test_new_accounts_have_no_role_and_are_proposed_their_organisation(page, tmp_path, provider, screenshot):
    with Town(tmp_path / "data", provider, "--oidc-create-accounts", "true") as town:
        come(page, town, "paul")
        text = page.locator("main").inner_text()
        assert "Votre compte vient d’être créé." in text
        assert "Votre compte n’a encore aucun rôle" in text
        assert page.get_by_role("link", name="Commune de Fanjeaux").get_attribute("href") == "/organizations/fanjeaux"
        screenshot(page, "identities-created")
        page.goto(f"{town.url}/account")
        assert "Commune de Fanjeaux" not in page.locator("main").inner_text(), "a SIRET alone gives no role"


def test_a_role_by_siret_is_given_only_when_that_was_decided(page, tmp_path, provider):
    options = ("--oidc-create-accounts", "true", "--oidc-siret-role", "contributor")
    with Town(tmp_path / "data", provider, *options) as town:
        come(page, town, "paul")
        page.goto(f"{town.url}/account")
        assert "Commune de Fanjeaux" in page.locator("main").inner_text()


def test_without_linking_by_address_an_identity_is_added_from_one_s_account(page, browse, tmp_path, provider):
    with Town(tmp_path / "data", provider, "--oidc-link-by-email", "false") as town:
        add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader")
        come(page, town, "jeanne")
        assert heading(page) == "Aucun compte ne correspond à votre identité"

        page = browse()
        sign_in(page, town.url, JEANNE)
        page.goto(f"{town.url}/account/identities")
        page.get_by_role("button", name="Relier mon identité ProConnect").click()
        identify(page, "jeanne")
        page.get_by_text("L’identité est reliée à votre compte.").wait_for()

        other = browse()
        come(other, town, "jeanne")
        assert is_signed_in(other, town.url)

        page.goto(f"{town.url}/account/identities")
        page.get_by_role("button", name="Ne plus utiliser ProConnect").click()
        page.get_by_text("L’identité n’est plus reliée à votre compte.").wait_for()


def test_an_identity_belongs_to_one_account(page, browse, town):
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader")
    add_person(town.installation, "second@bram.example")
    come(page, town, "jeanne")
    other = browse()
    sign_in(other, town.url, "second@bram.example")
    other.goto(f"{town.url}/account/identities")
    other.get_by_role("button", name="Relier mon identité ProConnect").click()
    identify(other, "jeanne")
    other.wait_for_url(re.compile(re.escape(town.url)))
    assert heading(other) == "Cette identité est celle d’un autre compte"
    other.goto(f"{town.url}/account")
    assert "second@bram.example" in other.locator("main").inner_text()


def test_another_site_adds_no_identity_to_an_account(page, town):
    """A link to the provider signs in whoever the provider knows, and never adds them to who is signed in here."""
    add_person(town.installation, "second@bram.example")
    sign_in(page, town.url, "second@bram.example")
    page.goto(f"{town.url}/sign-in/openid?link=1")
    identify(page, "paul")
    page.wait_for_url(re.compile(re.escape(town.url)))
    assert heading(page) == "Aucun compte ne correspond à votre identité"
    page.goto(f"{town.url}/account/identities")
    assert "Aucune identité n’est reliée à ce compte." in page.locator("main").inner_text()
    forged = page.context.request.post(f"{town.url}/account/identities/add", headers={"accept": "text/html"})
    assert forged.status == 403


def test_the_only_way_to_sign_in_is_not_removed(page, town):
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader", password=None)
    come(page, town, "jeanne")
    page.goto(f"{town.url}/account/identities")
    page.get_by_role("button", name="Ne plus utiliser ProConnect").click()
    page.get_by_text("C’est la seule façon de vous connecter à ce compte").wait_for()


VARIANTS = {
    "generic": ("generic", ["--oidc-name", "l’agglo"], {"authentication": "client_secret_basic", "signedUserInfo": False, "vouches": True}),
    "es256": ("proconnect", ["--oidc-algorithm", "ES256"], {"algorithm": "ES256"}),
    "hs256": ("proconnect", ["--oidc-algorithm", "HS256"], {"algorithm": "HS256"}),
    "without-pkce": ("proconnect", ["--oidc-pkce", "false"], {"pkce": False}),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_providers_of_other_kinds(page, tmp_path, provider, variant):
    profile, options, provider_options = VARIANTS[variant]
    with Town(tmp_path / "data", provider, *options, profile=profile, **provider_options) as town:
        add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader", password=None)
        leave(page, town, name="l’agglo" if variant == "generic" else "ProConnect")
        asked = provider.seen()[-1]["authorize"]
        assert ("code_challenge" in asked) == (variant != "without-pkce")
        identify(page, "jeanne")
        page.wait_for_url(f"{town.url}/account")
        assert is_signed_in(page, town.url)


# --- what is refused --------------------------------------------------------------------------------------------------

# What the portal says of each fault in its log.
UNTRUSTED = {
    "signature": "Signature verification failed",
    "nonce": "Invalid nonce",
    "audience": "Invalid audiences",
    "issuer": "Invalid issuer",
    "expired": "Expired",
    "future": "still to come",
    "acr": "level of assurance",
    "party": "issued to another client",
    "access-token": "belongs to another access token",
    "unsigned": "No signature|Disallowed|the tokens",
    "with-the-secret": "Disallowed signature algorithm",
    "unknown-key": "a key that the provider doesn't publish",
    "nonsense": "the tokens",
    "missing": "no ID token came",
    "not-json": "the tokens",
    "other-person": "about another person",
    "unsigned-user-info": "the user info is of type application/json",
    "forged-user-info": "a signature that doesn't match",
    "issuer-of-return": "comes from another provider",
    "no-issuer-of-return": "doesn't say which provider",
}


def test_what_cannot_be_verified_signs_in_nobody(town, browse):
    add_person(town.installation, JEANNE, "--superuser")
    for fault, reason in UNTRUSTED.items():
        page = browse()
        town.provider.sabotage(fault)
        town.log.write_text("")
        come(page, town, "jeanne")
        assert heading(page) == "La réponse de ProConnect n’est pas sûre", fault
        assert not is_signed_in(page, town.url), fault
        assert re.search(reason, town.log.read_text()), (fault, town.log.read_text())
    town.provider.sabotage()
    page = browse()
    come(page, town, "jeanne")
    assert is_signed_in(page, town.url)


def test_clocks_may_differ_by_less_than_a_minute(page, town):
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader", password=None)
    town.provider.sabotage("slow-clock")
    come(page, town, "jeanne")
    assert is_signed_in(page, town.url)


def test_new_keys_of_the_provider_are_found(page, town):
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader", password=None)
    come(page, town, "jeanne")
    town.provider.rotate()
    page.context.clear_cookies()
    come(page, town, "jeanne")
    assert is_signed_in(page, town.url)


def test_a_return_works_once_in_the_browser_that_left(browse, town):
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader", password=None)
    page, thief = browse(), browse()
    returns = []
    page.on("request", lambda request: returns.append(request.url) if "/openid/return" in request.url else None)
    come(page, town, "jeanne")
    (used,) = returns

    # Used already: whoever is signed in stays so, somebody else is told.
    page.goto(used)
    assert page.url == f"{town.url}/account"
    thief.goto(used)
    assert heading(thief) == "Cette connexion a déjà servi, ou a trop tardé"

    # Not used yet, and brought to another browser.
    victim = browse()
    victim.route("**/sign-in/openid/return**", lambda route: route.abort())
    leave(victim, town)
    with victim.expect_request("**/sign-in/openid/return**") as stolen:
        identify(victim, "jeanne")
    thief.goto(stolen.value.url)
    assert heading(thief) == "Cette connexion a déjà servi, ou a trop tardé"
    assert not is_signed_in(thief, town.url)


def test_a_return_that_nobody_asked_for_is_refused(page, town):
    for query in ("", "?code=x", "?state=x&code=x", "?error=access_denied", "?state=" + "x" * 4_000):
        response = page.goto(f"{town.url}/sign-in/openid/return{query}")
        assert response.status == 400
        assert heading(page) == "Cette connexion a déjà servi, ou a trop tardé"


def test_whoever_gives_up_at_the_provider_comes_back_calmly(page, town):
    leave(page, town)
    page.get_by_role("button", name="Give up").click()
    page.wait_for_url(re.compile(re.escape(town.url)))
    assert heading(page) == "La connexion a été abandonnée"
    page.get_by_role("link", name="Se connecter autrement").click()
    page.get_by_label("Mot de passe").wait_for()


@pytest.mark.parametrize("fault", ["endless", "no-user-info"])
def test_answers_out_of_bounds_sign_in_nobody(page, town, fault):
    add_person(town.installation, JEANNE, "--superuser")
    town.provider.sabotage(fault)
    come(page, town, "jeanne")
    assert heading(page) == "ProConnect ne répond pas"
    assert not is_signed_in(page, town.url)


def test_a_provider_that_is_down_leaves_the_password(page, town, screenshot):
    add_person(town.installation, JEANNE)
    town.provider.stop()
    leave(page, town)
    assert heading(page) == "ProConnect ne répond pas"
    screenshot(page, "openid-unavailable")
    page.get_by_role("link", name="Se connecter autrement").click()
    sign_in(page, town.url, JEANNE, PASSWORD)
    sign_out(page, town.url)
    town.provider.resume()


def test_one_never_comes_back_to_another_site(page, town):
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader", password=None)
    page.goto(f"{town.url}/sign-in/openid?next=https://evil.example/")
    identify(page, "jeanne")
    page.wait_for_url(f"{town.url}/account")


def test_the_provider_s_metadata_must_be_its_own(page, tmp_path, provider):
    """The address of another issuer, which answers with its own metadata, is not taken for it."""
    with Town(tmp_path / "data", provider, issuer=provider.issuer + "/") as town:
        leave(page, town)
        assert heading(page) == "ProConnect ne répond pas"


def test_without_a_provider_nothing_is_offered(page, portal):
    page.goto(f"{portal.url}/sign-in")
    assert page.locator("main a[href^='/sign-in/openid']").count() == 0
    assert page.goto(f"{portal.url}/sign-in/openid").status == 404


def test_the_secret_of_the_client_is_shown_nowhere(page, town):
    leave(page, town)
    query = parse_qs(urlsplit(page.url).query)
    assert "client_secret" not in query
    assert "a-secret-of-the-tests" not in town.installation.must("serve", "--help").stdout


# --- as it is seen ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["desktop-fr-light", "phone-en-dark"])
def test_axe_finds_nothing(browse, town, screenshot, way):
    size, language, scheme = way.split("-")
    add_person(town.installation, JEANNE, "--organization", "bram", "--role", "reader")
    page = browse(language=language, viewport=DESKTOP if size == "desktop" else PHONE, scheme=scheme)
    look(page, screenshot, f"sign-in-openid-{way}", f"{town.url}/sign-in")
    look(page, screenshot, f"openid-stale-{way}", f"{town.url}/sign-in/openid/return")
    page.goto(f"{town.url}/sign-in/openid")
    identify(page, "jeanne")
    page.wait_for_url(f"{town.url}/account")
    look(page, screenshot, f"identities-{way}", f"{town.url}/account/identities")
    page.goto(f"{town.url}/account")
    page.route(re.compile(re.escape(town.provider.issuer)), lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="Sign out" if language == "en" else "Se déconnecter").click()
    page.get_by_role("heading", name=re.compile("déconnecté de ce portail|signed out of this portal")).wait_for()
    screenshot(page, f"farewell-{way}")
    violations = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert violations.violations_count == 0, violations.generate_report()


def look(page, screenshot, name: str, url: str) -> None:
    page.goto(url)
    screenshot(page, name)
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert result.violations_count == 0, result.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the window"
