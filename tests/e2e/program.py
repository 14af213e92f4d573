"""The built program as the tests drive it: an installation in a folder, its commands, its server."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

LISTENING = "listening on "


def binary() -> str:
    path = os.environ.get("COCAGNE_BIN")
    if not path:
        raise RuntimeError("COCAGNE_BIN must say where the built program is; ./test e2e sets it")
    return path


@dataclass
class Outcome:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self):
        return json.loads(self.stdout)


@dataclass
class Installation:
    """A data folder, and the catalogue when it is elsewhere."""

    folder: Path
    catalog: str | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("COCAGNE_")}
        own = {"COCAGNE_DATA": str(self.folder)}
        if self.catalog:
            own["COCAGNE_CATALOG"] = self.catalog
        return inherited | own | self.environment

    def popen(self, *arguments: str | Path, **options) -> subprocess.Popen:
        command = [binary(), *map(str, arguments)]
        return subprocess.Popen(command, env=self._environment(), cwd=self.folder, text=True, **options)

    def run(self, *arguments: str | Path, timeout: float = 300) -> Outcome:
        with self.popen(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
            try:
                stdout, stderr = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Outcome(process.returncode, stdout, stderr)

    def must(self, *arguments: str | Path, timeout: float = 300) -> Outcome:
        outcome = self.run(*arguments, timeout=timeout)
        assert outcome.code == 0, f"{arguments}: exit {outcome.code}\n{outcome.stdout}\n{outcome.stderr}"
        return outcome

    def publish(self, file: Path | str, *options: str, timeout: float = 300) -> dict:
        """Publishes a file and gives what the command answers."""
        return self.must("publish", file, "--format", "json", "--yes", *options, timeout=timeout).json

    def refused(self, file: Path | str, *options: str, timeout: float = 120) -> list[dict]:
        """Publishes a file that cannot be; gives the errors."""
        outcome = self.run("publish", file, "--format", "json", "--yes", *options, timeout=timeout)
        assert outcome.code == 1, f"exit {outcome.code}\n{outcome.stdout}\n{outcome.stderr}"
        errors = outcome.json["errors"]
        assert errors, "a refusal says why"
        return errors

    @contextmanager
    def serve(self, *options: str, command: str = "serve", patience: float = 60) -> Iterator[str]:
        """Serves on a free port; gives the base URL. Stops the server as a supervisor would."""
        process = self.popen(command, "--listen", "127.0.0.1:0", *options, stdout=subprocess.PIPE)
        try:
            yield _address(process, patience)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=5) == 0, "SIGTERM ends the server cleanly within 5 s"
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            process.stdout.close()


def _address(process: subprocess.Popen, timeout: float) -> str:
    """Reads the line that says where the server listens."""
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=lambda: [lines.put(line) for line in process.stdout] + [lines.put("")], daemon=True).start()
    while line := lines.get(timeout=timeout):
        if line.startswith(LISTENING):
            return line.removeprefix(LISTENING).strip()
    raise AssertionError(f"the server ended with {process.wait()} without listening")
