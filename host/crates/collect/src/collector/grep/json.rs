//! `rg --json`: one object per line, text as UTF-8 or, where it is none, as base64 bytes.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use perfctl_core::seams::CollectError;
use serde::Deserialize;

use super::{Found, Match};
use crate::display;
use crate::option;

#[derive(Deserialize)]
#[serde(tag = "type", content = "data", rename_all = "lowercase")]
enum Message {
    Begin(serde::de::IgnoredAny),
    Match(Lines),
    Context(serde::de::IgnoredAny),
    End(End),
    Summary(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
struct Lines {
    path: Option<Data>,
    lines: Data,
    line_number: Option<u64>,
}

#[derive(Deserialize)]
struct End {
    binary_offset: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Data {
    Text(String),
    Bytes(String),
}

impl Data {
    fn bytes(&self, line: usize) -> Result<Vec<u8>, CollectError> {
        match self {
            Data::Text(text) => Ok(text.as_bytes().to_vec()),
            Data::Bytes(encoded) => BASE64_STANDARD.decode(encoded).map_err(|why| {
                option::error(format!(
                    "line {line} of rg's output has broken base64: {why}"
                ))
            }),
        }
    }
}

/// Whether the output is of this form: its first line is an object.
pub(super) fn applies(stdout: &[u8]) -> bool {
    stdout.starts_with(b"{\"")
}

/// Reads the messages. The summary comes last even where nothing matched, so its absence means a cut.
pub(super) fn read(stdout: &[u8]) -> Result<Found, CollectError> {
    let mut found = Found {
        cut: true,
        ..Found::default()
    };
    for (at, line) in display::lines(stdout)
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
    {
        let number = at + 1;
        let message: Message = serde_json::from_slice(line).map_err(|why| {
            option::error(format!(
                "line {number} of rg's output is not one of its messages: {why}"
            ))
        })?;
        match message {
            Message::Match(lines) => {
                let path = lines
                    .path
                    .map(|path| path.bytes(number))
                    .transpose()?
                    .unwrap_or_default();
                let text = lines.lines.bytes(number)?;
                let first = display::lines(&text).next().unwrap_or_default();
                found
                    .matches
                    .push(Match::new(&path, lines.line_number.unwrap_or(0), first));
            }
            // A file that turned out to be binary is left at that offset.
            Message::End(end) => found.binary += usize::from(end.binary_offset.is_some()),
            Message::Summary(_) => found.cut = false,
            Message::Begin(_) | Message::Context(_) => {}
        }
    }
    Ok(found)
}
