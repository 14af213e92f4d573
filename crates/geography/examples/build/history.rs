//! What codes that communes had are part of today, by INSEE's list of changes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::io::Read;

/// A commune that was.
pub struct Former {
    pub name: String,
    /// Codes of today.
    pub now: BTreeSet<String>,
}

struct Change {
    date: String,
    to: String,
}

/// Reads the list, and follows every code that no commune has today to those that have its land.
pub fn read(changes: impl Read, current: &BTreeSet<&str>) -> Result<BTreeMap<String, Former>, Box<dyn Error>> {
    let mut of: HashMap<String, Vec<Change>> = HashMap::new();
    let mut names: HashMap<String, (String, String)> = HashMap::new();
    for row in csv::Reader::from_reader(changes).records() {
        let row = row?;
        let cell = |n: usize| row.get(n).unwrap_or_default().to_owned();
        let (date, kind, code, name, to_kind, to) = (cell(1), cell(2), cell(3), cell(7), cell(8), cell(9));
        if kind != "COM" || to_kind != "COM" {
            continue;
        }
        let last = names.entry(code.clone()).or_default();
        if last.0 <= date {
            *last = (date.clone(), name);
        }
        if to != code {
            of.entry(code).or_default().push(Change { date, to });
        }
    }
    let mut former = BTreeMap::new();
    for code in of.keys().filter(|code| !current.contains(code.as_str())) {
        let mut now = BTreeSet::new();
        follow(code, "", &of, current, &mut BTreeSet::new(), &mut now);
        if !now.is_empty() {
            let name = names.get(code).map(|(_, name)| name.clone()).unwrap_or_default();
            former.insert(code.clone(), Former { name, now });
        }
    }
    Ok(former)
}

/// Follows a code from a date on: its last change after which it was no more tells where its land went.
fn follow(
    code: &str,
    since: &str,
    of: &HashMap<String, Vec<Change>>,
    current: &BTreeSet<&str>,
    seen: &mut BTreeSet<String>,
    now: &mut BTreeSet<String>,
) {
    if current.contains(code) {
        now.insert(code.to_owned());
        return;
    }
    if !seen.insert(code.to_owned()) {
        return;
    }
    let changes = of.get(code).map(Vec::as_slice).unwrap_or_default();
    let Some(last) = changes.iter().map(|change| change.date.as_str()).filter(|date| *date >= since).max() else {
        return;
    };
    for change in changes.iter().filter(|change| change.date == last) {
        follow(&change.to, &change.date, of, current, seen, now);
    }
}
