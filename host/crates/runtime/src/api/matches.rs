//! The matches of a rule in a file, before anybody holds one of them.

use std::sync::Arc;

use perfctl_scan::matcher::local;
use perfctl_scan::matcher::structure::Structure;
use perfctl_scan::matcher::{Matcher, What};
use perfctl_scan::view::FileView;

use super::matched::Match;

/// What matches of a matcher have in common.
#[derive(Clone, Debug)]
pub struct Matching {
    name: Arc<str>,
    structure: Option<Arc<Structure>>,
}

impl Matching {
    /// That of a matcher.
    pub fn new(matcher: &Matcher) -> Self {
        Self {
            name: matcher.name.as_str().into(),
            structure: match &matcher.what {
                What::Structure(structure) => Some(structure.clone()),
                _ => None,
            },
        }
    }
}

/// A rule's matches in a file. To hold one takes its share of the file, and most are looked at once: who judges makes of them what he hands
/// on.
#[derive(Clone, Copy)]
pub struct Matches<'m> {
    /// The file.
    pub file: &'m Arc<FileView>,
    /// What matched, in order.
    pub all: &'m [local::Match],
    /// The rule's matchers, in the order of its file.
    pub matchers: &'m [Matching],
}

impl Matches<'_> {
    /// One of them, as a rule holds it.
    pub fn held(&self, one: &local::Match) -> Match {
        let of = &self.matchers[one.matcher as usize];
        let structure = of.structure.clone();
        Match::new(self.file, of.name.clone(), one.at.clone(), structure)
    }
}
