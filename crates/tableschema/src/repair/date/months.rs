//! Names of months and days, in French and English.

/// By month: its beginnings without accents that no other month has, then its whole names.
const MONTHS: [(&[&str], [&str; 2]); 12] = [
    (&["jan", "janv"], ["janvier", "january"]),
    (&["fev", "fevr", "feb"], ["fevrier", "february"]),
    (&["mar"], ["mars", "march"]),
    (&["avr", "apr"], ["avril", "april"]),
    (&["may"], ["mai", "may"]),
    (&["jun"], ["juin", "june"]),
    (&["juil", "jul"], ["juillet", "july"]),
    (&["aug"], ["aout", "august"]),
    (&["sep", "sept"], ["septembre", "september"]),
    (&["oct"], ["octobre", "october"]),
    (&["nov"], ["novembre", "november"]),
    (&["dec"], ["decembre", "december"]),
];

const DAYS: [&str; 14] = [
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The month of a word without accents and in small letters: `mars`, `sept`, `february`.
pub(super) fn month(word: &str) -> Option<i8> {
    let found = MONTHS.iter().position(|(short, whole)| short.contains(&word) || whole.contains(&word))?;
    i8::try_from(found + 1).ok()
}

/// Whether a word is the name of a day, or what begins it: `lundi`, `lun`.
pub(super) fn is_day(word: &str) -> bool {
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word))
}
