//! What can go wrong, with what to change.

/// Errors of the crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule file that isn't of the shape that `data/` documents.
    #[error("the rules cannot be read: {detail}; compare the file with the one that ships")]
    Rules {
        /// What and where.
        detail: String,
    },
    /// A finding points to a column that the table doesn't have.
    #[error("the table has no column “{field}”; scan it again and choose remedies from what is found")]
    UnknownField {
        /// The name that the finding holds.
        field: String,
    },
    /// A remedy that means nothing for what was found.
    #[error("“{finding}” cannot be treated by “{remedy}”; choose one of the remedies that the finding offers")]
    UnfitRemedy {
        /// Identifier of the finding.
        finding: String,
        /// Name of the remedy.
        remedy: &'static str,
    },
    /// Two remedies that would both turn rows into groups.
    #[error("only one finding can be treated by aggregation: it already replaces every row by groups")]
    SecondAggregate,
    /// More groups than may be held in memory.
    #[error("grouping gives more than {limit} groups; group by fewer columns, or by columns that repeat")]
    TooManyGroups {
        /// The limit.
        limit: usize,
    },
}
