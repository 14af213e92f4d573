//! Letters without case or accents, cut into pieces: the first step of normalisation.

use std::ops::Range;

/// What is read of a text at most, in bytes.
pub(super) const MAX_BYTES: usize = 1024;
/// How many pieces are kept at most.
pub(super) const MAX_PIECES: usize = 100;

/// What stands between a piece and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Before {
    /// Nothing: figures and letters touch, as in `12bis`.
    Nothing,
    /// A hyphen.
    Hyphen,
    /// A full stop.
    Stop,
    /// Space, or any other sign.
    Space,
    /// A slash, whatever is around it.
    Slash,
    /// An apostrophe, whatever is around it.
    Apostrophe,
    /// A comma, a semicolon, a new line.
    Break,
    /// The beginning of the text.
    Start,
}

impl Before {
    /// What is before and after belong to different parts.
    pub(super) fn is_break(self) -> bool {
        matches!(self, Before::Break | Before::Start)
    }
}

/// A run of letters, or of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it is in the folded text.
    pub(super) text: Range<u16>,
    /// Where it is in the text given.
    pub(super) span: (u32, u32),
    pub(super) before: Before,
}

/// A text without case and accents, in pieces.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
}

/// What a character is to the cutting.
enum Folding {
    /// Letters or figures that take its place.
    Letters(&'static str),
    /// It stays as it is.
    Letter(char),
    /// It goes without a trace: an accent, a mark of width zero.
    Nothing,
    /// It parts words.
    Separator(Before),
}

/// A text in lower case without accents, its letters and figures as they follow one another, one space for what is between.
#[must_use]
pub fn folded(text: &str) -> String {
    let folded = fold(text);
    let mut plain = String::with_capacity(folded.text.len() + folded.pieces.len());
    for piece in &folded.pieces {
        if !plain.is_empty() && piece.before != Before::Nothing {
            plain.push(' ');
        }
        plain.push_str(folded.text.get(usize::from(piece.text.start)..usize::from(piece.text.end)).unwrap_or(""));
    }
    plain
}

/// Cuts a text into runs of letters and runs of figures.
pub(super) fn fold(text: &str) -> Folded {
    let mut cutter = Cutter { folded: Folded::default(), before: Before::Start, digits: None, dash: false };
    cutter.folded.text.reserve(text.len().min(MAX_BYTES) + 16);
    let mut rest = text;
    while let Some((character, length)) = next(rest) {
        let at = text.len() - rest.len();
        if at >= MAX_BYTES || cutter.folded.pieces.len() > MAX_PIECES {
            break;
        }
        let span = (at as u32, (at + length) as u32);
        rest = rest.get(length..).unwrap_or("");
        match folding(character) {
            Folding::Letters(letters) => letters.chars().for_each(|letter| cutter.push(letter, span)),
            Folding::Letter(letter) => cutter.push(letter, span),
            Folding::Nothing => cutter.extend(span),
            Folding::Separator(before) => cutter.separate(before),
        }
    }
    cutter.folded.pieces.truncate(MAX_PIECES);
    cutter.folded
}

/// The first character, and how many bytes it takes. What was encoded twice (`Ã©`, `â€™`) is the character that was meant.
fn next(text: &str) -> Option<(char, usize)> {
    let mut characters = text.chars();
    let first = characters.next()?;
    if first.is_ascii() {
        return Some((first, 1));
    }
    let meant = match (first, characters.next(), characters.next()) {
        ('Ã', Some(second @ '\u{80}'..='\u{bf}'), _) => {
            char::from_u32(0xc0 + (second as u32 & 0x3f)).map(|meant| (meant, second))
        }
        // The same by way of Windows-1252, for capitals.
        ('Ã', Some(second @ ('€' | '‚' | '„')), _) => Some(('a', second)),
        ('Ã', Some(second @ '‡'), _) => Some(('c', second)),
        ('Ã', Some(second @ ('ˆ' | '‰' | 'Š' | '‹')), _) => Some(('e', second)),
        ('Ã', Some(second @ 'Ž'), _) => Some(('i', second)),
        ('Ã', Some(second @ '”'), _) => Some(('o', second)),
        ('Ã', Some(second @ ('™' | '›' | 'œ')), _) => Some(('u', second)),
        ('Å', Some(second @ ('“' | '\u{93}')), _) => Some(('œ', second)),
        ('â', Some('€'), Some(third @ ('™' | '˜'))) => {
            return Some(('’', first.len_utf8() + '€'.len_utf8() + third.len_utf8()));
        }
        _ => None,
    };
    Some(meant.map_or((first, first.len_utf8()), |(meant, second)| (meant, first.len_utf8() + second.len_utf8())))
}

struct Cutter {
    folded: Folded,
    /// What has been met since the last letter.
    before: Before,
    /// Whether the piece under way is of figures; none is under way: `None`.
    digits: Option<bool>,
    /// A dash after a space was the last sign.
    dash: bool,
}

impl Cutter {
    fn push(&mut self, letter: char, span: (u32, u32)) {
        let digit = letter.is_ascii_digit();
        let start = self.folded.text.len() as u16;
        self.folded.text.push(letter);
        let end = self.folded.text.len() as u16;
        if self.digits == Some(digit)
            && let Some(piece) = self.folded.pieces.last_mut()
        {
            piece.text.end = end;
            piece.span.1 = span.1;
            return;
        }
        let before = if self.digits.is_some() { Before::Nothing } else { self.before };
        self.folded.pieces.push(Piece { text: start..end, span, before });
        self.digits = Some(digit);
    }

