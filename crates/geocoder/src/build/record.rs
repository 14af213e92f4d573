//! Pieces of places as bytes, in the scratch file and in memory.

use super::BuildError;
use crate::{
    index::places::units,
    place::{BanId, HouseNumber, Place, PlaceKind, Position},
};
use std::borrow::Cow;

/// A piece of a place as a source brought it; texts lie in the bytes that it was read from.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    /// Pieces that came later have a greater one; 0 when it comes from the index of before.
    pub(super) turn: u32,
    /// The commune or arrondissement where it lies.
    pub(super) commune: &'a str,
    pub(super) kind: PlaceKind,
    pub(super) id: &'a str,
    pub(super) ban_id: u128,
    pub(super) name: &'a str,
    pub(super) city: &'a str,
    pub(super) district: &'a str,
    pub(super) old_code: &'a str,
    pub(super) old_name: &'a str,
    pub(super) aliases: Vec<&'a str>,
    pub(super) postcodes: Vec<&'a str>,
    /// 1e-7 degree; none when the source gives no sensible one.
    pub(super) position: Option<[i32; 2]>,
    pub(super) importance: Option<f32>,
    pub(super) numbers: Vec<Number<'a>>,
}

/// A house number of a piece.
#[derive(Debug, Clone)]
pub(super) struct Number<'a> {
    pub(super) number: u32,
    pub(super) suffix: &'a str,
    pub(super) position: [i32; 2],
    pub(super) certified: bool,
    /// Empty when it is made of its place's.
    pub(super) id: Cow<'a, str>,
    pub(super) ban_id: u128,
    pub(super) postcode: &'a str,
}

/// What is left out of a place, because an index can't hold it.
const LONGEST_TEXT: usize = 4096;

/// Appends a place: the commune first, so that pieces can be sorted without reading the rest.
pub(super) fn write(place: &Place, commune: &str, turn: u32, into: &mut Vec<u8>) -> Result<(), BuildError> {
    let start = into.len();
    into.extend_from_slice(&[0; 4]);
    put_text(into, commune);
    put_number(into, u64::from(turn));
    put_kind(into, &place.kind);
    put_text(into, &place.id);
    put_ban_id(into, place.ban_id);
    put_text(into, &place.name);
    put_text(into, &place.city);
    put_text(into, place.district.as_deref().unwrap_or_default());
    put_text(into, place.old_city_code.as_deref().unwrap_or_default());
    put_text(into, place.old_city.as_deref().unwrap_or_default());
    put_texts(into, &place.aliases);
    put_texts(into, &place.postcodes);
    put_position(into, place.position);
    into.extend_from_slice(&place.importance.unwrap_or(f32::NAN).to_le_bytes());
    put_number(into, place.numbers.len() as u64);
    for number in &place.numbers {
        put_house_number(into, number);
    }
    let length = u32::try_from(into.len() - start - 4)
        .map_err(|_| BuildError::TooLarge { what: "house numbers of one street" })?;
    into[start..start + 4].copy_from_slice(&length.to_le_bytes());
    Ok(())
}

fn put_kind(into: &mut Vec<u8>, kind: &PlaceKind) {
    match kind {
        PlaceKind::Street => into.push(0),
        PlaceKind::Locality => into.push(1),
        PlaceKind::Municipality { population, parent } => {
            into.push(2);
            put_number(into, population.map_or(0, |population| u64::from(population) + 1));
            put_text(into, parent.as_deref().unwrap_or_default());
        }
        PlaceKind::Poi { categories } => {
            into.push(3);
            put_texts(into, categories);
        }
    }
}

const CERTIFIED: u8 = 1;
const HAS_ID: u8 = 2;
const HAS_BAN_ID: u8 = 4;
const HAS_POSTCODE: u8 = 8;

fn put_house_number(into: &mut Vec<u8>, number: &HouseNumber) {
    let mut flags = 0;
    for (has, flag) in [
        (number.certified, CERTIFIED),
        (number.id.is_some(), HAS_ID),
        (number.ban_id.is_some(), HAS_BAN_ID),
        (number.postcode.is_some(), HAS_POSTCODE),
    ] {
        flags |= if has { flag } else { 0 };
    }
    into.push(flags);
    put_number(into, u64::from(number.number));
    put_text(into, &number.suffix);
    put_position(into, number.position);
    if let Some(id) = &number.id {
        put_text(into, id);
    }
    if let Some(id) = number.ban_id {
        into.extend_from_slice(&id.0.to_le_bytes());
    }
    if let Some(postcode) = &number.postcode {
        put_text(into, postcode);
    }
}

fn put_ban_id(into: &mut Vec<u8>, id: Option<BanId>) {
    into.extend_from_slice(&id.map_or(0, |id| id.0).to_le_bytes());
}

