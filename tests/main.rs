//! One integration binary, so that linking happens once.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

mod browser;
mod checklists;
mod cli;
mod fixes;
mod guide;
mod handlers;
mod help;
mod interrupt;
mod languages;
mod packs;
mod page;
mod plugins;
mod readme;
mod recipes;
mod service;
mod support;
mod tidy;
