//! Library paths that the repository's own code names, with where: what many rules ask for is gathered once.

use std::collections::BTreeMap;
use std::ops::Bound;

use perfctl_core::path_class::PathClass;
use rustc_hash::FxHashSet;

use crate::matcher::PathPattern;
use crate::repo::resolve::Value;
use crate::repo::{FileId, Repo};
use crate::tree::NodeId;

/// Places by the dotted path that is named there, each list in order and without doubles.
#[derive(Debug)]
pub struct Named<P>(BTreeMap<Box<str>, Vec<P>>);

impl<P: Copy + Ord> Named<P> {
    fn gather(named: impl Iterator<Item = (String, P)>) -> Self {
        let mut all: BTreeMap<Box<str>, Vec<P>> = BTreeMap::new();
        for (path, place) in named {
            match all.get_mut(path.as_str()) {
                Some(places) => places.push(place),
                None => {
                    all.insert(path.into_boxed_str(), vec![place]);
                }
            }
        }
        for places in all.values_mut() {
            places.sort_unstable();
            places.dedup();
            places.shrink_to_fit();
        }
        Self(all)
    }

    /// The places whose path fits one of the patterns, in order and without doubles.
    pub fn fitting(&self, patterns: &[PathPattern]) -> Vec<P> {
        // A path may fit many patterns: its places are taken once.
        let mut seen = FxHashSet::default();
        let fitting = self.of(patterns);
        let new = fitting.filter(|(path, _)| seen.insert(path.as_ptr()));
        let mut places: Vec<P> = new.flat_map(|(_, places)| places).copied().collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Whether a path fits one of the patterns.
    pub fn has(&self, patterns: &[PathPattern]) -> bool {
        self.of(patterns).next().is_some()
    }

    /// The paths that fit one of the patterns, a path perhaps several times.
    fn of<'n>(
        &'n self,
        patterns: &'n [PathPattern],
    ) -> impl Iterator<Item = (&'n Box<str>, &'n Vec<P>)> {
        let tells = |pattern: &&PathPattern| !pattern.beginning().is_empty();
        let begun = patterns.iter().filter(tells).flat_map(|pattern| {
            // What begins alike stands together.
            let beginning = pattern.beginning();
            let from = (Bound::Included(beginning), Bound::Unbounded);
            self.0
                .range::<str, _>(from)
                .take_while(move |(path, _)| path.starts_with(beginning))
                .filter(|(path, _)| pattern.fits(path))
        });
        // Those that may stand anywhere are looked for together, so that each path is looked at once.
        let anywhere: Vec<&PathPattern> =
            patterns.iter().filter(|pattern| !tells(pattern)).collect();
        let all = match anywhere.is_empty() {
            true => None,
            false => Some(self.0.iter()),
        };
        let found = all.into_iter().flatten();
        begun.chain(found.filter(move |(path, _)| anywhere.iter().any(|one| one.fits(path))))
    }
}

/// Whether questions about the whole repository look at such files.
pub fn is_counted(class: PathClass) -> bool {
    !matches!(
        class,
        PathClass::Test | PathClass::Vendored | PathClass::Generated
    )
}

/// The files of `repo` that are counted, by the modules that they import and the names that they take from them.
pub(super) fn imports(repo: &Repo) -> Named<FileId> {
    let counted = repo.ids().filter(|id| is_counted(repo.file(*id).class));
    Named::gather(counted.flat_map(|id| {
        let file = repo.file(id);
        file.index.imports.iter().flat_map(move |import| {
            let module = file.text(import.module);
            let names = import.names.iter();
            let names = names.map(move |name| (format!("{module}.{}", file.text(*name)), id));
            std::iter::once((module.to_owned(), id)).chain(names)
        })
    }))
}

/// A call: its file, and its place among the file's calls.
pub type CallAt = (FileId, u32);

/// The calls in the files of `repo` that are counted, by the library paths that they may call.
pub(super) fn calls(repo: &Repo) -> Named<CallAt> {
    let counted = repo.ids().filter(|id| is_counted(repo.file(*id).class));
    Named::gather(counted.flat_map(|id| {
        let index = &repo.file(id).index;
        index.calls.iter().zip(0..).flat_map(move |(call, at)| {
            let (from, count) = call.targets;
            index.targets[from as usize..from as usize + count as usize]
                .iter()
                .flat_map(move |text| repo.meaning(id, *text))
                .filter_map(move |meaning| match meaning {
                    Value::Library(path) => Some((path.to_string(), (id, at))),
                    _ => None,
                })
        })
    }))
}

/// The node of a call.
pub(super) fn node(repo: &Repo, (file, at): CallAt) -> NodeId {
    repo.file(file).index.calls[at as usize].node
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Looking only where a path may stand finds what looking at every path does.
        #[test]
        fn what_fits_is_found(
            patterns in prop::collection::vec("(\\*)?[ab](\\.[ab/]){0,2}(\\.\\*|\\*\\*|\\.\\*\\*)?", 0..4),
            paths in prop::collection::vec("[ab](\\.[ab/]){0,3}", 0..12),
        ) {
            let patterns: Vec<PathPattern> = patterns.iter().map(|text| PathPattern::new(text)).collect();
            let named = Named::gather(paths.iter().cloned().zip(0_u32..));
            let fits = |path: &String| patterns.iter().any(|pattern| pattern.fits(path));
            let expected: Vec<u32> = paths.iter().zip(0..).filter(|(path, _)| fits(path)).map(|(_, at)| at).collect();
            prop_assert_eq!(named.has(&patterns), !expected.is_empty());
            prop_assert_eq!(named.fitting(&patterns), expected);
        }
    }
}
