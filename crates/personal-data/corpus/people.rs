//! Invented persons and what belongs to them, in the forms in which towns write it.

use super::random::Random;

/// Names that the lists know, names that they may not, and names of the whole world.
const FIRST: &[&str] = &[
    "Sophie",
    "Marie",
    "Jean",
    "Pierre",
    "Nathalie",
    "Philippe",
    "Isabelle",
    "Alain",
    "Léa",
    "Hugo",
    "Chloé",
    "Lucas",
    "Emma",
    "Enzo",
    "Manon",
    "Louis",
    "Camille",
    "Nicolas",
    "Julie",
    "Mathieu",
    "Céline",
    "Sébastien",
    "Aurélie",
    "Mohamed",
    "Fatima",
    "Karim",
    "Yasmine",
    "Inès",
    "Mehdi",
    "Amina",
    "Jean-Pierre",
    "Marie-Claude",
    "Anne-Sophie",
    "Zoé",
    "Noé",
    "Gaël",
    "Loïc",
    "Maëlle",
    "Élodie",
    "François",
    "Michèle",
    "Monique",
    "Guy",
    "Odette",
    "Roger",
    "Ysoline",
    "Thaddée",
    "Oumnia",
    "Aliénor",
    "Kévan",
    "Maïwenn",
    "Siobhan",
    "Wassila",
    "Djibril",
    "Rokhaya",
    "Tiphanie",
    "Cléo",
    "Nolwenn",
    "Ewen",
    "Swann",
    "Lilou",
    "Timéo",
    "Nino",
    "Soan",
    "Aaliyah",
];
const LAST: &[&str] = &[
    "Martin",
    "Bernard",
    "Dubois",
    "Durand",
    "Moreau",
    "Laurent",
    "Lefebvre",
    "Garcia",
    "Roux",
    "Fournier",
    "Girard",
    "Bonnet",
    "Dupont",
    "Lambert",
    "Rousseau",
    "Blanc",
    "Guérin",
    "Muller",
    "Henry",
    "Perrin",
    "Mathieu",
    "Chevalier",
    "Lopez",
    "Fontaine",
    "Faure",
    "Da Silva",
    "El Amrani",
    "Benali",
    "Nguyen",
    "Traoré",
    "Le Goff",
    "De Villeneuve",
    "Cazalbou",
    "Escourbiac",
    "Vidalenc",
    "Peyrefiche",
    "Rouanetou",
    "Bastidières",
    "Combelongue",
    "Marquefave",
    "Puigdoménech",
    "Zabalétégui",
    "Kerouanton",
    "Schwitzgebel",
    "Vandenbroucke",
    "Abdelmalekh",
    "Okonkwolo",
    "D'Aubrac",
    "Saint-Aubin",
    "Roquefeuilh",
    "Montlaurès",
    "Cabrespinet",
];
const STREETS: &[&str] = &[
    "rue des Lilas",
    "avenue du Général Leclerc",
    "chemin de la Fontaine",
    "place de la République",
    "impasse du Four",
    "boulevard Gambetta",
    "allée des Platanes",
    "route de Toulouse",
    "rue Jean Jaurès",
    "quai du Port",
    "rue du 8 Mai 1945",
    "lotissement Les Pins",
    "faubourg Saint-Antoine",
    "rue de l'Église",
    "montée du Château",
];
pub const TOWNS: &[(&str, &str)] = &[
    ("11150", "Bram"),
    ("11400", "Castelnaudary"),
    ("11300", "Limoux"),
    ("11000", "Carcassonne"),
    ("31250", "Revel"),
    ("11100", "Narbonne"),
    ("34500", "Béziers"),
    ("09100", "Pamiers"),
];
const WEBMAILS: &[&str] = &[
    "orange.fr",
    "gmail.com",
    "wanadoo.fr",
    "free.fr",
    "hotmail.fr",
    "laposte.net",
    "yahoo.fr",
    "sfr.fr",
    "outlook.fr",
];

#[derive(Clone)]
pub struct Person {
    pub first: String,
    pub last: String,
}

pub fn person(random: &mut Random) -> Person {
    Person { first: random.pick(FIRST).to_owned(), last: random.pick(LAST).to_owned() }
}

impl Person {
    /// `DUPONT Jean`, `Jean DUPONT`, `Jean Dupont`, `DUPONT JEAN`, `M. Dupont`, `Mme Sophie DUPONT`.
    pub fn written(&self, style: usize, random: &mut Random) -> String {
        let Self { first, last } = self;
        let upper = last.to_uppercase();
        match style % 6 {
            0 => format!("{upper} {first}"),
            1 => format!("{first} {upper}"),
            2 => format!("{first} {last}"),
            3 => format!("{upper} {}", first.to_uppercase()),
            4 => format!("{} {last}", random.pick(&["M.", "Mme", "Monsieur", "Madame"])),
            _ => format!("{} {first} {upper}", random.pick(&["M.", "Mme", "Mlle"])),
        }
    }

