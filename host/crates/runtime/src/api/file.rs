//! An open file.

use std::sync::Arc;

use perfctl_core::place::ByteSpan;
use perfctl_scan::doc::shell;
use perfctl_scan::doc::sql::Statement;
use perfctl_scan::matcher::PathPattern;
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::FileView;

use super::docker::Docker;
use super::document::Doc;
use super::location::{Located, Location};
use super::node::Node;
use super::refusal::{Answer, Refusal};
use super::shell::ShellCommand;
use super::sql;

/// A file, as a rule holds it.
#[derive(Clone)]
pub struct File {
    view: Arc<FileView>,
}

/// Bytes of a file, as a rule holds them.
#[derive(Clone)]
pub struct Span {
    file: Arc<FileView>,
    span: ByteSpan,
}

impl Span {
    /// The file.
    pub fn file(&self) -> File {
        File::new(self.file.clone())
    }

    pub(super) fn new(file: &Arc<FileView>, span: ByteSpan) -> Self {
        Self {
            file: file.clone(),
            span,
        }
    }

    /// The text.
    pub fn source(&self) -> &str {
        self.file.slice(self.span)
    }

    /// The line of its first byte.
    pub fn line(&self) -> u32 {
        self.file.lines().line_of(self.span.start)
    }

    /// Its bytes.
    pub fn bytes(&self) -> ByteSpan {
        self.span
    }

    /// The commands in it, read as a script of the shell.
    pub fn commands(&self) -> Vec<ShellCommand> {
        let commands = shell::of_text(self.source(), self.span.start as usize);
        ShellCommand::all(&self.file, commands)
    }
}

impl File {
    /// An open file.
    pub fn new(view: Arc<FileView>) -> Self {
        Self { view }
    }

    /// Whether it is this one.
    #[inline]
    pub fn is(&self, view: &Arc<FileView>) -> bool {
        Arc::ptr_eq(&self.view, view)
    }

    /// The node `id` of its code.
    pub fn node(&self, id: NodeId) -> Node {
        Node::new(&self.view, id)
    }

    /// Its path.
    pub fn path(&self) -> &Arc<str> {
        self.view.path()
    }

    /// Its path below the directory that the user named, all of it without one. Whoever names `tests/service` does not want to hear
    /// that it is a test.
    pub fn path_below_named(&self) -> &str {
        let path = self.path();
        let Some(repo) = self.view.repo() else {
            return path;
        };
        let below = repo.entries()[self.view.at()].path_below_named().len();
        &path[path.len() - below..]
    }

    /// Its language, for files of code.
    pub fn language(&self) -> Option<&'static str> {
        self.view.code().map(|code| code.language.name())
    }

    /// What kind of file it is.
    pub fn class(&self) -> &'static str {
        let repo = self.view.repo();
        repo.map_or("source", |repo| repo.entries()[self.view.at()].class.word())
    }

    /// Where its code runs: `server`, `browser`, `unknown`.
    pub fn side(&self) -> &'static str {
        let code = self.view.code().zip(self.view.repo());
        let side = code.map(|(code, repo)| repo.repo.side(code.id));
        side.unwrap_or_default().word()
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.view.text()
    }

    /// The root of its code, for files of code.
    pub fn root(&self) -> Option<Node> {
        let code = self.view.code();
        code.map(|_| Node::new(&self.view, NodeId(0)))
    }

    /// Its stages, for a Dockerfile.
    pub fn docker(&self) -> Option<Docker> {
        self.view.dockerfile().map(|_| Docker::new(&self.view))
    }

    /// The tops of its documents, for YAML, TOML, JSON and HCL.
    pub fn documents(&self) -> Option<Vec<Doc>> {
        let roots = self.view.document()?.roots();
        Some(roots.map(|root| Doc::new(&self.view, root.id())).collect())
    }

    /// Whether the document could not be read to its end: what is absent then says nothing.
    pub fn is_partial(&self) -> bool {
        self.view
            .document()
            .is_some_and(|document| !document.errors().is_empty() || document.is_refused())
    }

    /// Whether it imports one of these modules, or names from them, at any level.
    pub fn imports(&self, patterns: &[PathPattern]) -> bool {
        let (Some(code), Some(repo)) = (self.view.code(), self.view.repo()) else {
            return false;
        };
        let file = repo.repo.file(code.id);
        file.index.imports.iter().any(|import| {
            let module = file.text(import.module);
            patterns.iter().any(|pattern| {
                pattern.fits(module)
                    || import
                        .names
                        .iter()
                        .any(|name| pattern.fits(&format!("{module}.{}", file.text(*name))))
            })
        })
    }

    /// What a text says as SQL: its statements, none when it is no SQL. Their places are bytes of the text.
    pub fn sql(&self, text: &str) -> Vec<Statement> {
        match self.path().ends_with(".sql") {
            true => sql::statements(text),
            false => sql::statements_if_sql(text),
        }
    }

    /// The commands of a shell script, and of the recipes of a makefile; `None` for other files.
    pub fn commands(&self) -> Option<Vec<ShellCommand>> {
        let commands = shell::of_file(self.path(), self.text())?;
        Some(ShellCommand::all(&self.view, commands))
    }

    /// Bytes of it.
    ///
    /// # Errors
    /// When they lie outside or split a character.
    pub fn span(&self, span: ByteSpan) -> Answer<Span> {
        match self.view.holds(span) {
            true => Ok(Span::new(&self.view, span)),
            false => Err(Refusal::new(format!(
                "bytes {} to {} are not inside {}",
                u64::from(span.start) + 1,
                span.end,
                self.path()
            ))),
        }
    }

    /// A line without its end and the blanks before that.
    ///
    /// # Errors
    /// When there is no such line.
    pub fn line_span(&self, line: u32) -> Answer<Span> {
        let lines = self.view.lines();
        if line < 1 || line > lines.lines() {
            return Err(Refusal::new(format!("{} has no line {line}", self.path())));
        }
        let start = lines.line_start(line);
        let end = if line == lines.lines() {
            self.text().len() as u32
        } else {
            lines.line_start(line + 1)
        };
        let text = self.view.slice(ByteSpan::new(start, end)).trim_end();
        Ok(Span::new(
            &self.view,
            ByteSpan::new(start, start + text.len() as u32),
        ))
    }
}

impl Located for Span {
    fn location(&self) -> Answer<Location> {
        Ok(Location {
            file: self.file.clone(),
            span: self.span,
            node: None,
        })
    }
}

impl Located for File {
    /// Its first line.
    fn location(&self) -> Answer<Location> {
        let end = self
            .view
            .lines()
            .line_start(2)
            .min(self.text().len() as u32);
        Ok(Location {
            file: self.view.clone(),
            span: ByteSpan::new(0, end),
            node: None,
        })
    }
}
