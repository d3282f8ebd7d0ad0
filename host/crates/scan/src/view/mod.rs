//! What a judgement may ask: the repository and one file at a time, with everything worked out on demand.

pub mod arguments;
pub mod code;
pub mod definition;
mod grams;
pub mod holding;
mod kept_texts;
pub mod named;
mod recent;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use perfctl_core::place::{ByteSpan, Excerpt, LineIndex, Place};
use perfctl_core::repository::Detected;
use perfctl_core::run::Problem;
use rustc_hash::FxHashMap;

use crate::deploy::{self, Deployment};
use crate::doc::docker::Dockerfile;
use crate::doc::{self, Document};
use crate::lower::Language;
use crate::lower::guard::{self, Limits};
use crate::model::scope::Scopes;
use crate::portrait;
use crate::repo::callgraph::Graph;
use crate::repo::loads::Loads;
use crate::repo::resolve::Meanings;
use crate::repo::side::Side;
use crate::repo::{FileId, Repo};
use crate::scanner;
use crate::source::{self, LoadError, Overlay};
use crate::tree::{NodeId, Tree};
use crate::walk::{Content, Entry};
use holding::Answers;
use kept_texts::KeptTexts;
use named::{CallAt, Named};
use perfctl_core::path_class::PathClass;
use recent::Recent;

/// Bytes of code files that stay open for a while.
const RECENT: usize = 64 << 20;

/// Bytes of an excerpt. Lines of code are short; what was made by a program may be one line of a megabyte with a thousand findings.
const LONGEST_EXCERPT: usize = 16 << 10;

/// The syntax of one file.
pub struct Syntax {
    /// Its tree.
    pub tree: Tree,
    /// Its names.
    pub scopes: Scopes,
}

impl Syntax {
    /// Bytes held.
    pub fn heap_size(&self) -> usize {
        self.tree.heap_size() + self.scopes.heap_size()
    }
}

/// The repository as rules see it.
pub struct RepoView {
    root: PathBuf,
    overlay: Overlay,
    entries: Vec<Entry>,
    /// The largest file that a rule may open, in bytes.
    largest: u64,
    /// The linked code.
    pub repo: Repo,
    /// Who calls whom.
    pub graph: Graph,
    kept: Mutex<BTreeMap<usize, Syntax>>,
    opened: Vec<OnceLock<Result<Arc<FileView>, Problem>>>,
    /// Files that were asked for and could not be opened: a script is told of none.
    refused: Mutex<BTreeSet<Problem>>,
    recent: Mutex<Recent>,
    loads: OnceLock<Loads>,
    entry_points: OnceLock<Vec<Detected>>,
    deployments: OnceLock<Vec<Deployment>>,
    imports: OnceLock<Named<FileId>>,
    calls: OnceLock<Named<CallAt>>,
    texts: KeptTexts,
    answers: Answers,
}

impl RepoView {
    pub(crate) fn new(
        (root, overlay): (PathBuf, Overlay),
        entries: Vec<Entry>,
        largest: u64,
        repo: Repo,
        graph: Graph,
        kept: BTreeMap<usize, Syntax>,
    ) -> Self {
        let opened = entries.iter().map(|_| OnceLock::new()).collect();
        let answers = Answers::new(entries.len());
        Self {
            root,
            overlay,
            entries,
            largest,
            repo,
            graph,
            kept: Mutex::new(kept),
            opened,
            refused: Mutex::default(),
            recent: Mutex::new(Recent::new(RECENT)),
            loads: OnceLock::new(),
            entry_points: OnceLock::new(),
            deployments: OnceLock::new(),
            imports: OnceLock::new(),
            calls: OnceLock::new(),
            texts: KeptTexts::default(),
            answers,
        }
    }

    /// Which files load which; read when first asked for.
    pub fn loads(&self) -> &Loads {
        self.loads.get_or_init(|| Loads::new(&self.repo))
    }

    /// Modules at which a process starts, the likeliest first; looked for when first asked for.
    pub fn entry_points(&self) -> &[Detected] {
        self.entry_points
            .get_or_init(|| portrait::entry_points(self))
    }

