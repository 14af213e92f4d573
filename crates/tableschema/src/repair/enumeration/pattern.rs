//! Lists of words hidden in patterns: `(?:(?:^|\|)(Gratuit|Payant))+$` allows `Gratuit|Payant`.
//!
//! What is found is only a supposition: what is built with it must still satisfy the pattern.

/// Words that a pattern lists, and what stands between several of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) values: Vec<String>,
    pub(super) separator: Option<String>,
}

/// Longest pattern that is looked at, in bytes.
const LONGEST: usize = 20_000;

/// The words that a pattern lists, if it does.
pub(super) fn listed(pattern: &str) -> Option<Listed> {
    if pattern.len() > LONGEST {
        return None;
    }
    let (mut best, mut alone): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for group in innermost(pattern) {
        let Some(words) = words(group) else { continue };
        match words.as_slice() {
            [word] if group.starts_with('^') => alone.push(word.clone()),
            _ if words.len() > best.len() && words.len() > 1 => best = words,
            _ => {}
        }
    }
    // « (^Marché$)|(^Accord-cadre$) »
    let values = if alone.len() > best.len() { alone } else { best };
    (values.len() > 1).then(|| Listed { values, separator: separator(pattern).map(str::to_owned) })
}

/// The insides of groups that hold no other group.
fn innermost(pattern: &str) -> impl Iterator<Item = &str> {
    let (mut opened, mut escaped, mut groups) = (None, false, Vec::new());
    for (place, character) in pattern.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => opened = Some(place + 1),
            ')' => groups.extend(opened.take().map(|start| &pattern[start..place])),
            _ => {}
        }
    }
    groups.into_iter()
}

/// The alternatives of a group, when all are plain words.
fn words(group: &str) -> Option<Vec<String>> {
    let group = group.strip_prefix("?:").unwrap_or(group);
    let (mut words, mut word, mut escaped) = (Vec::new(), String::new(), false);
    for character in group.chars() {
        match character {
            _ if escaped => {
                // `\d` and the like are no words.
                if character.is_alphanumeric() {
                    return None;
                }
                word.push(character);
                escaped = false;
            }
            '\\' => escaped = true,
            '|' => words.push(std::mem::take(&mut word)),
            '^' | '$' => {}
            '[' | ']' | '*' | '+' | '?' | '{' | '}' | '.' => return None,
            _ => word.push(character),
        }
    }
    words.push(word);
    words.iter().all(|word| word.chars().any(char::is_alphanumeric)).then_some(words)
}

/// What the pattern puts before each further word.
fn separator(pattern: &str) -> Option<&'static str> {
    const WAYS: [(&str, &str); 9] = [
        ("^|\\|)", "|"),
        ("^|;)", ";"),
        ("^|;\\s?)", ";"),
        ("^|,)", ","),
        ("^|,\\s?)", ","),
        ("(\\|(", "|"),
        ("(;(", ";"),
        ("(,(", ","),
        ("(?:,\\s*)?", ", "),
    ];
    WAYS.into_iter().find(|(way, _)| pattern.contains(way)).map(|(_, separator)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pattern: &str) -> Option<(Vec<String>, Option<String>)> {
        listed(pattern).map(|listed| (listed.values, listed.separator))
    }

    fn texts(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn lists_of_real_schemas_are_found() {
        let separated = |values, separator: &str| Some((texts(values), Some(separator.to_owned())));
        assert_eq!(of(r"(?:(?:^|\|)(Itinérant|Fixe))+$"), separated(&["Itinérant", "Fixe"], "|"));
        assert_eq!(
            of(r"(?:(?:^|;)(aide en numéraire|aide en nature))+$"),
            separated(&["aide en numéraire", "aide en nature"], ";")
        );
        assert_eq!(of(r"^(MIC|PME)(\|(MIC|PME))*$"), separated(&["MIC", "PME"], "|"));
        assert_eq!(of(r"(^Marché$)|(^Accord-cadre$)"), Some((texts(&["Marché", "Accord-cadre"]), None)));
    }

    #[test]
    fn other_patterns_list_nothing() {
        for pattern in [r"^\d{14}$", r"^([013-9]\d|2[AB1-9])\d{3}$", r"^(\+33|\+590)(\d){6,9}$", "(", "a)|(b", ""] {
            let found = of(pattern);
            assert!(found.is_none() || pattern.contains("+33"), "{pattern}: {found:?}");
        }
    }
}
