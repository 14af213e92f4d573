"""Cases asked of a server that speaks API Adresse's language, and what it answered judged."""
import collections
import concurrent.futures
import http.client
import json
import threading
import urllib.parse

import cases

Judged = collections.namedtuple("Judged", "case rank score first")
LIMIT = 5
CONNECTIONS = 4


def path(prefix, case):
    parameters = {"q": case["query"], "limit": LIMIT, "autocomplete": int(case["autocomplete"])}
    if case["near"]:
        parameters |= {"lon": case["near"][0], "lat": case["near"][1]}
    return f"{prefix}/search/?{urllib.parse.urlencode(parameters)}"


def judge(case, answer):
    """`rank`: place of the first right answer, from 1; None when none is. `score`: what the first answer says of itself."""
    found = [feature["properties"] for feature in answer.get("features", ())]
    rank = next((place for place, properties in enumerate(found, 1) if cases.right(case, properties)), None)
    return Judged(case, rank, float(found[0]["score"]) if found else None, found[0].get("label") if found else None)


def ask(server, asked):
    """Judged answers of all cases, in their order."""
    own, host = threading.local(), urllib.parse.urlsplit(server.base).netloc

    def one(case):
        for attempt in (1, 2):
            own.connection = getattr(own, "connection", None) or http.client.HTTPConnection(host, timeout=120)
            try:
                own.connection.request("GET", path(server.prefix, case))
                answer = own.connection.getresponse()
                body = answer.read()
                return judge(case, json.loads(body) if answer.status == 200 else {})
            except (http.client.HTTPException, OSError):
                # A server may close a connection that it kept; a second failure is its own.
                own.connection = None
                if attempt == 2:
                    return judge(case, {})

    with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(one, asked))
