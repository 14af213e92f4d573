"""Queries whose right answer is known, drawn by a seed from a synthetic country: cases(COUNTRY, SEED, COUNT).

A case: {set, query, autocomplete, near, number, street, town, codes}; `street` None asks for the town itself, `absent` says
that nothing in the index is right. Sets are what the tables of recall have rows for.
"""
import csv
import itertools
import json
import pathlib
import random
import re

import mistakes

REAL = pathlib.Path(__file__).with_name("real")
NAME_AND_CITY = re.compile(r'"name":"([^"]*)".*?"city":"([^"]*)"')
NOISE = ["Bâtiment C, ", "Résidence Les Tilleuls, ", "Appt 14, ", "Bat B Esc 2 ", "3e étage ", "Chez M. Dupont, ", "Lieu-dit ", "BP 12 "]


class Country:
    """The lines of a country that queries are made of: streets with numbers (a sample), towns."""

    def __init__(self, path, seed, sample=40_000):
        chance, self.streets, self.towns, self.named = random.Random(seed), [], [], set()
        seen = 0
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if '"type":"municipality"' in line:
                    self.towns.append(json.loads(line))
                    continue
                seen += 1
                self.named.add(self.key(*NAME_AND_CITY.search(line).groups()))
                at = len(self.streets) if len(self.streets) < sample else chance.randrange(seen)
                if at == len(self.streets):
                    self.streets.append(line)
                elif at < sample:
                    self.streets[at] = line
        self.streets = [json.loads(line) for line in self.streets]
        self.weights = list(itertools.accumulate(len(street.get("housenumbers", ())) for street in self.streets))
        self.populations = list(itertools.accumulate(town["population"] + 200 for town in self.towns))
        by_departement = {}
        for town in self.towns:
            by_departement.setdefault(town["departement"], []).append(town)
        self.by_departement = by_departement

    @staticmethod
    def key(name, city):
        return hash((name, city))

    def has(self, name, city):
        return self.key(name, city) in self.named

    def address(self, chance):
        """A street drawn by its numbers, and one of them."""
        street = chance.choices(self.streets, cum_weights=self.weights)[0]
        return street, chance.choice(list(street["housenumbers"]))


def case(set_, query, street=None, number=None, town=None, near=None, autocomplete=False, absent=False):
    place = street or town
    return {"set": set_, "query": query, "autocomplete": autocomplete, "near": near, "number": number,
            "street": street and street["name"], "town": place["city"] if street else place["name"],
            "codes": [place["citycode"], *([place["oldcitycode"]] if "oldcitycode" in place else [])], "postcode": None, "absent": absent,
            "municipality": street is None}


def full(street, number):
    return f"{number} {street['name']} {street['postcode']} {street['city']}"


def address_sets(country, chance):
    """One case of each set that starts from a full address."""
    street, number = country.address(chance)
    whole, name, city, postcode = full(street, number), street["name"], street["city"], street["postcode"]
    wrong = chance.choice(chance.choice(country.by_departement[street["departement"]])["postcode"])
    no_postcode = f"{number} {name} {city}"
    sets = {
        "full": whole, "full, with comma": f"{number}, {name}, {postcode} {city}", "street alone, postcode, town": f"{name} {postcode} {city}",
        "one edit": mistakes.edit(whole, chance), "two edits": mistakes.two_edits(whole, chance), "by ear": mistakes.by_ear(whole, chance),
        "one edit, no postcode": mistakes.edit(no_postcode, chance),
        "one edit in the name, no postcode": f"{number} {mistakes.edit(name, chance)} {city}",
        "two edits in the name": f"{number} {mistakes.two_edits(name, chance)} {postcode} {city}",
        "edits in the name and the town": f"{number} {mistakes.edit(name, chance)} {mistakes.edit(city, chance)}",
        "name by ear, no postcode": f"{number} {mistakes.by_ear(name, chance)} {city}",
        "bare": mistakes.bare(whole, chance), "abbreviated": mistakes.abbreviated(whole, chance), "shouted": mistakes.shouted(whole, chance),
        "no postcode": no_postcode, "no town": f"{number} {name} {postcode}", "wrong postcode": f"{number} {name} {wrong} {city}",
        "town first": f"{postcode} {city} {number} {name}", "noise": f"{chance.choice(NOISE)}{whole}", "cedex": f"{whole.upper()} CEDEX {chance.randrange(1, 20)}",
        "near, no town": f"{number} {name}",
    }
    for set_, query in sets.items():
        near = [round(street["lon"] + chance.gauss(0, 0.01), 4), round(street["lat"] + chance.gauss(0, 0.01), 4)] if set_.startswith("near") else None
        yield case(set_, query, street, None if set_.startswith("street") else number, near=near)
    unknown = str(max(int(key.split()[0]) for key in street["housenumbers"]) + 2 * chance.randrange(5, 40))
    yield case("number that isn't there", full(street, unknown), street)


