//! The files and records of perfctl: their schemas, versioned, read strictly and with errors that say what to write.
//!
//! Callers hand over a path and a text; this crate never opens a file, knows no directory and no clock. Every TOML
//! file is read through [`table`], so that all of them report every fault at once, in the same words.

pub mod attestations;
pub mod baseline;
pub mod checklist;
pub mod day;
pub mod diagnose;
pub mod label;
pub mod lock;
pub mod names;
pub mod plugin;
pub mod quantity;
pub mod recipe;
pub mod record;
pub mod rule;
pub mod sarif;
pub mod schema;
pub mod selector;
pub mod settings;
pub mod table;
pub mod trust;
