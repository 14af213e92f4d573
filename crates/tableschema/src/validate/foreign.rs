//! Tables that others refer to.

use std::collections::HashMap;

/// The keys of the tables that a schema's foreign keys refer to.
#[derive(Debug, Default)]
pub struct ForeignTables {
    #[allow(dead_code, reason = "filled by the next part of this module")]
    tables: HashMap<String, ()>,
}
