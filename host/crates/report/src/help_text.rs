//! Markdown that rules bring along (what, why, how to fix), for HTML, for Markdown reports and for terminals.
//!
//! Packs are written by strangers, so raw HTML becomes text, images become their descriptions (nothing is ever
//! fetched), and links survive only with a harmless scheme.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

use crate::{escape, neutral};

/// The events of `text` without anything that could run or fetch.
fn harmless(text: &str) -> impl Iterator<Item = Event<'_>> {
    let mut dropped = Vec::new();
    Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).filter_map(move |event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { link_type, dest_url, .. }) => {
            let keep = dest_url.starts_with("https://") || dest_url.starts_with("http://");
            dropped.push(!keep);
            keep.then(|| {
                let title = CowStr::Borrowed("");
                Event::Start(Tag::Link { link_type, dest_url, title, id: CowStr::Borrowed("") })
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
pub fn to_html(text: &str) -> String {
    let text = neutral::block(text);
    let mut out = String::new();
    let events = harmless(&text).map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: neutral::line(&dest_url).into_owned().into(), title, id })
        }
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
pub fn to_markdown(text: &str) -> String {
    let text = neutral::block(text);
    let mut writer = Writer::default();
    for event in harmless(&text) {
        writer.event(event);
    }
    writer.out.trim_end().to_owned()
}

/// The first paragraph as one line of plain text, code in backticks: what fits beside a finding in a terminal. One that
/// ends with a colon takes the list or the code behind it along.
pub fn first_paragraph(text: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for event in harmless(text) {
        match event {
            Event::Text(code) if in_code => {
                let mut lines = code.lines().filter(|line| !line.trim().is_empty());
                let more = if lines.clone().count() > 1 { " ..." } else { "" };
                out.push_str(&format!(" `{}`{more}", lines.next().unwrap_or("").trim()));
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
                out.push_str(if out.is_empty() || out.trim_end().ends_with(':') { " " } else { "; " });
            }
            Event::End(TagEnd::List(_) | TagEnd::CodeBlock) => break,
            Event::End(TagEnd::Paragraph) if !out.trim().is_empty() && !out.trim_end().ends_with(':') => break,
            _ => {}
        }
    }
    neutral::sentence(&out)
}

/// Writes events as Markdown.
#[derive(Default)]
struct Writer {
    out: String,
    /// What every line starts with: indentation of lists, `> ` of quotes.
    prefix: Vec<String>,
    /// Next number per open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    links: Vec<String>,
    /// Text of the code block that is open, with its language.
    code: Option<(String, String)>,
    /// Whether something stands on the current line.
    dirty: bool,
    /// Whether a blank line must come before the next block.
    gap: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        if let Some((body, _)) = &mut self.code {
            match event {
                Event::Text(text) => body.push_str(&text),
                Event::End(TagEnd::CodeBlock) => self.end_code(),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.inline_text(&text),
            Event::Code(code) => {
                let code = escape::code_span(&code, false);
                self.inline(&code);
            }
            Event::SoftBreak => self.inline(" "),
            Event::HardBreak => self.inline("<br>"),
            Event::Rule => self.block_gap(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.block_gap(),
            Tag::BlockQuote(_) => {
                self.block_gap();
                self.prefix.push("> ".to_owned());
            }
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.block_gap();
                } else {
                    self.new_line();
                }
                self.gap = false;
                self.lists.push(first);
            }
            Tag::Item => {
                self.new_line();
                self.gap = false;
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        *number += 1;
                        marker
                    }
                    _ => "- ".to_owned(),
                };
                self.inline(&marker);
                self.dirty = true;
                self.prefix.push(" ".repeat(marker.len()));
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.block_gap();
                self.code = Some((String::new(), language));
            }
            Tag::Emphasis => self.inline("*"),
            Tag::Strong => self.inline("**"),
            Tag::Strikethrough => self.inline("~~"),
            Tag::Link { dest_url, .. } => {
                self.links.push(escape_link(&dest_url));
                self.inline("[");
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.new_line();
                self.gap = true;
            }
            TagEnd::BlockQuote(_) => {
                self.new_line();
                self.prefix.pop();
                self.gap = true;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.new_line();
                self.gap = self.lists.is_empty();
            }
            TagEnd::Item => {
                self.new_line();
                self.prefix.pop();
                self.gap = false;
            }
            TagEnd::Emphasis => self.inline("*"),
            TagEnd::Strong => self.inline("**"),
            TagEnd::Strikethrough => self.inline("~~"),
            TagEnd::Link => {
                let target = self.links.pop().unwrap_or_default();
                self.inline(&format!("]({target})"));
            }
            _ => {}
        }
    }

    fn end_code(&mut self) {
        let Some((body, language)) = self.code.take() else {
            return;
        };
        for line in escape::code_fence(&body, &language).lines() {
            self.inline(line);
            self.new_line();
        }
        self.gap = true;
    }

    fn inline_text(&mut self, text: &str) {
        if text.starts_with([' ', '\t']) && self.dirty {
            self.inline(" ");
        }
        let escaped = escape::markdown(text);
        if !escaped.is_empty() {
            self.inline(&escaped);
        }
        if text.len() > 1 && text.ends_with([' ', '\t', '\n']) {
            self.inline(" ");
        }
    }

    fn inline(&mut self, text: &str) {
        if !self.dirty {
            for prefix in &self.prefix {
                self.out.push_str(prefix);
            }
            self.dirty = true;
        }
        self.out.push_str(text);
    }

    fn new_line(&mut self) {
        if self.dirty {
            self.out.push('\n');
            self.dirty = false;
        }
    }

    fn block_gap(&mut self) {
        // Directly behind an item's marker the block belongs on the same line.
        let behind_marker = self.dirty && self.out.ends_with("- ") || self.out.ends_with(". ") && self.dirty;
        if behind_marker {
            return;
        }
        self.new_line();
        if self.gap {
            let prefix: String = self.prefix.concat();
            self.out.push_str(prefix.trim_end());
            self.out.push('\n');
            self.gap = false;
        }
    }
}

/// A link target that cannot end its parenthesis.
fn escape_link(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            c if neutral::is_harmful(c) => {}
            c => out.push(c),
        }
    }
    out
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
    fn the_first_paragraph_is_one_plain_line() {
        assert_eq!(first_paragraph(RICH), "A hung peer holds the worker, see the docs.");
        assert_eq!(first_paragraph("pass `timeout=`\nto *every* call\n\nmore"), "pass `timeout=` to every call");
        assert_eq!(first_paragraph("do one of:\n\n1. `a`\n2. b\n\nmore"), "do one of: `a`; b");
        assert_eq!(first_paragraph("write:\n\n```py\nx = 1\ny\n```\nmore"), "write: `x = 1` ...");
        assert_eq!(first_paragraph(""), "");
    }
}
