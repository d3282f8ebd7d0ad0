//! Everything that rules use, under names that seldom clash with others.

pub use crate::literal::{Argument, Literal};
pub use crate::matches::{Capture, Match, Matches};
pub use crate::model::{
    Doc, DockerStage, Dockerfile, File, Func, Instruction, LoadHop, Loop, Node, Repository,
    ShellCommand, Span,
};
pub use crate::words::{Confidence, Presence, Reach, Safety, Severity};
pub use crate::{Finding, Fix, Place, Report, Rule, Verdict};
