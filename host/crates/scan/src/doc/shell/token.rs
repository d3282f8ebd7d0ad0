//! Words and operators of a shell script, tolerantly: whatever is not closed ends with the text.

use std::ops::Range;

use super::heredoc::marker_at;
use crate::doc::mapped::Mapped;

/// A piece of a script.
pub(super) enum Token {
    Word(RawWord),
    Operator(Operator),
}

/// What stands between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Pipe,
    /// `;` or the end of a line.
    End,
    /// `;;`
    CaseEnd,
    Background,
    Open,
    Close,
}

/// A word and how it was written.
pub(super) struct RawWord {
    /// Without quotes and escapes.
    pub(super) text: Mapped,
    /// As written, in the script.
    pub(super) range: Range<usize>,
    pub(super) is_quoted: bool,
    pub(super) is_dynamic: bool,
    /// The scripts of `$(...)` and backquotes in it.
    pub(super) substitutions: Vec<Range<usize>>,
}

/// Here-documents without an end that are looked for; each look reads the rest of the script.
const MAX_LOOKS: usize = 32;

/// Reads tokens from a script.
pub(super) struct Lexer<'m> {
    script: &'m Mapped,
    at: usize,
    /// Whether backslash and backquote mean what they mean in a POSIX shell.
    is_posix: bool,
    /// Words that end the here-documents of this line, and whether tabs before them are stripped.
    heredocs: Vec<(String, bool)>,
    looks: usize,
    /// Quotes, brackets and here-documents that end with the text, and backslashes that blanks keep from their line end.
    pub(super) unclosed: usize,
}

impl<'m> Lexer<'m> {
    pub(super) fn new(script: &'m Mapped, is_posix: bool) -> Self {
        Self {
            script,
            at: 0,
            is_posix,
            heredocs: Vec::new(),
            looks: 0,
            unclosed: 0,
        }
    }

