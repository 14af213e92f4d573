//! What is wrong with a question, in the reader's language.

use crate::i18n::Text;
use crate::params::{ParamError, Reason};

/// One sentence: where, what, how to mend.
pub fn sentence(error: &ParamError, t: &Text) -> String {
    let why = match &error.reason {
        Reason::UnknownColumn(column, Some(near)) => {
            t.with2("fault-unknown-column-near", "column", column, "near", near)
        }
        Reason::UnknownColumn(column, None) => t.with("fault-unknown-column", "column", column),
        Reason::UnknownParameter => t.get("fault-unknown-parameter"),
        Reason::NotForColumn(_) => t.get("fault-not-for-column"),
        Reason::PageTooLarge(most) => t.with("fault-page-too-large", "most", &t.integer(most)),
        Reason::StaleCursor => t.get("fault-stale-cursor"),
        Reason::TooMany(..) => t.get("fault-too-many"),
        Reason::OutOfRange { least, greatest } => {
            t.with2("fault-out-of-range", "least", &t.integer(least), "greatest", &t.integer(greatest))
        }
        Reason::Malformed(_) | Reason::Encoding | Reason::Conflict(_) => t.get("fault-malformed"),
    };
    t.with2("fault-where", "argument", &crate::chart::shorten(&error.argument, 120), "why", &why)
}
