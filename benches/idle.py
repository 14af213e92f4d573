"""Start and rest of a portal with a hundred datasets: idle.py"""
import os
import pathlib
import statistics
import subprocess
import tempfile
import time
import urllib.request

import measure

BINARY = os.environ["COCAGNE_BIN"]
DATASETS = 100


def fill(folder):
    command = lambda *words: subprocess.run([BINARY, *words, "--data", folder], check=True, capture_output=True)
    command("organization", "add", "--name", "Bench")
    for number in range(DATASETS):
        file = pathlib.Path(folder, f"table {number}.csv")
        rows = "".join(f"{row},{row * number},commune {row % 7}\n" for row in range(200))
        file.write_text("id,montant,nom\n" + rows)
        command("publish", str(file), "--title", f"Jeu {number}", "--licence", "lov2", "--yes")


def start(folder):
    """Milliseconds until the program says that it listens, and resident MB a little after the first page."""
    begin = time.perf_counter()
    options = ["serve", "--listen", "127.0.0.1:0", "--data", folder]
    server = subprocess.Popen([BINARY, *options], stdout=subprocess.PIPE, text=True)
    address = server.stdout.readline().split()[-1]
    elapsed = (time.perf_counter() - begin) * 1e3
    urllib.request.urlopen(address + "/").read()
    time.sleep(2)
    memory = measure.resident(server.pid) / 1e6
    server.terminate()
    server.wait(10)
    return elapsed, memory


def main():
    with tempfile.TemporaryDirectory() as folder:
        fill(folder)
        times, memories = zip(*(start(folder) for _ in range(5)))
    print(f"\nA portal of {DATASETS} datasets, median of 5: listening after {statistics.median(times):.0f} ms, "
          f"{statistics.median(memories):.0f} MB resident after its first page")


if __name__ == "__main__":
    main()
