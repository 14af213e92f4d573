//! A pull tokenizer of JSON: constant memory, places in bytes, and a decoder that forgives mixed encodings.

use std::io::Read;

use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
};

const BLOCK: usize = 64 << 10;

/// One token. The text of keys, strings and numbers is in [`Tokens::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Key,
    Text,
    Number,
    True,
    False,
    Null,
}

/// What may come next inside the value at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In an array: a value or its end.
    FirstElement,
    /// In an array, after a value: a comma or its end.
    AfterElement,
    /// In an object: a key or its end.
    FirstKey,
    /// In an object, after a key: its value.
    Value,
    /// In an object, after a value: a comma or its end.
    AfterMember,
}

/// Tokens of a document, or of several values one after the other.
pub(crate) struct Tokens<R> {
    input: R,
    block: Box<[u8]>,
    at: usize,
    filled: usize,
    /// Bytes before the block.
    before: u64,
    ended: bool,
    stack: Vec<State>,
    raw: Vec<u8>,
    text: String,
    mixed: bool,
    most_depth: usize,
    most_bytes: usize,
}

impl<R: Read> Tokens<R> {
    /// Tokens of a reader of UTF-8.
    pub(crate) fn new(input: R, limits: &Limits) -> Self {
        Self {
            input,
            block: vec![0; BLOCK].into_boxed_slice(),
            at: 0,
            filled: 0,
            before: 0,
            ended: false,
            stack: Vec::new(),
            raw: Vec::new(),
            text: String::new(),
            mixed: false,
            most_depth: limits.depth,
            most_bytes: limits.cell_bytes,
        }
    }

    /// The text of the key, string or number at hand.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Offset of the next byte.
    pub(crate) fn position(&self) -> u64 {
        self.before + self.at as u64
    }

    /// Whether a string since the last call was not UTF-8 and was read as Windows-1252.
    pub(crate) fn take_mixed(&mut self) -> bool {
        std::mem::take(&mut self.mixed)
    }

    /// The next token; `None` at the end of the document.
    ///
    /// # Errors
    /// When the document is broken, cut short, nested too deeply, or holds a string beyond the limit.
    pub(crate) fn next(&mut self) -> Result<Option<Token>> {
        let Some(byte) = self.next_visible()? else {
            return if self.stack.is_empty() { Ok(None) } else { Err(self.broken("the file ends inside a value")) };
        };
        match self.stack.last().copied() {
            None | Some(State::FirstElement) if byte == b']' && !self.stack.is_empty() => self.close(Token::ArrayEnd),
            None | Some(State::FirstElement | State::Value) => self.value(byte).map(Some),
            Some(State::FirstKey) if byte == b'}' => self.close(Token::ObjectEnd),
            Some(State::FirstKey) => self.key(byte).map(Some),
            Some(State::AfterElement) if byte == b']' => self.close(Token::ArrayEnd),
            Some(State::AfterMember) if byte == b'}' => self.close(Token::ObjectEnd),
            Some(State::AfterElement | State::AfterMember) if byte == b',' => self.after_comma(),
            Some(State::AfterElement) => Err(self.unexpected("`,` or `]`")),
            Some(State::AfterMember) => Err(self.unexpected("`,` or `}`")),
        }
    }

    /// The next token, which must be there.
    pub(crate) fn expect(&mut self) -> Result<Token> {
        self.next()?.ok_or_else(|| self.broken("the file ends where a value should be"))
    }

    /// Passes over the rest of the value whose first token was `token`.
    pub(crate) fn skip(&mut self, token: Token) -> Result<()> {
        if !matches!(token, Token::ObjectStart | Token::ArrayStart) {
            return Ok(());
        }
        let outside = self.stack.len() - 1;
        while self.stack.len() > outside {
            self.expect()?;
        }
        Ok(())
    }

    /// A broken document, here.
    pub(crate) fn broken(&self, detail: impl Into<String>) -> Error {
        Error::new(ErrorCode::BrokenFile, detail).at_byte(self.position())
    }

    fn unexpected(&mut self, expected: &str) -> Error {
        let found = match self.peek() {
            Ok(Some(byte)) => format!("`{}`", char::from(byte).escape_default()),
            _ => "the end of the file".to_owned(),
        };
        self.broken(format!("{expected} expected, {found} found"))
    }

    fn peek(&mut self) -> Result<Option<u8>> {
        if self.at == self.filled && !self.fill()? {
            return Ok(None);
        }
        Ok(Some(self.block[self.at]))
    }

