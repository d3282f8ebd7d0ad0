//! Marks in comments: `finding: RULE-ID`, `ok: why it is none`, `todo: RULE-ID`, and which line each of them means.

use perfctl_core::ids::RuleId;
use perfctl_core::place::{ByteSpan, LineIndex};
use perfctl_core::scale::Confidence;

use super::mutation::{self, Mutation};
use super::{comment, slip};

/// What a mark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The rule must report this line, as sure as that.
    Finding(RuleId, Option<Confidence>),
    /// The rule must not report this line, and why; it must once one of the mutations is applied.
    Fine(String, Vec<Mutation>),
    /// The rule should report this line and is known not to.
    Todo(RuleId),
}

/// A mark with the line that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// The line of code, from 1.
    pub(super) line: u32,
    /// What is said of it.
    pub(super) mark: Mark,
}

/// A mark that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misread {
    /// The line of the comment, from 1.
    pub(super) line: u32,
    /// What is wrong and what to write.
    pub(super) message: String,
}

/// The marks of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Marks by line.
    pub(super) marked: Vec<Marked>,
    /// What looks like marks and is none.
    pub(super) misread: Vec<Misread>,
    /// The comments that hold marks: mutations leave them alone.
    pub(super) comments: Vec<ByteSpan>,
}

/// Reads the marks of the file at `path`. `text` is as long as the file.
pub(super) fn read(path: &str, text: &str) -> Marks {
    let mut marks = Marks::default();
    let lines = LineIndex::new(text.as_bytes());
    let comments = comment::spans(path, text);
    for span in &comments {
        let Some(comment) = text.get(span.range()) else {
            continue;
        };
        let Some((keyword, rest)) = mark_in(comment) else {
            marks.misread.extend(slips(comment).map(|message| Misread {
                line: lines.line_of(span.start),
                message,
            }));
            continue;
        };
        marks.comments.push(*span);
        match parse(keyword, rest) {
            Ok(read) => match meant_line(text, &lines, *span, &comments) {
                Some(line) => marks
                    .marked
                    .extend(read.into_iter().map(|mark| Marked { line, mark })),
                None => marks.misread.push(Misread {
                    line: lines.line_of(span.start),
                    message: "the mark stands above nothing: no code follows it".to_owned(),
                }),
            },
            Err(message) => marks.misread.push(Misread {
                line: lines.line_of(span.start),
                message,
            }),
        }
    }
    marks.misread.extend(strays(text, &lines, &comments));
    marks.marked.sort_by_key(|marked| marked.line);
    marks
}

const KEYWORDS: &[&str] = &["finding:", "ok:", "todo:"];

/// The keyword of a mark and what follows it, in the text of a comment. A mark may follow another remark behind a sign of
/// its own: `# noqa  # ok: ...`.
fn mark_in(comment: &str) -> Option<(&'static str, &str)> {
    slip::remarks(inside(comment)).find_map(|remark| {
        let keyword = keyword_of(remark)?;
        Some((keyword, remark[keyword.len()..].trim()))
    })
}

fn keyword_of(remark: &str) -> Option<&'static str> {
    let mut all = KEYWORDS.iter();
    all.find(|keyword| remark.starts_with(**keyword)).copied()
}

/// What a comment says, without the signs that make it one.
fn inside(comment: &str) -> &str {
    let closes = [("/*", "*/"), ("<!--", "-->"), ("{#", "#}")];
    let inner = comment.trim_start_matches("<!--").trim_start_matches("{#");
    let inner = inner.trim_start_matches(['#', '/', '*', '-', ';']);
    let close = closes.iter().find(|(open, _)| comment.starts_with(open));
    let end = close
        .and_then(|(_, close)| inner.trim_end().strip_suffix(close))
        .unwrap_or(inner);
    end.trim()
}

/// What is wrong with a comment that holds no mark, and almost one.
fn slips(comment: &str) -> Option<String> {
    slip::remarks(inside(comment)).find_map(slip::of)
}

