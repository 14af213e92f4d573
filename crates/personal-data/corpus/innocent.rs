//! Tables that may be published as they are, chosen for what in them looks personal and isn't.

use personal_data::Detector;

use super::{Sample, people, random::Random};

const PERSONAS: &[&str] = &[
    "Jean Moulin",
    "Victor Hugo",
    "Louise Michel",
    "Jean Jaurès",
    "Marie Curie",
    "Léon Blum",
    "Paul Sabatier",
    "Pierre Bayle",
    "Germaine Tillion",
    "Antoine Marty",
    "Louis Pergaud",
    "Jean Bringer",
];

pub fn add(samples: &mut Vec<Sample>, random: &mut Random, variant: usize) {
    samples.push(identifiers(random));
    samples.push(streets(random, variant));
    samples.push(schools(random, variant));
    samples.push(stops(random));
    samples.push(elected(random, variant));
    samples.push(deliberations(random, variant));
    samples.push(charging_points(random, variant));
    samples.push(associations(random, variant));
    samples.push(first_names(random));
    samples.push(trees(random));
    samples.push(budget(random));
    samples.push(codes(random));
    samples.push(contracts(random, variant));
    samples.push(subsidies_to_associations(random, variant));
    samples.push(events(random, variant));
}

fn rows(random: &mut Random) -> usize {
    random.between(40, 300) as usize
}

fn column(count: usize, cell: impl FnMut(usize) -> String) -> Vec<String> {
    (0..count).map(cell).collect()
}

pub fn association(random: &mut Random) -> String {
    let town = people::TOWNS[random.between(0, 7) as usize].1;
    match random.between(0, 9) {
        0 => format!("Association des parents d'élèves de l'école {}", random.pick(PERSONAS)),
        1 => format!("Judo club de {town}"),
        2 => format!("Les amis de {}", random.pick(PERSONAS)),
        3 => format!("COMITÉ DES FÊTES DE {}", town.to_uppercase()),
        4 => format!("Étoile sportive {town}"),
        5 => format!("Harmonie municipale de {town}"),
        6 => "Secours populaire français".to_owned(),
        7 => format!("Théâtre {}", random.pick(&["Na Loba", "des Quatre Saisons", "Paul Éluard", "du Vent"])),
        8 => format!("ACCA {town}"),
        _ => format!("{} XV", town.to_uppercase()),
    }
}

pub fn purpose(random: &mut Random) -> String {
    random
        .pick(&[
            "Fonctionnement 2024",
            "Organisation de la fête de la musique",
            "Achat de matériel sportif",
            "Projet jeunesse du quartier Saint-Jean",
            "Tournoi Jean Moulin des jeunes",
            "Aide au départ en vacances",
        ])
        .to_owned()
}

pub fn sentence(random: &mut Random) -> String {
    random
        .pick(&[
            "Lampadaire éteint devant l'école Jean Moulin depuis lundi",
            "Demande adressée à Monsieur le Maire pour un ralentisseur",
            "Dépôt sauvage avenue du Général Leclerc",
            "Banc cassé place Victor Hugo, près du kiosque",
            "Merci aux services pour leur passage rapide",
            "Trottoir abîmé rue Marie Curie au numéro 12",
            "Madame la Directrice de l'école a été prévenue",
        ])
        .to_owned()
}

pub fn street_name(random: &mut Random) -> String {
    format!("{} {}", random.pick(&["Rue", "Avenue", "Place", "Impasse", "Boulevard", "Chemin"]), random.pick(PERSONAS))
}

