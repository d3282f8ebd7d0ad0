//! Text of tools made fit for a sentence or an artifact: colours stripped, control characters made visible, cut.

use std::borrow::Cow;

/// The bytes without ANSI control sequences (`ESC [ ... final byte`), which tools write when told `--color=always`.
pub(crate) fn without_ansi(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&0x1b) {
        return Cow::Borrowed(bytes);
    }
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte != 0x1b {
            plain.push(byte);
        } else if let Some(sequence) = tail.strip_prefix(b"[") {
            let end = sequence.iter().position(|b| (0x40..=0x7e).contains(b));
            rest = end.map_or(&[], |end| &sequence[end + 1..]);
        }
    }
    Cow::Owned(plain)
}

/// One line of text from bytes that may be anything: invalid UTF-8 replaced, line end dropped, other control characters
/// shown as spaces.
pub(crate) fn line(bytes: &[u8]) -> String {
    let plain = without_ansi(bytes);
    let text = String::from_utf8_lossy(&plain);
    text.trim_end()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// At most `limit` characters; what is cut is replaced by one `…`, which counts.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some(_) => {
            let kept = text
                .char_indices()
                .nth(limit.saturating_sub(1))
                .map_or(0, |(at, _)| at);
            format!("{}…", &text[..kept])
        }
    }
}

/// All white space collapsed to single spaces.
pub(crate) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines without their ends (`\n` or `\r\n`). The empty piece after the last line end is no line.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\n").unwrap_or(line))
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_stripped_and_an_unfinished_sequence_swallows_the_rest() {
        assert_eq!(
            &*without_ansi(b"\x1b[0m\x1b[35mapp.py\x1b[0m:1"),
            b"app.py:1"
        );
        assert_eq!(&*without_ansi(b"a\x1b[35"), b"a");
        assert_eq!(&*without_ansi(b"a\x1bXb"), b"aXb");
    }

    #[test]
    fn a_cut_text_counts_characters_and_ends_in_an_ellipsis() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
        assert_eq!(cut("ab", 0), "…");
    }

    #[test]
    fn lines_lose_both_kinds_of_end() {
        let found: Vec<&[u8]> = lines(b"a\r\n\nb").collect();
        assert_eq!(found, [&b"a"[..], b"", b"b"]);
        assert_eq!(lines(b"").count(), 0);
    }
}
