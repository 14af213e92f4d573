//! What can be found, one file each.

pub(crate) mod nir;

use serde::{Deserialize, Serialize};

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detector {
    /// Social security number (*numéro d’inscription au répertoire*), with its key.
    Nir,
    /// Bank account number.
    Iban,
    /// Payment card number.
    BankCard,
    /// Number of a passport, identity card or residence permit.
    IdentityDocument,
    /// First and last name of a natural person, in one column or two.
    PersonName,
    /// Birth date.
    BirthDate,
    /// Postal address of a person.
    PostalAddress,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Number plate of a vehicle.
    Plate,
    /// Coordinates, to better than a hundred metres or so, of a person.
    Location,
    /// Persons named within sentences.
    FreeText,
    /// SIRET or SIREN of a person in business under their own name.
    SoleTrader,
    /// Counts of persons so small that they may point to one.
    SmallCells,
}

impl Detector {
    /// Every detector, the gravest first.
    pub const ALL: [Self; 14] = [
        Self::Nir,
        Self::Iban,
        Self::BankCard,
        Self::IdentityDocument,
        Self::PersonName,
        Self::BirthDate,
        Self::PostalAddress,
        Self::Email,
        Self::Phone,
        Self::Plate,
        Self::Location,
        Self::FreeText,
        Self::SoleTrader,
        Self::SmallCells,
    ];

    /// The stable name, as in a finding's identifier: `nir`, `person-name`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nir => "nir",
            Self::Iban => "iban",
            Self::BankCard => "bank-card",
            Self::IdentityDocument => "identity-document",
            Self::PersonName => "person-name",
            Self::BirthDate => "birth-date",
            Self::PostalAddress => "postal-address",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Plate => "plate",
            Self::Location => "location",
            Self::FreeText => "free-text",
            Self::SoleTrader => "sole-trader",
            Self::SmallCells => "small-cells",
        }
    }
    /// The name that people read. `language` is `fr` or `en`.
    pub fn title(self, language: &str) -> String {
        crate::sentence::of_detector(self, language)
    }
}