/// Numbers as long as those of persons: SIRET, orders of fifteen digits, references of sixteen, amounts.
fn identifiers(random: &mut Random) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("identifiers", "commandes.csv");
    sample.add("siret_fournisseur", column(count, |_| people::siret(random)));
    sample.add("numero_commande", column(count, |_| format!("1{}", random.digits(14))));
    sample.add("reference", column(count, |_| format!("4{}", random.digits(15))));
    sample.add(
        "montant",
        column(count, |_| {
            format!("{} {:03} {:03},00", random.between(1, 9), random.between(0, 999), random.between(0, 999))
        }),
    );
    sample.add("compteur", column(count, |_| format!("0{}", random.digits(9))));
    sample.add("engagement", column(count, |_| format!("FR{}{}", random.digits(2), random.digits(23))));
    sample.add(
        "horodatage",
        column(count, |_| {
            format!(
                "{:02}/{:02}/20{:02} {:02}:00",
                random.between(1, 9),
                random.between(1, 12),
                random.between(10, 25),
                random.between(10, 23)
            )
        }),
    );
    sample
}

/// Streets that bear names of persons, house numbers, coordinates: a local address base.
fn streets(random: &mut Random, variant: usize) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("addresses", if variant.is_multiple_of(2) { "bal.csv" } else { "voies.csv" });
    sample.add("numero", column(count, |_| random.between(1, 99).to_string()));
    sample.add(["voie_nom", "nom_voie", "libelle"][variant % 3], column(count, |_| street_name(random)));
    sample.add("commune_nom", column(count, |_| people::TOWNS[0].1.to_owned()));
    sample.add("long", column(count, |_| format!("2.{:06}", random.between(100_000, 900_000))));
    sample.add("lat", column(count, |_| format!("43.{:06}", random.between(100_000, 900_000))));
    sample.add("date_der_maj", column(count, |_| people::date(0, 2020, 2025, random)));
    sample
}

/// Schools named after persons, with address and telephone.
fn schools(random: &mut Random, variant: usize) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("schools", "equipements-scolaires.csv");
    let bare = variant.is_multiple_of(3);
    let names = column(count, |_| {
        if bare {
            random.pick(PERSONAS).to_owned()
        } else {
            format!("{} {}", random.pick(&["École", "Collège", "Groupe scolaire", "Gymnase"]), random.pick(PERSONAS))
        }
    });
    sample.add(["nom_ecole", "EQUIP_NOM", "equipement"][variant % 3], names);
    sample.add("adresse", column(count, |_| people::address(random)));
    let phone = sample.add("telephone", column(count, |_| people::landline(variant, random)));
    sample.fills(Detector::Phone, phone, false);
    sample.add("latitude", column(count, |_| format!("43.{:06}", random.between(100_000, 900_000))));
    sample.add("longitude", column(count, |_| format!("2.{:06}", random.between(100_000, 900_000))));
    sample
}

fn stops(random: &mut Random) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("stops", "stops.txt");
    sample.add("stop_id", column(count, |row| format!("S{row}")));
    sample.add("stop_name", column(count, |_| random.pick(PERSONAS).to_owned()));
    sample.add("stop_lat", column(count, |_| format!("43.{:06}", random.between(100_000, 900_000))));
    sample.add("stop_lon", column(count, |_| format!("2.{:06}", random.between(100_000, 900_000))));
    sample
}

/// Elected members: named, which the law allows.
fn elected(random: &mut Random, variant: usize) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("elected members", ["elus-municipaux.csv", "rne-conseillers.csv"][variant % 2]);
    let people: Vec<people::Person> = (0..count).map(|_| people::person(random)).collect();
    let last = sample.add("Nom de l'élu", people.iter().map(|person| person.last.to_uppercase()).collect());
    let first = sample.add("Prénom de l'élu", people.iter().map(|person| person.first.clone()).collect());
    sample.is(Detector::PersonName, &[last, first], false);
    sample.add("Date de début du mandat", column(count, |_| people::date(1, 2020, 2024, random)));
    sample
        .add("Libellé de la fonction", column(count, |_| random.pick(&["Maire", "Adjoint", "Conseiller"]).to_owned()));
    sample
}

