//! What the manifest declares for a rule: its matchers and messages, read once per instance.

use crate::bindings::rule_pack::perfctl::plugin::declared as raw;
use crate::failure::{listed, mistake};

/// A matcher with the variables of its patterns; a capture's number is the position here plus one.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    pub(crate) name: String,
    pub(crate) captures: Vec<String>,
}

/// A message with the names between braces in it.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) parameters: Vec<String>,
}

/// Whether two names are the same. They are short, and asked for with every match: a call that compares them would be most of the work.
#[inline]
fn is_same(known: &str, name: &str) -> bool {
    known.len() == name.len()
        && known
            .bytes()
            .zip(name.bytes())
            .all(|(one, other)| one == other)
}

/// Everything that rows and messages of a rule refer to.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(crate) matchers: Vec<Matcher>,
    pub(crate) messages: Vec<Message>,
}

impl Declared {
    /// Asks the host.
    pub(crate) fn of(rule: u32) -> Self {
        let matchers = raw::matchers(rule).into_iter().map(|matcher| Matcher {
            name: matcher.name,
            captures: matcher.captures,
        });
        let messages = raw::messages(rule).into_iter().map(|message| Message {
            id: message.id,
            parameters: message.parameters,
        });
        Self {
            matchers: matchers.collect(),
            messages: messages.collect(),
        }
    }

    /// The position of a matcher.
    #[track_caller]
    pub(crate) fn matcher(&self, name: &str) -> usize {
        match (self.matchers.iter()).position(|known| is_same(&known.name, name)) {
            Some(at) => at,
            None => {
                let known = listed(self.matchers.iter().map(|known| known.name.as_str()));
                mistake(&format!(
                    "there is no matcher `{name}`; rule.toml has {known}"
                ))
            }
        }
    }

    /// The position of a message.
    #[track_caller]
    pub(crate) fn message(&self, id: &str) -> usize {
        match (self.messages.iter()).position(|known| is_same(&known.id, id)) {
            Some(at) => at,
            None => {
                let known = listed(self.messages.iter().map(|known| known.id.as_str()));
                mistake(&format!(
                    "there is no message `{id}`; rule.toml has {known}"
                ))
            }
        }
    }
}

impl Matcher {
    /// The number of a capture in rows.
    #[inline]
    #[track_caller]
    pub(crate) fn capture(&self, name: &str) -> u32 {
        match (1..)
            .zip(&self.captures)
            .find(|(_, known)| is_same(known, name))
        {
            Some((number, _)) => number,
            None => {
                let known = listed(self.captures.iter().map(String::as_str));
                mistake(&format!(
                    "the matcher `{}` captures no `{name}`; it captures {known}",
                    self.name
                ))
            }
        }
    }
}
