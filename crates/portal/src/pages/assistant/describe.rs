//! What is said of the dataset: proposed from its content, corrected by its author.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use catalog::draft::{Description, Edit};
use catalog::licence::{FrenchAdministration, Licence, REGISTRY};
use catalog::slug::fold;
use catalog::{frequency, theme};
use geography::territory;

use super::fields::Fields;
use super::open::Opened;
use super::posted::{Asked, Posted, either};
use super::route::Step;
use super::shell::Shell;
use super::start::frame;
use super::suggest::{Said, Saying, title_above};
use crate::i18n::Text;
use crate::pages::frame::Frame;
use crate::problem::Problem;

/// Years of a dataset at most.
const MOST_YEARS: usize = 100;

#[derive(Template)]
#[template(path = "assistant/describe.html")]
struct DescribePage {
    t: Text,
    frame: Frame,
    shell: Shell,
    form: Form,
    licences: Vec<LicenceChoice>,
    other_licences: Vec<LicenceChoice>,
    other_chosen: bool,
    themes: Vec<Choice>,
    frequencies: Vec<Choice>,
}

struct Form {
    title: Field,
    description: Field,
    keywords: Field,
    years: Field,
    territory: Field,
    contact: Field,
    source: Field,
    licence_from: Option<String>,
    themes_from: Option<String>,
    frequency_from: Option<String>,
}

