//! The commune of a base: its name, the communes that it was made of, where it ends.

use geography::{Commune, CommuneKind, Geography, MultiPolygon};

use super::{Fault, Part, Position};

/// Metres beyond the outline that are still taken for inside: outlines are drawn less finely than houses stand.
const MARGIN: f64 = 150.0;
/// Metres in a degree of latitude.
const DEGREE: f64 = 111_195.0;

/// The commune of a base.
#[derive(Debug, Clone)]
pub struct Ground {
    /// INSEE code.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Communes of before: delegated, associated, merged.
    pub parts: Vec<Part>,
    commune: Commune,
    outline: MultiPolygon,
}

impl Ground {
    /// The commune of today, or the municipal arrondissement, of a code.
    ///
    /// # Errors
    /// [`Fault::Commune`] for any other code.
    pub fn of(code: &str) -> Result<Self, Fault> {
        let geography = Geography::shipped();
        let commune = [CommuneKind::Current, CommuneKind::Arrondissement]
            .into_iter()
            .find_map(|kind| geography.commune_of_kind(code, kind))
            .ok_or_else(|| Fault::Commune { code: code.chars().take(40).collect() })?;
        let mut outline = commune.outline();
        if outline.is_empty() {
            outline = commune.parent().map(Commune::outline).unwrap_or_default();
        }
        let mut parts: Vec<Part> = commune
            .parts()
            .filter(|part| part.kind() != CommuneKind::Arrondissement)
            .map(|part| Part { code: part.code().to_owned(), name: part.name().to_owned() })
            .collect();
        for code in commune.former_codes() {
            let name = geography.former_name(code).unwrap_or_default();
            if code != commune.code() && !parts.iter().any(|part| part.code == code) {
                parts.push(Part { code: code.to_owned(), name: name.to_owned() });
            }
        }
        parts.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { code: commune.code().to_owned(), name: commune.name().to_owned(), parts, commune, outline })
    }

    /// The commune among all.
    pub fn commune(&self) -> Commune {
        self.commune
    }

    /// The outline, empty when none is known.
    pub fn outline(&self) -> &MultiPolygon {
        &self.outline
    }

    /// Whether a position is in the commune, or so near that it may well be.
    pub fn holds(&self, position: &Position) -> bool {
        if self.outline.is_empty() || self.contains(position.lon, position.lat) {
            return true;
        }
        let north = MARGIN / DEGREE;
        let east = north / position.lat.to_radians().cos().max(0.01);
        [(-east, 0.0), (east, 0.0), (0.0, -north), (0.0, north)]
            .iter()
            .any(|(lon, lat)| self.contains(position.lon + lon, position.lat + lat))
    }

    fn contains(&self, lon: f64, lat: f64) -> bool {
        self.outline.contains(lon * geography::outline::UNITS, lat * geography::outline::UNITS)
    }

    /// Whether the commune is in a territory of the catalogue, `epci:200035855`.
    pub fn is_in(&self, territory: &str) -> bool {
        let Some((kind, code)) = territory.split_once(':') else { return false };
        let commune = self.commune;
        match kind {
            "commune" => code == self.code || commune.parent().is_some_and(|parent| parent.code() == code),
            "epci" => commune.parent().unwrap_or(commune).epci().is_some_and(|epci| epci.code() == code),
            "departement" => commune.departement().code() == code,
            "region" => commune.region().code() == code,
            _ => false,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(None, lon, lat).unwrap()
    }

    #[test]
    fn a_commune_has_its_name_and_its_ground() {
        let ground = Ground::of("11076").unwrap();
        assert_eq!(ground.name, "Castelnaudary");
        assert!(ground.holds(&at(1.954, 43.318)));
        assert!(!ground.holds(&at(2.352, 48.857)));
        assert_eq!(Ground::of("99999").unwrap_err().code(), "commune");
        assert_eq!(Ground::of("").unwrap_err().code(), "commune");
    }

    #[test]
    fn a_commune_is_in_the_territories_that_hold_it() {
        let ground = Ground::of("11076").unwrap();
        for territory in ["commune:11076", "departement:11", "region:76"] {
            assert!(ground.is_in(territory), "{territory}");
        }
        for territory in ["commune:11069", "departement:34", "11076", ""] {
            assert!(!ground.is_in(territory), "{territory}");
        }
    }
}
