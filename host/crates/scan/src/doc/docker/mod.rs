//! Dockerfiles, read tolerantly: every line becomes an instruction, known or not, and the stages become a graph.
//!
//! The parser never fails. It follows BuildKit's reading of directives, continuations, comments, heredocs and flags, and goes on where
//! BuildKit would stop. What a variable decides stays unknown.

mod image;
mod instruction;
mod line;
mod stage;
mod variable;

pub use image::{ImageRef, Part};
pub use instruction::{Flag, Instruction};
pub use line::{Directive, Heredoc};
pub use stage::{Feed, FeedKind, Shipment, Source, Stage};
pub use variable::{Assignment, Expanded};

use instruction::Script;
use line::{Lines, Logical};
use perfctl_core::place::LineIndex;
use stage::{Assembly, Found};
use variable::Value;

use super::mapped::Mapped;
use super::shell::{self, Command};
use super::source;

/// Instructions kept for one file.
const MAX_INSTRUCTIONS: usize = 20_000;
/// Stages kept for one file.
const MAX_STAGES: usize = 500;
/// Commands kept for one file.
const MAX_COMMANDS: usize = 50_000;

/// A Dockerfile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dockerfile {
    directives: Vec<Directive>,
    preamble: Vec<Instruction>,
    globals: Vec<Assignment>,
    stages: Vec<Stage>,
    problems: Vec<Problem>,
    is_refused: bool,
}

/// Something in a Dockerfile that could not be read as it was meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Problem {
    /// Line, from 1.
    pub line: u32,
    /// Byte offset in the file.
    pub offset: u32,
    /// What is wrong, a lowercase fragment.
    pub message: String,
}

/// What is known of a variable at some place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// It has this value, whose own variables are filled in as far as possible.
    Set(Expanded),
    /// It is declared by an ARG without a value: a build may set it.
    Declared,
    /// The file does not set it; the base image still may.
    Absent,
}

impl Dockerfile {
    /// Reads a Dockerfile. Bytes that are not UTF-8 are read as `_`; a file over [`super::MAX_BYTES`] or in UTF-16 is refused: it
    /// has no instructions and one problem.
    pub fn parse(bytes: &[u8]) -> Dockerfile {
        let source = match source::Source::admit(bytes) {
            Ok(source) => source,
            Err(refusal) => {
                let problem = Problem {
                    line: 1,
                    offset: 0,
                    message: refusal.to_string(),
                };
                return Dockerfile {
                    problems: vec![problem],
                    is_refused: true,
                    ..Dockerfile::default()
                };
            }
        };
        let text = source.text();
        let mut lines = Lines::new(text, source.body().1);
        let mut problems = Problems {
            text,
            index: None,
            found: Vec::new(),
        };
        let mut assembly = Assembly::default();
        let mut room = MAX_COMMANDS;
        let mut count = 0;
        while let Some(line) = lines.next_logical() {
            if line.text.text().is_empty() {
                continue;
            }
            count += 1;
            if count > MAX_INSTRUCTIONS || assembly.stages.len() > MAX_STAGES {
                let message = format!(
                    "more than {MAX_INSTRUCTIONS} instructions or {MAX_STAGES} stages; the rest is not read"
                );
                problems.add(line.span.start, message);
                break;
            }
            if let Some(offset) = line.unterminated {
                problems.add(
                    offset as u32,
                    "this heredoc is never ended; its lines are read as instructions".to_owned(),
                );
            }
            let (mut instruction, script) = instruction::read(&line, lines.escape);
            instruction.commands = commands(&line, script, text, lines.escape == b'\\');
            if instruction.commands.len() > room {
                problems.add(
                    line.span.start,
                    format!("more than {MAX_COMMANDS} commands; the rest is not read"),
                );
            }
            instruction.commands.truncate(room);
            room -= instruction.commands.len();
            if !is_known(&instruction.keyword) {
                problems.add(
                    instruction.keyword_span.start,
                    format!("{} is no instruction", instruction.keyword),
                );
            } else if instruction.keyword == "FROM" && instruction.args.is_empty() {
                problems.add(instruction.span.start, "FROM names no image".to_owned());
            }
            assembly.add(instruction);
        }
        assembly.settle();
        Dockerfile {
            directives: lines.directives,
            preamble: assembly.preamble,
            globals: assembly.globals,
            stages: assembly.stages,
            problems: problems.found,
            is_refused: false,
        }
    }

    /// The directives at its head.
    pub fn directives(&self) -> &[Directive] {
        &self.directives
    }

    /// The instructions before the first FROM.
    pub fn preamble(&self) -> &[Instruction] {
        &self.preamble
    }

    /// The ARGs before the first FROM, which FROM lines may use.
    pub fn globals(&self) -> &[Assignment] {
        &self.globals
    }

