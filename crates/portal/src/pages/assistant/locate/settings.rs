//! Which columns are addresses, from which score they are taken, where they all are.

use catalog::draft::TableKey;
use catalog::geocode::{AddressColumns, Geocoding, Sureness};
use geography::territory;
use tabular::Profile;

use super::form::Fault;
use crate::i18n::Text;
use crate::pages::assistant::describe::{read_territory, written_territory};
use crate::pages::assistant::posted::Posted;

/// Columns that an address may be put together from.
const PIECES: usize = 4;
/// Columns offered: a table with more has its addresses among the first.
const COLUMNS: usize = 500;

/// The fields of the form.
pub struct Settings {
    /// Where the address is: its columns in their order.
    pub pieces: Vec<Choice>,
    pub postcode: Choice,
    pub city: Choice,
    pub city_code: Choice,
    pub within: String,
    pub thresholds: Vec<Choosable>,
    pub towns: bool,
}

/// A list to choose from.
pub struct Choice {
    pub name: &'static str,
    pub id: String,
    pub label: String,
    pub options: Vec<Choosable>,
}

pub struct Choosable {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Settings {
    /// As they are chosen.
    pub fn of(geocoding: &Geocoding, profile: &Profile, t: &Text) -> Self {
        let columns = &geocoding.columns;
        let labels: Vec<&str> = profile.columns.iter().take(COLUMNS).map(|column| column.label.as_str()).collect();
        let choice = |name: &'static str, id: String, label: String, chosen: Option<&String>| Choice {
            name,
            id,
            label,
            options: std::iter::once(Choosable {
                value: String::new(),
                label: t.get("locate-column-none"),
                chosen: chosen.is_none(),
            })
            .chain(labels.iter().map(|known| Choosable {
                value: (*known).to_owned(),
                label: crate::chart::shorten(known, 80),
                chosen: chosen.is_some_and(|chosen| chosen == known),
            }))
            .collect(),
        };
        let piece = |place: usize| {
            let label = t.with("locate-column-address", "place", &(place + 1).to_string());
            choice("address", format!("address-{place}"), label, columns.address.get(place))
        };
        let other = |name: &'static str, key: &str, chosen: &Option<String>| {
            choice(name, format!("column-{name}"), t.get(key), chosen.as_ref())
        };
        let thresholds = [Sureness::SURE, Sureness::LIKELY];
        let own = thresholds.contains(&geocoding.threshold).then_some(()).map_or(Some(geocoding.threshold), |()| None);
        Self {
            pieces: (0..PIECES.max(columns.address.len())).map(piece).collect(),
            postcode: other("postcode", "locate-column-postcode", &columns.postcode),
            city: other("city", "locate-column-city", &columns.city),
            city_code: other("city_code", "locate-column-city-code", &columns.city_code),
            within: columns.within.as_deref().map(written_territory).unwrap_or_default(),
            thresholds: thresholds
                .into_iter()
                .chain(own)
                .map(|threshold| Choosable {
                    value: threshold.to_string(),
                    label: threshold_label(threshold, t),
                    chosen: threshold == geocoding.threshold,
                })
                .collect(),
            towns: geocoding.towns,
        }
    }
}

fn threshold_label(threshold: u8, t: &Text) -> String {
    let percent = t.percent(f64::from(threshold) / 100.0);
    let key = match threshold {
        Sureness::SURE => "locate-threshold-sure",
        Sureness::LIKELY => "locate-threshold-likely",
        _ => "locate-threshold-own",
    };
    t.with(key, "percent", &percent)
}

/// What a form says, beside what it doesn't speak of.
pub fn read(posted: &Posted, before: &Geocoding) -> Result<Geocoding, Fault> {
    let fields = &posted.fields;
    let optional = |name: &str| fields.find(name).filter(|label| !label.is_empty()).map(str::to_owned);
    let mut address: Vec<String> = Vec::new();
    for label in fields.all("address").filter(|label| !label.is_empty()) {
        if !address.iter().any(|known| known == label) {
            address.push(label.to_owned());
        }
    }
    if address.is_empty() {
        return Err(Fault::Columns);
    }
    let within = match fields.get("within") {
        "" => None,
        text => Some(read_territory(text).filter(|key| territory::find(key).is_some()).ok_or(Fault::Within)?),
    };
    let columns = AddressColumns {
        address,
        postcode: optional("postcode"),
        city: optional("city"),
        city_code: optional("city_code"),
        within,
    };
    let threshold = fields.get("threshold").parse().unwrap_or(before.threshold).clamp(1, 100);
    let towns = !fields.get("towns").is_empty();
    Ok(Geocoding { columns, threshold, towns, corrections: before.corrections.clone() })
}

/// Names of the columns of addresses, as a sentence.
pub fn named(geocoding: &Geocoding) -> String {
    geocoding.columns.all().map(|label| crate::chart::shorten(label, 60)).collect::<Vec<_>>().join(", ")
}

/// The form's name of a table.
pub fn name(key: TableKey) -> String {
    super::table_of(key)
}
