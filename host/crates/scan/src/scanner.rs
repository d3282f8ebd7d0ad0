//! The scan: list the files, read and parse each once, link the repository, find the candidates of all rules.
//!
//! Memory stays bounded: a tree is kept only while there is room, and made again for a file that has candidates.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use perfctl_core::run::Problem;
use perfctl_core::seams::Stop;
use perfctl_core::suppress::Allow;

use crate::doc::{self, Format};
use crate::entries;
use crate::lower::{self, Language, guard};
use crate::matcher::evidence::Evidence;
use crate::matcher::linked::{Fitting, LinkedMatchers};
use crate::matcher::local::{GivenUp, LocalMatchers, Match};
use crate::matcher::{RuleIndex, RuleMatchers, What};
use crate::model::eval::Evaluator;
use crate::model::index::{self, FileIndex, Interest};
use crate::model::scope::Scopes;
use crate::repo::aliases::{self, Alias};
use crate::repo::callgraph::Graph;
use crate::repo::facts::Facts;
use crate::repo::modules::Modules;
use crate::repo::packages::Package;
use crate::repo::side::Manifests;
use crate::repo::{CodeFile, Repo};
use crate::source::{self, LoadError};
use crate::suppress;
pub use crate::threads::STACK;
use crate::threads::Threads;
use crate::tree::Tree;
use crate::view::{FileView, RepoView, Syntax};
use crate::walk::{self, Content, Entry, Scope};
use perfctl_core::path_class::PathClass;

/// Bytes of trees that are kept between reading and judging.
const TREE_ROOM: usize = 64 << 20;

/// What a scan looks for.
pub struct Ruleset {
    /// Matchers of the rules that run, by [`RuleIndex`].
    pub rules: Vec<RuleMatchers>,
    /// What is known about libraries.
    pub facts: Arc<Facts>,
    /// Files larger than this are refused, in bytes.
    pub max_file_size: u64,
}

/// A scanned repository and where the rules' candidates are.
pub struct Survey {
    /// The repository.
    pub view: Arc<RepoView>,
    /// Candidates by file.
    candidates: Vec<(usize, Vec<Match>)>,
    /// Which files hold what rules only ask about.
    pub evidence: Arc<Evidence>,
    /// Rules with a matcher over the repository as a whole.
    pub repository_rules: Vec<RuleIndex>,
    /// What could not be looked at.
    pub problems: Vec<Problem>,
    /// Files that are too large to be looked at and that nobody would mend: minified, bundled, generated, or other people's.
    pub outputs: Vec<String>,
    /// Files and directories that git's ignore rules left out, or directories around them.
    pub hidden: Vec<String>,
    /// Comments that allow findings.
    pub allows: Vec<Allow>,
    /// Matchers that did not look at a file to its end: what their rules say is not all there is to say.
    pub given_up: Vec<GivenUp>,
    threads: Threads,
}

/// What a rule is to judge.
#[derive(Clone, Copy)]
pub enum Candidates<'s> {
    /// Its matches in a file.
    In(&'s Arc<FileView>, &'s [Match]),
    /// The repository as a whole.
    Repository,
}

/// What reading one file left.
struct Read {
    entry: usize,
    /// The language, the index and the digest of the bytes.
    code: Option<(Language, FileIndex, u64)>,
    syntax: Option<Syntax>,
    matches: Vec<Match>,
    problems: Vec<Problem>,
    /// Too large, and written by a program.
    is_output: bool,
    allows: Vec<Allow>,
    given_up: Vec<GivenUp>,
}

struct Wanted<'s> {
    facts: &'s Facts,
    linked: &'s LinkedMatchers,
}

impl Interest for Wanted<'_> {
    fn takes_function(&self, name: &str) -> bool {
        self.facts.takes_function(name)
    }

    fn takes_spelled(&self, name: &str) -> bool {
        self.facts.takes_spelled(name)
    }

    fn keeps_unknown(&self, name: &str) -> bool {
        self.linked.keeps(name)
    }

    fn is_library(&self, root: &str) -> bool {
        self.facts.speaks_of_root(root)
    }
}

