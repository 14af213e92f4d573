//! The licences that data may be published under, in plain words, and which one a mixture of sources may carry.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;
use catalog::licence::compatibility::{self, Candidate, Ground, Verdict};
use catalog::licence::{self, FrenchAdministration, Licence};

use super::frame::Frame;
use super::reader::Reader;
use crate::State;
use crate::i18n::Text;
use crate::params;
use crate::problem::Problem;

/// Sources of one question.
const MOST_SOURCES: usize = 50;

#[derive(Template)]
#[template(path = "licences.html")]
struct LicencesPage {
    t: Text,
    frame: Frame,
    choices: Vec<Choice>,
    answer: Option<Answer>,
    licences: Vec<LicenceItem>,
}

struct Choice {
    id: String,
    name: String,
    chosen: bool,
}

/// What may be done with the chosen sources.
struct Answer {
    sentence: String,
    apart: Option<GroundWords>,
    candidates: Vec<CandidateWords>,
}

struct CandidateWords {
    name: String,
    verdict: String,
    class: &'static str,
    administration: String,
    grounds: Vec<GroundWords>,
}

struct GroundWords {
    source: String,
    reason: String,
    article: String,
}

struct LicenceItem {
    name: String,
    spdx: Option<String>,
    url: String,
    obligations: Vec<String>,
    administration: String,
    homologation: bool,
}

/// The page; `?source=…` as often as there are sources.
pub async fn show(reader: Reader, Extract(state): Extract<State>) -> Response {
    reader.answer(&state, async { page(&reader) }).await
}

fn page(reader: &Reader) -> Result<LicencesPage, Problem> {
    let t = reader.t;
    let sources = sources(reader.uri.query())?;
    let frame = Frame::new(reader, "", t.get("licences-title"), t.get("licences-lead"));
    let chosen = |licence: &Licence| {
        sources.iter().any(|source| licence::find(source).is_some_and(|found| found.id == licence.id))
    };
    let choice =
        |licence: &Licence| Choice { id: licence.id.clone(), name: name(licence, &t), chosen: chosen(licence) };
    Ok(LicencesPage {
        choices: licence::REGISTRY.iter().map(choice).collect(),
        answer: (!sources.is_empty()).then(|| answer(&sources, &t)),
        licences: licence::REGISTRY.iter().map(|licence| item(licence, &t)).collect(),
        frame,
        t,
    })
}

fn sources(query: Option<&str>) -> Result<Vec<String>, Problem> {
    let mut sources = Vec::new();
    for pair in params::pairs(query.unwrap_or_default()).take(MOST_SOURCES) {
        let pair = pair?;
        let value = pair.value.as_deref().unwrap_or_default();
        if pair.name == "source" && !value.is_empty() {
            sources.push(value.chars().take(200).collect());
        }
    }
    Ok(sources)
}

fn answer(sources: &[String], t: &Text) -> Answer {
    let combination = compatibility::combine(sources.iter().map(String::as_str));
    let sentence = match combination.suggested.as_deref().and_then(licence::find) {
        Some(licence) => t.with("licences-suggested", "licence", &name(licence, t)),
        None => t.get("licences-impossible"),
    };
    let apart = combination.apart.as_ref().map(|ground| ground_words("", ground, t));
    let candidates = combination.candidates.iter().filter_map(|candidate| candidate_words(candidate, t)).collect();
    Answer { sentence, apart, candidates }
}

fn candidate_words(candidate: &Candidate, t: &Text) -> Option<CandidateWords> {
    let licence = licence::find(&candidate.licence)?;
    let decisive = candidate.opinions.iter().filter(|opinion| opinion.verdict == candidate.verdict);
    let grounds = decisive.map(|opinion| {
        let source = licence::find(&opinion.source).map_or_else(|| opinion.source.clone(), |known| name(known, t));
        ground_words(&source, &opinion.ground, t)
    });
    let (verdict, class) = match candidate.verdict {
        Verdict::Yes => ("licences-yes", "yes"),
        Verdict::Care => ("licences-care", "care"),
        Verdict::No => ("licences-no", "no"),
    };
    Some(CandidateWords {
        name: name(licence, t),
        verdict: t.get(verdict),
        class,
        administration: administration(licence, t),
        grounds: grounds.collect(),
    })
}

fn ground_words(source: &str, ground: &Ground, t: &Text) -> GroundWords {
    GroundWords {
        source: source.to_owned(),
        reason: ground.reason.in_language(t.tag()).to_owned(),
        article: ground.article.in_language(t.tag()).to_owned(),
    }
}

fn item(licence: &Licence, t: &Text) -> LicenceItem {
    LicenceItem {
        name: name(licence, t),
        spdx: licence.spdx.clone(),
        url: licence.url.clone(),
        obligations: licence.obligations.iter().map(|words| words.in_language(t.tag()).to_owned()).collect(),
        administration: administration(licence, t),
        homologation: licence.french_administration == FrenchAdministration::Homologation,
    }
}

fn name(licence: &Licence, t: &Text) -> String {
    licence.name.in_language(t.tag()).to_owned()
}

/// Whether a French administration may use it, in words.
pub fn administration(licence: &Licence, t: &Text) -> String {
    t.get(match licence.french_administration {
        FrenchAdministration::Listed => "licence-listed",
        FrenchAdministration::Older => "licence-older",
        FrenchAdministration::LegalTerms => "licence-legal-terms",
        FrenchAdministration::Homologation => "licence-homologation",
        FrenchAdministration::No => "licence-not-for-administrations",
    })
}
