//! Table Schema: parses descriptors, validates tables by column, reports, proposes repairs.
