//! What a string of a document says, from how it is written, with the place of each of its bytes. A string with template actions in it is
//! read like any other: the actions are part of its text.

use perfctl_core::place::ByteSpan;

use super::mapped::Mapped;

/// The text of the string that `file` holds at `span`; `None` for what is no string: an expression of HCL, a YAML alias, a tag.
pub(super) fn text(file: &str, span: ByteSpan) -> Option<Mapped> {
    let raw = file.get(span.range())?;
    let source = Mapped::new(raw, span.start as usize);
    if let Some(style) = header_before(&file[..span.start as usize]) {
        let line = file[..span.start as usize]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let whole = Mapped::new(&file[line..span.end as usize], line);
        return Some(block(&whole, style == '>'));
    }
    for quotes in ["\"\"\"", "'''"] {
        if raw.len() >= 6 && raw.starts_with(quotes) && raw.ends_with(quotes) {
            let from = 3 + newline_at(&raw[3..]);
            return Some(unescaped(
                &source,
                from..raw.len() - 3,
                quotes.starts_with('"'),
            ));
        }
    }
    match raw.chars().next() {
        Some('"') => Some(unescaped(&source, inside(raw, '"'), true)),
        Some('\'') => Some(single_quoted(&source, inside(raw, '\''))),
        Some('<') if raw.starts_with("<<") => Some(heredoc(&source)),
        None | Some('*' | '&' | '!') => None,
        Some(_) if is_expression(raw) => None,
        Some(_) => Some(folded_lines(&source, 0..raw.len())),
    }
}

/// `|` or `>`, where a block of YAML begins behind `before`: at the end of the last line that is not blank.
fn header_before(before: &str) -> Option<char> {
    let line_start = before.rfind('\n')?;
    if !before[line_start..].trim().is_empty() {
        return None;
    }
    let line = before[..line_start].trim_end().lines().next_back()?;
    let line = line.find(" #").map_or(line, |at| &line[..at]).trim_end();
    let last = line.rsplit(char::is_whitespace).next()?;
    let style = last.chars().next().filter(|c| matches!(c, '|' | '>'))?;
    let is_header = last[1..]
        .chars()
        .all(|c| matches!(c, '+' | '-' | '0'..='9'));
    is_header.then_some(style)
}

/// Whether `raw` reads as an expression of HCL rather than as a plain string of YAML: `var.x`, `local.y[0]`, `join(" ", x)`.
fn is_expression(raw: &str) -> bool {
    let name = raw
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(raw.len());
    let behind = &raw[name..];
    let is_reference = matches!(&raw[..name], "var" | "local" | "module" | "data" | "each")
        && behind.starts_with('.')
        && !raw.contains(char::is_whitespace);
    is_reference || (name > 0 && behind.starts_with('(') && raw.ends_with(')'))
}

type Range = std::ops::Range<usize>;

/// Between the quotes, the last of which may be missing.
fn inside(raw: &str, quote: char) -> Range {
    let end = raw.len() - usize::from(raw.len() > 1 && raw.ends_with(quote));
    1.min(raw.len())..end.max(1)
}

/// How long the line end is that `text` begins with.
fn newline_at(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => 0,
    }
}

/// Between double quotes: escapes are taken away, and in YAML a line end is a blank.
fn unescaped(source: &Mapped, range: Range, has_escapes: bool) -> Mapped {
    let text = &source.text()[..range.end];
    let is_long = text.starts_with("\"\"\"") || text.starts_with("'''");
    let mut out = Mapped::default();
    let mut at = range.start;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        match c {
            '\\' if has_escapes => {
                let Some(escaped) = rest[1..].chars().next() else {
                    break;
                };
                let (decoded, length) = match escaped {
                    'n' => (Some('\n'), 2),
                    't' => (Some('\t'), 2),
                    'r' => (Some('\r'), 2),
                    'x' => coded(rest, 2),
                    'u' => coded(rest, 4),
                    'U' => coded(rest, 8),
                    '\r' | '\n' => {
                        let blank = rest[1..].len() - rest[1..].trim_start().len();
                        (None, 1 + blank)
                    }
                    plain => (Some(plain), 1 + plain.len_utf8()),
                };
                if let Some(decoded) = decoded {
                    out.push_decoded(decoded, source, at);
                }
                at += length;
            }
            '\r' | '\n' if !is_long => at = fold(source, text, at, &mut out),
            c => {
                out.push_from(source, at..at + c.len_utf8());
                at += c.len_utf8();
            }
        }
    }
    out
}

/// The character of an escape with `digits` digits, and how long the escape is.
fn coded(rest: &str, digits: usize) -> (Option<char>, usize) {
    let code = rest.get(2..2 + digits);
    let decoded = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
    match code {
        Some(_) => (Some(decoded.unwrap_or('\u{fffd}')), 2 + digits),
        None => (None, 2),
    }
}

fn single_quoted(source: &Mapped, range: Range) -> Mapped {
    let text = &source.text()[..range.end];
    let mut out = Mapped::default();
    let mut at = range.start;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '\'' if text[at + 1..].starts_with('\'') => {
                out.push_from(source, at..at + 1);
                at += 2;
            }
            '\r' | '\n' => at = fold(source, text, at, &mut out),
            c => {
                out.push_from(source, at..at + c.len_utf8());
                at += c.len_utf8();
            }
        }
    }
    out
}

