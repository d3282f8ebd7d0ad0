//! Markdown that rules bring along (what, why, how to fix), for HTML, for Markdown reports and for terminals.
//!
//! Packs are written by strangers, so raw HTML becomes text, images become their descriptions (nothing is ever
//! fetched), and links survive only with a harmless scheme.

pub(crate) mod language;
mod writer;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use crate::neutral;
pub use language::labelled;
use writer::Writer;

/// The events of `text` without anything that could run or fetch.
fn harmless(text: &str) -> impl Iterator<Item = Event<'_>> {
    let mut dropped = Vec::new();
    Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).filter_map(move |event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            ..
        }) => {
            let keep = dest_url.starts_with("https://") || dest_url.starts_with("http://");
            dropped.push(!keep);
            keep.then(|| {
                let title = CowStr::Borrowed("");
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id: CowStr::Borrowed(""),
                })
            })
        }
        Event::End(TagEnd::Link) => (!dropped.pop().unwrap_or(false)).then_some(event),
        Event::Start(Tag::Heading { .. }) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Paragraph)),
        event => Some(event),
    })
}

/// As HTML of paragraphs, lists, code and links. Headings become paragraphs, so that a rule cannot disturb the
/// outline of the report.
pub(crate) fn to_html(text: &str) -> String {
    let text = neutral::block(text);
    let mut out = String::new();
    let events = harmless(&text).map(|event| match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: neutral::line(&dest_url).into_owned().into(),
            title,
            id,
        }),
        // Character references of the source (`&#27;`) have become characters only now.
        Event::Text(text) => Event::Text(neutral::block(&text).into_owned().into()),
        Event::Code(text) => Event::Code(neutral::line(&text).into_owned().into()),
        event => event,
    });
    html::push_html(&mut out, events);
    out
}

/// As Markdown again, written anew from what was understood: an open fence, a table or raw HTML in a rule's text
/// cannot reach beyond it. Ends without a line end.
pub(crate) fn to_markdown(text: &str) -> String {
    let text = neutral::block(text);
    let mut writer = Writer::default();
    for event in harmless(&text) {
        writer.event(event);
    }
    writer.into_text()
}

/// Whether what [`to_markdown`] wrote starts with a paragraph, not with a list, a quote or a fence.
pub(crate) fn starts_with_words(markdown: &str) -> bool {
    let digits = markdown.bytes().take_while(u8::is_ascii_digit).count();
    !(markdown.starts_with("```")
        || markdown.starts_with("- ")
        || markdown.starts_with('>')
        || (digits > 0 && markdown[digits..].starts_with(". ")))
}

/// Bytes of code beyond which no further line of it is shown beside a finding.
const LONGEST_CODE: usize = 160;

