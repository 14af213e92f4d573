//! What is around every step: whose draft it is, the row of steps, what was just done, what is to be corrected.

use catalog::draft::Draft;

use super::open::{self, Opened};
use super::posted::Person;
use super::route::{Mark, Step, mark, steps};
use crate::i18n::Text;
use crate::pages::reader::Reader;

/// What the steps' templates have in common.
pub struct Shell {
    /// `/publish/{draft}`
    pub href: String,
    /// Token of the forms.
    pub csrf: String,
    /// Revision of the draft that the page shows.
    pub revision: i64,
    /// The draft's name.
    pub file_name: String,
    /// “Enregistré il y a 5 minutes”.
    pub saved: String,
    /// The row of steps; empty while there is nothing to go to.
    pub stages: Vec<Stage>,
    /// What was just done.
    pub notice: Option<String>,
    /// What is to be corrected in the form.
    pub faults: Vec<String>,
    /// Whether the reader may decide anything here.
    pub may_change: bool,
}

/// A step in the row.
pub struct Stage {
    pub href: Option<String>,
    pub class: &'static str,
    pub mark: String,
    pub label: String,
    pub state: String,
    pub current: bool,
}

impl Shell {
    /// Around a step of a draft that was checked.
    pub fn of(reader: &Reader, person: &Person, opened: &Opened, current: Step) -> Self {
        let mut shell = Self::bare(reader, person, &opened.draft);
        shell.stages =
            (1..).zip(steps(opened)).map(|(place, step)| stage(place, step, opened, current, &reader.t)).collect();
        shell.may_change = opened.may_change;
        shell
    }

    /// Around work that has no draft yet.
    pub fn unnamed(person: &Person, name: String) -> Self {
        Self {
            href: "/publish".to_owned(),
            csrf: person.csrf.clone(),
            revision: 0,
            file_name: name,
            saved: String::new(),
            stages: Vec::new(),
            notice: None,
            faults: Vec::new(),
            may_change: true,
        }
    }

    /// Around a draft that isn't checked yet, or can't be.
    pub fn bare(reader: &Reader, person: &Person, draft: &Draft) -> Self {
        let t = &reader.t;
        Self {
            href: format!("/publish/{}", draft.id),
            csrf: person.csrf.clone(),
            revision: draft.revision,
            file_name: open::name(draft),
            saved: t.with("draft-saved", "when", &when(draft.modified_at, reader.now, t)),
            stages: Vec::new(),
            notice: None,
            faults: Vec::new(),
            may_change: true,
        }
    }
}

fn stage(place: usize, step: Step, opened: &Opened, current: Step, t: &Text) -> Stage {
    let stands = mark(step, opened);
    let (class, sign, state) = match stands {
        Mark::Pass => ("is-done", "✓".to_owned(), "stage-pass"),
        Mark::Done => ("is-done", "✓".to_owned(), "stage-done"),
        Mark::Open => ("is-open", "!".to_owned(), "stage-open"),
        Mark::Later => ("", place.to_string(), "stage-later"),
    };
    Stage {
        href: Some(step.href(&opened.draft)),
        class,
        mark: sign,
        label: t.get(&format!("stage-{}", step.name())),
        state: t.get(state),
        current: step == current,
    }
}

/// How long ago, in words; the day when it is longer ago than one.
pub fn when(then: jiff::Timestamp, now: jiff::Timestamp, t: &Text) -> String {
    let seconds = u64::try_from(now.as_second() - then.as_second()).unwrap_or(0);
    match seconds {
        0..60 => t.get("when-now"),
        60..3_600 => t.count("when-minutes", &(seconds / 60)),
        3_600..86_400 => t.count("when-hours", &(seconds / 3_600)),
        _ => t.with("when-day", "date", &t.day(&then)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_change_is_told_as_people_do() {
        let t = Text::french();
        let ago = |seconds: i64| {
            when(
                jiff::Timestamp::UNIX_EPOCH,
                jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(seconds),
                &t,
            )
        };
        assert_eq!(ago(3), "à l’instant");
        assert_eq!(ago(61), "il y a 1 minute");
        assert_eq!(ago(7_300), "il y a 2 heures");
        assert_eq!(ago(200_000), "le 1er\u{a0}janvier 1970");
        assert_eq!(ago(-5), "à l’instant");
    }
}
