//! YAML: from `saphyr-parser`'s events to the neutral tree, with an explicit stack instead of recursion.
//!
//! The parser counts characters, lets a block collection end at the next token, and keeps nothing of a document with an error; all
//! three are put right here, and so is where it wants the lines of a flow collection to stand.

mod flow;
mod hole;
mod loader;
mod scalar;
mod template;

use super::source::Source;
use super::tree::{DocBuilder, DocErrorKind, MAX_DEPTH};
use loader::{Loader, Stop};

/// After an error, reading goes on at the next document; so many times at most.
const MAX_RESTARTS: usize = 50;

/// Reads `source` into `builder`.
pub(super) fn load(source: &Source<'_>, builder: &mut DocBuilder<'_>) {
    let (body, shift) = source.body();
    let masked = template::mask(body);
    let text = masked.as_ref().map_or(body, |masked| masked.text.as_str());
    let text = flow::joined(text);
    let text = text.as_ref();
    builder.grow_spans();
    let mut from = 0;
    for _ in 0..=MAX_RESTARTS {
        let part = &text[from..];
        let loader = Loader::new(
            part,
            shift + from,
            masked.as_ref().map(|masked| (masked, shift)),
            &mut *builder,
        );
        let stop = match loader.run() {
            Ok(()) => break,
            Err(stop) => stop,
        };
        builder.break_off();
        match stop {
            Stop::Syntax { at, message } => {
                builder.error(DocErrorKind::Syntax, shift + from + at, message);
                let Some(next) = next_document(part, at) else {
                    break;
                };
                from += next;
            }
            Stop::TooDeep { at } => {
                let message = format!("the document is nested more than {MAX_DEPTH} levels deep");
                return builder.refuse(shift + from + at, message);
            }
            Stop::Full => {
                builder.error(
                    DocErrorKind::Limit,
                    shift + from,
                    "the file holds too many values; the last ones were left out",
                );
                break;
            }
        }
    }
    if let Some(masked) = &masked {
        hole::settle(masked, shift, builder);
    }
}

/// Where the document after byte `at` of `text` begins.
fn next_document(text: &str, at: usize) -> Option<usize> {
    let at = text.floor_char_boundary(at);
    text[at..].find("\n---").map(|newline| at + newline + 1)
}

#[cfg(test)]
mod tests;
