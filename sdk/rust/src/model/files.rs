//! Files, their bytes and documents.

// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.

use crate::bindings::rule_pack::perfctl::plugin as raw;
use crate::list::IntoList;
use crate::literal::{Literal};
use crate::model::{Dockerfile, Node, ShellCommand, SqlStatement};
use crate::words::{Presence};

/// An open file.
#[derive(Clone, Copy)]
pub struct File(pub(crate) u32);

impl File {
    /// Its path.
    #[inline]
    pub fn path(self) -> String {
        raw::file::path(self.0)
    }

    /// Its path below the directory that the user named (`perfctl check tests/service`), all of it without one: for words that say what it is for.
    #[inline]
    pub fn path_below_named(self) -> String {
        raw::file::path_below_named(self.0)
    }

    /// Its language, for files of code: `python`, `javascript`, `typescript` or `go`.
    #[inline]
    pub fn language(self) -> Option<String> {
        raw::file::language(self.0)
    }

    /// What kind of file it is: `source`, `test`, `migration`, `script`, `example`, `generated` or `vendored`.
    #[inline]
    pub fn class(self) -> String {
        raw::file::class(self.0)
    }

    /// Where its code runs: `server`, `browser` or `unknown`; Python and Go on a server, and `unknown` for what is no code.
    #[inline]
    pub fn side(self) -> String {
        raw::file::side(self.0)
    }

    /// Its text.
    #[inline]
    pub fn text(self) -> String {
        raw::file::text(self.0)
    }

    /// The root of its code, for files of code.
    #[inline]
    pub fn root(self) -> Option<Node> {
        raw::file::root(self.0).map(Node)
    }

    /// Its stages, for a Dockerfile.
    #[inline]
    pub fn docker(self) -> Option<Dockerfile> {
        raw::file::docker(self.0).map(Dockerfile)
    }

    /// The tops of its documents, for YAML, TOML, JSON and HCL; only YAML has several.
    #[inline]
    pub fn documents(self) -> Option<Vec<Doc>> {
        raw::file::documents(self.0).map(|item| item.into_iter().map(Doc).collect())
    }

    /// Whether the document could not be read to its end: what is absent then says nothing.
    #[inline]
    pub fn is_partial(self) -> bool {
        raw::file::is_partial(self.0)
    }

