//! Which of the local matchers look at a file. Files that the same ones look at are of one kind.

use std::sync::{Arc, PoisonError, RwLock};

use globset::Glob;
use perfctl_core::path_class::PathClass;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::in_file::is_sql_file;
use super::{FileMatchers, Listed};
use crate::lower::Language;
use crate::matcher::What;
use crate::matcher::files::{Files, Globs};
use crate::matcher::wildcard::Wildcard;

/// A set of matchers, by position: a bit each.
type Bits = SmallVec<[u64; 16]>;

/// What else than its path and the globs of matchers tells who looks at a file.
type Sort = (Option<Language>, PathClass);

/// All local matchers, and the kinds of file that were met.
#[derive(Debug)]
pub(super) struct Kinds {
    all: Vec<Arc<Listed>>,
    /// The globs that say more than how a path ends, each once.
    globs: Vec<Glob>,
    /// The same as texts with gaps, where they are.
    wildcards: Vec<Option<Wildcard>>,
    /// The matchers that a glob belongs to, by its position.
    of_glob: Vec<Vec<u32>>,
    asked: RwLock<FxHashMap<Vec<usize>, Arc<Asked>>>,
    by_ending: RwLock<FxHashMap<Sort, Endings>>,
    known: RwLock<FxHashMap<Bits, Arc<FileMatchers>>>,
}

/// What the ends of paths settle.
type Endings = FxHashMap<Box<str>, Arc<Ending>>;

/// What the end of a path settles.
#[derive(Debug)]
struct Ending {
    /// Who looks at every file that ends so.
    looking: Bits,
    /// Who would look at one that a glob of theirs fits.
    willing: Bits,
    /// Those globs. Most matchers are willing to look at files of one language, and few of these have globs.
    asked: Arc<Asked>,
}

/// Globs that paths of some ending are held against.
#[derive(Debug)]
struct Asked {
    globs: Globs,
    /// Where each stands among all globs.
    places: Vec<usize>,
}

impl Kinds {
    pub(super) fn new(all: Vec<Arc<Listed>>) -> Self {
        let (mut globs, mut of_glob) = (Vec::new(), Vec::<Vec<u32>>::new());
        let mut known = FxHashMap::default();
        for (at, listed) in all.iter().enumerate() {
            let files = listed.matcher.files.as_deref();
            for glob in files.map_or(&[][..], Files::others) {
                let place = *known.entry(glob.glob().to_owned()).or_insert_with(|| {
                    globs.push(glob.clone());
                    of_glob.push(Vec::new());
                    of_glob.len() - 1
                });
                of_glob[place].push(at as u32);
            }
        }
        Self {
            all,
            wildcards: globs
                .iter()
                .map(|glob| Wildcard::read(glob.glob()))
                .collect(),
            globs,
            of_glob,
            asked: RwLock::default(),
            by_ending: RwLock::default(),
            known: RwLock::default(),
        }
    }

    /// The matchers that look at the file at `path`.
    pub(super) fn of(
        &self,
        path: &str,
        language: Option<Language>,
        class: PathClass,
    ) -> Arc<FileMatchers> {
        let ending = self.ending((language, class), end(path));
        let mut looking = ending.looking.clone();
        for glob in ending.asked.fitting(path) {
            for at in &self.of_glob[glob] {
                if has(&ending.willing, *at as usize) {
                    set(&mut looking, *at as usize);
                }
            }
        }
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&looking) {
            return known.clone();
        }
        drop(known);
        let matchers = (0..self.all.len())
            .filter(|at| has(&looking, *at))
            .map(|at| self.all[at].clone());
        let made = Arc::new(FileMatchers::new(matchers));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(looking).or_insert(made).clone()
    }

    fn ending(&self, sort: Sort, end: &str) -> Arc<Ending> {
        let known = self
            .by_ending
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&sort).and_then(|ends| ends.get(end)) {
            return known.clone();
        }
        drop(known);
        let mut looking = Bits::from_elem(0, self.all.len().div_ceil(64));
        let mut willing = looking.clone();
        for (at, listed) in self.all.iter().enumerate() {
            if looks_at_sort(listed, sort, is_sql_file(end)) {
                set(&mut willing, at);
                let files = listed.matcher.files.as_ref();
                if files.is_none_or(|files| files.fits_ending(end)) {
                    set(&mut looking, at);
                }
            }
        }
        let asked = self.asked(&willing, end);
        let made = Ending {
            looking,
            willing,
            asked,
        };
        let mut known = self
            .by_ending
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let ends = known.entry(sort).or_default();
        ends.entry(end.into())
            .or_insert_with(|| Arc::new(made))
            .clone()
    }

    /// The globs of the matchers that are willing, but for those that fit no path with this end.
    fn asked(&self, willing: &Bits, end: &str) -> Arc<Asked> {
        let is_asked = |place: &usize| {
            let wildcard = self.wildcards[*place].as_ref();
            let mut matchers = self.of_glob[*place].iter();
            wildcard.is_none_or(|wildcard| wildcard.may_end(end))
                && matchers.any(|at| has(willing, *at as usize))
        };
        let places: Vec<usize> = (0..self.globs.len()).filter(is_asked).collect();
        let known = self.asked.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&places) {
            return known.clone();
        }
        drop(known);
        let made = Arc::new(Asked {
            globs: Globs::new(places.iter().map(|at| &self.globs[*at])),
            places: places.clone(),
        });
        let mut known = self.asked.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(places).or_insert(made).clone()
    }
}

impl Asked {
    /// The globs that fit `path`.
    fn fitting(&self, path: &str) -> impl Iterator<Item = usize> {
        let found = self.globs.fitting(path).into_iter();
        found.map(|at| self.places[at])
    }
}

/// Whether a matcher looks at files of a sort that its globs fit. The languages of a matcher over SQL are those that SQL is written in as
/// text: a file of SQL is looked at all the same, and by no other matcher over texts.
fn looks_at_sort(listed: &Listed, (language, class): Sort, is_sql: bool) -> bool {
    let matcher = &listed.matcher;
    let speaks = match &matcher.what {
        What::Text { sql, .. } if is_sql => *sql,
        _ => {
            matcher.languages.is_empty()
                || language.is_some_and(|language| matcher.languages.contains(&language))
        }
    };
    speaks && !matcher.skip.contains(&class)
}

/// The end of a path that endings are held against: its last name, from the first dot.
fn end(path: &str) -> &str {
    let name = path.rfind('/').map_or(path, |slash| &path[slash + 1..]);
    name.find('.').map_or("", |dot| &name[dot..])
}

fn has(bits: &Bits, at: usize) -> bool {
    bits[at / 64] & (1 << (at % 64)) != 0
}

fn set(bits: &mut Bits, at: usize) {
    bits[at / 64] |= 1 << (at % 64);
}
