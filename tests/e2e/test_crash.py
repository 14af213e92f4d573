"""`kill -9` at any moment of a publish: the old state or the new one, and nothing broken."""

import signal
import subprocess
import time

import pytest
import requests

ROWS = 150_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("crash") / "large.csv"
    with path.open("w") as file:
        file.write("id,nom,montant,date\n")
        for index in range(ROWS):
            file.write(f"{index},Association n° {index % 997},{index % 7919 / 100:.2f},2024-{index % 12 + 1:02}-15\n")
    return path


def killed_after(installation, seconds, *arguments) -> bool:
    """Runs a command and kills it; says whether it was still running."""
    process = installation.popen(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True


def test_a_killed_publish_leaves_the_old_state_or_the_new_one(any_installation, large, tmp_path):
    small = tmp_path / "small.csv"
    small.write_text("id,nom,montant,date\n1,Première,10.5,2024-01-01\n")
    common = ("--organization", "bram", "--dataset", "subventions", "--title", "Subventions")
    first = any_installation.publish(small, *common)
    resource = first["resources"][0]["id"]

    started = time.monotonic()
    any_installation.must("publish", large, "--organization", "bram", "--dataset", "mesure", "--title", "Mesure", "--yes")
    whole = time.monotonic() - started

    killed = 0
    for step in range(8):
        # The same bytes would be the same snapshot: each attempt is another file.
        attempt = tmp_path / f"attempt-{step}.csv"
        attempt.write_bytes(large.read_bytes() + f"{ROWS + step},Dernière,1.00,2024-12-31\n".encode())
        killed += killed_after(any_installation, whole * (step + 0.5) / 8, "publish", attempt, "--yes", *common)
        any_installation.must("verify")
        with any_installation.serve() as url:
            rows = requests.get(f"{url}/api/v1/resources/{resource}/rows?limit=1", timeout=60)
            assert rows.status_code == 200
            assert rows.json()["total"] in (1, ROWS + 1)
            source = requests.get(f"{url}/api/v1/resources/{resource}", timeout=60)
            assert source.status_code == 200
    assert killed >= 4, "most attempts were killed while they ran"

    last = any_installation.publish(large, *common)
    assert last["resources"][0]["rows"] == ROWS
    any_installation.must("verify")
