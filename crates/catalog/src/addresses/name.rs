//! How the name of a street is written: in full, with its capitals and its accents.
//!
//! The rules are those that the exchange format and the national guide for towns state: no abbreviation, no name in
//! capitals, no double space, characters that every system can keep.

use super::Fault;

/// Characters of a name at least.
const SHORTEST: usize = 3;
/// Characters of a name at most.
const LONGEST: usize = 200;

/// Kinds of ways, as abbreviated at the beginning of a name; without a full stop they mean nothing else there.
const WAYS: &[(&str, &str)] = &[
    ("all", "Allée"),
    ("av", "Avenue"),
    ("ave", "Avenue"),
    ("bd", "Boulevard"),
    ("bld", "Boulevard"),
    ("blvd", "Boulevard"),
    ("boul", "Boulevard"),
    ("che", "Chemin"),
    ("chem", "Chemin"),
    ("ch", "Chemin"),
    ("crs", "Cours"),
    ("dom", "Domaine"),
    ("esp", "Esplanade"),
    ("fbg", "Faubourg"),
    ("fg", "Faubourg"),
    ("ham", "Hameau"),
    ("imp", "Impasse"),
    ("lot", "Lotissement"),
    ("mte", "Montée"),
    ("pas", "Passage"),
    ("pass", "Passage"),
    ("pl", "Place"),
    ("prom", "Promenade"),
    ("qu", "Quai"),
    ("quart", "Quartier"),
    ("r", "Rue"),
    ("res", "Résidence"),
    ("rés", "Résidence"),
    ("rle", "Ruelle"),
    ("rpt", "Rond-Point"),
    ("rte", "Route"),
    ("sq", "Square"),
    ("trav", "Traverse"),
    ("vc", "Voie communale"),
    ("ven", "Venelle"),
];

/// Titles and words abbreviated within a name; without a full stop they mean nothing else there.
const WITHIN: &[(&str, &str)] = &[
    ("cdt", "Commandant"),
    ("dr", "Docteur"),
    ("gal", "Général"),
    ("gén", "Général"),
    ("mgr", "Monseigneur"),
    ("mlle", "Mademoiselle"),
    ("mme", "Madame"),
    ("nd", "Notre-Dame"),
    ("pdt", "Président"),
    ("st", "Saint"),
    ("ste", "Sainte"),
    ("sts", "Saints"),
    ("stes", "Saintes"),
];

/// Words that are abbreviations only with a full stop behind them: without it they are words of their own.
const DOTTED: &[(&str, &str)] = &[
    ("am", "Amiral"),
    ("c", "Chemin"),
    ("cap", "Capitaine"),
    ("capt", "Capitaine"),
    ("cne", "Capitaine"),
    ("col", "Colonel"),
    ("gen", "Général"),
    ("lt", "Lieutenant"),
    ("mal", "Maréchal"),
    ("mar", "Maréchal"),
    ("pr", "Professeur"),
    ("pres", "Président"),
    ("prés", "Président"),
    ("prof", "Professeur"),
    ("sgt", "Sergent"),
];

/// Words that are written small within a name.
const SMALL: &[&str] = &[
    "à",
    "au",
    "aux",
    "chez",
    "d",
    "dans",
    "de",
    "derrière",
    "des",
    "dit",
    "du",
    "en",
    "entre",
    "et",
    "l",
    "la",
    "le",
    "les",
    "lès",
    "ou",
    "par",
    "pour",
    "près",
    "sans",
    "sous",
    "sur",
    "un",
    "une",
    "vers",
];

/// Usual words that lose their accents in capitals.
const ACCENTED: &[(&str, &str)] = &[
    ("a", "à"),
    ("allee", "allée"),
    ("allees", "allées"),
    ("chateau", "château"),
    ("chene", "chêne"),
    ("chenes", "chênes"),
    ("cite", "cité"),
    ("college", "collège"),
    ("cypres", "cyprès"),
    ("ecole", "école"),
    ("ecoles", "écoles"),
    ("ecluse", "écluse"),
    ("eglise", "église"),
    ("eveche", "évêché"),
    ("foret", "forêt"),
    ("general", "général"),
    ("gue", "gué"),
    ("hopital", "hôpital"),
    ("hotel", "hôtel"),
    ("ile", "île"),
    ("liberation", "libération"),
    ("liberte", "liberté"),
    ("lycee", "lycée"),
    ("marechal", "maréchal"),
    ("metairie", "métairie"),
    ("montee", "montée"),
    ("musee", "musée"),
    ("pre", "pré"),
    ("pres", "prés"),
    ("president", "président"),
    ("prefecture", "préfecture"),
    ("republique", "république"),
    ("residence", "résidence"),
    ("resistance", "résistance"),
    ("theatre", "théâtre"),
    ("vallee", "vallée"),
    ("verite", "vérité"),
];

