//! The audited repository on disk and the programs that run beside it: opening or cloning it, the temporary place of a
//! run, tools on `PATH`, and running a program without letting it touch anything but its scratch directory.
//!
//! This room knows git and processes. It must not know forges, rules, recipes' meaning or the terminal: progress goes to a
//! [`perfctl_core::seams::Sink`], and whether to stop is asked of a [`perfctl_core::seams::Stop`].

pub mod checkout;
pub mod command;
pub mod engines;
mod regular;
pub mod sandbox;
pub mod suspend;
pub mod temp;
pub mod tools;
