//! From a row of a table to a place or to a number of one.

use std::{collections::VecDeque, fmt::Write};

use super::{
    Fault, FaultCode, Format, Options, SourceError, Unlocated,
    cells::Cells,
    columns::{Columns, Role},
    joining::Joining,
};
use crate::{
    place::{BanId, HouseNumber, Place, PlaceKind, Position},
    projection::Projection,
    territory::city_of_arrondissement,
    text::{self, Kind},
};

/// The number of BAL that says: a named place, without numbers.
const NO_NUMBER: u32 = 99_999;
/// What a cell of nothing is written as by R.
const NOT_AVAILABLE: &str = "NA";

/// Reads the rows of one table.
pub(super) struct Reader {
    columns: Columns,
    format: Format,
    options: Options,
    /// The file was written by R: `NA` is nothing.
    by_r: bool,
    key: String,
}

/// What is known of the row's commune.
struct Town<'a> {
    code: std::borrow::Cow<'a, str>,
    name: std::borrow::Cow<'a, str>,
}

/// Number, suffix, and name of the way, as a row gives them.
struct Line<'a> {
    number: Option<u32>,
    suffix: Box<str>,
    name: &'a str,
    locality: bool,
}

type Faults = VecDeque<Result<Place, Fault>>;

impl Reader {
    pub(super) fn new(columns: Columns, format: Format, options: Options) -> Result<Reader, SourceError> {
        let missing = |missing| SourceError::MissingColumns { missing, found: columns.found() };
        let has = |role| columns.has(role);
        let towns = has(Role::CityCode) && has(Role::City);
        if ![Role::Street, Role::Locality, Role::Name, Role::Address].into_iter().any(has) && !towns {
            return Err(missing("column-name"));
        }
        if !(has(Role::Longitude) && has(Role::Latitude) || has(Role::X) && has(Role::Y) || has(Role::Point)) {
            return Err(missing("column-position"));
        }
        let located = options.city.is_some() || options.locate.is_some();
        // BANO's identifiers begin with the commune's code.
        if !(has(Role::CityCode) || located || has(Role::Id)) {
            return Err(missing("column-city"));
        }
        let by_r = columns.has_column("");
        Ok(Reader { columns, format, options, by_r, key: String::new() })
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    fn cell<'a>(&self, cells: &'a Cells, role: Role) -> &'a str {
        let cell = self.columns.at(role).and_then(|at| cells.get(at)).unwrap_or("").trim();
        if self.by_r && cell == NOT_AVAILABLE { "" } else { cell }
    }

    /// Reads a row, which goes to the street that is being read or begins another.
    pub(super) fn read(&mut self, cells: &Cells, place: (u64, u64), joining: &mut Joining, into: &mut Faults) {
        if let Err(fault) = self.row(cells, place, joining, into) {
            into.push_back(Err(fault));
        }
    }

    fn row(&mut self, cells: &Cells, at: (u64, u64), joining: &mut Joining, into: &mut Faults) -> Result<(), Fault> {
        let fault = |code| Fault::new(code, at.0, at.1);
        let line = self.line(cells, at)?;
        if line.name.is_empty() {
            return Err(fault(FaultCode::Missing).of(self.name_column()));
        }
        let position = self.position(cells, at)?;
        let town = self.town(cells, position, at)?;
        let id = self.cell(cells, Role::Id);
        let street_id = line.number.and_then(|number| place_of_number(id, number, &line.suffix));
        let mut key = std::mem::take(&mut self.key);
        self.key(&mut key, cells, &line, &town, street_id);
        if !joining.goes_on(&key) || line.number.is_none() {
            let begun = self.place(cells, &line, &town, street_id, position);
            into.extend(joining.begin(&key, begun).map(Ok));
        }
        self.key = key;
        if let Some(number) = line.number {
            let own = (street_id.is_none() && !id.is_empty()).then(|| id.into());
            let number = HouseNumber {
                number,
                suffix: line.suffix,
                id: own,
                ban_id: self.number_ban_id(cells),
                position,
                certified: matches!(
                    self.cell(cells, Role::Certified),
                    "1" | "oui" | "true" | "TRUE" | "vrai" | "Oui" | "o" | "t"
                ),
                postcode: None,
            };
            joining.number(number, &five(self.cell(cells, Role::Postcode)), rank(self.cell(cells, Role::PositionType)));
        }
        Ok(())
    }

    fn name_column(&self) -> &str {
        let role = [Role::Street, Role::Name, Role::Locality, Role::Address, Role::City]
            .into_iter()
            .find(|role| self.columns.has(*role));
        self.columns.name(role.unwrap_or(Role::Street))
    }

    /// What the row names.
    fn line<'a>(&self, cells: &'a Cells, at: (u64, u64)) -> Result<Line<'a>, Fault> {
        let (street, locality) = (self.cell(cells, Role::Street), self.cell(cells, Role::Locality));
        let plain = |name, locality| Line { number: None, suffix: "".into(), name, locality };
        match self.format {
            Format::Poi if self.columns.has(Role::Name) => return Ok(plain(self.cell(cells, Role::Name), false)),
            Format::BanLieuxDits => return Ok(plain(if locality.is_empty() { street } else { locality }, true)),
            _ => {}
        }
        let (name, is_locality) = if street.is_empty() { (locality, true) } else { (street, false) };
        if name.is_empty() && self.columns.has(Role::Address) {
            return Ok(address(self.cell(cells, Role::Address)));
        }
        if ![Role::Street, Role::Locality].into_iter().any(|role| self.columns.has(role)) {
            let name = if self.columns.has(Role::Name) { Role::Name } else { Role::City };
            return Ok(plain(self.cell(cells, name), false));
        }
        let written = self.cell(cells, Role::Number);
        let (number, rest) = match written {
            "" => (None, ""),
            _ => number(written).map(|(number, rest)| (Some(number), rest)).ok_or_else(|| {
                Fault::new(FaultCode::InvalidNumber, at.0, at.1).of(self.columns.name(Role::Number)).with(written)
            })?,
        };
        let suffix = match self.cell(cells, Role::Suffix) {
            "" => suffix(rest),
            cell => suffix(cell),
        };
        let none = number.is_none_or(|number| number == NO_NUMBER);
        // BAL gives named places the number 99999; other tables leave it empty, for streets too.
        let is_locality = is_locality || number == Some(NO_NUMBER);
        Ok(Line { number: number.filter(|_| !none), suffix, name, locality: is_locality })
    }

    fn town<'a>(&self, cells: &'a Cells, position: Position, at: (u64, u64)) -> Result<Town<'a>, Fault> {
        let (written, name) = (self.cell(cells, Role::CityCode), self.cell(cells, Role::City));
        let code = match written {
            "" => {
                let id = self.cell(cells, Role::Id);
                // BANO: ten characters, of which five are the commune's, before the number.
                id.split_once('-').filter(|(way, _)| way.len() == 10).and_then(|(way, _)| way.get(..5)).unwrap_or("")
            }
            _ => written,
        };
        let code = five(code);
        if is_city_code(&code) {
            return Ok(Town { code, name: name.into() });
        }
        let invalid =
            || Fault::new(FaultCode::InvalidCityCode, at.0, at.1).of(self.columns.name(Role::CityCode)).with(written);
        if !written.is_empty() {
            return Err(invalid());
        }
        let unlocated = Unlocated { city: name, postcode: self.cell(cells, Role::Postcode), position };
        let found =
            self.options.city.clone().or_else(|| self.options.locate.as_ref().and_then(|locate| locate(unlocated)));
        match found {
            Some((code, found)) => {
                let name = if name.is_empty() { found.into() } else { name.into() };
                Ok(Town { code: code.into(), name })
            }
            None => Err(Fault::new(FaultCode::Missing, at.0, at.1).of(self.columns.name(Role::CityCode))),
        }
    }

    /// What rows of one street have in common.
    fn key(&self, key: &mut String, cells: &Cells, line: &Line<'_>, town: &Town<'_>, street_id: Option<&str>) {
        key.clear();
        let id = street_id.unwrap_or_else(|| self.cell(cells, Role::StreetId));
        for part in [id, line.name, &town.code, self.cell(cells, Role::OldCityCode), self.cell(cells, Role::OldCity)] {
            key.push_str(part);
            key.push('\0');
        }
    }

    fn place(
        &self,
        cells: &Cells,
        line: &Line<'_>,
        town: &Town<'_>,
        street_id: Option<&str>,
        position: Position,
    ) -> Place {
        let some = |role| Some(self.cell(cells, role)).filter(|text| !text.is_empty()).map(str::to_owned);
        let id = match (street_id, line.number) {
            (Some(id), _) => id.to_owned(),
            (None, None) if !self.cell(cells, Role::Id).is_empty() => {
                without_number(self.cell(cells, Role::Id)).to_owned()
            }
            _ => some(Role::StreetId).unwrap_or_else(|| made_id(&town.code, line.name)),
        };
        let kind = self.kind(cells, line, &town.code);
        let city =
            if town.name.is_empty() && matches!(kind, PlaceKind::Municipality { .. }) { line.name } else { &town.name };
        let languages = self.columns.languages.iter().filter_map(|at| cells.get(*at)).map(str::trim);
        let aliases =
            languages.chain([self.cell(cells, Role::Alias)]).filter(|name| !name.is_empty() && *name != line.name);
        let postcode = five(self.cell(cells, Role::Postcode));
        Place {
            ban_id: self.street_ban_id(cells),
            aliases: aliases.map(str::to_owned).collect(),
            postcodes: Some(postcode.into_owned()).filter(|postcode| !postcode.is_empty()).into_iter().collect(),
            district: some(Role::District),
            old_city_code: some(Role::OldCityCode).map(|code| five(&code).into_owned()),
            old_city: some(Role::OldCity),
            importance: self
                .cell(cells, Role::Importance)
                .parse()
                .ok()
                .filter(|importance| (0.0..=1.0).contains(importance)),
            ..Place::new(kind, &id, line.name, &town.code, city, position)
        }
    }

    fn kind(&self, cells: &Cells, line: &Line<'_>, code: &str) -> PlaceKind {
        let named =
            [Role::Street, Role::Locality, Role::Name, Role::Address].into_iter().any(|role| self.columns.has(role));
        if !named {
            let population = self.cell(cells, Role::Population).parse().ok();
            return PlaceKind::Municipality { population, parent: city_of_arrondissement(code).map(str::to_owned) };
        }
        let of_name =
            self.columns.has(Role::Name) && !self.columns.has(Role::Street) && !self.columns.has(Role::Locality);
        match self.format {
            Format::Poi => {
                let categories = self.cell(cells, Role::Category).split(['|', ';', ',']).map(str::trim);
                PlaceKind::Poi { categories: categories.filter(|name| !name.is_empty()).map(str::to_owned).collect() }
            }
            _ if of_name && line.number.is_none() && !self.columns.has(Role::Address) => {
                PlaceKind::Poi { categories: Vec::new() }
            }
            _ if line.locality => PlaceKind::Locality,
            _ => PlaceKind::Street,
        }
    }

    fn position(&self, cells: &Cells, at: (u64, u64)) -> Result<Position, Fault> {
        let (lon, lat) = (self.cell(cells, Role::Longitude), self.cell(cells, Role::Latitude));
        let (x, y) = (self.cell(cells, Role::X), self.cell(cells, Role::Y));
        let point = self.cell(cells, Role::Point);
        let found = match (lon, lat, x, y, point) {
            ("", "", "", "", "") => return Err(Fault::new(FaultCode::MissingPosition, at.0, at.1)),
            ("", _, "", _, point) | (_, "", _, "", point) => of_point(point),
            (lon, lat, x, y, _) => {
                let degrees = figure(lon).zip(figure(lat)).and_then(|(lon, lat)| Position::new(lon, lat));
                degrees.or_else(|| self.of_metres(figure(x)?, figure(y)?, cells))
            }
        };
        let shown =
            || [lon, lat, x, y, point].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        let found = found.filter(|position| position.lon != 0.0 || position.lat != 0.0);
        found.ok_or_else(|| Fault::new(FaultCode::InvalidPosition, at.0, at.1).with(&shown()))
    }

    /// Degrees where they can be degrees, else metres of the commune's legal projection.
    fn of_metres(&self, x: f64, y: f64, cells: &Cells) -> Option<Position> {
        if let Some(position) = Position::new(x, y) {
            return Some(position);
        }
        let code = five(self.cell(cells, Role::CityCode));
        let code = if code.is_empty() { self.options.city.as_ref().map_or("", |(code, _)| code) } else { &code };
        Projection::of_city(code).unwrap_or(Projection::Lambert93).inverse(x, y)
    }

    fn street_ban_id(&self, cells: &Cells) -> Option<BanId> {
        self.cell(cells, Role::BanStreetId).parse().ok().or_else(|| self.uid(cells, "@v:"))
    }

    fn number_ban_id(&self, cells: &Cells) -> Option<BanId> {
        self.cell(cells, Role::BanNumberId).parse().ok().or_else(|| self.uid(cells, "@a:"))
    }

    /// `@c:… @v:… @a:…` in one cell.
    fn uid(&self, cells: &Cells, mark: &str) -> Option<BanId> {
        let cell = self.cell(cells, Role::Uid);
        cell.split_whitespace().find_map(|part| part.strip_prefix(mark))?.parse().ok()
    }
}

