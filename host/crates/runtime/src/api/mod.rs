//! What a rule may ask of a repository and say of it, whatever it is written in: one file per kind of thing. The names are those of
//! `sdk/lua/perfctl.d.luau`. Nothing here knows a language that rules are written in; each runtime hands these things to its rules in its
//! own way.
//!
//! Positions and indices count from 0, bytes are half-open spans, and lines count from 1, as people count them.

mod arguments;
mod cut;
mod docker;
mod document;
mod file;
mod fix;
mod image;
mod links;
mod location;
mod matched;
mod matches;
mod meaning;
mod node;
mod refusal;
mod report;
mod repository;
mod shell;
pub mod sql;
mod surroundings;
pub mod words;

pub use cut::{Cut, taken};
pub use docker::{Docker, Feed, FeedSource, Instruction, Stage};
pub use document::{Doc, Scalar};
pub use file::{File, Span};
pub use fix::{MOST_EDITS, Put, ToldEdit, ToldFix};
pub use image::Image;
pub use links::{Stop, Use};
pub use location::{Located, Location};
pub use matched::{Capture, Match, Part};
pub use matches::{Matches, Matching};
pub use meaning::Hop;
pub use node::Node;
pub use refusal::{Answer, Refusal};
pub use report::{Draft, Findings, LONGEST, MOST_FINDINGS, MOST_RELATED, Told, clean};
pub use repository::{LoadHop, Repository};
pub use shell::ShellCommand;
pub use surroundings::{Func, Loop};

#[cfg(test)]
mod tests;
