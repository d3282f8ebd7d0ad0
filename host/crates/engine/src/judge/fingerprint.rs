//! The name of a finding that outlives edits around it: version, rule, path, symbol, normalised code, ordinal.
//!
//! Neither line numbers nor messages are in it, so inserted lines, a reworded message, reformatting, another quote style
//! and a changed comment leave it alone. Renaming the function around it or changing the code itself makes another
//! finding of it. The ordinal tells equal code in one symbol apart, in the order of the file.

use std::collections::BTreeMap;

use perfctl_core::finding::Finding;
use perfctl_core::place::{Excerpt, Place};
use sha2::{Digest, Sha256};

use crate::prepare::hexadecimal;

/// Version of the scheme, in front of every fingerprint. Two versions are never compared with each other.
pub const VERSION: &str = "v1-";

/// Most findings of equal code in one symbol among which one is looked for.
const MOST_EQUAL: u64 = 1000;

/// Fills in the fingerprint of every finding that has none.
pub fn assign(findings: &mut [Finding]) {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|at| {
        let finding = &findings[*at];
        (finding.place.clone(), finding.rule.clone(), *at)
    });
    let mut seen: BTreeMap<[u8; 32], u64> = BTreeMap::new();
    for at in order {
        let finding = &mut findings[at];
        let family = family(finding, &finding.place.path);
        let equal = seen.entry(family.clone().finalize().into()).or_default();
        if finding.fingerprint.is_empty() {
            finding.fingerprint = named(&family, *equal);
        }
        *equal += 1;
    }
}

/// The fingerprint that `finding` would have if its file lay at `path`; `None` where that cannot be told, because its excerpt hides
/// what the code was.
pub(crate) fn at(finding: &Finding, path: &str) -> Option<String> {
    if *finding.place.path == *path {
        return Some(finding.fingerprint.clone());
    }
    let here = family(finding, &finding.place.path);
    let equal = (0..MOST_EQUAL).find(|equal| named(&here, *equal) == finding.fingerprint)?;
    Some(named(&family(finding, path), equal))
}

/// What all equal code of one symbol shares, as if its file lay at `path`.
fn family(finding: &Finding, path: &str) -> Sha256 {
    let mut hash = Sha256::new();
    let code = code(finding);
    for part in [finding.rule.as_str(), path, &finding.symbol, &code] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash
}

/// The fingerprint of a family's member, counted from 0 in the order of the file.
fn named(family: &Sha256, equal: u64) -> String {
    let mut hash = family.clone();
    hash.update(equal.to_le_bytes());
    format!("{VERSION}{}", hexadecimal(&hash.finalize()[..16]))
}

/// The code that a finding is about, as its fingerprint has it.
pub(crate) fn code(finding: &Finding) -> String {
    let raw = anchor(&finding.place, &finding.excerpt);
    let code = normalise(&raw, Syntax::of(&finding.place.path));
    if code.is_empty() {
        // The finding is about a comment.
        return raw.split_whitespace().collect();
    }
    code
}

/// The code at `place`, as far as the excerpt shows it; the whole first line for an empty place. Lines and columns count,
/// not bytes, because the excerpt's invalid UTF-8 is replaced.
fn anchor(place: &Place, excerpt: &Excerpt) -> String {
    let first = place.start.line.saturating_sub(excerpt.first_line) as usize;
    let last = place.end.line.saturating_sub(excerpt.first_line) as usize;
    let lines: Vec<&str> = excerpt.text.lines().collect();
    let Some(start) = lines
        .get(first)
        .filter(|_| place.start.line >= excerpt.first_line)
    else {
        return String::new();
    };
    if place.start >= place.end {
        return (*start).to_owned();
    }
    let skip = |line: &str, columns: u32| line.chars().skip(columns as usize).collect::<String>();
    let take = |line: &str, columns: u32| line.chars().take(columns as usize).collect::<String>();
    let (from, to) = (
        place.start.column.saturating_sub(1),
        place.end.column.saturating_sub(1),
    );
    if first == last {
        return take(&skip(start, from), to - from);
    }
    let mut text = skip(start, from);
    for (at, line) in lines.iter().enumerate().skip(first + 1) {
        text.push('\n');
        if at >= last {
            text.push_str(&take(line, to));
            break;
        }
        text.push_str(line);
    }
    text
}

/// How a language writes comments. Strings are alike everywhere: quotes, backslash escapes, tripled quotes, backticks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Syntax {
    /// `#` to the end of the line.
    hash: bool,
    /// `#` only after white space, as in shell and YAML, where `a#b` is a word.
    hash_needs_space: bool,
    /// `//` and `/* */`.
    slashes: bool,
    /// `--` to the end of the line.
    dashes: bool,
    /// `<!-- -->`.
    markup: bool,
}

