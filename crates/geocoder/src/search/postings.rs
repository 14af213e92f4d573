//! Sorted lists of numbers: what they have within a range, and what they have in common.

use std::ops::Range;

/// The part of a sorted list that lies in a range.
pub(super) fn within<'a>(list: &'a [u32], range: &Range<u32>) -> &'a [u32] {
    let from = list.partition_point(|item| *item < range.start);
    let rest = &list[from..];
    &rest[..gallop(rest, range.end)]
}

/// How many items of a sorted list come before `bound`: steps that double, then a binary search in the last. Cheaper than a
/// binary search of the whole when the answer is near the beginning, as it is when lists are walked side by side.
pub(super) fn gallop(list: &[u32], bound: u32) -> usize {
    let mut step = 1;
    while step < list.len() && list[step] < bound {
        step *= 2;
    }
    let (low, high) = (step / 2, (step + 1).min(list.len()));
    low + list[low..high].partition_point(|item| *item < bound)
}

/// Calls `found` with every number that all lists have, in order, until it says stop. Returns how many steps that took.
/// The lists should come shortest first.
pub(super) fn in_common(lists: &[&[u32]], most_steps: usize, mut found: impl FnMut(u32) -> bool) -> usize {
    let Some((shortest, others)) = lists.split_first() else { return 0 };
    let mut rests: [&[u32]; 8] = [&[]; 8];
    let count = others.len().min(rests.len());
    rests[..count].copy_from_slice(&others[..count]);
    let mut steps = 0;
    for item in *shortest {
        steps += 1 + count;
        if steps > most_steps {
            break;
        }
        let mut everywhere = true;
        for rest in &mut rests[..count] {
            *rest = &rest[gallop(rest, *item)..];
            if rest.first() != Some(item) {
                everywhere = false;
                break;
            }
        }
        if everywhere && !found(*item) {
            break;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_part_is_what_a_filter_gives(items in prop::collection::btree_set(0u32..200, 0..80), from in 0u32..200, width in 0u32..100) {
            let list: Vec<u32> = items.into_iter().collect();
            let range = from..from + width;
            let filtered: Vec<u32> = list.iter().copied().filter(|item| range.contains(item)).collect();
            prop_assert_eq!(within(&list, &range), &filtered[..]);
        }

        #[test]
        fn what_is_in_common_is_the_intersection(sets in prop::collection::vec(prop::collection::btree_set(0u32..60, 0..50), 1..5)) {
            let lists: Vec<Vec<u32>> = sets.iter().map(|set| set.iter().copied().collect()).collect();
            let views: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
            let mut found = Vec::new();
            in_common(&views, usize::MAX, |item| { found.push(item); true });
            let all = sets.iter().skip(1).fold(sets[0].clone(), |all: BTreeSet<u32>, set| &all & set);
            prop_assert_eq!(found, all.into_iter().collect::<Vec<_>>());
        }
    }
}
