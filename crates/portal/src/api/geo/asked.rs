//! The parameters of a request: what is looked for, which fields, in what form.

use axum::http::Uri;
use geography::{CommuneKind, Point, Zone};

use super::place::Place;
use super::{Answer, Refused, write};
use crate::params::pairs;

/// Fields of one answer.
const MOST_FIELDS: usize = 40;
/// Codes of one question.
const MOST_CODES: usize = 1_000;
/// Outlines of one answer: the communes of the largest région.
const MOST_OUTLINES: usize = 6_000;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Commune,
    /// An associated or delegated commune.
    Part,
    Epci,
    Departement,
    Region,
}

impl Kind {
    /// Fields of an answer when none is asked for.
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Commune => {
                &["nom", "code", "codeDepartement", "siren", "codeEpci", "codeRegion", "codesPostaux", "population"]
            }
            Self::Part => &["nom", "code", "type", "chefLieu", "codeDepartement", "codeEpci", "codeRegion"],
            Self::Epci => &["nom", "code", "codesDepartements", "codesRegions", "population"],
            Self::Departement => &["nom", "code", "codeRegion"],
            Self::Region => &["nom", "code"],
        }
    }
}

/// Which of its geometries a feature has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Geometry {
    Centre,
    Outline,
    Bbox,
    TownHall,
}

