//! How a word sounds in French, as a short key: words that sound alike have the same key.

/// The key of a normalised word. Sounds that are written in several ways have one letter: `k` for hard c, `s` for soft c,
/// `f` for ph, `o` for au and eau, `e` for é, è, ai and ei, `q` for ou, `1` for the nasal of *vin*, `2` of *vent*, `3` of
/// *bon*. Silent endings and double letters are left out. Figures stay as they are.
#[must_use]
pub fn phonetic(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    phonetic_into(word, &mut key);
    key
}

/// The same, into a buffer that is emptied first.
pub fn phonetic_into(word: &str, key: &mut String) {
    key.clear();
    if !word.is_ascii() || word.as_bytes().iter().any(u8::is_ascii_digit) {
        key.push_str(word);
        return;
    }
    let letters = word.as_bytes();
    let spoken = spoken(letters).len();
    let mut at = 0;
    // Silent letters still say how the ones before them sound: the e of `place`, of `rose`.
    while at < spoken {
        let (sound, length) = sound(letters, at);
        for character in sound.chars() {
            if !key.ends_with(character) {
                key.push(character);
            }
        }
        at += length.max(1);
    }
    // What is only a silent letter is kept as it is: `h`, `e`.
    if key.is_empty() {
        key.push_str(word);
    }
}

/// The letters but those that are silent at the end, and the last e however it sounds: `craquet`, `haut`, `vents`, `rue`,
/// `boulevard`. The consonant before an e is said, hence stays.
fn spoken(letters: &[u8]) -> &[u8] {
    let singular = match letters {
        [head @ .., b's' | b'x'] if head.len() > 1 => head,
        _ => letters,
    };
    match singular {
        [head @ .., b'e', b'e' | b'r' | b'z' | b't'] if head.len() > 1 => head,
        [head @ .., b'e'] if head.len() > 1 => head,
        [head @ .., b't' | b'd' | b'z'] if head.len() > 1 => head,
        // g and p are silent after a nasal or r: `bourg`, `champ`.
        [head @ .., b'n' | b'r', b'g'] | [head @ .., b'm', b'p'] if head.len() > 1 => &singular[..singular.len() - 1],
        _ => singular,
    }
}

