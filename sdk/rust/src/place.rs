//! Where a finding, an explanation or a change is.

use crate::matches::{Capture, Match};
use crate::model::{Doc, File, Instruction, Node, ShellCommand, Span};

/// Anything with a place: a [`Node`], a [`Span`], a [`File`], a [`Doc`], an [`Instruction`], a [`ShellCommand`], a [`Match`] or a
/// [`Capture`].
#[derive(Clone, Copy)]
pub struct Place(pub(crate) u32);

macro_rules! places {
    ($($thing:ty),*) => {$(
        impl From<$thing> for Place {
            fn from(thing: $thing) -> Self {
                Self(thing.0)
            }
        }
    )*};
}

places!(Node, Span, File, Doc, Instruction, ShellCommand);

impl From<Match<'_>> for Place {
    fn from(found: Match<'_>) -> Self {
        Self(found.row().thing)
    }
}

impl From<Capture<'_>> for Place {
    fn from(found: Capture<'_>) -> Self {
        Self(found.row().thing)
    }
}