fn parse(keyword: &str, rest: &str) -> Result<Vec<Mark>, String> {
    match keyword {
        "ok:" => fine(rest).map(|mark| vec![mark]),
        "finding:" => {
            let (ids, confidence) = findings(rest)?;
            Ok(ids
                .into_iter()
                .map(|id| Mark::Finding(id, confidence))
                .collect())
        }
        _ => {
            let ids = rest.split_once("--").map_or(rest, |(ids, _)| ids);
            Ok(rule_ids(ids, "todo: RULE-ID")?
                .into_iter()
                .map(Mark::Todo)
                .collect())
        }
    }
}

/// `RULE-ID[, RULE-ID] [confidence: high] [-- remark]`.
fn findings(rest: &str) -> Result<(Vec<RuleId>, Option<Confidence>), String> {
    let rest = rest.split_once("--").map_or(rest, |(marks, _)| marks);
    let (ids, confidence) = match rest.split_once("confidence:") {
        Some((ids, word)) => {
            let word = word.trim().trim_end_matches(';');
            (
                ids,
                Some(
                    word.parse::<Confidence>()
                        .map_err(|error| format!("confidence: {error}"))?,
                ),
            )
        }
        None => (rest, None),
    };
    Ok((rule_ids(ids, "finding: RULE-ID")?, confidence))
}

fn rule_ids(text: &str, form: &str) -> Result<Vec<RuleId>, String> {
    let words = text
        .split([',', ';', ' '])
        .map(str::trim)
        .filter(|word| !word.is_empty());
    let ids: Vec<RuleId> = words
        .map(|word| match RuleId::is_well_formed(word) {
            true => Ok(RuleId::from(word)),
            false => Err(format!(
                "`{word}` is no rule id; write `{form}`, and remarks behind `--`"
            )),
        })
        .collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Err(format!("no rule id is named; write `{form}`"));
    }
    Ok(ids)
}

/// `why [; mutate: s/old/new/]`.
fn fine(rest: &str) -> Result<Mark, String> {
    let (why, mutations) = match rest.split_once("mutate:") {
        Some((why, mutations)) => (why, mutation::read(mutations)?),
        None => (rest, Vec::new()),
    };
    let why = why.trim().trim_end_matches([';', ',']).trim_end();
    if let Some(written) = slip::mutation_in(why) {
        return Err(format!(
            "`mutate:` is missing or has a slip: write `mutate: {written}`, else the mutation is a part of the reason"
        ));
    }
    // The first of them is the reason itself.
    if let Some(further) = slip::remarks(why)
        .skip(1)
        .find(|remark| keyword_of(remark).is_some() || slip::of(remark).is_some())
    {
        return Err(format!(
            "`{further}` stands in the reason of another mark and proves nothing: give it a comment of its own, on a line above"
        ));
    }
    if why.is_empty() {
        return Err("say why the line is none: `ok: reason`".to_owned());
    }
    Ok(Mark::Fine(why.to_owned(), mutations))
}

/// The line that a comment speaks of: its own, or the next one with code when it stands alone.
fn meant_line(text: &str, lines: &LineIndex, span: ByteSpan, comments: &[ByteSpan]) -> Option<u32> {
    let (first, last) = (
        lines.line_of(span.start),
        lines.line_of(span.end.saturating_sub(1).max(span.start)),
    );
    let before = &text[lines.line_start(first) as usize..span.start as usize];
    let after = text[span.end as usize..]
        .split('\n')
        .next()
        .unwrap_or_default();
    // `{/* ... */}` is how markup in JavaScript comments.
    let is_alone = match (before.trim(), after.trim()) {
        ("", "") => true,
        ("{", "}") => text[span.range()].starts_with("/*"),
        _ => false,
    };
    if !is_alone {
        return Some(if before.trim().is_empty() {
            last
        } else {
            first
        });
    }
    (last + 1..=lines.lines()).find(|line| has_code(text, lines, *line, comments))
}

