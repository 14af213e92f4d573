//! Tables that hold personal data.

use std::collections::BTreeSet;

use personal_data::Detector;

use super::{
    Sample, innocent,
    people::{self, Person},
    random::Random,
};

pub fn add(samples: &mut Vec<Sample>, random: &mut Random, variant: usize) {
    samples.push(users(random, variant));
    samples.push(full_names(random, variant));
    samples.push(payroll(random, variant));
    samples.push(subsidies(random, variant));
    samples.push(residents(random, variant));
    samples.push(reports(random, variant));
    samples.push(newsletter(random, variant));
    samples.push(mute_header(random, variant));
    samples.push(payments(random, variant));
    samples.push(documents(random, variant));
    samples.push(traders(random, variant));
    samples.push(small_counts(random, variant));
    samples.push(patients(random, variant));
}

fn persons(random: &mut Random) -> Vec<Person> {
    let count = random.between(30, 300);
    (0..count).map(|_| people::person(random)).collect()
}

fn cells<T>(of: &[T], mut cell: impl FnMut(&T) -> String) -> Vec<String> {
    of.iter().map(&mut cell).collect()
}

/// The label that this variant of a table uses.
fn label<'a>(labels: &[&'a str], variant: usize) -> &'a str {
    labels[variant % labels.len()]
}

/// A register of users: first and last name, birth, address, telephone, e-mail.
fn users(random: &mut Random, variant: usize) -> Sample {
    let people = persons(random);
    let mut sample =
        Sample::new("users", label(&["inscriptions-bibliotheque.csv", "export.csv", "liste.xlsx"], variant));
    let last = cells(
        &people,
        |person| if variant.is_multiple_of(2) { person.last.to_uppercase() } else { person.last.clone() },
    );
    let last = sample.add(label(&["nom", "NOM", "Nom de famille", "nom_usager", "Nom d'usage"], variant), last);
    let first = cells(&people, |person| person.first.clone());
    let first = sample.add(label(&["prenom", "PRENOM", "Prénom", "prenom_usager", "Prénoms"], variant), first);
    sample.is(Detector::PersonName, &[last, first], true);
    let birth = sample.add(
        label(&["date_naissance", "Né(e) le", "DDN", "Date de naissance", "dt_naissance"], variant),
        cells(&people, |_| people::birth(variant, random)),
    );
    sample.fills(Detector::BirthDate, birth, true);
    let address = sample.add(
        label(&["adresse", "Adresse postale", "adresse_domicile", "ADRESSE"], variant),
        cells(&people, |_| if variant.is_multiple_of(3) { people::street(random) } else { people::address(random) }),
    );
    sample.is(Detector::PostalAddress, &[address], true);
    let phone = cells(&people, |_| {
        if random.chance(85) { people::mobile(variant, random) } else { people::landline(variant, random) }
    });
    let phone = sample.add(label(&["telephone", "Tél.", "portable", "num_tel"], variant), phone);
    sample.fills(Detector::Phone, phone, true);
    let email = cells(&people, |person| if random.chance(80) { person.email(random) } else { String::new() });
    let email = sample.add(label(&["email", "courriel", "Adresse e-mail", "mail"], variant), email);
    sample.fills(Detector::Email, email, true);
    sample
}

/// Whole names in one column, and what stands beside.
fn full_names(random: &mut Random, variant: usize) -> Sample {
    let people = persons(random);
    let mut sample =
        Sample::new("full names", label(&["export.csv", "planning.csv", "concessions-cimetiere.csv"], variant));
    sample.add("numero", (1..=people.len()).map(|number| number.to_string()).collect());
    let names = cells(&people, |person| person.written(variant, random));
    let name = sample
        .add(label(&["nom_prenom", "Demandeur", "identite", "Nom et prénom", "locataire", "personne"], variant), names);
    sample.fills(Detector::PersonName, name, true);
    let birth =
        sample.add(label(&["naissance", "date", "DDN"], variant), cells(&people, |_| people::birth(variant, random)));
    sample.fills(Detector::BirthDate, birth, true);
    let latitude = cells(&people, |_| format!("43.{:06}", random.between(100_000, 999_999)));
    let longitude = cells(&people, |_| format!("2.{:06}", random.between(100_000, 999_999)));
    let latitude = sample.add(label(&["lat", "latitude", "y_wgs84"], variant), latitude);
    let longitude = sample.add(label(&["lon", "longitude", "x_wgs84"], variant), longitude);
    sample.is(Detector::Location, &[latitude, longitude], true);
    sample
}

