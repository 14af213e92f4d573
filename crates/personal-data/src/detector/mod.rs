//! What can be found, one file each.

pub(crate) mod bank_card;
pub(crate) mod birth_date;
pub(crate) mod email;
pub(crate) mod free_text;
pub(crate) mod iban;
pub(crate) mod identity_document;
pub(crate) mod location;
pub(crate) mod marks;
pub(crate) mod nir;
pub(crate) mod person_name;
pub(crate) mod phone;
pub(crate) mod plate;
pub(crate) mod postal_address;
pub(crate) mod run;
pub(crate) mod small_cells;
pub(crate) mod sole_trader;

use serde::{Deserialize, Serialize};

use marks::{Mark, Marks};

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

    /// The marks that make a cell an example of it.
    pub(crate) const fn marks(self) -> Marks {
        use Mark::{
            Address, BankCard, BirthDate, Coordinate, EmailFunctional, EmailNominative, EmailWebmail, FirstName, Iban,
            IdentityDocument, LastName, Nir, NirKeyless, PersonStrong, PersonTitled, PersonWeak, PhoneLandline,
            PhoneMobile, PhoneSpecial, Plate, PlateLoose, Position, Siret, SmallCount, TextNamed, TextTitled,
        };
        match self {
            Self::Nir => Marks::of(&[Nir, NirKeyless]),
            Self::Iban => Marks::of(&[Iban]),
            Self::BankCard => Marks::of(&[BankCard]),
            Self::IdentityDocument => Marks::of(&[IdentityDocument]),
            Self::PersonName => Marks::of(&[PersonStrong, PersonWeak, PersonTitled, FirstName, LastName]),
            Self::BirthDate => Marks::of(&[BirthDate]),
            Self::PostalAddress => Marks::of(&[Address]),
            Self::Email => Marks::of(&[EmailFunctional, EmailNominative, EmailWebmail]),
            Self::Phone => Marks::of(&[PhoneMobile, PhoneLandline, PhoneSpecial]),
            Self::Plate => Marks::of(&[Plate, PlateLoose]),
            Self::Location => Marks::of(&[Coordinate, Position]),
            Self::FreeText => Marks::of(&[TextTitled, TextNamed]),
            Self::SoleTrader => Marks::of(&[Siret]),
            Self::SmallCells => Marks::of(&[SmallCount]),
        }
    }
}
