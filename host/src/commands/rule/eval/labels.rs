//! Gathering labels: files and directories of them, and what was read of each repository.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use perfctl_core::ids::RuleId;
use perfctl_core::label::{Label, LabelledRepository};
use perfctl_engine::score::Scope;
use perfctl_wire::label;

use crate::error::CommandError;
use crate::session::read;

/// The labels of one repository at one commit.
pub(super) struct Unit {
    /// `owner/name`, or a URL.
    pub(super) name: String,
    /// The commit.
    pub(super) commit: String,
    /// Whether it goes by the repository's name alone: what `repos.json` describes, or the only commit that has labels.
    pub(super) is_alone: bool,
    /// What was read of it, if somebody says so.
    pub(super) described: Option<(LabelledRepository, Scope)>,
    /// Its labels.
    pub(super) labels: Vec<Label>,
}

impl Unit {
    /// Whether labels, or the promise that all is labelled, speak of rules among `only`.
    pub(super) fn concerns(&self, only: Option<&BTreeSet<RuleId>>) -> bool {
        only.is_none_or(|only| {
            let promised = self.described.iter();
            self.labels.iter().any(|label| only.contains(&label.rule))
                || promised
                    .flat_map(|(repository, _)| &repository.exhaustive_rules)
                    .any(|rule| only.contains(rule))
        })
    }

    /// As messages call it.
    pub(super) fn shown(&self) -> String {
        match self.is_alone {
            true => self.name.clone(),
            false => format!("{}@{:.12}", self.name, self.commit),
        }
    }

    /// Where it is cloned from.
    pub(super) fn url(&self) -> String {
        let told = self.described.as_ref();
        let told = told.and_then(|(repository, _)| repository.url.clone());
        told.unwrap_or_else(|| match self.name.contains("://") {
            true => self.name.clone(),
            false => format!("https://github.com/{}", self.name),
        })
    }
}

/// The labels in `paths`, by repository and commit.
pub(super) fn units(paths: &[PathBuf], repos: Option<&Path>) -> Result<Vec<Unit>, CommandError> {
    let mut described = BTreeMap::new();
    if let Some(file) = repos {
        for one in label::read_repositories(&file.display().to_string(), &read(file)?)? {
            let scope = Scope::of(&one.scope_roots).map_err(|why| {
                CommandError::usage(format!("{}: `{}`: {why}", file.display(), one.name))
            })?;
            described.insert(one.name.clone(), (one, scope));
        }
    }
    let mut by_commit: BTreeMap<(String, String), Vec<Label>> = BTreeMap::new();
    for file in files(paths)? {
        let labels = label::read(&file.display().to_string(), &read(&file)?)?;
        for label in labels {
            let key = (label.repository.clone(), label.commit.clone());
            by_commit.entry(key).or_default().push(label);
        }
    }
    if by_commit.is_empty() {
        return Err(CommandError::usage("there is not one label in these files"));
    }
    let mut commits: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in by_commit.keys() {
        *commits.entry(name.clone()).or_default() += 1;
    }
    let unit = |((name, commit), labels): ((String, String), Vec<Label>)| {
        let described = described.get(&name);
        let described = described.filter(|(one, _)| one.commit == commit).cloned();
        Unit {
            is_alone: described.is_some() || commits.get(&name) == Some(&1),
            name,
            commit,
            described,
            labels,
        }
    };
    Ok(by_commit.into_iter().map(unit).collect())
}

/// The files that are named, and those in directories that are named, each once whatever ways lead to it.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CommandError> {
    let mut all = BTreeSet::new();
    for path in paths {
        if !path.is_dir() {
            all.insert(path.clone());
            continue;
        }
        let mut found = Vec::new();
        below(path, &mut found)?;
        if found.is_empty() {
            return Err(CommandError::usage(format!(
                "there are no labels (*.jsonl) in {}",
                path.display()
            )));
        }
        all.extend(found);
    }
    let mut seen = BTreeSet::new();
    let is_new = |path: &PathBuf| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()));
    Ok(all.into_iter().filter(is_new).collect())
}

/// Directories behind links are left out: they may lead around in a circle, or out of what was named.
fn below(dir: &Path, into: &mut Vec<PathBuf>) -> Result<(), CommandError> {
    let cannot = |error| CommandError::usage(format!("cannot read {}: {error}", dir.display()));
    for entry in std::fs::read_dir(dir).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let path = entry.path();
        if entry.file_type().map_err(cannot)?.is_dir() {
            below(&path, into)?;
        } else if path.extension().is_some_and(|end| end == "jsonl") && !path.is_dir() {
            into.push(path);
        }
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_counts_once_whatever_ways_lead_to_it() {
        let dir = tempfile::tempdir().expect("works here");
        let named = dir.path().join("lbl");
        std::fs::create_dir_all(named.join("a")).expect("works here");
        for file in ["lbl/a/one.jsonl", "lbl/two.jsonl", "aside.jsonl"] {
            std::fs::write(dir.path().join(file), "").expect("works here");
        }
        let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, named.join(at));
        link("..", "a/loop").expect("works here");
        link("../..", "a/out").expect("works here");
        link("a/one.jsonl", "again.jsonl").expect("works here");
        let spelt = dir.path().join("lbl/a/../two.jsonl");
        let found = files(&[named.clone(), spelt]).expect("works here");
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
