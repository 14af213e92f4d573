"""A server process on a free loopback port, ended with its context."""
import socket
import subprocess
import time
import urllib.request


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Process:
    """Starts `command`, waits until `path` answers, and ends it."""

    def __init__(self, command, base, path, **options):
        self.base = base
        self.child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
        self.pid = self.child.pid
        deadline = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(base + path, timeout=5).close()
                return
            except OSError:
                if self.child.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{command[0]} did not start")
                time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        try:
            self.child.wait(5)
        except subprocess.TimeoutExpired:
            # Still busy with queries whose client has gone.
            self.child.kill()
            self.child.wait(5)
