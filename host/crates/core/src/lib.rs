//! The nouns of perfctl and the seams between its rooms.
//!
//! Everything here is a plain value or a trait. This crate knows no serde, no files, no clock, no
//! environment and no async: it can be read in one sitting and tested without a machine around it.
//! Wire formats live in `perfctl-wire`, IO lives in the rooms that own it.

pub mod bar;
pub mod budget;
pub mod checklist;
pub mod event;
pub mod finding;
pub mod fix;
pub mod history;
pub mod ids;
pub mod label;
pub mod message;
pub mod metric;
pub mod moves;
pub mod path_class;
pub mod place;
pub mod placeholder;
pub mod rank;
pub mod recipe;
pub mod repository;
pub mod rule;
pub mod run;
pub mod scale;
pub mod seams;
pub mod suppress;
pub mod verdict;
