//! The way through the steps: those without anything to decide are passed over.

use catalog::check::TableCheck;
use catalog::draft::{Draft, TableChoices};
use personal_data::{Finding, Level};

use super::locate;
use super::open::Opened;

/// A step of the assistant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What was understood.
    File,
    /// What is wrong, and its repairs.
    Check,
    /// What names persons.
    Personal,
    /// Where the addresses are, when there are some.
    Locate,
    /// What is said of the dataset.
    Describe,
    /// All of it, and the page that it will be.
    Preview,
}

impl Step {
    /// All of them, in their order.
    pub const ALL: [Self; 6] = [Self::File, Self::Check, Self::Personal, Self::Locate, Self::Describe, Self::Preview];

    /// Its name in addresses and in the keys of sentences.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Check => "check",
            Self::Personal => "personal",
            Self::Locate => "locate",
            Self::Describe => "describe",
            Self::Preview => "preview",
        }
    }

    /// The step of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// Where it is for a draft.
    pub fn href(self, draft: &Draft) -> String {
        format!("/publish/{}/{}", draft.id, self.name())
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// There is nothing to say.
    Pass,
    /// What was to be decided is decided.
    Done,
    /// Something is to be decided.
    Open,
    /// It comes last.
    Later,
}

/// How a step stands for a draft.
pub fn mark(step: Step, opened: &Opened) -> Mark {
    match step {
        Step::File | Step::Describe => Mark::Done,
        Step::Preview => Mark::Later,
        Step::Locate if undecided_addresses(opened) => Mark::Later,
        Step::Locate => Mark::Done,
        Step::Check if undecided_repairs(opened) => Mark::Open,
        Step::Check if opened.tables().all(|(_, check)| is_clean(check)) => Mark::Pass,
        Step::Check => Mark::Done,
        Step::Personal if open_findings(opened).next().is_some() => Mark::Open,
        Step::Personal if opened.tables().all(|(_, check)| check.personal.is_empty()) => Mark::Pass,
        Step::Personal => Mark::Done,
    }
}

/// Where one goes from a step: the next one with something to decide.
pub fn after(step: Step, opened: &Opened) -> Step {
    let check = opened.tables().any(|(choices, check)| !is_clean(check) || likely(choices, check));
    let personal = opened.tables().flat_map(|(_, check)| &check.personal).any(|finding| finding.level >= Level::Medium);
    match step {
        Step::File if check => Step::Check,
        Step::File | Step::Check if personal => Step::Personal,
        Step::File | Step::Check | Step::Personal if undecided_addresses(opened) => Step::Locate,
        _ => Step::Preview,
    }
}

/// Where somebody who comes back goes on.
pub fn resumed(opened: &Opened) -> Step {
    if undecided_repairs(opened) {
        Step::Check
    } else if open_findings(opened).next().is_some() {
        Step::Personal
    } else if undecided_addresses(opened) {
        Step::Locate
    } else {
        Step::Preview
    }
}

/// The steps that a draft has: places are found only for what has addresses.
pub fn steps(opened: &Opened) -> impl Iterator<Item = Step> {
    let addresses = !locate::offers(opened).is_empty();
    Step::ALL.into_iter().filter(move |step| *step != Step::Locate || addresses)
}

/// Whether nobody said yet if addresses are to be placed.
fn undecided_addresses(opened: &Opened) -> bool {
    locate::offers(opened).iter().any(|offer| offer.said.is_none())
}

/// Findings that hold publication: high, and neither treated nor justified.
pub fn open_findings(opened: &Opened) -> impl Iterator<Item = &Finding> {
    opened.tables().flat_map(|(choices, check)| {
        check.personal.iter().filter(|finding| finding.level == Level::High && !is_settled(finding, choices))
    })
}

/// Whether something was decided about a finding.
pub fn is_settled(finding: &Finding, choices: &TableChoices) -> bool {
    choices.remedies.contains_key(&finding.id)
        || choices.justifications.iter().any(|justified| justified.finding == finding.id)
}

fn undecided_repairs(opened: &Opened) -> bool {
    opened.tables().any(|(choices, check)| {
        choices.repairs.is_empty() && check.repairs.iter().any(|proposal| proposal.certain && proposal.applicable)
    })
}

fn is_clean(check: &TableCheck) -> bool {
    check.repairs.is_empty() && check.validation.as_ref().is_none_or(|report| report.error_count == 0)
}

/// Whether a schema is worth proposing for a table that follows none.
fn likely(choices: &TableChoices, check: &TableCheck) -> bool {
    choices.schema.is_none() && check.resembles.first().is_some_and(|best| best.is_convincing())
}
