//! Flow collections over several lines that stand no further in than the key they belong to:
//!
//! ```yaml
//! - args: [
//!     first,
//!   ]
//! ```
//!
//! The standard asks for more, and `saphyr-parser` with it; libyaml, and all that is written with it, does not. Such lines are made part
//! of the line before, without moving a byte.

use std::borrow::Cow;

use saphyr_parser::Parser;

use crate::doc::source::CharIndex;

/// How many collections of one file are put right at most: each is found by reading the file once more.
const MOST: usize = 50;

/// How many bytes are read for that at most: of a large file only the first such collections are put right.
const MOST_BYTES: usize = 4 << 20;

/// What the parser says of a line that stands too far out in a flow collection.
const COMPLAINTS: &[&str] = &[
    "invalid indentation",
    "invalid indentation in flow construct",
];

/// `text` with such lines joined to those before them.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    let count = |line: &str, signs: [char; 2]| line.matches(signs).count();
    let stays_open = |line: &str| count(line, ['[', '{']) > count(line, [']', '}']);
    if !text.lines().any(stays_open) {
        return text;
    }
    for _ in 0..readings(text.len()) {
        let Some(at) = complaint(&text) else {
            break;
        };
        match with_lines_joined(&text, at) {
            Some(next) => text = Cow::Owned(next),
            None => break,
        }
    }
    text
}

/// How often a file of so many bytes is read to find what to put right: once at least.
fn readings(bytes: usize) -> usize {
    (MOST_BYTES / bytes.max(1)).clamp(1, MOST)
}

/// The first place of which the parser says that it stands too far out.
fn complaint(text: &str) -> Option<usize> {
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        if let Err(error) = event {
            let is_meant = COMPLAINTS.contains(&error.info());
            return is_meant.then(|| CharIndex::new(text).byte(error.marker().index()));
        }
    }
    None
}

/// Joins the line of `at` to the one before, and those behind it that stand as far out, up to the one with the closing bracket.
fn with_lines_joined(text: &str, at: usize) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut start = text[..at].rfind('\n')? + 1;
    let column = |line: &str| line.len() - line.trim_start().len();
    let first = column(text[start..].lines().next()?);
    loop {
        let line = text[start..].lines().next().unwrap_or_default();
        let word = line.trim_start();
        let is_content = !word.is_empty() && !word.starts_with('#');
        if is_content && column(line) > first {
            break;
        }
        if is_content {
            join(text, start, &mut bytes);
        }
        let next = memchr::memchr(b'\n', &text.as_bytes()[start..]);
        match next {
            Some(end) if !word.starts_with([']', '}']) => start += end + 1,
            _ => break,
        }
    }
    // Only whole lines and comments became blanks.
    let text_again = String::from_utf8(bytes).ok()?;
    (text_again != text).then_some(text_again)
}

/// Blanks what stands between the line that begins at `start` and the last content before it.
fn join(text: &str, start: usize, bytes: &mut [u8]) {
    let mut end = start;
    while end > 0 {
        let from = text[..end - 1].rfind('\n').map_or(0, |newline| newline + 1);
        let content = from + without_comment(&text[from..end]).trim_end().len();
        bytes[content..end].fill(b' ');
        if content > from {
            break;
        }
        end = from;
    }
}

/// A line without its comment.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '#' && before.is_whitespace() => return &line[..at],
            None if matches!(c, '"' | '\'') && !before.is_alphanumeric() => quote = Some(c),
            None => {}
        }
        before = c;
    }
    line
}

#[cfg(test)]
mod tests {
    use crate::doc::{Document, Format, read};

    fn yaml(text: &str) -> Document {
        read(Format::Yaml, text.as_bytes())
    }

    #[test]
    fn a_collection_may_close_where_its_key_stands_or_before() {
        for text in [
            "a:\n  - b: [\n    x,\n  ]\n    c: 1\nz: 1\n",
            "a:\n  - b: {\n    \"x\": 1,\n    \"y\": 2\n  }\n    c: 1\nz: 1\n",
            "a:\n  - b: [ # é: x\n  # more\n\n  \"x#1\", # it's\n  'y'\n  ]\n    c: 1\nz: 1\n",
            "a:\n  - b: [\n      x\n]\n    c: 1\nz: 1\n",
            "a:\n  - b: [\n      [\n  1\n  ],\n  [\n  2\n  ]\n  ]\n    c: 1\nz: 1\n",
        ] {
            let doc = yaml(text);
            assert!(doc.errors().is_empty(), "{text}: {:?}", doc.errors());
            let root = doc.root().expect("it is there");
            let z = root.get("z").expect("it is there");
            assert_eq!(&text[z.span().range()], "1", "{text}");
            assert_eq!(root.get("a[0].c").expect("it is there").text(), "1");
            let first = root.get("a[0].b").expect("it is there");
            let written = &text[first.span().range()];
            assert!(
                written.starts_with(['[', '{']) && written.ends_with([']', '}']),
                "{text}"
            );
        }
    }

    #[test]
    fn the_texts_of_such_a_collection_are_its_own() {
        let text = "a:\n  - b: [ # é: x\n  # more\n\n  \"x#1\", # it's\n  'y'\n  ]\n";
        let doc = yaml(text);
        let root = doc.root().expect("it is there");
        let texts = root.select("a[0].b[*]");
        let texts: Vec<&str> = texts.iter().map(|node| node.text()).collect();
        assert_eq!(texts, ["x#1", "y"]);
    }

    #[test]
    fn a_large_file_is_not_read_once_for_each_of_very_many_such_collections() {
        let many = "- b: [\n  x,\n]\n".repeat(10);
        assert!(yaml(&many).errors().is_empty());
        let comment = format!("# {}\n", "x".repeat(126)).repeat((1 << 20) / 128);
        let large = yaml(&format!("{comment}{many}"));
        assert_eq!(large.errors().len(), 1, "{:?}", large.errors());
        let few = "- b: [\n  x,\n]\n".repeat(3);
        assert!(yaml(&format!("{comment}{few}")).errors().is_empty());
    }

    #[test]
    fn what_is_no_yaml_at_all_stays_an_error() {
        for text in ["a: [\nb: c: d\n", "a: [\n", "a:\n  - b: {\nx\n"] {
            assert_eq!(yaml(text).errors().len(), 1, "{text}");
        }
    }
}
