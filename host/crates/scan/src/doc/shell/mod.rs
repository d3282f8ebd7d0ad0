//! Shell scripts as lists of simple commands: enough to see what a build installs, copies and compiles, and what a workflow deploys.
//!
//! It is no shell. Control words are read for what they say about whether a command always runs; what they guard is listed like
//! everything else.

mod document;
mod file;
pub(super) mod heredoc;
mod sound;
mod token;
mod wrapper;

pub use document::of_node;
pub use file::of_file;
pub use sound::faults_of_file;

use perfctl_core::place::ByteSpan;

use super::mapped::Mapped;
use token::{Lexer, Operator, RawWord, Token};

/// Scripts inside scripts that are followed: `sh -c`, `$(...)`.
const MAX_NESTING: usize = 6;
/// Commands kept for one instruction.
const MAX_COMMANDS: usize = 20_000;

/// A simple command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// What is run, behind assignments and wrappers such as `sudo`.
    pub program: Word,
    /// Its arguments; redirections are left out.
    pub args: Vec<Word>,
    /// Assignments before it, `NODE_ENV=production npm ci`, and those of `env`.
    pub env: Vec<(String, String)>,
    /// The wrappers before it: `sudo`, `exec`, `time`, `env`, ...
    pub wrappers: Vec<String>,
    /// How it hangs on the command before it.
    pub link: Link,
    /// Whether it runs only under some condition: behind `||`, in the branch of an `if`, in the body of a loop.
    pub is_conditional: bool,
    /// How many scripts it is inside of: 0 for the instruction itself, 1 within its `sh -c` or `$(...)`.
    pub nesting: usize,
    /// From its first assignment or wrapper to its last argument.
    pub span: ByteSpan,
}

impl Command {
    /// The program's name without its folder; where a command substitution makes it, the whole word.
    pub fn name(&self) -> &str {
        let program = &self.program.text;
        if program.contains("$(") || program.contains('`') {
            return program;
        }
        program.rsplit(['/', '\\']).next().unwrap_or(program)
    }

    /// The texts of the arguments.
    pub fn arguments(&self) -> impl Iterator<Item = &str> {
        self.args.iter().map(|word| word.text.as_str())
    }

    /// Whether one of the arguments is `argument`.
    pub fn has_argument(&self, argument: &str) -> bool {
        self.arguments().any(|word| word == argument)
    }
}

/// A word, unquoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word without its quotes and escapes; variables and command substitutions as written.
    pub text: String,
    /// Its bytes as written.
    pub span: ByteSpan,
    /// Whether part of it was quoted or escaped.
    pub is_quoted: bool,
    /// Whether a variable or command substitution decides what it is.
    pub is_dynamic: bool,
}

