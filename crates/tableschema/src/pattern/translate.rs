//! Patterns in the notations of Python and XML Schema, rewritten in that of the `regex` crate.

/// Rewrites a pattern; says what it uses that a linear-time engine doesn't have.
pub(super) fn translate(pattern: &str) -> Result<String, &'static str> {
    let mut translator = Translator { rest: pattern, out: String::with_capacity(pattern.len() + 8) };
    while !translator.rest.is_empty() {
        translator.step()?;
    }
    Ok(translator.out)
}

struct Translator<'a> {
    rest: &'a str,
    out: String,
}

impl Translator<'_> {
    fn step(&mut self) -> Result<(), &'static str> {
        match self.next() {
            Some('\\') => self.escape(false),
            Some('[') => self.class(0),
            Some('(') => {
                check_group(self.rest)?;
                self.out.push('(');
                Ok(())
            }
            Some('{') => {
                self.brace();
                Ok(())
            }
            // Alone, it is a character, which the engine refuses in this place.
            Some('}') => {
                self.out.push_str(r"\}");
                Ok(())
            }
            Some(c) => {
                self.out.push(c);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn next(&mut self) -> Option<char> {
        let first = self.rest.chars().next()?;
        self.rest = &self.rest[first.len_utf8()..];
        Some(first)
    }

    /// What follows a backslash.
    fn escape(&mut self, in_class: bool) -> Result<(), &'static str> {
        let Some(c) = self.next() else { return Err("trailing backslash") };
        match c {
            '1'..='9' => return Err("backreference"),
            'Z' if !in_class => self.out.push_str(r"\z"),
            'G' | 'K' | 'R' | 'X' => return Err("unsupported escape"),
            // XML Schema: what may begin a name, and what may follow.
            'i' => self.out.push_str(if in_class { r"\p{L}_:" } else { r"[\p{L}_:]" }),
            'c' => self.out.push_str(if in_class { r"\w.\-:" } else { r"[\w.\-:]" }),
            c if c.is_ascii_alphanumeric() => self.out.extend(['\\', c]),
            // A backslash before any other character means that character.
            c if c.is_ascii() && !c.is_ascii_control() => self.out.extend(['\\', c]),
            c => self.out.push(c),
        }
        Ok(())
    }

    /// A class, whose opening bracket has been read. `[` and doubled operators are characters there, except for the
    /// subtraction of XML Schema.
    fn class(&mut self, depth: usize) -> Result<(), &'static str> {
        if depth > 8 {
            return Err("nested classes");
        }
        self.out.push('[');
        if self.rest.starts_with('^') {
            self.next();
            self.out.push('^');
        }
        if self.rest.starts_with(']') {
            self.next();
            self.out.push_str(r"\]");
        }
        loop {
            if let Some(after) = self.rest.strip_prefix("-[")
                && is_subtraction(after)
            {
                self.rest = after;
                self.out.push_str("--");
                self.class(depth + 1)?;
                continue;
            }
            match self.next() {
                None => return Err("unclosed class"),
                Some(']') => {
                    self.out.push(']');
                    return Ok(());
                }
                Some('\\') => self.escape(true)?,
                Some(c @ ('[' | '&' | '~')) => self.out.extend(['\\', c]),
                Some('-') if self.rest.starts_with('-') => self.out.push_str(r"\-"),
                Some(c) => self.out.push(c),
            }
        }
    }

    /// `{2}`, `{2,}`, `{2,3}`, `{,3}` are counts; anything else is a brace.
    fn brace(&mut self) {
        let end = self.rest.find('}');
        let count = end.map(|end| &self.rest[..end]).and_then(|inner| {
            let (low, high) = inner.split_once(',').unwrap_or((inner, inner));
            let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            (is_digits(low) && is_digits(high) && !(low.is_empty() && high.is_empty())).then_some((inner, low))
        });
        match count {
            Some((inner, low)) => {
                let low = if low.is_empty() { "0" } else { "" };
                self.out.push_str(&format!("{{{low}{inner}}}"));
                self.rest = &self.rest[inner.len() + 1..];
            }
            None => self.out.push_str(r"\{"),
        }
    }
}

/// Whether a class subtracted from another follows: it is closed, and the class around it right after.
fn is_subtraction(after: &str) -> bool {
    after.find(']').is_some_and(|end| after[end + 1..].starts_with(']'))
}

/// What follows an opening parenthesis must be a group that doesn't look around.
fn check_group(rest: &str) -> Result<(), &'static str> {
    for (start, what) in [
        ("?=", "look-ahead"),
        ("?!", "look-ahead"),
        ("?<=", "look-behind"),
        ("?<!", "look-behind"),
        ("?P=", "backreference"),
        ("?>", "atomic group"),
        ("?(", "conditional"),
        ("?#", "comment"),
    ] {
        if rest.starts_with(start) {
            return Err(what);
        }
    }
    Ok(())
}
