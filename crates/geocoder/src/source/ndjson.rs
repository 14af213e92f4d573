//! Lines of JSON: one a street, a named place, a commune, a point of interest.

use std::collections::VecDeque;

use super::{
    Fault, FaultCode, Options, Rows, Unlocated,
    input::{Input, Line, decoded},
    joining::Joining,
    json::{Figure, House, Record, Texts},
    row::{five, is_city_code, made_id, number, place_of_number, suffix},
};
use crate::{
    place::{HouseNumber, Place, PlaceKind, Position},
    projection::Projection,
    territory::city_of_arrondissement,
};

pub(super) struct Lines {
    input: Input,
    options: Options,
    line: Vec<u8>,
    /// Numbers that come as lines of their own.
    joining: Joining,
}

impl Lines {
    pub(super) fn new(input: Input, options: Options) -> Lines {
        Lines { input, options, line: Vec::new(), joining: Joining::default() }
    }
}

impl Rows for Lines {
    fn read(&mut self, into: &mut VecDeque<Result<Place, Fault>>) -> bool {
        let mut line = std::mem::take(&mut self.line);
        let more = match self.input.next(&mut line) {
            Line::Read => {
                let text = decoded(&line);
                let text = text.trim();
                if !text.is_empty() {
                    self.record(text, into);
                }
                true
            }
            Line::Faulty(fault) => {
                into.push_back(Err(fault));
                true
            }
            Line::End => {
                into.extend(self.joining.finish().map(Ok));
                false
            }
        };
        self.line = line;
        more
    }
}

/// A record that is being made a place, and where it stands.
struct Making<'a> {
    record: &'a Record<'a>,
    options: &'a Options,
    at: (u64, u64),
}

impl Lines {
    fn record(&mut self, text: &str, into: &mut VecDeque<Result<Place, Fault>>) {
        // A list would be taken for the fields in their order.
        if !text.starts_with('{') {
            into.push_back(Err(self.input.fault(FaultCode::NotJson).with(text)));
            return;
        }
        let record: Record<'_> = match serde_json::from_str(text) {
            Ok(record) => record,
            Err(error) => {
                into.push_back(Err(self.input.fault(FaultCode::NotJson).with(&error.to_string())));
                return;
            }
        };
        let making = Making { record: &record, options: &self.options, at: self.input.place() };
        let mut faults = Vec::new();
        match making.place(&mut faults) {
            Ok(place) if record.kind.first() == "housenumber" => {
                into.extend(making.alone(place, &mut self.joining, &mut faults).map(Ok));
            }
            Ok(place) => {
                into.extend(self.joining.finish().map(Ok));
                into.push_back(Ok(place));
            }
            Err(fault) => faults.push(fault),
        }
        into.extend(faults.into_iter().map(Err));
    }
}

