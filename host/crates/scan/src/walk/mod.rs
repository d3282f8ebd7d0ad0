//! Walking the repository: which files there are and what kind each is. Reads no contents.

mod excluded;
mod ignored;
mod index;
mod rule;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::{WalkBuilder, WalkState};
use perfctl_core::path_class::{PathClass, named_of};
use perfctl_core::run::Problem;
use perfctl_core::seams::Stop;

use crate::doc::{Format, docker};
use crate::lower::Language;
use crate::source::Overlay;
pub use excluded::Excluded;
use ignored::Ignored;

/// What a file's contents are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Code, lowered to the neutral tree.
    Code(Language),
    /// A document with a structure of its own.
    Document(Format),
    /// A Dockerfile.
    Dockerfile,
    /// Text that only regexes and file matchers look at.
    Text,
}

/// A file to look at.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Path from the root, with forward slashes.
    pub path: Arc<str>,
    /// Bytes.
    pub size: u64,
    /// How it is read.
    pub content: Content,
    /// What kind of file it is.
    pub class: PathClass,
    /// Bytes of `path` that the user named, with the slash; what its words say of the file's purpose comes after.
    pub named: usize,
}

impl Entry {
    /// The path below the directory that the user named, all of it without one.
    pub fn path_below_named(&self) -> &str {
        self.path.get(self.named..).unwrap_or(&self.path)
    }
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Files {
    /// Files, sorted by path.
    pub entries: Vec<Entry>,
    /// Directories and files that could not be looked at.
    pub problems: Vec<Problem>,
    /// Files and directories that git's ignore rules left out, sorted; where they are many, the directories around them.
    pub hidden: Vec<String>,
}

/// Which files to take.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Paths from the root to start at; empty for the root itself.
    pub start: Vec<PathBuf>,
    /// Directories from the root that the user named. Whoever asks for `tests/service` does not want to hear that it is a test: what
    /// lies in them is told apart by the rest of its path.
    pub named: Vec<String>,
    /// What is left out.
    pub exclude: Excluded,
    /// Threads; 0 for as many as there are processors.
    pub threads: usize,
    /// What stands in for the contents of some files. It adds none.
    pub overlay: Overlay,
}

/// Lists the files below `root` as git sees them: ignored ones are left out unless they are tracked, hidden ones are taken
/// (workflows live in hidden directories), symbolic links are not followed.
pub fn walk(root: &Path, scope: &Scope, stop: &dyn Stop) -> Files {
    let starts: Vec<PathBuf> = match scope.start.as_slice() {
        [] => vec![root.to_owned()],
        some => some.iter().map(|path| root.join(path)).collect(),
    };
    let mut builder = WalkBuilder::new(&starts[0]);
    for start in &starts[1..] {
        builder.add(start);
    }
    builder
        .standard_filters(false)
        .follow_links(false)
        .threads(scope.threads)
        .filter_entry(|entry| entry.file_name() != ".git");
    let found = Mutex::new(Files::default());
    let ignored = Arc::new(Ignored::below(root));
    if std::thread::Builder::new().spawn(|| ()).is_err() {
        walk_alone(&mut builder, root, scope, stop, &ignored, &found);
    } else {
        walk_in_parallel(&builder, root, scope, stop, &ignored, &found);
    }
    let mut files = found
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    files
        .entries
        .sort_by(|left, right| left.path.cmp(&right.path));
    files
        .entries
        .dedup_by(|left, right| left.path == right.path);
    let left_out = ignored.left_out();
    tracing::info!(left_out = left_out.len(), "left out by ignore rules");
    // A directory of reports that was just made ignores itself: that is no file that anybody would miss.
    let missed = left_out
        .iter()
        .find(|path| path.rsplit('/').next() != Some(".gitignore"));
    if let Some(missed) = missed.filter(|_| files.entries.is_empty()) {
        files.problems.push(Problem {
            subject: ".".to_owned(),
            message: format!(
                "nothing was looked at: ignore rules (`.gitignore`, `exclude`) leave out all there is, such as `{missed}`"
            ),
        });
    }
    files.hidden = summed_up(left_out);
    files.problems.append(&mut ignored.problems());
    files.problems.sort();
    files.problems.dedup();
    files
}

/// Most paths that name what ignore rules left out.
const MOST_HIDDEN: usize = 200;

/// Where files are compiled to, beside every directory of code; nobody writes them.
const CACHE: &str = "__pycache__";

