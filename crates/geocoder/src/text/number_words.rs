//! Numbers in words and in Roman figures.

/// The twelve months, normalised.
const MONTHS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// Months as they are shortened after a day.
const SHORT_MONTHS: [(&str, &str); 9] = [
    ("janv", "janvier"),
    ("fev", "fevrier"),
    ("fevr", "fevrier"),
    ("avr", "avril"),
    ("juil", "juillet"),
    ("sept", "septembre"),
    ("oct", "octobre"),
    ("nov", "novembre"),
    ("dec", "decembre"),
];

/// The name of a month.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// The month of a number, 1 to 12.
pub(super) fn month_of_number(figures: &str) -> Option<&'static str> {
    let number: usize = figures.parse().ok().filter(|_| figures.len() <= 2)?;
    MONTHS.get(number.checked_sub(1)?).copied()
}

/// The month that a day is followed by, when it is shortened.
pub(super) fn month(word: &str) -> Option<&'static str> {
    SHORT_MONTHS.iter().find(|(short, _)| *short == word).map(|(_, full)| *full)
}

/// A number in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelled {
    pub(super) value: u32,
    /// How many words it takes.
    pub(super) words: usize,
}

/// The number that begins with the word at `at`, if one does; `word` gives the words one after the other and `""` where
/// there is none, or where something parts them.
///
/// `un` and `neuf` alone are hardly ever numbers (`Pont Neuf`): they are in what they are a part of, and `neuf` before a
/// month.
pub(super) fn spelled<'a>(word: &impl Fn(usize) -> &'a str, at: usize) -> Option<Spelled> {
    if let Some(value) = ordinal(word(at)) {
        return Some(Spelled { value, words: 1 });
    }
    // Most words are none: this is asked of every word.
    if !begins(word(at)) {
        return None;
    }
    let number = thousands(word, at)?;
    let alone = number.words == 1 && matches!(word(at), "un" | "une" | "neuf" | "mil");
    let nine_of_a_month = word(at) == "neuf" && is_month(word(at + 1));
    (!alone || nine_of_a_month).then_some(number)
}

fn begins(word: &str) -> bool {
    matches!(word, "cent" | "mille" | "mil") || unit(word).is_some() || ten(word).is_some()
}

fn unit(word: &str) -> Option<u32> {
    Some(match word {
        "un" | "une" => 1,
        "deux" => 2,
        "trois" => 3,
        "quatre" | "quatres" => 4,
        "cinq" => 5,
        "six" => 6,
        "sept" => 7,
        "huit" => 8,
        "neuf" => 9,
        "dix" => 10,
        "onze" => 11,
        "douze" => 12,
        "treize" => 13,
        "quatorze" => 14,
        "quinze" => 15,
        "seize" => 16,
        _ => return None,
    })
}

fn ten(word: &str) -> Option<u32> {
    Some(match word {
        "vingt" | "vingts" => 20,
        "trente" => 30,
        "quarante" => 40,
        "cinquante" => 50,
        "soixante" => 60,
        "septante" => 70,
        "huitante" => 80,
        "nonante" => 90,
        _ => return None,
    })
}

fn ordinal(word: &str) -> Option<u32> {
    Some(match word {
        "premier" | "premiere" => 1,
        "deuxieme" => 2,
        "troisieme" => 3,
        "quatrieme" => 4,
        "cinquieme" => 5,
        "sixieme" => 6,
        "septieme" => 7,
        "huitieme" => 8,
        "neuvieme" => 9,
        "dixieme" => 10,
        "onzieme" => 11,
        "douzieme" => 12,
        "treizieme" => 13,
        "quatorzieme" => 14,
        "quinzieme" => 15,
        "seizieme" => 16,
        "vingtieme" => 20,
        "trentieme" => 30,
        "quarantieme" => 40,
        _ => return None,
    })
}

/// 1 to 16, and 17, 18, 19 in two words.
fn below_twenty<'a>(word: &impl Fn(usize) -> &'a str, at: usize) -> Option<Spelled> {
    let value = unit(word(at))?;
    match (value, word(at + 1)) {
        (10, "sept" | "huit" | "neuf") => Some(Spelled { value: 10 + unit(word(at + 1))?, words: 2 }),
        _ => Some(Spelled { value, words: 1 }),
    }
}

fn below_hundred<'a>(word: &impl Fn(usize) -> &'a str, at: usize) -> Option<Spelled> {
    let (tens, words) = match (word(at), word(at + 1)) {
        ("quatre", "vingt" | "vingts") => (80, 2),
        (first, _) => match ten(first) {
            Some(tens) => (tens, 1),
            None => return below_twenty(word, at),
        },
    };
    let linked = usize::from(
        word(at + words) == "et" && matches!(word(at + words + 1), "un" | "une" | "unieme" | "onze" | "onzieme"),
    );
    // Sixty and eighty go on to nineteen more; the others to nine.
    let most = if matches!(tens, 60 | 80) { 19 } else { 9 };
    let next = at + words + linked;
    // An ordinal ends it: `cinquante-sixième`.
    let last =
        || ordinal(word(next)).or((word(next) == "unieme").then_some(1)).map(|value| Spelled { value, words: 1 });
    Some(match below_twenty(word, next).or_else(last).filter(|more| more.value <= most) {
        Some(more) => Spelled { value: tens + more.value, words: words + linked + more.words },
        None => Spelled { value: tens, words },
    })
}

