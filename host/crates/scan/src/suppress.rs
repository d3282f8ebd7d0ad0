//! Reads `perfctl: allow ID -- reason [until YYYY-MM-DD]` from real comments.

mod comment;
mod reach;
mod removal;
mod signs;

use std::collections::BTreeSet;
use std::sync::Arc;

use perfctl_core::place::{ByteSpan, LineIndex};
use perfctl_core::suppress::Allow;
use reach::Reach;

use crate::scanner::Survey;
use crate::tree::Tree;

/// Allowances in a file of code, from its tree's comments.
pub fn in_code(path: &Arc<str>, text: &str, tree: &Tree) -> Vec<Allow> {
    let lines = LineIndex::new(text.as_bytes());
    let reach = Reach::new(text, tree, &lines);
    let mut allows = read(path, text, &lines, &tree.comments, |line| reach.of(line));
    for allow in &mut allows {
        allow.around = reach.around(allow.line);
    }
    allows
}

/// Allowances in a file without a tree, from what its notation takes for a comment.
pub fn in_lines(path: &Arc<str>, text: &str) -> Vec<Allow> {
    let lines = LineIndex::new(text.as_bytes());
    let comments = signs::comments(path, text);
    read(path, text, &lines, &comments, |line| (line, line))
}

/// Allowances in those files among `found` that the scan had no reason to read: a rule over the repository opens what it likes.
pub fn in_found<'f>(survey: &Survey, found: impl IntoIterator<Item = &'f str>) -> Vec<Allow> {
    let read: BTreeSet<&str> = survey
        .allows
        .iter()
        .map(|allow| &*allow.place.path)
        .collect();
    let unread: BTreeSet<&str> = found
        .into_iter()
        .filter(|path| !read.contains(path))
        .collect();
    let entries = unread
        .into_iter()
        .filter_map(|path| survey.view.entry(path));
    let texts = entries.filter(|at| !survey.view.is_code(*at));
    let files = texts.filter_map(|at| survey.view.open(at).ok());
    files
        .flat_map(|file| in_lines(file.path(), file.text()))
        .collect()
}

/// Allowances among `comments`, which are in order. `reach` tells the lines that one on a line speaks of.
fn read(
    path: &Arc<str>,
    text: &str,
    lines: &LineIndex,
    comments: &[ByteSpan],
    reach: impl Fn(u32) -> (u32, u32),
) -> Vec<Allow> {
    let mut next_code = None;
    let mut all = Vec::new();
    for (at, span) in comments.iter().enumerate() {
        let below = &comments[at + 1..];
        let comment = text.get(span.range()).unwrap_or_default();
        let said = comment::said(comment);
        if said.is_empty() {
            continue;
        }
        let own = lines.line_of(span.start);
        let line = if is_alone(text, lines, *span) {
            let next_code = next_code.get_or_insert_with(|| next_code_lines(text, lines, comments));
            let last = lines.line_of(span.end.saturating_sub(1).max(span.start));
            next_code[last as usize]
        } else {
            own
        };
        let (line, last_line) = reach(line);
        for one in said {
            let part = at_byte(span.start, &(one.start..one.end));
            let at = lines.line_of(part.start);
            all.push(Allow {
                place: lines.place(path.clone(), text.as_bytes(), part),
                excerpt: lines.excerpt(text.as_bytes(), at, at),
                line,
                last_line,
                around: None,
                rules: one.rules,
                ids: (one.ids.iter()).map(|id| at_byte(span.start, id)).collect(),
                whole: removal::of(text, lines, *span, part, below),
                reason: one.reason,
                until: one.until,
                malformed: one.malformed,
            });
        }
    }
    all
}

fn at_byte(start: u32, range: &std::ops::Range<usize>) -> ByteSpan {
    ByteSpan::new(start + range.start as u32, start + range.end as u32)
}

/// Whether nothing but blanks stands before the comment on its line.
fn is_alone(text: &str, lines: &LineIndex, span: ByteSpan) -> bool {
    let start = lines.line_start(lines.line_of(span.start)) as usize;
    text.get(start..span.start as usize)
        .is_some_and(|before| before.trim().is_empty())
}