    fn fill(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.before += self.filled as u64;
        self.at = 0;
        self.filled = 0;
        self.filled = loop {
            match self.input.read(&mut self.block) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.ended = self.filled == 0;
        let bom = self.before == 0 && self.block[..self.filled].starts_with(b"\xEF\xBB\xBF");
        if bom {
            self.at = 3;
        }
        Ok(self.at < self.filled)
    }

    fn next_visible(&mut self) -> Result<Option<u8>> {
        loop {
            match self.peek()? {
                // Record separators stand before each value in a text sequence (RFC 7464).
                Some(b' ' | b'\t' | b'\n' | b'\r' | 0x1E) => self.at += 1,
                other => return Ok(other),
            }
        }
    }

    fn after_comma(&mut self) -> Result<Option<Token>> {
        self.at += 1;
        let Some(byte) = self.next_visible()? else { return Err(self.broken("the file ends inside a value")) };
        match self.stack.last() {
            Some(State::AfterMember) => self.key(byte).map(Some),
            _ => self.value(byte).map(Some),
        }
    }

    fn close(&mut self, token: Token) -> Result<Option<Token>> {
        self.at += 1;
        self.stack.pop();
        self.after_value();
        Ok(Some(token))
    }

    fn open(&mut self, token: Token, state: State) -> Result<Token> {
        if self.stack.len() >= self.most_depth {
            let detail = format!("more than {} values in one another", self.most_depth);
            return Err(Error::new(ErrorCode::TooDeep, detail).at_byte(self.position()));
        }
        self.at += 1;
        self.stack.push(state);
        Ok(token)
    }

    fn after_value(&mut self) {
        if let Some(state) = self.stack.last_mut() {
            *state = match state {
                State::FirstElement | State::AfterElement => State::AfterElement,
                State::FirstKey | State::Value | State::AfterMember => State::AfterMember,
            };
        }
    }

    fn key(&mut self, byte: u8) -> Result<Token> {
        if byte != b'"' {
            return Err(self.unexpected("a name in quotes"));
        }
        self.string()?;
        if self.next_visible()? != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        if let Some(state) = self.stack.last_mut() {
            *state = State::Value;
        }
        Ok(Token::Key)
    }

    fn value(&mut self, byte: u8) -> Result<Token> {
        let token = match byte {
            b'{' => return self.open(Token::ObjectStart, State::FirstKey),
            b'[' => return self.open(Token::ArrayStart, State::FirstElement),
            b'"' => {
                self.string()?;
                Token::Text
            }
            b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => self.word()?,
            _ => return Err(self.unexpected("a value")),
        };
        self.after_value();
        Ok(token)
    }

    /// A number, `true`, `false`, `null`, or the `NaN` and `Infinity` that some programs write.
    fn word(&mut self) -> Result<Token> {
        let start = self.position();
        self.raw.clear();
        while let Some(byte) = self.peek()? {
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')) {
                break;
            }
            self.push_raw(1)?;
        }
        self.take_text();
        match self.text.as_str() {
            "true" => Ok(Token::True),
            "false" => Ok(Token::False),
            "null" => Ok(Token::Null),
            "NaN" | "Infinity" | "-Infinity" => Ok(Token::Number),
            text if text.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
                && text.parse::<f64>().is_ok() =>
            {
                Ok(Token::Number)
            }
            text => {
                let detail = format!("`{}` is not a value", text.chars().take(40).collect::<String>());
                Err(Error::new(ErrorCode::BrokenFile, detail).at_byte(start))
            }
        }
    }

    /// Moves `count` bytes of the block to the text being gathered.
    fn push_raw(&mut self, count: usize) -> Result<()> {
        if self.raw.len() + count > self.most_bytes {
            let detail = format!("a text of more than {} bytes", self.most_bytes);
            return Err(Error::new(ErrorCode::CellTooLarge, detail).at_byte(self.position()));
        }
        self.raw.extend_from_slice(&self.block[self.at..self.at + count]);
        self.at += count;
        Ok(())
    }

    fn string(&mut self) -> Result<()> {
        self.at += 1;
        self.raw.clear();
        loop {
            if self.peek()?.is_none() {
                return Err(self.broken("the file ends inside a text"));
            }
            let rest = &self.block[self.at..self.filled];
            let plain = memchr::memchr2(b'"', b'\\', rest);
            self.push_raw(plain.unwrap_or(rest.len()))?;
            match plain.and_then(|_| self.block.get(self.at).copied()) {
                Some(b'"') => {
                    self.at += 1;
                    self.take_text();
                    return Ok(());
                }
                Some(_) => self.escape()?,
                None => {}
            }
        }
    }

