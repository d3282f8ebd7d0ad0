//! Drawing for terminals: colours, wrapped text, tables, bars and code frames.
//!
//! Everything here gives plain strings; whether there are colours and how wide the terminal is comes from the view.

pub(crate) mod bar;
pub(crate) mod paint;
pub(crate) mod snippet;
pub(crate) mod table;
pub(crate) mod wrap;
