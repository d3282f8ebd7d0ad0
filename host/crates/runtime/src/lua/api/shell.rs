//! Commands of a shell, wherever they are written: in a Dockerfile, a document, a script, a makefile.

use std::sync::Arc;

use mlua::{Result, UserData, UserDataFields, UserDataMethods};
use perfctl_core::place::ByteSpan;
use perfctl_scan::doc::shell::{Command, Word};
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::FileView;

use super::docker::{Instruction, texts};
use super::file::Span;
use super::report::SpanLike;

/// One command, as a script holds it.
#[derive(Clone)]
pub(super) struct ShellCommand {
    home: Home,
    at: usize,
}

/// Where the commands are kept, of which this is one.
#[derive(Clone)]
enum Home {
    /// An instruction of a Dockerfile.
    Instruction(Instruction),
    /// What was read when the script asked.
    Read(Arc<FileView>, Arc<[Command]>),
}

impl ShellCommand {
    pub(super) fn of_instruction(instruction: Instruction, at: usize) -> Self {
        Self {
            home: Home::Instruction(instruction),
            at,
        }
    }

    /// Every one of `commands`, which were read in `file`.
    pub(super) fn all(file: &Arc<FileView>, commands: Vec<Command>) -> Vec<Self> {
        let commands: Arc<[Command]> = commands.into();
        let home = Home::Read(file.clone(), commands.clone());
        (0..commands.len())
            .map(|at| Self {
                home: home.clone(),
                at,
            })
            .collect()
    }

    fn command(&self) -> Result<&Command> {
        let commands = match &self.home {
            Home::Instruction(instruction) => &*instruction.instruction()?.commands,
            Home::Read(_, commands) => commands,
        };
        commands
            .get(self.at)
            .ok_or_else(|| mlua::Error::runtime("there is no such command"))
    }

    fn file(&self) -> &Arc<FileView> {
        match &self.home {
            Home::Instruction(instruction) => instruction.file(),
            Home::Read(file, _) => file,
        }
    }

    /// One word of its arguments, from 1.
    fn arg(&self, at: usize) -> Result<Option<&Word>> {
        Ok(self.command()?.args.get(at.max(1) - 1))
    }
}

impl UserData for ShellCommand {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("name", |_, this| Ok(this.command()?.name().to_owned()));
        // The program as written, with its folder.
        fields.add_field_method_get("program", |_, this| {
            Ok(this.command()?.program.text.clone())
        });
        fields.add_field_method_get("args", |_, this| Ok(texts(&this.command()?.args)));
        fields.add_field_method_get("env", |lua, this| {
            lua.create_table_from(this.command()?.env.clone())
        });
        fields.add_field_method_get("is_conditional", |_, this| {
            Ok(this.command()?.is_conditional)
        });
        fields.add_field_method_get("span", |_, this| {
            Ok(Span::new(this.file(), this.command()?.span))
        });
        fields.add_field_method_get("instruction", |_, this| {
            Ok(match &this.home {
                Home::Instruction(instruction) => Some(instruction.clone()),
                Home::Read(..) => None,
            })
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "ShellCommand");
        methods.add_method("has", |_, this, argument: String| {
            Ok(this.command()?.has_argument(&argument))
        });
        methods.add_method("arg_at", |_, this, at: usize| {
            Ok(this.arg(at)?.map(|word| Span::new(this.file(), word.span)))
        });
        // Whether the word is what stands there, with nothing in it that is filled in before the command runs.
        methods.add_method("is_known", |_, this, at: usize| {
            Ok(this.arg(at)?.is_some_and(|word| !word.is_dynamic))
        });
    }
}

impl SpanLike for ShellCommand {
    fn locate(&self) -> Result<(Arc<FileView>, ByteSpan, Option<NodeId>)> {
        Ok((self.file().clone(), self.command()?.span, None))
    }
}
