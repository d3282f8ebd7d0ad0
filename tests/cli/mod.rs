//! The program as a user runs it.

mod check;
mod misuse;
mod recipe;
mod settings;
