//! Reads `perfctl: allow ID -- reason [until YYYY-MM-DD]` from real comments.

use std::sync::Arc;

use perfctl_core::ids::RuleId;
use perfctl_core::place::{ByteSpan, LineIndex};
use perfctl_core::suppress::Allow;

use crate::tree::{Kind, NodeId, Tree};

/// Allowances in a file of code, from its tree's comments.
pub fn in_code(path: &Arc<str>, text: &str, tree: &Tree) -> Vec<Allow> {
    let lines = LineIndex::new(text.as_bytes());
    tree.comments
        .iter()
        .filter_map(|span| {
            let mut allow = parse(path, text, &lines, *span)?;
            let line = if is_alone(text, &lines, *span) {
                next_code_line(text, &lines, *span, tree)
            } else {
                allow.line
            };
            (allow.line, allow.last_line) = statement_lines(tree, &lines, line);
            Some(allow)
        })
        .collect()
}

/// Allowances in a file without a tree: comments that a line begins or ends with, `#` or `//`; in SQL also `--`.
pub fn in_lines(path: &Arc<str>, text: &str) -> Vec<Allow> {
    let lines = LineIndex::new(text.as_bytes());
    // Elsewhere a dash begins an item of a list.
    let is_sql = path.to_ascii_lowercase().ends_with(".sql");
    let is_sign = |c: char| matches!(c, '#' | '/') || is_sql && c == '-';
    let is_comment = |line: &str| {
        line.starts_with('#') || line.starts_with("//") || is_sql && line.starts_with("--")
    };
    let mut all = Vec::new();
    for number in 1..=lines.lines() {
        let start = lines.line_start(number);
        let line = lines.excerpt(text.as_bytes(), number, number).text;
        let Some(word) = line.find("perfctl:") else {
            continue;
        };
        let Some(mark) = line[..word]
            .rfind(is_sign)
            .filter(|mark| line[*mark + 1..word].trim().is_empty())
        else {
            continue;
        };
        let span = ByteSpan::new(start + mark as u32, start + line.len() as u32);
        let Some(mut allow) = parse(path, text, &lines, span) else {
            continue;
        };
        let before = line[..mark].trim_end_matches(is_sign).trim();
        if before.is_empty() {
            let mut next = number + 1;
            while next < lines.lines() {
                let line = lines.excerpt(text.as_bytes(), next, next).text;
                let line = line.trim();
                if !line.is_empty() && !is_comment(line) {
                    break;
                }
                next += 1;
            }
            allow.line = next;
            allow.last_line = next;
        }
        all.push(allow);
    }
    all
}

/// Whether nothing but blanks stands before the comment on its line.
fn is_alone(text: &str, lines: &LineIndex, span: ByteSpan) -> bool {
    let start = lines.line_start(lines.line_of(span.start)) as usize;
    text.get(start..span.start as usize)
        .is_some_and(|before| before.trim().is_empty())
}

/// The first line below the comment that is neither blank nor a comment.
fn next_code_line(text: &str, lines: &LineIndex, span: ByteSpan, tree: &Tree) -> u32 {
    let mut line = lines.line_of(span.end.saturating_sub(1).max(span.start)) + 1;
    while line <= lines.lines() {
        let start = lines.line_start(line);
        let content = lines.excerpt(text.as_bytes(), line, line).text;
        let first = start + (content.len() - content.trim_start().len()) as u32;
        let is_comment = tree
            .comments
            .iter()
            .any(|comment| comment.start <= first && first < comment.end);
        if !content.trim().is_empty() && !is_comment {
            return line;
        }
        line += 1;
    }
    line
}

/// First and last line of the statement on `line`. Of a compound statement only the line itself counts: a comment above
/// a function does not silence its body.
fn statement_lines(tree: &Tree, lines: &LineIndex, line: u32) -> (u32, u32) {
    let mut best: Option<(u32, u32)> = None;
    for id in tree.ids() {
        let node = tree.node(id);
        let is_statement =
            matches!(tree.node(node.parent).kind, Kind::Block | Kind::Module) && id != NodeId(0);
        let is_compound = matches!(
            node.kind,
            Kind::Function
                | Kind::Class
                | Kind::If
                | Kind::For
                | Kind::CFor
                | Kind::While
                | Kind::With
                | Kind::Try
                | Kind::Switch
                | Kind::Block
        );
        if !is_statement || is_compound {
            continue;
        }
        let first = lines.line_of(node.span.start);
        let last = lines.line_of(node.span.end.saturating_sub(1).max(node.span.start));
        if first <= line && line <= last && best.is_none_or(|(from, to)| last - first <= to - from)
        {
            best = Some((first, last));
        }
    }
    best.unwrap_or((line, line))
}

