//! A small repository in a temporary directory, scanned, for tests of what only a whole repository can tell.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use perfctl_core::seams::Never;

use super::callgraph::FunctionId;
use super::facts::Facts;
use super::resolve::Value;
use crate::matcher::{Matcher, RuleMatchers, What};
use crate::scanner::{Ruleset, Survey, survey};
use crate::walk::Scope;
use perfctl_core::path_class::PathClass;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A scanned repository; its directory is removed with it.
pub(crate) struct Scratch {
    dir: PathBuf,
    /// The scan.
    pub(crate) survey: Survey,
}

impl Scratch {
    /// Writes `files` (path, text) and scans them with one file of facts.
    pub(crate) fn new(facts: &str, files: &[(&str, &str)]) -> Self {
        Self::beside(&[], facts, files)
    }

    /// As [`Scratch::new`], for rules that leave out files of the classes `skip`.
    pub(crate) fn beside(skip: &[PathClass], facts: &str, files: &[(&str, &str)]) -> Self {
        let mut known = Facts::default();
        known.add("facts.toml", facts).expect("well formed");
        let any = Matcher {
            name: "any".into(),
            languages: Vec::new(),
            files: None,
            skip: skip.to_vec(),
            evidence: false,
            what: What::Import(Vec::new()),
        };
        let rules = Ruleset {
            rules: vec![RuleMatchers {
                matchers: vec![any],
                asks_for_code: true,
            }],
            facts: Arc::new(known),
            max_file_size: 1 << 20,
        };
        Self::under(&rules, files)
    }

    /// Writes `files` and scans them for what `rules` look for.
    pub(crate) fn under(rules: &Ruleset, files: &[(&str, &str)]) -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let dir =
            std::env::temp_dir().join(format!("perfctl-scan-{}-{number}", std::process::id()));
        for (path, text) in files {
            let path = dir.join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))
                .expect("a temporary directory");
            std::fs::write(path, text).expect("a temporary file");
        }
        let survey = survey(&dir, rules, &Scope::default(), &Never);
        Self { dir, survey }
    }

    /// What the calls by the last name `name` in the file at `path` call, as far as it is known.
    pub(crate) fn called(&self, path: &str, name: &str) -> Vec<String> {
        let repo = &self.survey.view.repo;
        let file = repo.find(path).expect("scanned");
        let code = repo.file(file);
        let calls = code.index.calls.iter();
        let calls = calls.filter(|call| code.text(call.name) == name);
        calls
            .flat_map(|call| {
                let (from, count) = call.targets;
                &code.index.targets[from as usize..from as usize + count as usize]
            })
            .flat_map(|text| repo.meaning(file, *text))
            .filter(|value| !matches!(value, Value::Unknown | Value::Param(..)))
            .map(|value| repo.describe(value))
            .collect()
    }

    /// The function `symbol` of the file at `path`, as the call graph numbers it.
    pub(crate) fn function(&self, path: &str, symbol: &str) -> FunctionId {
        let view = &self.survey.view;
        let file = view.repo.find(path).expect("scanned");
        let code = view.repo.file(file);
        let mut functions = code.index.functions.iter();
        let at = functions
            .position(|row| code.text(row.symbol) == symbol)
            .expect("defined");
        view.graph.id(file, at as u32)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}
