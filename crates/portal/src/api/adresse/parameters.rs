//! What a question says, in a URL or as JSON.

use std::borrow::Cow;

use geocoder::batch::QUERY_CHARACTERS;
use geocoder::query::{BoundingBox, Filters, ReverseQuery, SearchQuery, Structured};
use geocoder::{Hit, Index, Kind, Position};
use serde_json::Value;

use super::answer::About;
use super::refusal::Refusal;

/// Answers at most.
const MOST_ANSWERS: i64 = 100;
/// Values of a filter at most.
const MOST_VALUES: usize = 100;

/// What is meant when nothing is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defaults {
    pub(super) limit: usize,
    pub(super) autocomplete: bool,
}

impl Defaults {
    /// Of one question: what somebody types.
    pub(super) const SINGLE: Defaults = Defaults { limit: 5, autocomplete: true };
    /// Of a line of a file.
    pub(super) const LINE: Defaults = Defaults { limit: 1, autocomplete: false };
}

/// Parameters as they came. Those that nobody knows are passed over, as addok does.
#[derive(Debug, Default)]
pub(super) struct Parameters<'a> {
    q: Option<Cow<'a, str>>,
    limit: Option<Cow<'a, str>>,
    lat: Option<(&'static str, Cow<'a, str>)>,
    lon: Option<(&'static str, Cow<'a, str>)>,
    autocomplete: Option<Cow<'a, str>>,
    explain: Option<Cow<'a, str>>,
    bbox: Option<Cow<'a, str>>,
    radius: Option<Cow<'a, str>>,
    number: Option<Cow<'a, str>>,
    street: Option<Cow<'a, str>>,
    city: Option<Cow<'a, str>>,
    kinds: Vec<String>,
    postcodes: Vec<String>,
    city_codes: Vec<String>,
    categories: Vec<String>,
}

/// A search, understood.
#[derive(Debug)]
pub(super) struct Search {
    query: SearchQuery,
    /// Whether every kind that was asked for is unknown: then nothing is found.
    impossible: bool,
    filters: Vec<(&'static str, Vec<String>)>,
}

/// A search by position, understood.
#[derive(Debug)]
pub(super) struct Reverse {
    query: ReverseQuery,
    impossible: bool,
    filters: Vec<(&'static str, Vec<String>)>,
}

impl<'a> Parameters<'a> {
    /// Of a URL; bytes that are no text become U+FFFD.
    pub(super) fn of_query(query: &'a str) -> Self {
        let mut parameters = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            parameters.take(&name, value);
        }
        parameters
    }

