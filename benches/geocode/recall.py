"""Tables of recall and of calibration from judged answers."""

# Sets by what they try; a set that begins with none of these is mistyped.
GROUPS = {
    "full addresses": ("full", "street alone", "no postcode", "no town", "wrong postcode", "town first", "noise", "cedex", "near", "number"),
    "prefixes": ("prefix",),
    "real queries": ("real",),
    "towns": ("town",),
}


def group_of(set_):
    if set_ == "town first":
        return "full addresses"
    return next((group for group, beginnings in GROUPS.items() if set_.startswith(beginnings)), "mistyped")


def by_set(judged):
    sets = {}
    for each in judged:
        sets.setdefault(each.case["set"], []).append(each)
    return sets


def share(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def top(judged, within):
    return share(each.rank is not None and each.rank <= within for each in judged)


def print_recall(results):
    """results: {server: judged}; what is absent has no right answer and comes in `print_absent`."""
    names = list(results)
    sets = {name: by_set(each for each in judged if not each.case["absent"]) for name, judged in results.items()}
    print("| queries | cases | " + " | ".join(f"{name} top-1 | top-5" for name in names) + " |")
    print("| --- | ---: | " + " | ".join("---: | ---:" for _ in names) + " |")
    line = lambda title, of: print(f"| {title} | {len(of(names[0]))} | " + " | ".join(
        f"{100 * top(of(name), 1):.1f} | {100 * top(of(name), 5):.1f}" for name in names) + " |")
    for group in dict.fromkeys(map(group_of, sets[names[0]])):
        members = [set_ for set_ in sets[names[0]] if group_of(set_) == group]
        line(f"**{group}**", lambda name: [each for set_ in members for each in sets[name][set_]])
        for set_ in members:
            line(set_, lambda name: sets[name][set_])


def print_absent(results):
    names = list(results)
    sets = {name: by_set(each for each in judged if each.case["absent"]) for name, judged in results.items()}
    print("| queries that nothing answers | cases | " + " | ".join(f"{name} mean score | at least 0.5" for name in names) + " |")
    print("| --- | ---: | " + " | ".join("---: | ---:" for _ in names) + " |")
    for set_, judged in sets[names[0]].items():
        scores = {name: [each.score or 0 for each in sets[name][set_]] for name in names}
        cells = " | ".join(f"{share(scores[name]):.2f} | {100 * share(score >= 0.5 for score in scores[name]):.1f} %" for name in names)
        print(f"| {set_} | {len(judged)} | {cells} |")


def deciles(judged):
    """For each tenth of the score: answers, mean score, share of them that were right."""
    tenths = [[] for _ in range(10)]
    for each in judged:
        if each.score is not None:
            tenths[min(int(each.score * 10), 9)].append((each.score, each.rank == 1))
    return [(len(tenth), share(score for score, _ in tenth), share(right for _, right in tenth)) for tenth in tenths]


def expected_error(judged):
    """Mean distance between what the score says and how often it was right."""
    tenths = deciles(judged)
    total = sum(count for count, _, _ in tenths) or 1
    return sum(count * abs(score - right) for count, score, right in tenths) / total


def print_calibration(results):
    names = list(results)
    tenths = {name: deciles(judged) for name, judged in results.items()}
    print("| score | " + " | ".join(f"{name} answers | mean score | right" for name in names) + " |")
    print("| --- | " + " | ".join("---: | ---: | ---:" for _ in names) + " |")
    for tenth in range(10):
        cells = []
        for name in names:
            count, score, right = tenths[name][tenth]
            cells.append(f"{count} | {score:.2f} | {100 * right:.1f} %" if count else "0 | | ")
        print(f"| {tenth / 10:.1f} to {(tenth + 1) / 10:.1f} | " + " | ".join(cells) + " |")
    print("\nExpected calibration error: " + ", ".join(f"{name} {expected_error(judged):.3f}" for name, judged in results.items()))


def failures(judged, most=40):
    """The worst cases of each set, to be read by people."""
    for set_, each in by_set(judged).items():
        wrong = [one for one in each if one.rank != 1 and not one.case["absent"] or one.case["absent"] and (one.score or 0) >= 0.5]
        yield f"== {set_}: {len(wrong)} of {len(each)}"
        for one in wrong[:most]:
            yield f"{one.case['query']!r} near {one.case['near']} wanted {one.case['number']} {one.case['street']} | {one.case['town']} {one.case['postcode'] or one.case['codes']}; rank {one.rank}; got {one.first} {one.score}"
