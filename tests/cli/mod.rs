//! The program as a user runs it.

mod check;
mod image;
mod misuse;
mod prepare;
mod recipe;
mod secret;
mod settings;
