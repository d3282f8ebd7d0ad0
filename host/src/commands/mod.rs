//! One file per command: arguments with their help, and what they set in motion.

pub(crate) mod attest;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod external;
pub(crate) mod fix;
pub(crate) mod init;
pub(crate) mod plugin;
pub(crate) mod recipe;
pub(crate) mod report;
pub(crate) mod rule;
pub(crate) mod schema;
pub(crate) mod trust;
