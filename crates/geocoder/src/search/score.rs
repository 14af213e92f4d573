//! The score: from what an answer and a query have in common to the chance that the answer is right.
//!
//! `quality` orders the answers of one query; `chance` makes it mean the same from query to query. The weights are data
//! (`data/calibration.json`), fitted by [`fit`] on queries of which the right answer is known.

use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What the chance of being right depends on. Every feature lies in 0..1 and none but the first makes an answer likelier.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Features {
    /// How well the answer fits the query: what answers are ordered by.
    pub quality: f32,
    /// Weight of the query's words that the answer hasn't.
    pub missing: f32,
    /// Weight of the answer's name that the query hasn't.
    pub unasked: f32,
    /// How far the words that agree are from being the same.
    pub distortion: f32,
    /// The query names no town that the answer is in, by name or by postcode.
    pub townless: f32,
    /// The query has a postcode, the answer another.
    pub postcode: f32,
    /// The number that was asked for isn't there: 1, or 0.5 when its position was reckoned.
    pub number: f32,
    /// How many other answers fit as well: 0 for none, 1 for a hundred or more.
    pub rivals: f32,
    /// How little the next answer is behind: 1 for not at all, 0 for far.
    pub pressed: f32,
    /// How little the place counts, where nothing but importance tells it from others.
    pub obscure: f32,
}

impl Features {
    /// How many there are.
    pub const COUNT: usize = 10;

    /// Their names, in the order of `values`.
    pub const NAMES: [&'static str; Features::COUNT] = [
        "quality",
        "missing",
        "unasked",
        "distortion",
        "townless",
        "postcode",
        "number",
        "rivals",
        "pressed",
        "obscure",
    ];

    /// The features that have these values, in the order of `NAMES`.
    #[must_use]
    pub fn of(values: [f32; Features::COUNT]) -> Features {
        let [quality, missing, unasked, distortion, townless, postcode, number, rivals, pressed, obscure] = values;
        Features { quality, missing, unasked, distortion, townless, postcode, number, rivals, pressed, obscure }
    }

    /// Their values, in the order of `NAMES`.
    #[must_use]
    pub fn values(&self) -> [f32; Features::COUNT] {
        [
            self.quality,
            self.missing,
            self.unasked,
            self.distortion,
            self.townless,
            self.postcode,
            self.number,
            self.rivals,
            self.pressed,
            self.obscure,
        ]
    }
}

/// A logistic model, then a table that bends it: `chance = curve(1 / (1 + exp(-(bias + Σ weight · feature))))`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The constant.
    pub bias: f32,
    /// One weight a feature, in the order of [`Features::NAMES`].
    pub weights: [f32; Features::COUNT],
    /// Points (what the logistic model says, how often it was right), rising; straight lines between them. Empty: no bend.
    #[serde(default)]
    pub curve: Vec<(f32, f32)>,
}

impl Calibration {
    /// The calibration that ships.
    #[must_use]
    pub fn shipped() -> &'static Calibration {
        static SHIPPED: OnceLock<Calibration> = OnceLock::new();
        SHIPPED.get_or_init(|| serde_json::from_str(include_str!("../../data/calibration.json")).unwrap_or_default())
    }

    /// The chance that an answer with these features is right.
    #[must_use]
    pub fn chance(&self, features: &Features) -> f32 {
        bend(&self.curve, self.logistic(&features.values()))
    }

    fn logistic(&self, values: &[f32; Features::COUNT]) -> f32 {
        let sum: f32 = self.weights.iter().zip(values).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }
}

impl Default for Calibration {
    /// Before anything is fitted: high only when the quality is.
    fn default() -> Calibration {
        let mut weights = [0.0; Features::COUNT];
        weights[0] = 10.0;
        Calibration { bias: -6.0, weights, curve: Vec::new() }
    }
}

fn bend(curve: &[(f32, f32)], x: f32) -> f32 {
    let after = curve.partition_point(|point| point.0 < x);
    match (after.checked_sub(1).and_then(|before| curve.get(before)), curve.get(after)) {
        (None, None) => x,
        (None, Some(only)) | (Some(only), None) => only.1,
        (Some(before), Some(after)) => {
            let width = (after.0 - before.0).max(f32::EPSILON);
            before.1 + (after.1 - before.1) * (x - before.0) / width
        }
    }
}

/// An answer of which it is known whether it was right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// What was known of it.
    pub features: Features,
    /// Whether it was right.
    pub right: bool,
}