/// For each line, by number, the first line below it that holds more than blanks and comments; the number behind the last
/// line where there is none.
fn next_code_lines(text: &str, lines: &LineIndex, comments: &[ByteSpan]) -> Vec<u32> {
    let mut next = vec![lines.lines() + 1; lines.lines() as usize + 1];
    for line in (1..=lines.lines()).rev() {
        next[line as usize - 1] = if holds_code(text, lines, comments, line) {
            line
        } else {
            next[line as usize]
        };
    }
    next
}

/// Whether something other than blanks and comments stands on `line`.
fn holds_code(text: &str, lines: &LineIndex, comments: &[ByteSpan], line: u32) -> bool {
    let mut at = lines.line_start(line) as usize;
    let end = match line < lines.lines() {
        true => lines.line_start(line + 1) as usize,
        false => text.len(),
    };
    let mut nearest = comments.partition_point(|comment| comment.end as usize <= at);
    while at < end {
        let rest = text.get(at..end).unwrap_or_default();
        let code = at + rest.len() - rest.trim_start().len();
        if code >= end {
            return false;
        }
        match comments.get(nearest) {
            Some(comment) if comment.start as usize <= code => at = comment.end as usize,
            _ => return true,
        }
        nearest += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::scratch::Scratch;
    use perfctl_core::path_class::PathClass;

    fn read(text: &str) -> Vec<Allow> {
        let tree = crate::lower::python::lower(text, true);
        in_code(&"a.py".into(), text, &tree)
    }

    #[test]
    fn every_id_has_its_place() {
        let text = "x = 1\nf()  # noqa  # perfctl: allow NET-1, DB-2 -- why\n";
        let ids = &read(text)[0].ids;
        let told: Vec<&str> = ids.iter().map(|id| &text[id.range()]).collect();
        assert_eq!(told, ["NET-1", "DB-2"]);
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

    /// The lines that the allowances of a file speak of.
    fn reach(path: &str, text: &str) -> Vec<(u32, u32)> {
        let scratch = Scratch::new("schema = \"perfctl.facts/1\"", &[(path, text)]);
        let allows = &scratch.survey.allows;
        allows.iter().map(|one| (one.line, one.last_line)).collect()
    }

    #[test]
    fn a_statement_ends_for_an_allowance_where_a_body_in_it_begins() {
        let body = "  await a()\n  await b()\n";
        for (head, tail, expected) in [
            ("const handler = async () => {\n", "}\n", (2, 2)),
            (
                "export default {\n  name: 'x',\n  async data() {\n",
                "  },\n}\n",
                (2, 4),
            ),
            ("app.get('/', async () => {\n", "})\n", (2, 2)),
            ("if (a &&\n    b) {\n", "}\n", (2, 3)),
        ] {
            let text = format!("// perfctl: allow A-1 -- why\n{head}{body}{tail}");
            assert_eq!(reach("a.js", &text), [expected], "{text}");
        }
        let inner = "app.get('/', async () => {\n  await a() // perfctl: allow A-1 -- why\n  await b()\n}, // perfctl: allow A-1 -- why\nlast) // perfctl: allow A-1 -- why\n";
        assert_eq!(reach("a.js", inner), [(2, 2), (4, 4), (4, 5)]);
        let value = "const x = rows.map((row) =>\n  f(row),\n) // perfctl: allow A-1 -- why\n";
        assert_eq!(reach("a.js", value), [(1, 3)]);
        let go = "package a\n\nfunc f() {\n\tg.Go(func() error {\n\t\treturn h()\n\t}) // perfctl: allow A-1 -- why\n}\n";
        assert_eq!(reach("a.go", go), [(6, 6)]);
    }

    #[test]
    fn in_the_middle_of_a_statement_a_comment_speaks_of_its_own_line() {
        let text = "x = f(\n    1,  # perfctl: allow A-1 -- why\n    # perfctl: allow A-1 -- why\n    2,\n    3,\n)\n";
        assert_eq!(reach("a.py", text), [(2, 2), (4, 4)]);
    }

    #[test]
    fn the_last_line_of_a_head_takes_an_allowance() {
        let allow = "perfctl: allow A-1 -- why";
        for (path, text) in [
            (
                "a.py",
                format!("if (a and\n    b):  # {allow}\n    f()\n    g()\n"),
            ),
            (
                "a.py",
                format!("for x in f(\n    a):  # {allow}\n    return x\n"),
            ),
            (
                "a.js",
                format!("if (a &&\n    b) {{ // {allow}\n  f()\n}}\n"),
            ),
            (
                "a.js",
                format!("app.get('/',\n  async () => {{ // {allow}\n  f()\n}})\n"),
            ),
        ] {
            assert_eq!(reach(path, &text), [(1, 2)], "{text}");
        }
    }

    #[test]
    fn a_body_of_one_statement_is_not_of_the_head() {
        let allow = "perfctl: allow A-1 -- why";
        for (path, text) in [
            (
                "a.py",
                format!("# {allow}\ndef s(url):\n    return f(url)\n"),
            ),
            (
                "a.js",
                format!("// {allow}\nfunction s(url) {{\n  return f(url)\n}}\n"),
            ),
            (
                "a.js",
                format!("// {allow}\nconst s = (url) => {{\n  return f(url)\n}}\n"),
            ),
        ] {
            assert_eq!(reach(path, &text), [(2, 2)], "{text}");
        }
        let value = format!("// {allow}\nconst s = (url) =>\n  returned(url)\n");
        assert_eq!(reach("a.js", &value), [(2, 3)]);
    }

    #[test]
    fn one_behind_another_comment_speaks_of_the_same_statement() {
        let all = read(
            "x = f()  # type: ignore  # perfctl: allow A-1 -- why\n# noqa  # perfctl: allow A-1 -- why\ny = 1\n",
        );
        assert_eq!((all[0].line, all[0].place.start.column), (1, 26));
        assert_eq!((all[1].line, all[1].reason.as_str()), (3, "why"));
        let block = "/**\n * All of them.\n * perfctl: allow A-1 -- why\n */\nf()\n";
        assert_eq!(reach("a.js", block), [(5, 5)]);
    }

    #[test]
    fn in_the_middle_of_a_statement_its_lines_are_told() {
        let all = read("x = f(\n    1,\n    # perfctl: allow A-1 -- why\n    2,\n    3,\n)\n");
        assert_eq!(all[0].around, Some((1, 6)));
        assert_eq!(read("f()\n# perfctl: allow A-1 -- why\n")[0].around, None);
    }

    #[test]
    fn what_allows_a_definition_reaches_from_its_decorators_to_its_head() {
        let allow = "# perfctl: allow A-1 -- why\n";
        let above =
            format!("{allow}@app.get(\n    '/'\n)\n@cached\nasync def f(\n    a,\n):\n    g()\n");
        assert_eq!(reach("a.py", &above), [(2, 8)]);
        let between = format!("@app.get('/')\n{allow}@cached\ndef f():\n    g()\n");
        assert_eq!(reach("a.py", &between), [(1, 4)]);
        let beside = "@app.get('/')\ndef f():  # perfctl: allow A-1 -- why\n    g()\n";
        assert_eq!(reach("a.py", beside), [(1, 2)]);
        let class = format!("{allow}@model\nclass A:\n    x = f()\n");
        assert_eq!(reach("a.py", &class), [(2, 3)]);
        let method = format!("class A {{\n// {allow}@Get('/')\nasync list() {{\n  g()\n}}\n}}\n")
            .replace("// # ", "// ");
        assert_eq!(reach("a.ts", &method), [(3, 4)]);
    }

    #[test]
    fn a_file_full_of_allowances_is_read_in_proportion_to_its_length() {
        let time = |count: usize| {
            let text = "# perfctl: allow A-1 -- why\n".repeat(count);
            let tree = crate::lower::python::lower(&text, true);
            let once = || {
                let start = std::time::Instant::now();
                assert_eq!(in_code(&"a.py".into(), &text, &tree).len(), count);
                assert_eq!(in_lines(&"a.yaml".into(), &text).len(), count);
                start.elapsed()
            };
            (0..3).map(|_| once()).min().expect("three times")
        };
        // 32 times the length: about as much longer, where each line looks at all others 1,000 times and more.
        let (short, long) = (time(500), time(16_000));
        assert!(long < short * 200, "{short:?} and {long:?}");
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
    fn only_what_the_notation_takes_for_a_comment_allows() {
        for (path, text, lines) in [
            (
                "a.sql",
                "-- perfctl: allow A-1 -- why\n/* more */\nSELECT 1; -- perfctl: allow A-1 -- why\n",
                &[3, 3][..],
            ),
            (
                "a.sql",
                "SELECT 'a\n-- perfctl: allow A-1 -- why\n', '\\', \"# perfctl: allow A-1 -- why\";\n",
                &[],
            ),
            (
                "a.yaml",
                "a: \"b # perfctl: allow A-1 -- why\"\nb: |\n  # perfctl: allow A-1 -- why\n  x\n# perfctl: allow A-1 -- why\nc: it's # perfctl: allow A-1 -- why\n",
                &[6, 6],
            ),
            (
                "a.yaml",
                "- perfctl: allow A-1 -- why\n- x#perfctl: allow A-1 -- why\n",
                &[],
            ),
            (
                "a.toml",
                "a = \"\"\"\n# perfctl: allow A-1 -- why\n\"\"\"# perfctl: allow A-1 -- why\n\"# perfctl: allow A-1 -- b\" = 1\n",
                &[3],
            ),
            (
                "a.json",
                "// perfctl: allow A-1 -- why\n{\"a\": \"// perfctl: allow A-1 -- why\"}\n",
                &[],
            ),
            (
                "a.jsonc",
                "// perfctl: allow A-1 -- why\n{\"a\": \"// perfctl: allow A-1 -- why\"}\n",
                &[2],
            ),
            (
                "Dockerfile",
                "FROM x\nRUN echo \"# perfctl: allow A-1 -- why\" \\\n  # perfctl: allow A-1 -- why\n  && b # perfctl: allow A-1 -- why\nCOPY <<EOF /a\n# perfctl: allow A-1 -- why\nEOF\nRUN <<EOF\n# perfctl: allow A-1 -- why\na\nEOF\nENV A=b # perfctl: allow A-1 -- why\n",
                &[4, 4, 10],
            ),
            (
                "a.tf",
                "a = \"// perfctl: allow A-1 -- why\" // perfctl: allow A-1 -- why\nb = <<-EOT\n  # perfctl: allow A-1 -- why\nEOT\n# perfctl: allow A-1 -- why\nc = 1\n",
                &[1, 6],
            ),
            (
                "a.sh",
                "/ perfctl: allow A-1 -- why\necho '# perfctl: allow A-1 -- why' it's # perfctl: allow A-1 -- why\n",
                &[2],
            ),
        ] {
            let all = in_lines(&path.into(), text);
            let told: Vec<u32> = all.iter().map(|allow| allow.line).collect();
            assert_eq!(told, lines, "{path}:\n{text}");
            assert!(all.iter().all(|allow| allow.reason == "why"), "{all:?}");
        }
    }

    #[test]
    fn allowances_in_tests_that_no_rule_looks_at_are_read() {
        let scratch = Scratch::beside(
            &[PathClass::Test],
            "schema = \"perfctl.facts/1\"",
            &[
                (
                    "tests/a.py",
                    "x = 'perfctl: no'\nf()  # perfctl: allow A-1 -- why\n",
                ),
                ("tests/b.py", "f()\n"),
            ],
        );
        let survey = &scratch.survey;
        let told: Vec<(&str, u32)> = survey
            .allows
            .iter()
            .map(|allow| (&*allow.place.path, allow.line))
            .collect();
        assert_eq!(told, [("tests/a.py", 2)]);
        assert!(survey.view.repo.files.is_empty(), "no test was linked");
    }
}
