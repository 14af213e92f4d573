"""Cocagne: one program, its index built by its own command."""
import os
import pathlib
import re
import subprocess

import measure
from peers.process import Process, free_port

NAME = "Cocagne"
BINARY = os.environ.get("COCAGNE_BIN", "cocagne")


class Server(Process):
    """The whole program, serving the index that lies in `folder`."""

    prefix = "/adresse"

    def __init__(self, folder):
        address = f"127.0.0.1:{free_port()}"
        unpaced = ["--address-questions-per-minute", "0", "--address-files-per-minute", "0"]
        super().__init__([BINARY, "serve", "--listen", address, "--data", str(folder), *unpaced], f"http://{address}", "/health")

    def memory(self):
        return measure.resident(self.pid)


def load(country, folder):
    """Imports `country` into `folder`; seconds and peak resident bytes."""
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    return measure.process([BINARY, "addresses", "import", str(country), "--data", str(folder)])


def index_bytes(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder, "addresses").glob("*.index"))


def resident_by_kind(pid):
    """Resident bytes that are the program's own, and those that are pages of mapped files."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    kinds = {name: int(kilobytes) * 1024 for name, kilobytes in re.findall(r"^(Rss\w+):\s+(\d+) kB", status, re.M)}
    return kinds["RssAnon"], kinds["RssFile"]


def in_process(example, *words):
    """What an example of the crate prints."""
    command = [str(pathlib.Path(os.environ["COCAGNE_EXAMPLES"], example)), *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
