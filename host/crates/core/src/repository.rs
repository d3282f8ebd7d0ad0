//! What is known about the audited repository before rules run.

use std::path::{Path, PathBuf};

/// A checked-out tree. Holding one proves that the path is absolute; the room that made it proves that it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    root: PathBuf,
    /// Where it came from and at which commit.
    pub source: Source,
}

impl Checkout {
    /// A checkout at `root`.
    ///
    /// # Panics
    /// If `root` is relative: a relative root would change its meaning with the working directory.
    pub fn new(root: PathBuf, source: Source) -> Self {
        assert!(
            root.is_absolute(),
            "a checkout needs an absolute root, not {}",
            root.display()
        );
        Self { root, source }
    }

    /// The absolute root directory.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// Where a checkout came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Short name for reports: the last part of the URL or path.
    pub name: String,
    /// URL without credentials, or absolute path without symbolic links.
    pub origin: String,
    /// Commit, 40 hexadecimal digits; `None` outside git.
    pub commit: Option<String>,
    /// When that commit was made, milliseconds since 1970 in UTC.
    pub committed_ms: Option<u64>,
    /// Branch or tag that was asked for or is checked out.
    pub reference: Option<String>,
    /// Whether the tree has uncommitted changes (a path is audited in place, changes included).
    pub dirty: bool,
    /// URL of the remote `origin` without credentials, where the path is a work tree that has one.
    pub remote: Option<String>,
    /// The audited directory from the work tree's root, with forward slashes; `None` when it is the root.
    pub subdirectory: Option<String>,
}

/// Lines of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageShare {
    /// Name as the scanner spells it.
    pub language: String,
    /// Files.
    pub files: usize,
    /// Bytes.
    pub bytes: u64,
}

/// A framework, entry point or deployment that was found, with the file that shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Detected {
    /// What: `fastapi`, `app.main`, `cloud-run`.
    pub name: String,
    /// Path of the file that shows it.
    pub path: String,
}

/// What the repository is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Portrait {
    /// Languages, most bytes first.
    pub languages: Vec<LanguageShare>,
    /// Web frameworks, ORMs, clients in use.
    pub frameworks: Vec<Detected>,
    /// Modules or files at which a process starts.
    pub entry_points: Vec<Detected>,
    /// Dockerfiles.
    pub dockerfiles: Vec<String>,
    /// Where it is deployed: `cloud-run`, `lambda`, `kubernetes`, ...
    pub deploy_targets: Vec<Detected>,
    /// Files looked at.
    pub files: usize,
}

impl Portrait {
    /// Whether a fact that recipes ask for in `when` holds: `language:python`, `framework:fastapi`, `deploy:lambda`,
    /// `dockerfile`, `entry-point`. `None` when there is no fact of that name.
    pub fn holds(&self, fact: &str) -> Option<bool> {
        let (kind, name) = fact.split_once(':').unwrap_or((fact, ""));
        match kind {
            "language" => Some(self.languages.iter().any(|share| share.language == name)),
            "framework" => Some(self.frameworks.iter().any(|found| found.name == name)),
            "deploy" => Some(self.deploy_targets.iter().any(|found| found.name == name)),
            "dockerfile" if name.is_empty() => Some(!self.dockerfiles.is_empty()),
            "entry-point" if name.is_empty() => Some(!self.entry_points.is_empty()),
            _ => None,
        }
    }
}
