//! The repository as a whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use globset::GlobBuilder;
use perfctl_scan::deploy::{self, Deployment};
use perfctl_scan::matcher::PathPattern;
use perfctl_scan::matcher::evidence::Evidence;
use perfctl_scan::matcher::files::{Files, is_sane};
use perfctl_scan::repo::FileId;
use perfctl_scan::repo::facts::Fact;
use perfctl_scan::scanner::Survey;
use perfctl_scan::source;
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::RepoView;
use perfctl_scan::view::holding::{LARGEST, Positions, Sought};

use super::cut;
use super::file::File;
use super::meaning::open;
use super::node::Node;
use super::refusal::{Answer, Refusal};
use super::words::check_length;

/// Bytes of all texts that one question looks for.
const LONGEST_TEXTS: usize = 256 << 10;

/// The most ways from entry points to a file that one question is answered with.
const MOST_CHAINS: usize = 200;

/// The most paths or files that one question is answered with.
const MOST: usize = 20_000;

/// The repository, as a rule holds it. One for all calls of a rule: it is handed over with each.
#[derive(Clone)]
pub struct Repository(Arc<Seen>);

/// What a rule sees of a repository.
struct Seen {
    view: Arc<RepoView>,
    evidence: Arc<Evidence>,
    /// Position of the rule that asks.
    rule: usize,
    /// Names of its evidence matchers, with their positions.
    names: BTreeMap<String, usize>,
}

/// A file on the way from one at which a process starts to a file that it loads, as a rule holds it. Opened only when its import is
/// asked for.
#[derive(Clone)]
pub struct LoadHop {
    view: Arc<RepoView>,
    path: Arc<str>,
    import: Option<NodeId>,
}

impl LoadHop {
    /// The file.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The import that leads on; `None` for the last file.
    pub fn import(&self) -> Option<Node> {
        let file = open(&self.view, &self.path)?;
        Some(Node::new(&file, self.import?))
    }
}

/// Whether they are one: the same repository as the same rule sees it.
impl PartialEq for Repository {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Repository {
    /// The repository for the rule at `rule`, whose evidence matchers are `names`.
    pub fn new(survey: &Survey, rule: usize, names: BTreeMap<String, usize>) -> Self {
        Self(Arc::new(Seen {
            view: survey.view.clone(),
            evidence: survey.evidence.clone(),
            rule,
            names,
        }))
    }

    /// Positions of the entries that fit a glob.
    fn fitting(&self, pattern: &str) -> Answer<Positions> {
        self.0.view.fitting(pattern, || glob(pattern))
    }

    fn path_at(&self, at: u32) -> &str {
        &self.0.view.entries()[at as usize].path
    }

    fn file_path(&self, file: FileId) -> &str {
        &self.0.view.repo.file(file).path
    }

    /// Paths that fit a glob, sorted; test files and vendored code included.
    ///
    /// # Errors
    /// When it is no glob.
    pub fn paths(&self, pattern: &str) -> Answer<Vec<&str>> {
        let fitting = self.fitting(pattern)?;
        let paths = fitting.iter().map(|at| self.path_at(*at));
        Ok(cut::first("paths", MOST, paths))
    }

    /// What lies at a path: `file`, `directory` or nothing. The empty path is the root.
    pub fn at(&self, path: &str) -> Option<&'static str> {
        let path = path.trim_matches('/');
        if self.0.view.entry(path).is_some() {
            return Some("file");
        }
        (!self.0.view.below(path).is_empty()).then_some("directory")
    }

    /// How many bytes the file at a path has, whatever is in it.
    pub fn size(&self, path: &str) -> Option<u64> {
        let at = self.0.view.entry(path)?;
        Some(self.0.view.entries()[at].size)
    }

    /// Paths of all files below a directory, sorted; the empty path is the root.
    pub fn below(&self, directory: &str) -> Vec<&str> {
        let entries = self.0.view.below(directory.trim_matches('/')).iter();
        cut::first("below", MOST, entries.map(|entry| &*entry.path))
    }

    /// What the packs' facts hold under a path.
    pub fn fact(&self, path: &str) -> Option<&Fact> {
        self.0.view.repo.facts.get(path)
    }

    /// Paths of the files in which an evidence matcher of this rule matched, sorted.
    ///
    /// # Errors
    /// When the rule has none of that name.
    pub fn matched(&self, name: &str) -> Answer<Vec<&str>> {
        let Some(matcher) = self.0.names.get(name) else {
            return Err(Refusal::new(format!(
                "no matcher of this rule with `evidence = true` is named `{name}`"
            )));
        };
        let paths = self.0.evidence.paths(self.0.rule, *matcher).iter();
        Ok(cut::first("matched", MOST, paths.map(|path| &**path)))
    }

