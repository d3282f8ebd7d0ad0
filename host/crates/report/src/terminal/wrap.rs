//! Wrapping text at a width in terminal columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Lines of `text`, each at most `width` columns wide where words allow; a word that is wider alone is cut, at a slash
/// or a dot where it has one. Width 0 means one line.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    if width == 0 || text.width() <= width {
        return vec![text.to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let gap = usize::from(!line.is_empty());
        if line.width() + gap + word.width() <= width {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut rest = word;
        while rest.width() > width {
            let at = cut(rest, width);
            lines.push(rest[..at].to_owned());
            rest = &rest[at..];
        }
        line.push_str(rest);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Where to cut a word so that its head fits: behind the last separator in the second half, else at the width.
fn cut(word: &str, width: usize) -> usize {
    let mut used = 0;
    let mut fits = 0;
    let mut separator = None;
    for (at, c) in word.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        fits = at + c.len_utf8();
        if matches!(c, '/' | '.' | '_' | '-' | ':' | '=' | '{' | ',') && used * 2 > width {
            separator = Some(fits);
        }
    }
    let fits = if fits == 0 {
        word.chars().next().map_or(0, char::len_utf8)
    } else {
        fits
    };
    separator.unwrap_or(fits)
}

/// `text` wrapped, with `indent` before every line but the first.
pub(crate) fn hanging(text: &str, width: usize, indent: &str) -> String {
    let inner = if width == 0 {
        0
    } else {
        width.saturating_sub(indent.width()).max(24)
    };
    wrap(text, inner).join(&format!("\n{indent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_wide_ones_are_cut_at_separators() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(
            wrap("services/orders/clients.py", 18),
            ["services/orders/", "clients.py"]
        );
        assert_eq!(wrap("日本日本", 4), ["日本", "日本"]);
        assert_eq!(wrap("any length at all", 0), ["any length at all"]);
        assert_eq!(wrap("", 5), [""]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_and_the_width_is_held(text in "[a-z/ 日]{0,60}", width in 2usize..20) {
            let lines = wrap(&text, width);
            let glued: String = lines.concat();
            proptest::prop_assert_eq!(glued.replace(' ', ""), text.replace(' ', ""));
            proptest::prop_assert!(lines.iter().all(|line| line.width() <= width));
        }
    }
}
