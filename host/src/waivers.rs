//! Waivers of a repository's settings that waive nothing: those whose path fits no file, and those that are unneeded or past their end, taken out of
//! the file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use perfctl_core::finding::Finding;
use perfctl_core::fix::Safety;
use perfctl_core::place::Place;
use perfctl_core::seams::Never;
use perfctl_engine::judge::silence::{Astray, SUPPRESS, Scope as Waived};
use perfctl_fix::{Applied, Changed, Outcome};
use perfctl_scan::walk::{Files, Scope, walk};
use perfctl_wire::settings::{self, Level};

use crate::nearest_path::nearest_of;
use crate::own::SETTINGS;
use crate::rewrite;

/// How a finding begins about a waiver that is not needed, or whose last day is past; others are for somebody to decide.
const UNUSED: [&str; 2] = ["this waiver is not needed", "this waiver held until"];

/// The files of a repository that its waivers can speak of, listed when the first one asks for them.
pub(crate) struct Tree {
    root: PathBuf,
    files: OnceLock<Files>,
}

impl Tree {
    /// That of the repository at `root`.
    pub(crate) fn of(root: PathBuf) -> Self {
        Self {
            root,
            files: OnceLock::new(),
        }
    }

    /// As a scan sees them, whatever it would leave out by the settings: no rule finds anything in what git ignores.
    fn files(&self) -> &Files {
        self.files
            .get_or_init(|| walk(&self.root, &Scope::default(), &Never))
    }

    /// That no file fits `path` of a waiver of the repository's own settings, with the path that may have been meant.
    pub(crate) fn astray(&self, path: &str) -> Option<Astray> {
        let path = Waived::from_root(path);
        if !self.misses(path) {
            return None;
        }
        let is_literal = |part: &&str| !part.contains(['*', '?', '[', '{', '\\']);
        let literal: Vec<&str> = path.split('/').take_while(is_literal).collect();
        let literal = literal.join("/");
        if self.hides(&literal) {
            return None;
        }
        // Only what is no pattern can be compared with what is there.
        let pattern = path.strip_prefix(&literal).unwrap_or_default();
        let files = self.files().entries.iter().map(|file| &*file.path);
        let near = nearest_of(&self.root, literal.trim_end_matches('/'), files)
            .map(|below| format!("{below}{pattern}"))
            .filter(|near| !self.misses(near));
        Some(Astray { near })
    }

    /// Whether `path` can be read and nothing fits it.
    fn misses(&self, path: &str) -> bool {
        // What cannot be read as a path is said elsewhere, and is looked for nowhere.
        Waived::new(path).is_ok_and(|scope| {
            let mut files = self.files().entries.iter();
            !self.root.join(path).exists() && !files.any(|file| scope.holds(&file.path))
        })
    }

    /// Whether `path` lies in what git ignores, where nobody has looked.
    fn hides(&self, path: &str) -> bool {
        let mut hidden = self.files().hidden.iter();
        hidden.any(|hidden| Path::new(path).starts_with(hidden.trim_end_matches('/')))
    }
}

/// Adds to `outcome` that the waivers of the settings at `root` are gone which the `wanted` ones of the findings of a scan call unused
/// or over.
///
/// # Errors
/// Why the settings are not written, as the end of a sentence.
pub(crate) fn take_out(
    root: &Path,
    findings: &[Finding],
    wanted: &[usize],
    outcome: &mut Outcome,
) -> Result<(), String> {
    let is_unused = |at: &&usize| {
        let finding = &findings[**at];
        is_of_waiver(finding)
            && UNUSED
                .iter()
                .any(|begin| finding.message.starts_with(begin))
    };
    let unused: Vec<usize> = wanted.iter().filter(is_unused).copied().collect();
    if unused.is_empty() {
        return Ok(());
    }
    let before = rewrite::text_of(root, SETTINGS)?;
    let places: Vec<&Place> = unused.iter().map(|at| &findings[*at].place).collect();
    let layer = settings::read(SETTINGS, &before, Level::Repository)
        .map_err(|faults| faults.to_string())?;
    let gone: Vec<usize> = (0..layer.waivers.len())
        .filter(|at| places.contains(&&layer.waivers[*at].value.place))
        .collect();
    if gone.len() != unused.len() {
        return Err("it changed while it was looked at".to_owned());
    }
    let after: Arc<str> = settings::without_waivers(SETTINGS, &before, &gone)
        .map_err(|faults| faults.to_string())?
        .into();
    let path: Arc<str> = SETTINGS.into();
    for at in unused {
        outcome.left.retain(|(other, _)| *other != at);
        outcome.applied.push(Applied {
            finding: at,
            title: "take the waiver out".to_owned(),
            safety: Safety::Safe,
            paths: BTreeSet::from([path.clone()]),
            round: outcome.rounds.max(1),
        });
    }
    outcome.files.push(Changed {
        path,
        before,
        after,
    });
    outcome
        .files
        .sort_by(|left, right| left.path.cmp(&right.path));
    Ok(())
}