    /// Of a line: a text is `q`, two numbers are longitude and latitude, an object has the names of the URL.
    pub(super) fn of_json(value: &'a Value) -> Result<Self, Refusal> {
        let mut parameters = Self::default();
        match value {
            Value::String(text) => parameters.take("q", text.into()),
            Value::Array(pair) if pair.len() == 2 => {
                for (name, value) in ["lon", "lat"].into_iter().zip(pair) {
                    parameters.take(name, text_of(value)?);
                }
            }
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::Null => {}
                        Value::Array(values) if name == "bbox" => {
                            let values = values.iter().map(text_of).collect::<Result<Vec<_>, _>>()?;
                            parameters.take(name, values.join(",").into());
                        }
                        Value::Array(values) => {
                            for value in values {
                                parameters.take(name, text_of(value)?);
                            }
                        }
                        // Whatever it is, it is given back and not read.
                        _ if name == "id" => {}
                        value => parameters.take(name, text_of(value)?),
                    }
                }
            }
            _ => return Err(Refusal::broken("A line is a text, a pair [longitude, latitude] or an object.")),
        }
        Ok(parameters)
    }

    fn take(&mut self, name: &str, value: Cow<'a, str>) {
        match name {
            "q" => self.q = Some(value),
            "limit" => self.limit = Some(value),
            "lat" => self.lat = Some(("lat", value)),
            "latitude" => self.lat = Some(("latitude", value)),
            "lon" => self.lon = Some(("lon", value)),
            "lng" => self.lon = Some(("lng", value)),
            "long" => self.lon = Some(("long", value)),
            "longitude" => self.lon = Some(("longitude", value)),
            "autocomplete" => self.autocomplete = Some(value),
            "explain" => self.explain = Some(value),
            "bbox" => self.bbox = Some(value),
            "radius" => self.radius = Some(value),
            "housenumber" => self.number = Some(value),
            "street" => self.street = Some(value),
            "city" => self.city = Some(value),
            "type" => add(&mut self.kinds, &value, |c| c == ',' || c.is_whitespace()),
            "postcode" => add(&mut self.postcodes, &value, |c| c == ',' || c.is_whitespace()),
            "citycode" => add(&mut self.city_codes, &value, |c| c == ',' || c.is_whitespace()),
            "category" => add(&mut self.categories, &value, |c| c == ','),
            _ => {}
        }
    }

    /// As a search.
    pub(super) fn search(self, defaults: Defaults) -> Result<Search, Refusal> {
        let text = self.q.as_deref().filter(|q| !q.is_empty());
        let structured = if text.is_some() { None } else { self.structured() };
        if text.is_none() && structured.is_none() {
            return Err(Refusal::missing("q"));
        }
        let parts = structured.iter().flat_map(|parts| [&parts.number, &parts.street, &parts.city]).flatten();
        let characters =
            text.map_or(0, |text| text.chars().count()) + parts.map(|part| part.chars().count()).sum::<usize>();
        if characters > QUERY_CHARACTERS {
            return Err(Refusal::too_long(characters, QUERY_CHARACTERS));
        }
        let query = SearchQuery {
            text: text.unwrap_or_default().to_owned(),
            limit: limit(self.limit.as_deref(), defaults.limit)?,
            autocomplete: flag("autocomplete", self.autocomplete.as_deref())?.unwrap_or(defaults.autocomplete),
            near: self.position()?,
            filters: self.filters()?,
            structured,
            explain: flag("explain", self.explain.as_deref())?.unwrap_or(false),
        };
        Ok(Search { impossible: self.is_impossible(&query.filters), query, filters: self.told() })
    }

    /// As a search by position.
    pub(super) fn reverse(self) -> Result<Reverse, Refusal> {
        let missing = if self.lon.is_none() { "lon" } else { "lat" };
        let position = self.position()?.ok_or_else(|| Refusal::missing(missing))?;
        let radius = self.radius.as_deref().map(|text| number("radius", text)).transpose()?;
        if radius.is_some_and(|radius| radius < 0.0) {
            return Err(Refusal::invalid("radius", "out of range"));
        }
        let query = ReverseQuery {
            position,
            limit: limit(self.limit.as_deref(), 1)?,
            filters: self.filters()?,
            max_distance: radius,
        };
        Ok(Reverse { impossible: self.is_impossible(&query.filters), query, filters: self.told() })
    }

    /// An address in parts, when there is one.
    fn structured(&self) -> Option<Structured> {
        let part = |value: &Option<Cow<'_, str>>| {
            value.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let (number, street, city) = (part(&self.number), part(&self.street), part(&self.city));
        let postcode = self.postcodes.first().cloned();
        (street.is_some() || city.is_some()).then_some(Structured { number, street, city, postcode })
    }

    /// Both coordinates; addok ignores one alone.
    fn position(&self) -> Result<Option<Position>, Refusal> {
        let read = |side: &Option<(&'static str, Cow<'_, str>)>, most: f64| {
            let Some((name, text)) = side.as_ref().filter(|(_, text)| !text.trim().is_empty()) else {
                return Ok(None);
            };
            let degrees = number(name, text)?;
            if degrees.abs() > most {
                return Err(Refusal::invalid(if most > 90.0 { "lon" } else { "lat" }, "out of range"));
            }
            Ok(Some(degrees))
        };
        let (lon, lat) = (read(&self.lon, 180.0)?, read(&self.lat, 90.0)?);
        Ok(lon.zip(lat).and_then(|(lon, lat)| Position::new(lon, lat)))
    }

    fn filters(&self) -> Result<Filters, Refusal> {
        for (name, values) in self.lists() {
            if values.len() > MOST_VALUES {
                return Err(Refusal::invalid(name, &format!("at most {MOST_VALUES} values are taken")));
            }
        }
        Ok(Filters {
            kinds: self.kinds.iter().filter_map(|name| Kind::of_name(name)).collect(),
            postcodes: self.postcodes.clone(),
            city_codes: self.city_codes.clone(),
            bbox: self.bbox.as_deref().filter(|text| !text.trim().is_empty()).map(bounding_box).transpose()?,
            categories: self.categories.clone(),
        })
    }

    fn is_impossible(&self, filters: &Filters) -> bool {
        filters.kinds.is_empty() && !self.kinds.is_empty()
    }

    fn lists(&self) -> [(&'static str, &Vec<String>); 4] {
        [
            ("type", &self.kinds),
            ("postcode", &self.postcodes),
            ("citycode", &self.city_codes),
            ("category", &self.categories),
        ]
    }

    /// The filters, as the answer repeats them.
    fn told(&self) -> Vec<(&'static str, Vec<String>)> {
        self.lists().into_iter().filter(|(_, values)| !values.is_empty()).map(|(name, v)| (name, v.clone())).collect()
    }
}

