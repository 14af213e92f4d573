#!/usr/bin/env python3
"""Seeded generator of benchmark files: generate.py OUT_DIR [rows ...]   (default: 100000 1000000)

subventions_N.csv   the columns of the SCDL schema "subventions", UTF-8, comma; 0.5 % of the rows have one bad cell
                    (a French date, a SIRET that lacks a figure, a decimal comma, an unknown nature)
points_N.csv        id, lon, lat, categorie, date, texte
What it writes is synthetic. The same seed gives the same bytes. Only numpy is needed.
"""
import csv, sys, pathlib
import numpy as np

NATURES = ["aide en numéraire", "aide en nature", "aide en numéraire;aide en nature"]
CONDITIONS = ["unique", "échelonné", "autre"]
KINDS = ["Association sportive", "Comité des fêtes", "Club de judo", "École de musique", "Foyer rural", "Amicale laïque", "Les Amis du canal", "Théâtre des deux points"]
TOWNS = ["Castelnaudary", "Bram", "Villefranche-de-Lauragais", "Revel", "Limoux", "Carcassonne", "Labastide-d'Anjou", "Saint-Papoul"]

def luhn(number):
    total = 0
    for i, c in enumerate(reversed(number)):
        d = int(c)
        if i % 2 == 0:
            d *= 2
            if d > 9: d -= 9
        total += d
    return str((10 - total % 10) % 10)

def siret(rng):
    siren = "".join(map(str, rng.integers(0, 10, 8)))
    siren += luhn(siren)
    nic = "".join(map(str, rng.integers(0, 10, 4)))
    return siren + nic + luhn(siren + nic)

def subventions(path, rows, seed=2016):
    rng = np.random.default_rng(seed)
    pool = [siret(rng) for _ in range(5000)]
    names = [f"{k} de {t}" for k in KINDS for t in TOWNS]
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f)
        w.writerow("nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention,dispositifAide".split(","))
        step = 50_000
        for start in range(0, rows, step):
            n = min(step, rows - start)
            town = rng.integers(0, len(TOWNS), n); who = rng.integers(0, len(pool), n); name = rng.integers(0, len(names), n)
            day = rng.integers(0, 3650, n); amount = np.round(rng.lognormal(8, 1.5, n), 2)
            nat = rng.integers(0, 3, n); cond = rng.integers(0, 3, n); pct = np.round(0.01 + 0.99 * rng.random(n), 2)
            bad = rng.random(n) < 0.005; how = rng.integers(0, 4, n)
            dates = (np.datetime64("2015-01-01") + day).astype(str)
            for i in range(n):
                k = start + i
                row = [f"Commune de {TOWNS[town[i]]}", pool[town[i]], dates[i], f"{dates[i][:4]}-{k:07d}", names[name[i]], pool[who[i]], f"W{k % 1000000000:09d}",
                       f"Soutien au projet n° {k % 9973} : {KINDS[k % len(KINDS)].lower()}", f"{amount[i]:.2f}", NATURES[nat[i]], CONDITIONS[cond[i]],
                       f"{dates[i]}/{dates[i][:4]}-12-31", "", "non" if k % 7 else "oui", f"{pct[i]:.2f}", ""]
                if bad[i]:
                    if how[i] == 0: row[2] = f"{dates[i][8:]}/{dates[i][5:7]}/{dates[i][:4]}"
                    elif how[i] == 1: row[5] = row[5][:-1]
                    elif how[i] == 2: row[8] = row[8].replace(".", ",")
                    else: row[9] = "don"
                w.writerow(row)

def points(path, rows, seed=11076):
    rng = np.random.default_rng(seed)
    cats = ["travaux", "spectacle", "manifestation", "patrimoine", "commerce", "sport"]
    with open(path, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f); w.writerow(["id", "lon", "lat", "categorie", "date", "texte"])
        lon = rng.normal(1.95, 1.2, rows); lat = rng.normal(43.32, 0.8, rows); c = rng.integers(0, len(cats), rows)
        d = (np.datetime64("2020-01-01") + rng.integers(0, 2000, rows)).astype(str)
        for i in range(rows):
            w.writerow([i + 1, f"{lon[i]:.6f}", f"{lat[i]:.6f}", cats[c[i]], d[i], f"{cats[c[i]].capitalize()} {TOWNS[i % len(TOWNS)]} {i % 997}"])

if __name__ == "__main__":
    out = pathlib.Path(sys.argv[1]); out.mkdir(parents=True, exist_ok=True)
    for rows in [int(a) for a in sys.argv[2:]] or [100_000, 1_000_000]:
        subventions(out / f"subventions_{rows}.csv", rows)
        points(out / f"points_{rows}.csv", rows)
