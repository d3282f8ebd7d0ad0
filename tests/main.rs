//! One integration binary, so that linking happens once.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

mod browser;
mod cli;
mod fixes;
mod guide;
mod interrupt;
mod packs;
mod page;
mod readme;
mod recipes;
mod service;
mod support;
mod tidy;
