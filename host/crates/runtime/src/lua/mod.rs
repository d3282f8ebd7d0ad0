//! Rules written in Lua: a sandboxed interpreter per pack and thread, and the API that scripts see.

mod absent;
pub mod api;
mod bytecode;
mod failure;
#[cfg(test)]
mod hostile;
mod interrupt;
pub mod modules;
mod print;
pub mod vm;
pub mod watchdog;