/// A plain string over several lines.
fn folded_lines(source: &Mapped, range: Range) -> Mapped {
    let text = &source.text()[..range.end];
    let mut out = Mapped::default();
    let mut at = range.start;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '\r' | '\n' => at = fold(source, text, at, &mut out),
            c => {
                out.push_from(source, at..at + c.len_utf8());
                at += c.len_utf8();
            }
        }
    }
    out
}

/// Reads the line ends at `at` and the indentation behind them: one is a blank, each further one a line end. Gives where the text goes on.
fn fold(source: &Mapped, text: &str, at: usize, out: &mut Mapped) -> usize {
    let behind = text[at..].trim_start();
    let end = text.len() - behind.len();
    let ends = text[at..end].matches('\n').count();
    if ends < 2 {
        out.push_decoded(' ', source, at);
    }
    for _ in 1..ends {
        out.push_decoded('\n', source, at);
    }
    end
}

/// A block of YAML, from the line on that its text begins in.
fn block(source: &Mapped, is_folded: bool) -> Mapped {
    let text = source.text();
    let is_blank = |line: &str| line.trim().is_empty();
    let indent = text
        .lines()
        .find(|line| !is_blank(line))
        .map_or(0, |line| line.len() - line.trim_start_matches(' ').len());
    let mut out = Mapped::default();
    let mut at = 0;
    let mut was_filled = false;
    for line in text.split_inclusive('\n') {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let from = at + indent.min(spaces);
        let to = at + line.trim_end_matches(['\r', '\n']).len();
        let is_filled = is_folded && !is_blank(line) && spaces <= indent;
        if at > 0 {
            let joined = if was_filled && is_filled { ' ' } else { '\n' };
            out.push_decoded(joined, source, at - 1);
        }
        out.push_from(source, from.min(to)..to);
        was_filled = is_filled;
        at += line.len();
    }
    out
}

/// A here-document of HCL, without its marks.
fn heredoc(source: &Mapped) -> Mapped {
    let text = source.text();
    let body = text.find('\n').map_or(text.len(), |end| end + 1);
    let mark = text[2..body].trim_start_matches('-').trim();
    let trimmed = text[body..].trim_end();
    let end = match trimmed.strip_suffix(mark) {
        Some(inside) if !mark.is_empty() => body + inside.len(),
        _ => text.len(),
    };
    source.slice(body..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is said behind `head`.
    fn said(head: &str, raw: &str) -> Option<String> {
        let file = format!("{head}{raw}");
        let span = ByteSpan::new(head.len() as u32, file.len() as u32);
        text(&file, span).map(|mapped| mapped.text().to_owned())
    }

    #[test]
    fn what_is_written_is_what_the_notation_means() {
        for (raw, means) in [
            ("a b", "a b"),
            ("a\n  b\n\n  c", "a b\nc"),
            ("\"a\\n\\\"b\\\" \\u0041\"", "a\n\"b\" A"),
            ("\"a\n  b \\\n   c\"", "a b c"),
            ("'it''s'", "it's"),
            ("<<-EOT\n  a\n  EOT", "  a\n  "),
            ("\"\"\"\na \\\n   b\"\"\"", "a b"),
            ("'''\na\\b'''", "a\\b"),
            ("", ""),
            ("*alias", ""),
            ("!Sub a", ""),
            ("var.command", ""),
            ("join(\" \", var.x)", ""),
        ] {
            assert_eq!(said("", raw).unwrap_or_default(), means, "{raw:?}");
        }
        for (head, raw, means) in [
            ("run: |\n    ", "a\n      b\n\n    c", "a\n  b\n\nc"),
            ("- |2-  # why\n\n    ", "a\n    b", "a\nb"),
            (
                "run: >-\n    ",
                "a\n    b\n\n    c\n      d",
                "a b\n\nc\n  d",
            ),
            ("run:\n    ", "a\n    b", "a b"),
            ("run: a |\nnext: ", "b", "b"),
        ] {
            assert_eq!(said(head, raw).unwrap_or_default(), means, "{head:?}");
        }
    }

    #[test]
    fn each_byte_knows_its_place() {
        let file = "run: |\n    a\n    --memory=1Gi";
        let mapped = text(file, ByteSpan::new(11, file.len() as u32)).expect("a text");
        let at = mapped.text().find("--memory").expect("it is there");
        let here = mapped.span(at..at + 12);
        assert_eq!(&file[here.range()], "--memory=1Gi");
    }

    proptest! {
        #[test]
        fn no_string_breaks_the_reader(head in "(|- \\|\n  |x: >\n)", raw in r#"[|>"'<*a${}\\é \n\r-]{0,24}"#) {
            let file = format!("{head}{raw}");
            let span = ByteSpan::new(head.len() as u32, file.len() as u32);
            if let Some(mapped) = text(&file, span) {
                let end = mapped.text().len();
                let all = mapped.span(0..end);
                prop_assert!(all.end as usize <= file.len());
            }
        }
    }
}
