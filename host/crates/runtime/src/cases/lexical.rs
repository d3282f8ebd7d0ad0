//! Comments by their signs, for files that have no parser here: configuration, SQL, shell, markup.

use perfctl_core::place::ByteSpan;

/// The signs of comments of one family of languages.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Signs {
    /// What begins a comment that the line's end ends.
    line: &'static [&'static str],
    /// What begins and ends a comment of any length.
    block: &'static [(&'static str, &'static str)],
    /// Whether a comment may stand behind something else on its line.
    trails: bool,
}

/// `#`: YAML, TOML, shell, Make, requirements and most configuration.
pub(super) const HASH: &Signs = &Signs {
    line: &["#"],
    block: &[],
    trails: true,
};
/// `//` and `/* */`: the family of C, JSON with comments.
pub(super) const C: &Signs = &Signs {
    line: &["//"],
    block: &[("/*", "*/")],
    trails: true,
};
/// HCL knows both.
const HCL: &Signs = &Signs {
    line: &["#", "//"],
    block: &[("/*", "*/")],
    trails: true,
};
const SQL: &Signs = &Signs {
    line: &["--"],
    block: &[("/*", "*/")],
    trails: true,
};
const LUA: &Signs = &Signs {
    line: &["--"],
    block: &[],
    trails: true,
};
const INI: &Signs = &Signs {
    line: &["#", ";"],
    block: &[],
    trails: true,
};
const MARKUP: &Signs = &Signs {
    line: &[],
    block: &[("<!--", "-->"), ("/*", "*/"), ("{#", "#}")],
    trails: true,
};
/// Lists of patterns know comment lines only.
const PATTERNS: &Signs = &Signs {
    line: &["#"],
    block: &[],
    trails: false,
};
/// Anything else: whatever looks like a comment line.
const ANY: &Signs = &Signs {
    line: &["#", "//", "--", ";"],
    block: &[("/*", "*/"), ("<!--", "-->"), ("{#", "#}")],
    trails: false,
};

/// The signs of the file at `path`, by its name.
pub(super) fn signs_of(path: &str) -> &'static Signs {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    if name.ends_with("ignore") || name == "codeowners" || name == ".gitattributes" {
        return PATTERNS;
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "yaml" | "yml" | "toml" | "sh" | "bash" | "zsh" | "txt" | "env" | "conf" | "rb" | "pyi"
        | "graphql" | "r" | "jl" | "mk" | "properties" | "lock" => HASH,
        "tf" | "hcl" | "tfvars" | "nomad" | "php" => HCL,
        "sql" => SQL,
        "lua" | "luau" => LUA,
        "ini" | "cfg" => INI,
        "html" | "htm" | "xml" | "vue" | "svelte" | "md" | "j2" | "jinja" | "css" => MARKUP,
        "ts" | "cts" | "mts" | "json" | "jsonc" | "json5" | "java" | "kt" | "kts" | "rs" | "c"
        | "h" | "cc" | "cpp" | "hpp" | "cs" | "swift" | "scala" | "proto" | "gradle" | "groovy"
        | "scss" | "less" | "mod" | "dart" => C,
        _ => match &*name {
            "makefile" | "gnumakefile" | "procfile" | "pipfile" | "gemfile" | "brewfile"
            | "caddyfile" | ".env" => HASH,
            _ if name.starts_with(".env") => HASH,
            _ => ANY,
        },
    }
}

