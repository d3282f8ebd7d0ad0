//! Writes Markdown anew from the events of a parser, so that nothing in the source can reach beyond its own text.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::{escape, neutral};

/// Writes events as Markdown.
#[derive(Default)]
pub(super) struct Writer {
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
    /// Whether nothing but the marker of an item stands there.
    after_marker: bool,
    /// Whether a blank line must come before the next block.
    gap: bool,
}

impl Writer {
    /// What was written, without white space at its end.
    pub(super) fn into_text(self) -> String {
        self.out.trim_end().to_owned()
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: Event<'_>) {
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
                self.after_marker = true;
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
                // Directly behind an exclamation mark the link would become an image.
                if self.out.ends_with('!') {
                    self.out.pop();
                    self.out.push_str("\\!");
                }
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
        self.after_marker = false;
    }

    fn new_line(&mut self) {
        if self.dirty {
            self.out.push('\n');
            self.dirty = false;
            self.after_marker = false;
        }
    }

    fn block_gap(&mut self) {
        // Directly behind an item's marker the block belongs on the same line.
        if self.after_marker {
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
