//! An address and place index: built from BAN and BAL files, searched by text and by position.
