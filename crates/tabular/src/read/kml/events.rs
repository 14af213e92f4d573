//! A document's events, reduced to what a reader of placemarks needs, and bounded.

use std::{fs::File, io::BufReader, path::Path};

use quick_xml::{Reader, events::Event};

use crate::{
    Limits,
    error::{Error, ErrorCode, Result},
    read::xml::{Bounded, TOO_LARGE, resolved, unescaped},
};

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
    reader: Reader<Bounded<BufReader<File>>>,
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
        let mut reader = Reader::from_reader(Bounded::new(BufReader::new(File::open(path)?), most_bytes));
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
            self.reader.get_mut().refill();
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
