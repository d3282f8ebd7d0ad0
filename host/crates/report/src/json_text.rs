//! Writes JSON in which no harmful character stands as it is: what JSON itself leaves alone (DEL, C1 controls,
//! direction overrides) is escaped too, and means the same to every reader.

use std::io;

use perfctl_core::seams::RenderError;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::neutral;

/// One line.
pub(crate) fn compact(value: &impl Serialize) -> Result<Vec<u8>, RenderError> {
    write(value, CompactFormatter)
}

/// Indented by two spaces, with a line end at the end.
pub fn pretty(value: &impl Serialize) -> Result<Vec<u8>, RenderError> {
    let mut out = write(value, PrettyFormatter::new())?;
    out.push(b'\n');
    Ok(out)
}

fn write(value: &impl Serialize, inner: impl Formatter) -> Result<Vec<u8>, RenderError> {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, Careful(inner));
    value
        .serialize(&mut serializer)
        .map_err(|error| RenderError {
            message: format!("cannot write json: {error}"),
        })?;
    Ok(out)
}

/// Escapes within strings; leaves the layout to another formatter.
struct Careful<F>(F);

macro_rules! forward {
    ($($name:ident($($arg:ident: $ty:ty),*);)+) => {
        $(fn $name<W: ?Sized + io::Write>(&mut self, writer: &mut W $(, $arg: $ty)*) -> io::Result<()> {
            self.0.$name(writer $(, $arg)*)
        })+
    };
}

impl<F: Formatter> Formatter for Careful<F> {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| neutral::is_harmful(*c)) {
            writer.write_all(&text.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&text.as_bytes()[written..])
    }

    forward! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmful_characters_are_escaped_and_read_back_the_same() {
        let value = serde_json::json!({"a": "x\u{1b}\u{7f}\u{9b}\u{202e}\u{e0041}y\n", "b": [1, 2.5, null]});
        for bytes in [
            compact(&value).expect("writes"),
            pretty(&value).expect("writes"),
        ] {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert!(
                !text
                    .trim_end()
                    .chars()
                    .any(|c| neutral::is_harmful(c) && c != '\n'),
                "{text:?}"
            );
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&text).expect("reads"),
                value
            );
        }
    }
}