    fn rest(&self) -> &'m str {
        &self.script.text()[self.at..]
    }

    /// The next token; redirections, comments and here-documents are passed over.
    pub(super) fn next_token(&mut self) -> Option<Token> {
        loop {
            let rest = self.rest();
            let first = rest.chars().next()?;
            let operator = match first {
                '\n' => {
                    self.at += 1;
                    self.skip_heredocs();
                    return Some(Token::Operator(Operator::End));
                }
                c if c.is_whitespace() => {
                    self.at += c.len_utf8();
                    continue;
                }
                '\\' if self.is_posix
                    && (rest.starts_with("\\\n") || rest.starts_with("\\\r\n")) =>
                {
                    self.at += if rest.starts_with("\\\n") { 2 } else { 3 };
                    continue;
                }
                '#' => {
                    self.at += rest.find('\n').unwrap_or(rest.len());
                    continue;
                }
                '&' if rest.starts_with("&>") => {
                    self.at += 1;
                    self.skip_redirection();
                    continue;
                }
                '<' | '>' if rest.get(1..2) != Some("(") => {
                    self.skip_redirection();
                    continue;
                }
                '&' if rest.starts_with("&&") => (Operator::And, 2),
                '|' if rest.starts_with("||") => (Operator::Or, 2),
                ';' if rest.starts_with(";;") => (Operator::CaseEnd, 2),
                '|' if rest.starts_with("|&") => (Operator::Pipe, 2),
                '&' => (Operator::Background, 1),
                '|' => (Operator::Pipe, 1),
                ';' => (Operator::End, 1),
                '(' => (Operator::Open, 1),
                ')' => (Operator::Close, 1),
                _ => {
                    let word = self.word();
                    // `2>` names a descriptor.
                    let is_descriptor = !word.is_quoted
                        && word.text.text().bytes().all(|b| b.is_ascii_digit())
                        && self.rest().starts_with(['<', '>']);
                    if is_descriptor {
                        continue;
                    }
                    return Some(Token::Word(word));
                }
            };
            self.at += operator.1;
            return Some(Token::Operator(operator.0));
        }
    }

    fn skip_redirection(&mut self) {
        let rest = self.rest();
        if rest.starts_with("<<")
            && !rest.starts_with("<<<")
            && let Some((marker, end)) = marker_at(self.script.text(), self.at)
        {
            self.heredocs.push((marker.name, marker.strips_tabs));
            self.at = end;
            return;
        }
        self.at += rest.len() - rest.trim_start_matches(['<', '>', '&', '|']).len();
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if self
            .rest()
            .starts_with(|c: char| !c.is_whitespace() && !";&|()<>".contains(c))
        {
            self.word();
        }
    }

    fn skip_heredocs(&mut self) {
        for (name, strips_tabs) in std::mem::take(&mut self.heredocs) {
            if self.looks >= MAX_LOOKS {
                return;
            }
            let mut at = self.at;
            let before = at;
            for line in self.rest().split_inclusive('\n') {
                at += line.len();
                let line = line.trim_end_matches(['\n', '\r']);
                let line = if strips_tabs {
                    line.trim_start_matches('\t')
                } else {
                    line
                };
                if line == name {
                    self.at = at;
                    break;
                }
            }
            self.looks += usize::from(self.at == before);
            self.unclosed += usize::from(self.at == before);
        }
    }

    fn word(&mut self) -> RawWord {
        let start = self.at;
        let mut word = RawWord {
            text: Mapped::default(),
            range: start..start,
            is_quoted: false,
            is_dynamic: false,
            substitutions: Vec::new(),
        };
        while let Some(c) = self.rest().chars().next() {
            match c {
                c if c.is_whitespace() || ";&|)".contains(c) => break,
                '(' if word.text.text().ends_with('=') => self.array(&mut word),
                '(' if self.at > start => break,
                '<' | '>' if self.rest().get(1..2) != Some("(") => break,
                '<' | '>' => {
                    word.is_dynamic = true;
                    self.substitution(self.at + 2, ')', &mut word);
                }
                '\'' => {
                    word.is_quoted = true;
                    let inside = self.at + 1;
                    let close = self.script.text()[inside..].find('\'');
                    let close = self.closed(close.map(|at| inside + at));
                    word.text.push_from(self.script, inside..close);
                    word.is_dynamic |= self.script.text()[inside..close].contains("{{");
                    self.at = (close + 1).min(self.script.text().len());
                }
                '"' => {
                    word.is_quoted = true;
                    self.at += 1;
                    self.double_quoted(&mut word);
                }
                '\\' if self.is_posix => self.escaped(&mut word, None),
                '$' => self.dollar(&mut word),
                '{' if self.action() > 0 => {
                    word.is_dynamic = true;
                    self.take(self.action(), &mut word);
                }
                '`' if self.is_posix => {
                    word.is_dynamic = true;
                    self.substitution(self.at + 1, '`', &mut word);
                }
                c => self.take(c.len_utf8(), &mut word),
            }
        }
        word.range = start..self.at;
        word
    }

    /// How long the template action is that stands here, `{{ .Values.name }}`: something else has filled it in before the shell
    /// reads the script. 0 when there is none.
    fn action(&self) -> usize {
        let line = self.rest().lines().next().unwrap_or_default();
        if !line.starts_with("{{") {
            return 0;
        }
        line.find("}}").map_or(0, |end| end + 2)
    }

    /// Copies the next `length` bytes as they are.
    fn take(&mut self, length: usize, word: &mut RawWord) {
        let end = (self.at + length).min(self.script.text().len());
        word.text.push_from(self.script, self.at..end);
        self.at = end;
    }

    fn double_quoted(&mut self, word: &mut RawWord) {
        while let Some(c) = self.rest().chars().next() {
            match c {
                '"' => {
                    self.at += 1;
                    return;
                }
                '\\' if self.is_posix => self.escaped(word, Some("\"\\$`")),
                '$' => self.dollar(word),
                '{' if self.action() > 0 => {
                    word.is_dynamic = true;
                    self.take(self.action(), word);
                }
                '`' if self.is_posix => {
                    word.is_dynamic = true;
                    self.substitution(self.at + 1, '`', word);
                }
                c => self.take(c.len_utf8(), word),
            }
        }
        self.unclosed += 1;
    }

    /// Where something closes, or the text's end where nothing closes it.
    fn closed(&mut self, close: Option<usize>) -> usize {
        self.unclosed += usize::from(close.is_none());
        close.unwrap_or(self.script.text().len())
    }

    /// The words of `NAME=(...)`, which are no command.
    fn array(&mut self, word: &mut RawWord) {
        word.is_dynamic = true;
        let end = self.closed(close_of(self.script.text(), self.at + 1, ')'));
        self.take(end + 1 - self.at, word);
    }

    /// A backslash; inside double quotes it is itself unless one of `special` follows.
    fn escaped(&mut self, word: &mut RawWord, special: Option<&str>) {
        let next = self.rest()[1..].chars().next();
        let behind = self.rest()[1..].lines().next().unwrap_or_default();
        if special.is_none() && matches!(next, Some(' ' | '\t')) && behind.trim().is_empty() {
            self.unclosed += 1;
        }
        match next {
            Some('\n') => self.at += 2,
            Some(c) if special.is_none_or(|special| special.contains(c)) => {
                word.is_quoted = true;
                self.at += 1;
                self.take(c.len_utf8(), word);
            }
            _ => self.take(1, word),
        }
    }

    fn dollar(&mut self, word: &mut RawWord) {
        let rest = self.rest();
        if rest.starts_with("$((") {
            word.is_dynamic = true;
            let end = self.closed(close_of(self.script.text(), self.at + 2, ')'));
            self.take(end + 1 - self.at, word);
        } else if rest.starts_with("$(") {
            word.is_dynamic = true;
            self.substitution(self.at + 2, ')', word);
        } else if rest.starts_with("${") {
            word.is_dynamic = true;
            let end = self.closed(close_of(self.script.text(), self.at + 2, '}'));
            self.take(end + 1 - self.at, word);
        } else {
            let is_name = |c: char| c.is_ascii_alphanumeric() || "_@*#?!-$".contains(c);
            word.is_dynamic |= rest[1..].starts_with(is_name);
            self.take(1, word);
        }
    }

    /// Copies a substitution whose inside begins at `inside`, and remembers it as a script.
    fn substitution(&mut self, inside: usize, close: char, word: &mut RawWord) {
        let end = self.closed(close_of(self.script.text(), inside, close));
        word.substitutions.push(inside.min(end)..end);
        self.take(end + 1 - self.at, word);
    }
}

/// Where what `inside` begins in closes: nested brackets of the same kind, quotes and escapes are passed over.
fn close_of(text: &str, inside: usize, close: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let (open, close) = match close {
        ')' => (b'(', b')'),
        '}' => (b'{', b'}'),
        _ => (0, close as u8),
    };
    let mut depth = 0_usize;
    let mut quote = None;
    let mut at = inside;
    while let Some(byte) = bytes.get(at) {
        match quote {
            Some(mark) if *byte == mark => quote = None,
            Some(b'\'') => {}
            _ if *byte == b'\\' => at += 1,
            Some(_) => {}
            None if *byte == close && depth == 0 => return Some(at),
            None if *byte == close => depth -= 1,
            None if *byte == open => depth += 1,
            None if open != 0 && matches!(byte, b'"' | b'\'') => quote = Some(*byte),
            None => {}
        }
        at += 1;
    }
    None
}
