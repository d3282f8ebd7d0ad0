//! Questions about the paths and texts of a whole repository, which rules ask hundreds of times in a run.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use globset::Glob;
use rustc_hash::FxHashMap;

use super::RepoView;
use super::grams::{Grams, Wanted};
use crate::matcher::files::Files;
use crate::matcher::literal::AnyOf;

/// Positions of paths that are remembered of all globs together. A script that asks ever new ones begins anew.
const MOST_POSITIONS: usize = 4 << 20;
/// Globs that are remembered.
const MOST_GLOBS: usize = 4096;

/// Positions of entries.
pub type Positions = Arc<[u32]>;

/// What was found out for earlier questions.
#[derive(Debug)]
pub(super) struct Answers {
    fitting: Mutex<Fitting>,
    /// What each file is made of, once it was searched; nothing where it cannot be read.
    grams: Vec<OnceLock<Option<Grams>>>,
}

#[derive(Debug, Default)]
struct Fitting {
    by_glob: FxHashMap<Box<str>, Positions>,
    positions: usize,
}

impl Answers {
    /// None yet, for so many entries.
    pub(super) fn new(entries: usize) -> Self {
        Self {
            fitting: Mutex::default(),
            grams: std::iter::repeat_with(OnceLock::new)
                .take(entries)
                .collect(),
        }
    }
}

/// Texts of which one is looked for.
#[derive(Debug)]
pub struct Sought {
    any: AnyOf,
    each: Vec<Wanted>,
}

impl Sought {
    /// A search for any of `texts`. An empty one stands in every file.
    ///
    /// # Errors
    /// When they are too many for an automaton.
    pub fn new<T: AsRef<[u8]>>(texts: &[T]) -> Result<Self, aho_corasick::BuildError> {
        Ok(Self {
            any: AnyOf::new(texts)?,
            each: texts
                .iter()
                .map(|text| Wanted::new(text.as_ref()))
                .collect(),
        })
    }
}

impl RepoView {
    /// Positions of the entries whose paths fit a glob, in order. `read` makes the glob of its text where it was not asked before.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn fitting<E>(
        &self,
        glob: &str,
        read: impl FnOnce() -> Result<Glob, E>,
    ) -> Result<Positions, E> {
        let known = || {
            let known = self.answers.fitting.lock();
            known.unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(positions) = known().by_glob.get(glob) {
            return Ok(positions.clone());
        }
        let files = Files::new([read()?]);
        let fitting = (0..).zip(&self.entries);
        let fitting = fitting.filter(|(_, entry)| files.is_match(&entry.path));
        let positions: Positions = fitting.map(|(at, _)| at).collect();
        let mut known = known();
        if known.by_glob.len() >= MOST_GLOBS || known.positions >= MOST_POSITIONS {
            *known = Fitting::default();
        }
        known.positions += positions.len();
        known.by_glob.insert(glob.into(), positions.clone());
        Ok(positions)
    }

    /// Whether the file at a position holds one of the texts, as far as it is read: `limit` bytes. A file is read for the first such question and for those that
    /// it may well be an answer to.
    pub fn holds(&self, at: usize, sought: &Sought, limit: u64) -> bool {
        if self.entries[at].size > limit {
            return false;
        }
        let grams = self.answers.grams[at].get_or_init(|| {
            let bytes = self.read_kept(at, limit).ok()?;
            Some(Grams::of(&bytes))
        });
        let Some(grams) = grams else {
            return false;
        };
        sought.each.iter().any(|text| grams.may_hold(text))
            && self
                .read_kept(at, limit)
                .is_ok_and(|bytes| sought.any.stands_in(&bytes))
    }
}