impl Search {
    pub(super) fn answer(&self, index: &Index) -> Vec<Hit> {
        if self.impossible { Vec::new() } else { index.search(&self.query) }
    }

    pub(super) fn about(&self) -> About<'_> {
        let SearchQuery { text, limit, near, structured, .. } = &self.query;
        About {
            query: Some(text),
            structured: structured.as_ref(),
            filters: &self.filters,
            center: *near,
            limit: *limit,
        }
    }
}

impl Reverse {
    pub(super) fn answer(&self, index: &Index) -> Vec<Hit> {
        if self.impossible { Vec::new() } else { index.reverse(&self.query) }
    }

    pub(super) fn about(&self) -> About<'_> {
        About { query: None, structured: None, filters: &self.filters, center: None, limit: self.query.limit }
    }
}

/// A value of a line, as a URL would have it.
fn text_of(value: &Value) -> Result<Cow<'_, str>, Refusal> {
    match value {
        Value::String(text) => Ok(text.into()),
        Value::Number(number) => Ok(number.to_string().into()),
        Value::Bool(flag) => Ok(Cow::Borrowed(if *flag { "1" } else { "0" })),
        _ => Err(Refusal::broken("A value within a line is a text, a number, true or false, or a list of them.")),
    }
}

fn add(values: &mut Vec<String>, text: &str, between: impl Fn(char) -> bool) {
    let parts = text.split(between).map(str::trim).filter(|part| !part.is_empty());
    values.extend(parts.map(str::to_owned).take(MOST_VALUES + 1 - values.len().min(MOST_VALUES)));
}

fn limit(text: Option<&str>, default: usize) -> Result<usize, Refusal> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(default) };
    let asked: i64 = text.parse().map_err(|_| Refusal::invalid("limit", "The value must be an integer."))?;
    match asked {
        // As addok: nothing asked for.
        0 => Ok(default),
        1..=MOST_ANSWERS => Ok(usize::try_from(asked).unwrap_or(default)),
        _ => Err(Refusal::invalid("limit", "out of range (1..100)")),
    }
}

fn flag(name: &str, text: Option<&str>) -> Result<Option<bool>, Refusal> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "t" | "yes" | "y" | "on" => Ok(Some(true)),
        "0" | "false" | "f" | "no" | "n" | "off" => Ok(Some(false)),
        _ => Err(Refusal::invalid(name, "The value of the parameter must be \"true\" or \"false\".")),
    }
}

fn number(name: &str, text: &str) -> Result<f64, Refusal> {
    let value = text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    value.ok_or_else(|| Refusal::invalid(name, "invalid value"))
}