    /// Whether a process starts at a file: at an entry point, or at code in JavaScript or TypeScript that is for no browser and that no other file loads,
    /// since platforms and bundlers name such files and nothing in them tells.
    pub fn is_start(&self, id: FileId) -> bool {
        let code = self.repo.file(id);
        if code.language.is_javascript() {
            return code.class == PathClass::Source
                && self.repo.side(id) != Side::Browser
                && self.loads().is_root(id);
        }
        let mut starts = self.entry_points().iter();
        starts.any(|start| *start.path == *code.path)
    }

    /// What says where the repository is deployed; looked for when first asked for.
    pub fn deployments(&self) -> &[Deployment] {
        self.deployments.get_or_init(|| deploy::deployments(self))
    }

    /// The files outside tests by what they import, at any level: modules, and names taken from modules.
    pub fn imports(&self) -> &Named<FileId> {
        self.imports.get_or_init(|| named::imports(&self.repo))
    }

    /// The calls outside tests by the library paths that they may call.
    pub fn calls(&self) -> &Named<CallAt> {
        self.calls.get_or_init(|| named::calls(&self.repo))
    }

    /// The node of a call.
    pub fn node_of(&self, call: CallAt) -> NodeId {
        named::node(&self.repo, call)
    }

    /// Whether files lie below a directory; the root is the empty path.
    pub fn has_directory(&self, path: &str) -> bool {
        !self.below(path).is_empty()
    }

    /// The files below a directory: neighbours, since entries are sorted by path.
    pub fn below(&self, directory: &str) -> &[Entry] {
        if directory.is_empty() {
            return &self.entries;
        }
        let prefix = format!("{directory}/");
        let from = self.entries.partition_point(|entry| *entry.path < *prefix);
        let count = self.entries[from..].partition_point(|entry| entry.path.starts_with(&prefix));
        &self.entries[from..from + count]
    }

    /// The bytes of the file `path`, if it is text and no larger than `limit`.
    ///
    /// # Errors
    /// Why it is not looked at.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, LoadError> {
        self.overlay.load(&self.root, path, limit)
    }

    /// The bytes of the entry at a position, as [`RepoView::read`] gives them; kept for the next question where there is room.
    ///
    /// # Errors
    /// Why it is not looked at.
    pub fn read_kept(&self, at: usize, limit: u64) -> Result<Arc<[u8]>, LoadError> {
        if self.entries[at].size > limit {
            return self.read(&self.entries[at].path, limit).map(Into::into);
        }
        self.texts
            .get(at, || self.read(&self.entries[at].path, limit))
    }

    /// The root directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every file, sorted by path.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether the file at `at` is code in a language that is parsed.
    pub(crate) fn is_code(&self, at: usize) -> bool {
        matches!(self.entries[at].content, Content::Code(_))
    }

    /// The file at `path`, if the walk listed it: nothing outside the repository can be named.
    pub fn entry(&self, path: &str) -> Option<usize> {
        self.entries
            .binary_search_by(|entry| (*entry.path).cmp(path))
            .ok()
    }

    /// Opens a file. Documents and Dockerfiles stay open, since many rules ask for the same ones; of code the files
    /// asked for last do.
    ///
    /// # Errors
    /// When it cannot be read any more, or was refused.
    pub fn open(self: &Arc<Self>, at: usize) -> Result<Arc<FileView>, Problem> {
        self.open_on(at, scanner::STACK)
    }

    /// [`RepoView::open`] for a thread with a stack of so many bytes: what nests too deep for that is not parsed.
    pub(crate) fn open_on(
        self: &Arc<Self>,
        at: usize,
        stack: usize,
    ) -> Result<Arc<FileView>, Problem> {
        let opened = self.open_kept(at, stack);
        if let Err(problem) = &opened {
            let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            refused.insert(problem.clone());
        }
        opened
    }

    /// The files that were asked for so far and could not be opened.
    pub(crate) fn refused(&self) -> Vec<Problem> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.iter().cloned().collect()
    }

    fn open_kept(self: &Arc<Self>, at: usize, stack: usize) -> Result<Arc<FileView>, Problem> {
        match self.entries[at].content {
            Content::Code(_) => {
                let recent = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(known) = recent().get(at) {
                    return Ok(known);
                }
                let file = self.load(at, stack)?;
                recent().keep(file.clone());
                Ok(file)
            }
            Content::Text => self.load(at, stack),
            Content::Document(_) | Content::Dockerfile => {
                self.opened[at].get_or_init(|| self.load(at, stack)).clone()
            }
        }
    }

    fn load(self: &Arc<Self>, at: usize, stack: usize) -> Result<Arc<FileView>, Problem> {
        let entry = &self.entries[at];
        let trouble = |message: String| Problem {
            subject: entry.path.to_string(),
            message,
        };
        let bytes = self
            .read(&entry.path, self.largest)
            .map_err(|error| trouble(error.to_string()))?;
        let text = source::decode(&bytes).into_owned();
        let lines = LineIndex::new(text.as_bytes());
        let kind = match entry.content {
            Content::Code(language) => match self.repo.find(&entry.path) {
                // Refused by the guard, or no matcher asked for code: then it is text, and no parser sees it.
                None => Kind::Text,
                Some(id) if self.repo.file(id).digest != source::digest(&bytes) => {
                    return Err(trouble("changed while it was looked at".to_owned()));
                }
                Some(id) => {
                    let kept = self
                        .kept
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .remove(&at);
                    let syntax = match kept {
                        Some(syntax) => syntax,
                        None => {
                            if stack < scanner::STACK {
                                let limits = Limits {
                                    bytes: bytes.len(),
                                    ..Limits::on_stack(stack)
                                };
                                limits
                                    .check(guard::read(&text, &entry.path).as_bytes(), language)
                                    .map_err(|refusal| trouble(format!("not parsed: {refusal}")))?;
                            }
                            let tree = scanner::lowered(&text, &entry.path, language, false)
                                .ok_or_else(|| {
                                    trouble("not parsed: the parser failed on this file".to_owned())
                                })?;
                            let scopes = Scopes::new(&tree);
                            Syntax { tree, scopes }
                        }
                    };
                    Kind::Code(Box::new(code::Code {
                        id,
                        language,
                        syntax,
                        meanings: Mutex::new(FxHashMap::default()),
                    }))
                }
            },
            Content::Document(format) => Kind::Document(doc::read(format, &bytes)),
            Content::Dockerfile => Kind::Dockerfile(Dockerfile::parse(&bytes)),
            Content::Text => Kind::Text,
        };
        // Views hold the repository weakly, or documents that stay open would keep it alive for ever.
        Ok(Arc::new(FileView {
            repo: Arc::downgrade(self),
            at,
            path: entry.path.clone(),
            text,
            lines,
            kind,
        }))
    }
}

