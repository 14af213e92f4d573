#!/usr/bin/env python3
"""Makes street_names.tsv, the names that the synthetic country is built of: names.py TOWN_HALLS.csv ADDRESSES.csv…

TOWN_HALLS is the directory of town halls (columns mairie_adresse: postal address on several lines); ADDRESSES have a
column nom_voie. A name of the town halls weighs as often as it comes; a name of a town's addresses weighs once. Places
without a way ("Le Village") come apart, marked `locality`.
"""
import collections
import csv
import re
import sys

WAYS = set("rue place route avenue chemin impasse boulevard allée allee square cours cour quai passage ruelle montée voie sentier "
           "chaussée contour carrer espace esplanade lotissement résidence faubourg promenade point traverse côte villa cité hameau "
           "mail venelle parvis".split())
NUMBER = re.compile(r"^\s*\d+(?:\s*[-/à&]\s*\d+)?\s*(?:bis|ter|quater|[A-D])?\b\s*,?\s*", re.I)
SMALL = {"de", "du", "des", "la", "le", "les", "et", "d", "l", "à", "au", "aux", "en", "sur", "sous", "lès", "près"}
FOREIGN = re.compile(r"[^0-9A-Za-zÀ-ÿœŒ' .-]")


def tidy(text):
    """One way of writing: "RUE DE LA MAIRIE" and "rue de la mairie" are "Rue de la Mairie"."""
    text = text.replace("’", "'").strip(" ,.-")
    words = []
    for word in text.split():
        if word.isupper() and len(word) > 1 or word.islower():
            bare = word.lower()
            word = bare if bare in SMALL else "-".join(part if part in SMALL else part[:1].upper() + part[1:] for part in bare.split("-"))
            if match := re.match(r"([DdLl]')(.+)", word):
                word = match[1].lower() + match[2][:1].upper() + match[2][1:]
        words.append(word)
    text = re.sub(r"(?<!Saint)(?<!Sainte)(?<!Saints)(?<!Notre)(?<!Grand)(?<!Grande)(?<!Mont)(?<!Vieux)-(?=[A-ZÀ-Ý0-9]|des?-|du-|la-|les?-)|(?<=\bde)-|(?<=\bla)-|(?<=\bles)-", " ", " ".join(words))
    return text[:1].upper() + text[1:]


def town_halls(path):
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for line in row["mairie_adresse"].splitlines()[:-1]:
                line = NUMBER.sub("", line)
                if not 3 <= len(line) <= 45 or FOREIGN.search(line) or re.search(r"mairie$|h[ôo]tel de ville|^b\.?p|cs \d|\d{3}", line, re.I) and not re.match("(place|rue|route|chemin|avenue|impasse|allée)", line, re.I):
                    continue
                yield tidy(line)


def main():
    weights = collections.Counter(town_halls(sys.argv[1]))
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            weights.update({tidy(row["nom_voie"]) for row in csv.DictReader(file) if row["nom_voie"] and not FOREIGN.search(row["nom_voie"])})
    print("name\tweight\tkind")
    for name, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        words = re.split("[ '-]+", name.lower())
        kind = "street" if len(words) > 1 and not WAYS.isdisjoint(words) else "locality"
        print(f"{name}\t{weight}\t{kind}")


if __name__ == "__main__":
    main()
