//! Bounds on what schemas and catalogues may ask of the machine.

/// Bytes of one schema; the largest of the national catalogue has 0.5 MB.
pub(crate) const MOST_SCHEMA_BYTES: usize = 4 << 20;
/// Bytes of a catalogue.
pub(crate) const MOST_CATALOGUE_BYTES: usize = 16 << 20;
/// Entries of a catalogue.
pub(crate) const MOST_ENTRIES: usize = 5_000;
/// Versions of an entry.
pub(crate) const MOST_VERSIONS: usize = 500;
/// Bytes of all schemas that one refresh keeps.
pub(crate) const MOST_REFRESHED_BYTES: usize = 512 << 20;
/// Columns of a header that are compared with schemas.
pub(crate) const MOST_COLUMNS: usize = 2_000;
