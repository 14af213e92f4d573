"""What the tests of signing in share: people, their browsers, and the portal by the name that passkeys need."""

from __future__ import annotations

import subprocess

from program import Installation

PASSWORD = "trois-moulins-sur-la-Dive"


def add_person(installation: Installation, email: str, *options: str, password: str | None = PASSWORD) -> None:
    arguments = ["user", "add", "--email", email, *options, *(["--password-stdin"] if password else [])]
    with installation.popen(*arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        _, stderr = process.communicate(password or "", timeout=60)
    assert process.returncode == 0, stderr


def by_name(url: str) -> str:
    """The same server under a name: browsers offer no passkeys under an address."""
    return url.replace("127.0.0.1", "localhost")


def sign_in(page, url: str, email: str, password: str = PASSWORD) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(f"{url}/account**")


def sign_out(page, url: str) -> None:
    page.goto(f"{url}/account")
    page.get_by_role("button", name="Se déconnecter").click()


def is_signed_in(page, url: str) -> bool:
    """Whether one's account is shown, without leaving the page."""
    response = page.context.request.get(f"{url}/account", max_redirects=0, headers={"accept": "text/html"})
    return response.status == 200