impl Syntax {
    fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let none = Self::default();
        match extension {
            "py" | "pyi" | "rb" | "toml" | "cfg" | "ini" | "conf" | "pl" | "r" | "mk" => {
                Self { hash: true, ..none }
            }
            "yaml" | "yml" | "sh" | "bash" | "env" => Self {
                hash: true,
                hash_needs_space: true,
                ..none
            },
            "tf" | "hcl" | "tfvars" | "php" => Self {
                hash: true,
                slashes: true,
                ..none
            },
            "sql" => Self {
                dashes: true,
                slashes: true,
                ..none
            },
            "lua" => Self {
                dashes: true,
                ..none
            },
            "html" | "xml" | "md" | "svg" => Self {
                markup: true,
                ..none
            },
            "vue" | "svelte" => Self {
                markup: true,
                slashes: true,
                ..none
            },
            "json" | "csv" | "txt" => none,
            _ if name.contains("dockerfile") || name.contains("containerfile") => Self {
                hash: true,
                hash_needs_space: true,
                ..none
            },
            _ if name == "makefile" || name == "procfile" => Self {
                hash: true,
                hash_needs_space: true,
                ..none
            },
            _ => Self {
                slashes: true,
                ..none
            },
        }
    }

    /// The length of the comment that begins at `at`, 0 if none does.
    fn comment(self, text: &str, at: usize) -> usize {
        let rest = &text[at..];
        let line = || rest.find('\n').unwrap_or(rest.len());
        let until = |open: usize, end: &str| {
            rest[open..]
                .find(end)
                .map_or(rest.len(), |found| open + found + end.len())
        };
        let spaced = text[..at].ends_with(char::is_whitespace) || at == 0;
        let hash = self.hash && rest.starts_with('#') && (spaced || !self.hash_needs_space);
        let slashes = self.slashes && rest.starts_with("//");
        let dashes = self.dashes && rest.starts_with("--");
        if hash || slashes || dashes {
            line()
        } else if self.slashes && rest.starts_with("/*") {
            until(2, "*/")
        } else if self.markup && rest.starts_with("<!--") {
            until(4, "-->")
        } else {
            0
        }
    }
}

/// `code` without comments, white space, trailing commas and final semicolons, and with one quote style.
fn normalise(code: &str, syntax: Syntax) -> String {
    let mut done = String::with_capacity(code.len());
    let mut at = 0;
    while let Some(c) = code[at..].chars().next() {
        let comment = syntax.comment(code, at);
        if comment > 0 {
            at += comment;
        } else if matches!(c, '\'' | '"' | '`') {
            at += string(&code[at..], c, &mut done);
        } else if c.is_whitespace() {
            at += c.len_utf8();
        } else if c == '\\' && code[at + 1..].trim_start_matches('\r').starts_with('\n') {
            // A continued line is one line.
            at += 1;
        } else {
            if matches!(c, ')' | ']' | '}') && done.ends_with(',') {
                done.pop();
            }
            done.push(c);
            at += c.len_utf8();
        }
    }
    done.truncate(done.trim_end_matches(';').len());
    done
}