/// The allowance that a comment holds, if it holds one. Its `line` is the comment's own.
fn parse(path: &Arc<str>, text: &str, lines: &LineIndex, span: ByteSpan) -> Option<Allow> {
    let comment = text.get(span.range())?;
    let body = comment.trim_start_matches(['#', '/', '*', ' ', '\t', '-', '<', '!']);
    let rest = body.strip_prefix("perfctl:")?.trim_start();
    let rest = rest.trim_end_matches(['*', '/', '-', '>']).trim_end();
    let line = lines.line_of(span.start);
    let place = lines.place(path.clone(), text.as_bytes(), span);
    let mut allow = Allow {
        excerpt: lines.excerpt(text.as_bytes(), line, line),
        place,
        line,
        last_line: line,
        rules: Vec::new(),
        reason: String::new(),
        until: None,
        malformed: None,
    };
    let form = "write `perfctl: allow RULE-ID -- reason`";
    let Some(rest) = rest.strip_prefix("allow") else {
        allow.malformed = Some(format!("`perfctl:` comments only know `allow`; {form}"));
        return Some(allow);
    };
    let (ids, reason) = match rest.split_once("--") {
        Some((ids, reason)) => (ids, reason.trim()),
        None => (rest, ""),
    };
    for word in ids
        .split([',', ' '])
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        if RuleId::is_well_formed(word) {
            allow.rules.push(RuleId::from(word));
        } else {
            allow.malformed = Some(format!("`{word}` is no rule id; {form}"));
        }
    }
    if allow.rules.is_empty() && allow.malformed.is_none() {
        allow.malformed = Some(format!("no rule id is named; {form}"));
    }
    let (reason, until) = match reason.rfind("until ") {
        Some(at) => (
            reason[..at]
                .trim_end()
                .trim_end_matches(['[', ',', '('])
                .trim_end(),
            Some(&reason[at + 6..]),
        ),
        None => (reason, None),
    };
    allow.reason = reason.to_owned();
    if let Some(date) = until {
        let date = date.trim().trim_end_matches([']', ')', '.']);
        allow.until = parse_date(date);
        if allow.until.is_none() {
            allow.malformed = Some(format!("`{date}` is no date; write `until 2027-01-31`"));
        }
    }
    if allow.reason.is_empty() && allow.malformed.is_none() {
        allow.malformed = Some(format!("a reason is missing; {form}"));
    }
    Some(allow)
}

fn parse_date(text: &str) -> Option<(i32, u32, u32)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Allow> {
        let tree = crate::lower::python::lower(text, true);
        in_code(&"a.py".into(), text, &tree)
    }

    #[test]
    fn a_comment_speaks_of_its_statement_or_of_the_one_below() {
        let all = read(
            "x = f(\n    1,\n)  # perfctl: allow NET-1, DB-2 -- measured until 2027-01-31\n\n# perfctl: allow NET-1 -- why\n# more\ny = 1\n",
        );
        assert_eq!((all[0].line, all[0].last_line), (1, 3));
        assert_eq!(all[0].rules.len(), 2);
        assert_eq!(
            (all[0].reason.as_str(), all[0].until),
            ("measured", Some((2027, 1, 31)))
        );
        assert_eq!((all[1].line, all[1].last_line), (7, 7));
        assert!(all.iter().all(|allow| allow.malformed.is_none()));
    }

    #[test]
    fn a_form_that_allows_too_much_or_says_too_little_is_malformed() {
        for bad in [
            "# perfctl: allow",
            "# perfctl: allow all -- x",
            "# perfctl: allow NET-1",
            "# perfctl: ignore NET-1 -- x",
            "# perfctl: allow NET-1 -- x until soon",
        ] {
            let all = read(&format!("{bad}\nx = 1\n"));
            assert!(all[0].malformed.is_some(), "{bad}");
        }
        assert!(read("x = 'perfctl: allow NET-1 -- in a string'\n").is_empty());
    }

    #[test]
    fn documents_are_read_line_by_line() {
        let all = in_lines(
            &"Dockerfile".into(),
            "# perfctl: allow BUILD-1 -- pinned elsewhere\n\nFROM x\nRUN y # perfctl: allow B-2 -- z\n",
        );
        assert_eq!((all[0].line, all[1].line), (3, 4));
    }

    #[test]
    fn statements_of_sql_are_allowed_in_its_own_comments() {
        let text = "-- perfctl: allow DB-1 -- a view of ten rows\n-- more\nSELECT * FROM a;\nSELECT * FROM b; -- perfctl: allow DB-1 -- small\n";
        let all = in_lines(&"a.sql".into(), text);
        assert_eq!((all[0].line, all[1].line), (3, 4));
        assert_eq!(all[0].reason, "a view of ten rows");
        assert!(in_lines(&"a.yaml".into(), "- perfctl: allow DB-1 -- an item\n").is_empty());
    }
}