    pub fn email(&self, random: &mut Random) -> String {
        let plain = |name: &str| -> String {
            name.to_lowercase()
                .chars()
                .filter_map(|letter| match letter {
                    'a'..='z' => Some(letter),
                    'é' | 'è' | 'ê' | 'ë' => Some('e'),
                    'ï' | 'î' => Some('i'),
                    'ç' => Some('c'),
                    _ => None,
                })
                .collect()
        };
        let (first, last) = (plain(&self.first), plain(&self.last));
        let domain = random.pick(WEBMAILS);
        match random.between(0, 3) {
            0 => format!("{first}.{last}@{domain}"),
            1 => format!("{}{last}@{domain}", &first[..1]),
            2 => format!("{last}{}@{domain}", random.between(1, 99)),
            _ => format!("{first}_{last}@{domain}"),
        }
    }
}

pub fn mobile(style: usize, random: &mut Random) -> String {
    phone(random.pick(&["6", "7"]), style, random)
}

pub fn landline(style: usize, random: &mut Random) -> String {
    phone(random.pick(&["1", "4", "5"]), style, random)
}

fn phone(kind: &str, style: usize, random: &mut Random) -> String {
    let pairs: Vec<String> = (0..4).map(|_| format!("{:02}", random.between(0, 99))).collect();
    match style % 5 {
        0 => format!("0{kind} {}", pairs.join(" ")),
        1 => format!("0{kind}{}", pairs.concat()),
        2 => format!("0{kind}.{}", pairs.join(".")),
        3 => format!("+33{kind}{}", pairs.concat()),
        _ => format!("+33 {kind} {}", pairs.join(" ")),
    }
}

/// A social security number: with its key, alone, grouped, or without key; a twentieth in Corsica.
pub fn nir(style: usize, random: &mut Random) -> String {
    let corsica = random.chance(5);
    let department = match (corsica, random.chance(50)) {
        (true, true) => "2A".to_owned(),
        (true, false) => "2B".to_owned(),
        _ => format!("{:02}", random.between(1, 95)),
    };
    let number = format!(
        "{}{:02}{:02}{department}{:03}{:03}",
        random.between(1, 2),
        random.between(30, 99),
        random.between(1, 12),
        random.between(1, 900),
        random.between(1, 999)
    );
    let value: u64 = number.replace("2A", "19").replace("2B", "18").parse().unwrap();
    let key = format!("{:02}", 97 - value % 97);
    match style % 3 {
        0 => format!("{number}{key}"),
        1 => format!(
            "{} {} {} {} {} {} {key}",
            &number[..1],
            &number[1..3],
            &number[3..5],
            &number[5..7],
            &number[7..10],
            &number[10..]
        ),
        _ => number,
    }
}

/// A French account number with its two keys' worth of letters and digits, grouped or not.
pub fn iban(grouped: bool, random: &mut Random) -> String {
    let account = format!("{}{}{}", random.digits(10), random.letters(1), random.digits(12));
    let number: String = format!("{account}FR00")
        .chars()
        .map(|character| match character {
            '0'..='9' => character.to_string(),
            letter => (letter as u32 - 'A' as u32 + 10).to_string(),
        })
        .collect();
    let rest = number.bytes().fold(0_u64, |rest, byte| (rest * 10 + u64::from(byte - b'0')) % 97);
    let plain = format!("FR{:02}{account}", 98 - rest);
    if !grouped {
        return plain;
    }
    plain.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join(" ")
}

pub fn card(grouped: bool, random: &mut Random) -> String {
    let body = format!("{}{}", random.pick(&["4", "51", "55"]), random.digits(15));
    let body = &body[..15];
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let value = u32::from(byte - b'0') << (1 - index % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    let plain = format!("{body}{}", (10 - sum % 10) % 10);
    if grouped { format!("{} {} {} {}", &plain[..4], &plain[4..8], &plain[8..12], &plain[12..]) } else { plain }
}

pub fn plate(style: usize, random: &mut Random) -> String {
    let letters = |random: &mut Random, count: usize| -> String {
        (0..count)
            .map(|_| {
                random.pick(&[
                    "A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "Q", "R", "T", "V", "W", "X",
                    "Y", "Z",
                ])
            })
            .collect()
    };
    let number = format!("{:03}", random.between(1, 999));
    match style % 3 {
        0 => format!("{}-{number}-{}", letters(random, 2), letters(random, 2)),
        1 => format!("{} {number} {}", letters(random, 2), letters(random, 2)),
        _ => format!(
            "{} {} {}",
            random.between(1, 999),
            letters(random, 3),
            format_args!("{:02}", random.between(1, 95))
        ),
    }
}

pub fn birth(style: usize, random: &mut Random) -> String {
    date(style, 1935, 2018, random)
}

pub fn date(style: usize, from: u64, to: u64, random: &mut Random) -> String {
    let (year, month, day) = (random.between(from, to), random.between(1, 12), random.between(1, 28));
    match style % 3 {
        0 => format!("{year}-{month:02}-{day:02}"),
        1 => format!("{day:02}/{month:02}/{year}"),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}

pub fn street(random: &mut Random) -> String {
    format!("{}{} {}", random.between(1, 180), random.pick(&["", "", "", " bis", " ter", ","]), random.pick(STREETS))
}

pub fn address(random: &mut Random) -> String {
    let (postcode, town) = TOWNS[random.between(0, TOWNS.len() as u64 - 1) as usize];
    format!("{} {postcode} {town}", street(random))
}

pub fn siret(random: &mut Random) -> String {
    let body = random.digits(8);
    let siren = with_luhn(&body);
    with_luhn(&format!("{siren}{:04}", random.between(1, 99)))
}

fn with_luhn(body: &str) -> String {
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let value = u32::from(byte - b'0') << (1 - index % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}