/// Paths that hold all of these: themselves, or where they are many, the directories around the deepest of them.
fn summed_up(mut paths: BTreeSet<String>) -> Vec<String> {
    paths.retain(|path| path.rsplit('/').next() != Some(CACHE));
    while paths.len() > MOST_HIDDEN {
        let depth = |path: &String| path.matches('/').count();
        let deepest = paths.iter().map(depth).max().unwrap_or(0);
        if deepest == 0 {
            return vec![".".to_owned()];
        }
        let above = |path: String| match path.rsplit_once('/') {
            Some((above, _)) if depth(&path) == deepest => above.to_owned(),
            _ => path,
        };
        paths = paths.into_iter().map(above).collect();
    }
    paths.into_iter().collect()
}

fn walk_in_parallel(
    builder: &WalkBuilder,
    root: &Path,
    scope: &Scope,
    stop: &dyn Stop,
    ignored: &Ignored,
    found: &Mutex<Files>,
) {
    builder.build_parallel().run(|| {
        let mut mine = Batch::new(found);
        Box::new(move |entry| {
            if stop.requested() {
                return WalkState::Quit;
            }
            if let Ok(entry) = &entry
                && is_left_out(ignored, root, entry)
            {
                return WalkState::Skip;
            }
            mine.take(root, scope, entry);
            WalkState::Continue
        })
    });
}

/// The same where no thread can be started.
fn walk_alone(
    builder: &mut WalkBuilder,
    root: &Path,
    scope: &Scope,
    stop: &dyn Stop,
    ignored: &Arc<Ignored>,
    found: &Mutex<Files>,
) {
    let mut mine = Batch::new(found);
    let (ignored, above) = (ignored.clone(), root.to_owned());
    builder.filter_entry(move |entry| {
        entry.file_name() != ".git" && !is_left_out(&ignored, &above, entry)
    });
    for entry in builder.build() {
        if stop.requested() {
            break;
        }
        mine.take(root, scope, entry);
    }
}

fn is_left_out(ignored: &Ignored, root: &Path, entry: &ignore::DirEntry) -> bool {
    let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
    let relative = entry.path().strip_prefix(root);
    relative.is_ok_and(|path| ignored.leaves_out(path, is_dir))
}

/// One thread's finds, handed over when the thread ends.
struct Batch<'f> {
    found: &'f Mutex<Files>,
    entries: Vec<Entry>,
    problems: Vec<Problem>,
}

impl<'f> Batch<'f> {
    fn new(found: &'f Mutex<Files>) -> Self {
        Self {
            found,
            entries: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn take(&mut self, root: &Path, scope: &Scope, entry: Result<ignore::DirEntry, ignore::Error>) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                self.problems.push(Problem {
                    subject: subject(&error, root),
                    message: format!("not looked at: {error}"),
                });
                return;
            }
        };
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            return;
        }
        let Ok(relative) = entry.path().strip_prefix(root) else {
            return;
        };
        let Some(path) = relative.to_str() else {
            self.problems.push(Problem {
                subject: relative.to_string_lossy().into_owned(),
                message: "not looked at: its name is not UTF-8".to_owned(),
            });
            return;
        };
        let path = if std::path::MAIN_SEPARATOR == '/' {
            path.to_owned()
        } else {
            path.replace('\\', "/")
        };
        if scope.exclude.holds(&path) {
            return;
        }
        let size = entry.metadata().map_or(0, |data| data.len());
        let content = match (Language::from_path(&path), Format::of_path(&path)) {
            _ if docker::is_dockerfile(&path) => Content::Dockerfile,
            (Some(language), _) => Content::Code(language),
            (None, Some(format)) => Content::Document(format),
            (None, None) => Content::Text,
        };
        let named = named_of(&scope.named, &path);
        let class = PathClass::of(&path[named..]);
        self.entries.push(Entry {
            path: path.into(),
            size,
            content,
            class,
            named,
        });
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if let Ok(mut all) = self.found.lock() {
            all.entries.append(&mut self.entries);
            all.problems.append(&mut self.problems);
        }
    }
}

fn subject(error: &ignore::Error, root: &Path) -> String {
    match error {
        ignore::Error::WithPath { path, .. } => path
            .strip_prefix(root)
            .unwrap_or(path)
            .to_string_lossy()
            .into_owned(),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            subject(err, root)
        }
        ignore::Error::Loop { child, .. } => child
            .strip_prefix(root)
            .unwrap_or(child)
            .to_string_lossy()
            .into_owned(),
        _ => ".".to_owned(),
    }
}

#[cfg(test)]
mod tests;
