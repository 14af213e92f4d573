//! The rules of law, read from `data/rules.json`: which ground decides, and how grave a finding is, in which circumstances.
//!
//! A lawyer edits that file; the code only says which circumstances are met. The first rule of the detector whose
//! circumstances are all met, and none of whose exceptions is, decides.

use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use crate::{Detector, Error, Level};

const SHIPPED: &str = include_str!("../data/rules.json");

static DEFAULT: LazyLock<Arc<Rules>> =
    LazyLock::new(|| Arc::new(Rules::parse(SHIPPED.as_bytes()).unwrap_or_else(|_| Rules::unreadable())));

/// A text in the two languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Translated {
    fr: String,
    en: String,
}

impl Translated {
    fn of(&self, language: &str) -> &str {
        if language.starts_with("en") { &self.en } else { &self.fr }
    }
}

/// Whether the law lets the data be published as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Publication {
    /// They may be published.
    Allowed,
    /// They may, on conditions that a person has to check.
    Conditional,
    /// They may not, unless they are treated first or the persons agree.
    Refused,
}

/// A rule of law: the article, and what it says of publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// Stable name: `elected-members`.
    pub id: String,
    /// Whether publication is allowed.
    pub publication: Publication,
    article: Translated,
    /// Day since which the rule holds, ISO 8601.
    pub since: String,
    text: Translated,
}

impl Ground {
    /// The text and its article: `CRPA, art. L. 312-1-2`. `language` is `fr` or `en`.
    pub fn article(&self, language: &str) -> &str {
        self.article.of(language)
    }

    /// What it says here, in a sentence for a clerk, with the article. `language` is `fr` or `en`.
    pub fn text(&self, language: &str) -> String {
        format!("{} ({})", self.text.of(language), self.article(language))
    }
}

/// What is known of the place where personal data were met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Circumstance {
    /// The table is about elected members.
    Elected,
    /// The table lists acts of a council or of a mayor.
    Acts,
    /// The table lists subsidies.
    Subsidies,
    /// The table lists public contracts.
    Contracts,
    /// The table counts first names from the civil registry.
    FirstNames,
    /// The table is about social aid, health or school meals by quotient: persons in need.
    SocialAid,
    /// The table is a directory of agents or services.
    Agents,
    /// The table is about associations, shops, equipments, places.
    Organisations,
    /// The table lists results of examinations or competitions.
    Results,
    /// The table is about permits and declarations of town planning.
    Planning,
    /// Rows hold the name of a natural person.
    BesidePerson,
    /// The header says that the column is about a private person (beneficiary, applicant, parent…).
    PrivateHeader,
    /// The header says what was found.
    HeaderSays,
    /// The header says that the column is the contact of an organisation.
    ContactHeader,
    /// Mostly addresses of services: `contact@`, `mairie@`.
    Functional,
    /// A notable share of addresses at a public mail provider.
    Webmail,
    /// Mostly addresses that name a person at an organisation.
    Nominative,
    /// A notable share of mobile numbers.
    Mobile,
    /// First and last names both.
    FullName,
    /// Few cells among many that name organisations or things.
    Mixed,
    /// Persons named with their title (M., Mme).
    Titled,
    /// Only few cells are concerned, and the header says nothing.
    Scattered,
    /// Counts from taxation.
    Fiscal,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    detector: Detector,
    #[serde(default)]
    when: Vec<Circumstance>,
    #[serde(default)]
    unless: Vec<Circumstance>,
    level: Level,
    ground: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    grounds: Vec<Ground>,
    rules: Vec<Rule>,
}

/// The grounds and the rules that choose among them.
#[derive(Debug, Clone)]
pub struct Rules {
    grounds: Vec<Ground>,
    rules: Vec<Rule>,
}

impl Rules {
    /// The rules that ship with the crate.
    pub fn shipped() -> Arc<Self> {
        Arc::clone(&DEFAULT)
    }

    /// Reads rules of the shape of `data/rules.json`.
    ///
    /// # Errors
    /// When the shape is another, a rule names a ground that isn't there, or a detector has no rule without circumstances.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let written: Written =
            serde_json::from_slice(bytes).map_err(|fault| Error::Rules { detail: fault.to_string() })?;
        for rule in &written.rules {
            if !written.grounds.iter().any(|ground| ground.id == rule.ground) {
                return Err(Error::Rules { detail: format!("no ground “{}”", rule.ground) });
            }
        }
        for detector in Detector::ALL {
            let decides = |rule: &Rule| rule.detector == detector && rule.when.is_empty() && rule.unless.is_empty();
            if !written.rules.iter().any(decides) {
                return Err(Error::Rules {
                    detail: format!("no rule without “when” for “{}”", detector.name())
                });
            }
        }
        Ok(Self { grounds: written.grounds, rules: written.rules })
    }

    /// The grounds, in the order of the file.
    pub fn grounds(&self) -> &[Ground] {
        &self.grounds
    }

    /// The level and the ground in these circumstances.
    pub fn decide(&self, detector: Detector, met: &[Circumstance]) -> (Level, Ground) {
        let holds = |rule: &&Rule| {
            rule.detector == detector
                && rule.when.iter().all(|circumstance| met.contains(circumstance))
                && !rule.unless.iter().any(|circumstance| met.contains(circumstance))
        };
        let decided = self.rules.iter().find(holds).and_then(|rule| {
            let ground = self.grounds.iter().find(|ground| ground.id == rule.ground)?;
            Some((rule.level, ground.clone()))
        });
        decided.unwrap_or_else(|| (Level::High, Ground::unknown()))
    }

    /// What remains when the shipped file cannot be read, which a test excludes: everything is held.
    fn unreadable() -> Self {
        Self { grounds: Vec::new(), rules: Vec::new() }
    }
}

impl Ground {
    fn unknown() -> Self {
        let nothing = || Translated { fr: String::new(), en: String::new() };
        Self {
            id: "unknown".to_owned(),
            publication: Publication::Refused,
            article: nothing(),
            since: String::new(),
            text: nothing(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_sound_and_every_ground_is_used() {
        let rules = Rules::parse(SHIPPED.as_bytes()).unwrap();
        for ground in rules.grounds() {
            assert!(rules.rules.iter().any(|rule| rule.ground == ground.id), "{} decides nothing", ground.id);
            assert!(!ground.text("fr").is_empty() && !ground.article("en").is_empty(), "{}", ground.id);
        }
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        let rules = Rules::shipped();
        let level = |met: &[Circumstance]| rules.decide(Detector::PersonName, met).0;
        assert_eq!(level(&[]), Level::High);
        assert_eq!(level(&[Circumstance::Elected]), Level::Low);
        assert_eq!(level(&[Circumstance::Elected, Circumstance::SocialAid]), Level::High, "aid comes before all");
    }

    #[test]
    fn a_rule_without_its_ground_or_a_detector_without_a_rule_is_refused() {
        let fault = |text: &str| Rules::parse(text.as_bytes()).map(|_| ()).unwrap_err().to_string();
        assert!(fault("{").contains("cannot be read"));
        assert!(
            fault(r#"{"grounds": [], "rules": [{"detector": "nir", "level": "high", "ground": "x"}]}"#).contains("“x”")
        );
        assert!(fault(r#"{"grounds": [], "rules": []}"#).contains("“nir”"));
        assert!(
            fault(
                r#"{"grounds": [], "rules": [{"detector": "nir", "when": ["bad"], "level": "high", "ground": "x"}]}"#
            )
            .contains("bad")
        );
    }
}