fn bounding_box(text: &str) -> Result<BoundingBox, Refusal> {
    let sides = text.split(',').map(|side| number("bbox", side)).collect::<Result<Vec<_>, _>>()?;
    match sides[..] {
        [west, south, east, north] if west <= east && south <= north => Ok(BoundingBox { west, south, east, north }),
        _ => Err(Refusal::invalid("bbox", "west,south,east,north are expected, in degrees")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::json;

    use super::*;

    fn search(query: &str) -> Result<Search, Refusal> {
        Parameters::of_query(query).search(Defaults::SINGLE)
    }

    fn refused(query: &str) -> String {
        search(query).unwrap_err().to_json()["description"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_question_is_read_as_addok_reads_it() {
        let asked =
            search("q=8+bd+du+port&limit=15&type=street&type=housenumber&autocomplete=0&lng=2.3&lat=48.8&foo=1")
                .unwrap();
        assert_eq!(asked.query.text, "8 bd du port");
        assert_eq!((asked.query.limit, asked.query.autocomplete), (15, false));
        assert_eq!(asked.query.filters.kinds, [Kind::Street, Kind::HouseNumber]);
        assert_eq!(asked.query.near, Position::new(2.3, 48.8));
    }

    #[test]
    fn several_values_come_repeated_or_after_one_another() {
        let asked = search("q=a&postcode=34000+34070&citycode=34172,34057&citycode=11076").unwrap();
        assert_eq!(asked.query.filters.postcodes, ["34000", "34070"]);
        assert_eq!(asked.query.filters.city_codes, ["34172", "34057", "11076"]);
    }

    #[test]
    fn what_cannot_be_understood_is_named() {
        for (query, expected) in [
            ("", "The \"q\" parameter is required."),
            ("q=", "The \"q\" parameter is required."),
            ("q=a&limit=101", "The \"limit\" parameter is invalid. out of range (1..100)"),
            ("q=a&limit=-1", "The \"limit\" parameter is invalid. out of range (1..100)"),
            ("q=a&limit=x", "The \"limit\" parameter is invalid. The value must be an integer."),
            ("q=a&lat=91&lon=2", "The \"lat\" parameter is invalid. out of range"),
            ("q=a&lat=1&lon=-181", "The \"lon\" parameter is invalid. out of range"),
            ("q=a&lat=x&lon=2", "The \"lat\" parameter is invalid. invalid value"),
            ("q=a&lat=nan&lon=2", "The \"lat\" parameter is invalid. invalid value"),
            ("q=a&bbox=1,2,3", "The \"bbox\" parameter is invalid. west,south,east,north are expected, in degrees"),
        ] {
            assert_eq!(refused(query), expected, "{query}");
        }
    }

    #[test]
    fn a_long_question_is_refused_by_characters_and_not_by_bytes() {
        assert!(search(&format!("q={}", "é".repeat(200))).is_ok());
        assert!(search(&format!("q={}", "a".repeat(201))).is_err());
        assert!(search(&format!("street={}", "a".repeat(201))).is_err());
    }

    #[test]
    fn an_address_may_come_in_parts() {
        let asked = search("housenumber=12+bis&street=rue+de+Dunkerque&city=Castelnaudary&postcode=11400").unwrap();
        let parts = asked.query.structured.unwrap();
        assert_eq!(parts.number.as_deref(), Some("12 bis"));
        assert_eq!(parts.postcode.as_deref(), Some("11400"));
        assert!(search("housenumber=12").is_err());
    }

    #[test]
    fn an_unknown_kind_finds_nothing_and_one_among_others_is_passed_over() {
        assert!(search("q=a&type=castle").unwrap().impossible);
        assert!(!search("q=a&type=castle&type=street").unwrap().impossible);
    }

    #[test]
    fn a_line_says_the_same_in_json() {
        let line = json!({"q": "8 bd du port", "type": ["street"], "lat": 43.5, "lon": 3.2, "limit": 3, "autocomplete": true, "id": {"a": 1}});
        let asked = Parameters::of_json(&line).unwrap().search(Defaults::LINE).unwrap();
        assert_eq!((asked.query.limit, asked.query.autocomplete), (3, true));
        assert_eq!(asked.query.filters.kinds, [Kind::Street]);
        let pair = json!([3.2, 43.5]);
        let asked = Parameters::of_json(&pair).unwrap().reverse().unwrap();
        assert_eq!(asked.query.position, Position { lon: 3.2, lat: 43.5 });
        for line in [json!(1), json!([1, 2, 3]), json!({"q": {"a": 1}})] {
            assert!(Parameters::of_json(&line).is_err(), "{line}");
        }
    }
}