/// A code or postcode of five characters: spreadsheets take the zero before it away.
pub(super) fn five(code: &str) -> std::borrow::Cow<'_, str> {
    let code = code.strip_suffix(".0").unwrap_or(code);
    if code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("0{code}").into()
    } else {
        code.into()
    }
}

/// Five figures, or 2A and 2B with three.
pub(super) fn is_city_code(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 5
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| byte.is_ascii_digit() || (at == 1 && bytes[0] == b'2' && matches!(byte, b'A' | b'B')))
}

/// The number at the beginning of a cell, and the rest: `12bis`, `1A`, `12-14`, `12.0`.
pub(super) fn number(cell: &str) -> Option<(u32, &str)> {
    let cell = cell.trim();
    let end = cell.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(cell.len());
    let number = cell.get(..end)?.parse().ok().filter(|number| *number <= NO_NUMBER)?;
    Some((number, cell.get(end..).filter(|rest| *rest != ".0").unwrap_or("")))
}

/// A suffix in lower case without accents, spaces and signs; what is a second number (`-14`) is none.
pub(super) fn suffix(text: &str) -> Box<str> {
    let text = text.trim();
    if text.is_empty()
        || text.starts_with(['-', '/', ',', '+']) && text.bytes().skip(1).any(|byte| byte.is_ascii_digit())
    {
        return "".into();
    }
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return text.into();
    }
    text::folded(text).replace(' ', "").into()
}

