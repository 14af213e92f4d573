//! What can be done about a finding.

use serde::{Deserialize, Serialize};

use crate::{Detector, sentence};

/// A way of taking personal data out of columns. To keep it, with a justification by a named person, is the
/// catalogue's affair and no remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// The columns are dropped.
    Remove,
    /// What identifies is blotted out, the form of the cell stays: `M. D…`, `…@exemple.fr`, `06 ** ** ** **`.
    Mask,
    /// The value is made coarser.
    Generalise(Generalisation),
    /// Rows are replaced by counts of rows by group; groups under `k` never show.
    Aggregate {
        /// Least number of rows of a group.
        k: u64,
        /// Names of the columns to group by; the other columns are dropped.
        #[serde(default)]
        by: Vec<String>,
        /// What becomes of the groups under `k`.
        #[serde(default)]
        small: SmallGroups,
    },
}

/// How a value is made coarser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Generalisation {
    /// A date becomes its year.
    Year,
    /// An address becomes its postcode and commune.
    Locality,
    /// A coordinate keeps this number of decimals; three are a hundred metres or so.
    Decimals(u8),
}

/// What becomes of groups under the least count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmallGroups {
    /// They are counted together in one row, named « autres »; when that row is itself too small, the smallest group joins it.
    #[default]
    Merge,
    /// They are left out.
    Suppress,
}

impl Remedy {
    /// The stable name: `remove`, `mask`, `generalise`, `aggregate`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Mask => "mask",
            Self::Generalise(_) => "generalise",
            Self::Aggregate { .. } => "aggregate",
        }
    }

    /// What it does, in a sentence for a clerk. `language` is `fr` or `en`.
    pub fn description(&self, detector: Detector, language: &str) -> String {
        sentence::of_remedy(self, detector, language)
    }

    /// Whether it means something for what this detector finds.
    pub fn fits(&self, detector: Detector) -> bool {
        match self {
            Self::Remove | Self::Aggregate { .. } => true,
            // A number is masked whole: to remove the column says the same.
            Self::Mask => detector != Detector::SoleTrader,
            Self::Generalise(Generalisation::Year) => detector == Detector::BirthDate,
            Self::Generalise(Generalisation::Locality) => detector == Detector::PostalAddress,
            Self::Generalise(Generalisation::Decimals(_)) => detector == Detector::Location,
        }
    }
}
