#!/usr/bin/env python3
"""Makes territories.tsv. Usage: build.py FOLDER, which holds communes.json.gz, epci.json.gz, departements.json.gz and
regions.json.gz of the npm package @etalab/decoupage-administratif."""
import csv, gzip, json, pathlib, sys

source = pathlib.Path(sys.argv[1])
read = lambda name: json.load(gzip.open(source / f"{name}.json.gz"))
communes = [c for c in read("communes") if c["type"] == "commune-actuelle"]
epci_of = {member["code"]: epci["code"] for epci in read("epci") for member in epci["membres"]}
rows = [("region", r["code"], r["nom"], "", "", "", "") for r in read("regions")]
rows += [("departement", d["code"], d["nom"], d["region"], "", "", "") for d in read("departements")]
rows += [("epci", e["code"], e["nom"], "", e["code"], "", e["populationMunicipale"]) for e in read("epci")]
rows += [
    ("commune", c["code"], c["nom"], c.get("departement") or c.get("collectiviteOutremer", {}).get("code", ""), c.get("siren", ""),
     " ".join(c.get("codesPostaux", [])), c.get("population", ""))
    for c in communes
]
out = pathlib.Path(__file__).with_name("territories.tsv")
with out.open("w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writerow(("kind", "code", "name", "parent", "siren", "postcodes", "population"))
    writer.writerows(rows)
print(len(rows), "territories", out.stat().st_size, "bytes")
