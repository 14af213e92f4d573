//! A line of JSON as the national base gives it to addok, read without copies: values that may be texts, figures or lists
//! are taken as they come, what isn't asked for is passed over.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// A street, a named place, a commune, a number alone, or a point of interest.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Record<'a> {
    #[serde(borrow)]
    pub(super) id: Texts<'a>,
    #[serde(borrow, rename = "banId", alias = "ban_id", alias = "id_ban_toponyme")]
    pub(super) ban_id: Texts<'a>,
    #[serde(borrow, rename = "type")]
    pub(super) kind: Texts<'a>,
    #[serde(borrow)]
    pub(super) name: Texts<'a>,
    #[serde(borrow, alias = "aliases", alias = "alternative_names")]
    pub(super) alias: Texts<'a>,
    #[serde(borrow)]
    pub(super) street: Texts<'a>,
    #[serde(borrow)]
    pub(super) housenumber: Texts<'a>,
    #[serde(borrow)]
    pub(super) postcode: Texts<'a>,
    #[serde(borrow, alias = "city_code", alias = "insee")]
    pub(super) citycode: Texts<'a>,
    #[serde(borrow)]
    pub(super) city: Texts<'a>,
    #[serde(borrow)]
    pub(super) district: Texts<'a>,
    #[serde(borrow, alias = "old_city_code")]
    pub(super) oldcitycode: Texts<'a>,
    #[serde(borrow, alias = "old_city")]
    pub(super) oldcity: Texts<'a>,
    #[serde(borrow, alias = "category", alias = "poi")]
    pub(super) categories: Texts<'a>,
    #[serde(alias = "lng", alias = "long", alias = "longitude")]
    pub(super) lon: Figure,
    #[serde(alias = "latitude")]
    pub(super) lat: Figure,
    pub(super) x: Figure,
    pub(super) y: Figure,
    pub(super) importance: Figure,
    pub(super) population: Figure,
    pub(super) certified: Flag,
    #[serde(borrow)]
    pub(super) housenumbers: Houses<'a>,
}

/// The numbers of a street: `{"1 bis": {…}}`.
#[derive(Debug, Default)]
pub(super) struct Houses<'a>(pub(super) Vec<(Cow<'a, str>, House<'a>)>);

/// A number's own facts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct House<'a> {
    #[serde(borrow)]
    pub(super) id: Texts<'a>,
    #[serde(borrow, rename = "banId", alias = "ban_id")]
    pub(super) ban_id: Texts<'a>,
    #[serde(borrow)]
    pub(super) postcode: Texts<'a>,
    #[serde(alias = "lng", alias = "long")]
    pub(super) lon: Figure,
    pub(super) lat: Figure,
    pub(super) x: Figure,
    pub(super) y: Figure,
    pub(super) certified: Flag,
}

/// A text, or several.
#[derive(Debug, Default)]
pub(super) enum Texts<'a> {
    #[default]
    None,
    One(Cow<'a, str>),
    Several(Vec<Cow<'a, str>>),
}

impl<'a> Texts<'a> {
    pub(super) fn first(&self) -> &str {
        self.iter().next().unwrap_or("")
    }

    /// Those that say something.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let (one, several) = match self {
            Texts::None => (None, [].as_slice()),
            Texts::One(text) => (Some(text), [].as_slice()),
            Texts::Several(texts) => (None, texts.as_slice()),
        };
        one.into_iter().chain(several).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    fn push(&mut self, text: Cow<'a, str>) {
        *self = match std::mem::take(self) {
            Texts::None => Texts::One(text),
            Texts::One(first) => Texts::Several(vec![first, text]),
            Texts::Several(mut texts) => {
                texts.push(text);
                Texts::Several(texts)
            }
        };
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Texts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Texts<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text, or a list of texts")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Texts<'de>, E> {
                Ok(Texts::One(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Texts<'de>, E> {
                Ok(Texts::One(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E>(self, figure: u64) -> Result<Texts<'de>, E> {
                Ok(Texts::One(Cow::Owned(figure.to_string())))
            }

            fn visit_i64<E>(self, figure: i64) -> Result<Texts<'de>, E> {
                Ok(Texts::One(Cow::Owned(figure.to_string())))
            }

            fn visit_f64<E>(self, figure: f64) -> Result<Texts<'de>, E> {
                Ok(Texts::One(Cow::Owned(figure.to_string())))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Texts<'de>, E> {
                Ok(Texts::None)
            }

            fn visit_unit<E>(self) -> Result<Texts<'de>, E> {
                Ok(Texts::None)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts<'de>, A::Error> {
                let mut texts = Texts::None;
                while let Some(inner) = list.next_element::<Texts<'de>>()? {
                    match inner {
                        Texts::None => {}
                        Texts::One(text) => texts.push(text),
                        Texts::Several(more) => more.into_iter().for_each(|text| texts.push(text)),
                    }
                }
                Ok(texts)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts<'de>, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Texts::None)
            }
        }

        deserializer.deserialize_any(Read)
    }
}

/// A figure, perhaps in quotes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Figure {
    #[default]
    None,
    /// Something that is no figure.
    Unreadable,
    Whole(f64),
    /// Written with a decimal point.
    Decimal(f64),
}

impl Figure {
    pub(super) fn value(self) -> Option<f64> {
        match self {
            Figure::Whole(figure) | Figure::Decimal(figure) if figure.is_finite() => Some(figure),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Figure;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a figure")
            }

            fn visit_f64<E>(self, figure: f64) -> Result<Figure, E> {
                Ok(Figure::Decimal(figure))
            }

            fn visit_u64<E>(self, figure: u64) -> Result<Figure, E> {
                Ok(Figure::Whole(figure as f64))
            }

            fn visit_i64<E>(self, figure: i64) -> Result<Figure, E> {
                Ok(Figure::Whole(figure as f64))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Figure, E> {
                Ok(Figure::Unreadable)
            }

            fn visit_unit<E>(self) -> Result<Figure, E> {
                Ok(Figure::None)
            }

            fn visit_str<E>(self, text: &str) -> Result<Figure, E> {
                let text = text.trim();
                Ok(match text.parse() {
                    _ if text.is_empty() => Figure::None,
                    Ok(figure) if text.contains('.') => Figure::Decimal(figure),
                    Ok(figure) => Figure::Whole(figure),
                    Err(_) => Figure::Unreadable,
                })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Figure, A::Error> {
                let first = list.next_element()?.unwrap_or_default();
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(first)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Figure, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Figure::Unreadable)
            }
        }

        deserializer.deserialize_any(Read)
    }
}

/// True or false, or 1 or 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flag(pub(super) bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        Ok(Flag(match value {
            serde_json::Value::Bool(flag) => flag,
            serde_json::Value::Number(figure) => figure.as_u64() == Some(1),
            serde_json::Value::String(text) => matches!(text.as_str(), "1" | "true" | "oui"),
            _ => false,
        }))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Houses<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Houses<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object of house numbers")
            }

            fn visit_unit<E>(self) -> Result<Houses<'de>, E> {
                Ok(Houses::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Houses<'de>, A::Error> {
                let mut houses = Vec::with_capacity(map.size_hint().unwrap_or(0).min(64));
                while let Some(Key(number)) = map.next_key()? {
                    houses.push((number, map.next_value()?));
                }
                Ok(Houses(houses))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Houses<'de>, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Houses::default())
            }
        }

        deserializer.deserialize_any(Read)
    }
}

/// A key, borrowed where it holds no escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Texts::deserialize(deserializer)? {
            Texts::One(text) => Ok(Key(text)),
            _ => Ok(Key(Cow::Borrowed(""))),
        }
    }
}