enum Sign {
    Line,
    Block(usize, &'static str),
}

/// The comments of `text`. One that stands behind something on its line counts only where `may_trail` says so of its place.
pub(super) fn spans(
    text: &str,
    signs: &'static Signs,
    may_trail: impl Fn(u32) -> bool,
) -> Vec<ByteSpan> {
    let span = |from: usize, to: usize| ByteSpan::new(from as u32, to as u32);
    let mut all = Vec::new();
    let mut open: Option<(usize, &'static str)> = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let mut at = 0;
        loop {
            match open {
                Some((start, close)) => {
                    let Some(found) = body[at..].find(close) else {
                        break;
                    };
                    at += found + close.len();
                    all.push(span(start, offset + at));
                    open = None;
                }
                None => {
                    let Some((start, sign)) = first_sign(body, at, signs) else {
                        break;
                    };
                    let trails = !body[..start].trim().is_empty();
                    let counts = !trails || (signs.trails && may_trail((offset + start) as u32));
                    match sign {
                        Sign::Line if counts => {
                            all.push(span(offset + start, offset + body.len()));
                            break;
                        }
                        Sign::Block(length, close) if counts => {
                            open = Some((offset + start, close));
                            at = start + length;
                        }
                        Sign::Line | Sign::Block(..) => at = start + 1,
                    }
                }
            }
        }
        offset += line.len();
    }
    if let Some((start, _)) = open {
        all.push(span(start, text.len()));
    }
    all
}

/// The first comment sign of `line` from `from` on that stands in no string.
fn first_sign(line: &str, from: usize, signs: &'static Signs) -> Option<(usize, Sign)> {
    let mut at = from;
    while let Some(c) = line[at..].chars().next() {
        let rest = &line[at..];
        let before = line[..at].chars().next_back();
        if before.is_none_or(char::is_whitespace)
            && signs.line.iter().any(|sign| rest.starts_with(sign))
        {
            return Some((at, Sign::Line));
        }
        if let Some((open, close)) = signs.block.iter().find(|(open, _)| rest.starts_with(open)) {
            return Some((at, Sign::Block(open.len(), close)));
        }
        at += match c {
            '"' | '\'' | '`' if !is_within_word(before, rest) => {
                string_length(rest, c).unwrap_or(c.len_utf8())
            }
            _ => c.len_utf8(),
        };
    }
    None
}

/// Whether a quote is an apostrophe: `it's`.
fn is_within_word(before: Option<char>, rest: &str) -> bool {
    before.is_some_and(char::is_alphanumeric)
        && rest.chars().nth(1).is_some_and(char::is_alphanumeric)
}

/// Bytes of the string that `rest` begins with; `None` when its line does not end it.
fn string_length(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    rest.char_indices().skip(1).find_map(|(at, c)| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then(|| at + c.len_utf8())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(path: &str, text: &str) -> Vec<String> {
        spans(text, signs_of(path), |_| true)
            .iter()
            .map(|span| text[span.range()].to_owned())
            .collect()
    }

    #[test]
    fn each_family_has_its_signs() {
        for (path, text, comments) in [
            (
                "a.yaml",
                "# one\na: b#no\nc: 'x # no' # two\nd: it's # three\ne: users' # four\n",
                &["# one", "# two", "# three", "# four"][..],
            ),
            (
                ".github/workflows/ci.yml",
                "run: |\n  make  # one\n",
                &["# one"],
            ),
            ("pyproject.toml", "a = \"# no\" # one\n", &["# one"]),
            (
                "a.sql",
                "SELECT '-- no' -- one\n/* two\nlines */ FROM t\n",
                &["-- one", "/* two\nlines */"],
            ),
            (
                "main.tf",
                "a = 1 # one\nb = 2 // two\n/* three */\nc = \"http://no\"\n",
                &["# one", "// two", "/* three */"],
            ),
            (
                "index.html",
                "<p># no</p> <!-- one -->\n<!-- two",
                &["<!-- one -->", "<!-- two"],
            ),
            (
                "tsconfig.json",
                "{ \"a\": \"// no\", // one\n}",
                &["// one"],
            ),
            (".dockerignore", "# one\na # no\n", &["# one"]),
            ("LICENSE", "# one\nx // no\n-- two\n", &["# one", "-- two"]),
            (
                "requirements.txt",
                "django==5.0  # one\r\nx@git+https://a#no\r\n",
                &["# one"],
            ),
        ] {
            assert_eq!(texts(path, text), comments, "{path}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_comments_within_it_and_in_order(text in "[a#/*'\"`\\\\<!> é\n-]{0,80}") {
            for path in ["a.yaml", "a.sql", "a.tf", "a.html", "a"] {
                let found = spans(&text, signs_of(path), |_| true);
                proptest::prop_assert!(found.iter().all(|span| text.get(span.range()).is_some()));
                proptest::prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
            }
        }
    }
}
