//! Parser directives and logical lines: continuations joined, comments between them left out, heredocs taken along.

use perfctl_core::place::ByteSpan;

use crate::doc::mapped::Mapped;
use crate::doc::shell::heredoc::{Marker, marker_at};

/// A comment at the head of the file that tells the parser something: `# escape=\``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Lowercase: `syntax`, `escape` or `check`.
    pub name: String,
    /// What stands behind `=`.
    pub value: String,
    /// The whole line.
    pub span: ByteSpan,
}

/// A here-document of RUN, COPY or ADD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heredoc {
    /// The word that ends it.
    pub name: String,
    /// Whether leading tabs are stripped (`<<-`).
    pub strips_tabs: bool,
    /// Whether variables are filled in: not so if the word was quoted.
    pub expands: bool,
    /// Its lines, without the one that ends it.
    pub body: ByteSpan,
}

/// One instruction as the parser sees it.
pub(super) struct Logical {
    pub(super) text: Mapped,
    pub(super) heredocs: Vec<Heredoc>,
    /// From its first byte to the end of its last line, heredocs included.
    pub(super) span: ByteSpan,
    /// A heredoc that is never ended, and is therefore not taken for one.
    pub(super) unterminated: Option<usize>,
}

/// Heredocs without an end that are looked for; each look reads the rest of the file.
const MAX_LOOKS: usize = 32;

/// Reads directives, then one logical line after the other.
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    pub(super) escape: u8,
    pub(super) directives: Vec<Directive>,
    looks: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        let mut lines = Self {
            text,
            at: start,
            escape: b'\\',
            directives: Vec::new(),
            looks: 0,
        };
        lines.read_directives();
        lines
    }

    /// The next line without its end, and where it begins.
    fn next_line(&mut self) -> Option<(usize, &'t str)> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest.as_bytes());
        self.at = start + length.map_or(rest.len(), |newline| newline + 1);
        let line = &rest[..length.unwrap_or(rest.len())];
        Some((start, line.strip_suffix('\r').unwrap_or(line)))
    }

    fn read_directives(&mut self) {
        loop {
            let before = self.at;
            let Some((start, line)) = self.next_line() else {
                return;
            };
            let is_shebang = self.directives.is_empty() && line.starts_with("#!");
            let directive = directive_of(line, start);
            if is_shebang {
                continue;
            }
            // Names may appear once each and only before anything else.
            let Some(directive) =
                directive.filter(|new| self.directives.iter().all(|old| old.name != new.name))
            else {
                self.at = before;
                return;
            };
            if directive.name == "escape" && directive.value == "`" {
                self.escape = b'`';
            }
            self.directives.push(directive);
        }
    }

    /// The next instruction.
    pub(super) fn next_logical(&mut self) -> Option<Logical> {
        let (start, first) = loop {
            let (start, line) = self.next_line()?;
            let line_text = line.trim_start();
            if !line_text.is_empty() && !line_text.starts_with('#') {
                break (start, line);
            }
        };
        let indent = first.len() - first.trim_start().len();
        let mut text = Mapped::default();
        let mut end = start;
        let mut line = Some((start + indent, &first[indent..]));
        while let Some((offset, content)) = line {
            let trimmed = content.trim_end_matches([' ', '\t']);
            let joined = trimmed.strip_suffix(self.escape as char);
            text.push(joined.unwrap_or(content), offset);
            end = offset + content.len();
            if joined.is_none() {
                break;
            }
            line = self.next_continued();
        }
        let text = text.slice(0..text.text().trim_end().len());
        let (heredocs, unterminated) = self.read_heredocs(&text, &mut end);
        // Blank ends of lines belong to no instruction.
        let kept = self.text[start + indent..end].trim_end().len();
        let span = ByteSpan::new((start + indent) as u32, (start + indent + kept) as u32);
        Some(Logical {
            text,
            heredocs,
            span,
            unterminated,
        })
    }

    /// The next line of a continued instruction: blank lines and comments in between do not end it.
    fn next_continued(&mut self) -> Option<(usize, &'t str)> {
        loop {
            let (start, line) = self.next_line()?;
            let content = line.trim_start();
            if !content.is_empty() && !content.starts_with('#') {
                return Some((start, line));
            }
        }
    }

    fn read_heredocs(&mut self, text: &Mapped, end: &mut usize) -> (Vec<Heredoc>, Option<usize>) {
        let mut heredocs = Vec::new();
        if self.looks >= MAX_LOOKS || !takes_heredoc(text.text()) {
            return (heredocs, None);
        }
        for marker in markers(text.text()) {
            let before = self.at;
            let mut body_end = None;
            while let Some((start, line)) = self.next_line() {
                let line = if marker.strips_tabs {
                    line.trim_start_matches('\t')
                } else {
                    line
                };
                if line == marker.name {
                    body_end = Some(start);
                    *end = self.at;
                    break;
                }
            }
            let Some(body_end) = body_end else {
                self.at = before;
                self.looks += 1;
                return (
                    heredocs,
                    Some(text.span(marker.at..marker.at).start as usize),
                );
            };
            heredocs.push(Heredoc {
                name: marker.name,
                strips_tabs: marker.strips_tabs,
                expands: marker.expands,
                body: ByteSpan::new(before as u32, body_end as u32),
            });
        }
        (heredocs, None)
    }
}

