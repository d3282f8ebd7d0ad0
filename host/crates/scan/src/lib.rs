//! Reads a repository once and answers questions about its code.

pub mod lower;
pub mod tree;