/// The name as it is kept.
///
/// # Errors
/// [`Fault::Name`] when it can't be written; [`Fault::NameStyle`] with the form that is proposed.
pub fn checked(name: &str) -> Result<String, Fault> {
    let tidy = tidied(name);
    let refused = || Fault::Name { name: tidy.chars().take(LONGEST).collect() };
    let length = tidy.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) || !tidy.chars().all(is_taken) || !tidy.chars().any(char::is_alphabetic)
    {
        return Err(refused());
    }
    match proposal(&tidy) {
        Some(proposed) => Err(Fault::NameStyle { name: tidy, proposed }),
        None => Ok(tidy),
    }
}

/// One space between words, none around; what nobody sees is dropped.
pub fn tidied(name: &str) -> String {
    let seen: String = name.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that the format takes.
fn is_taken(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'œ' | 'Œ' | 'Ÿ')
        || " '-.()‘’/\"°,".contains(c)
}

/// How the name would be written by the rules; nothing when it is written so already.
pub fn proposal(name: &str) -> Option<String> {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    // Two or three capitals are an acronym, such as “ZA” or “RN”.
    let of_one_case = letters().all(|c| !c.is_lowercase()) || letters().all(|c| !c.is_uppercase());
    let careless = letters().count() > 3 && of_one_case;
    let mut words: Vec<String> = Vec::new();
    for (place, word) in name.split(' ').enumerate() {
        let full = expanded(word, place == 0);
        let cased = match (&full, careless) {
            (Some(full), _) => full.clone(),
            (None, true) => small_caps(word, place == 0),
            (None, false) => word.to_owned(),
        };
        words.push(if place == 0 { capitalised(&cased) } else { cased });
    }
    let proposed = words.join(" ");
    (proposed != name).then_some(proposed)
}

/// The full form of an abbreviation.
fn expanded(word: &str, first: bool) -> Option<String> {
    let (bare, dotted) = match word.strip_suffix('.') {
        Some(bare) => (bare, true),
        None => (word, false),
    };
    // “St-Jean”, “d'Av.”: the abbreviation is a part of the word.
    if let Some((head, tail)) = bare.split_once('-')
        && let Some(full) = find(WITHIN, head)
    {
        return Some(format!("{full}-{tail}"));
    }
    let within = || find(WITHIN, bare).or_else(|| dotted.then(|| find(DOTTED, bare)).flatten());
    let way = first.then(|| find(WAYS, bare)).flatten();
    way.or_else(within).map(str::to_owned)
}

fn find(table: &'static [(&str, &str)], word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    table.iter().find(|(short, _)| *short == word).map(|(_, full)| *full)
}

/// A word in small letters, with its first capital unless it is a link word. Each part of “L'ÉGLISE-HAUTE” is a
/// word of its own.
fn small_caps(word: &str, first: bool) -> String {
    let mut out = String::new();
    let mut part = String::new();
    for c in word.chars() {
        if c.is_alphanumeric() {
            part.push(c);
            continue;
        }
        out.push_str(&small_part(&part, first && out.is_empty()));
        part.clear();
        out.push(c);
    }
    let first = first && out.is_empty();
    out + &small_part(&part, first)
}

fn small_part(part: &str, first: bool) -> String {
    if part.chars().any(|c| c.is_ascii_digit()) || is_roman(part) {
        return part.to_owned();
    }
    let lower = part.to_lowercase();
    let accented = ACCENTED.iter().find(|(plain, _)| *plain == lower).map_or(lower.as_str(), |(_, accented)| *accented);
    if !first && SMALL.contains(&accented) { accented.to_owned() } else { capitalised(accented) }
}

/// Numbers of kings and popes; “DI”, “LI” and the like are words.
fn is_roman(part: &str) -> bool {
    !part.is_empty() && part.len() > 1 && part.chars().all(|c| "IVX".contains(c))
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    match characters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(characters).collect(),
        _ => word.to_owned(),
    }
}

