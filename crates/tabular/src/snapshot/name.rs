//! Names of columns: those of the source, made unique.

use std::collections::HashSet;

use crate::{profile::Warning, read::Header};

/// Characters of a name; a longer header is cut.
const LONGEST: usize = 200;

/// Gives each column a unique name, and says what had to be changed.
///
/// White space is normalised, `__` in front (kept for this platform's own columns) becomes `_`, an empty header of the
/// third column gives `colonne_3`, and the second `nom` gives `nom_2`.
pub(crate) fn unique(headers: &[Header]) -> (Vec<String>, Vec<Warning>) {
    let wanted: Vec<String> = headers.iter().enumerate().map(|(index, header)| cleaned(&header.label, index)).collect();
    let originals: HashSet<&str> = wanted.iter().map(String::as_str).collect();
    let mut taken = HashSet::new();
    let mut warnings = Vec::new();
    let mut names = Vec::with_capacity(wanted.len());
    for (header, name) in headers.iter().zip(&wanted) {
        let unique = if taken.contains(name.as_str()) {
            (2..)
                .map(|n| format!("{name}_{n}"))
                .find(|n| !taken.contains(n.as_str()) && !originals.contains(n.as_str()))
        } else {
            None
        };
        let changed = match (&unique, header.label.trim().is_empty()) {
            (Some(_), _) => Some("duplicate-header"),
            (None, true) => Some("empty-header"),
            _ => None,
        };
        let unique = unique.unwrap_or_else(|| name.clone());
        if let Some(code) = changed {
            let detail = header.label.clone();
            warnings.push(Warning { code: code.to_owned(), line: None, column: Some(unique.clone()), detail });
        }
        taken.insert(unique.clone());
        names.push(unique);
    }
    (names, warnings)
}

fn cleaned(label: &str, index: usize) -> String {
    let words: Vec<&str> = label
        .split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .filter(|word| !word.is_empty())
        .collect();
    let name: String = words.join(" ").chars().take(LONGEST).collect();
    match name.strip_prefix("__") {
        _ if name.is_empty() => format!("colonne_{}", index + 1),
        Some(rest) => format!("_{}", rest.trim_start_matches('_')),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::RawKind;

    fn names(labels: &[&str]) -> Vec<String> {
        let headers: Vec<Header> =
            labels.iter().map(|label| Header { label: (*label).to_owned(), kind: RawKind::Text }).collect();
        unique(&headers).0
    }

    #[test]
    fn names_are_unique_and_near_to_the_headers() {
        assert_eq!(names(&["Été", "Été", "", "nom\n long "]), ["Été", "Été_2", "colonne_3", "nom long"]);
        assert_eq!(names(&["a", "a_2", "a", "a"]), ["a", "a_2", "a_3", "a_4"]);
        assert_eq!(names(&["__id", "___xmin", "_a"]), ["_id", "_xmin", "_a"]);
    }

    #[test]
    fn changes_are_told() {
        let header = |label: &str| Header { label: label.to_owned(), kind: RawKind::Text };
        let (_, warnings) = unique(&[header("a"), header("a"), header(" ")]);
        let codes: Vec<(&str, Option<&str>)> =
            warnings.iter().map(|warning| (warning.code.as_str(), warning.column.as_deref())).collect();
        assert_eq!(codes, [("duplicate-header", Some("a_2")), ("empty-header", Some("colonne_3"))]);
    }
}
