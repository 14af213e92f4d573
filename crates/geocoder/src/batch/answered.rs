//! Rows with their answers.

use std::borrow::Cow;
use std::ops::Range;

use super::columns::{ResultColumn, RowAnswer};
use super::coordinates::Coordinates;
use super::layout::Layout;
use super::rows::{Chunk, Row, cells, unquote};
use super::{BatchError, CsvOptions, Direction, Finder, QUERY_CHARACTERS, Status, Tally};
use crate::Position;
use crate::answer::{Hit, Kind};
use crate::query::{Filters, ReverseQuery, SearchQuery};

/// What each column of a file is for, and what is added.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    direction: Direction,
    layout: Layout,
    /// Columns of the file.
    width: usize,
    /// Columns of the address.
    address: Vec<usize>,
    filters: FilterColumns,
    position: Option<(usize, usize)>,
    results: Vec<ResultColumn>,
    /// For each result, the column of the file that already has its name: it is written there.
    places: Vec<Option<usize>>,
    min_score: f32,
}

#[derive(Debug, Clone, Copy, Default)]
struct FilterColumns {
    postcode: Option<usize>,
    city_code: Option<usize>,
    kind: Option<usize>,
}

/// The rows of a chunk, written.
#[derive(Debug, Default)]
pub(super) struct Answered {
    pub(super) bytes: Vec<u8>,
    pub(super) tally: Tally,
    /// Bytes that were read for them.
    pub(super) read: usize,
}

/// What a row asks.
enum Question {
    Search(SearchQuery),
    Reverse(ReverseQuery),
    Nothing,
    /// Something that can't be understood.
    Wrong,
}

impl Sheet {
    pub(super) fn new(
        direction: Direction,
        header: &[String],
        options: &CsvOptions,
        layout: Layout,
    ) -> Result<Sheet, BatchError> {
        let column = |name: &String| {
            let found = header.iter().position(|column| column == name);
            found.ok_or_else(|| BatchError::UnknownColumn {
                asked: name.chars().take(100).collect(),
                columns: header.to_vec(),
            })
        };
        let named = |name: &Option<String>| name.as_ref().filter(|name| !name.is_empty()).map(column).transpose();
        let results = ResultColumn::asked(&options.result_columns, direction)?;
        let place = |result: &ResultColumn| header.iter().position(|column| column == result.name(direction));
        let places: Vec<_> = results.iter().map(place).collect();
        let filters = FilterColumns {
            postcode: named(&options.postcode)?,
            city_code: named(&options.city_code)?,
            kind: named(&options.kind)?,
        };
        let position = match (direction, named(&options.lat)?, named(&options.lon)?) {
            (_, Some(lat), Some(lon)) => Some((lat, lon)),
            (Direction::Search, ..) => None,
            (Direction::Reverse, lat, lon) => Some(coordinates(header, lat, lon)?),
        };
        let address = match options.columns.as_slice() {
            [] => (0..header.len()).filter(|column| !is_result(&header[*column])).collect(),
            names => names.iter().map(column).collect::<Result<_, _>>()?,
        };
        let width = header.len();
        Ok(Sheet {
            direction,
            layout,
            width,
            address,
            filters,
            position,
            results,
            places,
            min_score: options.min_score,
        })
    }

    /// The row of a chunk that is the header: the first that isn't blank.
    pub(super) fn header_in(&self, chunk: &Chunk) -> Option<usize> {
        chunk.rows.iter().position(|row| !row.text.is_empty())
    }

    /// Answers the rows of a chunk; `header` is the one that names the columns, if it is among them.
    pub(super) fn answer(&self, chunk: &Chunk, header: Option<usize>, index: &dyn Finder) -> Answered {
        let mut writer = Writer::new(self, chunk);
        for (number, row) in chunk.rows.iter().enumerate() {
            writer.take(row);
            if row.text.is_empty() {
                writer.end(row);
            } else if header == Some(number) {
                writer.header(row);
            } else {
                self.answer_row(row, &mut writer, index);
            }
        }
        writer.out
    }

    fn answer_row(&self, row: &Row, writer: &mut Writer<'_>, index: &dyn Finder) {
        let question =
            if row.broken || writer.cells.len() != self.width { Question::Wrong } else { self.question(writer) };
        let (status, hits) = match question {
            Question::Wrong => (Status::Error, Vec::new()),
            Question::Nothing => (Status::Skipped, Vec::new()),
            Question::Search(query) => found(index.search(&query), self.min_score),
            Question::Reverse(query) => found(index.reverse(&query), f32::NEG_INFINITY),
        };
        writer.out.tally.count(status);
        writer.row(row, &RowAnswer { status, hit: hits.first(), next: hits.get(1).map(|hit| hit.score) });
    }