/// The first paragraph as one line of plain text, code in backticks: what fits beside a finding in a terminal. One that
/// ends with a colon takes the list or the code behind it along.
pub fn first_paragraph(text: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for event in harmless(text) {
        match event {
            Event::Text(code) if in_code => {
                let (first, is_all) = first_statement(&code);
                out.push_str(&format!(" `{first}`{}", if is_all { "" } else { " ..." }));
            }
            Event::Text(text) => out.push_str(&text),
            Event::Code(code) => {
                out.push('`');
                out.push_str(&code);
                out.push('`');
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::Start(Tag::Item) => {
                out.push_str(if out.is_empty() || out.trim_end().ends_with(':') {
                    " "
                } else {
                    "; "
                });
            }
            Event::End(TagEnd::List(_) | TagEnd::CodeBlock) => break,
            Event::End(TagEnd::Paragraph)
                if !out.trim().is_empty() && !out.trim_end().ends_with(':') =>
            {
                break;
            }
            _ => {}
        }
    }
    neutral::sentence(&out)
}

/// The first line of code with the lines that its open brackets reach over, as one line; and whether that is all there is.
fn first_statement(code: &str) -> (String, bool) {
    let mut lines = code.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut out, mut open) = (String::new(), 0_i32);
    for line in lines.by_ref() {
        let closes = line.starts_with([')', ']', '}']);
        if closes && out.ends_with(',') {
            out.pop();
        }
        if !(out.is_empty() || closes || out.ends_with(['(', '[', '{'])) {
            out.push(' ');
        }
        out.push_str(line);
        for sign in line.chars() {
            open += match sign {
                '(' | '[' | '{' => 1,
                ')' | ']' | '}' => -1,
                _ => 0,
            };
        }
        if open <= 0 || out.len() > LONGEST_CODE {
            break;
        }
    }
    let is_all = open <= 0 && lines.next().is_none();
    (out, is_all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RICH: &str = "A *hung* peer holds the worker, see [the docs](https://example.org/a_(b)).\n\n\
        1. one `x|y`\n2. two\n   - inner\n\n```python\nrequests.get(u, timeout=3)\n```\n> quoted\n";

    #[test]
    fn markdown_is_written_anew_with_the_same_meaning() {
        let again = to_markdown(RICH);
        assert_eq!(
            again,
            "A *hung* peer holds the worker, see [the docs](https://example.org/a_%28b%29).\n\n\
             1. one `x|y`\n2. two\n   - inner\n\n```python\nrequests.get(u, timeout=3)\n```\n\n> quoted"
        );
        assert_eq!(to_markdown(&again), again, "a second pass changes nothing");
    }

    #[test]
    fn an_open_fence_ends_with_the_text() {
        assert_eq!(to_markdown("see\n```py\nx = 1"), "see\n\n```py\nx = 1\n```");
    }

    #[test]
    fn words_are_told_from_blocks() {
        for words in ["a", "`x` y", "**b**", "1.5 s", ""] {
            assert!(starts_with_words(&to_markdown(words)), "{words}");
        }
        for block in ["    code", "- a", "> q", "12. b", "```\nx\n```"] {
            assert!(!starts_with_words(&to_markdown(block)), "{block}");
        }
    }

    #[test]
    fn html_scripts_images_and_odd_links_do_not_survive() {
        let evil = "<script>x()</script>\n\n![logo](http://tracker/x.png) [go](javascript:x()) <b>bold</b>\n\n# Title";
        let page = to_html(evil);
        for bad in ["<script", "<img", "href", "<b>", "<h1"] {
            assert!(!page.contains(bad), "{bad} in {page}");
        }
        assert!(page.contains("logo") && page.contains("&lt;script&gt;"));
        let again = to_markdown(evil);
        for bad in ["<script", "![", "](javascript", "<b>", "# Title"] {
            assert!(!again.contains(bad), "{bad} in {again}");
        }
    }

    #[test]
    fn a_link_behind_an_exclamation_mark_stays_a_link() {
        assert_eq!(
            to_markdown("\\![x](http://x/y.png)"),
            "\\![x](http://x/y.png)"
        );
        assert_eq!(
            to_markdown("no!\\![x](http://x/y.png)"),
            "no!\\![x](http://x/y.png)"
        );
    }

    #[test]
    fn the_first_paragraph_is_one_plain_line() {
        assert_eq!(
            first_paragraph(RICH),
            "A hung peer holds the worker, see the docs."
        );
        assert_eq!(
            first_paragraph("pass `timeout=`\nto *every* call\n\nmore"),
            "pass `timeout=` to every call"
        );
        assert_eq!(
            first_paragraph("do one of:\n\n1. `a`\n2. b\n\nmore"),
            "do one of: `a`; b"
        );
        assert_eq!(
            first_paragraph("write:\n\n```py\nx = 1\ny\n```\nmore"),
            "write: `x = 1` ..."
        );
        let call = "make:\n\n```py\nengine = create(\n    url,\n    args={\"a\": 1},\n)\n```\nmore";
        assert_eq!(
            first_paragraph(call),
            "make: `engine = create(url, args={\"a\": 1})`"
        );
        assert_eq!(first_paragraph(""), "");
    }
}