/// Scans the repository at `root`.
pub fn survey(root: &Path, rules: &Ruleset, scope: &Scope, stop: &dyn Stop) -> Survey {
    let _span = tracing::info_span!("scan").entered();
    let mut threads = Threads::new(match scope.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        some => some,
    });
    let files = walk::walk(root, scope, stop);
    tracing::debug!(files = files.entries.len(), "walked");
    let local = LocalMatchers::new(&rules.rules);
    let linked = LinkedMatchers::new(&rules.rules);
    let over_code = |rule: &RuleMatchers| {
        let mut matchers = rule.matchers.iter();
        matchers.any(|matcher| is_over_code(&matcher.what))
    };
    let mut all = rules.rules.iter();
    let code = CodeWanted {
        any: all.any(|rule| rule.asks_for_code || over_code(rule)),
        tests: rules.rules.iter().any(|rule| {
            let mut matchers = rule.matchers.iter();
            matchers.any(|matcher| {
                is_over_code(&matcher.what)
                    && !matches!(matcher.what, What::Import(_))
                    && !matcher.skip.contains(&PathClass::Test)
            })
        }),
        limits: guard::Limits::default(),
    };
    let wanted = Wanted {
        facts: &rules.facts,
        linked: &linked,
    };
    let room = AtomicUsize::new(0);
    let mut problems = files.problems;
    let (mut given_up, mut outputs) = (Vec::new(), Vec::new());
    let mut read = threads.run(
        files.entries.len(),
        stop,
        || (),
        |(), at, stack| {
            let code = CodeWanted {
                limits: guard::Limits {
                    bytes: rules.max_file_size as usize,
                    ..guard::Limits::on_stack(stack)
                },
                ..code
            };
            let mut read = read(
                root,
                scope,
                at,
                &files.entries[at],
                rules,
                &local,
                &wanted,
                code,
                stop,
            );
            if let Some(syntax) = &read.syntax {
                let size = syntax.heap_size();
                if room.fetch_add(size, Ordering::Relaxed) + size > TREE_ROOM {
                    read.syntax = None;
                }
            }
            Some(read)
        },
    );
    read.sort_by_key(|read| read.entry);
    let mut allows = Vec::new();
    let mut code = Vec::new();
    let mut matches = BTreeMap::new();
    let mut kept = BTreeMap::new();
    for one in read {
        problems.extend(one.problems);
        if one.is_output {
            outputs.push(files.entries[one.entry].path.to_string());
        }
        allows.extend(one.allows);
        given_up.extend(one.given_up);
        if !one.matches.is_empty() {
            matches.insert(one.entry, one.matches);
        }
        let entry = &files.entries[one.entry];
        if let Some((language, index, digest)) = one.code {
            code.push((
                one.entry,
                CodeFile::new(entry.path.clone(), language, entry.class, digest, index),
            ));
        }
        if let Some(syntax) = one.syntax {
            kept.insert(one.entry, syntax);
        }
    }
    let declared = declared_packages(root, scope, &files.entries);
    let modules = Modules::new(
        code.iter().map(|(_, file)| (&*file.path, file.language)),
        declared.packages,
        declared.go_modules,
    )
    .with_aliases(declared.aliases);
    let (places, code): (Vec<usize>, Vec<CodeFile>) = code.into_iter().unzip();
    let repo = Repo::new(
        code,
        modules,
        rules.facts.clone(),
        &declared.manifests,
        stop,
    );
    let called = entries::called(root, &scope.overlay, &files.entries, &repo);
    let graph = Graph::new(&repo, &called, stop);
    tracing::debug!(files = repo.files.len(), "linked");
    let more = threads.run(repo.files.len(), stop, Fitting::default, |known, at, _| {
        let mut found = Vec::new();
        let file = crate::repo::FileId(at as u32);
        linked.in_file(&repo, &graph, file, known, &mut found);
        (!found.is_empty()).then_some((places[at], found))
    });
    for (entry, mut found) in more {
        matches
            .entry(entry)
            .or_insert_with(Vec::new)
            .append(&mut found);
    }
    let mut candidates: Vec<(usize, Vec<Match>)> = matches.into_iter().collect();
    let mut evidence = Evidence::default();
    for (entry, found) in &mut candidates {
        found.sort();
        found.dedup();
        evidence.take(&rules.rules, &files.entries[*entry].path, found);
    }
    candidates.retain(|(_, found)| !found.is_empty());
    kept.retain(|entry, _| {
        candidates
            .binary_search_by_key(entry, |(at, _)| *at)
            .is_ok()
    });
    problems.sort();
    let repository_rules = linked.repository.iter().map(|(rule, _)| *rule).collect();
    let view = Arc::new(RepoView::new(
        (root.to_owned(), scope.overlay.clone()),
        files.entries,
        rules.max_file_size,
        repo,
        graph,
        kept,
    ));
    Survey {
        view,
        candidates,
        evidence: Arc::new(evidence),
        repository_rules,
        problems,
        outputs,
        hidden: files.hidden,
        allows,
        given_up,
        threads,
    }
}