#[derive(Default)]
struct Field {
    value: String,
    /// From where it is proposed.
    from: Option<String>,
    wrong: bool,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct LicenceChoice {
    value: String,
    label: String,
    asks: String,
    warning: Option<String>,
    recommended: bool,
    chosen: bool,
}

/// What is said of a draft that was checked.
///
/// # Errors
/// When a profile or the dataset to be updated can't be read.
pub async fn saying(asked: &Asked, opened: &Opened) -> Result<Saying, Problem> {
    let platform = &asked.state.platform;
    let first = opened.tables().next().and_then(|(choices, _)| Some((opened.table(choices.key)?.0, choices.key.table)));
    let above = match first {
        Some((source, table)) => title_above(&platform.store.profile(&source.snapshot, table).await?),
        None => None,
    };
    let current = match &opened.draft.choices.dataset {
        Some(key) => platform.records.dataset(key).await?,
        None => None,
    };
    let proposal = platform.propose_description(asked.id, &asked.person.actor).await?;
    Ok(Saying::of(&opened.draft, current.as_ref(), above, proposal, &asked.reader.t))
}

/// The page.
pub async fn show(asked: Asked) -> Response {
    either(
        async {
            let opened = asked.open().await?;
            let page = saying(&asked, &opened).await.map(|saying| page(&asked, &opened, &saying));
            Ok(asked.reader.own(page))
        }
        .await,
    )
}

fn page(asked: &Asked, opened: &Opened, saying: &Saying) -> DescribePage {
    let t = asked.reader.t;
    let chosen = saying.licence.value.as_str();
    let usable = |licence: &&Licence| licence.french_administration == FrenchAdministration::Listed;
    let (listed, others): (Vec<&Licence>, Vec<&Licence>) = REGISTRY.iter().partition(usable);
    DescribePage {
        frame: frame(&asked.reader, &t.get("describe-title")),
        shell: Shell::of(&asked.reader, &asked.person, opened, Step::Describe),
        form: form(saying),
        other_chosen: others.iter().any(|licence| licence.id == chosen),
        licences: listed.into_iter().map(|licence| licence_choice(licence, chosen, &t)).collect(),
        other_licences: others.into_iter().map(|licence| licence_choice(licence, chosen, &t)).collect(),
        themes: theme::THEMES
            .iter()
            .map(|theme| Choice {
                value: theme.code.clone(),
                label: theme.name.in_language(t.tag()).to_owned(),
                chosen: saying.themes.value.contains(&theme.code),
            })
            .collect(),
        frequencies: frequency::FREQUENCIES
            .iter()
            .map(|frequency| Choice {
                value: frequency.code.clone(),
                label: frequency.name.in_language(t.tag()).to_owned(),
                chosen: frequency.code == saying.frequency.value,
            })
            .collect(),
        t,
    }
}

fn form(saying: &Saying) -> Form {
    let text = |said: &Said<String>| Field { value: said.value.clone(), from: said.from.clone(), wrong: false };
    let maybe = |said: &Said<Option<String>>| Field {
        value: said.value.clone().unwrap_or_default(),
        from: said.from.clone(),
        wrong: false,
    };
    Form {
        title: text(&saying.title),
        description: text(&saying.description),
        keywords: Field { value: saying.keywords.value.join(", "), from: saying.keywords.from.clone(), wrong: false },
        years: Field { value: written_years(&saying.years.value), from: saying.years.from.clone(), wrong: false },
        territory: Field {
            value: saying.territory.value.as_deref().map(written_territory).unwrap_or_default(),
            from: saying.territory.from.clone(),
            wrong: false,
        },
        contact: maybe(&saying.contact_email),
        source: maybe(&saying.source),
        licence_from: saying.licence.from.clone(),
        themes_from: saying.themes.from.clone(),
        frequency_from: saying.frequency.from.clone(),
    }
}

fn licence_choice(licence: &Licence, chosen: &str, t: &Text) -> LicenceChoice {
    let asks: Vec<&str> = licence.obligations.iter().map(|words| words.in_language(t.tag())).collect();
    let warning = match licence.french_administration {
        FrenchAdministration::Listed => None,
        FrenchAdministration::Older => Some("describe-licence-older"),
        FrenchAdministration::LegalTerms => Some("describe-licence-legal"),
        FrenchAdministration::Homologation => Some("describe-licence-homologation"),
        FrenchAdministration::No => Some("describe-licence-no"),
    };
    LicenceChoice {
        value: licence.id.clone(),
        label: licence.name.in_language(t.tag()).to_owned(),
        asks: if asks.is_empty() { t.get("describe-licence-nothing") } else { asks.join(" ") },
        warning: warning.map(|key| t.get(key)),
        recommended: licence.id == catalog::licence::DEFAULT,
        chosen: licence.id == chosen,
    }
}

/// Keeps what is said, and goes on to the preview.
pub async fn decide(posted: Posted) -> Response {
    either(
        async {
            let (description, faults) = read(&posted.fields);
            if !faults.is_empty() {
                return Ok(faulty(&posted, &faults).await);
            }
            posted.change(vec![Edit::Describe { description }]).await?;
            Ok(posted.go(Step::Preview))
        }
        .await,
    )
}

/// The page again with what was typed, and what is to be corrected.
async fn faulty(posted: &Posted, faults: &[&'static str]) -> Response {
    either(
        async {
            let asked = &posted.asked;
            let opened = asked.open().await?;
            let saying = saying(asked, &opened).await.map_err(|problem| asked.reader.fail(&problem))?;
            let mut page = page(asked, &opened, &typed(saying, &posted.fields));
            let typed = |name: &str, key: &str| Field {
                value: posted.fields.get(name).to_owned(),
                from: None,
                wrong: faults.contains(&key),
            };
            page.form.title = typed("title", "describe-error-title");
            page.form.years = typed("years", "describe-error-years");
            page.form.territory = typed("territory", "describe-error-territory");
            page.form.contact = typed("contact", "describe-error-email");
            page.shell.faults = faults.iter().map(|key| page.t.get(key)).collect();
            let mut response = asked.reader.own(Ok(page));
            if response.status() == StatusCode::OK {
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            Ok(response)
        }
        .await,
    )
}

/// What was typed, where it can be understood.
fn typed(saying: Saying, fields: &Fields) -> Saying {
    let text = |name: &str| Said { value: fields.get(name).to_owned(), from: None };
    let list = |values: Vec<String>| Said { value: values, from: None };
    Saying {
        description: text("description"),
        licence: text("licence"),
        frequency: text("frequency"),
        keywords: list(separated(fields.get("keywords"))),
        themes: list(fields.all("theme").map(str::to_owned).collect()),
        source: Said { value: Some(fields.get("source").to_owned()), from: None },
        ..saying
    }
}

/// What a form says, and the keys of the sentences about what can't be taken.
fn read(fields: &Fields) -> (Description, Vec<&'static str>) {
    let mut faults = Vec::new();
    let said = |name: &str| Some(fields.get(name).to_owned()).filter(|value| !value.is_empty());
    let title = said("title");
    if title.is_none() {
        faults.push("describe-error-title");
    }
    let years = read_years(fields.get("years"));
    if years.is_none() {
        faults.push("describe-error-years");
    }
    let contact = said("contact");
    if contact.as_ref().is_some_and(|contact| !is_email(contact)) {
        faults.push("describe-error-email");
    }
    let territory = said("territory").map(|text| read_territory(&text));
    if territory == Some(None) {
        faults.push("describe-error-territory");
    }
    let description = Description {
        title,
        // Emptied on purpose is not the same as never said.
        description: Some(fields.get("description").to_owned()),
        licence: said("licence"),
        themes: Some(fields.all("theme").map(str::to_owned).collect()),
        keywords: Some(separated(fields.get("keywords"))),
        territory: territory.flatten(),
        frequency: said("frequency"),
        years,
        contact_email: contact,
        source_note: said("source"),
    };
    (description, faults)
}

fn separated(text: &str) -> Vec<String> {
    let words = text.split([',', ';', '\n']).map(|word| word.split_whitespace().collect::<Vec<_>>().join(" "));
    words.filter(|word| !word.is_empty()).collect()
}

fn is_email(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !text.contains(char::is_whitespace))
}

/// A territory as people write it: `Castelnaudary (11076)`, its name alone, or as the catalogue has it.
pub(super) fn read_territory(text: &str) -> Option<String> {
    if let Some(known) = territory::find(text) {
        return Some(known.key());
    }
    let (name, code) = match text.split_once('(') {
        Some((name, rest)) => (name.trim(), Some(rest.trim_end_matches([')', ' ']).trim())),
        None => (text, None),
    };
    let wanted = fold(name);
    let named = territory::suggest(name, None, 50).into_iter().filter(|one| fold(one.name()) == wanted);
    named.into_iter().find(|one| code.is_none_or(|code| one.code() == code)).map(territory::Territory::key)
}

/// The same as [`read_territory`] takes it back.
pub(super) fn written_territory(key: &str) -> String {
    territory::find(key).map_or_else(|| key.to_owned(), |known| format!("{} ({})", known.name(), known.code()))
}

/// Years separated by commas, and periods with a dash; `None` when something else is written.
fn read_years(text: &str) -> Option<Vec<i16>> {
    let mut years = Vec::new();
    for part in text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (from, to): (i16, i16) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        if !(1000..=2200).contains(&from) || !(from..=2200).contains(&to) || years.len() > MOST_YEARS {
            return None;
        }
        years.extend(from..=to);
    }
    years.sort_unstable();
    years.dedup();
    (years.len() <= MOST_YEARS).then_some(years)
}

/// Years as [`read_years`] takes them back: runs with a dash.
fn written_years(years: &[i16]) -> String {
    let mut runs: Vec<(i16, i16)> = Vec::new();
    for year in years {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *year => *last = *year,
            _ => runs.push((*year, *year)),
        }
    }
    let written = |(from, to): &(i16, i16)| if from == to { from.to_string() } else { format!("{from}-{to}") };
    runs.iter().map(written).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_as_they_are_written() {
        for years in [vec![], vec![2014], vec![2012, 2013, 2014], vec![2010, 2012, 2013]] {
            assert_eq!(read_years(&written_years(&years)), Some(years));
        }
        assert_eq!(read_years("2012 – 2014"), None);
        assert_eq!(read_years("2012–2014"), Some(vec![2012, 2013, 2014]));
        assert_eq!(read_years("l'an dernier"), None);
        assert_eq!(read_years("1000-2200"), None);
    }

    #[test]
    fn keywords_are_separated_as_people_do() {
        assert_eq!(
            separated("sport,  culture ; \n associations  sportives,"),
            ["sport", "culture", "associations sportives"]
        );
    }

    #[test]
    fn a_territory_is_written_by_its_name() {
        let castelnaudary = Some("commune:11076".to_owned());
        assert_eq!(written_territory("commune:11076"), "Castelnaudary (11076)");
        for text in ["Castelnaudary (11076)", "castelnaudary", "commune:11076"] {
            assert_eq!(read_territory(text), castelnaudary, "{text}");
        }
        assert_eq!(read_territory("Nulle-Part-en-Lauragais"), None);
        assert_eq!(read_territory("commune:<b>"), None);
    }
}
