//! Places and excerpts.

use perfctl_core::place::{ByteSpan, Excerpt as CoreExcerpt, LineColumn, Place as CorePlace};
use serde::{Deserialize, Serialize};

/// A span in a file of the audited repository. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Place {
    /// Path from the repository's root, with forward slashes.
    pub path: String,
    /// Line of the first byte.
    pub line: u32,
    /// Column of the first byte.
    pub column: u32,
    /// Line just after the last byte.
    pub end_line: u32,
    /// Column just after the last byte.
    pub end_column: u32,
    /// First byte, from 0.
    pub start_byte: u32,
    /// One past the last byte.
    pub end_byte: u32,
}

impl From<&CorePlace> for Place {
    fn from(place: &CorePlace) -> Self {
        let CorePlace {
            path,
            span,
            start,
            end,
        } = place;
        Self {
            path: path.to_string(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            start_byte: span.start,
            end_byte: span.end,
        }
    }
}

impl From<Place> for CorePlace {
    fn from(place: Place) -> Self {
        Self {
            path: place.path.into(),
            span: ByteSpan {
                start: place.start_byte,
                end: place.end_byte,
            },
            start: LineColumn {
                line: place.line,
                column: place.column,
            },
            end: LineColumn {
                line: place.end_line,
                column: place.end_column,
            },
        }
    }
}

/// Lines of source kept with a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Excerpt {
    /// Number of the first line, from 1.
    pub first_line: u32,
    /// Byte of the file at which `text` begins.
    pub start_byte: u32,
    /// Whole lines.
    pub text: String,
}

impl From<&CoreExcerpt> for Excerpt {
    fn from(excerpt: &CoreExcerpt) -> Self {
        let CoreExcerpt {
            first_line,
            offset,
            text,
        } = excerpt;
        Self {
            first_line: *first_line,
            start_byte: *offset,
            text: text.clone(),
        }
    }
}

impl From<Excerpt> for CoreExcerpt {
    fn from(excerpt: Excerpt) -> Self {
        Self {
            first_line: excerpt.first_line,
            offset: excerpt.start_byte,
            text: excerpt.text,
        }
    }
}