/// Whether a program wrote a file, or other people did, so that nobody would mend it here.
fn is_output(root: &Path, entry: &Entry) -> bool {
    matches!(entry.class, PathClass::Generated | PathClass::Vendored)
        || source::is_dense(&root.join(&*entry.path))
}

/// Which code is read into trees.
#[derive(Clone, Copy)]
struct CodeWanted {
    /// Whether some rule asks about code at all.
    any: bool,
    /// Whether some rule looks at tests for more than what they import. They are often the larger half of a repository, nothing in a
    /// service calls them, and what they call says nothing about how it runs: without such a rule no tree of theirs would be asked
    /// anything, but of those that may import what is looked for.
    tests: bool,
    /// How deep it may nest, which goes with the stack of the threads.
    limits: guard::Limits,
}

impl CodeWanted {
    /// Whether a file of code becomes a tree whatever it holds.
    fn wants(self, class: PathClass) -> bool {
        self.any && (self.tests || class != PathClass::Test)
    }

    /// Whether a file of code with this text becomes a tree.
    fn wants_text(self, class: PathClass, text: &str, local: &LocalMatchers) -> bool {
        self.wants(class) || self.any && local.may_import(text)
    }
}

fn is_over_code(what: &What) -> bool {
    !matches!(
        what,
        What::Dockerfile | What::Document | What::File | What::Regex(_)
    )
}

/// Whether some rule asks what a file imports: of one that cannot be read nobody knows whether it would have become a tree.
fn may_import(rules: &Ruleset, language: Language, entry: &Entry) -> bool {
    let mut matchers = rules.rules.iter().flat_map(|rule| &rule.matchers);
    matchers.any(|matcher| {
        matches!(matcher.what, What::Import(_))
            && !matcher.skip.contains(&entry.class)
            && (matcher.languages.is_empty() || matcher.languages.contains(&language))
    })
}

