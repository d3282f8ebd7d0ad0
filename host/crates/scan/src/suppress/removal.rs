//! What is taken out of a file with a comment that nobody needs: the comment, what stands around it for its sake only, and the lines
//! below on which its reason goes on.

use perfctl_core::place::{ByteSpan, LineIndex};

/// What is taken out of `text` with the `part` of a comment that allows something: its line when nothing else stands there, else
/// the blanks before it as well. `None` where it lies in a block with other words, or where nobody can tell whether the next of the
/// comments `below` goes on with it.
pub(super) fn of(
    text: &str,
    lines: &LineIndex,
    comment: ByteSpan,
    part: ByteSpan,
    below: &[ByteSpan],
) -> Option<ByteSpan> {
    let said = text.get(part.range())?;
    let is_block = said.starts_with("/*") || said.starts_with("<!--");
    let in_block = text.get(comment.range())?.starts_with("/*");
    if said.trim_end().contains('\n') || (in_block && part != comment) {
        return None;
    }
    let line = lines.line_of(part.start);
    let start = lines.line_start(line);
    let end = end_of(text, lines, line);
    let said_end = part.start + said.trim_end().len() as u32;
    let before = text.get(start as usize..part.start as usize)?;
    let after = text.get(said_end as usize..end as usize)?;
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    let last = match is_block || !after.trim().is_empty() {
        true => line,
        false => last_line(text, lines, part, below)?,
    };
    Some(if before.trim().is_empty() && after.trim().is_empty() {
        ByteSpan::new(start, end_of(text, lines, last))
    } else if last > line {
        let rest = text.get(said_end as usize..end_of(text, lines, last) as usize)?;
        ByteSpan::new(
            part.start - blanks as u32,
            said_end + rest.trim_end().len() as u32,
        )
    } else if before.trim().is_empty() {
        let gap = after.len() - after.trim_start_matches([' ', '\t']).len();
        ByteSpan::new(part.start, said_end + gap as u32)
    } else if is_block || after.trim().is_empty() {
        ByteSpan::new(part.start - blanks as u32, said_end)
    } else {
        let gap = after.len() - after.trim_start_matches([' ', '\t']).len();
        ByteSpan::new(part.start, said_end + gap as u32)
    })
}

/// Where `line` ends, its line end included.
fn end_of(text: &str, lines: &LineIndex, line: u32) -> u32 {
    match line < lines.lines() {
        true => lines.line_start(line + 1),
        false => text.len() as u32,
    }
}

/// The last line of what the comment `part`, which ends its line, says in this and the comments `below`. `None` where the next one
/// may belong to it or not.
fn last_line(text: &str, lines: &LineIndex, part: ByteSpan, below: &[ByteSpan]) -> Option<u32> {
    let own = text.get(part.range())?;
    let mut last = lines.line_of(part.start);
    let start = lines.line_start(last) as usize;
    let before = text.get(start..part.start as usize)?;
    let is_alone = before.trim().is_empty();
    for next in below {
        let line = lines.line_of(next.start);
        let beside = text.get(lines.line_start(line) as usize..next.start as usize)?;
        let words = text.get(next.range())?;
        let is_aligned = match is_alone {
            true => beside == before,
            false => beside.trim().is_empty() && beside.chars().count() == before.chars().count(),
        };
        let fits = line == last + 1 && is_aligned && sign(words) == sign(own);
        if !fits || words.contains("perfctl:") {
            break;
        }
        // What hangs from the comment, or from the one that stands behind code.
        let is_deeper = indent(words) > indent(own);
        if is_alone && !is_deeper {
            let is_first = last == lines.line_of(part.start);
            return match is_first && may_go_on(own, words) {
                true => None,
                false => Some(last),
            };
        }
        last = line;
    }
    Some(last)
}

/// The sign that makes it a comment.
fn sign(comment: &str) -> &str {
    let rest = comment.trim_start_matches(['#', '/', '-', ';']);
    &comment[..comment.len() - rest.len()]
}

/// How far its words stand from its sign.
fn indent(comment: &str) -> usize {
    let rest = &comment[sign(comment).len()..];
    rest.chars().take_while(|c| c.is_whitespace()).count()
}

/// Whether `next` reads as if it went on with the sentence of `own`: words for programs (`type: ignore`) do not.
fn may_go_on(own: &str, next: &str) -> bool {
    let words = next[sign(next).len()..].trim();
    let first = words.split_whitespace().next().unwrap_or_default();
    let is_for_programs = first.contains([':', '-', '=', '@']) || first == "noqa";
    let is_in_midst = first.starts_with(|c: char| c.is_lowercase() || c == '(');
    !own.trim_end().ends_with(['.', '!', '?']) && is_in_midst && !is_for_programs
}

#[cfg(test)]
mod tests {
    use crate::suppress::in_code;

    #[test]
    fn a_comment_is_taken_out_with_what_only_it_needs() {
        let allow = "perfctl: allow A-1 -- why";
        for (path, text, left) in [
            ("a.py", format!("a()\n    # {allow}\nb()\n"), "a()\nb()\n"),
            (
                "a.py",
                format!("a()  # {allow}\r\nb()\r\n"),
                "a()\r\nb()\r\n",
            ),
            ("a.py", format!("a()  # noqa  # {allow}\n"), "a()  # noqa\n"),
            ("a.py", format!("a()  # {allow}  # noqa\n"), "a()  # noqa\n"),
            ("a.py", format!("# {allow}"), ""),
            ("a.js", format!("f(/* {allow} */ a, b)\n"), "f( a, b)\n"),
            ("a.js", format!("/* {allow} */ f()\n"), "f()\n"),
            (
                "a.js",
                format!("/**\n * All.\n * {allow}\n */\nf()\n"),
                "none",
            ),
            (
                "a.py",
                format!("# {allow}, and\n#   what else\n#   there is\n# Other.\na()\n"),
                "# Other.\na()\n",
            ),
            (
                "a.py",
                format!("a()  # {allow},\n     # and what else\nb()\n"),
                "a()\nb()\n",
            ),
            (
                "a.py",
                format!("a()  # {allow}\n# of the next\nb()\n"),
                "a()\n# of the next\nb()\n",
            ),
            ("a.py", format!("# {allow}\n# goes on\na()\n"), "none"),
            (
                "a.py",
                format!("# {allow}.\n# goes on\n# type: ignore\na()\n"),
                "# goes on\n# type: ignore\na()\n",
            ),
            (
                "a.go",
                format!("package a\n\n// {allow}\n//nolint:all\nvar x = 1\n"),
                "package a\n\n//nolint:all\nvar x = 1\n",
            ),
            (
                "a.py",
                format!("# {allow}\n#   # {allow}\na()\n"),
                "#   # perfctl: allow A-1 -- why\na()\n",
            ),
        ] {
            let tree = crate::scanner::lowered(
                &text,
                path,
                crate::lower::Language::from_path(path).expect("code"),
                true,
            );
            let all = in_code(&path.into(), &text, &tree.expect("a tree"));
            let out = all[0].whole.map_or("none".to_owned(), |span| {
                format!(
                    "{}{}",
                    &text[..span.range().start],
                    &text[span.range().end..]
                )
            });
            assert_eq!(out, left, "{text:?}");
        }
    }
}
