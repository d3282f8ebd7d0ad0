//! Rule runtimes: packs, matchers, scripts. No rule of its own: every rule is a folder of a pack.

pub mod api;
mod applies;
pub mod cases;
pub mod clock;
mod diff;
mod limits;
pub mod lua;
mod matchers;
pub mod pack;
pub mod plugin;
pub mod runner;
