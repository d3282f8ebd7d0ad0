//! What a plugin says to its author, and what it learns of its own manifest.

use perfctl_runtime::api::Refusal;
use perfctl_runtime::plugin::Declared;
use wasmtime::Result;

use super::{Failure, State};
use crate::bindings::perfctl::plugin::{declared, log};

/// The most lines that are kept of one call.
const MOST_LINES: usize = 100;
/// What stands in place of the lines that are not kept.
const CUT: &str = "... (what follows is not shown)";
/// The most calls of `print` in one call.
const MOST_PRINTS: u64 = 10_000;
/// The most bytes that are printed in one call: copying what nobody reads takes time, too.
const MOST_PRINTED: usize = 1 << 20;
/// The longest line, and the longest part of a failure, in bytes.
const LONGEST: usize = 2048;

/// A text for people, without what would steer a terminal, cut to a sane length.
fn clean(text: &str) -> String {
    perfctl_runtime::api::clean(text)
}

impl log::Host for State {
    fn print(&mut self, text: String) -> Result<()> {
        self.count()?;
        self.prints += 1;
        self.printed_bytes += text.len();
        if self.prints > MOST_PRINTS || self.printed_bytes > MOST_PRINTED {
            return Err(Refusal::new(format!(
                "printed more than {MOST_PRINTS} times or {} MiB in one call",
                MOST_PRINTED >> 20
            ))
            .into());
        }
        for line in text.lines() {
            match self.printed.len() {
                kept if kept < MOST_LINES => self.printed.push(clean(line)),
                // Said once, as the interpreter of Lua says it.
                MOST_LINES => self.printed.push(CUT.to_owned()),
                _ => break,
            }
        }
        Ok(())
    }

    fn failed(&mut self, failure: log::Failure) -> Result<()> {
        self.count()?;
        let mut trace = failure.trace;
        trace.truncate(trace.floor_char_boundary(LONGEST * 4));
        let frames: Vec<&str> = trace.lines().collect();
        // One call alone is where the error was, which says so itself.
        let is_place = |frame: &str| !failure.place.is_empty() && frame.contains(&failure.place);
        let frames: Vec<String> = match frames.as_slice() {
            [] => Vec::new(),
            [only] if is_place(only) => Vec::new(),
            // It stands among what the author printed, and is none of that.
            some => std::iter::once("the way to the error:".to_owned())
                .chain(some.iter().map(|frame| format!("  {}", clean(frame))))
                .collect(),
        };
        // The first is nearest to what went wrong.
        self.failure.get_or_insert(Failure {
            kind: clean(&failure.kind),
            message: clean(&failure.message),
            place: clean(&failure.place),
            trace: frames,
        });
        Ok(())
    }
}

/// A rule of the plugin by its number.
fn rule(declared: &Declared, number: u32) -> Result<&perfctl_runtime::plugin::DeclaredRule> {
    let rule = declared.rules.get(number as usize);
    Ok(rule.ok_or_else(|| Refusal::new(format!("the plugin has no rule number {number}")))?)
}

impl declared::Host for State {
    fn rules(&mut self) -> Result<Vec<String>> {
        self.count()?;
        let rules = self.declared.rules.iter();
        Ok(rules.map(|rule| rule.id.to_string()).collect())
    }

    fn messages(&mut self, number: u32) -> Result<Vec<declared::Message>> {
        self.count()?;
        let messages = rule(&self.declared, number)?.messages.iter();
        Ok(messages
            .map(|message| declared::Message {
                id: message.id().to_owned(),
                parameters: message.parameters().to_vec(),
            })
            .collect())
    }

    fn matchers(&mut self, number: u32) -> Result<Vec<declared::Matcher>> {
        self.count()?;
        let matchers = rule(&self.declared, number)?.matchers.iter();
        Ok(matchers
            .map(|matcher| declared::Matcher {
                name: matcher.name.clone(),
                captures: matcher.captures.clone(),
            })
            .collect())
    }
}