impl Geometry {
    /// Names of the fields.
    pub const ALL: [(&'static str, Self); 4] =
        [("centre", Self::Centre), ("contour", Self::Outline), ("bbox", Self::Bbox), ("mairie", Self::TownHall)];
}

/// A request, read.
pub struct Asked {
    parameters: Vec<(String, String)>,
    fields: Vec<String>,
    /// The geometry of features; rows of JSON when there is none.
    geometry: Option<Geometry>,
    /// Whether something narrows what is found.
    narrowed: bool,
}

/// Parameters that say how to answer, and narrow nothing.
const OUTPUT: [&str; 5] = ["fields", "format", "geometry", "limit", "boost"];

impl Asked {
    pub fn of(uri: &Uri, kind: Kind) -> Result<Self, Refused> {
        let mut parameters = Vec::new();
        for pair in pairs(uri.query().unwrap_or_default()) {
            let pair = pair.map_err(|error| Refused::Bad(error.to_string()))?;
            let value = pair.value.unwrap_or_default();
            if !value.is_empty() {
                parameters.push((pair.name.into_owned(), value.into_owned()));
            }
        }
        let narrowed = parameters.iter().any(|(name, _)| !OUTPUT.contains(&name.as_str()));
        let mut asked = Self { parameters, fields: Vec::new(), geometry: None, narrowed };
        asked.fields = asked.read_fields(kind);
        if asked.get("format") == Some("geojson") {
            let named =
                asked.get("geometry").and_then(|name| Geometry::ALL.into_iter().find(|(known, _)| *known == name));
            let geometry = named.map_or(Geometry::Centre, |(_, geometry)| geometry);
            // A feature has one geometry, and it is no property.
            asked.fields.retain(|field| Geometry::ALL.iter().all(|(known, _)| known != field));
            asked.geometry = Some(geometry);
        }
        Ok(asked)
    }

    /// Those asked for, each once, and always the name and the code.
    fn read_fields(&self, kind: Kind) -> Vec<String> {
        let mut fields: Vec<String> = Vec::new();
        let mut add = |field: &str| {
            if fields.len() < MOST_FIELDS && !fields.iter().any(|known| known == field) {
                fields.push(field.to_owned());
            }
        };
        if self.get("fields").is_some() {
            self.list("fields").for_each(&mut add);
        } else {
            kind.fields().iter().for_each(|field| add(field));
        }
        add("nom");
        add("code");
        fields
    }

    /// What is asked is the parts of something: that is narrow.
    pub fn within(mut self) -> Self {
        self.narrowed = true;
        self
    }

    /// The first value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Values of a parameter, repeated or separated by commas.
    pub fn list<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let values = self.parameters.iter().filter(move |(known, _)| known == name);
        let values = values.flat_map(|(_, value)| value.split(',')).map(str::trim);
        values.filter(|value| !value.is_empty()).take(MOST_CODES)
    }

    /// Whether a parameter isn't given, or is as it should.
    pub fn is(&self, name: &str, test: impl Fn(&str) -> bool) -> bool {
        self.get(name).is_none_or(test)
    }

    /// Kinds of communes.
    pub fn kinds(&self, name: &str, default: &[CommuneKind]) -> Result<Vec<CommuneKind>, Refused> {
        let read = |value| {
            CommuneKind::parse(value).ok_or_else(|| {
                bad(name, value, "commune-actuelle, arrondissement-municipal, commune-associee or commune-deleguee")
            })
        };
        let kinds: Vec<CommuneKind> = self.list(name).map(read).collect::<Result<_, _>>()?;
        Ok(if kinds.is_empty() { default.to_vec() } else { kinds })
    }

    /// Zones.
    pub fn zones(&self, default: &[Zone]) -> Result<Vec<Zone>, Refused> {
        let read = |value| Zone::parse(value).ok_or_else(|| bad("zone", value, "metro, drom or com"));
        let zones: Vec<Zone> = self.list("zone").map(read).collect::<Result<_, _>>()?;
        Ok(if zones.is_empty() { default.to_vec() } else { zones })
    }

    /// The position that is looked for.
    pub fn position(&self) -> Result<Option<Point>, Refused> {
        let degrees = |name: &str, most: f64| -> Result<Option<f64>, Refused> {
            let Some(text) = self.get(name) else { return Ok(None) };
            let number = text.trim().parse().ok().filter(|degrees: &f64| degrees.abs() <= most);
            number.map(Some).ok_or_else(|| bad(name, text, &format!("a number from -{most} to {most}")))
        };
        match (degrees("lon", 180.0)?, degrees("lat", 90.0)?) {
            (Some(lon), Some(lat)) => Ok(Some(Point { lon, lat })),
            (None, None) => Ok(None),
            _ => Err(Refused::Bad("lat and lon go together".to_owned())),
        }
    }

    /// How many are wanted.
    pub fn limit(&self) -> Result<Option<usize>, Refused> {
        let read = |text: &str| text.trim().parse().map_err(|_| bad("limit", text, "a whole number from 0"));
        self.get("limit").map(read).transpose()
    }

    /// One place.
    pub fn one(&self, place: Place) -> Answer {
        let mut out = Vec::with_capacity(512);
        self.write(place, None, &mut out);
        Ok(out)
    }

    /// Several, as an array or a collection of features.
    pub fn many(&self, places: impl Iterator<Item = (Place, Option<f64>)>) -> Answer {
        let limit = self.limit()?.unwrap_or(usize::MAX);
        let outlines = self.geometry == Some(Geometry::Outline) || self.fields.iter().any(|field| field == "contour");
        if !self.narrowed && (outlines || self.geometry.is_some()) {
            return Err(Refused::Bad("every geometry at once is too much: name what is wanted".to_owned()));
        }
        let features = self.geometry.is_some();
        let mut out = Vec::with_capacity(1_024);
        out.extend_from_slice(if features { b"{\"type\":\"FeatureCollection\",\"features\":[" } else { b"[" });
        for (n, (place, score)) in places.take(limit).enumerate() {
            if outlines && n >= MOST_OUTLINES {
                let most = format!("more than {MOST_OUTLINES} outlines: ask for them by département");
                return Err(Refused::Bad(most));
            }
            if n > 0 {
                out.push(b',');
            }
            self.write(place, score, &mut out);
        }
        out.extend_from_slice(if features { b"]}" } else { b"]" });
        Ok(out)
    }

    fn write(&self, place: Place, score: Option<f64>, out: &mut Vec<u8>) {
        match self.geometry {
            None => place.write(&self.fields, score, out),
            Some(geometry) => {
                out.extend_from_slice(b"{\"type\":\"Feature\",\"properties\":");
                place.write(&self.fields, score, out);
                out.extend_from_slice(b",\"geometry\":");
                if !place.write_geometry(geometry, out) {
                    out.extend_from_slice(b"null");
                }
                out.push(b'}');
            }
        }
    }
}

fn bad(name: &str, value: &str, wanted: &str) -> Refused {
    let shown: String = value.chars().take(60).collect();
    Refused::Bad(format!("{name}: {} is not {wanted}", write::quoted(&shown)))
}
