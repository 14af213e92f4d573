//! The tables by which words are found: by their beginning, with a typing mistake, by their sound.

use super::{BuildError, sink::Sink};
use crate::{
    index::{format::Section, hash::hash, nearness},
    text,
};

/// Terms in their order.
pub(super) fn write(sink: &mut Sink, terms: &[&str]) -> Result<(), BuildError> {
    sink.texts(Section::TermOffsets, Section::TermBytes, terms.iter().copied())?;
    sink.section(Section::TermStarts, &starts(terms))?;
    let (offsets, near) = near(terms);
    sink.section(Section::NearOffsets, &offsets)?;
    sink.section(Section::NearTerms, &near)?;
    let sounds = sounds(terms);
    let (mut keys, mut offsets) = (Vec::new(), Vec::new());
    for (rank, (key, _)) in sounds.iter().enumerate() {
        if keys.last() != Some(key) {
            keys.push(*key);
            offsets.push(rank as u32);
        }
    }
    offsets.push(sounds.len() as u32);
    sink.section(Section::SoundKeys, &keys)?;
    sink.section(Section::SoundOffsets, &offsets)?;
    sink.section(Section::SoundTerms, &sounds.iter().map(|(_, term)| *term).collect::<Vec<_>>())
}

/// For each pair of bytes, the first term that doesn't begin with a lesser one.
fn starts(terms: &[&str]) -> Vec<u32> {
    let pair = |term: &&str| {
        let byte = |at: usize| usize::from(term.as_bytes().get(at).copied().unwrap_or(0));
        byte(0) << 8 | byte(1)
    };
    let mut starts = Vec::with_capacity((1 << 16) + 1);
    let mut term = 0;
    for lesser in 0..=1usize << 16 {
        while terms.get(term).is_some_and(|term| pair(term) < lesser) {
            term += 1;
        }
        starts.push(term as u32);
    }
    starts
}

/// Terms by what is left when letters are taken out.
fn near(terms: &[&str]) -> (Vec<u32>, Vec<u32>) {
    let mut total = 0usize;
    let mut buckets_of = Vec::new();
    for term in terms {
        hashes(term, &mut buckets_of);
        total += buckets_of.len();
    }
    let count = (total / 2).next_power_of_two().max(1);
    // Bucket ranks of a term are sorted apart, so that a term stands once in a bucket.
    let ranks = |term: &str, ranks: &mut Vec<u64>| {
        hashes(term, ranks);
        ranks.iter_mut().for_each(|hash| *hash = nearness::bucket(*hash, count + 1).map_or(0, u64::from));
        ranks.sort_unstable();
        ranks.dedup();
    };
    let mut offsets = vec![0u32; count + 1];
    for term in terms {
        ranks(term, &mut buckets_of);
        buckets_of.iter().for_each(|bucket| offsets[*bucket as usize + 1] += 1);
    }
    for bucket in 0..count {
        offsets[bucket + 1] += offsets[bucket];
    }
    let mut ends = offsets.clone();
    let mut filed = vec![0u32; offsets[count] as usize];
    for (rank, term) in terms.iter().enumerate() {
        ranks(term, &mut buckets_of);
        for bucket in &buckets_of {
            let end = &mut ends[*bucket as usize];
            filed[*end as usize] = rank as u32;
            *end += 1;
        }
    }
    (offsets, filed)
}

fn hashes(term: &str, into: &mut Vec<u64>) {
    into.clear();
    nearness::variants(term.as_bytes(), nearness::deletions(term.len()), |variant| into.push(hash(variant)));
    into.sort_unstable();
    into.dedup();
}

/// Terms by the hash of their phonetic key.
fn sounds(terms: &[&str]) -> Vec<(u64, u32)> {
    let mut sounds = Vec::with_capacity(terms.len());
    let mut key = String::new();
    for (rank, term) in terms.iter().enumerate() {
        key.clear();
        text::phonetic_into(term, &mut key);
        if !key.is_empty() {
            sounds.push((hash(key.as_bytes()), rank as u32));
        }
    }
    sounds.sort_unstable();
    sounds
}

/// How many places are kept for a prefix.
const STRONGEST: usize = 64;

/// The most important places under each beginning of one to three letters, by hash of the beginning.
/// `importance` is by place.
pub(super) fn strongest(terms: &[&str], offsets: &[u32], postings: &[u32], importance: &[u16]) -> Vec<(u64, Vec<u32>)> {
    let mut strongest = Vec::new();
    let mut places: Vec<u32> = Vec::new();
    for letters in 1..=3 {
        let groups = terms.chunk_by(|one, other| beginning(one, letters) == beginning(other, letters));
        let mut first = 0;
        for group in groups {
            let past = first + group.len();
            if let Some(beginning) = group.first().and_then(|term| beginning(term, letters)) {
                places.clear();
                places.extend_from_slice(&postings[offsets[first] as usize..offsets[past] as usize]);
                keep_strongest(&mut places, importance);
                strongest.push((hash(beginning.as_bytes()), places.clone()));
            }
            first = past;
        }
    }
    strongest.sort_unstable_by_key(|(key, _)| *key);
    strongest.dedup_by_key(|(key, _)| *key);
    strongest
}

fn keep_strongest(places: &mut Vec<u32>, importance: &[u16]) {
    let key = |place: &u32| (std::cmp::Reverse(importance.get(*place as usize).copied().unwrap_or(0)), *place);
    // A place stands here once for each of its words that begin so: rarely more than four times.
    if places.len() > 4 * STRONGEST {
        places.select_nth_unstable_by_key(4 * STRONGEST, key);
        places.truncate(4 * STRONGEST);
    }
    places.sort_unstable_by_key(key);
    places.dedup();
    places.truncate(STRONGEST);
}

/// The first letters of a term, if it has as many.
fn beginning(term: &str, letters: usize) -> Option<&str> {
    let mut ends = term.char_indices().map(|(at, letter)| at + letter.len_utf8());
    ends.nth(letters - 1).and_then(|end| term.get(..end))
}
