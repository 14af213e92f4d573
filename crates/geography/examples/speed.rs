//! How long questions take, on one core: `cargo run --release -p geography --example speed`.

use std::io::Write as _;
use std::time::{Duration, Instant};

use geography::territory;
use geography::{CommuneQuery, Geography};

/// Asks each question again and again for half a second; gives the mean.
fn mean(questions: usize, mut ask: impl FnMut(usize)) -> Duration {
    let started = Instant::now();
    let mut asked = 0_u32;
    while started.elapsed() < Duration::from_millis(500) {
        for question in 0..questions {
            ask(question);
        }
        asked += questions as u32;
    }
    started.elapsed() / asked
}

fn main() -> std::io::Result<()> {
    let started = Instant::now();
    let france = Geography::shipped();
    let opened = started.elapsed();
    let communes: Vec<_> = france.current_communes().step_by(35).collect();
    let codes: Vec<&str> = communes.iter().map(|commune| commune.code()).collect();
    let centres: Vec<_> = communes.iter().filter_map(|commune| commune.centre()).collect();
    let names: Vec<&str> = communes.iter().map(|commune| commune.name()).collect();
    // The second letter is doubled: a mistake that no name has.
    let mistaken: Vec<String> =
        names.iter().map(|name| name.chars().take(2).chain(name.chars().skip(1)).collect()).collect();
    let begun: Vec<String> = names.iter().map(|name| name.chars().take(4).collect()).collect();
    let named = |name: &str| {
        france.search(&CommuneQuery { name: Some(name), limit: Some(5), ..CommuneQuery::default() });
    };
    let mut out = std::io::stdout();
    writeln!(out, "open                 {opened:?}")?;
    writeln!(out, "commune of a code    {:?}", mean(codes.len(), |n| _ = france.commune(codes[n])))?;
    writeln!(out, "former code          {:?}", mean(codes.len(), |n| _ = france.resolve(codes[n])))?;
    writeln!(out, "commune of a place   {:?}", mean(centres.len(), |n| _ = france.at(centres[n].lon, centres[n].lat)))?;
    writeln!(out, "name                 {:?}", mean(names.len(), |n| named(names[n])))?;
    writeln!(out, "name with a mistake  {:?}", mean(mistaken.len(), |n| named(&mistaken[n])))?;
    writeln!(out, "beginning of a name  {:?}", mean(begun.len(), |n| named(&begun[n])))?;
    writeln!(out, "suggestion           {:?}", mean(begun.len(), |n| _ = territory::suggest(&begun[n], None, 10)))?;
    writeln!(out, "outline of a commune {:?}", mean(communes.len(), |n| _ = communes[n].outline()))?;
    Ok(())
}
