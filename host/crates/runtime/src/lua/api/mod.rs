//! What scripts see: one file per kind of thing. The names are those of `sdk/lua/perfctl.d.luau`.

pub(crate) mod capture;
mod docker;
mod document;
mod file;
mod links;
mod node;
mod report;
mod repository;
mod sql;
mod surroundings;

pub use file::{File, Span};
pub use node::Node;
pub use report::{Draft, Report};
pub use repository::Repository;

#[cfg(test)]
mod stubs;
