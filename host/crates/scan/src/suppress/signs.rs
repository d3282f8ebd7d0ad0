//! Comments of files without a tree, by the strings and comment signs of their notation.

use perfctl_core::place::ByteSpan;

use crate::doc::docker::{self, Dockerfile, Instruction};
use crate::doc::{self, DocKind, Format, Origin};

/// How a notation writes comments and strings.
struct Notation {
    /// What begins a comment that ends with its line.
    line: &'static [&'static str],
    /// Whether such a comment begins its line or has a blank before it.
    is_apart: bool,
    /// Whether there is `/* */`.
    has_blocks: bool,
    /// Whether there is `<<END`.
    has_heredocs: bool,
    quotes: &'static [Quote],
}

/// A quote, which ends a string as it begins it.
struct Quote {
    sign: u8,
    /// Whether a backslash takes the meaning of what follows it.
    escapes: bool,
    /// Whether strings go over lines; else one that its line does not close is none.
    spans_lines: bool,
}

const fn quote(sign: u8, escapes: bool, spans_lines: bool) -> Quote {
    Quote {
        sign,
        escapes,
        spans_lines,
    }
}

const JSON5: Notation = Notation {
    line: &["//"],
    is_apart: false,
    has_blocks: true,
    has_heredocs: false,
    quotes: &[quote(b'"', true, false), quote(b'\'', true, false)],
};

const HCL: Notation = Notation {
    line: &["#", "//"],
    is_apart: false,
    has_blocks: true,
    has_heredocs: true,
    quotes: &[quote(b'"', true, false)],
};

/// `#` with a blank behind it is MySQL's; PostgreSQL has operators with that sign. `LIKE ... ESCAPE '\'` escapes nothing.
const SQL: Notation = Notation {
    line: &["--", "# "],
    is_apart: false,
    has_blocks: true,
    has_heredocs: false,
    quotes: &[
        quote(b'\'', false, true),
        quote(b'"', false, true),
        quote(b'`', false, true),
    ],
};

const SHELL: Notation = Notation {
    line: &["#"],
    is_apart: true,
    has_blocks: false,
    has_heredocs: false,
    quotes: &[quote(b'\'', false, true), quote(b'"', true, true)],
};

/// Any other text.
const PLAIN: Notation = Notation {
    line: &["#", "//"],
    is_apart: true,
    has_blocks: false,
    has_heredocs: false,
    quotes: &[quote(b'\'', false, false), quote(b'"', true, false)],
};

/// Here-documents without an end that are looked for; each look reads the rest of the file.
const MAX_LOOKS: usize = 32;

/// The comments of the file at `path`, in order.
pub(super) fn comments(path: &str, text: &str) -> Vec<ByteSpan> {
    let name = path.to_ascii_lowercase();
    if docker::is_dockerfile(path) {
        return of_dockerfile(text);
    }
    match Format::of_path(path) {
        Some(format @ (Format::Yaml | Format::Toml)) => of_document(format, text),
        Some(Format::Json) if name.ends_with(".jsonc") || name.ends_with(".json5") => {
            lex(text, 0, &JSON5)
        }
        Some(Format::Json) => Vec::new(),
        Some(Format::Hcl) => lex(text, 0, &HCL),
        None if name.ends_with(".sql") => lex(text, 0, &SQL),
        None => lex(text, 0, &PLAIN),
    }
}

/// `#` outside the keys and values that the parser found.
fn of_document(format: Format, text: &str) -> Vec<ByteSpan> {
    let document = doc::read(format, text.as_bytes());
    if document.is_refused() {
        return Vec::new();
    }
    let mut values: Vec<ByteSpan> = Vec::new();
    for node in document.nodes() {
        let raw = node.raw();
        values.push(raw.key_span);
        if raw.origin == Origin::Written && matches!(raw.kind, DocKind::Scalar(_)) {
            values.push(raw.span);
        }
    }
    values.sort_unstable_by_key(|span| (span.start, span.end));
    let is_apart = format == Format::Yaml;
    let mut found: Vec<ByteSpan> = Vec::new();
    for at in memchr::memchr_iter(b'#', text.as_bytes()) {
        let inside = values.partition_point(|span| span.start as usize <= at);
        let in_value = inside > 0 && values[inside - 1].end as usize > at;
        let in_comment = found.last().is_some_and(|last| last.end as usize > at);
        if !in_value && !in_comment && (!is_apart || stands_apart(text.as_bytes(), at)) {
            found.push(to_line_end(text.as_bytes(), at));
        }
    }
    found
}

