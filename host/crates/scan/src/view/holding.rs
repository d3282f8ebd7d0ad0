//! Questions about the paths and texts of a whole repository, which rules ask hundreds of times in a run.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::RepoView;
use super::grams::{Grams, Wanted};
use crate::matcher::files::Files;
use crate::matcher::literal::AnyOf;

/// Positions of paths that are remembered of all globs together. A script that asks ever new ones begins anew.
const MOST_POSITIONS: usize = 4 << 20;
/// Globs that are remembered.
const MOST_GLOBS: usize = 4096;

/// The largest file that is searched, in bytes.
pub const LARGEST: u64 = 4 << 20;

/// Bytes of pieces that are kept of all files together: an eighth to a quarter of what the files have. What comes later is searched anew.
const ROOM: usize = 32 << 20;

/// Positions of entries.
pub type Positions = Arc<[u32]>;

/// What was found out for earlier questions.
#[derive(Debug)]
pub(super) struct Answers {
    fitting: Mutex<Fitting>,
    files: Vec<Searched>,
    /// Bytes of all pieces.
    taken: AtomicUsize,
}

/// What is known of a file.
#[derive(Debug, Default)]
struct Searched {
    /// Whether it was searched: what is asked once alone is not worth more than a look.
    was_asked: AtomicBool,
    grams: OnceLock<Grams>,
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
            files: std::iter::repeat_with(Searched::default)
                .take(entries)
                .collect(),
            taken: AtomicUsize::new(0),
        }
    }

    /// Keeps what a file is made of, where there is room.
    fn keep(&self, at: usize, bytes: &[u8]) {
        let taken = &self.taken;
        // A file's own share may still be too large.
        if taken.load(Ordering::Relaxed) >= ROOM {
            return;
        }
        let grams = Grams::of(bytes);
        let size = grams.heap_size();
        let more = |taken: usize| Some(taken + size).filter(|sum| *sum <= ROOM);
        if taken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more)
            .is_ok()
            && self.files[at].grams.set(grams).is_err()
        {
            // Another thread was first.
            taken.fetch_sub(size, Ordering::Relaxed);
        }
    }
}

/// Texts of which one is looked for.
#[derive(Debug)]
pub struct Sought {
    any: AnyOf,
    /// Pieces of each; `None` where one of them is too short for any.
    each: Option<Vec<Wanted>>,
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

    /// Whether a text of these pieces may hold one of them.
    fn may_stand_in(&self, grams: &Grams) -> bool {
        let each = self.each.as_ref();
        each.is_none_or(|each| each.iter().any(|text| grams.may_hold(text)))
    }
}

impl RepoView {
    /// Positions of the entries whose paths fit a glob, in order. `read` makes the globs of its text where it was not asked before.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn fitting<E>(
        &self,
        glob: &str,
        read: impl FnOnce() -> Result<Files, E>,
    ) -> Result<Positions, E> {
        let known = || {
            let known = self.answers.fitting.lock();
            known.unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(positions) = known().by_glob.get(glob) {
            return Ok(positions.clone());
        }
        let files = read()?;
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

    /// Whether the file at a position holds one of the texts. One that is larger than [`LARGEST`] or cannot be read holds none.
    pub fn holds(&self, at: usize, sought: &Sought) -> bool {
        if self.entries[at].size > LARGEST {
            return false;
        }
        let file = &self.answers.files[at];
        let grams = file.grams.get();
        if grams.is_some_and(|grams| !sought.may_stand_in(grams)) {
            return false;
        }
        let Ok(bytes) = self.read_kept(at, LARGEST) else {
            return false;
        };
        if grams.is_none() && file.was_asked.swap(true, Ordering::Relaxed) {
            self.answers.keep(at, &bytes);
        }
        sought.any.stands_in(&bytes)
    }
}

#[cfg(test)]
mod tests;
