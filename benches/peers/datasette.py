"""Datasette on a database made by sqlite-utils, with an index on the looked-up column, as its users would."""
import subprocess
from urllib.parse import urlencode

from .process import Process, free_port

NAME = "Datasette"
TABLE = "/bench/subventions"


class Server(Process):
    def __init__(self, source, folder):
        database = f"{folder}/bench.db"
        insert = ["sqlite-utils", "insert", database, "subventions", str(source), "--csv"]
        subprocess.run(insert, check=True, capture_output=True)
        subprocess.run(["sqlite-utils", "create-index", database, "subventions", "referenceDecision"], check=True)
        port = free_port()
        limits = ["--setting", "sql_time_limit_ms", "60000", "--setting", "max_csv_mb", "0", "--setting", "default_cache_ttl", "0"]
        super().__init__(["datasette", database, "-p", str(port), *limits], f"http://127.0.0.1:{port}", "/-/versions.json")

    def request(self, query, values):
        match query:
            case "page" | "deep_page":
                path = f"{TABLE}.json?" + urlencode({"_size": 20, "_next": values["offset"]})
            case "filter_sort":
                path = f"{TABLE}.json?" + urlencode({"montant__gt": values["montant"], "_sort_desc": "montant", "_size": 20})
            case "contains":
                path = f"{TABLE}.json?" + urlencode({"objet__contains": values["text"], "_size": 20})
            case "group_by":
                sql = "select nature, sum(montant), count(*) from subventions where montant > :m group by nature"
                path = "/bench.json?" + urlencode({"sql": sql, "m": values["montant"]})
            case "look_up":
                path = f"{TABLE}.json?" + urlencode({"referenceDecision__exact": values["reference"], "_size": 20})
            case "export":
                path = f"{TABLE}.csv?_stream=1"
        return "GET", path, "", ""
