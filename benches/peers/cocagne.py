"""Cocagne: the native API."""
import json
import os
import subprocess
from urllib.parse import urlencode

from .process import Process, free_port

NAME = "Cocagne"
BINARY = os.environ.get("COCAGNE_BIN", "cocagne")


class Server(Process):
    def __init__(self, source, folder):
        run = lambda *words: subprocess.run([BINARY, *words, "--data", folder], check=True, capture_output=True)
        run("organization", "add", "--name", "Bench")
        published = run("publish", str(source), "--title", "Bench", "--licence", "lov2", "--yes", "--format", "json")
        self.rows = f"/api/v1/resources/{json.loads(published.stdout)['resources'][0]['id']}"
        address = f"127.0.0.1:{free_port()}"
        super().__init__([BINARY, "serve", "--listen", address, "--data", folder], f"http://{address}", "/health")

    def request(self, query, values):
        match query:
            case "page" | "deep_page":
                path = "rows?" + urlencode({"limit": 20, **values})
            case "filter_sort":
                path = "rows?" + urlencode({"montant__strictly_greater": values["montant"], "sort": "-montant", "limit": 20})
            case "contains":
                path = "rows?" + urlencode({"objet__contains": values["text"], "limit": 20})
            case "group_by":
                path = "rows?" + urlencode({"montant__strictly_greater": values["montant"], "group_by": "nature", "aggregate": "sum(montant),count"})
            case "look_up":
                path = "rows?" + urlencode({"referenceDecision__exact": values["reference"], "limit": 20})
            case "export":
                path = "export.csv"
        return "GET", f"{self.rows}/{path}", "", ""
