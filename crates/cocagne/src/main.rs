//! The command line of Cocagne.

fn main() {}
