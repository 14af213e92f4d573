//! The fields of a posted form, in their order; a name may come several times.

use catalog::draft::TableKey;
use sha2::{Digest as _, Sha256};

/// Fields of a form at most: some thousand choices are more than a person makes.
const MOST: usize = 5_000;

/// What a form says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of a form, the first [`MOST`] of them.
    pub fn new(mut fields: Vec<(String, String)>) -> Self {
        fields.truncate(MOST);
        Self(fields)
    }

    /// The value of a field, trimmed; empty when the form lacks it.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default().trim()
    }

    /// The value of a field as it came.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The values of a field that may come several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every field but these.
    pub fn without(&self, names: &[&str]) -> Vec<(String, String)> {
        self.0.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect()
    }

    /// The revision of the draft that the form was made on; none fits when the form doesn't say.
    pub fn revision(&self) -> i64 {
        self.get("revision").parse().unwrap_or(-1)
    }
}

/// A table as forms name it: `0-1`.
pub fn table_name(key: TableKey) -> String {
    format!("{}-{}", key.source, key.table)
}

/// The table of a name.
pub fn table_key(name: &str) -> Option<TableKey> {
    let (source, table) = name.split_once('-')?;
    Some(TableKey { source: source.parse().ok()?, table: table.parse().ok()? })
}

/// The identifier of a repair or a finding as forms carry it: identifiers hold names of columns, which may hold line
/// breaks that a browser would write otherwise.
pub fn short_name(id: &str) -> String {
    Sha256::digest(id.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_found_by_its_name() {
        let key = TableKey { source: 2, table: 11 };
        assert_eq!(table_key(&table_name(key)), Some(key));
        assert_eq!(table_key("2"), None);
        assert_eq!(table_key("-1-2"), None);
    }

    #[test]
    fn a_short_name_is_written_alike_by_every_browser() {
        let name = short_name("trim:Nom\nde la société");
        assert_eq!(name.len(), 16);
        assert!(name.chars().all(|c| c.is_ascii_hexdigit()));
        assert_ne!(name, short_name("trim:Nom de la société"));
    }

    #[test]
    fn a_form_without_a_revision_was_made_on_none() {
        assert_eq!(Fields::default().revision(), -1);
        assert_eq!(Fields::new(vec![("revision".to_owned(), "7".to_owned())]).revision(), 7);
    }
}