fn payroll(random: &mut Random, variant: usize) -> Sample {
    let people = persons(random);
    let mut sample = Sample::new("payroll", label(&["paie-2025.csv", "export_rh.csv"], variant));
    sample.add("matricule", cells(&people, |_| random.digits(6)));
    let style = variant % 3;
    let number = sample.add(
        label(&["num_secu", "NIR", "N° sécurité sociale"], variant),
        cells(&people, |_| people::nir(style, random)),
    );
    sample.fills(Detector::Nir, number, true);
    let account =
        cells(
            &people,
            |_| if random.chance(90) { people::iban(variant.is_multiple_of(2), random) } else { String::new() },
        );
    let account = sample.add(label(&["IBAN", "rib", "compte"], variant), account);
    sample.fills(Detector::Iban, account, true);
    sample.add(
        "salaire_brut",
        cells(&people, |_| format!("{}.{:02}", random.between(1_800, 4_200), random.between(0, 99))),
    );
    sample
}

/// Subsidies to associations, some to natural persons.
fn subsidies(random: &mut Random, variant: usize) -> Sample {
    let count = random.between(60, 300) as usize;
    let mut sample = Sample::new("subsidies", label(&["subventions-2024.csv", "export.csv"], variant));
    sample.add("nomAttribuant", vec!["Commune de Bram".to_owned(); count]);
    let mut rows = BTreeSet::new();
    let names = (0..count).map(|row| {
        if random.chance(6) || row == 5 {
            rows.insert(row);
            people::person(random).written(variant, random)
        } else {
            innocent::association(random)
        }
    });
    let names: Vec<String> = names.collect();
    let name = sample.add(label(&["nomBeneficiaire", "Bénéficiaire", "nom_beneficiaire"], variant), names);
    sample.holds(Detector::PersonName, name, rows, true);
    sample.add("objet", (0..count).map(|_| innocent::purpose(random)).collect());
    sample.add("montant", (0..count).map(|_| format!("{}.00", random.between(100, 20_000))).collect());
    sample
}

/// Parking permits: plates, names, addresses.
fn residents(random: &mut Random, variant: usize) -> Sample {
    let people = persons(random);
    let mut sample = Sample::new("residents", label(&["stationnement-residentiel.csv", "macarons.csv"], variant));
    let plates = cells(&people, |_| people::plate(variant, random));
    let plate = sample.add(label(&["immatriculation", "Plaque", "immat"], variant), plates);
    sample.fills(Detector::Plate, plate, true);
    let name = sample.add(
        label(&["titulaire", "Nom du demandeur", "abonné"], variant),
        cells(&people, |person| person.written(variant % 4, random)),
    );
    sample.fills(Detector::PersonName, name, true);
    let address = sample.add("adresse", cells(&people, |_| people::address(random)));
    sample.is(Detector::PostalAddress, &[address], true);
    sample
}

/// Reports by inhabitants: sentences that name persons, give numbers and addresses.
fn reports(random: &mut Random, variant: usize) -> Sample {
    let count = random.between(40, 200) as usize;
    let mut sample = Sample::new("reports", label(&["signalements.csv", "courriers.csv"], variant));
    sample.add("date", (0..count).map(|_| people::date(0, 2023, 2025, random)).collect());
    let (mut named, mut phones, mut mails) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let texts = (0..count).map(|row| {
        let person = people::person(random);
        match random.between(0, 5) {
            0 => {
                named.insert(row);
                format!("Plainte de {} concernant le bruit du voisinage", person.written(4, random))
            }
            1 => {
                named.insert(row);
                phones.insert(row);
                format!(
                    "{} demande à être rappelée au {} avant midi",
                    person.written(5, random),
                    people::mobile(variant, random)
                )
            }
            2 => {
                mails.insert(row);
                format!("Nid-de-poule signalé rue Jean Moulin, répondre à {}", person.email(random))
            }
            3 => {
                named.insert(row);
                format!("Chien errant, voir avec {} qui habite en face", person.written(1, random))
            }
            _ => innocent::sentence(random),
        }
    });
    let texts: Vec<String> = texts.collect();
    let text = sample.add(label(&["commentaire", "texte", "Message", "observations"], variant), texts);
    sample.holds(Detector::FreeText, text, named, true);
    sample.holds(Detector::Phone, text, phones, false);
    sample.holds(Detector::Email, text, mails, true);
    sample
}

fn newsletter(random: &mut Random, variant: usize) -> Sample {
    let people = persons(random);
    let mut sample = Sample::new("newsletter", "abonnes.csv");
    let email = sample
        .add(label(&["email", "mail", "adresse", "contact"], variant), cells(&people, |person| person.email(random)));
    sample.fills(Detector::Email, email, true);
    sample.add("inscription", cells(&people, |_| people::date(variant, 2019, 2025, random)));
    sample
}