    fn question(&self, row: &Writer<'_>) -> Question {
        let at = self.position.map_or(Coordinates::None, |(lat, lon)| Coordinates::of(&row.cell(lat), &row.cell(lon)));
        let Some(filters) = self.filters(row) else { return Question::Wrong };
        match (self.direction, at) {
            (_, Coordinates::Wrong) => Question::Wrong,
            (Direction::Reverse, Coordinates::None) => Question::Nothing,
            (Direction::Reverse, Coordinates::At(position)) => {
                Question::Reverse(ReverseQuery { filters, ..ReverseQuery::new(position) })
            }
            (Direction::Search, Coordinates::None) => self.search(row, None, filters),
            (Direction::Search, Coordinates::At(near)) => self.search(row, Some(near), filters),
        }
    }

    fn search(&self, row: &Writer<'_>, near: Option<Position>, filters: Filters) -> Question {
        let mut text = String::with_capacity(80);
        for column in &self.address {
            let cell = row.cell(*column);
            let cell = cell.trim();
            if !cell.is_empty() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
            }
        }
        if text.is_empty() {
            return Question::Nothing;
        }
        if text.len() > QUERY_CHARACTERS && text.chars().count() > QUERY_CHARACTERS {
            return Question::Wrong;
        }
        Question::Search(SearchQuery { text, limit: 2, autocomplete: false, near, filters, ..SearchQuery::default() })
    }

    /// What the row's own cells ask of an answer; nothing when they can't be understood.
    fn filters(&self, row: &Writer<'_>) -> Option<Filters> {
        let value = |column: Option<usize>| {
            let cell = row.cell(column?);
            let text = cell.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let kinds = match value(self.filters.kind) {
            Some(name) => vec![Kind::of_name(&name)?],
            None => Vec::new(),
        };
        Some(Filters {
            kinds,
            postcodes: value(self.filters.postcode).map(five_digits).into_iter().collect(),
            city_codes: value(self.filters.city_code).map(five_digits).into_iter().collect(),
            ..Filters::default()
        })
    }
}

/// Spreadsheets take codes for numbers: `1000` is `01000`.
fn five_digits(code: String) -> String {
    if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) { format!("0{code}") } else { code }
}

fn found(hits: Vec<Hit>, least: f32) -> (Status, Vec<Hit>) {
    match hits.first() {
        Some(hit) if hit.score > least => (Status::Ok, hits),
        _ => (Status::NotFound, Vec::new()),
    }
}

/// Whether a column holds what was found earlier: it is no part of an address.
fn is_result(name: &str) -> bool {
    name.starts_with("result_") || name == "latitude" || name == "longitude"
}

/// The columns of coordinates that a file has, in any case of letters.
fn coordinates(header: &[String], lat: Option<usize>, lon: Option<usize>) -> Result<(usize, usize), BatchError> {
    let called = |names: &[&str]| {
        names.iter().find_map(|name| header.iter().position(|column| column.eq_ignore_ascii_case(name)))
    };
    let lat = lat.or_else(|| called(&["latitude", "lat"]));
    let lon = lon.or_else(|| called(&["longitude", "lon", "lng", "long"]));
    lat.zip(lon).ok_or_else(|| BatchError::NoCoordinates { columns: header.to_vec() })
}

/// Writes rows one after another; keeps what they need between them.
struct Writer<'a> {
    sheet: &'a Sheet,
    chunk: &'a Chunk,
    out: Answered,
    /// The row at hand.
    bytes: &'a [u8],
    broken: bool,
    cells: Vec<Range<usize>>,
    text: String,
    encoded: Vec<u8>,
}

impl<'a> Writer<'a> {
    fn new(sheet: &'a Sheet, chunk: &'a Chunk) -> Self {
        let bytes = Vec::with_capacity(chunk.bytes.len() + chunk.rows.len() * 200);
        let out = Answered { bytes, tally: Tally::default(), read: chunk.bytes.len() };
        let (cells, text, encoded) = (Vec::with_capacity(sheet.width), String::new(), Vec::new());
        Self { sheet, chunk, out, bytes: &[], broken: false, cells, text, encoded }
    }