/// Whether a finding speaks of a waiver of the repository's settings.
fn is_of_waiver(finding: &Finding) -> bool {
    finding.rule.as_str() == SUPPRESS && &*finding.place.path == SETTINGS
}

/// Where the waivers stood that `outcome` takes out.
pub(crate) fn taken_out<'f>(findings: &'f [Finding], outcome: &Outcome) -> Vec<&'f Place> {
    let applied = outcome.applied.iter();
    let mended = applied.map(|applied| &findings[applied.finding]);
    let of_waivers = mended.filter(|finding| is_of_waiver(finding));
    of_waivers.map(|finding| &finding.place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> (tempfile::TempDir, Tree) {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path().join("in/shop");
        for file in files {
            let path = root.join(file);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("works here");
            std::fs::write(path, "").expect("works here");
        }
        let tree = Tree::of(root);
        (dir, tree)
    }

    /// What is said of a path: nothing, that no file fits it, or what may have been meant.
    fn said(tree: &Tree, path: &str) -> Option<Option<String>> {
        tree.astray(path).map(|astray| astray.near)
    }

    #[test]
    fn a_path_is_astray_where_no_file_that_a_scan_sees_fits_it() {
        let (_dir, tree) = tree(&["shop/api/views.py", "shop/prices.py", "made/deep/a.py"]);
        for there in ["shop", "/shop/**", "./shop/api/*.py", "**/views.py", "."] {
            assert_eq!(said(&tree, there), None, "{there}");
        }
        let near = |path: &str| Some(Some(path.to_owned()));
        assert_eq!(said(&tree, "shp/**"), near("shop/**"));
        assert_eq!(said(&tree, "core/prices.py"), near("shop/prices.py"));
        assert_eq!(said(&tree, "**/none.py"), Some(None));
        assert_eq!(said(&tree, "a[b"), None, "that is said elsewhere");
    }

    #[test]
    fn ignored_directories_are_not_walked_and_nothing_is_said_of_them() {
        let ignoring = |files: &[&str]| {
            let (dir, tree) = tree(files);
            std::fs::create_dir(tree.root.join(".git")).expect("works here");
            std::fs::write(tree.root.join(".gitignore"), "made/\n").expect("works here");
            (dir, tree)
        };
        let (_dir, tree) = ignoring(&["shop/a.py", "made/deep/b.py"]);
        assert_eq!(said(&tree, "**/b.py"), Some(None));
        assert_eq!(said(&tree, "made/deep/*.js"), None);
        let listed: Vec<&str> = tree
            .files()
            .entries
            .iter()
            .map(|file| &*file.path)
            .collect();
        assert_eq!(listed, [".gitignore", "shop/a.py"]);
    }

    #[test]
    fn nothing_outside_of_the_repository_is_looked_at() {
        let (dir, tree) = tree(&["a.py"]);
        std::fs::write(dir.path().join("in/secret"), "").expect("works here");
        for path in ["../*et", "../secret", "x/../../secret", "../none"] {
            assert_eq!(said(&tree, path), None, "{path}");
            assert!(tree.files.get().is_none(), "{path}");
        }
    }
}
