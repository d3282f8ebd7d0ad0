//! Where things are.

use std::sync::Arc;

use perfctl_core::place::ByteSpan;
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::FileView;

use super::refusal::{Answer, Refusal};

/// Where something is.
#[derive(Clone)]
pub struct Location {
    /// The file.
    pub file: Arc<FileView>,
    /// The bytes that stand for it in a finding.
    pub span: ByteSpan,
    /// The node, if it is code.
    pub node: Option<NodeId>,
}

/// Something with a place in a file.
pub trait Located {
    /// Where it is.
    ///
    /// # Errors
    /// When it is not there any more.
    fn location(&self) -> Answer<Location>;
}

impl Location {
    /// The location itself, if its bytes are whole characters of the file.
    ///
    /// # Errors
    /// When they are not.
    pub fn inside(self) -> Answer<Self> {
        match self.file.holds(self.span) {
            true => Ok(self),
            false => Err(Refusal::new(format!(
                "the place is not inside {}",
                self.file.path()
            ))),
        }
    }
}
