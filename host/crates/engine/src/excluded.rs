//! Globs of `exclude`: what they name, and everything in it. Knows neither settings nor files.

use globset::{Glob, GlobSet};

/// The globs that `pattern` of `exclude` stands for: a file, or a directory with all that is in it.
pub fn forms(pattern: &str) -> [String; 2] {
    let bare = pattern.trim_start_matches("./").trim_matches('/');
    [bare.to_owned(), format!("{bare}/**")]
}

/// The set of what `patterns` leave out; one that is no glob leaves out nothing.
pub(crate) fn set(patterns: &[String]) -> GlobSet {
    let globs = patterns.iter().flat_map(|pattern| forms(pattern));
    GlobSet::new(globs.filter_map(|glob| Glob::new(&glob).ok())).unwrap_or_default()
}