#[expect(
    clippy::too_many_arguments,
    reason = "the whole state of a scan, borrowed by every thread"
)]
fn read(
    root: &Path,
    scope: &Scope,
    at: usize,
    entry: &Entry,
    rules: &Ruleset,
    local: &LocalMatchers,
    wanted: &Wanted<'_>,
    code: CodeWanted,
    stop: &dyn Stop,
) -> Read {
    let mut out = Read {
        entry: at,
        code: None,
        syntax: None,
        matches: Vec::new(),
        problems: Vec::new(),
        is_output: false,
        allows: Vec::new(),
        given_up: Vec::new(),
    };
    let path = &*entry.path;
    let language = match entry.content {
        Content::Code(language) => Some(language),
        _ => None,
    };
    let matchers = local.of_file(path, language, entry.class);
    matchers.whole(
        |what| match what {
            What::Dockerfile => matches!(entry.content, Content::Dockerfile),
            What::Document => matches!(entry.content, Content::Document(_)),
            _ => true,
        },
        &mut out.matches,
    );
    let surely_parses = language.is_some() && code.wants(entry.class);
    let wants_text = matchers.wants_text(path);
    let looks = surely_parses || wants_text || !out.matches.is_empty();
    // A test that no rule looks at may still hold a comment that allows what nothing finds.
    if stop.requested() || !(looks || code.any && language.is_some()) {
        return out;
    }
    let trouble = |message: String| Problem {
        subject: path.to_owned(),
        message,
    };
    let bytes = match scope.overlay.load(root, path, rules.max_file_size) {
        Ok(bytes) => bytes,
        Err(error) => {
            let wants = wants_text || language.is_some_and(|own| may_import(rules, own, entry));
            // Pictures, archives and perfctl's own records hold no text that anybody would miss.
            let is_missed = wants && !matches!(error, LoadError::Binary | LoadError::Record);
            let is_too_large = matches!(error, LoadError::TooLarge { .. });
            if (surely_parses || is_missed) && is_too_large && is_output(root, entry) {
                out.is_output = true;
            } else if surely_parses || is_missed {
                out.problems.push(trouble(error.to_string()));
            }
            return out;
        }
    };
    let text = source::decode(&bytes);
    let parses = language.is_some() && code.wants_text(entry.class, &text, local);
    let has_allow = memchr::memmem::find(&bytes, b"perfctl:").is_some();
    if !parses && has_allow {
        out.allows = match language {
            None => suppress::in_lines(&entry.path, &text),
            Some(language)
                if code
                    .limits
                    .check(guard::read(&text, path).as_bytes(), language)
                    .is_ok() =>
            {
                lowered(&text, path, language, true)
                    .map(|tree| suppress::in_code(&entry.path, &text, &tree))
                    .unwrap_or_default()
            }
            Some(_) => Vec::new(),
        };
    }
    if !looks && !parses {
        return out;
    }
    let hits = matchers.look(&text);
    let cut = matchers.in_text(&entry.path, &text, &hits, &mut out.matches);
    out.given_up.extend(cut);
    let cut = matchers.in_sql(&entry.path, &text, &mut out.matches);
    out.given_up.extend(cut);
    let Some(language) = language.filter(|_| parses) else {
        return out;
    };
    let read = guard::read(&text, path);
    if let Err(refusal) = code.limits.check(read.as_bytes(), language) {
        out.problems.push(trouble(format!("not parsed: {refusal}")));
        return out;
    }
    let tree = match lowered(&text, path, language, has_allow) {
        Some(tree) => tree,
        None => {
            out.problems.push(trouble(
                "not parsed: the parser failed on this file".to_owned(),
            ));
            return out;
        }
    };
    for (span, message) in tree.errors.iter().take(1) {
        let line = perfctl_core::place::LineIndex::new(&bytes).line_of(span.start);
        let more = match tree.errors.len() {
            1 => String::new(),
            n => format!(" (and {} more places)", n - 1),
        };
        out.problems.push(trouble(format!(
            "line {line}: {message}{more}; the rest of the file was looked at"
        )));
    }
    let scopes = Scopes::new(&tree);
    let results = wanted.facts.results();
    let mut evaluator = Evaluator::new(&tree, &scopes, language, results);
    let mut index = index::index(&mut evaluator, wanted);
    index.has_interpreter = text.starts_with("#!");
    drop(evaluator);
    if index.texts.is_full() {
        let message = "not looked at: its names, written out where they are used, take too much";
        out.problems.push(trouble(message.to_owned()));
        return out;
    }
    if has_allow {
        out.allows = suppress::in_code(&entry.path, &text, &tree);
    }
    matchers.in_tree(&tree, &scopes, &mut out.matches);
    let cut = matchers.in_code(&entry.path, language, &text, &hits, &mut out.matches);
    out.given_up.extend(cut);
    out.code = Some((language, index, source::digest(&bytes)));
    out.syntax = Some(Syntax { tree, scopes });
    out
}

/// The tree of a source; `None` when the parser panicked.
pub(crate) fn lowered(text: &str, path: &str, language: Language, comments: bool) -> Option<Tree> {
    std::panic::catch_unwind(|| match language {
        Language::Python => lower::python::lower(text, comments),
        Language::JavaScript | Language::TypeScript => {
            lower::javascript::lower(text, path, comments)
        }
        Language::Go => lower::go::lower(text, comments),
    })
    .ok()
}

type Named = BTreeMap<Box<str>, Box<str>>;

