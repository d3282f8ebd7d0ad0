//! What is almost a mark: a mark with a slip in it proves nothing, and nobody would see that.

use perfctl_core::ids::RuleId;
use perfctl_wire::table::nearest;

use super::mutation;

/// The remarks of a comment's text, each behind a sign of its own: `noqa  # ok: ...` holds two.
pub(super) fn remarks(inside: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(inside), |text| behind_sign(text))
}

fn behind_sign(text: &str) -> Option<&str> {
    let signs = ["# ", "// "].iter();
    let (at, sign) = signs
        .filter_map(|sign| Some((text.find(sign)?, sign)))
        .min()?;
    Some(text[at + sign.len()..].trim_start())
}

/// What is wrong with a remark that is almost a mark: a word like a keyword, and what would follow it.
pub(super) fn of(remark: &str) -> Option<String> {
    let end = remark.find(|c: char| !c.is_alphabetic())?;
    let (word, rest) = remark.split_at(end);
    let signs = rest.len() - rest.trim_start_matches([' ', '\t', ':', '=', '-']).len();
    let (signs, rest) = rest.split_at(signs);
    let id = rest.split([' ', ',', ';']).next().unwrap_or_default();
    let is_rule = RuleId::is_well_formed(id);
    let has_colon = signs.contains([':', '=']);
    match word.to_ascii_lowercase().as_str() {
        // `ok := lookup()` and `ok = true` are code that somebody took out.
        "ok" | "okay"
            if signs.contains(':') && !signs.contains('=') || mutation_in(rest).is_some() =>
        {
            Some(format!(
                "`{word}{}` is no mark, so nothing is proven here: write `ok: why it is none`",
                signs.trim_end()
            ))
        }
        // A `TODO SHOP-17` is for whoever tracks that.
        "todo" if is_rule && word == "todo" && has_colon => Some(written(word, signs, id, "todo")),
        "finding" if is_rule => Some(written(word, signs, id, "finding")),
        _ if is_rule && nearest(word, ["finding"]).is_some() => {
            Some(written(word, signs, id, "finding"))
        }
        _ => None,
    }
}

fn written(word: &str, signs: &str, id: &str, keyword: &str) -> String {
    format!("`{word}{signs}{id}` is no mark, so nothing is expected here: write `{keyword}: {id}`")
}

/// A replacement at the end of a reason that no `mutate:` stands before.
pub(super) fn mutation_in(why: &str) -> Option<&str> {
    let starts = why
        .char_indices()
        .filter(|(at, _)| why[..*at].ends_with([' ', '\t', ';', ',', ':', '=']) || *at == 0)
        .map(|(at, _)| &why[at..]);
    let is_replacement = |tail: &str| {
        let sign = tail.strip_prefix('s').and_then(|rest| rest.chars().next());
        sign.is_some_and(|sign| sign.is_ascii_punctuation())
    };
    // A word before the replacement may be the path of another file, but not a keyword with a slip.
    let is_named = |tail: &str| {
        let first = tail.split(' ').next().unwrap_or_default();
        first.contains(['.', '/']) && !first.ends_with([':', '='])
    };
    starts
        .filter(|tail| is_replacement(tail) || is_named(tail))
        .find(|tail| mutation::read(tail).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_near_a_keyword_before_a_rule_are_slips() {
        for (remark, part) in [
            ("findng: NET-1", "write `finding: NET-1`"),
            ("finding : NET-1 -- because", "`finding : NET-1` is no mark"),
            ("FINDING NET-1", "write `finding: NET-1`"),
            ("Finding: NET-1, NET-2", "`Finding: NET-1`"),
            ("findings: NET-1", "write `finding: NET-1`"),
            ("todo : NET-1", "write `todo: NET-1`"),
            ("OK: it has a limit", "`OK:` is no mark"),
            ("ok : it has a limit", "`ok :` is no mark"),
            ("okay: it has a limit", "`okay:` is no mark"),
            ("ok it has a limit; mutate: s/a/b/", "`ok` is no mark"),
        ] {
            let said = of(remark).unwrap_or_default();
            assert!(said.contains(part), "{remark}: {said}");
        }
    }

    #[test]
    fn other_remarks_are_none() {
        for remark in [
            "see NET-1",
            "the finding NET-1 is another line",
            "TODO SHOP-17 take it away",
            "TODO: SHOP-17 take it away",
            "fixing: the rest",
            "ok, that will do",
            "ok := lookup()",
            "ok = true",
            "okay",
            "",
        ] {
            assert_eq!(of(remark), None, "{remark}");
        }
        assert_eq!(
            remarks("noqa: X1  # one // two").collect::<Vec<_>>(),
            ["noqa: X1  # one // two", "one // two", "two"]
        );
    }

    #[test]
    fn a_replacement_at_a_reasons_end_is_seen_whatever_stands_before_it() {
        for (why, written) in [
            ("ends in time; mutate s/=5/=50/", "s/=5/=50/"),
            ("x; Mutate: c.py s/=5/=50/", "c.py s/=5/=50/"),
            ("x; mutat: s/=5/=50/", "s/=5/=50/"),
            ("x; muate=s|a b|c d|", "s|a b|c d|"),
            ("x s/a/b/ s/c/d/", "s/a/b/ s/c/d/"),
        ] {
            assert_eq!(mutation_in(why), Some(written), "{why}");
        }
        for why in [
            "does not mutate state/rows",
            "see src/rows/all.py",
            "one s/he/it of three",
            "its size is set",
        ] {
            assert_eq!(mutation_in(why), None, "{why}");
        }
    }
}