fn deliberations(random: &mut Random, variant: usize) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("deliberations", "deliberations.csv");
    sample.add("COLL_NOM", vec!["Commune de Castelnaudary".to_owned(); count]);
    sample.add("DELIB_ID", column(count, |row| format!("2016-{row:03}db")));
    sample.add("DELIB_DATE", column(count, |_| people::date(variant, 1995, 2025, random)));
    sample.add(
        "DELIB_OBJET",
        column(count, |_| {
            random
                .pick(&[
                    "Autorise Monsieur le Maire à signer la convention",
                    "Dénomination de la rue Jean Moulin",
                    "Tarifs de la cantine Marie Curie",
                    "Budget primitif : vote",
                    "Acquisition d'une parcelle chemin de la Fontaine",
                    "Désignation du secrétaire de séance",
                ])
                .to_owned()
        }),
    );
    sample.add("VOTE_EFFECTIF", column(count, |_| "33".to_owned()));
    sample.add("VOTE_CONTRE", column(count, |_| random.between(0, 4).to_string()));
    sample
}

/// Charging points, with the contact of who runs them.
fn charging_points(random: &mut Random, variant: usize) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("charging points", "irve.csv");
    sample.add("nom_amenageur", column(count, |_| "Syndicat audois d'énergies".to_owned()));
    let contacts = column(count, |_| {
        random
            .pick(&["contact@syaden.fr", "supervision@izivia.com", "sav@reveo.fr", "jean.durand@syaden.fr"])
            .to_owned()
    });
    let contact = sample.add(["contact_amenageur", "contact_operateur"][variant % 2], contacts);
    sample.fills(Detector::Email, contact, false);
    let phone = sample.add("telephone_operateur", column(count, |_| people::landline(variant, random)));
    sample.fills(Detector::Phone, phone, false);
    sample.add("nom_station", column(count, |_| format!("Bram - {}", street_name(random))));
    sample.add(
        "coordonneesXY",
        column(count, |_| {
            format!("[2.{:06}, 43.{:06}]", random.between(100_000, 900_000), random.between(100_000, 900_000))
        }),
    );
    sample.add("date_mise_en_service", column(count, |_| people::date(0, 2015, 2025, random)));
    sample
}

fn associations(random: &mut Random, variant: usize) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("associations", "annuaire-associations.csv");
    sample.add(["nom", "Nom de l'association", "titre"][variant % 3], column(count, |_| association(random)));
    sample.add("siège", column(count, |_| people::address(random)));
    let email = sample.add(
        "email",
        column(count, |_| {
            format!(
                "{}@{}",
                random.pick(&["contact", "club", "asso.bram", "judo.bram", "secretariat"]),
                random.pick(&["asso-bram.fr", "judo11.fr", "orange.fr"])
            )
        }),
    );
    sample.fills(Detector::Email, email, false);
    let phone = sample.add(
        "tel",
        column(count, |_| {
            if random.chance(50) { people::landline(variant, random) } else { people::mobile(variant, random) }
        }),
    );
    sample.fills(Detector::Phone, phone, false);
    sample
}

fn first_names(random: &mut Random) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("first names", "prenoms.csv");
    sample.add("ENFANT_SEXE", column(count, |_| random.pick(&["F", "M"]).to_owned()));
    sample.add("ENFANT_PRENOM", column(count, |_| people::person(random).first));
    sample.add("NOMBRE_OCCURRENCES", column(count, |_| random.between(5, 60).to_string()));
    sample.add("ANNEE", column(count, |_| "2023".to_owned()));
    sample
}

fn trees(random: &mut Random) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("trees", "arbres.csv");
    sample.add(
        "essence",
        column(count, |_| {
            random
                .pick(&["Platane", "Olivier", "Rosier", "Prunus", "Laurent rose", "Micocoulier de Provence"])
                .to_owned()
        }),
    );
    sample.add("date_plantation", column(count, |_| people::date(1, 1920, 2020, random)));
    sample.add("adresse", column(count, |_| people::street(random)));
    sample.add("lat", column(count, |_| format!("43.{:06}", random.between(100_000, 900_000))));
    sample.add("lon", column(count, |_| format!("2.{:06}", random.between(100_000, 900_000))));
    sample
}

