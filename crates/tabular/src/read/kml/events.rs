//! XML events with a bound on what one may hold.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use quick_xml::{Reader, events::Event};

use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
};

/// Message of the fault that [`Bounded`] makes.
const TOO_LARGE: &str = "an element is larger than the limit";

/// What a document goes through, reduced to what a reader of placemarks needs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An element starts; its local name and its `name` attribute.
    Start(String, Option<String>),
    /// An element ends; its local name.
    End(String),
    /// Characters.
    Text(String),
    /// The document ends.
    Eof,
}

/// Reads a document step after step.
pub(super) struct Events {
    reader: Reader<Bounded>,
    buffer: Vec<u8>,
    /// An element without content is told as a start, then as this end.
    ends: Option<String>,
    depth: usize,
    most_depth: usize,
    most_bytes: usize,
}

impl Events {
    pub(super) fn open(path: &Path, limits: &Limits) -> Result<Self> {
        let most_bytes = limits.row_bytes;
        let mut reader = Reader::from_reader(Bounded { inner: BufReader::new(File::open(path)?), left: most_bytes });
        reader.config_mut().check_end_names = true;
        Ok(Self { reader, buffer: Vec::new(), ends: None, depth: 0, most_depth: limits.depth, most_bytes })
    }

    pub(super) fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// The next step.
    pub(super) fn next(&mut self) -> Result<Step> {
        if let Some(name) = self.ends.take() {
            return Ok(Step::End(name));
        }
        loop {
            self.buffer.clear();
            self.reader.get_mut().left = self.most_bytes;
            let step = match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    Some(started(&start))
                }
                Ok(Event::Empty(start)) => {
                    let step = started(&start);
                    if let Step::Start(name, _) = &step {
                        self.ends = Some(name.clone());
                    }
                    Some(step)
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    Some(Step::End(end.local_name().into_inner().to_owned()))
                }
                Ok(Event::Text(text)) => Some(Step::Text(text.xml10_content().into_owned())),
                Ok(Event::CData(text)) => Some(Step::Text(text.xml10_content().into_owned())),
                Ok(Event::GeneralRef(reference)) => Some(Step::Text(resolved(&reference))),
                Ok(Event::Eof) if self.depth > 0 => return Err(self.broken("the file ends inside an element")),
                Ok(Event::Eof) => Some(Step::Eof),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => None,
                Err(fault) => {
                    let detail = fault.to_string();
                    return Err(self.fault(&detail));
                }
            };
            if self.depth > self.most_depth {
                let detail = format!("more than {} elements in one another", self.most_depth);
                return Err(Error::new(ErrorCode::TooDeep, detail).at_byte(self.position()));
            }
            if let Some(step) = step {
                return Ok(step);
            }
        }
    }

    /// An error of a document that is not what it should be, here.
    fn broken(&self, detail: &str) -> Error {
        Error::new(ErrorCode::BrokenFile, detail).at_byte(self.position())
    }

    fn fault(&self, detail: &str) -> Error {
        if detail.contains(TOO_LARGE) {
            let detail = format!("an element of more than {} bytes", self.most_bytes);
            return Error::new(ErrorCode::CellTooLarge, detail).at_byte(self.position());
        }
        self.broken(detail)
    }
}

fn started(start: &quick_xml::events::BytesStart<'_>) -> Step {
    let attribute = start.attributes().flatten().find(|attribute| attribute.key.into_inner() == "name");
    let name = attribute.map(|attribute| unescaped(&attribute.value));
    Step::Start(start.local_name().into_inner().to_owned(), name)
}

/// Text with XML's own entities and character references replaced; others stay as they are.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        match end.and_then(|end| entity(&rest[1..end]).map(|character| (character, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// The character of an entity's name.
fn entity(name: &str) -> Option<char> {
    if let Some(code) = name.strip_prefix('#') {
        let code = match code.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => code.parse().ok()?,
        };
        return char::from_u32(code).filter(|character| *character != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "euro" => '€',
        _ => return None,
    })
}

fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> String {
    let name = reference.xml10_content();
    entity(&name).map_or_else(|| format!("&{name};"), String::from)
}

/// A reader that refuses to give more than so many bytes for one event.
struct Bounded {
    inner: BufReader<File>,
    left: usize,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

impl BufRead for Bounded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other(TOO_LARGE));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.left = self.left.saturating_sub(bytes);
        self.inner.consume(bytes);
    }
}