/// What the manifests of a repository say.
#[derive(Default)]
struct Declared {
    /// JavaScript packages of the repository, by name.
    packages: BTreeMap<Box<str>, Package>,
    /// Go modules of the repository: path to directory.
    go_modules: Named,
    /// What each `package.json` depends on, whatever for.
    manifests: Manifests,
    /// Path aliases of TypeScript's configurations.
    aliases: Vec<Alias>,
}

/// Names and dependencies of the JavaScript packages and names of the Go modules that this repository declares.
fn declared_packages(root: &Path, scope: &Scope, entries: &[Entry]) -> Declared {
    let mut all = Declared::default();
    for entry in entries
        .iter()
        .filter(|entry| entry.class != PathClass::Vendored)
    {
        let file = entry.path.rsplit('/').next().unwrap_or_default();
        let has_aliases = aliases::may_declare(file);
        if !(has_aliases || matches!(file, "package.json" | "go.mod")) || entry.size > 1 << 20 {
            continue;
        }
        let Ok(bytes) = scope.overlay.load(root, &entry.path, 1 << 20) else {
            continue;
        };
        let dir = crate::repo::modules::directory(&entry.path);
        if has_aliases {
            let document = doc::read(Format::Json, &bytes);
            all.aliases.extend(aliases::read(&entry.path, &document));
        } else if file == "package.json" {
            let document = doc::read(Format::Json, &bytes);
            let Some(manifest) = document.root() else {
                continue;
            };
            if let Some(name) = manifest.get("name").and_then(|name| name.as_str()) {
                all.packages
                    .insert(name.into(), Package::read(dir, manifest));
            }
            let lists = ["dependencies", "devDependencies", "peerDependencies"];
            let names = lists
                .iter()
                .filter_map(|list| manifest.get(list))
                .flat_map(|list| list.entries());
            all.manifests.insert(
                dir.into(),
                names
                    .filter_map(|entry| entry.key())
                    .map(Into::into)
                    .collect(),
            );
        } else if let Some(name) = String::from_utf8_lossy(&bytes)
            .lines()
            .find_map(|line| line.strip_prefix("module "))
        {
            all.go_modules
                .insert(name.trim().trim_matches('"').into(), dir.into());
        }
    }
    all
}

impl Survey {
    /// Calls `judge` once per rule and file with candidates, and once per rule about the repository as a whole, on several threads, each
    /// with a state that `make` made. Rules about the repository that are `alike` are neighbours and go to one thread: what the first of
    /// them made its state find out serves the next. Files that were asked for and could not be opened are returned as problems.
    pub fn judge<W>(
        &self,
        stop: &dyn Stop,
        make: impl Fn() -> W + Sync,
        alike: impl Fn(RuleIndex, RuleIndex) -> bool,
        judge: impl Fn(&mut W, RuleIndex, Candidates<'_>) + Sync,
    ) -> Vec<Problem> {
        let mut threads = self.threads;
        let rules = self.repository_rules.as_slice();
        let families: Vec<&[RuleIndex]> =
            rules.chunk_by(|left, right| alike(*left, *right)).collect();
        let count = self.candidates.len() + families.len();
        threads.run(count, stop, &make, |state, at, stack| {
            // Syntax that the scan kept for files with candidates is let go first.
            let Some((entry, matches)) = self.candidates.get(at) else {
                for rule in families[at - self.candidates.len()] {
                    judge(state, *rule, Candidates::Repository);
                }
                return None;
            };
            // What cannot be opened the view remembers.
            let file = self.view.open_on(*entry, stack).ok()?;
            for run in matches.chunk_by(|left, right| left.rule == right.rule) {
                judge(state, run[0].rule, Candidates::In(&file, run));
            }
            None::<()>
        });
        let mut lost = self.view.refused();
        lost.sort();
        lost
    }

    /// How many files have candidates.
    pub fn files_with_candidates(&self) -> usize {
        self.candidates.len()
    }

    /// Where the repository lies.
    pub fn root(&self) -> PathBuf {
        self.view.root().to_owned()
    }
}

#[cfg(test)]
mod tests;