    /// Paths of the files that fit a glob and whose text holds one of several strings, none of which need be text. Each file is read
    /// once, so that asking for many strings costs what asking for one does.
    ///
    /// # Errors
    /// When it is no glob.
    pub fn holding<S: AsRef<[u8]>>(&self, pattern: &str, texts: &[S]) -> Answer<Vec<&str>> {
        check_length(texts.len())?;
        let fitting = self.fitting(pattern)?;
        let bytes: usize = texts.iter().map(|text| text.as_ref().len()).sum();
        if bytes > LONGEST_TEXTS {
            return Err(Refusal::new(format!(
                "more than {} KiB of texts to look for",
                LONGEST_TEXTS >> 10
            )));
        }
        // All texts in one pass: the files of a repository are many megabytes.
        let sought = Sought::new(texts).map_err(|error| Refusal::new(error.to_string()))?;
        let holds = |at: &&u32| self.0.view.holds(**at as usize, &sought);
        let found = fitting.iter().filter(holds).map(|at| self.path_at(*at));
        Ok(cut::first("holding", MOST, found))
    }

    /// The files at which a process starts that load a file, each with the way from it to the file, whose imports lead on. A file that
    /// is one itself has a way of one hop.
    pub fn loaded_by(&self, path: &str) -> Vec<Vec<LoadHop>> {
        let Some(file) = self.0.view.repo.find(path) else {
            return Vec::new();
        };
        let is_start = |id| self.0.view.is_start(id);
        let chains = self.0.view.loads().chains(file, is_start).into_iter();
        let hop = |(id, import): (FileId, Option<NodeId>)| LoadHop {
            view: self.0.view.clone(),
            path: self.0.view.repo.file(id).path.clone(),
            import,
        };
        let chains = cut::first("loaded_by", MOST_CHAINS, chains).into_iter();
        chains
            .map(|chain| chain.into_iter().map(hop).collect())
            .collect()
    }

    /// Where a file is deployed, by what is said most closely about it.
    pub fn deploy_targets(&self, path: &str) -> Vec<&Deployment> {
        deploy::nearest(self.0.view.deployments(), path)
    }

    /// Hands the text of a file to `read`; `None` where there is none, where it is no text, or too large. For what is searched and not
    /// understood: nothing is parsed.
    pub fn with_text<T>(&self, path: &str, read: impl FnOnce(&str) -> T) -> Option<T> {
        let at = self.0.view.entry(path)?;
        let bytes = self.0.view.read_kept(at, LARGEST).ok()?;
        Some(read(&source::decode(&bytes)))
    }

    /// The file at a path; `None` when there is none, or it cannot be read.
    pub fn open(&self, path: &str) -> Option<File> {
        open(&self.0.view, path).map(File::new)
    }

    /// The first file outside tests that imports one of the modules.
    pub fn imports(&self, patterns: &[PathPattern]) -> Option<&str> {
        let first = *self.0.view.imports().fitting(patterns).first()?;
        Some(self.file_path(first))
    }

    /// Paths of the files outside tests that import one of the modules, at any level.
    pub fn importers(&self, patterns: &[PathPattern]) -> Vec<&str> {
        let fitting = self.0.view.imports().fitting(patterns).into_iter();
        cut::first("importers", MOST, fitting.map(|id| self.file_path(id)))
    }

    /// Calls outside tests that call one of the paths.
    pub fn calls(&self, patterns: &[PathPattern]) -> Vec<Node> {
        let calls = self.0.view.calls().fitting(patterns);
        let mut all = Vec::new();
        for calls in calls.chunk_by(|left, right| left.0 == right.0) {
            if all.len() > MOST {
                break;
            }
            if let Some(file) = open(&self.0.view, self.file_path(calls[0].0)) {
                let nodes = calls.iter().map(|call| self.0.view.node_of(*call));
                all.extend(nodes.map(|node| Node::new(&file, node)));
            }
        }
        cut::first("calls", MOST, all)
    }
}

/// The paths that a rule's glob fits. One of several texts in braces may be empty: `*.y{,a}ml`.
fn glob(pattern: &str) -> Answer<Files> {
    let shown = || pattern.chars().take(80).collect::<String>();
    let wrong =
        |error: globset::Error| Refusal::new(format!("`{}` is no glob: {}", shown(), error.kind()));
    if !is_sane(pattern) {
        return Err(Refusal::new(format!(
            "`{}` is no glob: one has at most 4096 bytes, and braces eight deep",
            shown()
        )));
    }
    let glob = GlobBuilder::new(pattern).empty_alternates(true).build();
    Files::checked([glob.map_err(wrong)?]).map_err(wrong)
}
