//! The schemas that ship with the program: found by name, address, file or resemblance.
