//! What a comment says: the allowances in its text, and what is wrong with their form.

use perfctl_core::ids::RuleId;

/// How an allowance is written.
const FORM: &str = "write `perfctl: allow RULE-ID -- reason`";

/// What one `perfctl:` in a comment says.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Its first byte, the comment's sign included, and the one behind its last, in the comment.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rules: Vec<RuleId>,
    /// Where each of `rules` stands in the comment.
    pub(super) ids: Vec<std::ops::Range<usize>>,
    pub(super) reason: String,
    pub(super) until: Option<(i32, u32, u32)>,
    pub(super) malformed: Option<String>,
}

/// Everything that a comment says to perfctl, at its beginning, behind a comment sign of its own (`# noqa  # perfctl: ...`), or
/// at the beginning of a line of a block.
pub(super) fn said(comment: &str) -> Vec<Said> {
    if !comment.contains("perfctl:") {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (start, end) in parts(comment) {
        let text = &comment[start..end];
        let body = bare(text);
        if let Some(rest) = body.strip_prefix("perfctl:") {
            // Its sign belongs to it; what indents a block's line does not.
            let start = start + text.len() - text.trim_start().len();
            let mut said = allowance(rest);
            for id in &mut said.ids {
                let at = offset(comment, rest);
                *id = at + id.start..at + id.end;
            }
            all.push(Said { start, end, ..said });
        } else if let Some(lost) = in_midst(text) {
            all.push(Said {
                start: start + lost,
                end,
                malformed: Some(
                    "it stands within another comment's text; begin a comment of its own with it"
                        .to_owned(),
                ),
                ..Said::default()
            });
        }
    }
    all
}

/// A text without the signs that begin a comment or a line of one.
fn bare(text: &str) -> &str {
    text.trim_start_matches(['#', '/', '*', ' ', '\t', '\r', '\n', '-', '<', '!'])
}

/// Where the parts of a comment stand: a comment behind another one on the same line, a line of a block that speaks to perfctl.
fn parts(comment: &str) -> Vec<(usize, usize)> {
    let mut starts = vec![0];
    let mut ends = Vec::new();
    if comment.starts_with("/*") {
        let mut at = 0;
        let mut speaks = false;
        for line in comment.split_inclusive('\n') {
            let body = bare(line).trim_end();
            let begins = body.starts_with("perfctl:");
            // What a line says goes on up to a blank line or the next tag.
            let ends_here = speaks && (body.is_empty() || body.starts_with('@'));
            if at > 0 && (begins || ends_here) {
                ends.push(at);
                starts.push(at);
            }
            speaks = (speaks && !ends_here) || begins;
            at += line.len();
        }
    } else if let Some(sign) = ["#", "//", "--"]
        .into_iter()
        .find(|sign| comment.starts_with(sign))
    {
        for (at, _) in comment.match_indices(sign).skip(1) {
            if !comment[..at].ends_with([' ', '\t']) {
                continue;
            }
            let after = comment[at..].trim_start_matches(&sign[..1]);
            let speaks = after.trim_start().starts_with("perfctl:");
            // `--` also stands before a reason.
            let is_over = after.starts_with([' ', '\t']) && sign != "--";
            if speaks || is_over {
                ends.push(at);
                starts.push(at);
            }
        }
    }
    ends.push(comment.len());
    starts.into_iter().zip(ends).collect()
}

/// Where a whole allowance stands in the midst of other words, which reads as if it counted.
fn in_midst(text: &str) -> Option<usize> {
    let at = text.find(" perfctl: allow ")? + 1;
    let said = allowance(text.get(at..)?.strip_prefix("perfctl:")?);
    (said.malformed.is_none() && !said.rules.is_empty()).then_some(at)
}

/// Where `part` begins in `whole`, of which it is a slice.
fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

/// Reads what stands behind `perfctl:`.
fn allowance(rest: &str) -> Said {
    let mut said = Said::default();
    let all = rest;
    let rest = rest
        .trim_end()
        .trim_end_matches(['*', '/', '-', '>'])
        .trim();
    let Some(rest) = rest.strip_prefix("allow") else {
        said.malformed = Some(format!("`perfctl:` comments only know `allow`; {FORM}"));
        return said;
    };
    let (ids, reason) = match rest.split_once("--") {
        Some((ids, reason)) => (ids, Some(reason)),
        None => (rest, None),
    };
    for word in ids.split([',', ' ', '\t']).filter(|word| !word.is_empty()) {
        if RuleId::is_well_formed(word) {
            let at = offset(all, word);
            said.rules.push(RuleId::from(word));
            said.ids.push(at..at + word.len());
        } else {
            let has_ids = !said.rules.is_empty();
            said.malformed = Some(no_id(word, has_ids, reason.is_some()));
            return said;
        }
    }
    if said.rules.is_empty() {
        said.malformed = Some(format!("no rule id is named; {FORM}"));
        return said;
    }
    let reason = one_line(reason.unwrap_or_default());
    let (reason, until) = match reason.rfind("until ") {
        Some(at) => (
            reason[..at]
                .trim_end()
                .trim_end_matches(['[', ',', '('])
                .trim_end(),
            Some(&reason[at + 6..]),
        ),
        None => (reason.as_str(), None),
    };
    said.reason = reason.to_owned();
    if let Some(date) = until {
        let date = date.trim().trim_end_matches([']', ')', '.']);
        said.until = parse_date(date);
        if said.until.is_none() {
            said.malformed = Some(format!("`{date}` is no date; write `until 2027-01-31`"));
        }
    }
    if said.reason.is_empty() && said.malformed.is_none() {
        said.malformed = Some(format!("a reason is missing; {FORM}"));
    }
    said
}

/// What is wrong with a word that stands where rule ids do.
fn no_id(word: &str, has_ids: bool, has_reason: bool) -> String {
    let upper = word.to_ascii_uppercase().replace('_', "-");
    if word.contains(['-', '_']) && RuleId::is_well_formed(&upper) && parse_date(word).is_none() {
        return format!("`{word}` is no rule id; did you mean `{upper}`?");
    }
    if has_ids && !has_reason {
        return match word {
            "-" | "\u{2013}" | "\u{2014}" => {
                format!("the reason stands behind two dashes, not behind `{word}`; {FORM}")
            }
            "until" => format!(
                "a reason is missing, and the date stands behind it; {FORM}",
                FORM = "write `perfctl: allow RULE-ID -- reason until 2027-01-31`"
            ),
            _ => format!("the reason stands behind two dashes; {FORM}"),
        };
    }
    format!("`{word}` is no rule id; {FORM}")
}

/// A reason over several lines of a block as one.
fn one_line(reason: &str) -> String {
    let lines = reason.lines().map(|line| {
        let line = line.trim();
        line.strip_prefix('*').unwrap_or(line).trim()
    });
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ")
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

    fn told(comment: &str) -> Vec<(String, String)> {
        let show = |one: Said| {
            assert!(one.malformed.is_none(), "{comment}: {one:?}");
            assert!(
                bare(&comment[one.start..one.end]).starts_with("perfctl:"),
                "{comment}"
            );
            let ids: Vec<&str> = one.rules.iter().map(RuleId::as_str).collect();
            (ids.join(","), one.reason)
        };
        said(comment).into_iter().map(show).collect()
    }

    #[test]
    fn one_behind_another_comment_counts_and_ends_where_the_next_begins() {
        for comment in [
            "# perfctl: allow A-1 -- see #12",
            "# type: ignore[no-any-return]  # perfctl: allow A-1 -- see #12",
            "# noqa: S113 # perfctl: allow A-1 -- see #12  # noqa",
            "// eslint-disable-line // perfctl: allow A-1 -- see #12",
            "//nolint:all //perfctl: allow A-1 -- see #12",
            "-- sqlfluff: noqa -- perfctl: allow A-1 -- see #12",
            "/* perfctl: allow A-1 -- see #12 */",
            "/**\n * List of all.\n *\n * perfctl: allow A-1 -- see\n *   #12\n * @returns all\n */",
            "/* perfctl: allow A-1 -- see\n   #12 */",
        ] {
            assert_eq!(
                told(comment),
                [("A-1".to_owned(), "see #12".to_owned())],
                "{comment}"
            );
        }
        let two = told("# perfctl: allow A-1 -- one  # perfctl: allow B-2 -- two");
        assert_eq!(two.len(), 2);
        assert_eq!(two[1], ("B-2".to_owned(), "two".to_owned()));
        assert!(said("# how to: `perfctl: allow A-1 -- why`").is_empty());
        assert!(said("// see perfctl: allow in the reference").is_empty());
    }

    #[test]
    fn what_is_wrong_with_the_form_is_said() {
        for (comment, told) in [
            (
                "# perfctl: allow A-1 - why",
                "behind two dashes, not behind `-`",
            ),
            (
                "# perfctl: allow A-1 \u{2014} why",
                "behind two dashes, not behind `\u{2014}`",
            ),
            (
                "# perfctl: allow A-1 because I say so",
                "behind two dashes; write",
            ),
            (
                "# perfctl: allow A-1 until 2027-01-31",
                "a reason is missing, and the date",
            ),
            (
                "# perfctl: allow A-1 -- until 2027-01-31",
                "a reason is missing",
            ),
            (
                "# perfctl: allow net-perf-004 -- why",
                "did you mean `NET-PERF-004`?",
            ),
            (
                "# perfctl: allow NET_PERF_004 -- why",
                "did you mean `NET-PERF-004`?",
            ),
            ("# perfctl: allow all -- why", "`all` is no rule id"),
            (
                "# noqa perfctl: allow A-1 -- why",
                "begin a comment of its own",
            ),
        ] {
            let all = said(comment);
            let why = all.first().and_then(|one| one.malformed.as_deref());
            assert!(
                why.is_some_and(|why| why.contains(told)),
                "{comment}: {why:?}"
            );
        }
    }

    #[test]
    fn a_comment_of_signs_is_read_in_proportion_to_its_length() {
        let text = format!("// perfctl: allow A-1 -- why {}", "// ".repeat(100_000));
        assert_eq!(said(&text).len(), 1);
        let text = format!("# perfctl: allow A-1 -- why {}", "#".repeat(300_000));
        assert_eq!(said(&text).len(), 1);
    }
}
