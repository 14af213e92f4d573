"""The seven queries and their parameters, the same for every contender."""
import random

QUERIES = ["page", "filter_sort", "contains", "group_by", "deep_page", "export", "look_up"]


def parameters(query, count):
    """`count` distinct sets of parameters, the same at each call."""
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
            case "look_up":
                year, row = source.randint(2015, 2024), source.randint(0, 999_999)
                yield {"reference": f"{year}-{row:07d}"}
            case "export":
                yield {}
