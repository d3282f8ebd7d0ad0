//! Blocks of a template that are opened and not closed, or the other way round: the parser says of them only which tokens it would
//! have taken, far from where the block begins. Asked once the parser refused a template.

/// What is wrong, with the line and column where it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unbalanced {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) what: String,
}

/// An opened block.
struct Open<'t> {
    at: usize,
    /// As written, without what stands behind its first line.
    tag: &'t str,
    name: &'t str,
}

/// Longest tag that is quoted, in bytes.
const LONGEST: usize = 60;

/// The first block of `text` that is not closed as it should be.
pub(super) fn unbalanced(text: &str) -> Option<Unbalanced> {
    let told = |at: usize, what: String| {
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Some(Unbalanced {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what,
        })
    };
    let line_of = |at: usize| text[..at].matches('\n').count() + 1;
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{{") {
        let begin = at + found;
        let is_escaped = text[..begin].ends_with('\\') && !text[..begin].ends_with("\\\\");
        let rest = &text[begin..];
        let close = match rest {
            _ if is_escaped => "",
            _ if rest.starts_with("{{!--") || rest.starts_with("{{~!--") => "--",
            _ if rest.starts_with("{{{{") => "}}}}",
            _ if rest.starts_with("{{{") => "}}}",
            _ => "}}",
        };
        if close.is_empty() {
            at = begin + 2;
            continue;
        }
        let end = match close {
            "--" => rest
                .find("--}}")
                .map(|end| end + 4)
                .or_else(|| rest.find("--~}}").map(|end| end + 5)),
            close => rest.find(close).map(|end| end + close.len()),
        };
        let Some(length) = end else {
            let sign = &rest[..rest.len().min(if close == "--" { 5 } else { close.len() })];
            let ends = if close == "--" { "--}}" } else { close };
            return told(begin, format!("`{sign}` is not ended by `{ends}`"));
        };
        let tag = &rest[..length];
        at = begin + length;
        let inner = tag.trim_matches(['{', '}']).trim_matches('~').trim();
        let name_of = |text: &'_ str| -> usize {
            let text_length = text.len();
            text.find(|c: char| c.is_whitespace() || c == '~')
                .unwrap_or(text_length)
        };
        if let Some(block) = inner.strip_prefix(['#', '^']) {
            // `{{#> layout}}`, `{{#*inline "x"}}`, `{{^}}` for else.
            let block = block.trim_start_matches(['>', '*', '^']).trim_start();
            if !block.is_empty() {
                let name = &block[..name_of(block)];
                open.push(Open {
                    at: begin,
                    tag,
                    name,
                });
            }
        } else if let Some(block) = inner.strip_prefix('/') {
            let name = block.trim();
            match open.pop() {
                Some(opened) if opened.name == name => {}
                Some(opened) => {
                    return told(
                        begin,
                        format!(
                            "`{}` is the closing of another block than `{}` of line {}, which is still open: write `{{{{/{}}}}}` first",
                            shown(tag),
                            shown(opened.tag),
                            line_of(opened.at),
                            opened.name
                        ),
                    );
                }
                None => {
                    return told(
                        begin,
                        format!(
                            "`{}` is the closing of a block that is not open",
                            shown(tag)
                        ),
                    );
                }
            }
        }
    }
    let opened = open.pop()?;
    told(
        opened.at,
        format!(
            "`{}` is not closed: write `{{{{/{}}}}}` where it ends",
            shown(opened.tag),
            opened.name
        ),
    )
}

fn shown(tag: &str) -> String {
    let line = tag.lines().next().unwrap_or_default();
    match line.len() > LONGEST {
        true => format!("{}...", &line[..line.floor_char_boundary(LONGEST)]),
        false => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(usize, usize, String)> {
        unbalanced(text).map(|found| (found.line, found.column, found.what))
    }

    #[test]
    fn the_block_and_its_line_are_named() {
        for (text, line, column, what) in [
            (
                "a\n{{#each things}}\nb\n{{title}}\n",
                2,
                1,
                "`{{#each things}}` is not closed: write `{{/each}}`",
            ),
            (
                "{{#if a}}\n  {{#each b}}\n{{/if}}",
                3,
                1,
                "`{{/if}}` is the closing of another block than `{{#each b}}` of line 2",
            ),
            (
                "x {{~/if~}}",
                1,
                3,
                "`{{~/if~}}` is the closing of a block that is not open",
            ),
            (
                "{{#if a}}{{else}}{{/if}}\n{{title",
                2,
                1,
                "`{{` is not ended by `}}`",
            ),
            ("{{!-- {{#each x}} ", 1, 1, "`{{!--` is not ended by `--}}`"),
            ("{{{raw}}", 1, 1, "`{{{` is not ended by `}}}`"),
        ] {
            let found = told(text).expect("something is wrong");
            assert!(found.2.starts_with(what), "{text}: {found:?}");
            assert_eq!((found.0, found.1), (line, column), "{text}");
        }
    }

    #[test]
    fn what_is_balanced_is_left_to_the_parser() {
        for text in [
            "",
            "{{#each a}}{{#if b}}x{{^}}y{{/if}}{{else}}z{{/each}}",
            "{{! {{ }} {{!-- {{#each}} --}}",
            "{{~#if a~}}x{{~/if~}}",
            "\\{{#each a}} {{#> layout}}x{{/layout}} {{#*inline \"x\"}}y{{/inline}}",
            "{{^if a}}x{{/if}} {{{raw}}}",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
