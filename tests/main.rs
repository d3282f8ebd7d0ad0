//! One integration binary, so that linking happens once.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

mod cli;
mod support;
mod tidy;
