"""Installations with addresses, for the tests of geocoding."""

from __future__ import annotations

from pathlib import Path

from conftest import DATA, DEMO
from program import Installation

BAL = DATA / "bal-castelnaudary.csv"
MONTPELLIER = DEMO / "montpellier_points_adresse_2014.csv.gz"


def with_addresses(folder: Path, *files: Path) -> Installation:
    """An installation into which files of addresses were imported."""
    folder.mkdir(parents=True, exist_ok=True)
    installation = Installation(folder)
    installation.must("addresses", "import", *files)
    return installation
