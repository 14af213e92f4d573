//! A page that waits for work: it asks again by itself, with script or without.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use catalog::PublishProgress;
use catalog::draft::{CheckProgress, Draft};
use tabular::error::Place;

use super::posted::{Asked, Person};
use super::shell::Shell;
use crate::i18n::{Fault, Text};
use crate::pages::frame::Frame;
use crate::pages::reader::Reader;

#[derive(Template)]
#[template(path = "assistant/wait.html")]
struct WaitPage {
    t: Text,
    frame: Frame,
    shell: Shell,
    title: String,
    lead: String,
    phase: String,
    count: String,
    percent: Option<u32>,
    href: String,
    status_href: String,
}

#[derive(Template)]
#[template(path = "assistant/unreadable.html")]
struct UnreadablePage {
    t: Text,
    frame: Frame,
    shell: Shell,
    fault: Fault,
}

/// How far a work is, in words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Progress {
    /// What is being done.
    pub phase: String,
    /// How much of it is done, as a sentence; empty when it isn't known.
    pub count: String,
    /// The same as a share of 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
}

impl Progress {
    /// Of a check.
    pub fn of_check(progress: CheckProgress, t: &Text) -> Self {
        let begun = progress.tables > 0;
        Self {
            phase: t.get(if begun { "wait-checking" } else { "wait-queued" }),
            count: if progress.rows > 0 { t.count("wait-rows", &progress.rows) } else { String::new() },
            percent: begun.then(|| (progress.share() * 100.0) as u32),
        }
    }

    /// Of the search for addresses.
    pub fn of_survey(progress: CheckProgress, t: &Text) -> Self {
        let begun = progress.tables > 0;
        Self { phase: t.get(if begun { "wait-locating" } else { "wait-queued" }), ..Self::of_check(progress, t) }
    }

    /// Of reading or publishing.
    pub fn of_publication(progress: Option<PublishProgress>, t: &Text) -> Self {
        let (phase, count, percent) = match progress {
            None => ("wait-reading", String::new(), None),
            Some(PublishProgress::Spooling { bytes, total }) => {
                let percent = total.filter(|total| *total > 0).map(|total| share(bytes, total));
                ("wait-fetching", t.size(&bytes), percent)
            }
            Some(PublishProgress::Reading { progress, .. }) => {
                ("wait-reading", t.count("wait-rows", &progress.rows), None)
            }
            Some(PublishProgress::Storing) => ("wait-publishing", String::new(), Some(99)),
        };
        Self { phase: t.get(phase), count, percent }
    }
}

fn share(part: u64, whole: u64) -> u32 {
    u32::try_from(part.saturating_mul(100) / whole).unwrap_or(100).min(100)
}

/// The page that waits for a check; shown at the address that was asked for.
pub fn checking(asked: &Asked, draft: &Draft, progress: CheckProgress) -> Response {
    let progress = Progress::of_check(progress, &asked.reader.t);
    of_draft(asked, draft, ("wait-title", "wait-lead"), progress)
}

/// The page that waits for addresses to be found.
pub fn locating(asked: &Asked, draft: &Draft, progress: CheckProgress) -> Response {
    let progress = Progress::of_survey(progress, &asked.reader.t);
    of_draft(asked, draft, ("wait-locate-title", "wait-lead"), progress)
}

fn of_draft(asked: &Asked, draft: &Draft, sentences: (&str, &str), progress: Progress) -> Response {
    let here = asked.reader.uri.path_and_query().map_or("", |here| here.as_str());
    let status = format!("/publish/{}/progress?to={here}", draft.id);
    let shell = Shell::bare(&asked.reader, &asked.person, draft);
    page(&asked.reader, shell, sentences, progress, status)
}

/// The page that waits for a file to be read, or for a dataset to be public.
pub fn working(reader: &Reader, person: &Person, name: String, progress: Progress, publishing: bool) -> Response {
    let sentences = if publishing { ("wait-publish-title", "wait-publish-lead") } else { ("wait-title", "wait-lead") };
    let shell = Shell::unnamed(person, name);
    page(reader, shell, sentences, progress, format!("{}/progress", reader.uri.path()))
}

fn page(
    reader: &Reader,
    shell: Shell,
    (title, lead): (&str, &str),
    progress: Progress,
    status_href: String,
) -> Response {
    let t = reader.t;
    let title = t.get(title);
    let frame = super::start::frame(reader, &title);
    let page = WaitPage {
        t,
        frame,
        shell,
        lead: t.get(lead),
        title,
        phase: progress.phase,
        count: progress.count,
        percent: progress.percent,
        href: reader.uri.path_and_query().map_or_else(String::new, |here| here.as_str().to_owned()),
        status_href,
    };
    reader.own(Ok(page))
}

/// The page that says why a file can't be checked, and takes another one.
pub fn failed(asked: &Asked, draft: &Draft, code: &str, detail: &str) -> Response {
    let t = asked.reader.t;
    let page = UnreadablePage {
        t,
        frame: super::start::frame(&asked.reader, &t.get("unreadable-title")),
        shell: Shell::bare(&asked.reader, &asked.person, draft),
        fault: Fault::new(t, code, detail, &Place::default()),
    };
    let mut response = asked.reader.own(Ok(page));
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_that_waits_for_its_turn_says_so() {
        let t = Text::french();
        let waiting = Progress::of_check(CheckProgress::default(), &t);
        assert_eq!((waiting.phase.as_str(), waiting.percent), ("En attente de son tour", None));
        let half = CheckProgress { tables_done: 0, tables: 1, rows: 50_000, rows_total: 100_000 };
        let half = Progress::of_check(half, &t);
        assert_eq!((half.percent, half.count.as_str()), (Some(50), "50\u{202f}000 lignes lues"));
    }
}
