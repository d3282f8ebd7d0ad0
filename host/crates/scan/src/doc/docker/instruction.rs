//! One instruction: keyword, flags, words, and the form it is written in.

use perfctl_core::place::ByteSpan;

use super::line::{Heredoc, Logical};
use crate::doc::mapped::Mapped;
use crate::doc::shell::{Command, Word};

/// An instruction of a Dockerfile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Instruction {
    /// In capitals: `RUN`. Words that are no instruction are kept as they are, in capitals. For `ONBUILD RUN x` it is `RUN`.
    pub keyword: String,
    /// Whether it stands behind `ONBUILD`: it runs in images built on this one.
    pub onbuild: bool,
    /// Where the keyword stands.
    pub keyword_span: ByteSpan,
    /// `--from=x` and the like, in order.
    pub flags: Vec<Flag>,
    /// The words behind the flags, quotes removed, variables not filled in. For the exec form, the strings of the array.
    pub args: Vec<Word>,
    /// Whether the words are a JSON array.
    pub is_exec: bool,
    /// Here-documents, in order.
    pub heredocs: Vec<Heredoc>,
    /// For RUN, CMD, ENTRYPOINT and HEALTHCHECK: the commands that are run.
    pub commands: Vec<Command>,
    /// The instruction on one line: continuations joined, comments between them left out, heredoc bodies left out.
    pub text: String,
    /// All its bytes, heredocs included.
    pub span: ByteSpan,
}

/// `--name=value`, or `--name` alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Without the dashes.
    pub name: String,
    /// What stands behind `=`, quotes removed.
    pub value: Option<String>,
    /// The whole flag.
    pub span: ByteSpan,
}

impl Instruction {
    /// The value of the first flag `name`; an empty text for a flag without value.
    pub fn flag(&self, name: &str) -> Option<&str> {
        self.flags
            .iter()
            .find(|flag| flag.name == name)
            .map(|flag| flag.value.as_deref().unwrap_or_default())
    }

    /// Each `--mount` as its `key=value` pairs.
    pub fn mounts(&self) -> impl Iterator<Item = Vec<(&str, &str)>> {
        let mounts = self
            .flags
            .iter()
            .filter(|flag| flag.name == "mount")
            .filter_map(|flag| flag.value.as_deref());
        mounts.map(|mount| {
            mount
                .split(',')
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .collect()
        })
    }

    /// Whether it puts files into the image: COPY or ADD.
    fn puts_files(&self) -> bool {
        matches!(self.keyword.as_str(), "COPY" | "ADD")
    }

    /// For COPY and ADD the last word, the destination; other instructions have none.
    pub fn destination(&self) -> Option<&Word> {
        let is_given = self.puts_files() && self.args.len() + self.heredocs.len() > 1;
        self.args.last().filter(|_| is_given)
    }

    /// For COPY and ADD all words but the last, the sources; other instructions have none.
    pub fn sources(&self) -> &[Word] {
        match self.args.split_last() {
            Some((_, sources)) if self.puts_files() => sources,
            _ => &[],
        }
    }
}

/// What an instruction leaves to be split into commands.
pub(super) enum Script {
    None,
    /// Text for the shell.
    Shell(Mapped),
    /// The words of the exec form, unquoted.
    Exec(Vec<(Mapped, ByteSpan)>),
}

/// Takes the line apart; `escape` is the file's escape character.
pub(super) fn read(line: &Logical, escape: u8) -> (Instruction, Script) {
    let text = &line.text;
    let mut at = 0;
    let (mut keyword, mut keyword_span) = take_keyword(text, &mut at);
    let mut instruction = Instruction {
        heredocs: line.heredocs.clone(),
        text: text.text().trim_end().to_owned(),
        span: line.span,
        ..Instruction::default()
    };
    if keyword == "ONBUILD" && !text.text()[at..].trim().is_empty() {
        instruction.onbuild = true;
        (keyword, keyword_span) = take_keyword(text, &mut at);
    }
    if matches!(
        keyword.as_str(),
        "FROM" | "RUN" | "COPY" | "ADD" | "HEALTHCHECK"
    ) {
        instruction.flags = take_flags(text, &mut at, escape);
    }
    instruction.keyword = keyword;
    instruction.keyword_span = keyword_span;
    let is_health_command = instruction.keyword == "HEALTHCHECK" && {
        let mut ahead = at;
        let is_command = take_keyword(text, &mut ahead).0 == "CMD";
        at = if is_command { ahead } else { at };
        is_command
    };
    let rest = text.slice(skip_blank(text.text(), at)..text.text().len());
    let array = if rest.text().starts_with('[') {
        json_words(&rest)
    } else {
        None
    };
    instruction.is_exec = array.is_some();
    let runs =
        is_health_command || matches!(instruction.keyword.as_str(), "RUN" | "CMD" | "ENTRYPOINT");
    let script = match array {
        Some(words) => {
            instruction.args = words
                .iter()
                .map(|(word, span)| exec_word(word, *span))
                .collect();
            if runs {
                Script::Exec(words)
            } else {
                Script::None
            }
        }
        None => {
            instruction.args = split_words(&rest, escape);
            if runs {
                Script::Shell(rest)
            } else {
                Script::None
            }
        }
    };
    (instruction, script)
}

