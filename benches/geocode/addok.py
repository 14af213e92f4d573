"""addok beside: its own redis on a free loopback port, an import by its two commands, gunicorn before it."""
import json
import os
import pathlib
import subprocess
import time

import measure
from peers.process import Process, free_port

NAME = "addok"
CONFIG = pathlib.Path(__file__).with_name("addok_config.py")
# Where benches/run installs it.
VENV = pathlib.Path(os.environ.get("ADDOK_VENV", pathlib.Path.home() / ".cache/cocagne/addok-venv"))


class Redis:
    """A redis that holds one country; what it holds is kept in `folder` and read again at the next start."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()

    def __enter__(self):
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", "", "--appendonly", "no"]
        self.child = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 300
        while self.client("ping", check=False).strip() != "PONG":
            if self.child.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("redis-server did not start")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait(60)

    def client(self, *words, check=True):
        return subprocess.run(["redis-cli", "-p", str(self.port), *words], check=check, capture_output=True, text=True).stdout

    def environment(self):
        own = {"ADDOK_CONFIG_MODULE": str(CONFIG), "ADDOK_REDIS_PORT": str(self.port), "ADDOK_LOG_DIR": str(self.folder)}
        # Without the benches' own modules, of which one is called addok.
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return inherited | own | {"PATH": f"{VENV / 'bin'}:{os.environ['PATH']}", "PYTHONWARNINGS": "ignore"}

    def load(self, country):
        """Imports `country` by `addok batch` and `addok ngrams`, unless it was; what that took."""
        record = self.folder / "import.json"
        if record.exists():
            return json.loads(record.read_text())
        command = lambda *words: measure.process([str(VENV / "bin/addok"), *words], env=self.environment())[0]
        taken = {"batch": command("batch", str(country)), "ngrams": command("ngrams")}
        self.client("save")
        record.write_text(json.dumps(taken))
        return taken

    def resident(self):
        return measure.resident(self.child.pid)


class Server(Process):
    """gunicorn before addok."""

    def __init__(self, redis, workers=2):
        self.redis = redis
        port = free_port()
        command = [str(VENV / "bin/gunicorn"), "addok.http.wsgi", "--workers", str(workers), "--bind", f"127.0.0.1:{port}", "--timeout", "600"]
        super().__init__(command, f"http://127.0.0.1:{port}", "/search/?q=lyon", env=redis.environment())

    prefix = ""

    def memory(self):
        return self.redis.resident() + measure.resident(self.pid)
