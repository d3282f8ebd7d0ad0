//! Collectors: what turns the output of one tool into metrics.
//!
//! ```no_run
//! use perfctl_plugin::collector::{Collected, Collector, Options, Output};
//!
//! perfctl_plugin::collectors![Lines];
//!
//! /// Counts the lines that a tool prints.
//! struct Lines;
//!
//! impl Collector for Lines {
//!     const NAME: &'static str = "acme-lines";
//!
//!     fn collect(&self, output: &Output, _options: &Options) -> Result<Collected, String> {
//!         if output.timed_out {
//!             return Ok(Collected::inconclusive("it did not end in time: raise the step's timeout"));
//!         }
//!         let lines = output.text().lines().count();
//!         Ok(Collected::new().metric("lines", "count", [lines as f64]))
//!     }
//! }
//! # fn main() {}
//! ```

use std::borrow::Cow;

use crate::bindings::collector::exports::perfctl::plugin::collection as raw;
use crate::failure::{listed, tell_the_host};

pub use raw::{Artifact, Collected, Metric, Output};

/// A collector of a plugin.
pub trait Collector: 'static {
    /// Its name, as in the pack's `pack.toml` and in recipes.
    const NAME: &'static str;

    /// Reads what a command left. An error means that the output is none of this tool's, and says why.
    fn collect(&self, output: &Output, options: &Options) -> Result<Collected, String>;
}

/// The options of a recipe's step.
#[derive(Clone, Debug, Default)]
pub struct Options(Vec<(String, String)>);

impl Options {
    /// The value of an option.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }
}

impl<T: Into<Vec<(String, String)>>> From<T> for Options {
    fn from(pairs: T) -> Self {
        Self(pairs.into())
    }
}

impl Output {
    /// Standard output as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.stdout)
    }

    /// Standard error as text; what is no UTF-8 is replaced.
    pub fn error_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.stderr)
    }
}

impl Collected {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            metrics: Vec::new(),
            notes: Vec::new(),
            artifacts: Vec::new(),
            inconclusive: None,
        }
    }

    /// The output exists but measures nothing: why, and what to do.
    pub fn inconclusive(why: impl Into<String>) -> Self {
        Self {
            inconclusive: Some(why.into()),
            ..Self::new()
        }
    }

    /// Adds a number with its raw samples. All numbers of a call have 100 000 samples together at most.
    pub fn metric(
        self,
        name: impl Into<String>,
        unit: impl Into<String>,
        samples: impl IntoIterator<Item = f64>,
    ) -> Self {
        self.labelled(name, unit, samples, &[])
    }

    /// Adds a number with what tells it from others of its name.
    pub fn labelled(
        mut self,
        name: impl Into<String>,
        unit: impl Into<String>,
        samples: impl IntoIterator<Item = f64>,
        labels: &[(&str, &str)],
    ) -> Self {
        self.metrics.push(Metric {
            name: name.into(),
            unit: unit.into(),
            samples: samples.into_iter().collect(),
            labels: labels
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
        });
        self
    }

    /// Adds a file that is kept beside the raw output. Its name has no folders.
    pub fn file(mut self, name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        self.artifacts.push(Artifact {
            name: name.into(),
            content: content.into(),
        });
        self
    }

    /// Adds a sentence for the report.
    pub fn note(mut self, sentence: impl Into<String>) -> Self {
        self.notes.push(sentence.into());
        self
    }
}

impl Default for Collected {
    fn default() -> Self {
        Self::new()
    }
}

/// Registers collectors, once in a plugin; `pack.toml` declares each by its name.
#[macro_export]
macro_rules! collectors {
    ($($collector:expr),+ $(,)?) => {
        const _: () = {
            struct Collectors;

            impl $crate::collector::Collectors for Collectors {
                fn collectors() -> ::std::vec::Vec<::std::boxed::Box<dyn $crate::collector::AnyCollector>> {
                    ::std::vec![$(::std::boxed::Box::new($collector)),+]
                }
            }

            $crate::bindings::collector::export!(Collectors with_types_in $crate::bindings::collector);
        };
    };
}

/// What [`collectors!`](crate::collectors!) makes of collectors.
#[doc(hidden)]
pub trait Collectors {
    /// The collectors.
    fn collectors() -> Vec<Box<dyn AnyCollector>>;
}

/// A collector of whatever type.
#[doc(hidden)]
pub trait AnyCollector {
    /// Its name.
    fn name(&self) -> &'static str;
    /// Reads what a command left.
    fn collect(&self, output: &Output, options: &Options) -> Result<Collected, String>;
}

impl<C: Collector> AnyCollector for C {
    fn name(&self) -> &'static str {
        C::NAME
    }

    fn collect(&self, output: &Output, options: &Options) -> Result<Collected, String> {
        Collector::collect(self, output, options)
    }
}

impl<C: Collectors> raw::Guest for C {
    fn collect(
        collector: String,
        output: Output,
        options: Vec<(String, String)>,
    ) -> Result<Collected, String> {
        tell_the_host();
        let all = C::collectors();
        match all.iter().find(|one| one.name() == collector) {
            Some(one) => one.collect(&output, &Options(options)),
            None => panic!(
                "pack.toml declares the collector `{collector}`, and `collectors!` has {}",
                listed(all.iter().map(|one| one.name()))
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_collected_is_put_together_in_order() {
        let options = Options::from([("unit".to_owned(), "ms".to_owned())]);
        assert_eq!(options.get("unit"), Some("ms"));
        assert_eq!(options.get("runs"), None);
        let collected = Collected::new()
            .metric("time", "ms", [1.0, 2.0])
            .labelled("time", "ms", [3.0], &[("case", "cold")])
            .note("two cases")
            .file("times.txt", "1\n2\n");
        assert_eq!(collected.metrics[0].samples, [1.0, 2.0]);
        assert_eq!(collected.metrics[1].labels[0].1, "cold");
        assert_eq!(collected.inconclusive, None);
        assert_eq!(collected.artifacts[0].content, b"1\n2\n");
    }
}