/// What an open file holds beside its text.
pub(crate) enum Kind {
    Code(Box<code::Code>),
    Document(Document),
    Dockerfile(Dockerfile),
    Text,
}

/// One open file.
pub struct FileView {
    repo: std::sync::Weak<RepoView>,
    at: usize,
    path: Arc<str>,
    text: String,
    lines: LineIndex,
    kind: Kind,
}

impl FileView {
    /// The repository, while it is being judged.
    pub fn repo(&self) -> Option<Arc<RepoView>> {
        self.repo.upgrade()
    }

    /// Its position among the repository's entries.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Its path from the root.
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// Bytes held by its text and syntax.
    fn heap_size(&self) -> usize {
        self.text.len() + self.code().map_or(0, |code| code.syntax.heap_size())
    }

    /// Its text; same bytes as the file where that is UTF-8.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its lines.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// Its code, if it is code.
    #[inline]
    pub fn code(&self) -> Option<&code::Code> {
        match &self.kind {
            Kind::Code(code) => Some(code),
            _ => None,
        }
    }

    /// Its structure, if it is a document.
    pub fn document(&self) -> Option<&Document> {
        match &self.kind {
            Kind::Document(document) => Some(document),
            _ => None,
        }
    }

    /// Its stages, if it is a Dockerfile.
    pub fn dockerfile(&self) -> Option<&Dockerfile> {
        match &self.kind {
            Kind::Dockerfile(dockerfile) => Some(dockerfile),
            _ => None,
        }
    }

    /// The text of a span; empty when it lies outside or splits a character.
    pub fn slice(&self, span: ByteSpan) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Whether a span lies inside the text and on character borders.
    pub fn holds(&self, span: ByteSpan) -> bool {
        self.text.get(span.range()).is_some()
    }

    /// The place of a span.
    pub fn place(&self, span: ByteSpan) -> Place {
        self.lines
            .place(self.path.clone(), self.text.as_bytes(), span)
    }