/// Lines that begin with `#`, and the comments of the shell in what it runs.
fn of_dockerfile(text: &str) -> Vec<ByteSpan> {
    let file = Dockerfile::parse(text.as_bytes());
    let mut found = Vec::new();
    let mut bodies: Vec<ByteSpan> = Vec::new();
    for instruction in file.instructions() {
        let of_instruction = instruction.heredocs.iter().map(|heredoc| heredoc.body);
        bodies.extend(of_instruction.clone());
        if !is_run_by_shell(instruction) {
            continue;
        }
        let end = of_instruction
            .clone()
            .map(|body| body.start)
            .fold(instruction.span.end, u32::min);
        let line = ByteSpan::new(instruction.span.start, end);
        let scripts = of_instruction.filter(|_| runs_heredoc(instruction));
        for part in std::iter::once(line).chain(scripts) {
            if let Some(inside) = text.get(part.range()) {
                found.extend(lex(inside, part.start, &SHELL));
            }
        }
    }
    bodies.sort_unstable_by_key(|span| span.start);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let sign = start + line.len() - line.trim_start().len();
        let before = bodies.partition_point(|body| body.start as usize <= start);
        let in_body = before > 0 && bodies[before - 1].end as usize > start;
        if line.trim_start().starts_with('#') && !in_body {
            found.push(to_line_end(text.as_bytes(), sign));
        }
        start += line.len();
    }
    found.sort_unstable_by_key(|span| (span.start, span.end));
    found.dedup();
    found
}

fn is_run_by_shell(instruction: &Instruction) -> bool {
    !instruction.is_exec
        && matches!(
            instruction.keyword.as_str(),
            "RUN" | "CMD" | "ENTRYPOINT" | "HEALTHCHECK"
        )
}

/// `RUN <<EOF` runs the lines; `RUN cat <<EOF` reads them.
fn runs_heredoc(instruction: &Instruction) -> bool {
    let words = instruction.text.split_whitespace();
    words
        .skip_while(|word| !word.eq_ignore_ascii_case("run"))
        .skip(1)
        .find(|word| !word.starts_with("--"))
        .is_some_and(|word| word.starts_with("<<"))
}

/// The comments of a text that begins at byte `shift` of its file.
fn lex(text: &str, shift: u32, notation: &Notation) -> Vec<ByteSpan> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // Up to where each quote is no string, since its line does not close it.
    let mut unclosed = vec![0; notation.quotes.len()];
    let mut looks = 0;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let is_line = notation
            .line
            .iter()
            .any(|sign| rest.starts_with(sign.as_bytes()));
        if is_line && (!notation.is_apart || stands_apart(bytes, at)) {
            let span = to_line_end(bytes, at);
            at = span.end as usize;
            found.push(ByteSpan::new(span.start + shift, span.end + shift));
            continue;
        }
        if notation.has_blocks && rest.starts_with(b"/*") {
            let length = memchr::memmem::find(&rest[2..], b"*/").map_or(rest.len(), |end| end + 4);
            let start = at as u32 + shift;
            found.push(ByteSpan::new(start, start + length as u32));
            at += length;
            continue;
        }
        if notation.has_heredocs
            && looks < MAX_LOOKS
            && let Some(word) = heredoc(text, at)
        {
            let body = at + line_length(rest);
            match end_of_heredoc(&text[body..], word) {
                Some(length) => {
                    at = body + length;
                    continue;
                }
                None => looks += 1,
            }
        }
        let kind = notation.quotes.iter().position(|quote| {
            // A shell's `it\'s` begins no string.
            let is_escaped = notation.is_apart && at > 0 && bytes[at - 1] == b'\\';
            quote.sign == rest[0] && !is_escaped
        });
        at += match kind {
            Some(kind) if unclosed[kind] <= at => {
                let quote = &notation.quotes[kind];
                let line = line_length(rest);
                match closed(rest, quote) {
                    Some(length) => length,
                    None if quote.spans_lines => rest.len(),
                    None => {
                        unclosed[kind] = at + line;
                        1
                    }
                }
            }
            _ => 1,
        };
    }
    found
}

/// The length of the string that `rest` begins with.
fn closed(rest: &[u8], quote: &Quote) -> Option<usize> {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' if quote.escapes => at += 1,
            b'\n' if !quote.spans_lines => return None,
            byte if byte == quote.sign => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The word that ends the here-document whose `<<` stands at byte `at`.
fn heredoc(text: &str, at: usize) -> Option<&str> {
    let word = text.get(at..)?.strip_prefix("<<")?;
    let word = word.strip_prefix('-').unwrap_or(word);
    let end = word.find(|c: char| !c.is_alphanumeric() && c != '_');
    let word = &word[..end.unwrap_or(word.len())];
    (!word.is_empty()).then_some(word)
}

/// The length of the lines of `text` up to and with the one that is `word`.
fn end_of_heredoc(text: &str, word: &str) -> Option<usize> {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        length += line.len();
        if line.trim() == word {
            return Some(length);
        }
    }
    None
}

/// The length of the line that `rest` begins with, its end included.
fn line_length(rest: &[u8]) -> usize {
    memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1)
}

fn stands_apart(bytes: &[u8], at: usize) -> bool {
    at == 0 || bytes[at - 1].is_ascii_whitespace()
}

/// From byte `at` to the end of its line.
fn to_line_end(bytes: &[u8], at: usize) -> ByteSpan {
    let length = memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
    ByteSpan::new(at as u32, (at + length) as u32)
}
