//! The program as a user runs it.

mod check;
mod clone;
mod misuse;
mod outputs;
mod recipe;
mod settings;
