//! A broken HCL file, taken apart at the lines where blocks begin, so that one bad block costs one block.

use std::ops::Range;

/// Parts of one file that are tried one by one.
const MAX_PARTS: usize = 2_000;

/// A stretch of the file from one top-level block to the next.
pub(super) struct Part {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// The block it begins with; the stretch before the first block has none.
    pub(super) head: Option<Head>,
}

/// The head of a block: `resource "aws_lambda_function" "api" {`.
pub(super) struct Head {
    pub(super) keyword: String,
    pub(super) keyword_range: Range<usize>,
    pub(super) labels: Vec<String>,
}

/// Takes `text` apart before each line that looks like the head of a block and is not indented.
pub(super) fn split(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut heredoc: Option<&str> = None;
    let mut start = 0;
    let mut current = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let here = at;
        at += line.len();
        if let Some(end) = heredoc {
            if line.trim() == end {
                heredoc = None;
            }
            continue;
        }
        heredoc = heredoc_end(line);
        if parts.len() < MAX_PARTS
            && let Some(head) = head_of(line, here)
        {
            if here > start {
                parts.push(Part {
                    range: start..here,
                    head: current.take(),
                });
            }
            start = here;
            current = Some(head);
        }
    }
    if at > start {
        parts.push(Part {
            range: start..at,
            head: current,
        });
    }
    parts
}

fn head_of(line: &str, offset: usize) -> Option<Head> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return None;
    }
    let end = line.find(|c: char| !is_word(c))?;
    let keyword = line[..end].to_owned();
    let mut labels = Vec::new();
    let mut rest = line[end..].trim_start();
    loop {
        if rest.starts_with('{') {
            return Some(Head {
                keyword,
                keyword_range: offset..offset + end,
                labels,
            });
        }
        let (label, tail) = match rest.strip_prefix('"') {
            Some(inside) => inside.split_once('"')?,
            None => rest.split_at(rest.find(|c: char| !is_word(c))?),
        };
        if tail.len() == rest.len() {
            return None;
        }
        labels.push(label.to_owned());
        rest = tail.trim_start();
    }
}

/// The word that ends the heredoc which `line` opens.
fn heredoc_end(line: &str) -> Option<&str> {
    let (_, behind) = line.rsplit_once("<<")?;
    let word = behind.strip_prefix('-').unwrap_or(behind).trim_end();
    let is_word = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_word.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_split_at_the_heads_of_its_blocks() {
        let text = "# c\na = 1\nresource \"x\" \"y\" {\n  b {\n}\nlocals {\n  t = <<EOT\nfake {\nEOT\n}\nvariable v {}\n";
        let parts = split(text);
        let heads: Vec<_> = parts
            .iter()
            .map(|part| part.head.as_ref().map(|head| head.keyword.as_str()))
            .collect();
        assert_eq!(
            heads,
            [None, Some("resource"), Some("locals"), Some("variable")]
        );
        assert_eq!(
            parts[1].head.as_ref().map(|head| head.labels.clone()),
            Some(vec!["x".to_owned(), "y".to_owned()])
        );
        assert_eq!(
            parts.iter().map(|part| part.range.len()).sum::<usize>(),
            text.len()
        );
    }
}
