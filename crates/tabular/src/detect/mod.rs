//! What a file is: container, format, encoding, dialect.
