//! Streets and numbers as rows of the exchange format, version 1.4.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Write;

use super::NO_NUMBER;
use crate::addresses::{Base, Number, Position, Street, StreetKind, legal, name};

/// Name of the file that is published.
pub const FILE_NAME: &str = "base-adresse-locale.csv";

/// The columns, in the order of the format; names in regional languages follow the street's.
const BEFORE: [&str; 9] = [
    "id_ban_commune",
    "id_ban_toponyme",
    "id_ban_adresse",
    "cle_interop",
    "commune_insee",
    "commune_nom",
    "commune_deleguee_insee",
    "commune_deleguee_nom",
    "voie_nom",
];
const AFTER: [&str; 12] = [
    "lieudit_complement_nom",
    "numero",
    "suffixe",
    "position",
    "x",
    "y",
    "long",
    "lat",
    "cad_parcelles",
    "source",
    "date_der_maj",
    "certification_commune",
];

/// Writes a base: semicolons, UTF-8 with the mark by which spreadsheets know it, one row a position; streets by name.
///
/// # Errors
/// When the destination fails.
pub fn write(base: &Base, streets: &[Street], mut to: impl Write) -> std::io::Result<()> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(to);
    let languages: BTreeSet<&str> =
        streets.iter().flat_map(|street| street.other_names.keys().map(String::as_str)).collect();
    let of_languages: Vec<String> = languages.iter().map(|code| format!("voie_nom_{code}")).collect();
    csv.write_record(BEFORE.into_iter().chain(of_languages.iter().map(String::as_str)).chain(AFTER))?;
    let mut sorted: Vec<(String, &Street)> = streets.iter().map(|street| (name::key(&street.name), street)).collect();
    sorted.sort_by(|(a, first), (b, second)| (a, first.id).cmp(&(b, second.id)));
    for (_, street) in sorted {
        let writer = Rows { base, street, languages: &languages };
        // A street that has no number yet would be in no row: it is named as lieux-dits are.
        if street.kind == StreetKind::Locality || street.numbers.is_empty() {
            writer.own(&mut csv)?;
        }
        for number in &street.numbers {
            writer.number(number, &mut csv)?;
        }
    }
    csv.flush()
}

/// What the rows of a street have in common.
struct Rows<'a> {
    base: &'a Base,
    street: &'a Street,
    languages: &'a BTreeSet<&'a str>,
}

/// What is a row's own.
struct Row<'a> {
    id: String,
    key: String,
    complement: &'a str,
    number: String,
    suffix: &'a str,
    parcels: &'a [String],
    source: Option<&'a str>,
    date: String,
    certified: bool,
}

impl Rows<'_> {
    fn own<W: Write>(&self, csv: &mut csv::Writer<W>) -> std::io::Result<()> {
        let street = self.street;
        let row = Row {
            id: String::new(),
            key: self.key(NO_NUMBER, ""),
            complement: "",
            number: NO_NUMBER.to_string(),
            suffix: "",
            parcels: &street.parcels,
            source: street.source.as_deref(),
            date: street.updated_on.to_string(),
            certified: street.certified,
        };
        self.positions(&row, &street.positions, csv)
    }

    fn number<W: Write>(&self, number: &Number, csv: &mut csv::Writer<W>) -> std::io::Result<()> {
        let row = Row {
            id: number.id.to_string(),
            key: self.key(number.number, &number.suffix),
            complement: number.complement.as_deref().unwrap_or_default(),
            number: number.number.to_string(),
            suffix: &number.suffix,
            parcels: &number.parcels,
            source: number.source.as_deref(),
            date: number.updated_on.to_string(),
            certified: number.certified,
        };
        self.positions(&row, &number.positions, csv)
    }

    /// `11076_0123_00012_bis`
    fn key(&self, number: u32, suffix: &str) -> String {
        let separator = if suffix.is_empty() { "" } else { "_" };
        format!("{}_{}_{number:05}{separator}{suffix}", self.base.commune, self.street.code)
    }

    fn positions<W: Write>(
        &self,
        row: &Row<'_>,
        positions: &[Position],
        csv: &mut csv::Writer<W>,
    ) -> std::io::Result<()> {
        if positions.is_empty() {
            return Ok(csv.write_record(self.cells(row, None).iter().map(|cell| cell.as_bytes()))?);
        }
        for position in positions {
            csv.write_record(self.cells(row, Some(position)).iter().map(|cell| cell.as_bytes()))?;
        }
        Ok(())
    }

    fn cells<'b>(&'b self, row: &'b Row<'b>, position: Option<&Position>) -> Vec<Cow<'b, str>> {
        let (base, street) = (self.base, self.street);
        let commune = base.settings.ban_commune.map(|id| id.to_string());
        // All identifiers or none: the format wants the commune's with them.
        let with_commune = |id: &str| if commune.is_some() { id.to_owned() } else { String::new() };
        let part = street.part.as_ref();
        let mut cells: Vec<Cow<'b, str>> = vec![
            commune.clone().unwrap_or_default().into(),
            with_commune(&street.id.to_string()).into(),
            with_commune(&row.id).into(),
            row.key.as_str().into(),
            base.commune.as_str().into(),
            base.commune_name.as_str().into(),
            part.map_or("", |part| part.code.as_str()).into(),
            part.map_or("", |part| part.name.as_str()).into(),
            street.name.as_str().into(),
        ];
        cells.extend(self.languages.iter().map(|code| street.other_names.get(*code).map_or("", String::as_str).into()));
        cells.extend([row.complement.into(), row.number.as_str().into(), row.suffix.into()]);
        cells.extend(located(&base.commune, position));
        cells.extend([
            row.parcels.join("|").into(),
            row.source.unwrap_or(&base.settings.source).into(),
            row.date.as_str().into(),
            if row.certified { "1" } else { "0" }.into(),
        ]);
        cells
    }
}

/// Kind of position, x, y, longitude, latitude.
fn located(commune: &str, position: Option<&Position>) -> [Cow<'static, str>; 5] {
    let Some(position) = position else { return Default::default() };
    let metres = legal::metres(commune, position.lon, position.lat);
    let metre = |value: Option<f64>| value.map(|value| format!("{value:.2}")).unwrap_or_default().into();
    [
        position.kind.map_or("", |kind| kind.written()).into(),
        metre(metres.map(|(x, _)| x)),
        metre(metres.map(|(_, y)| y)),
        format!("{:.7}", position.lon).into(),
        format!("{:.7}", position.lat).into(),
    ]
}