fn figure(text: &str) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    let read = text.parse().or_else(|_| text.replace(',', ".").replace([' ', '\u{a0}', '\u{202f}'], "").parse());
    read.ok().filter(|figure: &f64| figure.is_finite())
}

/// Latitude, longitude.
fn of_point(text: &str) -> Option<Position> {
    let text = text.trim_matches(['[', ']', '(', ')', ' ']);
    let (lat, lon) = text.split_once([',', ';', ' '])?;
    Position::new(figure(lon.trim())?, figure(lat.trim())?)
}

/// The order in which positions of one number are preferred: where one enters first.
fn rank(position: &str) -> u8 {
    match position.get(..3) {
        Some("ent") => 0,
        _ if position.starts_with("dé") || position.starts_with("del") => 1,
        _ if position.starts_with("bâ") || position.starts_with("bat") => 2,
        Some("cag") => 3,
        Some("log") => 4,
        Some("par") => 5,
        Some("seg") => 6,
        Some("ser") => 7,
        _ => 5,
    }
}

/// The way of a number's identifier: `11076_0123` of `11076_0123_00020_bis`, BANO's `751010063U` of `751010063U-1A`.
pub(super) fn place_of_number<'a>(id: &'a str, number: u32, suffix: &str) -> Option<&'a str> {
    if let Some((way, own)) = id.rsplit_once('-').filter(|(way, _)| way.len() == 10) {
        let (read, rest) = self::number(own)?;
        return (read == number && rest.eq_ignore_ascii_case(suffix)).then_some(way);
    }
    let id = match suffix {
        "" => id,
        _ => {
            let (before, last) = id.rsplit_once('_')?;
            if !last.eq_ignore_ascii_case(suffix) {
                return None;
            }
            before
        }
    };
    let (way, figures) = id.rsplit_once('_')?;
    (figures.len() == 5 && figures.parse() == Ok(number)).then_some(way)
}

