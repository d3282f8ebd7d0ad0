//! How things compare, and how they look in `{:?}`.

use std::fmt::{Debug, Formatter, Result};
use std::hash::{Hash, Hasher};

use super::{
    Doc, DockerStage, Dockerfile, File, Func, Instruction, LoadHop, Loop, Node, Repository,
    ShellCommand, Span,
};

/// The host may hand one node over under two numbers. It is asked only when the numbers differ.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.same(*other)
    }
}

impl Eq for Node {}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.path() == other.path()
    }
}

impl Eq for File {}

impl PartialEq for Func {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.node() == other.node()
    }
}

impl Eq for Func {}

impl Debug for Node {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        write!(to, "{} in line {}", self.kind(), self.line())
    }
}

impl Debug for Loop {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        write!(to, "{} loop in line {}", self.kind(), self.node().line())
    }
}

impl Debug for Func {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        write!(to, "{}() in line {}", self.name(), self.node().line())
    }
}

impl Debug for File {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        to.write_str(&self.path())
    }
}

impl Debug for Span {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        write!(to, "{:?} in line {}", self.source(), self.line())
    }
}

impl Debug for Doc {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        let key = self.key().unwrap_or_default();
        write!(to, "{} {key:?} in line {}", self.kind(), self.line())
    }
}

impl Debug for Dockerfile {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        to.debug_list().entries(self.stages()).finish()
    }
}

impl Debug for DockerStage {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        write!(to, "stage {} {:?}", self.index(), self.from())
    }
}

impl Debug for Instruction {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        write!(to, "{} in line {}", self.keyword(), self.line())
    }
}

impl Debug for ShellCommand {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        write!(to, "{} in line {}", self.name(), self.span().line())
    }
}

impl Debug for LoadHop {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        to.write_str(&self.path())
    }
}

impl Debug for Repository {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        to.write_str("repository")
    }
}
