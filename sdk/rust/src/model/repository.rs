//! The repository as a whole.

// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.

use crate::bindings::rule_pack::perfctl::plugin as raw;
use crate::list::IntoList;
use crate::model::{DeployTarget, File, Node};

/// The audited repository as a whole, by its code and what it declares.
#[derive(Clone, Copy)]
pub struct Repository(pub(crate) ());

impl Repository {
    /// The words that the packs' facts hold under a path, as pairs of key and word.
    #[inline]
    pub fn fact(self, path: &str) -> Option<Vec<(String, String)>> {
        raw::repository::fact(path)
    }

    /// Paths of the files in which the matcher of that name matched, sorted; the matcher must have `evidence = true`, which means
    /// that no file is judged for its matches. It costs nothing that the scan did not cost anyway.
    ///
    /// # Panics
    ///
    /// When there is no such matcher, or it gives no evidence.
    #[track_caller]
    #[inline]
    pub fn matched(self, matcher: &str) -> Vec<String> {
        match raw::repository::matched(matcher) {
            Ok(found) => found,
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// The files at which a process starts that load a file, each with the way from it to the file: entry points, and code in JavaScript
    /// and TypeScript that is for no browser and that no other file loads. A file that is one itself has a way of one hop.
    #[inline]
    pub fn loaded_by(self, path: &str) -> Vec<Vec<LoadHop>> {
        raw::repository::loaded_by(path).into_iter().map(|item| item.into_iter().map(LoadHop).collect()).collect()
    }

    /// Where a file is deployed, by what is said most closely about it.
    #[inline]
    pub fn deploy_targets(self, path: &str) -> Vec<DeployTarget> {
        raw::repository::deploy_targets(path).into_iter().map(DeployTarget::read).collect()
    }

    /// Whether code imports one of these modules, and the first file that does; tests, vendored and generated code left out.
    ///
    /// # Panics
    ///
    /// When a pattern could not fit any path.
    #[track_caller]
    #[inline]
    pub fn imports(self, patterns: impl IntoList) -> (bool, Option<String>) {
        match patterns.lend(raw::repository::imports) {
            Ok(found) => found,
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// Paths of the files that import one of these modules, at any level; tests, vendored and generated code left out.
    ///
    /// # Panics
    ///
    /// When a pattern could not fit any path.
    #[track_caller]
    #[inline]
    pub fn importers(self, patterns: impl IntoList) -> Vec<String> {
        match patterns.lend(raw::repository::importers) {
            Ok(found) => found,
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// Calls that call one of these; tests, vendored and generated code left out.
    ///
    /// # Panics
    ///
    /// When a pattern could not fit any path.
    #[track_caller]
    #[inline]
    pub fn calls(self, patterns: impl IntoList) -> Vec<Node> {
        match patterns.lend(raw::repository::calls) {
            Ok(found) => found.into_iter().map(Node).collect(),
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// Paths that fit a glob, sorted, at most 20 000; tests and vendored code included. `*` stands for slashes too.
    ///
    /// # Panics
    ///
    /// When the glob cannot be understood.
    #[track_caller]
    #[inline]
    pub fn paths(self, glob: &str) -> Vec<String> {
        match raw::files::paths(glob) {
            Ok(found) => found,
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// What lies at a path: `file` or `directory`; the empty path is the root.
    #[inline]
    pub fn at(self, path: &str) -> Option<String> {
        raw::files::at(path)
    }

    /// How many bytes the file at a path has; of images and other files that are no text, too.
    #[inline]
    pub fn size(self, path: &str) -> Option<u64> {
        raw::files::size(path)
    }

    /// The text of the file at a path, at most 4 MiB; none where there is none, where it is no text or larger. For what is searched and not
    /// understood: unlike with `open` nothing is parsed.
    #[inline]
    pub fn text(self, path: &str) -> Option<String> {
        raw::files::text(path)
    }

    /// Paths of all files below a directory, sorted.
    #[inline]
    pub fn below(self, directory: &str) -> Vec<String> {
        raw::files::below(directory)
    }

    /// Paths of the files of at most 4 MiB that fit a glob and whose text holds one of several strings; each file is read once.
    ///
    /// # Panics
    ///
    /// When the glob cannot be understood.
    #[track_caller]
    #[inline]
    pub fn holding(self, glob: &str, texts: impl IntoList) -> Vec<String> {
        match texts.lend(|texts| raw::files::holding(glob, texts)) {
            Ok(found) => found,
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// A file of it; none when there is none, or it cannot be read.
    #[inline]
    pub fn open(self, path: &str) -> Option<File> {
        raw::files::open(path).map(File)
    }
}

/// A file on the way from one at which a process starts to a file that it loads.
#[derive(Clone, Copy)]
pub struct LoadHop(pub(crate) u32);

impl LoadHop {
    /// The file.
    #[inline]
    pub fn path(self) -> String {
        raw::load_hop::path(self.0)
    }

    /// The import that leads on; none for the last file.
    #[inline]
    pub fn import(self) -> Option<Node> {
        raw::load_hop::import(self.0).map(Node)
    }
}
