//! Which tests are worth a tree where rules ask of tests only what they import: few files of a repository import a load generator.

use std::sync::Arc;

use perfctl_core::path_class::PathClass;

use super::Listed;
use crate::matcher::What;
use crate::matcher::literal::AnyOf;

/// What a test must hold.
#[derive(Debug, Default)]
pub(super) enum InTests {
    /// No import is looked for in tests.
    #[default]
    Nothing,
    /// One of these.
    Some(AnyOf),
    /// Nothing that can be told.
    Anything,
}

impl InTests {
    /// For all matchers, of which those over imports count.
    pub(super) fn of(all: &[Arc<Listed>]) -> Self {
        let mut written = Vec::new();
        for matcher in all.iter().map(|listed| &listed.matcher) {
            let What::Import(patterns) = &matcher.what else {
                continue;
            };
            if matcher.skip.contains(&PathClass::Test) {
                continue;
            }
            let words: Option<Vec<&str>> = patterns.iter().map(|one| one.written()).collect();
            match words {
                Some(words) if !words.is_empty() => written.extend(words),
                _ => return Self::Anything,
            }
        }
        if written.is_empty() {
            return Self::Nothing;
        }
        AnyOf::new(&written).map_or(Self::Anything, Self::Some)
    }

    pub(super) fn may_stand_in(&self, text: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Some(words) => words.stands_in(text.as_bytes()),
            Self::Anything => true,
        }
    }
}