/// First and last names whose headers say nothing.
fn mute_header(random: &mut Random, variant: usize) -> Sample {
    let people = persons(random);
    let mut sample = Sample::new("mute header", "donnees.csv");
    let (one, other) = (label(&["champ1", "A", "colonne_3"], variant), label(&["champ2", "B", "colonne_4"], variant));
    let last = sample.add(one, cells(&people, |person| person.last.to_uppercase()));
    let first = sample.add(other, cells(&people, |person| person.first.clone()));
    sample.is(Detector::PersonName, &[last, first], true);
    sample.add("classe", cells(&people, |_| random.pick(&["CP", "CE1", "CE2", "CM1", "CM2"]).to_owned()));
    sample
}

fn payments(random: &mut Random, variant: usize) -> Sample {
    let count = random.between(30, 200) as usize;
    let mut sample = Sample::new("payments", "encaissements.csv");
    sample.add("transaction", (0..count).map(|_| random.digits(12)).collect());
    let cards = (0..count).map(|_| people::card(variant.is_multiple_of(2), random)).collect();
    let card = sample.add(label(&["carte", "numero", "moyen"], variant), cards);
    sample.fills(Detector::BankCard, card, true);
    sample.add("montant", (0..count).map(|_| format!("{}.50", random.between(1, 90))).collect());
    sample
}

fn documents(random: &mut Random, variant: usize) -> Sample {
    let count = random.between(30, 100) as usize;
    let mut sample = Sample::new("documents", "etat-civil-demandes.csv");
    let numbers = (0..count).map(|_| match variant % 3 {
        0 => format!("{}{}{}", random.digits(2), random.letters(2), random.digits(5)),
        1 => random.digits(12),
        _ => format!("X{}{}", random.digits(1), random.digits(7)),
    });
    let numbers = numbers.collect();
    let number = sample.add(label(&["num_passeport", "CNI", "N° carte d'identité"], variant), numbers);
    sample.fills(Detector::IdentityDocument, number, true);
    sample
}

/// Shops run by persons under their own name, with their SIRET: both may be published in a list of shops.
fn traders(random: &mut Random, variant: usize) -> Sample {
    let people = persons(random);
    let mut sample = Sample::new("traders", "commerces-du-centre.csv");
    let name = sample
        .add(label(&["exploitant", "Gérant"], variant), cells(&people, |person| person.written(variant % 4, random)));
    sample.fills(Detector::PersonName, name, false);
    let siret = sample.add("siret", cells(&people, |_| people::siret(random)));
    sample.is(Detector::SoleTrader, &[siret], false);
    sample
}

fn small_counts(random: &mut Random, variant: usize) -> Sample {
    let count = random.between(20, 80) as usize;
    let mut sample =
        Sample::new("small counts", label(&["allocataires-par-quartier.csv", "prenoms-2024.csv"], variant));
    if variant.is_multiple_of(2) {
        sample.add("quartier", (0..count).map(|_| innocent::street_name(random)).collect());
        sample.add(
            "tranche_age",
            (0..count).map(|_| random.pick(&["0-17", "18-24", "25-59", "60+"]).to_owned()).collect(),
        );
    } else {
        sample.add("ENFANT_PRENOM", (0..count).map(|_| people::person(random).first).collect());
    }
    let counts =
        (0..count).map(|_| if random.chance(20) { random.between(1, 4) } else { random.between(5, 90) }.to_string());
    let counts: Vec<String> = counts.collect();
    let rows: BTreeSet<usize> =
        (0..count).filter(|row| counts[*row].len() == 1 && counts[*row].as_str() < "5").collect();
    let column = sample.add(label(&["nombre_beneficiaires", "NOMBRE_OCCURRENCES"], variant), counts);
    sample.holds(Detector::SmallCells, column, rows, false);
    sample
}

/// What must never be published: care and aid.
fn patients(random: &mut Random, variant: usize) -> Sample {
    let people = persons(random);
    let mut sample = Sample::new("social aid", label(&["ccas-secours-2024.csv", "portage-repas.csv"], variant));
    let name = sample.add(
        label(&["beneficiaire", "Nom prénom"], variant),
        cells(&people, |person| person.written(variant % 6, random)),
    );
    sample.fills(Detector::PersonName, name, true);
    let phone = sample.add("telephone", cells(&people, |_| people::landline(variant, random)));
    sample.fills(Detector::Phone, phone, true);
    sample.add("aide", cells(&people, |_| format!("{}.00", random.between(20, 300))));
    sample
}