    fn take(&mut self, row: &Row) {
        (self.bytes, self.broken) = (&self.chunk.bytes[row.text.clone()], row.broken);
        cells(self.bytes, row.broken, self.sheet.layout.marks, &mut self.cells);
    }

    /// What a cell of the row at hand says.
    fn cell(&self, column: usize) -> Cow<'a, str> {
        let Some(cell) = self.cells.get(column) else { return Cow::Borrowed("") };
        match unquote(&self.bytes[cell.clone()], self.broken, self.sheet.layout.marks.quote) {
            Cow::Borrowed(bytes) => self.sheet.layout.charset.decode(bytes),
            Cow::Owned(bytes) => self.sheet.layout.charset.decode(&bytes).into_owned().into(),
        }
    }

    fn header(&mut self, row: &Row) {
        self.own_cells(|_, _| false);
        for (result, place) in self.sheet.results.iter().zip(&self.sheet.places) {
            if place.is_none() {
                self.text.clear();
                self.text.push_str(result.name(self.sheet.direction));
                self.added_cell();
            }
        }
        self.end(row);
    }

    fn row(&mut self, row: &Row, answer: &RowAnswer<'_>) {
        self.own_cells(|writer, column| writer.replaced(column, answer));
        for (result, place) in self.sheet.results.iter().zip(&self.sheet.places) {
            if place.is_none() {
                self.text.clear();
                result.write(answer, &mut self.text);
                self.added_cell();
            }
        }
        // Cells that have no column come last: every other one stays under its own.
        for column in self.sheet.width..self.cells.len() {
            self.out.bytes.push(self.sheet.layout.marks.delimiter);
            self.own_cell(column);
        }
        self.end(row);
    }

    /// The cells of the row as they came, as many as the header has, but for those that `instead` writes itself.
    fn own_cells(&mut self, mut instead: impl FnMut(&mut Self, usize) -> bool) {
        for column in 0..self.sheet.width {
            if column > 0 {
                self.out.bytes.push(self.sheet.layout.marks.delimiter);
            }
            if !instead(self, column) {
                self.own_cell(column);
            }
        }
    }

    fn own_cell(&mut self, column: usize) {
        let Some(cell) = self.cells.get(column).cloned() else { return };
        let bytes = &self.bytes[cell];
        if self.broken && bytes.contains(&self.sheet.layout.marks.quote) {
            // As it stands, its quotation mark would swallow the rows after it.
            quote(bytes, self.sheet.layout.marks.quote, &mut self.out.bytes);
        } else {
            self.out.bytes.extend_from_slice(bytes);
        }
    }

    /// Writes a result in the column of the file that has its name. A position of old is kept when there is no new one.
    fn replaced(&mut self, column: usize, answer: &RowAnswer<'_>) -> bool {
        let Some(at) = self.sheet.places.iter().position(|place| *place == Some(column)) else { return false };
        let result = self.sheet.results[at];
        let is_position = matches!(result, ResultColumn::Latitude | ResultColumn::Longitude);
        if answer.hit.is_none() && is_position && self.sheet.direction == Direction::Search {
            return false;
        }
        self.text.clear();
        result.write(answer, &mut self.text);
        self.put();
        true
    }

    fn added_cell(&mut self) {
        self.out.bytes.push(self.sheet.layout.marks.delimiter);
        self.put();
    }

    /// Writes the text at hand as a cell.
    fn put(&mut self) {
        let Layout { charset, marks, quotes_all, .. } = self.sheet.layout;
        self.encoded.clear();
        charset.encode(&self.text, &mut self.encoded);
        let special = |byte: &u8| *byte == marks.delimiter || *byte == marks.quote || *byte == b'\n' || *byte == b'\r';
        if quotes_all || self.encoded.iter().any(special) {
            quote(&self.encoded, marks.quote, &mut self.out.bytes);
        } else {
            self.out.bytes.extend_from_slice(&self.encoded);
        }
    }

    fn end(&mut self, row: &Row) {
        let end = &self.chunk.bytes[row.end.clone()];
        self.out.bytes.extend_from_slice(if end.is_empty() { self.sheet.layout.end } else { end });
    }
}

fn quote(cell: &[u8], mark: u8, out: &mut Vec<u8>) {
    out.push(mark);
    for byte in cell {
        out.push(*byte);
        if *byte == mark {
            out.push(mark);
        }
    }
    out.push(mark);
}