    /// The stages in order.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// The stage that ships unless a build names another target: the last.
    pub fn shipped(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// The stage that a build with `--target name` makes: by name in any case, or by number.
    pub fn stage(&self, name: &str) -> Option<&Stage> {
        let is_named = |stage: &&Stage| {
            stage
                .name
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        self.stages
            .iter()
            .rev()
            .find(is_named)
            .or_else(|| self.stages.get(name.parse::<usize>().ok()?))
    }

    /// What ships when the stage with index `target` is built.
    pub fn shipment(&self, target: usize) -> Shipment {
        stage::shipment(&self.stages, target)
    }

    /// Every instruction in order, FROMs included.
    pub fn instructions(&self) -> impl Iterator<Item = &Instruction> {
        let stages = self
            .stages
            .iter()
            .flat_map(|stage| std::iter::once(&stage.from).chain(&stage.instructions));
        self.preamble.iter().chain(stages)
    }

    /// The variable `name` as instruction `before` of stage `stage` sees it; ARG and ENV of the stage and of the stages it builds on.
    pub fn variable(&self, stage: usize, before: usize, name: &str) -> Setting {
        if stage >= self.stages.len() {
            return Setting::Absent;
        }
        match stage::find(&self.stages, &self.globals, stage, before, name) {
            Found::Value(value) => Setting::Set(value.clone()),
            Found::Declared => Setting::Declared,
            Found::Nothing => Setting::Absent,
        }
    }

    /// `text` as instruction `before` of stage `stage` sees it, with the variables filled in as far as the file tells. What a build, the
    /// base image or the shell may set stays open.
    pub fn expand(&self, stage: usize, before: usize, text: &str) -> Expanded {
        let is_stage = stage < self.stages.len();
        variable::expand(text, &|name| {
            if !is_stage {
                return Value::Given;
            }
            match stage::find(&self.stages, &self.globals, stage, before, name) {
                Found::Value(value) => Value::Set(value),
                Found::Declared | Found::Nothing => Value::Given,
            }
        })
    }

    /// What could not be read as it was meant, in order.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether nothing was read at all.
    pub fn is_refused(&self) -> bool {
        self.is_refused
    }
}

/// Problems as they are found; a file of nonsense does not need each of them.
struct Problems<'t> {
    text: &'t str,
    index: Option<LineIndex>,
    found: Vec<Problem>,
}

impl Problems<'_> {
    fn add(&mut self, offset: u32, message: String) {
        const MAX_PROBLEMS: usize = 100;
        if self.found.len() < MAX_PROBLEMS {
            let line = self
                .index
                .get_or_insert_with(|| LineIndex::new(self.text.as_bytes()))
                .line_of(offset);
            self.found.push(Problem {
                line,
                offset,
                message,
            });
        }
    }
}

fn is_known(keyword: &str) -> bool {
    matches!(
        keyword,
        "ADD"
            | "ARG"
            | "CMD"
            | "COPY"
            | "ENTRYPOINT"
            | "ENV"
            | "EXPOSE"
            | "FROM"
            | "HEALTHCHECK"
            | "LABEL"
            | "MAINTAINER"
            | "ONBUILD"
            | "RUN"
            | "SHELL"
            | "STOPSIGNAL"
            | "USER"
            | "VOLUME"
            | "WORKDIR"
    )
}

/// The commands of an instruction, those in the here-documents of RUN included.
fn commands(line: &Logical, script: Script, text: &str, is_posix: bool) -> Vec<Command> {
    let mut commands = match script {
        Script::None => return Vec::new(),
        Script::Shell(script) => shell::split(&script, is_posix),
        Script::Exec(words) => shell::exec(&words, is_posix),
    };
    // Without a program, or with a shell that is given no script, the heredoc is the script.
    let is_script = match commands.first() {
        None => true,
        Some(first) => {
            commands.len() == 1
                && shell::is_shell(&first.program.text)
                && first.arguments().all(|word| word.starts_with('-'))
        }
    };
    for heredoc in line.heredocs.iter().filter(|_| is_script) {
        let body = &text[heredoc.body.range()];
        let first = body.lines().next().unwrap_or_default();
        let interpreter = first
            .strip_prefix("#!")
            .map(|path| path.split_whitespace().last().unwrap_or_default());
        if interpreter.is_none_or(shell::is_shell) {
            commands.extend(shell::split(
                &Mapped::new(body, heredoc.body.start as usize),
                is_posix,
            ));
        }
    }
    commands
}

/// Whether the file at `path` is a Dockerfile, from its name: `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, `ApiDockerfile`, `Containerfile`.
pub fn is_dockerfile(path: &str) -> bool {
    let written = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let name = written.to_ascii_lowercase();
    let is_base = |stem: &str| matches!(stem, "dockerfile" | "containerfile");
    if is_base(&name) {
        return true;
    }
    if let Some((_, "dockerfile" | "containerfile")) = name.rsplit_once('.') {
        return true;
    }
    // `ApiDockerfile`, `api-dockerfile`: a script would have an ending, or begin with a verb in small letters.
    let stem = written.strip_suffix("Dockerfile");
    let is_camel = |stem: &str| {
        stem.starts_with(char::is_uppercase) && stem.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if stem.is_some_and(is_camel)
        || !name.contains('.') && (name.ends_with("-dockerfile") || name.ends_with("_dockerfile"))
    {
        return true;
    }
    let Some(end) = name.find(['.', '-', '_']) else {
        return false;
    };
    let extension = name
        .rsplit('.')
        .next()
        .filter(|_| name.contains('.'))
        .unwrap_or_default();
    is_base(&name[..end]) && !NO_DOCKERFILE.contains(&extension)
}

/// Endings of files that are about a Dockerfile and are none; sorted.
const NO_DOCKERFILE: &[&str] = &[
    "adoc",
    "bak",
    "bzl",
    "cs",
    "css",
    "diff",
    "dockerignore",
    "go",
    "html",
    "java",
    "js",
    "json",
    "lock",
    "lua",
    "md",
    "mdx",
    "mjs",
    "orig",
    "patch",
    "php",
    "png",
    "py",
    "rb",
    "rej",
    "rs",
    "rst",
    "sh",
    "snap",
    "sum",
    "svg",
    "swp",
    "toml",
    "ts",
    "tsx",
    "txt",
    "yaml",
    "yml",
];

#[cfg(test)]
mod tests;
