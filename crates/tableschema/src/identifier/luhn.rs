//! Luhn's key (ISO/IEC 7812-1, annex B): the last figure makes the weighted sum a multiple of ten.

/// Whether figures, their key included, satisfy Luhn's rule.
#[must_use]
pub fn holds(figures: &[u8]) -> bool {
    sum(figures).is_multiple_of(10)
}

/// The key that completes figures which have none yet.
#[must_use]
pub fn key(figures: &[u8]) -> u8 {
    // With a zero in the key's place, every figure has the weight that it will have.
    let sum: u32 = figures.iter().rev().enumerate().map(|(place, figure)| weigh(*figure, place % 2 == 0)).sum();
    u8::try_from((10 - sum % 10) % 10).unwrap_or(0)
}

fn sum(figures: &[u8]) -> u32 {
    figures.iter().rev().enumerate().map(|(place, figure)| weigh(*figure, place % 2 == 1)).sum()
}

fn weigh(figure: u8, doubled: bool) -> u32 {
    let weight = u32::from(figure) << u32::from(doubled);
    if weight > 9 { weight - 9 } else { weight }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_computed_key_holds_and_no_other_does(figures in prop::collection::vec(0u8..10, 1..20)) {
            let right = key(&figures);
            for last in 0..10 {
                let mut whole = figures.clone();
                whole.push(last);
                prop_assert_eq!(holds(&whole), last == right);
            }
        }

        #[test]
        fn one_wrong_figure_is_seen(figures in prop::collection::vec(0u8..10, 1..20), place: prop::sample::Index, by in 1u8..10) {
            let mut whole = figures.clone();
            whole.push(key(&figures));
            let place = place.index(whole.len());
            whole[place] = (whole[place] + by) % 10;
            prop_assert!(!holds(&whole));
        }
    }
}
