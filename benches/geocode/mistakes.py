"""The mistakes of people who type addresses, each a function of a text and a generator of random numbers."""
import re
import unicodedata

# Letters beside one another on a French keyboard.
ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
BESIDE = {letter: row[max(0, at - 1):at] + row[at + 1:at + 2] for row in ROWS for at, letter in enumerate(row)}
SOUNDS = [("ph", "f"), ("eau", "o"), ("au", "o"), ("ss", "s"), ("ll", "l"), ("nn", "n"), ("mm", "m"), ("tt", "t"), ("rr", "r"),
          ("y", "i"), ("c", "k"), ("qu", "k"), ("ch", "sh"), ("è", "ai"), ("ai", "é"), ("en", "an"), ("in", "ain"), ("th", "t"),
          ("s", "ss"), ("l", "ll"), ("x", "s"), ("oe", "e"), ("ge", "je"), ("é", "er"), ("e", "eu"), ("f", "ph"), ("o", "au")]
ABBREVIATIONS = {
    "avenue": ["av", "ave", "av."], "boulevard": ["bd", "bld", "bvd"], "place": ["pl", "pl."], "chemin": ["ch", "che", "chem"],
    "impasse": ["imp", "imp."], "route": ["rte", "rt"], "allée": ["all"], "rue": ["r", "r."], "square": ["sq"], "résidence": ["res", "rés"],
    "lotissement": ["lot"], "faubourg": ["fbg", "fg"], "passage": ["pass"], "quai": ["q"], "cours": ["crs"], "général": ["gal", "gén", "gen"],
    "maréchal": ["mal", "mar"], "docteur": ["dr", "doct"], "capitaine": ["cap", "cpt"], "colonel": ["col"], "lieutenant": ["lt"],
    "professeur": ["prof", "pr"], "président": ["pdt", "pres"], "saint": ["st", "st."], "sainte": ["ste"], "commandant": ["cdt"],
    "sergent": ["sgt"], "notre": ["n"], "jean": ["j"], "grande": ["gde"], "vieux": ["vx"], "monseigneur": ["mgr"], "abbé": ["abbe"],
}
NUMBERS = {"8": "huit", "11": "onze", "14": "quatorze", "19": "dix neuf", "18": "dix huit", "4": "quatre", "5": "cinq"}


def fold(text):
    """Lower case, without accents."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def words(text):
    """Folded words, articles and marks away: what decides whether two names are the same."""
    return re.findall(r"[a-z0-9]+", fold(text))


def edit(text, random):
    """One letter wrong, missing, doubled or changed with the next, in a word of more than three letters."""
    places = [match for match in re.finditer(r"[^\W\d_]{4,}", text)]
    if not places:
        return text
    word = random.choice(places)
    at = random.randrange(word.start() + (random.random() < 0.8), word.end())
    letter = text[at]
    match random.randrange(5):
        case 0:
            near = BESIDE.get(fold(letter)) or "e"
            return text[:at] + random.choice(near) + text[at + 1:]
        case 1:
            return text[:at] + text[at + 1:]
        case 2:
            return text[:at] + letter + text[at:]
        case 3 if at + 1 < word.end() and text[at + 1] != letter:
            return text[:at] + text[at + 1] + letter + text[at + 2:]
        case _:
            return text[:at] + random.choice("aeiounrtsl") + text[at:]


def two_edits(text, random):
    return edit(edit(text, random), random)


def by_ear(text, random):
    """One sound written as another that sounds the same or nearly."""
    folded = text.lower()
    choices = [(match, with_) for sound, with_ in SOUNDS for match in re.finditer(f"(?<=\\w){sound}", folded)]
    if not choices:
        return folded
    match, with_ = random.choice(choices)
    return folded[:match.start()] + with_ + folded[match.end():]


def bare(text, random):
    """No accents, no hyphens, no apostrophes, small letters."""
    return re.sub(r"[-'’]", random.choice([" ", " ", ""]) if "'" in text else " ", fold(text))


def abbreviated(text, random):
    """Words that are abbreviated on envelopes, abbreviated."""
    def shorten(match):
        return random.choice(ABBREVIATIONS.get(match[0].lower(), [match[0]]))
    return re.sub(r"\w+", shorten, text)


def shouted(text, _):
    """As administrations write: capitals without accents, "SAINT" short."""
    return re.sub(r"[-']", " ", fold(text)).upper().replace("SAINT ", "ST ").replace("SAINTE ", "STE ")


def in_words(text, _):
    """The numbers of a name in words."""
    return re.sub(r"(?<=[a-z] )\d{1,2}(?= [A-Z])", lambda match: NUMBERS.get(match[0], match[0]), text)