    /// A sign that counts for nothing belongs to the letter before it.
    fn extend(&mut self, span: (u32, u32)) {
        if self.digits.is_some()
            && let Some(piece) = self.folded.pieces.last_mut()
        {
            piece.span.1 = span.1;
        }
    }

    fn separate(&mut self, before: Before) {
        let first = self.digits.take().is_some();
        // A dash between spaces parts as a comma does.
        let parts = match before {
            Before::Hyphen => !first && self.before == Before::Space,
            Before::Space => self.dash && !first,
            _ => false,
        };
        self.dash = parts && before == Before::Hyphen;
        let before = if parts && before == Before::Space { Before::Break } else { before };
        self.before = if first { before } else { self.before.max(before) };
    }
}

fn folding(character: char) -> Folding {
    if character.is_ascii_alphanumeric() {
        return Folding::Letter(character.to_ascii_lowercase());
    }
    match character {
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '＇' | 'ʹ' | '‛' => {
            Folding::Separator(Before::Apostrophe)
        }
        '-' | '‐'..='―' | '−' | '﹣' | '－' | '_' => Folding::Separator(Before::Hyphen),
        '.' | '·' => Folding::Separator(Before::Stop),
        '/' | '\\' | '⁄' => Folding::Separator(Before::Slash),
        ',' | ';' | '\n' | '\r' | '|' | '、' | '，' => Folding::Separator(Before::Break),
        _ if character.is_ascii() => Folding::Separator(Before::Space),
        // Accents on their own, soft hyphens, marks of width zero.
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Folding::Nothing,
        _ => match latin(character) {
            Some(letters) => Folding::Letters(letters),
            None => other(character),
        },
    }
}

/// Full-width forms become ASCII; letters of other scripts are kept in lower case.
fn other(character: char) -> Folding {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(character as u32 - 0xfee0).map_or(Folding::Separator(Before::Space), folding)
        }
        _ if character.is_alphanumeric() => {
            let mut lower = character.to_lowercase();
            let first = lower.next().unwrap_or(character);
            Folding::Letter(if first.is_numeric() || lower.next().is_some() { character } else { first })
        }
        _ => Folding::Separator(Before::Space),
    }
}

/// The letters without accents that a Latin letter stands for.
fn latin(character: char) -> Option<&'static str> {
    Some(match character {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' | 'Ā'..='ą' | 'Ǎ' | 'ǎ' | 'ª' => {
            "a"
        }
        'Ạ'..='ặ' | 'Ḁ' | 'ḁ' | 'ẚ' | 'ᵃ' => "a",
        'Ḃ'..='ḇ' => "b",
        'ç' | 'Ç' | 'Ć'..='č' | 'Ḉ' | 'ḉ' => "c",
        'ð' | 'Ð' | 'Ď'..='đ' | 'Ḋ'..='ḓ' | 'ᵈ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' | 'Ē'..='ě' | 'Ẹ'..='ệ' | 'Ḕ'..='ḝ' | 'ᵉ' | '€' => {
            "e"
        }
        'ƒ' | 'Ḟ' | 'ḟ' => "f",
        'Ĝ'..='ģ' | 'Ǧ' | 'ǧ' | 'Ḡ' | 'ḡ' => "g",
        'Ĥ'..='ħ' | 'Ḣ'..='ḫ' | 'ẖ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'Ĩ'..='ı' | 'Ǐ' | 'ǐ' | 'Ỉ'..='ị' | 'Ḭ'..='ḯ' => {
            "i"
        }
        'Ĵ' | 'ĵ' | 'ǰ' => "j",
        'Ķ'..='ĸ' | 'Ḱ'..='ḵ' => "k",
        'Ĺ'..='ł' | 'Ḷ'..='ḽ' => "l",
        'Ḿ'..='ṃ' | 'ᵐ' => "m",
        'ñ' | 'Ñ' | 'Ń'..='ŋ' | 'Ṅ'..='ṋ' | 'ⁿ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' | 'Ō'..='ő' | 'Ǒ' | 'ǒ' | 'º' | '°' => {
            "o"
        }
        'Ọ'..='ợ' | 'Ơ' | 'ơ' | 'Ṍ'..='ṓ' | 'ᵒ' => "o",
        'Ṕ'..='ṗ' => "p",
        'Ŕ'..='ř' | 'Ṙ'..='ṟ' | 'ʳ' => "r",
        'Ś'..='š' | 'ſ' | 'Ș' | 'ș' | 'Ṡ'..='ṩ' | 'ˢ' => "s",
        'Ţ'..='ŧ' | 'Ț' | 'ț' | 'Ṫ'..='ṱ' | 'ẗ' | 'ᵗ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' | 'Ũ'..='ų' | 'Ǔ'..='ǜ' | 'Ụ'..='ự' | 'Ư' | 'ư' | 'Ṳ'..='ṻ' => {
            "u"
        }
        'Ṽ'..='ṿ' => "v",
        'Ŵ' | 'ŵ' | 'Ẁ'..='ẉ' | 'ẘ' => "w",
        'Ẋ'..='ẍ' => "x",
        'ý' | 'ÿ' | 'Ý' | 'Ŷ'..='Ÿ' | 'Ỳ'..='ỹ' | 'Ẏ' | 'ẏ' | 'ẙ' => "y",
        'Ź'..='ž' | 'Ẑ'..='ẕ' => "z",
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' | 'Ǽ' | 'ǽ' => "ae",
        'ß' | 'ẞ' => "ss",
        'þ' | 'Þ' => "th",
        'Ĳ' | 'ĳ' => "ij",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        '¹' => "1",
        '²' => "2",
        '³' => "3",
        _ => return None,
    })
}
