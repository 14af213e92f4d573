"""The OpenAPI document says what the API does: schemathesis asks everything that it allows, and some that it doesn't."""

import subprocess
import sys
from pathlib import Path

import requests

# Addresses name what exists, so that answers are about something. A text that the schema allows may not be SQL.
CONFIG = """
[parameters]
"path.id" = "{id}"
"path.number" = 1

[[operations]]
include-path-regex = "^/api/v1/datasets/"
parameters = {{ "path.slug" = "{slug}" }}

[[operations]]
include-path-regex = "^/api/v1/organizations/"
parameters = {{ "path.slug" = "bram" }}

[[operations]]
include-path = "/api/v1/sql"
checks.positive_data_acceptance.enabled = false
"""


def test_the_document_is_openapi_3_1(portal):
    document = requests.get(f"{portal.url}/api/v1/openapi.json", timeout=60).json()
    assert document["openapi"].startswith("3.1")
    for path in ("/api/v1/datasets", "/api/v1/resources/{id}/rows"):
        assert path in document["paths"], sorted(document["paths"])


def test_the_api_keeps_its_word(portal, tmp_path):
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG.format(id=portal.resource("places")["id"], slug=portal.published["places"]["dataset"]["slug"]))
    command = [
        Path(sys.executable).with_name("schemathesis"),
        "--config-file",
        config,
        "run",
        f"{portal.url}/api/v1/openapi.json",
        *("--phases", "examples,coverage,fuzzing"),
        *("--max-examples", "15"),
        *("--generation-deterministic", "--request-timeout", "20", "--no-color"),
    ]
    outcome = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=1200, cwd=tmp_path)
    assert outcome.returncode == 0, outcome.stdout[-12_000:] + outcome.stderr[-2_000:]
