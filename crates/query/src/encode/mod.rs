//! One file a format that answers are written in.
