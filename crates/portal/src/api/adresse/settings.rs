//! What whoever runs the portal decides of its addresses.

/// Notices and limits of `/adresse`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whose the addresses are: `attribution` of each answer.
    pub attribution: String,
    /// Under which licence: `licence` of each answer.
    pub licence: String,
    /// Bytes of a file of addresses.
    pub file_bytes: u64,
    /// Bytes of a row or a line of it.
    pub row_bytes: usize,
    /// Files that are answered at once; others wait.
    pub files_at_once: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            attribution: "BAN".to_owned(),
            licence: "ETALAB-2.0".to_owned(),
            file_bytes: 4 << 30,
            row_bytes: 1 << 20,
            files_at_once: 4,
        }
    }
}
