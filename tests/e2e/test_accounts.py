"""Accounts as people use them: a first administrator, invitations, passwords, sessions, tokens. No script is needed."""

from __future__ import annotations

import re

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from conftest import DATA, DESKTOP, PHONE, SCREENSHOTS
from mail_server import mail_server
from test_accessibility import TAGS

PASSWORD = "correct cheval pile agrafe"
OTHER = "une tout autre phrase"
MAYOR = "maire@bram.example"
CLERK = "marie@bram.example"


@pytest.fixture
def browser(chromium):
    """Opens browsers that share nothing, without script; fails when a page is not accessible."""
    contexts = []

    def open_(url: str, *, viewport=DESKTOP, language="fr", scheme="light"):
        context = chromium.new_context(
            viewport=viewport,
            locale="fr-FR" if language == "fr" else "en-GB",
            color_scheme=scheme,
            java_script_enabled=False,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()


def invite(installation, url: str, *arguments: str) -> str:
    return installation.must("user", "invite", *arguments, "--public-url", url, "--format", "json").json["url"]


def press(page, name: str | re.Pattern) -> None:
    page.get_by_role("button", name=name, exact=isinstance(name, str)).click()


def new_administrator(installation, url: str, browser, **ways):
    """A browser in which the superuser is signed in."""
    installation.run("user", "add", "--email", MAYOR, "--name", "Camille Maire", "--superuser")
    page = browser(invite(installation, url, MAYOR), **ways)
    page.locator("main form button").click()
    assert page.url == f"{url}/account?done=link"
    return page


def new_member(installation, url: str, browser, email: str, role: str, **ways):
    """A browser in which a new member of Bram is signed in, with a password."""
    page = browser(invite(installation, url, email, "--organization", "bram", "--role", role), **ways)
    page.locator("#name").fill("Marie Clerc")
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()
    assert page.url == f"{url}/account"
    return page


def sign_in(page, url: str, email: str, password: str) -> None:
    page.goto(f"{url}/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill(password)
    press(page, re.compile("^(Se connecter|Sign in)$"))


def test_the_first_administrator_comes_in_by_a_link_that_serves_once(installation, browser):
    with installation.serve() as url:
        added = installation.must("user", "add", "--email", MAYOR, "--superuser", "--format", "json").json
        assert added["superuser"] and added["email"] == MAYOR
        outcome = installation.must("user", "invite", MAYOR, "--public-url", url)
        link = outcome.stdout.strip()
        assert re.fullmatch(re.escape(url) + "/invitation/[0-9a-f]{64}", link)
        assert MAYOR in outcome.stderr and link not in outcome.stderr
        # Programs that look at links in mail don't use them up.
        assert requests.get(link, timeout=20).status_code == 200
        page = browser(link)
        press(page, "Se connecter")
        assert page.url == f"{url}/account?done=link"
        assert page.get_by_text("Vous administrez tout ce portail").is_visible()
        again = browser(link)
        assert again.get_by_role("heading", name="Ce lien ne sert plus").is_visible()
        # A password, so as to come back.
        page.locator("#password").fill("motdepasse123")
        press(page, "Choisir ce mot de passe")
        assert page.get_by_role("alert").inner_text().startswith("Beaucoup de personnes")
        page.locator("#password").fill(PASSWORD)
        press(page, "Choisir ce mot de passe")
        assert page.url == f"{url}/account?done=password"
        press(page, "Se déconnecter")
        page.goto(f"{url}/account")
        assert page.url == f"{url}/sign-in?next=%2Faccount"
        sign_in(page, url, MAYOR, PASSWORD)
        assert page.url == f"{url}/account"


def test_a_member_is_invited_by_a_link_to_copy_and_joins(installation, browser):
    with installation.serve() as url:
        mayor = new_administrator(installation, url, browser)
        mayor.goto(f"{url}/organizations/bram/members")
        mayor.locator("#email").fill(CLERK)
        mayor.locator("#role").select_option("contributor")
        press(mayor, "Inviter")
        link = mayor.get_by_label(f"Lien d’invitation de {CLERK}").input_value()
        assert link.startswith(f"{url}/invitation/")
        assert mayor.get_by_text("Invitations en attente").is_visible()
        clerk = browser(link, viewport=PHONE)
        assert clerk.get_by_role("heading", name="Rejoindre Commune de Bram").is_visible()
        clerk.locator("#name").fill("Marie Clerc")
        clerk.locator("#password").fill(PASSWORD)
        press(clerk, "Rejoindre")
        assert clerk.url == f"{url}/account"
        assert clerk.get_by_role("heading", name="Marie Clerc").is_visible()
        assert clerk.get_by_text("Contributeur").is_visible()
        clerk.goto(f"{url}/organizations/bram/members")
        assert clerk.get_by_role("heading", name="Vous n’avez pas accès à cette page").is_visible()
        # Another role, then none.
        mayor.goto(f"{url}/organizations/bram/members")
        mayor.get_by_label("Rôle de Marie Clerc", exact=True).select_option("publisher")
        press(mayor, "Changer le rôle de Marie Clerc")
        assert mayor.get_by_role("status").inner_text() == "Le rôle est changé."
        clerk.goto(f"{url}/account")
        assert clerk.get_by_text("Publicateur").is_visible()
        press(mayor, "Retirer Marie Clerc")
        clerk.goto(f"{url}/account")
        assert clerk.get_by_text("Vous n’êtes membre d’aucune organisation").is_visible()


def test_an_invitation_is_mailed_and_a_lost_password_replaced(installation, browser):
    with mail_server() as inbox:
        options = ("--smtp", f"smtp://127.0.0.1:{inbox.port}", "--mail-from", "Bram <ne-pas-repondre@bram.example>")
        with installation.serve(*options, "--public-url", "http://bram.example", "--site-name", "Données de Bram") as url:
            asked = {"Host": "bram.example", "Origin": "http://bram.example"}
            client = requests.Session()
            client.headers.update(asked | {"Accept": "text/html", "Accept-Language": "fr"})

            def local(link: str) -> str:
                assert link.startswith("http://bram.example/")
                return link.replace("http://bram.example", url)

            installation.must("user", "add", "--email", MAYOR, "--name", "Camille Maire", "--superuser")
            client.post(local(invite(installation, "http://bram.example", MAYOR)), timeout=20)
            page = client.get(f"{url}/organizations/bram/members", timeout=20).text
            csrf = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)[1]
            form = {"csrf": csrf, "email": CLERK, "role": "publisher"}
            answer = client.post(f"{url}/organizations/bram/invitations", form, timeout=20)
            assert "L’invitation est envoyée" in answer.text
            recipients, mail = inbox.next()
            assert recipients == [CLERK]
            assert mail["subject"] == "Invitation à rejoindre Commune de Bram"
            assert "Camille Maire" in mail.get_content() and "Publicateur" in mail.get_content()
            link = re.search(r"http\S+/invitation/\w+", mail.get_content())[0]
            clerk = requests.Session()
            clerk.headers.update(client.headers)
            joined = clerk.post(local(link), {"name": "Marie", "password": PASSWORD}, timeout=20, allow_redirects=False)
            assert joined.headers["location"] == "/account"

            # A lost password: the same answer whether the address is known or not; one mail.
            stranger = requests.Session()
            stranger.headers.update(asked | {"Accept": "text/html"})
            answers = [
                stranger.post(f"{url}/sign-in/forgotten", {"email": address}, timeout=20, allow_redirects=False)
                for address in ("personne@bram.example", CLERK)
            ]
            assert {answer.headers["location"] for answer in answers} == {"/sign-in?done=link"}
            recipients, mail = inbox.next()
            assert recipients == [CLERK] and inbox.is_empty()
            link = re.search(r"http\S+/invitation/\w+", mail.get_content())[0]
            stranger.post(local(link), {"password": OTHER}, timeout=20)
            old = clerk.get(f"{url}/account", timeout=20, allow_redirects=False)
            assert old.status_code == 303, "who knew the old password is signed out"
            refused = stranger.post(local(link), {"password": PASSWORD}, timeout=20)
            assert refused.status_code == 410


def test_sessions_are_listed_with_their_device_and_ended(installation, browser):
    with installation.serve() as url:
        first = new_member(installation, url, browser, CLERK, "publisher")
        second, third = browser(url), browser(url)
        sign_in(second, url, CLERK, PASSWORD)
        sign_in(third, url, CLERK, PASSWORD)
        first.goto(f"{url}/account")
        sessions = first.locator("section[aria-labelledby=sessions] li")
        assert sessions.count() == 3
        assert first.get_by_text("Celui-ci").count() == 1
        assert "Chrome sur Linux" in sessions.first.inner_text()
        first.get_by_role("button", name="Fermer la connexion de Chrome sur Linux").first.click()
        assert sessions.count() == 2
        press(first, "Fermer toutes les autres")
        assert sessions.count() == 1
        for page in (second, third):
            page.goto(f"{url}/account")
            assert "/sign-in" in page.url
        # Others end with a new password.
        sign_in(second, url, CLERK, PASSWORD)
        first.locator("#current").fill(PASSWORD)
        first.locator("#password").fill(OTHER)
        press(first, "Changer le mot de passe")
        assert first.url.endswith("done=password")
        second.goto(f"{url}/account")
        assert "/sign-in" in second.url


def test_guessing_is_slowed_down_and_tells_nothing(installation, browser):
    with installation.serve() as url:
        new_member(installation, url, browser, CLERK, "reader")
        page = browser(url)
        texts = {}
        for email in (CLERK, "personne@bram.example"):
            for _ in range(5):
                sign_in(page, url, email, "pas le bon du tout")
            texts[email] = page.get_by_role("alert").inner_text()
            sign_in(page, url, email, PASSWORD)
            assert page.get_by_role("alert").inner_text().startswith("Trop d’essais")
        assert len(set(texts.values())) == 1


def test_a_token_made_on_a_page_publishes_until_it_is_revoked(installation, browser):
    with installation.serve() as url:
        page = new_member(installation, url, browser, CLERK, "publisher")
        page.get_by_text("Créer un jeton").click()
        page.locator("#token-name").fill("logiciel de finances")
        page.locator("#token-scope").select_option("publish")
        press(page, "Créer le jeton")
        secret = page.get_by_label("Jeton à copier").input_value()
        page.goto(f"{url}/account")
        assert secret not in page.content()

        def publish() -> int:
            files = {"file": ("a.csv", b"nom,places\nSalle,120\nStade,900\n")}
            headers = {"Authorization": f"Bearer {secret}"}
            return requests.post(f"{url}/api/v1/publish", files=files, headers=headers, timeout=60).status_code

        me = requests.get(f"{url}/api/v1/me", headers={"Authorization": f"Bearer {secret}"}, timeout=20)
        assert me.headers["cache-control"] == "no-store"
        assert me.json()["roles"] == [{"organization": "bram", "name": "Commune de Bram", "role": "publisher"}]
        assert publish() == 201
        press(page, "Révoquer le jeton logiciel de finances")
        assert publish() == 401


def test_tokens_and_roles_by_the_command_line(installation):
    installation.must("user", "add", "--email", CLERK, "--format", "json")
    user = installation.must("user", "role", CLERK, "--organization", "bram", "--role", "publisher", "--format", "json").json
    assert [membership["role"] for membership in user["memberships"]] == ["publisher"]
    user = installation.must("user", "role", CLERK, "--organization", "bram", "--role", "none", "--format", "json").json
    assert user["memberships"] == []
    assert installation.run("user", "role", CLERK).code == 2
    new = installation.must(
        *("token", "add", "--name", "lecture", "--organization", "bram", "--scope", "read-drafts"),
        *("--expires", "2099-12-31", "--format", "json"),
    ).json
    assert new["token"]["scope"] == "read-drafts" and new["token"]["expires_at"] == "2100-01-01T00:00:00Z"
    assert installation.run("token", "add", "--name", "x", "--scope", "everything").code == 2
    assert installation.run("token", "add", "--name", "x", "--expires", "2001-01-01").code == 2
    assert installation.must("token", "add", "--name", "sans").stdout.startswith("cocagne_")
    listed = installation.must("token", "list", "--format", "json").json
    assert {token["name"]: token["scope"] for token in listed} == {"lecture": "read-drafts", "sans": "publish"}


def test_scopes_limit_what_a_token_does(installation):
    def secret(scope: str) -> dict:
        added = installation.must("token", "add", "--name", scope, "--organization", "bram", "--scope", scope)
        return {"Authorization": f"Bearer {added.stdout.strip()}"}

    tokens = {scope: secret(scope) for scope in ("read-drafts", "publish", "administer")}
    with installation.serve() as url:
        for scope, publishes, administers in (("read-drafts", 403, 403), ("publish", 201, 403), ("administer", 201, 201)):
            files = {"file": ("a.csv", b"nom,places\nSalle,120\nStade,900\n")}
            form = {"title": f"Salles {scope}"}
            answer = requests.post(f"{url}/api/v1/publish", form, files=files, headers=tokens[scope], timeout=60)
            assert answer.status_code == publishes, answer.text
            wanted = {"name": "autre", "organization": "bram"}
            answer = requests.post(f"{url}/api/v1/tokens", json=wanted, headers=tokens[scope], timeout=20)
            assert answer.status_code == administers, answer.text
        made = answer.json()["token"]["id"]
        revoked = requests.delete(f"{url}/api/v1/tokens/{made}", headers=tokens["administer"], timeout=20)
        assert revoked.json()["revoked_at"]


def test_replicas_share_sessions(installation, browser):
    with installation.serve() as one, installation.serve() as other:
        page = new_member(installation, one, browser, CLERK, "reader")
        cookie = next(c for c in page.context.cookies() if c["name"] == "cocagne")
        assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
        cookies = {"cocagne": cookie["value"]}
        assert requests.get(f"{other}/account", cookies=cookies, timeout=20).status_code == 200
        page.goto(f"{one}/account")
        press(page, "Se déconnecter")
        answer = requests.get(f"{other}/account", cookies=cookies, timeout=20)
        assert answer.status_code == 401


WAYS = {
    "desktop-fr-light": {"viewport": DESKTOP, "language": "fr", "scheme": "light"},
    "phone-en-dark": {"viewport": PHONE, "language": "en", "scheme": "dark"},
    "small-fr-light": {"viewport": {"width": 320, "height": 640}, "language": "fr", "scheme": "light"},
}


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing_on_pages_of_accounts(installation, chromium, way):
    ways = WAYS[way]
    context = chromium.new_context(
        viewport=ways["viewport"],
        locale="fr-FR" if ways["language"] == "fr" else "en-GB",
        color_scheme=ways["scheme"],
    )
    page = context.new_page()

    def check(name: str) -> None:
        page.screenshot(path=SCREENSHOTS / f"account-{name}-{way}.png", full_page=True)
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert result.violations_count == 0, f"{name}: {result.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"

    SCREENSHOTS.mkdir(exist_ok=True)
    installation.must("user", "add", "--email", MAYOR, "--name", "Camille Maire", "--superuser")
    installation.publish(DATA / "equipements.csv", "--organization", "bram", "--title", "Équipements")
    with installation.serve() as url:
        sign_in(page, url, "personne@bram.example", "pas le bon du tout")
        check("sign-in-refused")
        page.goto(f"{url}/sign-in/forgotten")
        check("forgotten")
        page.goto(f"{url}/invitation/{'0' * 64}")
        check("link-gone")
        page.goto(invite(installation, url, CLERK, "--organization", "bram", "--role", "contributor"))
        page.locator("#password").fill("motdepasse123")
        page.locator("main form button").click()
        check("join")
        page.goto(invite(installation, url, MAYOR))
        check("link")
        page.locator("main form button").click()
        check("account-without-password")
        page.locator("#password").fill(PASSWORD)
        page.locator("main form[action='/account/password'] button").click()
        page.locator("details.fold summary").click()
        check("account")
        page.locator("#token-name").fill("export")
        page.locator("main form[action='/account/tokens'] button").click()
        check("token")
        page.goto(f"{url}/organizations/bram/members")
        page.locator("#email").fill(CLERK)
        page.locator("main form[action$='/invitations'] button").click()
        check("invited")
        installation.must("user", "add", "--email", CLERK, "--name", "Marie Clerc", "--organization", "bram", "--role", "publisher")
        page.goto(f"{url}/organizations/bram/members")
        check("members")
        page.goto(url)
        check("home-signed-in")
    context.close()
