//! The order of versions: `0.9.2` before `0.10.0`, `1.0.0-beta` before `1.0.0`.

use std::cmp::Ordering;

/// Compares two version names; a leading `v` says nothing.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (Key::of(a), Key::of(b));
    a.numbers.cmp(&b.numbers).then_with(|| a.pre_release.cmp(&b.pre_release).reverse()).then_with(|| a.rest.cmp(b.rest))
}

/// The name without its leading `v`.
pub(crate) fn plain(name: &str) -> &str {
    name.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(name)
}

struct Key<'a> {
    numbers: Vec<u64>,
    pre_release: bool,
    rest: &'a str,
}

impl<'a> Key<'a> {
    fn of(name: &'a str) -> Self {
        let name = plain(name);
        let (core, rest) = name.split_once(['-', '+']).unwrap_or((name, ""));
        let mut numbers: Vec<u64> = core.split('.').map(|part| part.parse().unwrap_or(0)).collect();
        while numbers.last() == Some(&0) {
            numbers.pop();
        }
        Self { numbers, pre_release: name.contains('-'), rest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_not_letters() {
        assert_eq!(compare("0.9.2", "0.10.0"), Ordering::Less);
        assert_eq!(compare("v2.0.1", "2.0.0"), Ordering::Greater);
        assert_eq!(compare("1.0", "1.0.0"), Ordering::Equal);
    }

    #[test]
    fn a_trial_comes_before_what_it_tries() {
        assert_eq!(compare("1.0.0-beta", "1.0.0"), Ordering::Less);
        assert_eq!(compare("1.0.0-rc.1", "1.0.0-rc.2"), Ordering::Less);
    }
}
