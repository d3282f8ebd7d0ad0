//! Things of the audited repository, under the names that they have in every language.

#[rustfmt::skip]
mod code;
#[rustfmt::skip]
mod docker;
#[rustfmt::skip]
mod files;
#[rustfmt::skip]
mod records;
#[rustfmt::skip]
mod repository;
mod shown;

pub use code::{Func, Loop, Node};
pub use docker::{DockerStage, Dockerfile, Instruction, ShellCommand};
pub use files::{Doc, File, Span};
pub use records::{
    DeployTarget, Feed, Hop, Image, SqlComparison, SqlStar, SqlStatement, SqlTable, Stop, Use,
};
pub use repository::{LoadHop, Repository};
