//! The administrative divisions of France: their codes through time, names, outlines and populations.
