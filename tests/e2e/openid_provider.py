"""A real OpenID Connect provider, run by the tests: `openid-provider/provider.mjs` with the packages that `./test` installs."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

SOURCE = Path(__file__).parent / "openid-provider"
INSTALLED = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "cocagne" / "openid-provider"
CLIENT = "cocagne"
SECRET = "a-secret-of-the-tests-that-is-long-enough-for-hs256"


class OpenIdProvider:
    """A running provider. Its people sign in with their login as their password."""

    def __init__(self, process: subprocess.Popen):
        self._process = process
        self.issuer = f"http://127.0.0.1:{self._read()['port']}"

    def serve(self, portal: str, **options) -> None:
        """Serves the portal at this address. Options: algorithm, authentication, signedUserInfo, vouches, pkce."""
        self._command(portal=portal, **options)

    def sabotage(self, fault: str = "") -> None:
        """Commits this fault from now on; none without a name."""
        self._command(sabotage=fault)

    def rotate(self) -> None:
        """Signs with new keys from now on, and forgets the old ones and every session."""
        self._command(rotate=True)

    def stop(self) -> None:
        self._command(down=True)

    def resume(self) -> None:
        self._command(down=False)

    def seen(self) -> list[dict]:
        """Parameters of the requests since the last command, by kind: `authorize`, `end`."""
        return self._command()["seen"]

    def options(self, profile: str = "proconnect", issuer: str | None = None) -> list[str]:
        """Options of `serve` for this provider."""
        return [
            *("--oidc-issuer", issuer or self.issuer, "--oidc-client-id", CLIENT, "--oidc-client-secret", SECRET),
            *("--oidc-profile", profile, "--sign-ins-per-minute", "0", "--writes-per-minute", "0"),
        ]

    def _command(self, **command) -> dict:
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict:
        line = self._process.stdout.readline()
        assert line, f"the provider ended with {self._process.wait()}"
        return json.loads(line)


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    assert (INSTALLED / "node_modules").is_dir(), "./test e2e installs the provider's packages"
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "provider.mjs"
        script.write_text((SOURCE / "provider.mjs").read_text())
        (Path(folder) / "node_modules").symlink_to(INSTALLED / "node_modules")
        command = ["node", script]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, text=True, **pipes) as process:
            try:
                yield OpenIdProvider(process)
            finally:
                process.kill()
