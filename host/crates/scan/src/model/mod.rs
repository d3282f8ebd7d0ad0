//! One file's code model: names, scopes, and where values come from, the same for all languages.

pub mod annotation;
pub mod eval;
pub mod index;
pub mod joined;
pub mod loops;
pub mod path;
pub mod place;
pub mod scope;
pub mod uses;
