//! What a header says of its column: `date_naissance` holds dates, `CP` postcodes, `Montant TTC (€)` money.

/// What a header may say of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Hint {
    Date,
    Year,
    Boolean,
    Money,
    Percentage,
    Latitude,
    Longitude,
    Easting,
    Northing,
    Siret,
    Siren,
    Postcode,
    Commune,
    Departement,
    Region,
    Phone,
}

/// The hints of one header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Hints(u32);

impl Hints {
    /// Reads a header.
    pub fn of(header: &str) -> Self {
        let words = words(header);
        let mut hints = Self::default();
        for (hint, names) in VOCABULARY {
            if names.iter().any(|name| says(&words, name)) {
                hints.0 |= 1 << *hint as u32;
            }
        }
        if header.contains(['€', '$']) {
            hints.0 |= 1 << Hint::Money as u32;
        }
        if header.contains('%') {
            hints.0 |= 1 << Hint::Percentage as u32;
        }
        hints
    }

    /// Whether the header says so.
    pub fn says(self, hint: Hint) -> bool {
        self.0 & (1 << hint as u32) != 0
    }
}

/// Words that say what a column holds. `code postal` asks for both words in a row; `date*` for a word so beginning;
/// `=x` for a header of that word alone.
const VOCABULARY: &[(Hint, &[&str])] = &[
    (Hint::Date, &["date*", "jour", "day", "debut", "fin", "naissance", "echeance", "dt"]),
    (Hint::Year, &["annee*", "an", "year", "exercice", "exer", "millesime"]),
    (Hint::Boolean, &["bool*", "is", "has", "est", "possede", "presence", "actif", "gratuit", "ouvert"]),
    (
        Hint::Money,
        &[
            "montant*",
            "prix",
            "tarif*",
            "cout*",
            "budget*",
            "somme",
            "depense*",
            "recette*",
            "euro*",
            "eur",
            "ttc",
            "ht",
            "amount",
            "price",
            "cost",
            "subvention",
            "credit*",
            "mandat",
            "titre emis",
        ],
    ),
    (Hint::Percentage, &["pourcentage*", "taux", "part", "pourcent", "pct", "percent*", "rate"]),
    (Hint::Latitude, &["lat", "latitude*", "ylat", "ylatitude", "ycoord", "coordy", "y wgs84", "coord y", "=y"]),
    (
        Hint::Longitude,
        &[
            "lon",
            "lng",
            "long",
            "longitude*",
            "xlong",
            "xlon",
            "xlongitude",
            "xcoord",
            "coordx",
            "x wgs84",
            "coord x",
            "=x",
        ],
    ),
    (Hint::Easting, &["x", "coordx", "xcoord", "xl93", "easting", "coordonneex", "lambertx"]),
    (Hint::Northing, &["y", "coordy", "ycoord", "yl93", "northing", "coordonneey", "lamberty"]),
    (Hint::Siret, &["siret*", "id attribuant", "id beneficiaire"]),
    (Hint::Siren, &["siren*"]),
    (Hint::Postcode, &["code post*", "codepost*", "cp", "cpostal", "postal", "postcode", "zip", "post code"]),
    (
        Hint::Commune,
        &[
            "insee*",
            "codeinsee",
            "commune code",
            "code commune",
            "codecommune",
            "code com",
            "codcom",
            "citycode",
            "codgeo",
            "depcom",
            "=com",
            "codcommune",
        ],
    ),
    (Hint::Departement, &["dep", "dept", "departement*", "codedep*", "code dep*", "dpt"]),
    (Hint::Region, &["reg", "region*", "codereg*", "code reg*"]),
    (Hint::Phone, &["tel", "telephone*", "phone*", "fax", "portable", "mobile", "telecopie", "tel*"]),
];

fn says(words: &[String], name: &str) -> bool {
    if let Some(alone) = name.strip_prefix('=') {
        return words.len() == 1 && words[0] == alone;
    }
    let wanted: Vec<&str> = name.split(' ').collect();
    words.windows(wanted.len()).any(|window| {
        window.iter().zip(&wanted).all(|(word, wanted)| match wanted.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == wanted,
        })
    })
}

/// `idBénéficiaire_SIRET` → `id`, `beneficiaire`, `siret`.
fn words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous = ' ';
    for c in header.chars().take(400) {
        let starts = c.is_uppercase() && (previous.is_lowercase() || previous.is_ascii_digit());
        if (starts || !c.is_alphanumeric()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase().map(unaccented));
        }
        previous = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn unaccented(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_town_halls_say_what_they_hold() {
        for (header, hint) in [
            ("dateConvention", Hint::Date),
            ("Date de naissance", Hint::Date),
            ("Année", Hint::Year),
            ("EXERCICE", Hint::Year),
            ("Montant TTC (€)", Hint::Money),
            ("pourcentageSubvention", Hint::Percentage),
            ("Xlong", Hint::Longitude),
            ("latitude", Hint::Latitude),
            ("COORD_X", Hint::Longitude),
            ("Xlongitude", Hint::Longitude),
            ("YCOORD", Hint::Latitude),
            ("x", Hint::Easting),
            ("idBeneficiaire", Hint::Siret),
            ("SIRET_mandataire", Hint::Siret),
            ("Code postal", Hint::Postcode),
            ("Code_INSEE", Hint::Commune),
            ("code_commune", Hint::Commune),
            ("CODE_DEPARTEMENT", Hint::Departement),
            ("Tél.", Hint::Phone),
        ] {
            assert!(Hints::of(header).says(hint), "{header} should say {hint:?}: {:?}", words(header));
        }
    }

    #[test]
    fn other_headers_say_nothing() {
        for header in ["", "nom", "objet", "Candidat", "Quantité", "secteur", "stade"] {
            assert_eq!(Hints::of(header), Hints::default(), "{header}");
        }
    }
}
