//! Reasons in short, for a line among many: what is so, without what to do about it. Must not know any format.

use crate::neutral;

/// Characters of a reason in a line, at most.
const MOST: usize = 110;

/// The first clause of a reason: up to its first semicolon or the colon before what to do, and cut between words where it is long.
pub(crate) fn reason(text: &str) -> String {
    let text = neutral::sentence(text);
    // What every condition begins with says nothing in a list of them; `not for this repository: it has no Dockerfile`.
    let text = text
        .strip_prefix("not for this repository: ")
        .unwrap_or(&text);
    let ends = ["; ", ": "].iter().filter_map(|end| text.find(end));
    let clause = &text[..ends.min().unwrap_or(text.len())];
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