    fn take_text(&mut self) {
        self.text.clear();
        match std::str::from_utf8(&self.raw) {
            Ok(text) => self.text.push_str(text),
            Err(_) => {
                self.mixed = true;
                self.text.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(&self.raw).0);
            }
        }
    }

    fn escape(&mut self) -> Result<()> {
        self.at += 1;
        let character = self.escaped()?;
        self.push_character(character);
        Ok(())
    }

    fn push_character(&mut self, character: char) {
        self.raw.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// The character that stands after a backslash.
    fn escaped(&mut self) -> Result<char> {
        let Some(byte) = self.peek()? else { return Err(self.broken("the file ends inside a text")) };
        self.at += 1;
        Ok(match byte {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            b'"' | b'\\' | b'/' => char::from(byte),
            _ => return Err(self.broken("a backslash before a character that needs none")),
        })
    }

    /// The character of `\uXXXX`, or of two of them when the first is a high surrogate; a lone one is replaced.
    fn unicode(&mut self) -> Result<char> {
        let first = self.four_digits()?;
        if !(0xD800..0xDC00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if self.peek()? != Some(b'\\') {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        self.at += 1;
        if self.peek()? != Some(b'u') {
            self.push_character(char::REPLACEMENT_CHARACTER);
            return self.escaped();
        }
        self.at += 1;
        let second = self.four_digits()?;
        if (0xDC00..0xE000).contains(&second) {
            let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        self.push_character(char::REPLACEMENT_CHARACTER);
        Ok(char::from_u32(second).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four_digits(&mut self) -> Result<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek()?.and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else { return Err(self.broken("`\\u` without four hexadecimal digits")) };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(json: &[u8]) -> Result<Vec<(Token, String)>> {
        let mut tokens = Tokens::new(json, &Limits::default());
        let mut all = Vec::new();
        while let Some(token) = tokens.next()? {
            let text = matches!(token, Token::Key | Token::Text | Token::Number).then(|| tokens.text().to_owned());
            all.push((token, text.unwrap_or_default()));
        }
        Ok(all)
    }

    fn rebuilt(tokens: &[(Token, String)]) -> String {
        let mut out = String::new();
        for (index, (token, text)) in tokens.iter().enumerate() {
            let opens = |token: &Token| matches!(token, Token::ObjectStart | Token::ArrayStart | Token::Key);
            let closes = matches!(token, Token::ObjectEnd | Token::ArrayEnd);
            if index > 0 && !closes && !opens(&tokens[index - 1].0) {
                out.push(',');
            }
            out.push_str(&match token {
                Token::ObjectStart => "{".to_owned(),
                Token::ObjectEnd => "}".to_owned(),
                Token::ArrayStart => "[".to_owned(),
                Token::ArrayEnd => "]".to_owned(),
                Token::Key => serde_json::to_string(text).unwrap() + ":",
                Token::Text => serde_json::to_string(text).unwrap(),
                Token::Number => text.clone(),
                Token::True => "true".to_owned(),
                Token::False => "false".to_owned(),
                Token::Null => "null".to_owned(),
            });
        }
        out
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<String>().prop_map(Into::into),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn tokens_say_the_document(value in any_json(), pretty in any::<bool>()) {
            let json = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let tokens = texts(json.unwrap().as_bytes()).unwrap();
            let again: serde_json::Value = serde_json::from_str(&rebuilt(&tokens)).unwrap();
            prop_assert_eq!(again, value);
        }

        #[test]
        fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = texts(&bytes);
        }
    }

    #[test]
    fn escapes_and_surrogates_are_read() {
        let tokens = texts(br#"["\u00e9\n\ud83d\ude00\/", "\ud83dx", "\ud83d\n\ud83d\u0041"]"#).unwrap();
        assert_eq!(tokens[1].1, "é\n😀/");
        assert_eq!(tokens[2].1, "\u{fffd}x");
        assert_eq!(tokens[3].1, "\u{fffd}\n\u{fffd}A");
    }

    #[test]
    fn a_string_in_another_encoding_is_read_as_windows_1252() {
        let mut tokens = Tokens::new(b"[\"Val\xE9ry\", \"\xC3\xA9\"]".as_slice(), &Limits::default());
        tokens.next().unwrap();
        tokens.next().unwrap();
        assert_eq!((tokens.take_mixed(), tokens.text()), (true, "Valéry"));
        tokens.next().unwrap();
        assert_eq!((tokens.take_mixed(), tokens.text()), (false, "é"));
    }

    #[test]
    fn faults_tell_the_byte() {
        for (json, byte) in [
            ("{\"a\": 1,}", 8),
            ("[1 2]", 3),
            ("{\"a\" 1}", 5),
            ("[1, tru]", 4),
            ("[\"a", 3),
            ("[\"\\x\"]", 4),
            ("{a: 1}", 1),
            ("[1, 2", 5),
        ] {
            let error = texts(json.as_bytes()).unwrap_err();
            assert_eq!((error.code, error.place.byte), (ErrorCode::BrokenFile, Some(byte)), "{json}");
        }
    }

    #[test]
    fn nesting_beyond_the_limit_is_refused_where_it_is() {
        let error = texts("[".repeat(100_000).as_bytes()).unwrap_err();
        assert_eq!((error.code, error.place.byte), (ErrorCode::TooDeep, Some(64)));
    }

    #[test]
    fn a_text_beyond_the_limit_is_refused() {
        let json = format!("[\"{}\"]", "x".repeat(2 << 20));
        assert_eq!(texts(json.as_bytes()).unwrap_err().code, ErrorCode::CellTooLarge);
    }
}
