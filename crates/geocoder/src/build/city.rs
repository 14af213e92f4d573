//! Paris, Lyon and Marseille, whose arrondissements have codes of their own.

/// A city with municipal arrondissements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct City {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    /// What the codes of its arrondissements begin with, the first one's last two figures, and how many there are.
    beginning: &'static str,
    first: u32,
    count: u32,
    /// What their postcodes begin with, before the arrondissement's number in two figures.
    postcodes: &'static str,
}

const CITIES: [City; 3] = [
    City { code: "75056", name: "Paris", beginning: "751", first: 1, count: 20, postcodes: "750" },
    City { code: "69123", name: "Lyon", beginning: "693", first: 81, count: 9, postcodes: "690" },
    City { code: "13055", name: "Marseille", beginning: "132", first: 1, count: 16, postcodes: "130" },
];

/// The city and the number of the arrondissement that a code is of.
pub(super) fn of_arrondissement(code: &str) -> Option<(City, u32)> {
    CITIES.into_iter().find_map(|city| {
        let last = code.strip_prefix(city.beginning).filter(|last| last.len() == 2)?.parse::<u32>().ok()?;
        let number = (last + 1).checked_sub(city.first)?;
        (1..=city.count).contains(&number).then_some((city, number))
    })
}

/// The code of the arrondissement that a postcode serves, for a place that is only known to be in the city.
pub(super) fn arrondissement_of(city_code: &str, postcode: &str) -> Option<String> {
    let city = CITIES.into_iter().find(|city| city.code == city_code)?;
    // The sixteenth of Paris has two postcodes.
    let number = if postcode == "75116" { "16" } else { postcode.strip_prefix(city.postcodes)? };
    let number: u32 = number.parse().ok().filter(|number| (1..=city.count).contains(number))?;
    Some(format!("{}{:02}", city.beginning, city.first + number - 1))
}

impl City {
    /// The name of an arrondissement, when no source gives it.
    pub(super) fn arrondissement(self, number: u32) -> String {
        let ordinal = if number == 1 { "er" } else { "e" };
        format!("{} {number}{ordinal} Arrondissement", self.name)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn arrondissements_are_told_by_their_codes() {
        let number = |code| of_arrondissement(code).map(|(city, number)| (city.name, number));
        assert_eq!(number("75101"), Some(("Paris", 1)));
        assert_eq!(number("75120"), Some(("Paris", 20)));
        assert_eq!(number("69389"), Some(("Lyon", 9)));
        assert_eq!(number("13216"), Some(("Marseille", 16)));
        for other in ["75056", "75121", "75100", "69380", "69390", "13217", "11076", "", "7510"] {
            assert_eq!(number(other), None, "{other}");
        }
        assert_eq!(of_arrondissement("69381").unwrap().0.arrondissement(1), "Lyon 1er Arrondissement");
    }

    #[test]
    fn a_postcode_tells_the_arrondissement_within_its_city_only() {
        assert_eq!(arrondissement_of("75056", "75010").as_deref(), Some("75110"));
        assert_eq!(arrondissement_of("75056", "75116").as_deref(), Some("75116"));
        assert_eq!(arrondissement_of("69123", "69009").as_deref(), Some("69389"));
        assert_eq!(arrondissement_of("13055", "13016").as_deref(), Some("13216"));
        assert_eq!(arrondissement_of("13055", "13100"), None);
        assert_eq!(arrondissement_of("34172", "34000"), None);
    }
}
