//! Escaping for HTML, XML and Markdown. The input is neutralised here too, so a caller needs one call only.

use std::fmt::Write as _;

use crate::neutral;

/// Text or attribute value for HTML and XML. Line ends and tabs stay.
pub(crate) fn html(text: &str) -> String {
    let text = neutral::block(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Attribute value for XML: as [`html`], with line ends and tabs as character references, which a parser would
/// otherwise fold into spaces.
pub(crate) fn attribute(text: &str) -> String {
    html(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// Inline text for Markdown (CommonMark with tables), safe at the start of a line and in a table cell. One line.
pub(crate) fn markdown(text: &str) -> String {
    let text = neutral::sentence(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if at < done {
            continue;
        }
        match c {
            // A forge notifies whoever is named so, escaped or not, unless it stands in code.
            '@' if mentioned(&text, at) > 0 => {
                done = at + 1 + mentioned(&text, at);
                let _ = write!(out, "`{}`", &text[at..done]);
            }
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // An exclamation mark makes an image of a link that follows it.
            '!' if text[at + 1..].starts_with('[') => out.push_str("\\!"),
            '#' | '+' | '-' | '=' if at == 0 && opens_block(&text[1..], c) => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if at == digits && digits > 0 && opens_block(&text[at + 1..], ' ') => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Bytes of the name that the `@` at `at` mentions; 0 when it mentions nobody, as in an address.
fn mentioned(text: &str, at: usize) -> usize {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return 0;
    }
    let name = text[at + 1..].bytes();
    name.take_while(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
        .count()
}

/// Whether a sign at the start of a line makes a heading, a list, a rule or an underline, given what follows it.
fn opens_block(rest: &str, sign: char) -> bool {
    rest.is_empty() || rest.starts_with(' ') || rest.starts_with(sign)
}

/// A code span for Markdown: delimiters longer than any run of backticks inside. With `in_table`, pipes are escaped as
/// the table syntax wants even inside code. Empty text gives an empty string, because an empty span is no span.
pub(crate) fn code_span(text: &str, in_table: bool) -> String {
    let text = neutral::line(text);
    if text.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let pad = text.starts_with('`') || text.ends_with('`') || text.trim().is_empty();
    let pad = if pad || (text.starts_with(' ') && text.ends_with(' ')) {
        " "
    } else {
        ""
    };
    let body = if in_table {
        text.replace('|', "\\|")
    } else {
        text.into_owned()
    };
    format!("{fence}{pad}{body}{pad}{fence}")
}

/// A fenced block for Markdown whose fence is longer than any run of backticks inside; ends with a line end.
pub(crate) fn code_fence(text: &str, language: &str) -> String {
    let text = neutral::block(text);
    let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
    let language: String = language
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '_'))
        .collect();
    let mut out = String::with_capacity(text.len() + 16);
    let _ = writeln!(out, "{fence}{language}");
    out.push_str(&text);
    if !text.ends_with('\n') {
        out.push('\n');
    }
    let _ = writeln!(out, "{fence}");
    out
}

fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut current) = (0, 0);
    for c in text.chars() {
        current = if c == wanted { current + 1 } else { 0 };
        longest = longest.max(current);
    }
    longest
}

/// A path in a URI reference: everything but unreserved characters and slashes is percent-encoded, as RFC 3986 wants.
pub(crate) fn uri_path(path: &str) -> String {
    percent_encoded(path, b"-._~/@+,=")
}

/// A path in the URI reference of a result file that other programs hold against paths as git writes them. What RFC 3986 lets stand in
/// a path stands as it is, and so do square brackets, which it would have encoded: routers of the web name files so (`[id].ts`), and
/// readers that compare without decoding would not find them again.
pub(crate) fn artifact_path(path: &str) -> String {
    percent_encoded(path, b"-._~/@!$&'()*+,;=[]")
}

/// `path` with every byte encoded but letters, digits and those of `kept`.
fn percent_encoded(path: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_notified_by_what_stands_in_a_path_or_a_sentence() {
        for (text, markdown_of) in [
            ("src/@types/x.ts", "src/`@types`/x.ts"),
            ("@team_shop signs", "`@team_shop` signs"),
            ("ada@shop.example", "ada@shop.example"),
            ("a @ b, @", "a @ b, @"),
            ("`@x`", "\\``@x`\\`"),
        ] {
            assert_eq!(markdown(text), markdown_of);
        }
    }

    #[test]
    fn a_path_of_a_result_file_is_the_path_of_the_repository() {
        let routes = "app/(shop)/[id]/users.$name.tsx";
        assert_eq!(artifact_path(routes), routes);
        assert_eq!(
            artifact_path("a b/100%:\u{e9}.py"),
            "a%20b/100%25%3A%C3%A9.py"
        );
    }

    #[test]
    fn html_text_cannot_open_a_tag_or_leave_an_attribute() {
        assert_eq!(
            html("<b a='\"'>&\x1b"),
            "&lt;b a=&#39;&quot;&#39;&gt;&amp;\\x1b"
        );
        assert_eq!(attribute("a\nb\t"), "a&#10;b&#9;");
    }

    #[test]
    fn markdown_text_cannot_start_a_block_or_a_cell() {
        assert_eq!(markdown("# a | *b*\n<i>"), "\\# a \\| \\*b\\* &lt;i&gt;");
        assert_eq!(markdown("12. go"), "12\\. go");
        assert_eq!(markdown("12.5 s"), "12.5 s");
        assert_eq!(markdown("+3 %"), "+3 %");
        assert_eq!(markdown("---"), "\\---");
        assert_eq!(markdown("![x](y)"), "\\!\\[x\\](y)");
        assert_eq!(markdown("plain, with - dash."), "plain, with - dash.");
    }

    #[test]
    fn code_spans_and_fences_outgrow_the_backticks_inside() {
        assert_eq!(code_span("a`b", false), "``a`b``");
        assert_eq!(code_span("`", false), "`` ` ``");
        assert_eq!(code_span("a|b", true), "`a\\|b`");
        assert_eq!(code_span("", false), "");
        assert_eq!(
            code_fence("```\nx", "py\nthon"),
            "````python\n```\nx\n````\n"
        );
    }

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri_path("a b/ü#1?.py"), "a%20b/%C3%BC%231%3F.py");
    }
}