/// Fits a calibration: logistic regression by gradient descent, with the signs that features must have (more quality never
/// lowers the chance, more of anything else never raises it), then isotonic regression of what it says.
#[must_use]
pub fn fit(judged: &[Judged]) -> Calibration {
    let mut model = regress(judged);
    model.curve = isotonic(judged, &model);
    model
}

const STEPS: usize = 6_000;
const RATE: f32 = 0.5;
const SHRINKAGE: f32 = 1e-4;

fn regress(judged: &[Judged]) -> Calibration {
    let mut model = Calibration::default();
    let rows: Vec<([f32; Features::COUNT], f32)> =
        judged.iter().map(|row| (row.features.values(), f32::from(u8::from(row.right)))).collect();
    let count = rows.len().max(1) as f32;
    for _ in 0..STEPS {
        let mut slope = [0.0f32; Features::COUNT];
        let mut bias_slope = 0.0f32;
        for (values, right) in &rows {
            let error = model.logistic(values) - right;
            bias_slope += error;
            slope.iter_mut().zip(values).for_each(|(slope, value)| *slope += error * value);
        }
        model.bias -= RATE * bias_slope / count;
        for (index, (weight, slope)) in model.weights.iter_mut().zip(slope).enumerate() {
            *weight -= RATE * (slope / count + SHRINKAGE * *weight);
            *weight = if index == 0 { weight.max(0.0) } else { weight.min(0.0) };
        }
    }
    model
}

/// Least answers behind one point of the curve: fewer say nothing of how often they are right.
const LEAST_ANSWERS: f32 = 60.0;

/// Pools neighbours until how often they are right rises with what the model says.
fn isotonic(judged: &[Judged], model: &Calibration) -> Vec<(f32, f32)> {
    let mut said: Vec<(f32, f32)> =
        judged.iter().map(|row| (model.logistic(&row.features.values()), f32::from(u8::from(row.right)))).collect();
    said.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pools: Vec<[f32; 3]> = Vec::new();
    for (x, y) in said {
        pools.push([x, y, 1.0]);
        while let [.., before, last] = pools.as_mut_slice() {
            let falls = before[1] / before[2] >= last[1] / last[2];
            if !falls && before[2] >= LEAST_ANSWERS {
                break;
            }
            (0..3).for_each(|i| before[i] += last[i]);
            pools.pop();
        }
    }
    let mut curve: Vec<(f32, f32)> = Vec::with_capacity(pools.len());
    for [x, right, count] in pools {
        // One answer more of each kind than there were: nothing is sure.
        let point = (x / count, (right + 1.0) / (count + 2.0));
        curve.push(match curve.last() {
            Some(before) => (point.0, point.1.max(before.1)),
            None => point,
        });
    }
    curve
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn the_calibration_that_ships_is_read_and_has_the_signs_it_must_have() {
        let read: Calibration = serde_json::from_str(include_str!("../../data/calibration.json")).unwrap();
        assert!(read.weights[0] > 0.0);
        assert!(read.weights[1..].iter().all(|weight| *weight <= 0.0));
        assert!(read.curve.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1));
    }

    #[test]
    fn what_fits_wholly_is_nearly_sure_and_what_fits_by_half_is_not() {
        let whole = Features { quality: 1.0, ..Features::default() };
        let half = Features { quality: 0.5, missing: 0.5, unasked: 0.5, townless: 1.0, ..Features::default() };
        assert!(Calibration::shipped().chance(&whole) > 0.9);
        assert!(Calibration::shipped().chance(&half) < 0.5);
    }

    #[test]
    fn a_fitted_model_says_how_often_answers_are_right() {
        let judged: Vec<Judged> = (0..1000u32)
            .map(|i| {
                let quality = (i % 100) as f32 / 100.0;
                // Right as often as the quality says, decided by a number that has nothing to do with it.
                let right = (i.wrapping_mul(2_654_435_761) >> 8) % 1000 < (quality * 1000.0) as u32;
                Judged { features: Features { quality, ..Features::default() }, right }
            })
            .collect();
        let model = fit(&judged);
        for quality in [0.2, 0.5, 0.8] {
            let said = model.chance(&Features { quality, ..Features::default() });
            assert!((said - quality).abs() < 0.12, "{quality}: {said}");
        }
    }

    #[test]
    fn the_curve_is_straight_between_its_points_and_flat_beyond() {
        let curve = [(0.2, 0.1), (0.6, 0.5)];
        assert_eq!(bend(&curve, 0.0), 0.1);
        assert!((bend(&curve, 0.4) - 0.3).abs() < 1e-6);
        assert_eq!(bend(&curve, 0.9), 0.5);
        assert_eq!(bend(&[], 0.3), 0.3);
    }
}
