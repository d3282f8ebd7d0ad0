//! A case of a format: the record of a run in `record.json`, what the reader asked for in `view.toml`, and the document in `expected`, or in `error` why
//! there is none.

use std::path::Path;

use perfctl_core::seams::View;
use perfctl_runtime::plugin::Heard;
use perfctl_wire::record::{self, Run};
use serde::Deserialize;

use super::{against_error, bytes, text};
use crate::extensions::PluginFormat;

/// `view.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Asked {
    colour: bool,
    width: usize,
    suspicions: bool,
    silenced: bool,
}

/// What a case hands to the format.
pub(in crate::commands::plugin) struct Given {
    record: Vec<u8>,
    view: View,
}

impl Given {
    /// Reads it.
    pub(in crate::commands::plugin) fn read(case: &Path) -> Result<Self, String> {
        let given = text(case, "record.json")?
            .ok_or("there is no record.json: `perfctl check --format json` writes one")?;
        let record = record::read("record.json", &given).map_err(|fault| fault.one_line())?;
        let asked = text(case, "view.toml")?.unwrap_or_default();
        let asked: Asked = toml::from_str(&asked).map_err(|error| format!("view.toml: {error}"))?;
        Ok(Self {
            // As a format gets it when somebody asks for it: complete, whatever a record written by hand leaves out.
            record: perfctl_report::json_pretty(&Run::from(&record))
                .map_err(|error| error.message)?,
            view: View {
                colour: asked.colour,
                width: asked.width,
                suspicions: asked.suspicions,
                silenced: asked.silenced,
                ..View::default()
            },
        })
    }

    /// The bytes of the record.
    pub(in crate::commands::plugin) fn size(&self) -> usize {
        self.record.len()
    }

    /// The document that the format makes of it.
    pub(in crate::commands::plugin) fn hand_to(&self, format: &PluginFormat) -> Heard<Vec<u8>> {
        format.heard(&self.record, &self.view)
    }
}

/// Runs a case. Answers what is not as expected, and what was printed.
pub(super) fn run(
    format: &PluginFormat,
    case: &Path,
) -> Result<(Vec<String>, Vec<String>), String> {
    let heard = Given::read(case)?.hand_to(format);
    let faults = match (bytes(case, "expected")?, text(case, "error")?) {
        (Some(_), Some(_)) => vec!["there are `expected` and `error`: one has to go".to_owned()],
        (None, Some(error)) => against_error(&error, &heard.answer),
        (expected, None) => match (expected, &heard.answer) {
            (_, Err(error)) => vec![error.to_string()],
            (Some(expected), Ok(document)) => difference(&expected, document).into_iter().collect(),
            (None, Ok(document)) => vec![format!(
                "no `expected` says what its document is. If this is right, it goes there:\n{}",
                String::from_utf8_lossy(document)
            )],
        },
    };
    Ok((faults, heard.printed))
}

/// The first line in which a document is another than expected.
fn difference(expected: &[u8], made: &[u8]) -> Option<String> {
    if expected == made {
        return None;
    }
    let lines = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.split('\n').map(str::to_owned).collect()
    };
    let (expected, made) = (lines(expected), lines(made));
    let same = expected
        .iter()
        .zip(&made)
        .take_while(|(one, other)| one == other);
    let at = same.count();
    let line = |lines: &[String]| match lines.get(at) {
        Some(line) => format!("`{line}`"),
        None => "the end".to_owned(),
    };
    Some(format!(
        "line {} of the document is {}, not {}",
        at + 1,
        line(&made),
        line(&expected)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(difference(b"a\nb\n", b"a\nb\n"), None);
        let said = |expected: &[u8], made: &[u8]| difference(expected, made).unwrap_or_default();
        assert_eq!(
            said(b"a\nb\n", b"a\nc\n"),
            "line 2 of the document is `c`, not `b`"
        );
        assert_eq!(
            said(b"a\n", b"a"),
            "line 2 of the document is the end, not ``"
        );
        assert_eq!(
            said(b"a", b"a\nb"),
            "line 2 of the document is `b`, not the end"
        );
    }
}
