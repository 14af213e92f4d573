//! `--fix`: the repaired table, written beside the source, then checked as the source was.

use std::fs;
use std::path::{Path, PathBuf};

use catalog::check::{self, Done, Treatment};
use portal::i18n::Text;
use tableschema::repair::Proposal;
use tabular::{Limits, read::SourceFile};

use super::report::{Fixed, Repair, Report};
use super::source::{Source, is_url};
use super::table::{Stopped, Subject};
use super::{Arguments, workbook};
use crate::exit::Failure;

/// What is to be written, and which repairs are made.
#[derive(Debug, Clone)]
pub(super) struct Order {
    to: PathBuf,
    repairs: Wanted,
}

#[derive(Debug, Clone)]
enum Wanted {
    Certain,
    These(Vec<String>),
    All,
}

impl Order {
    /// The order that the options give; none without `--fix`.
    pub(super) fn of(arguments: &Arguments, text: Text) -> Result<Option<Self>, Failure> {
        let Some(to) = &arguments.fix else { return Ok(None) };
        let [file] = arguments.files.as_slice() else {
            return Err(Failure::Misuse(text.get("checked-fix-one-file")));
        };
        if !is_url(file) && same_file(Path::new(file), to) {
            return Err(Failure::Misuse(text.with("checked-fix-same-file", "path", file)));
        }
        let repairs = match (arguments.all_repairs, arguments.repair.as_slice()) {
            (true, _) => Wanted::All,
            (false, []) => Wanted::Certain,
            (false, these) => Wanted::These(these.to_vec()),
        };
        Ok(Some(Self { to: to.clone(), repairs }))
    }

    /// Writes the repaired table, then checks it.
    pub(super) fn carry_out(&self, subject: &Subject<'_>, proposals: &[Proposal]) -> Result<Fixed, Failure> {
        let text = subject.settings.text;
        let chosen = self.choose(proposals, text)?;
        let treatment = Treatment { repairs: chosen, ..Treatment::default() };
        let folder = self.to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let failed = |error: std::io::Error| Failure::failed(format!("{}: {error}", self.to.display()));
        let draft = tempfile::Builder::new().prefix(".cocagne-").tempdir_in(folder).map_err(failed)?;
        let csv = draft.path().join("fixed.csv");
        let transformed = check::transform(subject.table, &treatment, &csv)?;
        let after = recheck(&csv, subject)?;
        let written = if has_extension(&self.to, "xlsx") {
            let path = draft.path().join("fixed.xlsx");
            workbook::write(&csv, &path, subject)?;
            path
        } else {
            csv
        };
        fs::rename(written, &self.to).map_err(failed)?;
        Ok(Fixed {
            file: self.to.display().to_string(),
            valid: after.valid,
            rows: transformed.rows,
            repairs: done(&treatment.repairs, &transformed.done, text),
            errors: after.errors,
            error_count: after.error_count,
        })
    }

    fn choose(&self, proposals: &[Proposal], text: Text) -> Result<Vec<Proposal>, Failure> {
        let possible = || proposals.iter().filter(|proposal| proposal.applicable);
        let kept = |keep: &dyn Fn(&Proposal) -> bool| possible().filter(|proposal| keep(proposal)).cloned().collect();
        match &self.repairs {
            Wanted::All => Ok(kept(&|_| true)),
            Wanted::Certain => Ok(kept(&|proposal| proposal.certain)),
            Wanted::These(ids) => {
                if let Some(unknown) = ids.iter().find(|id| possible().all(|proposal| proposal.id != **id)) {
                    let known: Vec<&str> = possible().map(|proposal| proposal.id.as_str()).collect();
                    let sentence = text.with2("checked-no-repair", "repair", unknown, "repairs", &known.join(", "));
                    return Err(Failure::Misuse(sentence));
                }
                Ok(kept(&|proposal| ids.contains(&proposal.id)))
            }
        }
    }
}

/// The report of the repaired table, against the schema of the source.
fn recheck(path: &Path, subject: &Subject<'_>) -> Result<Report, Failure> {
    let scratch = tempfile::tempdir().map_err(Failure::failed)?;
    let file = SourceFile { path: path.to_owned(), name: subject.source.file.name.clone() };
    let source = Source { name: path.display().to_string(), file, scratch };
    let mut report = Report::of(&source.name);
    let unpacked = source.scratch.path().join("unpacked");
    fs::create_dir_all(&unpacked).map_err(Failure::failed)?;
    let tables = tabular::detect::open(&source.file, &Limits::default(), &unpacked).map_err(catalog::Error::from)?;
    for table in &tables {
        let fixed =
            Subject { table: table.as_ref(), chosen: subject.chosen, source: &source, settings: subject.settings };
        fixed.check(&mut report).map_err(|stopped| match stopped {
            Stopped::Unreadable(error) => Failure::from(catalog::Error::from(error)),
            Stopped::Failed(failure) => failure,
        })?;
    }
    report.valid = report.error_count == 0;
    Ok(report)
}

/// The repairs that were made, with what each changed.
fn done(repairs: &[Proposal], done: &[Done], text: Text) -> Vec<Repair> {
    let made = |of: &Proposal| {
        let counts = done.iter().filter_map(|done| match done {
            Done::Repair { id, count } if *id == of.id => Some(*count),
            Done::Repair { .. } | Done::Remedy { .. } | Done::Geocoding { .. } => None,
        });
        Repair { count: counts.sum(), ..Repair::of(of, None, text) }
    };
    repairs.iter().map(made).collect()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

fn same_file(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
