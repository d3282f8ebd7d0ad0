//! Commands of a shell, wherever they are written: in a Dockerfile, a document, a script, a makefile.

use std::sync::Arc;

use perfctl_scan::doc::shell::{Command, Word};
use perfctl_scan::view::FileView;

use super::docker::Instruction;
use super::file::Span;
use super::location::{Located, Location};
use super::refusal::{Answer, Refusal};

/// One command, as a rule holds it.
///
/// # Errors
/// Its methods fail where there is no such command.
#[derive(Clone)]
pub struct ShellCommand {
    home: Home,
    at: usize,
}

/// Where the commands are kept, of which this is one.
#[derive(Clone)]
enum Home {
    /// An instruction of a Dockerfile.
    Instruction(Instruction),
    /// What was read when the rule asked.
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

    fn command(&self) -> Answer<&Command> {
        let commands = match &self.home {
            Home::Instruction(instruction) => &*instruction.instruction()?.commands,
            Home::Read(_, commands) => commands,
        };
        commands
            .get(self.at)
            .ok_or_else(|| Refusal::new("there is no such command"))
    }

    fn file(&self) -> &Arc<FileView> {
        match &self.home {
            Home::Instruction(instruction) => instruction.file(),
            Home::Read(file, _) => file,
        }
    }

    fn arg(&self, position: usize) -> Answer<Option<&Word>> {
        Ok(self.command()?.args.get(position))
    }

    /// The program's name without its folder.
    pub fn name(&self) -> Answer<&str> {
        Ok(self.command()?.name())
    }

    /// The program as written, with its folder.
    pub fn program(&self) -> Answer<&str> {
        Ok(&self.command()?.program.text)
    }

    /// Its arguments, quotes removed; what is filled in later stands in them as written.
    pub fn args(&self) -> Answer<Vec<&str>> {
        Ok(texts(&self.command()?.args))
    }

    /// Variables that are set for it; of a name that is given twice the last counts.
    pub fn env(&self) -> Answer<&[(String, String)]> {
        Ok(&self.command()?.env)
    }

    /// Whether it runs only under some condition.
    pub fn is_conditional(&self) -> Answer<bool> {
        Ok(self.command()?.is_conditional)
    }

    /// Its bytes.
    pub fn span(&self) -> Answer<Span> {
        Ok(Span::new(self.file(), self.command()?.span))
    }

    /// Its instruction, in a Dockerfile.
    pub fn instruction(&self) -> Option<Instruction> {
        match &self.home {
            Home::Instruction(instruction) => Some(instruction.clone()),
            Home::Read(..) => None,
        }
    }

    /// Whether one of its arguments is this.
    pub fn has(&self, argument: &str) -> Answer<bool> {
        Ok(self.command()?.has_argument(argument))
    }

    /// Where one word of its arguments stands.
    pub fn arg_at(&self, position: usize) -> Answer<Option<Span>> {
        let word = self.arg(position)?;
        Ok(word.map(|word| Span::new(self.file(), word.span)))
    }

    /// Whether one word of its arguments is known: nothing in it is filled in before the command runs.
    pub fn is_known(&self, position: usize) -> Answer<bool> {
        Ok(self.arg(position)?.is_some_and(|word| !word.is_dynamic))
    }
}

pub(super) fn texts(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

impl Located for ShellCommand {
    fn location(&self) -> Answer<Location> {
        Ok(Location {
            file: self.file().clone(),
            span: self.command()?.span,
            node: None,
        })
    }
}