/// What stands before a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// Nothing, `;`, or a new line.
    Sequence,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|`
    Pipe,
}

/// The commands of the script `text`, which stands at byte `offset` of its file.
pub fn of_text(text: &str, offset: usize) -> Vec<Command> {
    split(&Mapped::new(text, offset), true)
}

/// Splits `script` into commands. With `is_posix` false, backslash and backquote are ordinary characters.
pub(in crate::doc) fn split(script: &Mapped, is_posix: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    split_into(script, is_posix, 0, false, &mut commands);
    commands
}

/// The command of the exec form, and those of the script it hands to a shell.
pub(in crate::doc) fn exec(words: &[(Mapped, ByteSpan)], is_posix: bool) -> Vec<Command> {
    let mut commands = Vec::new();
    let raw = words.iter().map(|(text, span)| Piece {
        word: Word {
            text: text.text().to_owned(),
            span: *span,
            is_quoted: true,
            is_dynamic: false,
        },
        mapped: text.clone(),
    });
    finish(
        raw.collect(),
        Link::Sequence,
        false,
        0,
        is_posix,
        &mut commands,
    );
    commands
}

/// Whether `program` is a shell that takes scripts we can read.
pub(in crate::doc) fn is_shell(program: &str) -> bool {
    let name = program.rsplit('/').next().unwrap_or(program);
    matches!(name, "sh" | "bash" | "ash" | "dash" | "zsh" | "ksh")
}

/// A word with its text's places, for scripts inside it.
struct Piece {
    word: Word,
    mapped: Mapped,
}

fn split_into(
    script: &Mapped,
    is_posix: bool,
    nesting: usize,
    is_guarded: bool,
    commands: &mut Vec<Command>,
) {
    let mut reader = Reader::new(script, is_posix, nesting, is_guarded);
    let mut lexer = Lexer::new(script, is_posix);
    while let Some(token) = lexer.next_token() {
        if commands.len() >= MAX_COMMANDS {
            return;
        }
        match token {
            Token::Word(word) => reader.word(word, commands),
            Token::Operator(operator) => reader.operator(operator, commands),
        }
    }
    reader.flush(Link::Sequence, commands);
}

struct Reader<'m> {
    script: &'m Mapped,
    is_posix: bool,
    nesting: usize,
    /// Whether the whole script runs only under some condition.
    is_guarded: bool,
    /// Open control structures; true where we are in a part that may not run.
    blocks: Vec<bool>,
    pieces: Vec<Piece>,
    link: Link,
    state: State,
    /// Ends of control structures that did not begin.
    loose: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Where a command may begin.
    Start,
    /// Within a command.
    Words,
    /// Within `for x in ...` or `case x in`: no command.
    Header,
    /// Within the patterns of `case`.
    Pattern,
}

impl<'m> Reader<'m> {
    fn new(script: &'m Mapped, is_posix: bool, nesting: usize, is_guarded: bool) -> Self {
        Self {
            script,
            is_posix,
            nesting,
            is_guarded,
            blocks: Vec::new(),
            pieces: Vec::new(),
            link: Link::Sequence,
            state: State::Start,
            loose: 0,
        }
    }

    fn word(&mut self, word: RawWord, commands: &mut Vec<Command>) {
        self.substitutions(&word, commands);
        let plain = if word.is_quoted || word.is_dynamic {
            ""
        } else {
            word.text.text()
        };
        match (self.state, plain) {
            (State::Header, "in") if self.is_case() => self.state = State::Pattern,
            (State::Header, "do") => self.control("do"),
            (State::Pattern, "esac") => self.control("esac"),
            (State::Header | State::Pattern, _) => {}
            (State::Start, control) if is_control(control) => self.control(control),
            _ => {
                self.state = State::Words;
                let span = self.script.span(word.range.clone());
                let text = word.text.text().to_owned();
                let (is_quoted, is_dynamic) = (word.is_quoted, word.is_dynamic);
                self.pieces.push(Piece {
                    word: Word {
                        text,
                        span,
                        is_quoted,
                        is_dynamic,
                    },
                    mapped: word.text,
                });
            }
        }
    }

    /// Scripts inside a word come before the command they serve.
    fn substitutions(&mut self, word: &RawWord, commands: &mut Vec<Command>) {
        if self.nesting < MAX_NESTING {
            for range in &word.substitutions {
                // What `case` looks at is run to choose among its branches.
                let is_chooser = self.state == State::Header && self.is_case();
                let outer = &self.blocks[..self.blocks.len() - usize::from(is_chooser)];
                let is_guarded = self.is_guarded || self.link == Link::Or || outer.contains(&true);
                split_into(
                    &self.script.slice(range.clone()),
                    self.is_posix,
                    self.nesting + 1,
                    is_guarded,
                    commands,
                );
            }
        }
    }

    fn control(&mut self, word: &str) {
        match word {
            "if" | "while" | "until" => self.blocks.push(false),
            "for" | "select" | "case" => {
                self.blocks.push(word == "case");
                self.state = State::Header;
                return;
            }
            "then" | "else" | "do" => {
                if let Some(block) = self.blocks.last_mut() {
                    *block = true;
                }
            }
            "fi" | "done" | "esac" => self.loose += usize::from(self.blocks.pop().is_none()),
            _ => {}
        }
        self.state = State::Start;
    }

    /// Whether the header we are in is that of `case`, which alone may not run from its start.
    fn is_case(&self) -> bool {
        self.blocks.last() == Some(&true)
    }

    fn operator(&mut self, operator: Operator, commands: &mut Vec<Command>) {
        let is_test = self
            .pieces
            .first()
            .is_some_and(|piece| piece.word.text == "[[");
        let is_open_test = is_test
            && self
                .pieces
                .last()
                .is_some_and(|piece| piece.word.text != "]]");
        match (self.state, operator) {
            (State::Words, Operator::And | Operator::Or | Operator::Open | Operator::Close)
                if is_open_test => {}
            (State::Header, Operator::End) if !self.is_case() => self.state = State::Start,
            (State::Header, _) => {}
            (State::Pattern, Operator::Close) => self.state = State::Start,
            (State::Pattern, _) => {}
            (_, Operator::And) => self.flush(Link::And, commands),
            (_, Operator::Or) => self.flush(Link::Or, commands),
            (_, Operator::Pipe) => self.flush(Link::Pipe, commands),
            (_, Operator::End | Operator::Background | Operator::Close) => {
                self.flush(Link::Sequence, commands)
            }
            (_, Operator::CaseEnd) => {
                self.flush(Link::Sequence, commands);
                self.state = State::Pattern;
            }
            (_, Operator::Open) => {
                // `name() {` defines a function; otherwise a subshell begins.
                self.pieces.clear();
                self.state = State::Start;
            }
        }
    }

    fn is_conditional(&self) -> bool {
        self.is_guarded || self.link == Link::Or || self.blocks.contains(&true)
    }

    fn flush(&mut self, next: Link, commands: &mut Vec<Command>) {
        let pieces = std::mem::take(&mut self.pieces);
        if !pieces.is_empty() {
            finish(
                pieces,
                self.link,
                self.is_conditional(),
                self.nesting,
                self.is_posix,
                commands,
            );
        }
        self.link = next;
        self.state = State::Start;
    }
}

fn is_control(word: &str) -> bool {
    matches!(
        word,
        "if" | "then"
            | "elif"
            | "else"
            | "fi"
            | "while"
            | "until"
            | "for"
            | "select"
            | "do"
            | "done"
            | "case"
            | "esac"
            | "!"
            | "{"
            | "}"
    )
}

/// Makes a command of `pieces`, and of the script that it hands to a shell.
fn finish(
    pieces: Vec<Piece>,
    link: Link,
    is_conditional: bool,
    nesting: usize,
    is_posix: bool,
    commands: &mut Vec<Command>,
) {
    let stripped = wrapper::strip(pieces.iter().map(|piece| &piece.word));
    let (Some(first), Some(program)) = (pieces.first(), pieces.get(stripped.program)) else {
        return;
    };
    let last = pieces
        .last()
        .map_or(first.word.span, |piece| piece.word.span);
    let args = &pieces[stripped.program + 1..];
    commands.push(Command {
        program: program.word.clone(),
        args: args.iter().map(|piece| piece.word.clone()).collect(),
        env: stripped.env,
        wrappers: stripped.wrappers,
        link,
        is_conditional,
        nesting,
        span: ByteSpan::new(
            first.word.span.start.min(last.start),
            last.end.max(first.word.span.end),
        ),
    });
    let takes_script = is_shell(&program.word.text) || program.word.text == "su";
    if !takes_script || nesting >= MAX_NESTING {
        return;
    }
    // `-c`, `-ec`, `-lc`: the next word is a script.
    let is_script_flag =
        |text: &str| text.starts_with('-') && !text.starts_with("--") && text.ends_with('c');
    if let Some(at) = args
        .iter()
        .position(|piece| is_script_flag(&piece.word.text))
        && let Some(script) = args.get(at + 1)
    {
        split_into(
            &script.mapped,
            is_posix,
            nesting + 1,
            is_conditional,
            commands,
        );
    }
}

#[cfg(test)]
mod tests;