fn exec_word(word: &Mapped, span: ByteSpan) -> Word {
    Word {
        text: word.text().to_owned(),
        span,
        is_quoted: true,
        is_dynamic: word.text().contains('$'),
    }
}

fn skip_blank(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + (rest.len() - rest.trim_start().len())
}

fn take_keyword(text: &Mapped, at: &mut usize) -> (String, ByteSpan) {
    let start = skip_blank(text.text(), *at);
    let rest = &text.text()[start..];
    let end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
    *at = end;
    (
        text.text()[start..end].to_ascii_uppercase(),
        text.span(start..end),
    )
}

fn take_flags(text: &Mapped, at: &mut usize, escape: u8) -> Vec<Flag> {
    let mut flags = Vec::new();
    loop {
        let start = skip_blank(text.text(), *at);
        if !text.text()[start..].starts_with("--") {
            return flags;
        }
        let (word, end) = take_word(text, start, escape);
        *at = end;
        let Some(flag) = word.text.strip_prefix("--").filter(|flag| !flag.is_empty()) else {
            return flags;
        };
        let (name, value) = match flag.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (flag, None),
        };
        flags.push(Flag {
            name: name.to_owned(),
            value,
            span: word.span,
        });
    }
}

/// Splits at blanks outside quotes.
fn split_words(text: &Mapped, escape: u8) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = skip_blank(text.text(), 0);
    while at < text.text().len() {
        let (word, end) = take_word(text, at, escape);
        words.push(word);
        at = skip_blank(text.text(), end);
    }
    words
}

/// The word that begins at byte `start`, and where it ends.
fn take_word(text: &Mapped, start: usize, escape: u8) -> (Word, usize) {
    let mut word = String::new();
    let mut quote = None;
    let (mut is_quoted, mut is_dynamic) = (false, false);
    let mut braces = 0_usize;
    let mut end = text.text().len();
    let mut chars = text.text()[start..].char_indices();
    while let Some((at, c)) = chars.next() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => (quote, is_quoted) = (Some(c), true),
            None if c.is_whitespace() && braces == 0 => {
                end = start + at;
                break;
            }
            Some('\'') => word.push(c),
            _ if c == escape as char && c.is_ascii() => {
                is_quoted = true;
                match chars.next() {
                    Some((_, '$')) => word.push_str("\\$"),
                    Some((_, next)) => word.push(next),
                    None => word.push(c),
                }
            }
            _ => {
                is_dynamic |= c == '$';
                // A blank inside `${x:-a b}` does not end the word.
                match c {
                    '{' if word.ends_with('$') || braces > 0 => braces += 1,
                    '}' => braces = braces.saturating_sub(1),
                    _ => {}
                }
                word.push(c);
            }
        }
    }
    (
        Word {
            text: word,
            span: text.span(start..end),
            is_quoted,
            is_dynamic,
        },
        end,
    )
}

/// The strings of a JSON array, unescaped, each with its bytes as written; `None` if it is no such array.
fn json_words(text: &Mapped) -> Option<Vec<(Mapped, ByteSpan)>> {
    let source = text.text().trim_end();
    let mut words = Vec::new();
    let mut at = skip_blank(source, 1);
    if source[at..].starts_with(']') {
        return (at + 1 == source.len()).then_some(words);
    }
    loop {
        let (word, end) = json_string(text, source, at)?;
        words.push((word, text.span(at..end)));
        at = skip_blank(source, end);
        match source.as_bytes().get(at)? {
            b',' => at = skip_blank(source, at + 1),
            b']' => return (at + 1 == source.len()).then_some(words),
            _ => return None,
        }
    }
}

fn json_string(text: &Mapped, source: &str, start: usize) -> Option<(Mapped, usize)> {
    let mut word = Mapped::default();
    let mut chars = source.get(start..)?.strip_prefix('"')?.char_indices();
    while let Some((offset, c)) = chars.next() {
        let at = start + 1 + offset;
        match c {
            '"' => return Some((word, at + 1)),
            '\\' => {
                let decoded = match chars.next()?.1 {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'u' => {
                        let code = source.get(at + 2..at + 6)?;
                        chars.nth(3)?;
                        char::from_u32(u32::from_str_radix(code, 16).ok()?).unwrap_or('\u{fffd}')
                    }
                    plain @ ('"' | '\\' | '/') => plain,
                    _ => return None,
                };
                word.push_decoded(decoded, text, at);
            }
            _ => word.push_from(text, at..at + c.len_utf8()),
        }
    }
    None
}