fn hundreds<'a>(word: &impl Fn(usize) -> &'a str, at: usize) -> Option<Spelled> {
    let is_hundred = |at: usize| matches!(word(at), "cent" | "cents");
    let (count, words) = match below_hundred(word, at) {
        // Nineteen hundred, too, is said of years.
        Some(count) if count.value > 1 && count.value < 20 && is_hundred(at + count.words) => {
            (count.value, count.words + 1)
        }
        Some(below) => return Some(below),
        None if word(at) == "cent" => (1, 1),
        None => return None,
    };
    Some(match below_hundred(word, at + words) {
        Some(more) => Spelled { value: count * 100 + more.value, words: words + more.words },
        None => Spelled { value: count * 100, words },
    })
}

fn thousands<'a>(word: &impl Fn(usize) -> &'a str, at: usize) -> Option<Spelled> {
    let is_thousand = |at: usize| matches!(word(at), "mille" | "mil");
    let (count, words) = match hundreds(word, at) {
        Some(count) if count.value > 1 && count.value < 1000 && is_thousand(at + count.words) => {
            (count.value, count.words + 1)
        }
        Some(below) => return Some(below),
        None if is_thousand(at) => (1, 1),
        None => return None,
    };
    Some(match hundreds(word, at + words).filter(|more| more.value < 1000) {
        Some(more) => Spelled { value: count * 1000 + more.value, words: words + more.words },
        None => Spelled { value: count * 1000, words },
    })
}

/// A Roman numeral of two letters or more, up to 39; an ordinal as `XIXe`, `Ier` too.
pub(super) fn roman(word: &str) -> Option<u32> {
    let letters = word.as_bytes();
    if letters.len() < 2 || !matches!(letters[0], b'i' | b'v' | b'x') {
        return None;
    }
    if letters == b"ier" {
        return Some(1);
    }
    let stem = ["ieme", "eme", "e"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    // `vie` and `xe` are no ordinals that anybody writes, `vie` is a word.
    let ordinal = stem.len() < word.len();
    if ordinal && (stem.len() < 2 || matches!(word, "vie" | "ive")) {
        return None;
    }
    roman_value(stem.as_bytes())
}

/// The value of a well-formed numeral of the letters i, v and x.
fn roman_value(letters: &[u8]) -> Option<u32> {
    let tens = letters.iter().take_while(|letter| **letter == b'x').count();
    let (nine, rest) = match &letters[tens..] {
        b"ix" => return (tens <= 3).then_some(tens as u32 * 10 + 9),
        b"iv" => return (tens <= 3).then_some(tens as u32 * 10 + 4),
        [b'v', rest @ ..] => (5, rest),
        rest => (0, rest),
    };
    let well_formed = tens <= 3 && rest.len() <= 3 && rest.iter().all(|letter| *letter == b'i');
    let value = tens as u32 * 10 + nine + rest.len() as u32;
    (well_formed && value > 0).then_some(value)
}

/// A letter that is a Roman numeral after a king's or a pope's name.
pub(super) fn roman_letter(word: &str) -> Option<u32> {
    match word {
        "i" => Some(1),
        "v" => Some(5),
        "x" => Some(10),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(u32, usize)> {
        let words: Vec<&str> = text.split([' ', '-']).collect();
        spelled(&|at| words.get(at).copied().unwrap_or(""), 0).map(|number| (number.value, number.words))
    }

    #[test]
    fn numbers_in_words_are_read_as_far_as_they_go() {
        assert_eq!(read("onze novembre"), Some((11, 1)));
        assert_eq!(read("dix-neuf mars"), Some((19, 2)));
        assert_eq!(read("mil neuf cent soixante-deux"), Some((1962, 5)));
        assert_eq!(read("dix neuf cent quarante cinq"), Some((1945, 5)));
        assert_eq!(read("quatre-vingt-dix-neuf"), Some((99, 4)));
        assert_eq!(read("vingt et un"), Some((21, 3)));
        assert_eq!(read("soixante et onze"), Some((71, 3)));
        assert_eq!(read("cent ecus"), Some((100, 1)));
        assert_eq!(read("deux mille"), Some((2000, 2)));
        assert_eq!(read("premier mai"), Some((1, 1)));
        assert_eq!(read("cinquante-sixieme regiment"), Some((56, 2)));
        assert_eq!(read("neuf mars"), Some((9, 1)));
    }

    #[test]
    fn words_that_are_only_sometimes_numbers_are_left() {
        for text in ["un", "neuf", "neuf ponts", "mil", "rue", "et un", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn roman_numerals_are_read_and_words_are_not() {
        for (word, value) in
            [("xiv", 14), ("iv", 4), ("ii", 2), ("xxiii", 23), ("xixe", 19), ("ier", 1), ("xx", 20), ("ix", 9)]
        {
            assert_eq!(roman(word), Some(value), "{word}");
        }
        for word in ["vie", "vier", "mi", "dix", "ive", "ie", "xe", "v", "iiii", "vx", "iix", "ixi", "xxxx", "vif", "e"]
        {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
