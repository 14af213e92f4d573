"""The seven queries and their parameters, the same for every contender."""
import csv
import random

QUERIES = ["page", "filter_sort", "contains", "group_by", "deep_page", "export", "look_up"]


def parameters(query, source_file, count):
    """`count` distinct sets of parameters, the same at each call."""
    if query == "look_up":
        yield from ({"reference": reference} for reference in references(source_file, count))
        return
    source = random.Random(f"cocagne {query}")
    for number in range(count):
        match query:
            case "page":
                yield {"offset": number * 20}
            case "deep_page":
                yield {"offset": 500_000 + number * 20}
            case "filter_sort" | "group_by":
                yield {"montant": f"{source.uniform(10, 50_000):.3f}"}
            case "contains":
                yield {"text": f"n° {number + 1000} "}
            case "export":
                yield {}


def references(source_file, count):
    """Values of a unique column, from rows spread over the file."""
    with open(source_file, newline="", encoding="utf-8") as lines:
        values = [row["referenceDecision"] for row in csv.DictReader(lines)]
    return random.Random("cocagne look_up").sample(values, count)
