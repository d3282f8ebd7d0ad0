//! A fix as a unified diff.

use perfctl_core::fix::{Edit, spliced};
use similar::TextDiff;

/// The change that `edits` make to the file `path` with content `text`; edits of other files are left out.
pub(crate) fn of(path: &str, text: &str, edits: &[Edit]) -> String {
    let own = edits.iter().filter(|edit| &*edit.path == path);
    // Spans were checked when the fix was made; one that does not fit leaves the text as it is.
    let changed = spliced(text.as_bytes(), own)
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_else(|| text.to_owned());
    TextDiff::from_lines(text, changed.as_str())
        .unified_diff()
        .context_radius(2)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use perfctl_core::place::ByteSpan;

    #[test]
    fn edits_become_a_diff_of_their_file() {
        let edit = |start, end, text: &str| Edit {
            path: "a.py".into(),
            span: ByteSpan::new(start, end),
            text: text.into(),
        };
        let diff = of(
            "a.py",
            "x = f(1)\ny = 2\n",
            &[edit(7, 7, ", timeout=5"), edit(13, 14, "3")],
        );
        assert!(
            diff.contains("-x = f(1)\n") && diff.contains("+x = f(1, timeout=5)\n"),
            "{diff}"
        );
        assert!(diff.contains("+y = 3\n"), "{diff}");
    }
}
