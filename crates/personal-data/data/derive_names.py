"""Derives first-names.txt and last-names.txt from the national register of elected members (see README.md beside).

python3 derive_names.py MEMBERS.csv FIRST_NAMES.csv

MEMBERS.csv has columns `nom` and `prenom`, one row a member; FIRST_NAMES.csv is a list of first names with their
counts, whose columns `Prénom…` are read. Only names borne by several members are kept: no line points to a person.
"""

import collections
import csv
import re
import sys
import unicodedata

FIRST_LEAST, LAST_LEAST = 3, 20


def fold(text):
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("’", "'")
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).upper().strip()


def is_first_name(name, first, last):
    if not re.fullmatch(r"[A-Z][A-Z'-]*[A-Z]", name) or len(name) < 3 or first[name] < FIRST_LEAST:
        return False
    # A last name typed in the wrong column now and then.
    if first[name] < 5 and last[name] > 5 * first[name]:
        return False
    # Compounds of two known names are read as such.
    parts = name.split("-", 1)
    return len(parts) == 1 or not all(first[part] >= FIRST_LEAST for part in parts)


def main(members, given):
    first, last = collections.Counter(), collections.Counter()
    with open(members, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first[re.sub(r"\s+", "-", fold(row["prenom"]))] += 1
            last[re.sub(r"\s+", " ", fold(row["nom"]))] += 1
    firsts = {name for name in first if is_first_name(name, first, last)}
    with open(given, encoding="cp1252", newline="") as file:
        for row in csv.DictReader(file):
            named = (fold(cell) for label, cell in row.items() if label and label.startswith("Prénom") and cell)
            firsts.update(name for name in named if re.fullmatch(r"[A-Z][A-Z'-]+", name))
    lasts = {name for name, count in last.items() if count >= LAST_LEAST and re.fullmatch(r"[A-Z][A-Z' -]*[A-Z]", name)}
    for path, names in (("first-names.txt", firsts), ("last-names.txt", lasts)):
        with open(path, "w", encoding="ascii") as file:
            file.writelines(name + "\n" for name in sorted(names))


if __name__ == "__main__":
    main(*sys.argv[1:])