fn budget(random: &mut Random) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("budget", "budget-primitif.csv");
    sample.add("chapitre", column(count, |_| random.digits(3)));
    sample.add(
        "libelle",
        column(count, |_| {
            random
                .pick(&[
                    "Charges de personnel",
                    "Subventions de fonctionnement",
                    "Emprunts en euros",
                    "Fêtes et cérémonies",
                ])
                .to_owned()
        }),
    );
    sample.add(
        "montant",
        column(count, |_| {
            format!(
                " {} {:03} {:03},{:02} ",
                random.between(1, 99),
                random.between(0, 999),
                random.between(0, 999),
                random.between(0, 99)
            )
        }),
    );
    sample
}

/// Codes that look like plates, documents and dates.
fn codes(random: &mut Random) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("codes", "stock.csv");
    sample.add(
        "code_article",
        column(count, |_| format!("{}-{}-{}", random.letters(2), random.digits(3), random.letters(3))),
    );
    sample.add(
        "emplacement",
        column(count, |_| format!("{}-{}-{}", random.letters(1), random.digits(2), random.letters(2))),
    );
    sample.add("lot", column(count, |_| format!("{}{}{}", random.digits(2), random.letters(2), random.digits(5))));
    sample.add("peremption", column(count, |_| people::date(0, 2024, 2026, random)));
    sample.add("ean", column(count, |_| format!("3{}", random.digits(12))));
    sample
}

/// Public contracts, some held by persons in business under their own name.
fn contracts(random: &mut Random, variant: usize) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("contracts", "marches-publics-decp.csv");
    let names = column(count, |_| {
        if random.chance(10) {
            people::person(random).written(variant % 2, random)
        } else {
            format!("SARL {} BTP", random.letters(4))
        }
    });
    let rows = (0..count).filter(|row| !names[*row].starts_with("SARL")).collect();
    let holder = sample.add("titulaire_denomination", names);
    sample.holds(Detector::PersonName, holder, rows, false);
    sample.add(
        "objet",
        column(count, |_| {
            random
                .pick(&[
                    "Réfection de la toiture du gymnase Jean Moulin",
                    "Fourniture de denrées pour la cantine",
                    "Entretien des espaces verts du parc",
                ])
                .to_owned()
        }),
    );
    sample.add("montant", column(count, |_| random.digits(6)));
    sample
}

fn subsidies_to_associations(random: &mut Random, variant: usize) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("subsidies to associations", "subventions.csv");
    sample.add("nomAttribuant", vec!["Commune de Bram".to_owned(); count]);
    sample.add("nomBeneficiaire", column(count, |_| association(random)));
    sample.add("idBeneficiaire", column(count, |_| people::siret(random)));
    sample.add("dateConvention", column(count, |_| people::date(variant, 2010, 2025, random)));
    sample.add("objet", column(count, |_| purpose(random)));
    sample
}

/// What is on, where, and whom to call: services.
fn events(random: &mut Random, variant: usize) -> Sample {
    let count = rows(random);
    let mut sample = Sample::new("events", "agenda.csv");
    sample.add(
        "titre",
        column(count, |_| {
            random
                .pick(&[
                    "Fête de la Saint-Jean",
                    "Exposition Toulouse-Lautrec",
                    "Concert à l'église Saint-Michel",
                    "Marché de Noël",
                    "Visite guidée avec l'office de tourisme",
                ])
                .to_owned()
        }),
    );
    sample.add("lieu", column(count, |_| format!("Salle {}", random.pick(PERSONAS))));
    sample.add("adresse", column(count, |_| people::address(random)));
    let email = sample.add(
        "contact",
        column(count, |_| {
            random.pick(&["culture@ville-bram.fr", "accueil@theatre-bram.fr", "tourisme@ville-bram.fr"]).to_owned()
        }),
    );
    sample.fills(Detector::Email, email, false);
    sample.add("debut", column(count, |_| people::date(variant, 2024, 2026, random)));
    sample
}
