//! Reads a repository once and answers questions about its code.
//!
//! The way through: [`walk`] lists files, [`lower`] turns sources into the neutral [`tree`], [`model`] reads names and values of
//! one file, [`repo`] links files, [`matcher`] finds candidates of rules, [`view`] is what a judgement may ask, and [`scanner`] does
//! all of it in order. This crate knows no script language, no terminal and no rule by name.

pub mod deploy;
pub mod doc;
mod entries;
pub mod lower;
pub mod matcher;
pub mod model;
pub mod portrait;
pub mod repo;
pub mod scanner;
pub mod sound;
pub mod source;
pub mod suppress;
mod threads;
pub mod tree;
pub mod view;
pub mod walk;
