//! The text form of a cursor.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{Error, Result, model::Cursor};

/// Longest text that is looked at.
const LONGEST: usize = 64 << 10;

#[derive(Serialize, Deserialize)]
struct Named {
    /// The snapshot's first characters.
    s: String,
    /// The keys.
    k: Vec<Option<String>>,
    /// The row.
    r: u64,
}

fn short(snapshot: &str) -> String {
    snapshot.chars().take(12).collect()
}

impl Cursor {
    /// The opaque text that a client gives back, for a page of this snapshot (its SHA-256 or any stable name).
    #[must_use]
    pub fn to_text(&self, snapshot: &str) -> String {
        let named = Named { s: short(snapshot), k: self.keys.clone(), r: self.row };
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&named).unwrap_or_default())
    }

    /// The cursor behind a text that [`Cursor::to_text`] gave.
    ///
    /// # Errors
    /// [`Error::BadCursor`] when the text is damaged or names another snapshot.
    pub fn from_text(text: &str, snapshot: &str) -> Result<Self> {
        if text.len() > LONGEST {
            return Err(Error::BadCursor);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::BadCursor)?;
        let named: Named = serde_json::from_slice(&bytes).map_err(|_| Error::BadCursor)?;
        if named.s != short(snapshot) {
            return Err(Error::BadCursor);
        }
        Ok(Self { keys: named.k, row: named.r })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_given_comes_back(keys in prop::collection::vec(prop::option::of(".{0,20}"), 0..4), row: u64) {
            let cursor = Cursor { keys, row };
            prop_assert_eq!(Cursor::from_text(&cursor.to_text("abc"), "abc").unwrap(), cursor);
        }

        #[test]
        fn any_text_is_answered_without_harm(text in ".{0,200}") {
            let _ = Cursor::from_text(&text, "abc");
        }
    }

    #[test]
    fn a_cursor_of_another_snapshot_is_refused() {
        let text = Cursor { keys: vec![], row: 1 }.to_text("one");
        assert!(matches!(Cursor::from_text(&text, "two"), Err(Error::BadCursor)));
    }
}
