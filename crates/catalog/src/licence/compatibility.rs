//! Which licences a database made from several sources may carry, and why not the others.
//!
//! The rules are data, `registry/compatibility.json`: for each licence of a source and each licence of the result, a
//! verdict with its reason and the article that it rests on. The first rule that names both decides. A result may
//! carry a licence when no source forbids it.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{FrenchAdministration, Licence, find};
use crate::registry::Bilingual;

static RULES: LazyLock<Registry> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../registry/compatibility.json")).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct Registry {
    /// Licences that a result could carry.
    targets: Vec<String>,
    rules: Vec<Rule>,
    unknown: Option<Ground>,
    apart: Option<Ground>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    from: Vec<String>,
    to: Vec<String>,
    verdict: Verdict,
    #[serde(flatten)]
    ground: Ground,
}

/// Why, and where that is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Article of the licence or of the law.
    pub article: Bilingual,
    /// One sentence.
    pub reason: Bilingual,
}

/// Whether what is derived may carry a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It may.
    Yes,
    /// It may, if something is seen to.
    Care,
    /// It may not.
    No,
}

/// What one source says of one licence of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opinion {
    /// The source's licence as it was given.
    pub source: String,
    /// What it allows.
    pub verdict: Verdict,
    /// Why.
    #[serde(flatten)]
    pub ground: Ground,
}

/// A licence that the result could carry, with what each source says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Identifier of the licence.
    pub licence: String,
    /// The strictest of the opinions.
    pub verdict: Verdict,
    /// Whether a French administration may use it.
    pub french_administration: FrenchAdministration,
    /// One for each different licence of the sources.
    pub opinions: Vec<Opinion>,
}

/// The answer for a set of sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Combination {
    /// The licence to take, if any: one of the list for administrations before others, the freest first.
    pub suggested: Option<String>,
    /// Every licence considered; those that may be carried first.
    pub candidates: Vec<Candidate>,
    /// What to do when no licence fits.
    pub apart: Option<Ground>,
}

impl Combination {
    /// The licences that the result may carry.
    pub fn may_carry(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(|candidate| candidate.verdict != Verdict::No)
    }
}

/// Says which licences a database derived from sources under these licences may carry. A name that isn't known forbids
/// all. Without sources anything may be carried.
pub fn combine<'a>(sources: impl IntoIterator<Item = &'a str>) -> Combination {
    let mut distinct: Vec<(&str, Option<&Licence>)> = Vec::new();
    for name in sources {
        let licence = find(name);
        let id = licence.map_or(name, |licence| licence.id.as_str());
        if !distinct.iter().any(|(known, _)| *known == id) {
            distinct.push((id, licence));
        }
    }
    let mut candidates: Vec<Candidate> =
        RULES.targets.iter().filter_map(|id| candidate(find(id)?, &distinct)).collect();
    // Stable: among equals the order of the data stays, which goes from what asks least of an administration.
    candidates.sort_by_key(|candidate| (candidate.verdict, !is_listed(candidate)));
    let suggested = candidates.first().filter(|best| best.verdict != Verdict::No).map(|best| best.licence.clone());
    let apart = if suggested.is_none() { RULES.apart.clone() } else { None };
    Combination { suggested, candidates, apart }
}

fn is_listed(candidate: &Candidate) -> bool {
    candidate.french_administration == FrenchAdministration::Listed
}

fn candidate(target: &'static Licence, sources: &[(&str, Option<&Licence>)]) -> Option<Candidate> {
    let opinions = sources.iter().map(|source| opinion(*source, target)).collect::<Option<Vec<_>>>()?;
    Some(Candidate {
        licence: target.id.clone(),
        verdict: opinions.iter().map(|opinion| opinion.verdict).max().unwrap_or(Verdict::Yes),
        french_administration: target.french_administration,
        opinions,
    })
}

