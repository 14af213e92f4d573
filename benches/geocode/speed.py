"""Requests and rows a second."""
import concurrent.futures
import csv
import io
import random
import time
import urllib.parse
import urllib.request

import cases
import mistakes
from load import drive

# More than a server answers in one measure, or nearly: no answer can be kept for the next time.
REQUESTS = 60_000


def queries(country, kind, count=REQUESTS, seed=99):
    """Parameters of `count` requests of one kind, none the same as another but by chance."""
    chance = random.Random(f"{seed} {kind}")
    for _ in range(count):
        street, number = country.address(chance)
        whole = cases.full(street, number)
        match kind:
            case "full address":
                yield "search", {"q": whole, "limit": 5, "autocomplete": 0}
            case "mistyped":
                yield "search", {"q": mistakes.edit(whole, chance), "limit": 5, "autocomplete": 0}
            case "autocompletion":
                typed = f"{number} {street['name']} {street['city']}"
                yield "search", {"q": typed[:chance.randrange(6, len(typed) + 1)], "limit": 5, "autocomplete": 1}
            case "reverse":
                near = street["housenumbers"][number]
                yield "reverse", {"lon": round(near["lon"] + chance.gauss(0, 0.0002), 6), "lat": round(near["lat"] + chance.gauss(0, 0.0002), 6)}


KINDS = ("full address", "mistyped", "autocompletion", "reverse")


def requests(server, country, kind):
    for action, parameters in queries(country, kind):
        yield "GET", f"{server.prefix}/{action}/?{urllib.parse.urlencode(parameters)}", "", ""


def rates(server, country, seconds, connections=(1, 16)):
    """{(kind, connections): (requests a second, median ms, errors)}"""
    measured = {}
    for kind in KINDS:
        asked = list(requests(server, country, kind))
        drive(server.base, asked[-500:], 4, 1)
        for count in connections:
            measured[kind, count] = drive(server.base, asked, count, seconds)
    return measured


def table(country, rows, seed):
    """A CSV file of full addresses, one in ten with a mistake."""
    chance = random.Random(seed)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["nom", "adresse", "code_postal", "ville"])
    for row in range(rows):
        street, number = country.address(chance)
        name = street["name"] if chance.random() < 0.9 else mistakes.edit(street["name"], chance)
        writer.writerow([f"ligne {row}", f"{number} {name}", street["postcode"], street["city"]])
    return out.getvalue().encode()


def upload(server, content):
    """Seconds to geocode a file that is uploaded as forms upload it; rows with an answer."""
    mark = "--------mark-of-the-bench"
    fields = "".join(f'--{mark}\r\nContent-Disposition: form-data; name="columns"\r\n\r\n{name}\r\n' for name in ("adresse", "code_postal", "ville"))
    head = fields + f'--{mark}\r\nContent-Disposition: form-data; name="data"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    request = urllib.request.Request(f"{server.base}{server.prefix}/search/csv/", body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
    start = time.perf_counter()
    answer = urllib.request.urlopen(request, timeout=3600).read().decode()
    seconds = time.perf_counter() - start
    found = sum(bool(row["result_id"]) for row in csv.DictReader(io.StringIO(answer)))
    return seconds, found


def rows_a_second(server, country, rows, uploads):
    """Rows a second of `uploads` files sent at once, and the share of rows with an answer."""
    files = [table(country, rows, seed) for seed in range(uploads)]
    start = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(uploads) as pool:
        found = sum(found for _, found in pool.map(lambda content: upload(server, content), files))
    return rows * uploads / (time.perf_counter() - start), found / (rows * uploads)
