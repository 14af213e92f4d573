//! The address that a row writes.

use arrow::array::{Array as _, StringArray};

use super::choice::{AddressColumns, LONGEST_ADDRESS};

/// Where the parts of addresses are among the columns of a table.
#[derive(Debug, Clone)]
pub(super) struct AddressReader {
    address: Vec<usize>,
    postcode: Option<usize>,
    city: Option<usize>,
    city_code: Option<usize>,
}

/// An address as a row writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// On one line, with its commune; what corrections are known by.
    pub text: String,
    /// The same without what only tells two communes apart.
    pub asked: String,
    /// Its postcode and its commune, when they are apart from the rest.
    pub town: Option<String>,
    /// INSEE code of its commune.
    pub city_code: Option<String>,
}

impl AddressReader {
    /// Of a table with this header; `None` when a column of the address isn't there (it was taken out).
    pub fn new(columns: &AddressColumns, header: &[String]) -> Option<Self> {
        let find = |label: &String| header.iter().position(|known| known == label);
        let optional = |label: &Option<String>| label.as_ref().and_then(find);
        Some(Self {
            address: columns.address.iter().map(find).collect::<Option<Vec<_>>>()?,
            postcode: optional(&columns.postcode),
            city: optional(&columns.city),
            city_code: optional(&columns.city_code),
        })
    }

    /// The address of a row; `None` when it writes none.
    pub fn read(&self, columns: &[StringArray], row: usize) -> Option<Address> {
        let street = self.street(columns, row);
        if street.is_empty() {
            return None;
        }
        let part = |index: Option<usize>| {
            let text = clean(cell(columns, index?, row));
            (!text.is_empty()).then_some(text)
        };
        let postcode = part(self.postcode).map(|text| figures_restored(&text));
        let city = part(self.city);
        let town: Vec<String> = [postcode, city].into_iter().flatten().collect();
        let town = (!town.is_empty()).then(|| town.join(" "));
        let city_code = part(self.city_code).map(|text| figures_restored(&text)).filter(|code| is_code(code));
        let asked = town.as_ref().map_or_else(|| street.clone(), |town| format!("{street} {town}"));
        // Two communes may have the same street.
        let text = match (&town, &city_code) {
            (None, Some(code)) => format!("{street} ({code})"),
            _ => asked.clone(),
        };
        Some(Address { text: text.chars().take(LONGEST_ADDRESS).collect(), asked, town, city_code })
    }

    fn street(&self, columns: &[StringArray], row: usize) -> String {
        let mut street = String::new();
        for index in &self.address {
            let piece = clean(cell(columns, *index, row));
            // A number that isn't known is often written 0.
            if piece.is_empty() || self.address.len() > 1 && piece.bytes().all(|byte| byte == b'0') {
                continue;
            }
            if !street.is_empty() {
                street.push(' ');
            }
            street.push_str(&piece);
        }
        street
    }
}

fn cell(columns: &[StringArray], index: usize, row: usize) -> &str {
    columns.get(index).filter(|column| column.is_valid(row)).map_or("", |column| column.value(row))
}

/// On one line, single spaces; numbers without the decimals of a spreadsheet.
fn clean(cell: &str) -> String {
    let text = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.strip_suffix(".0") {
        Some(number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => number.to_owned(),
        _ => text,
    }
}

/// The zero that a spreadsheet takes from the postcodes of nine départements.
fn figures_restored(code: &str) -> String {
    let lost = code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit());
    if lost { format!("0{code}") } else { code.to_owned() }
}

fn is_code(code: &str) -> bool {
    code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'A' | b'B'))
}

/// INSEE codes of the communes of a territory; none for a région, which says too little.
pub(super) fn communes(territory: &str) -> Vec<String> {
    if territory.starts_with("region:") {
        return Vec::new();
    }
    let communes =
        geography::territory::find(territory).into_iter().flat_map(geography::territory::Territory::communes);
    communes.map(|commune| commune.code().to_owned()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(header: &[&str], columns: &AddressColumns, cells: &[&str]) -> Option<Address> {
        let header: Vec<String> = header.iter().map(|label| (*label).to_owned()).collect();
        let arrays: Vec<StringArray> = cells.iter().map(|cell| StringArray::from(vec![*cell])).collect();
        AddressReader::new(columns, &header).unwrap().read(&arrays, 0)
    }

    fn columns(address: &[&str]) -> AddressColumns {
        AddressColumns {
            address: address.iter().map(|label| (*label).to_owned()).collect(),
            ..AddressColumns::default()
        }
    }

    #[test]
    fn pieces_are_put_together() {
        let asked = AddressColumns {
            postcode: Some("cp".to_owned()),
            city: Some("ville".to_owned()),
            ..columns(&["num", "rue"])
        };
        let header = ["num", "rue", "cp", "ville"];
        let address = read(&header, &asked, &["424.0", "RUE  DU LAVANDIN ", "1400", "Bourg\nen-Bresse"]).unwrap();
        assert_eq!(address.text, "424 RUE DU LAVANDIN 01400 Bourg en-Bresse");
        assert_eq!(address.town.unwrap(), "01400 Bourg en-Bresse");
        let address = read(&header, &asked, &["0", "rue du Lac", "", ""]).unwrap();
        assert_eq!((address.text.as_str(), address.town), ("rue du Lac", None));
        assert_eq!(read(&header, &asked, &["0", " ", "34000", "Montpellier"]), None);
    }

    #[test]
    fn a_column_that_was_taken_out_gives_nothing() {
        let header = ["rue".to_owned()];
        assert!(AddressReader::new(&columns(&["adresse"]), &header).is_none());
        let without_postcode = AddressColumns { postcode: Some("cp".to_owned()), ..columns(&["rue"]) };
        assert!(AddressReader::new(&without_postcode, &header).is_some());
    }

    #[test]
    fn a_territory_is_its_communes() {
        assert_eq!(communes("commune:34172"), ["34172"]);
        assert!(communes("epci:200035855").contains(&"11076".to_owned()));
        assert!(communes("departement:11").len() > 400);
        assert!(communes("pays:FR").is_empty());
    }
}