/// Whether a line holds anything but blanks and comments.
fn has_code(text: &str, lines: &LineIndex, line: u32, comments: &[ByteSpan]) -> bool {
    let start = lines.line_start(line);
    let content = text[start as usize..]
        .split('\n')
        .next()
        .unwrap_or_default();
    let code = content.char_indices().filter(|(at, c)| {
        let at = start + *at as u32;
        let next = comments.partition_point(|comment| comment.end <= at);
        !c.is_whitespace() && comments.get(next).is_none_or(|comment| at < comment.start)
    });
    let code: String = code.map(|(_, c)| c).collect();
    !code.is_empty() && code != "{}"
}

/// Texts that look like marks and stand in no comment, such as behind an instruction of a Dockerfile.
fn strays(text: &str, lines: &LineIndex, comments: &[ByteSpan]) -> Vec<Misread> {
    let mut all = Vec::new();
    for (at, keyword) in ["finding: ", "todo: "]
        .iter()
        .flat_map(|keyword| text.match_indices(keyword))
    {
        let before = text[..at].trim_end_matches([' ', '\t']);
        let signed = ["#", "//", "--", "/*", "<!--"]
            .iter()
            .any(|sign| before.ends_with(sign));
        let id = text[at + keyword.len()..]
            .split([' ', ',', ';', '\n', '\r', '"', '\'', '`'])
            .next()
            .unwrap_or_default();
        let inside = comments
            .iter()
            .any(|comment| comment.start as usize <= at && at < comment.end as usize);
        if signed && !inside && RuleId::is_well_formed(id) {
            let message = "this looks like a mark, but is no comment in this language: put it on a comment line above".to_owned();
            all.push(Misread {
                line: lines.line_of(at as u32),
                message,
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(path: &str, text: &str) -> Vec<(u32, String)> {
        let marks = read(path, text);
        assert_eq!(marks.misread, []);
        let shown = |mark: Mark| match mark {
            Mark::Finding(id, None) => id.to_string(),
            Mark::Finding(id, Some(confidence)) => format!("{id} {confidence}"),
            Mark::Fine(why, mutations) => format!("ok {why} {}", mutations.len()),
            Mark::Todo(id) => format!("todo {id}"),
        };
        marks
            .marked
            .into_iter()
            .map(|marked| (marked.line, shown(marked.mark)))
            .collect()
    }

    fn faults(path: &str, text: &str) -> Vec<String> {
        read(path, text)
            .misread
            .into_iter()
            .map(|misread| format!("{}: {}", misread.line, misread.message))
            .collect()
    }

    #[test]
    fn a_mark_means_its_own_line_or_the_next_line_of_code() {
        let text = "a()  # finding: NET-1\n# todo: NET-2\n\n  # ok: for a reason\n# a remark\nb()\n'# finding: NET-9'\n";
        let text = text.replace("'# finding: NET-9'", "s = '''\n finding: NET-9 '''");
        let expected = [(1, "NET-1"), (6, "todo NET-2"), (6, "ok for a reason 0")]
            .map(|(line, text)| (line, text.to_owned()));
        assert_eq!(marks("a.py", &text), expected);
    }

    #[test]
    fn every_language_marks_in_its_own_comments() {
        for (path, text, line) in [
            ("a.js", "f() /* finding: NET-1 */\n", 1),
            (
                "a.tsx",
                "const x = <p>\n  {/* finding: NET-1 */}\n  {f()}\n</p>;\n",
                3,
            ),
            ("a.go", "package a\n\n// finding: NET-1\nvar x = f()\n", 4),
            ("Dockerfile", "# finding: NET-1\n\nFROM a\n", 3),
            (
                "Dockerfile.web",
                "FROM a\nRUN a && \\\n    # finding: NET-1\n    b\n",
                4,
            ),
            ("a.sql", "SELECT 1; -- finding: NET-1\n", 1),
            ("a.html", "<!-- finding: NET-1 -->\n<p>\n", 2),
            ("a.yaml", "a:\n  - b # finding: NET-1\r\n", 2),
            ("a.tf", "/* finding: NET-1 */\na = 1\n", 2),
        ] {
            assert_eq!(marks(path, text), [(line, "NET-1".to_owned())], "{path}");
        }
    }

    #[test]
    fn a_finding_may_name_several_rules_and_how_sure_they_are() {
        let text = "a()  # noqa: X1  # finding: NET-1, NET-1; confidence: medium -- twice: once per call\n";
        assert_eq!(
            marks("a.py", text),
            [
                (1, "NET-1 medium".to_owned()),
                (1, "NET-1 medium".to_owned())
            ]
        );
        assert_eq!(
            marks("a.py", "a()  # finding: NET-1 confidence: low\n"),
            [(1, "NET-1 low".to_owned())]
        );
    }

    #[test]
    fn an_ok_takes_its_mutations_from_its_end() {
        assert_eq!(
            marks("a.py", "a()  # ok: does not mutate state/rows\n").len(),
            1
        );
        let text = "a(t=1)  # ok: has a limit; mutate: s/t=1//; mutate: s/a/b/ s/b/*/\n";
        let all = read("a.py", text);
        let Mark::Fine(why, mutations) = &all.marked[0].mark else {
            panic!("{all:?}")
        };
        assert_eq!(
            (why.as_str(), mutations.len(), mutations[1].edits.len()),
            ("has a limit", 2, 2)
        );
        assert_eq!(&text[all.comments[0].range()], text[8..].trim_end());
    }

    #[test]
    fn what_cannot_be_understood_is_said_with_its_line() {
        for (text, fault) in [
            ("\na()  # finding: net-1\n", "2: `net-1` is no rule id"),
            ("a()  # finding:\n", "1: no rule id is named"),
            (
                "a()  # finding: NET-1 because\n",
                "1: `because` is no rule id",
            ),
            (
                "a()  # finding: NET-1 confidence: sure\n",
                "1: confidence: `sure` is none of low, medium, high",
            ),
            ("a()  # ok:\n", "1: say why"),
            ("a()  # ok: x; mutate: y\n", "1: "),
            (
                "a(b=5)  # ok: ends in time; mutate s/=5/=50/\n",
                "1: `mutate:` is missing or has a slip: write `mutate: s/=5/=50/`",
            ),
            (
                "a(b=5)  # ok: x; Mutate: c.py s/=5/=50/\n",
                "1: `mutate:` is missing or has a slip: write `mutate: c.py s/=5/=50/`",
            ),
            (
                "a()  # findng: NET-1\n",
                "1: `findng: NET-1` is no mark, so nothing is expected here: write `finding: NET-1`",
            ),
            (
                "a()  # finding NET-1 -- remark\n",
                "1: `finding NET-1` is no mark",
            ),
            (
                "a()\n# finding: NET-1\n",
                "2: the mark stands above nothing",
            ),
        ] {
            let found = faults("a.py", text);
            assert!(
                found.len() == 1 && found[0].starts_with(fault),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn a_remark_about_a_rule_is_no_mark() {
        for text in [
            "a()  # see NET-1\n",
            "a()  # the finding NET-1 is another line\n",
            "a()  # TODO SHOP-17 take it away\n",
            "a()  # fixing: the rest\n",
        ] {
            assert!(faults("a.py", text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_mark_outside_of_comments_is_said() {
        assert!(
            faults("Dockerfile", "FROM a # finding: NET-1\n")[0]
                .starts_with("1: this looks like a mark")
        );
        assert!(
            faults("a.py", "'''\n# finding: NET-1\n'''\n")[0]
                .starts_with("2: this looks like a mark")
        );
        assert!(faults("a.py", "print('finding: NET-1 is a text')\n").is_empty());
    }
}
