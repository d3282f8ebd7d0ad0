//! An open file.

use std::sync::Arc;

use mlua::{FromLua, Lua, Result, UserData, UserDataFields, UserDataMethods, Value};
use perfctl_core::place::ByteSpan;
use perfctl_scan::doc::{shell, sql};
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::FileView;

use super::docker::Docker;
use super::document::Doc;
use super::node::{Node, patterns_of};
use super::report::SpanLike;
use super::shell::ShellCommand;

/// A file, as a script holds it.
#[derive(Clone)]
pub struct File {
    pub(super) view: Arc<FileView>,
}

impl File {
    /// Wraps an open file.
    pub fn new(view: Arc<FileView>) -> Self {
        Self { view }
    }
}

impl FromLua for File {
    fn from_lua(value: Value, _: &Lua) -> Result<Self> {
        match value {
            Value::UserData(data) => Ok(data.borrow::<File>()?.clone()),
            other => Err(mlua::Error::runtime(format!(
                "a file is needed, not {}",
                other.type_name()
            ))),
        }
    }
}

/// Bytes of a file, as a script holds them.
#[derive(Clone)]
pub struct Span {
    file: Arc<FileView>,
    span: ByteSpan,
}

impl Span {
    pub(crate) fn new(file: &Arc<FileView>, span: ByteSpan) -> Self {
        Self {
            file: file.clone(),
            span,
        }
    }
}

impl UserData for Span {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("source", |lua, this| {
            lua.create_string(this.file.slice(this.span))
        });
        fields.add_field_method_get("line", |_, this| {
            Ok(this.file.lines().line_of(this.span.start))
        });
        // From 1, as Lua counts; the end is the last byte's position.
        fields.add_field_method_get("first", |_, this| Ok(this.span.start + 1));
        fields.add_field_method_get("last", |_, this| Ok(this.span.end));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Span");
        // Its text as a script of the shell.
        methods.add_method("commands", |_, this, ()| {
            let text = this.file.slice(this.span);
            let commands = shell::of_text(text, this.span.start as usize);
            Ok(ShellCommand::all(&this.file, commands))
        });
    }
}

impl SpanLike for Span {
    fn locate(&self) -> Result<(Arc<FileView>, ByteSpan, Option<NodeId>)> {
        Ok((self.file.clone(), self.span, None))
    }
}

impl UserData for File {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("path", |lua, this| lua.create_string(&**this.view.path()));
        // Whoever names `tests/service` does not want to hear that it is a test.
        fields.add_field_method_get("path_below_named", |lua, this| {
            let repo = this.view.repo();
            lua.create_string(match &repo {
                Some(repo) => repo.entries()[this.view.at()].path_below_named(),
                None => &**this.view.path(),
            })
        });
        fields.add_field_method_get("language", |_, this| {
            Ok(this.view.code().map(|code| code.language.name()))
        });
        fields.add_field_method_get("class", |_, this| {
            let repo = this.view.repo();
            Ok(repo.map_or("source", |repo| repo.entries()[this.view.at()].class.word()))
        });
        // Where the file's code runs: server, browser, unknown.
        fields.add_field_method_get("side", |_, this| {
            let side = this
                .view
                .code()
                .zip(this.view.repo())
                .map(|(code, repo)| repo.repo.side(code.id));
            Ok(side.unwrap_or_default().word())
        });
        fields.add_field_method_get("text", |lua, this| lua.create_string(this.view.text()));
        fields.add_field_method_get("root", |_, this| {
            Ok(this.view.code().map(|_| Node::new(&this.view, NodeId(0))))
        });
        fields.add_field_method_get("docker", |_, this| {
            Ok(this.view.dockerfile().map(|_| Docker::new(&this.view)))
        });
        fields.add_field_method_get("documents", |_, this| {
            let roots = this.view.document().map(|document| {
                document
                    .roots()
                    .map(|root| Doc::new(&this.view, root.id()))
                    .collect::<Vec<_>>()
            });
            Ok(roots)
        });
        // Whether the document could not be read to its end: what is absent then says nothing.
        fields.add_field_method_get("is_partial", |_, this| {
            Ok(this
                .view
                .document()
                .is_some_and(|document| !document.errors().is_empty() || document.is_refused()))
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "File");
        // Whether the file imports one of the modules, at any level.
        methods.add_method("imports", |_, this, patterns: Value| {
            let (Some(code), Some(repo)) = (this.view.code(), this.view.repo()) else {
                return Ok(false);
            };
            let patterns = patterns_of(patterns)?;
            let file = repo.repo.file(code.id);
            Ok(file.index.imports.iter().any(|import| {
                let module = file.text(import.module);
                patterns.iter().any(|pattern| {
                    pattern.fits(module)
                        || import
                            .names
                            .iter()
                            .any(|name| pattern.fits(&format!("{module}.{}", file.text(*name))))
                })
            }))
        });
        // What a text says as SQL: its statements, none when it is no SQL. Positions are bytes of the text, from 1.
        methods.add_method("sql", |lua, this, text: String| {
            let is_file = this.view.path().ends_with(".sql");
            match is_file || sql::looks_like_sql(&text) {
                true => super::sql::statements(lua, &text),
                false => lua.create_table(),
            }
        });
        // The commands of a shell script, and of the recipes of a makefile; nil for other files.
        methods.add_method("commands", |_, this, ()| {
            let commands = shell::of_file(this.view.path(), this.view.text());
            Ok(commands.map(|commands| ShellCommand::all(&this.view, commands)))
        });
        methods.add_method("span", |_, this, (first, last): (u32, u32)| {
            let span = ByteSpan::new(first.max(1) - 1, last);
            match this.view.holds(span) {
                true => Ok(Span::new(&this.view, span)),
                false => Err(mlua::Error::runtime(format!(
                    "bytes {first} to {last} are not inside {}",
                    this.view.path()
                ))),
            }
        });
        methods.add_method("line_span", |_, this, line: u32| {
            let lines = this.view.lines();
            if line < 1 || line > lines.lines() {
                return Err(mlua::Error::runtime(format!(
                    "{} has no line {line}",
                    this.view.path()
                )));
            }
            let start = lines.line_start(line);
            let end = if line == lines.lines() {
                this.view.text().len() as u32
            } else {
                lines.line_start(line + 1)
            };
            let text = this.view.slice(ByteSpan::new(start, end)).trim_end();
            Ok(Span::new(
                &this.view,
                ByteSpan::new(start, start + text.len() as u32),
            ))
        });
    }
}

impl SpanLike for File {
    fn locate(&self) -> Result<(Arc<FileView>, ByteSpan, Option<NodeId>)> {
        let end = self
            .view
            .lines()
            .line_start(2)
            .min(self.view.text().len() as u32);
        Ok((self.view.clone(), ByteSpan::new(0, end), None))
    }
}
