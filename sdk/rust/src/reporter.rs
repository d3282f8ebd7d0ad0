//! Reporters: what renders the record of a run in a format of its own.
//!
//! ```no_run
//! use perfctl_plugin::reporter::{Reporter, View};
//!
//! perfctl_plugin::reporters![Size];
//!
//! /// Says how long the record is.
//! struct Size;
//!
//! impl Reporter for Size {
//!     const NAME: &'static str = "acme-size";
//!
//!     fn render(&self, record: &[u8], _view: View) -> Result<Vec<u8>, String> {
//!         Ok(format!("{} bytes\n", record.len()).into_bytes())
//!     }
//! }
//! # fn main() {}
//! ```

use crate::bindings::reporter::exports::perfctl::plugin::rendering as raw;
use crate::failure::{listed, tell_the_host};

pub use raw::View;

/// A format of reports.
pub trait Reporter: 'static {
    /// Its name, as in the pack's `pack.toml` and behind `--format`.
    const NAME: &'static str;

    /// The document of a record: the JSON of a run, as `perfctl schema run` describes it.
    fn render(&self, record: &[u8], view: View) -> Result<Vec<u8>, String>;
}

/// Registers formats of reports, once in a plugin; `pack.toml` declares each by its name.
#[macro_export]
macro_rules! reporters {
    ($($reporter:expr),+ $(,)?) => {
        const _: () = {
            struct Reporters;

            impl $crate::reporter::Reporters for Reporters {
                fn reporters() -> ::std::vec::Vec<::std::boxed::Box<dyn $crate::reporter::AnyReporter>> {
                    ::std::vec![$(::std::boxed::Box::new($reporter)),+]
                }
            }

            $crate::bindings::reporter::export!(Reporters with_types_in $crate::bindings::reporter);
        };
    };
}

/// What [`reporters!`](crate::reporters!) makes of reporters.
#[doc(hidden)]
pub trait Reporters {
    /// The reporters.
    fn reporters() -> Vec<Box<dyn AnyReporter>>;
}

/// A format of whatever type.
#[doc(hidden)]
pub trait AnyReporter {
    /// Its name.
    fn name(&self) -> &'static str;
    /// The document of a record.
    fn render(&self, record: &[u8], view: View) -> Result<Vec<u8>, String>;
}

impl<R: Reporter> AnyReporter for R {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn render(&self, record: &[u8], view: View) -> Result<Vec<u8>, String> {
        Reporter::render(self, record, view)
    }
}

impl<R: Reporters> raw::Guest for R {
    fn render(format: String, record: Vec<u8>, view: View) -> Result<Vec<u8>, String> {
        tell_the_host();
        let all = R::reporters();
        match all.iter().find(|one| one.name() == format) {
            Some(one) => one.render(&record, view),
            None => panic!(
                "pack.toml declares the reporter `{format}`, and `reporters!` has {}",
                listed(all.iter().map(|one| one.name()))
            ),
        }
    }
}
