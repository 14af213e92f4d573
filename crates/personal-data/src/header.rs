//! What a column's header says that it holds.

use serde::Deserialize;

use crate::{
    text,
    vocabulary::{Phrase, Vocabulary},
};

/// What a header may speak of. The phrases are in `data/vocabulary.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Meaning {
    Nir,
    Identity,
    Iban,
    FirstName,
    LastName,
    FullName,
    BirthDate,
    OtherDate,
    Address,
    NumberInStreet,
    Postcode,
    Commune,
    Email,
    Phone,
    Plate,
    Latitude,
    Longitude,
    Coordinates,
    Siret,
    /// A person who isn't there by a public role: applicant, parent, beneficiary.
    PrivatePerson,
    /// A person who is: president, mayor, agent.
    PersonRole,
    /// Whom to reach at an organisation.
    Contact,
    OrganisationName,
    Place,
    Count,
    Persons,
    /// Votes and other counts that are published by law or are not of persons' situations.
    Ballot,
    Fiscal,
    /// Sex, age, nationality: the table is about persons.
    Demographic,
    Text,
}

impl Meaning {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 30] = [
        Self::Nir,
        Self::Identity,
        Self::Iban,
        Self::FirstName,
        Self::LastName,
        Self::FullName,
        Self::BirthDate,
        Self::OtherDate,
        Self::Address,
        Self::NumberInStreet,
        Self::Postcode,
        Self::Commune,
        Self::Email,
        Self::Phone,
        Self::Plate,
        Self::Latitude,
        Self::Longitude,
        Self::Coordinates,
        Self::Siret,
        Self::PrivatePerson,
        Self::PersonRole,
        Self::Contact,
        Self::OrganisationName,
        Self::Place,
        Self::Count,
        Self::Persons,
        Self::Ballot,
        Self::Fiscal,
        Self::Demographic,
        Self::Text,
    ];
}

/// All that one header says.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    /// Its words, as [`text::words`] gives them.
    pub(crate) words: String,
    meanings: u32,
}

impl Heading {
    pub(crate) fn new(label: &str) -> Self {
        let words = text::words(label);
        let mut heading = Self { meanings: 0, words };
        for (meaning, phrases) in &Vocabulary::get().meanings {
            if phrases.iter().any(|phrase: &Phrase| phrase.is_in(&heading.words)) {
                heading.meanings |= 1 << *meaning as u32;
            }
        }
        heading.settle();
        heading
    }

    pub(crate) fn says(&self, meaning: Meaning) -> bool {
        self.meanings & 1 << meaning as u32 != 0
    }

    pub(crate) fn says_any(&self, meanings: &[Meaning]) -> bool {
        meanings.iter().any(|meaning| self.says(*meaning))
    }

    /// Settles what two phrases say against each other.
    fn settle(&mut self) {
        if self.says(Meaning::FullName) {
            self.unsay(&[Meaning::FirstName, Meaning::LastName]);
        }
        // `nom_demandeur`, `nom de l’élu`: the name of a person; `nom_commune`, `nom_arret`: of something else.
        let of_person = self.says_any(&[Meaning::PrivatePerson, Meaning::PersonRole]);
        let of_thing = self.says_any(&[Meaning::Place, Meaning::OrganisationName]) && !of_person;
        let names = self.words.contains(" nom ") || self.words.contains(" noms ");
        let named = self.says_any(&[Meaning::FullName, Meaning::FirstName, Meaning::OrganisationName]);
        if names && of_person && !named {
            self.say(Meaning::LastName);
        }
        if of_thing {
            self.unsay(&[Meaning::LastName, Meaning::FirstName]);
        }
        if self.says(Meaning::BirthDate) {
            self.unsay(&[Meaning::OtherDate, Meaning::LastName]);
        }
        if self.says_any(&[Meaning::Email, Meaning::Phone]) {
            self.unsay(&[Meaning::Address, Meaning::LastName, Meaning::FullName]);
        }
    }

    fn say(&mut self, meaning: Meaning) {
        self.meanings |= 1 << meaning as u32;
    }

    fn unsay(&mut self, meanings: &[Meaning]) {
        for meaning in meanings {
            self.meanings &= !(1 << *meaning as u32);
        }
    }

    /// What tells this column's person from others of the table: `demandeur` in `nom_demandeur`.
    pub(crate) fn whose(&self) -> String {
        let name_words = [
            "nom",
            "noms",
            "prenom",
            "prenoms",
            "de",
            "du",
            "l",
            "la",
            "le",
            "famille",
            "usage",
            "usuel",
            "naissance",
            "d",
        ];
        self.words
            .split(' ')
            .filter(|word| !word.is_empty() && !name_words.contains(word))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::{Heading, Meaning};

    fn says(label: &str, meaning: Meaning) -> bool {
        Heading::new(label).says(meaning)
    }

    #[test]
    fn the_name_of_a_person_is_told_from_the_name_of_a_thing() {
        for label in ["Nom", "NOM_DEMANDEUR", "Nom de l'élu", "nom de famille"] {
            assert!(says(label, Meaning::LastName), "{label}");
        }
        for label in ["nom_commune", "NOM_STATION", "nom_arret", "Nombre", "COLL_NOM", "nom_enseigne"] {
            assert!(!says(label, Meaning::LastName), "{label}");
        }
        assert!(says("Nom et prénom", Meaning::FullName) && !says("Nom et prénom", Meaning::LastName));
    }

    #[test]
    fn birth_dates_are_told_from_other_dates_and_places_of_birth() {
        for label in ["date_naissance", "Né(e) le", "DDN", "Date de naissance de l'élu"] {
            assert!(says(label, Meaning::BirthDate), "{label}");
        }
        for label in ["lieu_naissance", "dateConvention", "date_debut_mandat", "nombre de naissances"] {
            assert!(!says(label, Meaning::BirthDate), "{label}");
        }
    }

    #[test]
    fn an_electronic_address_is_not_a_postal_one() {
        assert!(says("Adresse e-mail", Meaning::Email) && !says("Adresse e-mail", Meaning::Address));
        assert!(says("Adresse du siège", Meaning::Address));
    }

    #[test]
    fn the_person_meant_pairs_columns() {
        assert_eq!(Heading::new("nom_demandeur").whose(), Heading::new("prenom du demandeur").whose());
        assert_ne!(Heading::new("nom_pere").whose(), Heading::new("prenom_mere").whose());
    }
}