/// The form under which names are sorted, looked for and found alike: small letters and figures, without accents.
pub fn key(name: &str) -> String {
    let folded = crate::slug::fold(name);
    folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The form under which two names are taken for the same: without link words.
pub fn alike(name: &str) -> String {
    let key = key(name);
    let words = key.split(' ').filter(|word| !matches!(*word, "de" | "du" | "des" | "d" | "la" | "le" | "les" | "l"));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a name begins as those of ways do: then what has no number is a street and not a lieu-dit.
pub fn is_of_a_way(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "carrefour",
        "chaussee",
        "cite",
        "clos",
        "cour",
        "cote",
        "descente",
        "digue",
        "draille",
        "echangeur",
        "escalier",
        "galerie",
        "giratoire",
        "mail",
        "parvis",
        "passerelle",
        "pont",
        "rampe",
        "rocade",
        "sente",
        "sentier",
        "rond",
        "voie",
        "villa",
        "rues",
        "allees",
        "petite",
        "grande",
        "vieille",
    ];
    let key = key(name);
    let first = key.split(' ').next().unwrap_or_default();
    let is_way = |(_, full): &&(&str, &str)| self::key(full) == first;
    let not_ways = ["domaine", "hameau", "lotissement", "quartier", "residence"];
    OTHERS.contains(&first) || (!not_ways.contains(&first) && WAYS.iter().any(|way| is_way(&way)))
}

/// The code of a regional language.
///
/// # Errors
/// [`Fault::Language`] unless it is three small letters.
pub fn language(code: &str) -> Result<String, Fault> {
    let sound = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    if sound { Ok(code.to_owned()) } else { Err(Fault::Language { code: code.chars().take(40).collect() }) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn proposed(name: &str) -> Option<String> {
        match checked(name) {
            Ok(_) => None,
            Err(Fault::NameStyle { proposed, .. }) => Some(proposed),
            Err(other) => panic!("{name}: {other}"),
        }
    }

    #[test]
    fn a_name_in_full_is_taken_as_it_is() {
        for name in [
            "Rue du Général de Gaulle",
            "Chemin de l'Église",
            "Avenue du 8 Mai 1945",
            "Rue Louis XIV",
            "Le Col de la Vache",
            "Place d’Armes",
            "ZA En Tourre",
            "Rue Saint-Jean",
            "Allée des Prés",
            "Rue du Cap",
            "La Borie Haute",
        ] {
            assert_eq!(proposed(name), None, "{name}");
        }
        assert_eq!(checked("  Rue   du  Moulin ").unwrap(), "Rue du Moulin");
    }

    #[test]
    fn an_abbreviation_is_refused_and_its_full_form_proposed() {
        for (name, full) in [
            ("Av. du Mal. Foch", "Avenue du Maréchal Foch"),
            ("Bd Carnot", "Boulevard Carnot"),
            ("R de la Paix", "Rue de la Paix"),
            ("Rue St-Jean", "Rue Saint-Jean"),
            ("Place Ste Anne", "Place Sainte Anne"),
            ("Imp du Dr Roux", "Impasse du Docteur Roux"),
        ] {
            assert_eq!(proposed(name).as_deref(), Some(full));
        }
    }

    #[test]
    fn capitals_become_small_letters_with_their_accents() {
        for (name, written) in [
            ("RUE DE LA REPUBLIQUE", "Rue de la République"),
            ("CHEMIN DE L'EGLISE", "Chemin de l'Église"),
            ("AV DU GENERAL LECLERC", "Avenue du Général Leclerc"),
            ("RUE LOUIS XIV", "Rue Louis XIV"),
            ("LES PRES HAUTS", "Les Prés Hauts"),
            ("L'HOPITAL", "L'Hôpital"),
            ("rue des Lilas", "Rue des Lilas"),
        ] {
            assert_eq!(proposed(name).as_deref(), Some(written));
        }
    }

    #[test]
    fn what_is_proposed_is_taken() {
        for name in ["AV DU GENERAL LECLERC", "bd st michel", "R. DU DR. ROUX", "CHE DE L'ILE-AUX-OISEAUX"] {
            let proposal = proposed(name).unwrap();
            assert_eq!(proposed(&proposal), None, "{name} → {proposal}");
        }
    }

    #[test]
    fn what_no_system_keeps_is_refused() {
        for name in ["", "ab", "Rue <b>", "Rue\u{0}x", "12 34", &"x".repeat(300), "道路の名"] {
            assert!(matches!(checked(name), Err(Fault::Name { .. })), "{name}");
        }
    }

    #[test]
    fn names_that_differ_by_accents_and_link_words_are_alike() {
        assert_eq!(alike("Rue de l'Église"), alike("RUE EGLISE"));
        assert_ne!(alike("Rue de l'Église"), alike("Place de l'Église"));
    }

    #[test]
    fn ways_are_told_from_lieux_dits_by_their_first_word() {
        assert!(
            is_of_a_way("Rue des Lilas") && is_of_a_way("Sentier du Bois") && is_of_a_way("Rond-Point de l'Europe")
        );
        assert!(!is_of_a_way("La Borie Haute") && !is_of_a_way("Hameau de Tersac") && !is_of_a_way("Domaine du Lac"));
    }
}