fn opinion((name, licence): (&str, Option<&Licence>), target: &Licence) -> Option<Opinion> {
    let rule = licence.and_then(|source| {
        RULES.rules.iter().find(|rule| rule.from.contains(&source.id) && rule.to.contains(&target.id))
    });
    let (verdict, ground) = match rule {
        Some(rule) => (rule.verdict, rule.ground.clone()),
        None => (Verdict::No, RULES.unknown.clone()?),
    };
    Some(Opinion { source: name.to_owned(), verdict, ground })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::REGISTRY;
    use super::*;

    fn suggested(sources: &[&str]) -> Option<String> {
        combine(sources.iter().copied()).suggested
    }

    fn verdict(sources: &[&str], target: &str) -> Verdict {
        let combination = combine(sources.iter().copied());
        combination.candidates.iter().find(|candidate| candidate.licence == target).unwrap().verdict
    }

    #[test]
    fn permissive_sources_give_the_open_licence() {
        assert_eq!(suggested(&["lov2", "CC-BY-4.0", "CC0-1.0"]).as_deref(), Some("etalab-2.0"));
        assert_eq!(suggested(&["fr-crpa"]).as_deref(), Some("etalab-2.0"));
        assert_eq!(suggested(&[]).as_deref(), Some("etalab-2.0"));
    }

    #[test]
    fn a_source_under_odbl_makes_the_whole_odbl() {
        assert_eq!(suggested(&["etalab-2.0", "odbl"]).as_deref(), Some("ODbL-1.0"));
        assert_eq!(verdict(&["etalab-2.0", "odbl"], "etalab-2.0"), Verdict::No);
    }

    #[test]
    fn attribution_4_with_odbl_needs_care() {
        assert_eq!(verdict(&["CC-BY-4.0", "ODbL-1.0"], "ODbL-1.0"), Verdict::Care);
        assert_eq!(suggested(&["CC-BY-4.0", "ODbL-1.0"]).as_deref(), Some("ODbL-1.0"));
    }

    #[test]
    fn two_kinds_of_share_alike_do_not_meet_and_the_answer_says_what_to_do() {
        let combination = combine(["ODbL-1.0", "CC-BY-SA-4.0"]);
        assert_eq!(combination.suggested, None);
        assert_eq!(combination.may_carry().count(), 0);
        assert!(combination.apart.unwrap().article.fr.contains("4.5"));
    }

    #[test]
    fn share_alike_with_permissive_stays_share_alike() {
        assert_eq!(suggested(&["CC-BY-SA-4.0", "etalab-2.0"]).as_deref(), Some("CC-BY-SA-4.0"));
    }

    #[test]
    fn a_licence_without_a_text_forbids_everything() {
        let combination = combine(["libre", "etalab-2.0"]);
        assert_eq!(combination.suggested, None);
        assert!(combination.candidates.iter().all(|candidate| candidate.opinions[0].source == "libre"));
    }

    #[test]
    fn what_asks_to_be_named_does_not_become_public_domain() {
        assert_eq!(verdict(&["etalab-2.0"], "CC0-1.0"), Verdict::No);
        assert_eq!(verdict(&["PDDL-1.0"], "CC0-1.0"), Verdict::Yes);
    }

    #[test]
    fn every_licence_of_the_registry_has_a_rule_for_every_target() {
        for source in REGISTRY.iter() {
            for target in &RULES.targets {
                let ruled = RULES.rules.iter().any(|rule| rule.from.contains(&source.id) && rule.to.contains(target));
                assert!(ruled, "{} to {target}", source.id);
            }
        }
    }

    #[test]
    fn the_order_and_the_number_of_sources_do_not_matter() {
        let ids: Vec<&str> = REGISTRY.iter().map(|licence| licence.id.as_str()).collect();
        for a in &ids {
            for b in &ids {
                assert_eq!(suggested(&[a, b]), suggested(&[b, a, a]), "{a} {b}");
            }
        }
    }
}
