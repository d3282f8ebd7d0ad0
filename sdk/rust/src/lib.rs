//! What a plugin of perfctl in Rust is written with.
//!
//! A plugin is a WASM component: a pack of rules, collectors ([`collector`]), or formats of reports ([`reporter`]). It runs in a sandbox, sees
//! what the host hands it, and nothing else. A pack is one of the three: the features `rules`, `collectors` and `reporters` choose what is compiled,
//! and what rules may ask takes most of that time.
//!
//! # A rule
//!
//! What a rule looks at and what it says stand in its `rule.toml`. The host finds the candidates of all rules in one pass:
//!
//! ```toml
//! [[match]]
//! name = "request"
//! kind = "call"
//! fact = { kind = "http", verb = "call" }
//!
//! [messages]
//! no-timeout = "{library} is called without a timeout"
//! ```
//!
//! The code decides about each of them:
//!
//! ```no_run
//! use perfctl_plugin::prelude::*;
//!
//! perfctl_plugin::pack![HttpTimeout];
//!
//! struct HttpTimeout;
//!
//! impl Rule for HttpTimeout {
//!     const ID: &'static str = "ACME-HTTP-001";
//!
//!     fn check(&self, _file: File, matches: Matches, report: &mut Report, _repo: Repository) {
//!         for call in matches.of("request") {
//!             let call = call.node();
//!             // an option that may be there, but cannot be seen, is `Presence::Hidden`, and no reason to report
//!             let (_, Presence::Absent) = call.arg("timeout") else {
//!                 continue;
//!             };
//!             let mut finding = report
//!                 .finding(call, "no-timeout")
//!                 .arg("library", call.fact("library").unwrap_or_default());
//!             if let Some(around) = call.loops().first() {
//!                 finding = finding.related(around.node(), "the loop");
//!             }
//!             if let Some(last) = call.args().last() {
//!                 finding.fix(Fix::new("Add a timeout").after(*last, ", timeout=10"));
//!             }
//!         }
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! Names are those of rules in Lua, with two differences: bytes and indices count from 0 here, and a field of Lua is a method. Lines
//! count from 1. A [`Node`](model::Node) and its like are numbers that the host understands until the call returns; they are `Copy`, and keeping
//! one for another call ends that call with an error. What takes a list takes one text, an array, a slice or a `Vec`
//! ([`list::IntoList`]); what may be left out is `None`.
//!
//! # When something is wrong
//!
//! A mistake of the author's is a panic in the line that made it: a pattern that could not fit any path, a message that `rule.toml` does not
//! have, a name of a message that was not given. Panics, the author's own too, are shown by perfctl with file and line, and make the
//! rule's verdict `error`; nothing of the call counts as a pass. [`print!`] shows a line to the author.
//!
//! # What does not work
//!
//! There are no files, no network and no environment; `Instant::now` and `std::env::vars` end the call. `println!` goes nowhere. A
//! `HashMap` has the same order in every run.

#[cfg(not(any(feature = "rules", feature = "collectors", feature = "reporters")))]
compile_error!(
    "say what the plugin is: `features = [\"rules\"]`, `[\"collectors\"]` or `[\"reporters\"]`"
);

#[doc(hidden)]
pub mod bindings;
#[cfg(feature = "collectors")]
pub mod collector;
mod failure;
#[doc(hidden)]
pub mod log;
#[cfg(feature = "reporters")]
pub mod reporter;

#[cfg(feature = "rules")]
#[rustfmt::skip]
pub mod vocabulary;

#[cfg(feature = "rules")]
mod declared;
#[cfg(feature = "rules")]
mod fix;
#[cfg(feature = "rules")]
pub mod list;
#[cfg(feature = "rules")]
pub mod literal;
#[cfg(feature = "rules")]
pub mod matches;
#[cfg(feature = "rules")]
pub mod model;
#[cfg(feature = "rules")]
#[doc(hidden)]
pub mod pack;
#[cfg(feature = "rules")]
mod place;
#[cfg(feature = "rules")]
pub mod prelude;
#[cfg(feature = "rules")]
mod report;
#[cfg(feature = "rules")]
mod rows;
#[cfg(feature = "rules")]
mod rule;
#[cfg(feature = "rules")]
pub mod words;

#[cfg(feature = "rules")]
pub use fix::Fix;
#[cfg(feature = "rules")]
pub use place::Place;
#[cfg(feature = "rules")]
pub use report::{Finding, Report};
#[cfg(feature = "rules")]
pub use rule::{Rule, Verdict};