fn directive_of(line: &str, start: usize) -> Option<Directive> {
    let (name, value) = line.trim().strip_prefix('#')?.split_once('=')?;
    let name = name.trim().to_ascii_lowercase();
    let is_known = matches!(name.as_str(), "syntax" | "escape" | "check");
    let span = ByteSpan::new(start as u32, (start + line.len()) as u32);
    is_known.then(|| Directive {
        name,
        value: value.trim().to_owned(),
        span,
    })
}

fn takes_heredoc(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    let first = words.next().unwrap_or_default();
    let keyword = if first.eq_ignore_ascii_case("onbuild") {
        words.next().unwrap_or_default()
    } else {
        first
    };
    ["run", "copy", "add"]
        .iter()
        .any(|known| keyword.eq_ignore_ascii_case(known))
}

/// The heads of heredocs in `text`: words of their own, outside quotes.
fn markers(text: &str) -> Vec<Marker> {
    let bytes = text.as_bytes();
    let mut markers = Vec::new();
    let mut quote = None;
    let mut is_word_start = true;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            Some(open) if byte == open => quote = None,
            Some(b'"') if byte == b'\\' => at += 1,
            Some(_) => {}
            None if is_word_start && byte == b'<' && bytes[at..].starts_with(b"<<") => {
                if let Some((marker, end)) = marker_at(text, at) {
                    markers.push(marker);
                    at = end;
                    continue;
                }
            }
            None if byte == b'\\' => at += 1,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => {}
        }
        is_word_start = byte.is_ascii_whitespace()
            || (is_word_start && byte.is_ascii_digit())
            || matches!(byte, b';' | b'&' | b'|' | b'(');
        at += 1;
    }
    markers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logicals(text: &str) -> Vec<(String, usize)> {
        let mut lines = Lines::new(text, 0);
        std::iter::from_fn(|| lines.next_logical())
            .map(|line| (line.text.text().to_owned(), line.heredocs.len()))
            .collect()
    }

    #[test]
    fn continued_lines_are_joined_over_comments_and_blank_lines() {
        let text = "RUN a \\\n  # comment \\\n\n  && b \\  \n  c\r\nCMD x\n";
        assert_eq!(
            logicals(text),
            [("RUN a   && b   c".to_owned(), 0), ("CMD x".to_owned(), 0)]
        );
    }

    #[test]
    fn directives_stand_before_anything_else() {
        let lines = Lines::new(
            "# syntax=docker/dockerfile:1\n# escape=`\n\n# escape=\\\nFROM a\n",
            0,
        );
        assert_eq!(
            lines
                .directives
                .iter()
                .map(|one| one.name.as_str())
                .collect::<Vec<_>>(),
            ["syntax", "escape"]
        );
        assert_eq!(lines.escape, b'`');
        assert_eq!(Lines::new("# hi\n# escape=`\n", 0).escape, b'\\');
        assert_eq!(
            logicals("# escape=`\nRUN a `\n b\\\nCMD c"),
            [("RUN a  b\\".to_owned(), 0), ("CMD c".to_owned(), 0)]
        );
    }

    #[test]
    fn heredocs_belong_to_their_instruction() {
        let text = "RUN <<EOF\na\nEOF\nCOPY <<-'A' <<B /x\n\tq\n\tA\nFROM\nB\nCMD x <<EOF\nRUN $((1<<2))\n";
        let lines = logicals(text);
        assert_eq!(
            lines.iter().map(|line| line.1).collect::<Vec<_>>(),
            [1, 2, 0, 0]
        );
        let mut lines = Lines::new("RUN cat <<EOF\nnever\nCMD x", 0);
        assert!(
            lines
                .next_logical()
                .is_some_and(|line| line.unterminated == Some(8))
        );
        assert!(lines.next_logical().is_some());
    }
}
