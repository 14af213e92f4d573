//! What the label of a column says of addresses.

use crate::slug::fold;

/// The part of an address that a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Part {
    /// The number in the street.
    Number,
    /// `bis`, `ter`.
    Suffix,
    /// `rue`, `avenue`.
    StreetKind,
    /// The street's name, with its kind or without.
    Street,
    /// All of it, or all but the commune.
    Address,
    Postcode,
    CityCode,
    City,
    /// A position: the rows are on the map already.
    Position,
}

/// Words of addresses that are none of postal addresses.
const FOREIGN: [&str; 16] = [
    "mail",
    "email",
    "courriel",
    "electronique",
    "web",
    "site",
    "url",
    "internet",
    "ip",
    "mac",
    "http",
    "messagerie",
    "date",
    "longueur",
    "sens",
    "tarif",
];
/// Beginnings of words of what comes beside an address: a floor, a building.
const BESIDE: [&str; 4] = ["compl", "cmp", "comp", "batiment"];

/// The part that a label names; `None` when it names none.
pub(super) fn part(label: &str) -> Option<Part> {
    let words = words(label);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let whole: String = words.concat();
    let holds = |wanted: &[&str]| wanted.iter().any(|part| whole.contains(part));
    let is = |wanted: &[&str]| wanted.contains(&whole.as_str());
    if is_position(&words, &whole) {
        return Some(Part::Position);
    }
    if has(&FOREIGN) || words.iter().any(|word| BESIDE.iter().any(|start| word.starts_with(start))) {
        return None;
    }
    let city_code = ["codecommune", "codecom", "communecode", "depcom", "codgeo", "citycode", "comcode", "inseecom"];
    if holds(&["insee"]) || holds(&city_code) || is(&["com", "cog"]) {
        return Some(Part::CityCode);
    }
    if holds(&["codepostal", "codpost", "cdpost", "postcode", "postalcode", "zipcode", "codepost"])
        || has(&["cp", "zip"])
    {
        return Some(Part::Postcode);
    }
    if holds(&["repetition"]) || has(&["rep", "bis", "bister", "btq", "suffixe"]) {
        return Some(Part::Suffix);
    }
    let number =
        ["numvoie", "numerovoie", "numdevoie", "numerodevoie", "numrue", "numerorue", "housenumber", "adrnumero"];
    let begins =
        ["novoie", "nvoie", "norue", "nrue", "ndevoie", "nodevoie"].iter().any(|start| whole.starts_with(start));
    if holds(&number) || begins || is(&["numero", "num", "no", "n"]) {
        return Some(Part::Number);
    }
    if holds(&["typevoie", "typvoi", "typevoi", "typedevoie", "typerue", "naturevoie"]) {
        return Some(Part::StreetKind);
    }
    if has(&["code", "id", "identifiant", "cle", "cd"]) || holds(&["codevoie", "cdrue", "cdvoie", "idvoie"]) {
        return None;
    }
    if has(&["adresse", "adresses", "adr", "adrs", "address", "domicile"]) || whole.starts_with("adresse") {
        return Some(Part::Address);
    }
    let street =
        ["nomvoi", "libvoi", "libellevoie", "nomdevoie", "nomrue", "librue", "libellerue", "street", "nomdelavoie"];
    if holds(&street) || has(&["voie", "rue", "rues"]) {
        return Some(Part::Street);
    }
    let city = ["nomcom", "libcom", "libellecommune", "communenom", "nomdelacommune", "nomville"];
    if has(&["commune", "ville", "city", "localite", "municipalite"]) || holds(&city) {
        return Some(Part::City);
    }
    None
}

fn is_position(words: &[String], whole: &str) -> bool {
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let starts = ["latitude", "longitude", "geopoint", "geoshape", "geom", "coordonnees", "coordgps", "wkt", "lambert"];
    starts.iter().any(|start| whole.starts_with(start))
        || has(&["lat", "latitude", "lon", "lng", "longitude", "geometry", "geometrie", "geojson"])
        || ["x", "y", "coordx", "coordy", "xl93", "yl93", "gps", "coordonneesxy", "xy"].contains(&whole)
}

/// The words of a label in lower case without accents: `numeroVoieEtablissement`, `NUM_VOIE` and `N° de voie` alike.
fn words(label: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(label.len() + 8);
    let mut before = ' ';
    for character in label.chars() {
        let begins = character.is_uppercase() && before.is_lowercase();
        if begins || character.is_numeric() != before.is_numeric() {
            spaced.push(' ');
        }
        spaced.push(if character.is_alphanumeric() { character } else { ' ' });
        before = character;
    }
    spaced.split_whitespace().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_real_files_are_understood() {
        let known = [
            ("adresse", Part::Address),
            ("Adresse postale", Part::Address),
            ("ADRESSE_1", Part::Address),
            ("mairie_adresse", Part::Address),
            ("adresse_station", Part::Address),
            ("EQUIP_ADRESSE", Part::Address),
            ("NORUE", Part::Number),
            ("numeroVoieEtablissement", Part::Number),
            ("N° de voie", Part::Number),
            ("adrs_numvoie", Part::Number),
            ("ADR_NUMERO", Part::Number),
            ("numero", Part::Number),
            ("BISTER", Part::Suffix),
            ("indiceRepetitionEtablissement", Part::Suffix),
            ("rep", Part::Suffix),
            ("typeVoieEtablissement", Part::StreetKind),
            ("TYPVOI", Part::StreetKind),
            ("LIBRUE", Part::Street),
            ("libelleVoieEtablissement", Part::Street),
            ("adr_nomvoie", Part::Address),
            ("nom_voie", Part::Street),
            ("Voie", Part::Street),
            ("CDPOST", Part::Postcode),
            ("Code postal", Part::Postcode),
            ("codePostalEtablissement", Part::Postcode),
            ("CP", Part::Postcode),
            ("code_insee", Part::CityCode),
            ("codeCommuneEtablissement", Part::CityCode),
            ("code_insee_commune", Part::CityCode),
            ("Nom de la commune", Part::City),
            ("libelleCommuneEtablissement", Part::City),
            ("VILLE", Part::City),
            ("geo_point_2d", Part::Position),
            ("lat", Part::Position),
            ("Longitude", Part::Position),
            ("coordonneesXY", Part::Position),
            ("x_l93", Part::Position),
        ];
        for (label, expected) in known {
            assert_eq!(part(label), Some(expected), "{label}");
        }
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for label in [
            "adresse_mail",
            "Adresse e-mail",
            "Adresse du site internet",
            "adresse IP",
            "CMPADR",
            "complementAdresse",
            "Hors voirie",
            "CDRUE",
            "code_voie",
            "LONGUEUR",
            "nom",
            "quartier",
            "montant",
            "Téléphone",
            "date",
        ] {
            assert_eq!(part(label), None, "{label}");
        }
    }
}