    /// The lines of a span with `context` lines around it, at most `most` lines, and of very long ones the beginning.
    pub fn excerpt(&self, span: ByteSpan, context: u32, most: u32) -> Excerpt {
        let excerpt = self.lines_around(span, context, most);
        match context > 0 && excerpt.text.len() + 4 > LONGEST_EXCERPT {
            // The lines of the span itself come before what stands around them.
            true => self.lines_around(span, 0, most),
            false => excerpt,
        }
    }

    fn lines_around(&self, span: ByteSpan, context: u32, most: u32) -> Excerpt {
        let first = self
            .lines
            .line_of(span.start)
            .saturating_sub(context)
            .max(1);
        let last = (self
            .lines
            .line_of(span.end.saturating_sub(1).max(span.start))
            + context)
            .min(first + most.max(1) - 1);
        let text = self.text.as_bytes();
        self.lines
            .excerpt_within(text, first, last, LONGEST_EXCERPT)
    }
}

/// Meanings by node, remembered per open file.
pub(crate) type Remembered = Mutex<FxHashMap<NodeId, Meanings>>;

/// A node of an open file, as scripts hold it.
#[derive(Clone)]
pub struct NodeView {
    /// The file.
    pub file: Arc<FileView>,
    /// The node.
    pub id: NodeId,
}

impl NodeView {
    /// The file's code. A node only exists for files of code.
    pub fn code(&self) -> Option<(&code::Code, FileId, Language)> {
        let code = self.file.code()?;
        Some((code, code.id, code.language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::scratch::Scratch;

    #[test]
    fn an_excerpt_of_very_long_lines_is_cut_and_what_stands_around_goes_first() {
        let long = "x".repeat(LONGEST_EXCERPT);
        let text = format!("a = '{long}'\nb = 1\nc = '{long}'\n");
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"\n", &[("a.py", &text)]);
        let view = &scratch.survey.view;
        let file = view.open(view.entry("a.py").expect("listed"));
        let file = file.unwrap_or_else(|problem| panic!("{}", problem.message));
        let at = |text: &str| file.text.find(text).expect("there") as u32;
        let b = at("b = 1");
        let excerpt = file.excerpt(ByteSpan::new(b, b + 5), 1, 12);
        assert_eq!((excerpt.first_line, excerpt.offset), (2, b));
        assert_eq!(excerpt.text, "b = 1");
        let c = at("c = '");
        let excerpt = file.excerpt(ByteSpan::new(c, c + 1), 1, 12);
        assert_eq!((excerpt.first_line, excerpt.offset), (3, c));
        assert_eq!(excerpt.text.len(), LONGEST_EXCERPT);
    }

    #[test]
    fn a_file_that_changed_while_it_was_looked_at_is_not_judged_whatever_its_size() {
        let files = [("a.py", "import a\n"), ("b.py", "import b\n")];
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"\n", &files);
        let view = &scratch.survey.view;
        std::fs::write(view.root().join("a.py"), "x = f(a)\n").expect("writable");
        let open = |path: &str| view.open(view.entry(path).expect("listed"));
        let problem = open("a.py").err().expect("it changed");
        assert!(problem.message.contains("changed"), "{}", problem.message);
        assert!(open("b.py").is_ok());
    }

    #[test]
    fn a_process_starts_at_applications_and_at_server_code_that_nothing_loads() {
        let facts = r#"
schema = "perfctl.facts/1"
[[framework]]
name = "flask"
imports = ["flask"]
application = ["flask.Flask"]
[[convention]]
files = ["**/*.py"]
symbols = ["*"]
params = ["event", "context"]
role = "request"
[[side]]
side = "server"
imports = ["express"]
[[side]]
side = "browser"
imports = ["react-dom"]
"#;
        let files = [
            (
                "web.py",
                "import flask\nimport tools\napp = flask.Flask(__name__)\n",
            ),
            ("tools.py", "def f(): pass\n"),
            ("orders.py", "def take(event, context): pass\n"),
            (
                "server/index.js",
                "require('express'); require('./store')\n",
            ),
            ("server/store.js", "require('express')\n"),
            ("ui/index.js", "require('react-dom')\n"),
        ];
        let scratch = Scratch::new(facts, &files);
        let view = &scratch.survey.view;
        for (path, starts) in [
            ("web.py", true),
            ("tools.py", false),
            ("orders.py", true),
            ("server/index.js", true),
            ("server/store.js", false),
            ("ui/index.js", false),
        ] {
            let id = view.repo.find(path).expect("scanned");
            assert_eq!(view.is_start(id), starts, "{path}");
        }
    }
}
