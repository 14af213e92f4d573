"""The OpenAPI document says what the API does: schemathesis asks everything that it allows, and some that it doesn't."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests

# Addresses name what exists, so that answers are about something; a text that the schema allows may not be SQL.
WHAT_EXISTS = """
[parameters]
"path.id" = "{id}"

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


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_the_api_keeps_its_word(portal, tmp_path, mode):
    """What the document allows is answered as it says; what it forbids is refused as it says."""
    config = tmp_path / "schemathesis.toml"
    resource, slug = portal.resource("places")["id"], portal.published["places"]["dataset"]["slug"]
    config.write_text(WHAT_EXISTS.format(id=resource, slug=slug) if mode == "positive" else "")
    command = [
        Path(sys.executable).with_name("schemathesis"),
        *("--config-file", config, "run", f"{portal.url}/api/v1/openapi.json"),
        *("--mode", mode, "--phases", "examples,coverage,fuzzing", "--max-examples", "15"),
        *("--generation-deterministic", "--request-timeout", "20", "--no-color"),
    ]
    outcome = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=1200, cwd=tmp_path)
    assert outcome.returncode == 0, outcome.stdout[-12_000:] + outcome.stderr[-2_000:]
