"""ROAPI on the CSV file, held in memory as it does."""
from urllib.parse import urlencode

from .process import Process, free_port

NAME = "ROAPI"
TABLE = "/api/tables/subventions"


class Server(Process):
    def __init__(self, source, folder):
        address = f"127.0.0.1:{free_port()}"
        command = ["roapi", "--table", f"subventions={source}", "--addr-http", address, "--addr-postgres", f"127.0.0.1:{free_port()}"]
        super().__init__(command, f"http://{address}", "/api/schema", cwd=folder)

    def request(self, query, values):
        match query:
            case "page" | "deep_page":
                # Its REST dialect has no offset.
                return "POST", "/api/sql", "", f"select * from subventions limit 20 offset {values['offset']}"
            case "filter_sort":
                filters = {"filter[montant]gt": values["montant"], "sort": "-montant", "limit": 20}
                return "GET", f"{TABLE}?" + urlencode(filters), "", ""
            case "contains":
                # One statement for the page; the exact total is a second one that its users would also send.
                like = f"objet like '%{values['text']}%'"
                sql = f"select *, (select count(*) from subventions where {like}) as total from subventions where {like} limit 20"
                return "POST", "/api/sql", "", sql
            case "group_by":
                # The column is text there, since some cells have a decimal comma.
                amount = "try_cast(montant as double)"
                sql = f"select nature, sum({amount}), count(*) from subventions where {amount} > {values['montant']} group by nature"
                return "POST", "/api/sql", "", sql
            case "look_up":
                return "GET", f"{TABLE}?" + urlencode({"filter[referenceDecision]": f"'{values['reference']}'", "limit": 20}), "", ""
            case "export":
                return "GET", TABLE, "application/csv", ""