/// No position, as a longitude.
const NOWHERE: i32 = i32::MIN;

fn put_position(into: &mut Vec<u8>, position: Position) {
    let sensible =
        Position::new(position.lon, position.lat).filter(|position| position.lon != 0.0 || position.lat != 0.0);
    let [lon, lat] = sensible.map_or([NOWHERE, 0], |position| [units(position.lon), units(position.lat)]);
    into.extend_from_slice(&lon.to_le_bytes());
    into.extend_from_slice(&lat.to_le_bytes());
}

fn put_number(into: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        into.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

fn put_text(into: &mut Vec<u8>, text: &str) {
    let text = shortened(text);
    put_number(into, text.len() as u64);
    into.extend_from_slice(text.as_bytes());
}

fn put_texts(into: &mut Vec<u8>, texts: &[String]) {
    let kept = texts.len().min(256);
    put_number(into, kept as u64);
    texts.iter().take(kept).for_each(|text| put_text(into, text));
}

fn shortened(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The records of a partition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    /// The bytes of the next record, without its length.
    pub(super) fn record(&mut self) -> Result<Option<&'a [u8]>, BuildError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let length = u32::from_le_bytes(self.array()?);
        self.bytes(length as usize).map(Some)
    }

    /// The commune of the record that begins here.
    pub(super) fn text(&mut self) -> Result<&'a str, BuildError> {
        let length = self.number()? as usize;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| BuildError::Scratch)
    }

    /// A whole piece.
    pub(super) fn piece(&mut self) -> Result<Piece<'a>, BuildError> {
        let mut piece = Piece {
            commune: self.text()?,
            turn: self.number()? as u32,
            kind: self.kind()?,
            id: self.text()?,
            ban_id: u128::from_le_bytes(self.array()?),
            name: self.text()?,
            city: self.text()?,
            district: self.text()?,
            old_code: self.text()?,
            old_name: self.text()?,
            aliases: self.texts()?,
            postcodes: self.texts()?,
            position: self.position()?,
            importance: Some(f32::from_le_bytes(self.array()?)).filter(|importance| importance.is_finite()),
            numbers: Vec::new(),
        };
        let numbers = self.number()? as usize;
        // A house number takes more than ten bytes: what is announced can't be more than what is there.
        piece.numbers.reserve(numbers.min(self.0.len() / 10));
        for _ in 0..numbers {
            if let Some(number) = self.house_number()? {
                piece.numbers.push(number);
            }
        }
        Ok(piece)
    }

    fn kind(&mut self) -> Result<PlaceKind, BuildError> {
        Ok(match self.array::<1>()? {
            [0] => PlaceKind::Street,
            [1] => PlaceKind::Locality,
            [2] => {
                let population = (self.number()? as u32).checked_sub(1);
                let parent = self.text()?;
                PlaceKind::Municipality { population, parent: (!parent.is_empty()).then(|| parent.to_owned()) }
            }
            [3] => PlaceKind::Poi { categories: self.texts()?.into_iter().map(str::to_owned).collect() },
            _ => return Err(BuildError::Scratch),
        })
    }

    /// A house number; nothing for one without a position, which can't be found on a map.
    fn house_number(&mut self) -> Result<Option<Number<'a>>, BuildError> {
        let [flags] = self.array()?;
        let number = self.number()? as u32;
        let suffix = self.text()?;
        let position = self.position()?;
        let id = Cow::Borrowed(if flags & HAS_ID == 0 { "" } else { self.text()? });
        let ban_id = if flags & HAS_BAN_ID == 0 { 0 } else { u128::from_le_bytes(self.array()?) };
        let postcode = if flags & HAS_POSTCODE == 0 { "" } else { self.text()? };
        let certified = flags & CERTIFIED != 0;
        Ok(position.map(|position| Number { number, suffix, position, certified, id, ban_id, postcode }))
    }

    fn position(&mut self) -> Result<Option<[i32; 2]>, BuildError> {
        let (lon, lat) = (i32::from_le_bytes(self.array()?), i32::from_le_bytes(self.array()?));
        Ok((lon != NOWHERE).then_some([lon, lat]))
    }

    fn texts(&mut self) -> Result<Vec<&'a str>, BuildError> {
        (0..self.number()?.min(256)).map(|_| self.text()).collect()
    }

    fn number(&mut self) -> Result<u64, BuildError> {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let [byte] = self.array()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(BuildError::Scratch)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BuildError> {
        self.bytes(N)?.try_into().map_err(|_| BuildError::Scratch)
    }

    fn bytes(&mut self, length: usize) -> Result<&'a [u8], BuildError> {
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(BuildError::Scratch)?;
        self.0 = rest;
        Ok(bytes)
    }
}
