//! `addresses status`.

use std::path::PathBuf;

use clap::Args;
use geocoder::{Geocoder, Index};
use serde::Serialize;

use crate::{exit::Failure, language, output::Output};

#[derive(Debug, Args)]
pub struct Status {
    /// Folder of the installation.
    #[arg(long, env = "COCAGNE_DATA", default_value = "cocagne-data")]
    data: PathBuf,
    #[command(flatten)]
    output: Output,
}

/// What an index holds.
#[derive(Debug, Serialize)]
struct Held {
    municipalities: u64,
    streets: u64,
    localities: u64,
    pois: u64,
    numbers: u64,
    bytes: u64,
    /// Of the index file, which is named after it.
    sha256: String,
}

impl Status {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let text = language::text();
        let geocoder = Geocoder::open(&self.data.join("addresses"));
        let index = geocoder.current().ok_or_else(|| Failure::Misuse(text.get("addresses-none")))?;
        self.output.print(&Held::of(&index), |held| {
            text.with_all(
                "addresses-status",
                &[
                    ("municipalities", &text.integer(&held.municipalities)),
                    ("streets", &text.count("import-streets", &held.streets)),
                    ("localities", &text.count("import-localities", &held.localities)),
                    ("pois", &text.count("import-pois", &held.pois)),
                    ("numbers", &text.count("import-numbers", &held.numbers)),
                    ("size", &text.size(&held.bytes)),
                ],
            )
        })
    }
}

impl Held {
    fn of(index: &Index) -> Self {
        let mut held = Self {
            municipalities: 0,
            streets: 0,
            localities: 0,
            pois: 0,
            numbers: u64::from(index.house_numbers()),
            bytes: index.bytes(),
            sha256: index.path().file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        };
        for place in 0..index.places() {
            *match index.place(place).kind() {
                geocoder::Kind::Municipality => &mut held.municipalities,
                geocoder::Kind::Street | geocoder::Kind::HouseNumber => &mut held.streets,
                geocoder::Kind::Locality => &mut held.localities,
                geocoder::Kind::Poi => &mut held.pois,
            } += 1;
        }
        held
    }
}
