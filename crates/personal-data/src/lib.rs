//! Finds personal data in tables, says on which ground it may be published, and takes it out.
