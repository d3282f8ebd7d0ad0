//! Why a question of a rule is not answered.

use std::borrow::Cow;

use thiserror::Error;

/// A slip of a rule, in words for its author.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct Refusal(Cow<'static, str>);

impl Refusal {
    /// A refusal that says `message`.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }
}

/// What a rule is answered, or why it is not.
pub type Answer<T> = Result<T, Refusal>;