/// BAL's identifier of a named place without its number that is none.
fn without_number(id: &str) -> &str {
    id.strip_suffix("_99999").unwrap_or(id)
}

/// An identifier of a place that has none in its file: the same for the same name in the same commune.
pub(super) fn made_id(city_code: &str, name: &str) -> String {
    let mut id = String::with_capacity(city_code.len() + name.len() + 1);
    let _infallible = write!(id, "{city_code}_");
    id.extend(text::folded(name).chars().map(|sign| if sign == ' ' { '-' } else { sign }));
    id
}

/// Number and way in one cell: `12 bis rue Pasteur, 31000 Toulouse`.
fn address(cell: &str) -> Line<'_> {
    let words = text::words(cell);
    let numbers = text::number_of(&words);
    let house = numbers.houses.first().filter(|house| house.at.start == 0 && house.weight > 0.8);
    let first = house.map_or(0, |house| house.at.end);
    let start = words.get(first).map_or(cell.len(), |word| word.span.0);
    let end = words.iter().skip(first + 1).find(|word| word.after_break || word.kind == Kind::Postcode);
    let end = end.map_or(cell.len(), |word| word.span.0);
    let name = cell
        .get(start..end)
        .unwrap_or("")
        .trim_matches(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '-'));
    Line {
        number: house.map(|house| house.number),
        suffix: house.map_or("", |house| house.suffix).into(),
        name,
        locality: words.get(first).is_some_and(|word| word.kind != Kind::StreetType) && house.is_none(),
    }
}