/// Appends the string literal at the front of `rest` with double quotes, and answers its length. A string that is not
/// tripled ends with its line at the latest, so that an apostrophe in prose swallows no more than that.
fn string(rest: &str, quote: char, done: &mut String) -> usize {
    let triple: String = std::iter::repeat_n(quote, 3).collect();
    let is_triple = quote != '`' && rest.starts_with(&triple);
    let open = if is_triple { 3 } else { 1 };
    let close = &rest[..open];
    done.push('"');
    let mut at = open;
    while let Some(c) = rest[at..].chars().next() {
        if rest[at..].starts_with(close) {
            done.push('"');
            return at + open;
        }
        if c == '\n' && !is_triple && quote != '`' {
            break;
        }
        if c == '\\' {
            let escaped = rest[at + 1..].chars().next();
            if !matches!(escaped, Some('\'' | '"')) {
                done.push(c);
            }
            done.extend(escaped);
            at += 1 + escaped.map_or(0, char::len_utf8);
        } else {
            if c != '\r' {
                done.push(c);
            }
            at += c.len_utf8();
        }
    }
    done.push('"');
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes;
    use proptest::prelude::*;

    fn name(source: &str, needle: &str, path: &str) -> String {
        let mut found = [fakes::finding_in(source, needle, "NET-1", path)];
        assign(&mut found);
        found[0].fingerprint.clone()
    }

    #[test]
    fn lines_above_messages_comments_layout_and_quotes_do_not_change_it() {
        let base = name(
            "def f():\n    x = get(url, 'a b', k=1)\n",
            "get(url, 'a b', k=1)",
            "a.py",
        );
        assert!(base.starts_with(VERSION) && base.len() == VERSION.len() + 32);
        let same = [
            (
                "# new\n\n\ndef f():\n    x = get(url, 'a b', k=1)\n",
                "get(url, 'a b', k=1)",
            ),
            (
                "def f():\n    y = get(url, \"a b\", k=1)\n",
                "get(url, \"a b\", k=1)",
            ),
            (
                "x = get(\n    url,  # the address\n    'a b',\n    k = 1,\n)\n",
                "get(\n    url,  # the address\n    'a b',\n    k = 1,\n)",
            ),
            (
                "x = get(url, 'a b', \\\r\n  k=1)",
                "get(url, 'a b', \\\r\n  k=1)",
            ),
        ];
        for (source, needle) in same {
            assert_eq!(name(source, needle, "a.py"), base, "{source}");
        }
        let other = [
            ("get(url, 'a  b', k=1)", "a.py"),
            ("get(url, 'a b', k=2)", "a.py"),
            ("get(url, 'a b', k=1)", "b.py"),
        ];
        for (source, path) in other {
            assert_ne!(name(source, source, path), base, "{source}");
        }
    }

    #[test]
    fn the_message_is_not_in_it_and_the_symbol_is() {
        let mut findings = vec![fakes::finding("NET-1", "a.py", 3); 3];
        findings[1].message = "reworded".to_owned();
        findings[2].symbol = "g".to_owned();
        let mut names = Vec::new();
        for finding in &findings {
            let mut alone = [finding.clone()];
            assign(&mut alone);
            names.push(alone[0].fingerprint.clone());
        }
        assert!(names[0] == names[1] && names[0] != names[2]);
    }

    #[test]
    fn equal_code_in_one_symbol_is_told_apart_by_its_order() {
        let mut findings = vec![
            fakes::finding("NET-1", "a.py", 9),
            fakes::finding("NET-1", "a.py", 3),
        ];
        assign(&mut findings);
        let mut alone = [fakes::finding("NET-1", "a.py", 3)];
        assign(&mut alone);
        assert_eq!(findings[1].fingerprint, alone[0].fingerprint);
        assert_ne!(findings[0].fingerprint, findings[1].fingerprint);
    }

    #[test]
    fn a_finding_has_in_another_file_the_name_that_it_had_there() {
        let two = |path: &str| {
            let mut findings = [3, 9].map(|line| fakes::finding("NET-1", path, line));
            assign(&mut findings);
            findings
        };
        let (before, now) = (two("a.py"), two("app/b.py"));
        for (before, now) in before.iter().zip(&now) {
            assert_eq!(at(now, "a.py").as_ref(), Some(&before.fingerprint));
            assert_eq!(at(now, "app/b.py").as_ref(), Some(&now.fingerprint));
        }
        let mut hidden = now[1].clone();
        hidden.excerpt.text = "****".to_owned();
        assert_eq!(at(&hidden, "a.py"), None);
    }

    #[test]
    fn comments_are_those_of_the_language() {
        let cases = [
            ("a.js", "f(a /* b */, c) // d", "f(a,c)"),
            ("a.py", "f(a // b)", "f(a//b)"),
            ("a.sql", "select a -- b\nfrom c", "selectafromc"),
            ("k8s/a.yaml", "image: a#b # c", "image:a#b"),
            ("Dockerfile.web", "RUN x # y", "RUNx"),
            ("a.go", "s := \"// no\"", "s:=\"// no\""),
            ("a.html", "<a><!-- b --></a>", "<a></a>"),
            ("a.json", "{\"a\": \"#\"}", "{\"a\":\"#\"}"),
            ("a.ts", "f({a, b,});", "f({a,b})"),
        ];
        for (path, code, expected) in cases {
            assert_eq!(normalise(code, Syntax::of(path)), expected, "{path}");
        }
    }

    #[test]
    fn a_place_outside_of_its_excerpt_still_has_a_name() {
        let mut finding = fakes::finding("NET-1", "a.py", 3);
        finding.excerpt = Excerpt::default();
        finding.place.start.line = 0;
        let mut found = [finding];
        assign(&mut found);
        assert!(found[0].fingerprint.len() > VERSION.len());
    }

    /// A piece of code, and the same piece as another formatter would write it.
    fn piece() -> impl Strategy<Value = (String, String)> {
        prop_oneof![
            "[a-z]{1,6}".prop_map(|word| (word.clone(), word)),
            "[a-z #,/]{0,8}".prop_map(|text| (format!("'{text}'"), format!("\"{text}\""))),
            ("[a-z]{1,4}", "[0-9]{1,3}")
                .prop_map(|(name, value)| (format!("{name}={value}"), format!("{name} = {value}"))),
        ]
    }

    proptest! {
        #[test]
        fn reformatting_never_changes_it(
            pieces in prop::collection::vec(piece(), 1..6),
            comment in "[a-z '\"]{0,10}",
            above in 0_usize..5,
        ) {
            let plain: Vec<&str> = pieces.iter().map(|(plain, _)| plain.as_str()).collect();
            let plain = format!("call({})", plain.join(", "));
            let mut wide = String::from("call(\n");
            for (_, piece) in &pieces {
                wide.push_str(&format!("        {piece},  # {comment}\n"));
            }
            wide.push_str("    )");
            let moved = format!("{}x = {wide}\n", "# above\n".repeat(above));
            prop_assert_eq!(name(&moved, &wide, "a.py"), name(&plain, &plain, "a.py"));
        }

        #[test]
        fn any_text_is_normalised_without_a_panic(code in "\\PC{0,80}", path in "a\\.(py|js|sql|html|yaml|json)") {
            let once = normalise(&code, Syntax::of(&path));
            prop_assert!(once.len() <= code.len() + 2 * code.len());
        }
    }
}
