//! Settings (`schema = "perfctl.settings/1"`): layers read from files, merged, and explained key by key.
//!
//! Layers, later ones win per key: built in, the user's `config.toml`, an organisation's, the repository's
//! `.perfctl.toml`, the command line. An audited repository that is not trusted may only tighten; what it sets beyond
//! that is ignored and said. The rules stand in the contracts, section 1. This module finds no files and knows no
//! clock: whether a waiver is expired is judged elsewhere.

mod budgets;
mod edit;
mod journal;
mod keys;
mod layer;
mod merge;
mod origin;
mod read;
mod token;

pub use budgets::{lower, unknown_metrics};
pub use edit::without_waivers;
pub use journal::{Entry, Explanation, Fate};
pub use keys::{KEYS, Key, Who};
pub use layer::{Color, Layer, List, RuleOff, SandboxMode, Waiver};
pub use merge::{Ignored, Settings, merge};
pub use origin::{Level, Origin, Sourced};
pub use read::{built_in, read};
pub use token::{Secret, Token};

/// The schema that this version reads.
pub const SCHEMA: &str = "perfctl.settings/1";

#[cfg(test)]
pub(crate) mod tests;
