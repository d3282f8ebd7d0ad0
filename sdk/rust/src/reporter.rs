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
//!     fn render(&self, record: &[u8], _view: View) -> Result<Vec<u8>, String> {
//!         Ok(format!("{} bytes\n", record.len()).into_bytes())
//!     }
//! }
//! # fn main() {}
//! ```

use crate::bindings::reporter::exports::perfctl::plugin::rendering as raw;
use crate::failure::tell_the_host;

pub use raw::View;

/// A format of reports.
pub trait Reporter: 'static {
    /// The document of a record: the JSON of a run, as `perfctl schema run` describes it.
    fn render(&self, record: &[u8], view: View) -> Result<Vec<u8>, String>;
}

/// Registers formats of reports, once in a plugin, in the order in which the manifest names them.
#[macro_export]
macro_rules! reporters {
    ($($reporter:expr),+ $(,)?) => {
        const _: () = {
            struct Reporters;

            impl $crate::reporter::Reporters for Reporters {
                fn reporters() -> ::std::vec::Vec<::std::boxed::Box<dyn $crate::reporter::Reporter>> {
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
    fn reporters() -> Vec<Box<dyn Reporter>>;
}

impl<R: Reporters> raw::Guest for R {
    fn render(format: u32, record: Vec<u8>, view: View) -> Result<Vec<u8>, String> {
        tell_the_host();
        R::reporters()[format as usize].render(&record, view)
    }
}
