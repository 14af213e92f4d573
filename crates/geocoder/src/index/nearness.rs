//! Words with typing mistakes: what is left of both words when a letter or two are taken out of each is the same.
//!
//! Every term is filed under each text that is left when up to two of its first seven letters are taken out; a word is
//! looked up the same way, and the candidates are compared letter by letter. Two words at an edit distance of two
//! always share such a text, also when only their beginnings are looked at.

/// Letters at the beginning of a word that are looked at.
const BEGINNING: usize = 7;
/// Words that are longer have no typing mistakes: they are no words.
const LONGEST: usize = 40;

/// Letters that may be taken out of a term of this length: two of a short word would leave nothing to tell it by.
pub(crate) fn deletions(length: usize) -> usize {
    match length {
        0..2 => 0,
        2..5 => 1,
        _ => 2,
    }
}

/// Calls `found` with what is left of the beginning of the word when up to `most` letters are taken out, itself first.
/// The same text may come several times.
pub(crate) fn variants(word: &[u8], most: usize, mut found: impl FnMut(&[u8])) {
    if word.is_empty() || word.len() > LONGEST {
        return;
    }
    let beginning = &word[..word.len().min(BEGINNING)];
    let length = beginning.len();
    found(beginning);
    let mut left = [0u8; BEGINNING];
    for first in 0..length.min(if most > 0 { length } else { 0 }) {
        let kept = copy_without(beginning, first, &mut left);
        found(&left[..kept]);
        if most < 2 {
            continue;
        }
        let once = left;
        // The second letter is taken behind the first one: each pair once.
        for second in first..kept {
            let kept_twice = copy_without(&once[..kept], second, &mut left);
            found(&left[..kept_twice]);
        }
    }
}

fn copy_without(text: &[u8], at: usize, into: &mut [u8; BEGINNING]) -> usize {
    into[..at].copy_from_slice(&text[..at]);
    into[at..text.len() - 1].copy_from_slice(&text[at + 1..]);
    text.len() - 1
}

/// The bucket of a hash among `offsets - 1` buckets, a power of two.
pub(crate) fn bucket(hash: u64, offsets: usize) -> Option<u32> {
    let buckets = offsets.checked_sub(1)?;
    buckets.is_power_of_two().then(|| (hash & (buckets as u64 - 1)) as u32)
}

/// Letters missing, added, changed or swapped with their neighbour (each letter at most once), when they are no more
/// than `most`.
pub(crate) fn distance(one: &[u8], other: &[u8], most: u8) -> Option<u8> {
    let (one, other) = without_common_ends(one, other);
    let most_letters = usize::from(most);
    if one.len().abs_diff(other.len()) > most_letters || one.len() > LONGEST || other.len() > LONGEST {
        return None;
    }
    const FAR: u8 = u8::MAX / 2;
    let mut before_last = [FAR; LONGEST + 2];
    let mut last = [FAR; LONGEST + 2];
    let mut row = [FAR; LONGEST + 2];
    for (column, cell) in last.iter_mut().enumerate().take(other.len() + 1) {
        *cell = u8::try_from(column).unwrap_or(FAR);
    }
    for line in 1..=one.len() {
        // Cells further from the diagonal than `most` can't be on a way that is short enough.
        let from = line.saturating_sub(most_letters).max(1);
        let to = (line + most_letters).min(other.len());
        row[from - 1] = if from == 1 { u8::try_from(line).unwrap_or(FAR) } else { FAR };
        let mut least = row[from - 1];
        for column in from..=to {
            let (letter, other_letter) = (one[line - 1], other[column - 1]);
            let mut cell = last[column - 1] + u8::from(letter != other_letter);
            cell = cell.min(last[column] + 1).min(row[column - 1] + 1);
            if line > 1 && column > 1 && letter == other[column - 2] && one[line - 2] == other_letter {
                cell = cell.min(before_last[column - 2] + 1);
            }
            row[column] = cell.min(FAR);
            least = least.min(cell);
        }
        row[to + 1] = FAR;
        if least > most {
            return None;
        }
        (before_last, last, row) = (last, row, before_last);
    }
    Some(last[other.len()]).filter(|distance| *distance <= most)
}

fn without_common_ends<'a>(one: &'a [u8], other: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    (&one[..one.len() - end], &other[..other.len() - end])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn all_variants(word: &str, most: usize) -> BTreeSet<Vec<u8>> {
        let mut all = BTreeSet::new();
        variants(word.as_bytes(), most, |variant| {
            all.insert(variant.to_vec());
        });
        all
    }

    #[test]
    fn distances_count_swapped_neighbours_once() {
        for (one, other, expected) in [
            ("republique", "republique", Some(0)),
            ("republique", "repulbique", Some(1)),
            ("republique", "republiqe", Some(1)),
            ("republique", "rapubliqeu", Some(2)),
            ("republique", "repu", None),
            ("abc", "xyz", None),
            ("", "ab", Some(2)),
        ] {
            assert_eq!(distance(one.as_bytes(), other.as_bytes(), 2), expected, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn distance_is_that_of_the_whole_table(one in "[a-c]{0,10}", other in "[a-c]{0,10}") {
            let whole = strsim::osa_distance(&one, &other);
            for most in 0..=2u8 {
                let expected = u8::try_from(whole).ok().filter(|whole| *whole <= most);
                prop_assert_eq!(distance(one.as_bytes(), other.as_bytes(), most), expected);
            }
        }

        #[test]
        fn words_that_are_near_share_a_variant(one in "[a-d]{5,12}", other in "[a-d]{5,12}") {
            let apart = strsim::osa_distance(&one, &other);
            if apart <= 2 {
                prop_assert!(!all_variants(&one, apart).is_disjoint(&all_variants(&other, 2)));
            }
        }
    }
}
