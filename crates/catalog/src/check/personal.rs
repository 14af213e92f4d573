//! What the guard found in a table, kept in its snapshot: `tables/{n}/personal.json`. Cells are masked in it.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use personal_data::{Context, Finding};
use serde::{Deserialize, Serialize};

use crate::error::{AtPath as _, Error, Result};

/// Name of the file, beside the typed table.
pub(crate) const PERSONAL_FILE: &str = "personal.json";
/// Grows when the guard finds other things in the same table: what was kept before is then found again.
const GUARD: u32 = 1;

/// What was found, and what the table was said to be when it was looked at: with another title or schema, the law may
/// say something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    guard: u32,
    k: u64,
    context: Context,
    pub findings: Vec<Finding>,
}

impl Kept {
    pub(crate) fn new(context: Context, options: &personal_data::Options, findings: Vec<Finding>) -> Self {
        Self { guard: GUARD, k: options.k, context, findings }
    }

    /// Whether a scan of today would find the same.
    pub(crate) fn answers(&self, context: &Context, options: &personal_data::Options) -> bool {
        self.guard == GUARD && self.k == options.k && self.context == *context
    }

    /// Writes it into the folder of the table; on the disk when it returns.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(PERSONAL_FILE);
        let json = serde_json::to_vec(self).map_err(|error| Error::Record(error.to_string()))?;
        let mut file = File::create(&path).at(&path)?;
        file.write_all(&json).and_then(|()| file.sync_all()).at(&path)
    }
}
