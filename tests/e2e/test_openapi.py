"""The OpenAPI document says what the API does: schemathesis asks everything that it allows, and some that it doesn't."""

import subprocess
import sys
from pathlib import Path

import requests

SEED = "2016"


def test_the_document_is_openapi_3_1(portal):
    document = requests.get(f"{portal.url}/api/v1/openapi.json", timeout=60).json()
    assert document["openapi"].startswith("3.1")
    for path in ("/api/v1/datasets", "/api/v1/resources/{id}/rows"):
        assert path in document["paths"], sorted(document["paths"])


def test_the_api_keeps_its_word(portal, tmp_path):
    # Most answers are about a resource: half of the questions name one that exists.
    config = tmp_path / "schemathesis.toml"
    config.write_text(f'[parameters]\n"path.id" = ["{portal.resource("subsidies")["id"]}", "{portal.resource("places")["id"]}", "nowhere"]\n')
    command = [
        Path(sys.executable).with_name("schemathesis"),
        "--config-file",
        config,
        "run",
        f"{portal.url}/api/v1/openapi.json",
        *("--phases", "examples,coverage,fuzzing"),
        *("--max-examples", "15", "--seed", SEED, "--generation-database", "none"),
        *("--generation-deterministic", "--request-timeout", "20", "--no-color"),
    ]
    outcome = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=1200, cwd=tmp_path)
    assert outcome.returncode == 0, outcome.stdout[-12_000:] + outcome.stderr[-2_000:]
