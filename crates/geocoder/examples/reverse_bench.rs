//! How long answers by position and looking for words take: `reverse_bench INDEX [QUERIES]`.
//!
//! Positions are those of house numbers of the index, moved by some thirty metres; then places far from everything, and
//! filters that nothing near passes. Prints microseconds: median, 99th hundredth, greatest; then the
//! memory that was touched.
#![allow(clippy::print_stdout)]

use geocoder::{Filters, Index, Kind, Position, ReverseQuery};
use std::{error::Error, fs, hint::black_box, path::Path, time::Instant};

/// A generator of numbers that are the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as u32 % bound.max(1)
    }

    /// −1 to 1.
    fn share(&mut self) -> f64 {
        f64::from(self.below(2001)) / 1000.0 - 1.0
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: reverse_bench INDEX [QUERIES]")?;
    let count = arguments.next().map_or(Ok(20_000), |count| count.parse())?;
    let began = Instant::now();
    let index = Index::open(Path::new(&path))?;
    println!("opened in {:?}: {} places, {} house numbers", began.elapsed(), index.places(), index.house_numbers());
    let mut draw = Draw(42);
    let positions: Vec<Position> = (0..count).filter_map(|_| near_an_address(&index, &mut draw)).collect();
    let kinds = |kind| Filters { kinds: vec![kind], ..Filters::default() };
    for (name, filters) in [
        ("any kind", Filters::default()),
        ("house numbers", kinds(Kind::HouseNumber)),
        ("streets", kinds(Kind::Street)),
        ("municipalities", kinds(Kind::Municipality)),
        ("of another postcode", Filters { postcodes: vec!["75010".to_owned()], ..Filters::default() }),
        ("of another town", Filters { city_codes: vec!["69123".to_owned()], ..Filters::default() }),
    ] {
        let ask = |position: &Position| {
            black_box(index.reverse(&ReverseQuery { filters: filters.clone(), ..ReverseQuery::new(*position) })).len()
        };
        measure(name, &positions, ask);
    }
    let sea: Vec<Position> =
        (0..count).map(|_| Position { lon: -20.0 + 10.0 * draw.share(), lat: 45.0 + 10.0 * draw.share() }).collect();
    measure("in the sea", &sea, |position| black_box(index.reverse(&ReverseQuery::new(*position))).len());
    let terms = index.terms();
    let words: Vec<String> = (0..count).map(|_| mistyped(terms.text(draw.below(terms.len())), &mut draw)).collect();
    println!("{} words", terms.len());
    for distance in [1, 2] {
        measure(&format!("words at a distance of {distance}"), &words, |word| {
            black_box(terms.near(word, distance)).len()
        });
    }
    measure("exact words", &words, |word| usize::from(black_box(terms.exact(word)).is_some()));
    measure("prefixes", &words, |word| black_box(terms.prefix(word.get(..3).unwrap_or(word))).len());
    for line in
        fs::read_to_string("/proc/self/status").unwrap_or_default().lines().filter(|line| line.starts_with("Rss"))
    {
        println!("{line}");
    }
    Ok(())
}

fn near_an_address(index: &Index, draw: &mut Draw) -> Option<Position> {
    let numbers = index.numbers(draw.below(index.places()));
    let position = numbers.get(draw.below(numbers.len() as u32) as usize)?.position();
    Some(Position { lon: position.lon + 0.0004 * draw.share(), lat: position.lat + 0.0003 * draw.share() })
}

/// The word with one letter changed.
fn mistyped(word: &str, draw: &mut Draw) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = draw.below(letters.len() as u32) as usize;
    if let Some(letter) = letters.get_mut(at) {
        *letter = char::from(b'a' + draw.below(26) as u8);
    }
    letters.into_iter().collect()
}

fn measure<T>(name: &str, queries: &[T], mut ask: impl FnMut(&T) -> usize) {
    let mut answers = 0;
    let mut times: Vec<f64> = queries
        .iter()
        .map(|query| {
            let began = Instant::now();
            answers += ask(query);
            began.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).or(times.last()).copied().unwrap_or(0.0);
    println!("{name:>26}: {:8.1} {:8.1} {:8.1} µs  {answers} answers", at(0.5), at(0.99), at(1.0));
}
