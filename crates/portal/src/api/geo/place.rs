//! What is answered of a place, field by field.

use geography::{Commune, CommuneKind, Departement, Epci, MultiPolygon, Point, Region};

use super::asked::Geometry;
use super::write::Object;

/// A place of any kind.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    Commune(Commune),
    Epci(Epci),
    Departement(Departement),
    Region(Region),
}

/// The same question to whichever of the four.
macro_rules! each {
    ($place:expr, $one:ident => $answer:expr) => {
        match $place {
            Place::Commune($one) => $answer,
            Place::Epci($one) => $answer,
            Place::Departement($one) => $answer,
            Place::Region($one) => $answer,
        }
    };
}

impl Place {
    /// Writes an object: the fields in the order asked for, then the score, then what it is part of.
    pub fn write(self, fields: &[String], score: Option<f64>, out: &mut Vec<u8>) {
        let mut object = Object::open(out);
        for field in fields {
            self.write_field(field, &mut object);
        }
        if let Some(score) = score {
            object.number("_score", score);
        }
        for whole in
            ["departement", "region", "epci"].into_iter().filter(|whole| fields.iter().any(|field| field == whole))
        {
            if let Some((code, name)) = self.whole(whole) {
                object.member(whole, |out| {
                    let mut inner = Object::open(out);
                    inner.text("code", code);
                    inner.text("nom", name);
                    inner.close();
                });
            }
        }
        object.close();
    }

    fn write_field(self, field: &str, object: &mut Object<'_>) {
        match field {
            "nom" => object.text("nom", each!(self, one => one.name())),
            "code" => object.text("code", each!(self, one => one.code())),
            "population" => object.known_number("population", each!(self, one => one.population()).map(f64::from)),
            "surface" => object.known_number("surface", each!(self, one => one.surface())),
            "zone" => object.text("zone", each!(self, one => one.zone()).as_str()),
            _ => {
                if let Some((_, geometry)) = Geometry::ALL.into_iter().find(|(name, _)| *name == field) {
                    let mut written = Vec::new();
                    if self.write_geometry(geometry, &mut written) {
                        object.member(field, |out| out.extend_from_slice(&written));
                    }
                } else {
                    self.write_own(field, object);
                }
            }
        }
    }

    /// Fields that only some kinds have.
    fn write_own(self, field: &str, object: &mut Object<'_>) {
        match (self, field) {
            (Self::Commune(commune), _) => write_commune(commune, field, object),
            (Self::Epci(epci), "codesDepartements") => {
                object.list(field, epci.departements().map(Departement::code));
            }
            (Self::Epci(epci), "codesRegions") => object.list(field, epci.regions().map(Region::code)),
            (Self::Epci(epci), "type") => object.text(field, epci.kind()),
            (Self::Departement(one), "codeRegion") => object.text(field, one.region().code()),
            (Self::Departement(one), "chefLieu") => object.known_text(field, one.seat().map(Commune::code)),
            (Self::Region(one), "chefLieu") => object.known_text(field, one.seat().map(Commune::code)),
            _ => {}
        }
    }

    /// Code and name of what it is part of.
    fn whole(self, kind: &str) -> Option<(&'static str, &'static str)> {
        match (self, kind) {
            (Self::Commune(commune), "departement") => Some(commune.departement()).map(|one| (one.code(), one.name())),
            (Self::Commune(commune), "region") => Some(commune.region()).map(|one| (one.code(), one.name())),
            (Self::Commune(commune), "epci") => commune.epci().map(|one| (one.code(), one.name())),
            (Self::Departement(departement), "region") => {
                Some(departement.region()).map(|one| (one.code(), one.name()))
            }
            _ => None,
        }
    }

    /// Writes a geometry, when it is known.
    pub fn write_geometry(self, geometry: Geometry, out: &mut Vec<u8>) -> bool {
        match geometry {
            Geometry::Centre => super::write::point(each!(self, one => one.centre()).map(rounded), out),
            Geometry::TownHall => super::write::point(self.town_hall(), out),
            Geometry::Bbox => super::write::rectangle(each!(self, one => one.bbox()), out),
            Geometry::Outline => super::write::outline(&self.outline(), out),
        }
    }

    fn town_hall(self) -> Option<Point> {
        match self {
            Self::Commune(commune) => commune.town_hall(),
            _ => None,
        }
    }

    fn outline(self) -> MultiPolygon {
        each!(self, one => one.outline())
    }
}

/// A centre is no precise place: four decimals.
fn rounded(point: Point) -> Point {
    let round = |degrees: f64| (degrees * 1e4).round() / 1e4;
    Point { lon: round(point.lon), lat: round(point.lat) }
}

fn write_commune(commune: Commune, field: &str, object: &mut Object<'_>) {
    match field {
        "codesPostaux" => object.list(field, commune.postcodes()),
        "siren" => object.known_text(field, commune.siren()),
        "codeEpci" => object.known_text(field, commune.epci().map(Epci::code)),
        "codeDepartement" => object.text(field, commune.departement().code()),
        "codeRegion" => object.text(field, commune.region().code()),
        "type" => object.text(field, commune.kind().as_str()),
        "codeParent" => object.known_text(field, commune.parent().map(Commune::code)),
        "chefLieu" if matches!(commune.kind(), CommuneKind::Associated | CommuneKind::Delegated) => {
            object.known_text(field, commune.parent().map(Commune::code));
        }
        "anciensCodes" => object.list(field, commune.former_codes().into_iter()),
        _ => {}
    }
}