def prefix_sets(country, chance):
    """What someone has typed so far."""
    street, number = country.address(chance)
    name, city = street["name"], street["city"]
    near = [round(street["lon"] + chance.gauss(0, 0.01), 4), round(street["lat"] + chance.gauss(0, 0.01), 4)]
    cut = lambda text, least: text[:chance.randrange(min(least, len(text)), len(text) + 1)]
    yield case("prefix: street and beginning of the town", f"{name} {cut(city, 3)}", street, autocomplete=True)
    yield case("prefix: number, street and beginning of the town", f"{number} {name} {cut(city, 3)}", street, number, autocomplete=True)
    yield case("prefix: street and beginning of the postcode", f"{name} {cut(street['postcode'], 3)}", street, autocomplete=True)
    yield case("prefix: beginning of the street, near", cut(name, max(len(name.split()[0]) + 4, len(name) * 2 // 3)), street, near=near, autocomplete=True)
    yield case("prefix: town and beginning of the street", f"{city} {cut(name, max(len(name.split()[0]) + 4, len(name) * 2 // 3))}", street, autocomplete=True)
    yield case("prefix: one edit", mistakes.edit(f"{name} {cut(city, 4)}", chance), street, autocomplete=True)
    town = chance.choices(country.towns, cum_weights=country.populations)[0]
    yield case("prefix: beginning of a town", cut(town["name"], 3), town=town, autocomplete=True)
    yield case("town", town["name"], town=town)
    yield case("town, one edit", mistakes.edit(town["name"], chance), town=town)


def absent_sets(country, chance):
    """What isn't in the index: a street in a town that hasn't it, a street that no town has."""
    street, number = country.address(chance)
    town = chance.choices(country.towns, cum_weights=country.populations)[0]
    while country.has(street["name"], town["name"]):
        town = chance.choices(country.towns, cum_weights=country.populations)[0]
    invented = "".join(chance.choice(["bra", "zu", "kel", "mo", "vri", "tas", "go", "pli"]) for _ in range(4)).capitalize()
    yield case("absent: street of another town", f"{number} {street['name']} {town['postcode'][0]} {town['name']}", town=town, absent=True)
    yield case("absent: no such street", f"{number} Rue {invented} {street['postcode']} {street['city']}", street, absent=True)


def synthetic(country, seed, count):
    chance = random.Random(seed)
    for _ in range(count):
        for make in (address_sets, prefix_sets, absent_sets):
            yield from make(country, chance)


def real(folder=REAL):
    """The real queries: only what they expect is compared. A few expect a number of no street: they are left out."""
    with open(folder / "queries.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["expected_housenumber"] and not row["expected_street"]:
                continue
            near = [float(row["lon"]), float(row["lat"])] if row["lon"] else None
            part = "addresses" if "test_addresses" in row["file"] else "typed by people"
            form = "near" if near else "with a town or a postcode"
            yield {"set": f"real: {part}" + (f", {form}" if part == "addresses" else ""), "query": row["query"], "autocomplete": False, "near": near,
                   "number": row["expected_housenumber"] or None, "street": row["expected_street"] or None, "town": row["expected_city"] or None,
                   "codes": None, "postcode": row["expected_postcode"].zfill(5) if row["expected_postcode"] else None, "absent": False,
                   "municipality": not row["expected_street"]}


def right(case, properties):
    """Whether an answer of API Adresse's shape is what the case asks for: the same street in the same town, and the number."""
    if case["absent"]:
        return False
    if case["municipality"]:
        return properties["type"] == "municipality" and in_town(case, properties, properties["name"])
    kind = properties["type"]
    if kind == "municipality":
        return False
    street = properties.get("street") or properties["name"]
    if mistakes.words(street) != mistakes.words(case["street"]) or not in_town(case, properties, properties.get("city", "")):
        return False
    return case["number"] is None or joined(properties.get("housenumber")) == joined(case["number"])


def joined(number):
    """"3 A", "3a" and "3 a" are one number."""
    return "".join(mistakes.words(number or ""))


def in_town(case, properties, city):
    if case["codes"] is not None:
        return properties["citycode"] in case["codes"]
    same_city = case["town"] is None or mistakes.words(case["town"]) in (mistakes.words(city), mistakes.words(properties.get("oldcity") or ""))
    codes = properties.get("postcode") or []
    return same_city and (case["postcode"] is None or case["postcode"] in ([codes] if isinstance(codes, str) else codes))
