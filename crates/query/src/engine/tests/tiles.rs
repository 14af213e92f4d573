//! What tiles hold.

use std::collections::HashMap;

use super::{Row, write};
use crate::{
    Engine, EngineLimits, Error,
    model::{Comparison, Filter, Query},
};

/// Reads Protocol Buffers: field numbers with a number or bytes.
struct Message<'a>(&'a [u8]);

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl Message<'_> {
    fn varint(&mut self) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.0.split_first().unwrap();
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return value;
            }
        }
    }
}

impl<'a> Iterator for Message<'a> {
    type Item = (u64, Field<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let tag = self.varint();
        let number = self.varint();
        Some((
            tag >> 3,
            match tag & 7 {
                0 => Field::Number(number),
                _ => {
                    let (bytes, rest) = self.0.split_at(usize::try_from(number).unwrap());
                    self.0 = rest;
                    Field::Bytes(bytes)
                }
            },
        ))
    }
}

/// The attributes of the features of a tile.
fn features(tile: &[u8]) -> Vec<HashMap<String, String>> {
    let Some((3, Field::Bytes(layer))) = Message(tile).next() else { return Vec::new() };
    let (mut keys, mut values, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    for field in Message(layer) {
        match field {
            (3, Field::Bytes(key)) => keys.push(String::from_utf8(key.to_vec()).unwrap()),
            (4, Field::Bytes(value)) => values.push(match Message(value).next() {
                Some((_, Field::Bytes(text))) => String::from_utf8(text.to_vec()).unwrap(),
                Some((_, Field::Number(number))) => number.to_string(),
                None => String::new(),
            }),
            (2, Field::Bytes(feature)) => {
                let packed = Message(feature).find_map(|(number, field)| match field {
                    Field::Bytes(bytes) if number == 2 => Some(bytes),
                    _ => None,
                });
                let mut packed = Message(packed.unwrap());
                let mut of_feature = Vec::new();
                while !packed.0.is_empty() {
                    of_feature.push(usize::try_from(packed.varint()).unwrap());
                }
                tags.push(of_feature);
            }
            _ => {}
        }
    }
    let named = |pair: &[usize]| (keys[pair[0]].clone(), values[pair[1]].clone());
    tags.iter().map(|tags| tags.chunks(2).map(named).collect()).collect()
}

fn rows(count: usize) -> Vec<Row> {
    let row = |n: usize| Row {
        nom: Some(format!("lieu {}", n % 7)),
        entier: Some(i64::try_from(n).unwrap()),
        place: Some([1.0 + (n % 100) as f64 / 100.0, 43.0 + (n / 100 % 100) as f64 / 100.0]),
        ..Row::default()
    };
    (0..count).map(row).chain([Row { nom: Some("nulle part".into()), ..Row::default() }]).collect()
}

async fn tile(rows: &[Row], (z, x, y): (u8, u32, u32), query: &Query) -> Vec<HashMap<String, String>> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), rows, 1_000, &[]);
    let engine = Engine::new(EngineLimits::default());
    let table = engine.open(folder.path()).await.unwrap();
    features(&engine.tile(&table, z, x, y, query).await.unwrap())
}

#[tokio::test]
async fn few_rows_are_drawn_one_by_one_with_their_label() {
    let found = tile(&rows(3), (0, 0, 0), &Query::default()).await;
    assert_eq!(found.len(), 3);
    assert_eq!((found[1]["__id"].as_str(), found[1]["label"].as_str()), ("2", "lieu 1"));
}

#[tokio::test]
async fn many_rows_are_clustered_and_none_is_lost() {
    let found = tile(&rows(5_000), (0, 0, 0), &Query::default()).await;
    assert!(found.len() < 10, "{}", found.len());
    let count =
        |feature: &HashMap<String, String>| feature.get("count").map_or(1, |count| count.parse::<u64>().unwrap());
    assert_eq!(found.iter().map(count).sum::<u64>(), 5_000);
}

#[tokio::test]
async fn a_tile_holds_the_rows_that_the_filter_keeps() {
    let filter = Filter::Compare { field: "entier".into(), op: Comparison::Less, value: "2".into() };
    let query = Query { filter: Some(filter), ..Query::default() };
    assert_eq!(tile(&rows(5_000), (0, 0, 0), &query).await.len(), 2);
    assert!(tile(&rows(10), (3, 0, 0), &Query::default()).await.is_empty());
}

#[tokio::test]
async fn a_tile_that_is_not_of_the_world_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &rows(1), 10, &[]);
    let engine = Engine::new(EngineLimits::default());
    let table = engine.open(folder.path()).await.unwrap();
    assert!(matches!(engine.tile(&table, 2, 4, 0, &Query::default()).await, Err(Error::BadQuery { .. })));
}