    /// Whether it imports one of these modules, or names from them, at any level.
    ///
    /// # Panics
    ///
    /// When a pattern could not fit any path.
    #[track_caller]
    #[inline]
    pub fn imports(self, patterns: impl IntoList) -> bool {
        match patterns.lend(|patterns| raw::file::imports(self.0, patterns)) {
            Ok(found) => found,
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// What a text says as SQL: its statements, none when it is no SQL.
    #[inline]
    pub fn sql(self, text: &str) -> Vec<SqlStatement> {
        raw::file::sql(self.0, text).into_iter().map(SqlStatement::read).collect()
    }

    /// The commands of a shell script, and of the recipes of a makefile, in which `$(NAME)` reads as `${NAME}`; none for other files.
    #[inline]
    pub fn commands(self) -> Option<Vec<ShellCommand>> {
        raw::file::commands(self.0).map(|item| item.into_iter().map(ShellCommand).collect())
    }

    /// Bytes of it; an error when they lie outside or split a character.
    ///
    /// # Panics
    ///
    /// When there is no such place in the file.
    #[track_caller]
    #[inline]
    pub fn span(self, start: u32, end: u32) -> Span {
        match raw::file::span(self.0, start, end) {
            Ok(found) => Span(found),
            Err(message) => crate::failure::mistake(&message),
        }
    }

    /// A line without its end and the blanks before that.
    ///
    /// # Panics
    ///
    /// When there is no such place in the file.
    #[track_caller]
    #[inline]
    pub fn line_span(self, line: u32) -> Span {
        match raw::file::line_span(self.0, line) {
            Ok(found) => Span(found),
            Err(message) => crate::failure::mistake(&message),
        }
    }
}

/// Bytes of a file.
#[derive(Clone, Copy)]
pub struct Span(pub(crate) u32);

impl Span {
    /// The file.
    #[inline]
    pub fn file(self) -> File {
        File(raw::span::file(self.0))
    }

    /// The text.
    #[inline]
    pub fn source(self) -> String {
        raw::span::source(self.0)
    }

    /// The line of its first byte.
    #[inline]
    pub fn line(self) -> u32 {
        raw::span::line(self.0)
    }

    /// Its first byte.
    #[inline]
    pub fn start(self) -> u32 {
        raw::span::start(self.0)
    }

    /// Where it ends.
    #[inline]
    pub fn end(self) -> u32 {
        raw::span::end(self.0)
    }

    /// The commands in it, read as a script of the shell.
    #[inline]
    pub fn commands(self) -> Vec<ShellCommand> {
        raw::span::commands(self.0).into_iter().map(ShellCommand).collect()
    }
}

/// A node of a document. Paths look like `spec.template.containers[1].name`, `[*]` or `*` for every entry, keys with dots in quotes.
#[derive(Clone, Copy)]
pub struct Doc(pub(crate) u32);

impl Doc {
    /// What it is: `map`, `list`, `scalar`, `null`, or `unknown` where a template, a reference or a function of the platform decides.
    #[inline]
    pub fn kind(self) -> String {
        raw::doc::kind(self.0)
    }

    /// The key it stands under.
    #[inline]
    pub fn key(self) -> Option<String> {
        raw::doc::key(self.0)
    }

    /// A scalar as text; of something unknown what decides it, as far as that is one text; empty for everything else.
    #[inline]
    pub fn text(self) -> String {
        raw::doc::text(self.0)
    }

    /// Its tag without the sign: `Ref` for `!Ref`, also where CloudFormation writes it as a key.
    #[inline]
    pub fn tag(self) -> Option<String> {
        raw::doc::tag(self.0)
    }

    /// The labels of a block of HCL.
    #[inline]
    pub fn labels(self) -> Vec<String> {
        raw::doc::labels(self.0)
    }

    /// Its first line, the key's included.
    #[inline]
    pub fn line(self) -> u32 {
        raw::doc::line(self.0)
    }

    /// Its bytes without the key; of a reference that the file resolves, those of the reference.
    #[inline]
    pub fn span(self) -> Span {
        Span(raw::doc::span(self.0))
    }

    /// A scalar; `unknown` for everything else.
    #[inline]
    pub fn value(self) -> Literal {
        raw::doc::value(self.0)
    }

    /// The node at a path below it.
    #[inline]
    pub fn get(self, path: &str) -> (Option<Doc>, Presence) {
        let (part0, part1) = raw::doc::get(self.0, path);
        (part0.map(Doc), Presence::read(&part1))
    }

    /// Every node that fits a path below it.
    #[inline]
    pub fn select(self, path: &str) -> Vec<Doc> {
        raw::doc::select(self.0, path).into_iter().map(Doc).collect()
    }

    /// Every node below it with that key.
    #[inline]
    pub fn find_all(self, key: &str) -> Vec<Doc> {
        raw::doc::find_all(self.0, key).into_iter().map(Doc).collect()
    }

    /// Its entries.
    #[inline]
    pub fn entries(self) -> Vec<Doc> {
        raw::doc::entries(self.0).into_iter().map(Doc).collect()
    }

    /// Its HCL blocks with that keyword whose labels begin so: `blocks("resource", ["aws_lambda_function"])`.
    #[inline]
    pub fn blocks(self, keyword: &str, labels: impl IntoList) -> Vec<Doc> {
        labels.lend(|labels| raw::doc::blocks(self.0, keyword, labels)).into_iter().map(Doc).collect()
    }

    /// The commands of a script that it holds as text, such as `run:` of a workflow, or the one command whose words it lists, such as
    /// `args:` of a build step; with `program` what that program is given. None for what is no text and no list.
    #[inline]
    pub fn commands<'a>(self, program: impl Into<Option<&'a str>>) -> Vec<ShellCommand> {
        raw::doc::commands(self.0, program.into()).into_iter().map(ShellCommand).collect()
    }

    /// Its parent; none for the top.
    #[inline]
    pub fn parent(self) -> Option<Doc> {
        raw::doc::parent(self.0).map(Doc)
    }
}