fn vowel(letter: Option<&u8>) -> bool {
    matches!(letter, Some(b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

/// A nasal is one before a consonant or at the end: `an`, but neither `ane` nor `anne`.
fn nasal(letters: &[u8], after: usize) -> bool {
    !vowel(letters.get(after)) && !matches!(letters.get(after), Some(b'n' | b'm'))
}

/// The sound that begins there, and how many letters write it.
fn sound(letters: &[u8], at: usize) -> (&'static str, usize) {
    let rest = &letters[at..];
    match rest {
        [b'e', b'a', b'u', ..] => ("o", 3),
        [b'a', b'i' | b'y', b'n' | b'm', ..] | [b'e', b'i' | b'y', b'n' | b'm', ..] if nasal(letters, at + 3) => {
            ("1", 3)
        }
        [b'o', b'i', b'n', ..] if nasal(letters, at + 3) => ("w1", 3),
        [b'a' | b'e', b'i', b'l', b'l', ..] => ("ai", 4),
        [b'e', b'u', b'i', b'l', b'l', ..] => ("ei", 5),
        [b'o', b'e', b'u', ..] => ("e", 3),
        [b'a', b'u', ..] => ("o", 2),
        [b'o', b'u', ..] => ("q", 2),
        [b'o', b'i' | b'y', ..] => ("wa", 2),
        [b'a' | b'e', b'i' | b'y', ..] => ("e", 2),
        [b'e', b'u', ..] | [b'o', b'e', ..] => ("e", 2),
        [b'a', b'n' | b'm', ..] | [b'e', b'n' | b'm', ..] if nasal(letters, at + 2) => {
            // `ien` sounds as `iin`: chien, amiens.
            if rest[0] == b'e' && at > 0 && matches!(letters[at - 1], b'i' | b'y') { ("1", 2) } else { ("2", 2) }
        }
        [b'i' | b'y' | b'u', b'n' | b'm', ..] if nasal(letters, at + 2) => ("1", 2),
        [b'o', b'n' | b'm', ..] if nasal(letters, at + 2) => ("3", 2),
        _ => consonant(letters, at),
    }
}

fn consonant(letters: &[u8], at: usize) -> (&'static str, usize) {
    let rest = &letters[at..];
    let between_vowels = at > 0 && vowel(letters.get(at - 1)) && vowel(letters.get(at + 1));
    match rest {
        [b'p', b'h', ..] => ("f", 2),
        [b's', b'c', b'h', ..] => ("x", 3),
        // `chr` and `chl` are hard: christian, chloe.
        [b'c', b'h', b'r' | b'l', ..] => ("k", 2),
        [b'c' | b's', b'h', ..] => ("x", 2),
        [b'c', b'k' | b'q', ..] => ("k", 2),
        [b'c', b'c', b'e' | b'i' | b'y', ..] => ("ks", 2),
        [b's', b'c', b'e' | b'i' | b'y', ..] => ("s", 2),
        [b'c', b'e' | b'i' | b'y', ..] => ("s", 1),
        [b'q', b'u', ..] => ("k", 2),
        [b'c' | b'k' | b'q', ..] => ("k", 1),
        [b'g', b'n', ..] => ("ni", 2),
        [b'g', b'u', b'e' | b'i' | b'y', ..] => ("g", 2),
        [b'g', b'e', b'a' | b'o' | b'u', ..] => ("j", 2),
        [b'g', b'e' | b'i' | b'y', ..] => ("j", 1),
        [b't', b'i', b'o', b'n', ..] if at > 0 && letters[at - 1] != b's' => ("si3", 4),
        [b's', ..] if between_vowels => ("z", 1),
        [b's', b's', ..] => ("s", 2),
        [b'x', ..] => ("ks", 1),
        [b'w', ..] => ("v", 1),
        [b'y', ..] => ("i", 1),
        [b'h', ..] => ("", 1),
        // An e between consonants is hardly said: `sarreguemines`, `boulevard`.
        [b'e', ..] if at > 0 && at + 1 < letters.len() && !double_after(letters, at) => ("e", 1),
        [letter, ..] => (single(*letter), 1),
        [] => ("", 1),
    }
}

/// A double consonant follows.
fn double_after(letters: &[u8], at: usize) -> bool {
    matches!((letters.get(at + 1), letters.get(at + 2)), (Some(first), Some(second)) if first == second)
}

/// A letter as a piece of a key.
fn single(letter: u8) -> &'static str {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    let at = usize::from(letter.wrapping_sub(b'a'));
    LETTERS.get(at..=at).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_sound_alike_have_one_key() {
        for (one, other) in [
            ("craquet", "cracke"),
            ("hot", "haut"),
            ("mort", "maure"),
            ("boulevart", "boulevard"),
            ("pharmacie", "farmacie"),
            ("eau", "haut"),
            ("branli", "branly"),
            ("quatre", "catre"),
            ("gambeta", "gambetta"),
            ("ceinture", "sinture"),
            ("chateau", "chatau"),
            ("allee", "aller"),
            ("champs", "chant"),
            ("bourg", "bour"),
            ("montaigne", "montainie"),
            ("georges", "george"),
            ("tilleuls", "tilleul"),
            ("brulee", "brule"),
            ("moulin", "moulain"),
        ] {
            assert_eq!(phonetic(one), phonetic(other), "{one} {other}");
        }
    }

    #[test]
    fn words_that_sound_otherwise_have_another() {
        for (one, other) in
            [("vin", "vent"), ("bon", "ban"), ("rose", "rosse"), ("cas", "sas"), ("pont", "pan"), ("roux", "rue")]
        {
            assert_ne!(phonetic(one), phonetic(other), "{one} {other}");
        }
    }

    #[test]
    fn no_word_has_an_empty_key() {
        for word in ["h", "e", "es", "ze", "hh", "12", "я", "1er"] {
            assert!(!phonetic(word).is_empty(), "{word}");
        }
    }
}
