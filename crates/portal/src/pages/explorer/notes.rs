//! What was noticed while the file was read, in the reader's language.

use tabular::Profile;
use tabular::profile::{SetAside, SetAsideReason};

use crate::i18n::{self, Text};

/// Notes shown.
const SHOWN: usize = 30;

/// How the file was read, what was set aside, what is odd.
pub fn notes(profile: &Profile, t: &Text) -> Vec<String> {
    let source = &profile.source;
    let mut notes = Vec::new();
    if let Some(encoding) = &source.encoding {
        notes.push(t.with("note-encoding", "encoding", encoding));
    }
    if let Some(crs) = &source.crs {
        notes.push(t.with("note-crs", "crs", crs));
    }
    if let Some(line) = source.header_line.filter(|line| *line > 1) {
        notes.push(t.with("note-header", "line", &t.integer(&line)));
    }
    notes.extend(
        profile.set_aside.iter().filter(|aside| aside.reason != SetAsideReason::Blank).map(|aside| set_aside(aside, t)),
    );
    notes.extend(profile.warnings.iter().map(|warning| i18n::warning(*t, warning)));
    notes.truncate(SHOWN);
    notes
}

fn set_aside(aside: &SetAside, t: &Text) -> String {
    let key = match aside.reason {
        SetAsideReason::Title => "note-title",
        SetAsideReason::Blank => "note-blank",
        SetAsideReason::Total => "note-total",
        SetAsideReason::Header => "note-header-again",
    };
    t.with2(key, "line", &t.integer(&aside.line), "text", &crate::chart::shorten(&aside.text, 120))
}
