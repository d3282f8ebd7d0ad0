//! The program as a user runs it.

mod check;
mod clone;
mod image;
mod misuse;
mod outputs;
mod prepare;
mod recipe;
mod secret;
mod settings;
