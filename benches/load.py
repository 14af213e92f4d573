"""Load by wrk: requests of a file in turn."""
import json
import os
import pathlib
import subprocess
import tempfile

LUA = pathlib.Path(__file__).with_name("requests.lua")


def drive(base, requests, connections, seconds):
    """Requests a second, median latency in ms, answers that are errors."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines("\t".join(request) + "\n" for request in requests)
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "120s", "-s", str(LUA), base]
        output = subprocess.run(command, env=os.environ | {"REQUESTS": file.name}, capture_output=True, check=True, text=True)
    answer = json.loads(output.stdout.splitlines()[-1])
    return answer["requests"] / answer["seconds"], answer["median_ms"], answer["errors"]