impl Making<'_> {
    fn fault(&self, code: FaultCode) -> Fault {
        Fault::new(code, self.at.0, self.at.1)
    }

    fn place(&self, faults: &mut Vec<Fault>) -> Result<Place, Fault> {
        let record = self.record;
        let name = match record.kind.first() {
            "housenumber" if !record.street.first().is_empty() => &record.street,
            _ => &record.name,
        };
        if name.first().is_empty() {
            return Err(self.fault(FaultCode::Missing).of("name"));
        }
        // Where a city has arrondissements, its code and theirs are given: a street is in its arrondissement.
        let in_arrondissement = record.citycode.iter().find(|code| city_of_arrondissement(code).is_some());
        let municipality = matches!(record.kind.first(), "municipality" | "city" | "town" | "village" | "commune");
        let written = in_arrondissement.filter(|_| !municipality).unwrap_or(record.citycode.first());
        let code = five(written);
        let position = self.position(&code);
        let (code, city) = match (is_city_code(&code), written) {
            (true, _) => (code.into_owned(), record.city.first().to_owned()),
            (false, "") => self.located(position.clone().ok())?,
            (false, _) => return Err(self.fault(FaultCode::InvalidCityCode).of("citycode").with(written)),
        };
        let id = match record.id.first() {
            "" => made_id(&code, name.first()),
            id => id.to_owned(),
        };
        let numbers = self.numbers(&id, &code, faults);
        // A street without a position of its own is where its numbers are.
        let position =
            position.or_else(|fault| numbers.get(numbers.len() / 2).map(|number| number.position).ok_or(fault))?;
        let kind = self.kind(&code);
        let city = if city.is_empty() && municipality { name.first().to_owned() } else { city };
        let others = record.city.iter().skip(1).filter(|_| municipality);
        let aliases =
            name.iter().skip(1).chain(record.alias.iter()).chain(others).filter(|alias| *alias != name.first());
        let text = |texts: &Texts<'_>| Some(texts.first()).filter(|text| !text.is_empty()).map(str::to_owned);
        let second = record.city.iter().nth(1).filter(|_| !municipality).map(str::to_owned);
        let district = text(&record.district).or_else(|| second.filter(|_| city_of_arrondissement(&code).is_some()));
        let mut place = Place {
            ban_id: record.ban_id.first().parse().ok(),
            aliases: aliases.map(str::to_owned).collect(),
            postcodes: record.postcode.iter().map(|postcode| five(postcode).into_owned()).collect(),
            district,
            old_city_code: text(&record.oldcitycode),
            old_city: text(&record.oldcity),
            importance: record.importance.value().map(|importance| importance.clamp(0.0, 1.0) as f32),
            numbers,
            ..Place::new(kind, &id, name.first(), &code, &city, position)
        };
        place.aliases.dedup();
        Ok(place)
    }

    fn kind(&self, code: &str) -> PlaceKind {
        let record = self.record;
        match record.kind.first() {
            "street" | "housenumber" => PlaceKind::Street,
            "locality" | "place" | "hamlet" => PlaceKind::Locality,
            "municipality" | "city" | "town" | "village" | "commune" => {
                let population = match record.population {
                    // Old files count by the thousand, with decimals.
                    Figure::Decimal(thousands) => Some(thousands * 1000.0),
                    figure => figure.value(),
                };
                let population =
                    population.filter(|count| (0.0..1e8).contains(count)).map(|count| count.round() as u32);
                PlaceKind::Municipality { population, parent: city_of_arrondissement(code).map(str::to_owned) }
            }
            "" if !record.housenumbers.0.is_empty() => PlaceKind::Street,
            kind => {
                let named = record.categories.iter().map(str::to_owned);
                let categories: Vec<String> = named.collect();
                let kind =
                    Some(kind.to_owned()).filter(|kind| categories.is_empty() && !matches!(kind.as_str(), "" | "poi"));
                PlaceKind::Poi { categories: categories.into_iter().chain(kind).collect() }
            }
        }
    }

    fn located(&self, position: Option<Position>) -> Result<(String, String), Fault> {
        let (city, postcode) = (self.record.city.first(), self.record.postcode.first());
        let located = || {
            let locate = self.options.locate.as_ref()?;
            locate(Unlocated { city, postcode, position: position? })
        };
        let found = self.options.city.clone().or_else(located);
        found.ok_or_else(|| self.fault(FaultCode::Missing).of("citycode"))
    }

    fn position(&self, code: &str) -> Result<Position, Fault> {
        self.at(code, [self.record.lon, self.record.lat, self.record.x, self.record.y])
    }

    fn at(&self, code: &str, figures: [Figure; 4]) -> Result<Position, Fault> {
        if figures == [Figure::None; 4] {
            return Err(self.fault(FaultCode::MissingPosition));
        }
        let [lon, lat, x, y] = figures.map(Figure::value);
        let degrees = lon.zip(lat).and_then(|(lon, lat)| Position::new(lon, lat));
        let found = degrees.or_else(|| {
            let projection = Projection::of_city(code).unwrap_or(Projection::Lambert93);
            x.zip(y).and_then(|(x, y)| projection.inverse(x, y))
        });
        let found = found.filter(|position| position.lon != 0.0 || position.lat != 0.0);
        found.ok_or_else(|| {
            let shown: Vec<String> = [lon, lat, x, y].into_iter().flatten().map(|figure| figure.to_string()).collect();
            self.fault(FaultCode::InvalidPosition).with(&shown.join(" "))
        })
    }

    fn numbers(&self, id: &str, code: &str, faults: &mut Vec<Fault>) -> Vec<HouseNumber> {
        let houses = &self.record.housenumbers.0;
        let mut numbers = Vec::with_capacity(houses.len());
        for (key, house) in houses {
            match self.number(key, house, id, code) {
                Ok(number) => numbers.push(number),
                Err(fault) => faults.push(fault),
            }
        }
        numbers
    }

    fn number(&self, key: &str, house: &House<'_>, place: &str, code: &str) -> Result<HouseNumber, Fault> {
        let (figures, rest) =
            number(key).ok_or_else(|| self.fault(FaultCode::InvalidNumber).of("housenumbers").with(key))?;
        let position = self.at(code, [house.lon, house.lat, house.x, house.y]).map_err(|fault| fault.of(key))?;
        let suffix = suffix(rest);
        let id = house.id.first();
        let derived = id.is_empty() || place_of_number(id, figures, &suffix) == Some(place);
        let postcode = house.postcode.first();
        let own = !postcode.is_empty() && postcode != self.record.postcode.first();
        Ok(HouseNumber {
            number: figures,
            suffix,
            id: (!derived).then(|| id.into()),
            ban_id: house.ban_id.first().parse().ok(),
            position,
            certified: house.certified.0,
            postcode: own.then(|| five(postcode).into()),
        })
    }

    /// A number that comes as a line of its own goes to its street.
    fn alone(&self, mut place: Place, joining: &mut Joining, faults: &mut Vec<Fault>) -> Option<Place> {
        let written = self.record.housenumber.first();
        let Some((figures, rest)) = number(written) else {
            faults.push(self.fault(FaultCode::InvalidNumber).of("housenumber").with(written));
            return None;
        };
        let suffix = suffix(rest);
        let id = self.record.id.first();
        let street = place_of_number(id, figures, &suffix).map(str::to_owned);
        let number = HouseNumber {
            number: figures,
            suffix,
            id: (street.is_none() && !id.is_empty()).then(|| id.into()),
            ban_id: place.ban_id.take(),
            position: place.position,
            certified: self.record.certified.0,
            postcode: None,
        };
        place.id = street.unwrap_or_else(|| made_id(&place.city_code, &place.name));
        let key = format!("{}\0{}\0{}", place.id, place.name, place.old_city_code.as_deref().unwrap_or(""));
        let postcode = place.postcodes.first().cloned().unwrap_or_default();
        let before = if joining.goes_on(&key) { None } else { joining.begin(&key, place) };
        joining.number(number, &postcode, 0);
        before
    }
}
