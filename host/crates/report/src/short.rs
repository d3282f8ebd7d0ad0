//! What is long in short, for a line among many: of reasons what is so, without what to do about it, and of commits the beginning. Must not
//! know any format.

use crate::neutral;

/// Characters of a reason in a line, at most.
const MOST: usize = 110;

/// Characters of a commit that are shown.
const OF_COMMIT: usize = 10;

/// The beginning of a commit's name, as every text shows it; one that is shorter is whole.
pub(crate) fn commit(name: &str) -> &str {
    name.get(..OF_COMMIT).unwrap_or(name)
}

/// Where the first clause of `text` ends. What stands between backticks is code, whatever it holds.
fn end_of_clause(text: &str) -> usize {
    let mut from = 0;
    for (at, part) in text.split('`').enumerate() {
        // A backtick without a second one opens nothing.
        let is_code = at % 2 == 1 && text[from + part.len()..].starts_with('`');
        let ends = ["; ", ": "].iter().filter_map(|end| part.find(end));
        if let Some(end) = ends.min().filter(|_| !is_code) {
            return from + end;
        }
        from += part.len() + 1;
    }
    text.len()
}

/// The first clause of a reason: up to its first semicolon or the colon before what to do, and cut between words where it is long.
pub(crate) fn reason(text: &str) -> String {
    let text = neutral::sentence(text);
    // What every condition begins with says nothing in a list of them; `not for this repository: it has no Dockerfile`.
    let text = text
        .strip_prefix("not for this repository: ")
        .unwrap_or(&text);
    let clause = &text[..end_of_clause(text)];
    if clause.chars().count() <= MOST {
        return clause.to_owned();
    }
    let cut: String = clause.chars().take(MOST).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!("{} ...", whole.trim_end_matches(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_shown_by_its_beginning() {
        assert_eq!(commit("3f9a2c41d0aa77"), "3f9a2c41d0");
        assert_eq!(commit("3f9a"), "3f9a");
    }

    #[test]
    fn a_reason_is_its_first_clause() {
        for (whole, short) in [
            (
                "nothing in the repository times requests; link the panel",
                "nothing in the repository times requests",
            ),
            (
                "no engine listens: start it, install podman",
                "no engine listens",
            ),
            (
                "not for this repository: it has no Dockerfile",
                "it has no Dockerfile",
            ),
            (
                "no code of this repository answers 429",
                "no code of this repository answers 429",
            ),
            (
                "`timeout: 30` is written nowhere: set it",
                "`timeout: 30` is written nowhere",
            ),
            ("a lone ` stands here: that is all", "a lone ` stands here"),
            ("", ""),
        ] {
            assert_eq!(reason(whole), short);
        }
        let long = reason(&"word ".repeat(60));
        assert!(
            long.ends_with("word ...") && long.chars().count() <= MOST + 4,
            "{long}"
        );
    }
}
